"""Values as they are written in a YAML file that is read strictly. Pure."""

from __future__ import annotations

from typing import Any

from aiact_check.reading.problem import Problems
from aiact_check.reading.source import parse

SIGNS = "\u00a0\u202f"
"""Spaces that French needs, written as they are."""


def scalar(value: Any, *, in_flow: bool = False) -> str:
    """A value as it is written in YAML: plain where that is safe, else in double quotes."""
    if value is None:
        return "null" if in_flow else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    try:
        written = f"[{value}, {{ part: {value} }}]" if in_flow else f"- {value}"
        read = [value, {"part": value}] if in_flow else [value]
        if "\n" not in value and parse("", written.encode()).data == read:
            return str(value)
    except Problems:
        pass
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable() or sign in SIGNS:
        return sign
    return "\\n" if sign == "\n" else f"\\U{ord(sign):08X}"


def flow(value: Any) -> str:
    """A value on one line, in brackets where it has parts."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, in_flow=True)
