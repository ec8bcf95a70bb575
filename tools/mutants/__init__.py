"""Breaks the rules one small way at a time, asks whether an example or a case notices, and proposes the example that would."""
