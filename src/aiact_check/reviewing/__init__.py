"""The rule base as a lawyer reviews it."""
