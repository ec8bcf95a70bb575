"""Breaks the rules one small way at a time, and asks whether an example or a case notices."""
