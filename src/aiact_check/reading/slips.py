"""What people write wrong in one line of YAML, and the line as they meant it.

Each look knows one mistake: it gives the line put right, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

KEY = r"[^\W\d][\w-]*"
BLOCK_KEYS = "answer|note|by|on|name|place|version|description|status|reason|owner|due|evidence|link|file|text"
LINE = re.compile(rf"(?P<head>\s*(?:- +)?{KEY}\s*:\s+|\s*- +)(?P<value>\S.*?)\s*$")
CLOSERS = {"[": "]", "{": "}"}


class Slip(NamedTuple):
    """What is wrong with one line."""

    key: str
    line: str
    """The line as it should be."""
    column: int
    slots: dict[str, Any]


def quoted(text: str) -> str:
    """A text in the quotes that YAML needs around it."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _box(lines: list[str], number: int) -> Slip | None:
    """A list ticked as on paper: only what is ticked stays."""
    found = re.match(r"(\s*- *)\[\s*([^\]\s]?)\s*\]\s+(\S.*)$", lines[number])
    if not found:
        return None
    ticked = found[2] and found[2] not in "-✗✘"
    return Slip("box", found[1].rstrip() + " " + found[3] if ticked else "", len(found[1]), {})


def _no_space(lines: list[str], number: int) -> Slip | None:
    found = re.match(rf"(\s*(?:- +)?{KEY})\s*:(?=[^\s:/\\])(?!.*: )(.*)$", lines[number])
    return Slip("no_space", f"{found[1]}: {found[2]}", len(found[1]), {}) if found else None


def _question_mark(lines: list[str], number: int) -> Slip | None:
    """A question mark in place of an answer."""
    found = LINE.match(lines[number])
    if not found or not re.fullmatch(r"\?+", found["value"]):
        return None
    return Slip("question_mark", found["head"] + "unknown", found.start("value"), {"sign": found["value"]})


def _reserved(lines: list[str], number: int) -> Slip | None:
    """A text that begins with a sign that means something to YAML."""
    found = LINE.match(lines[number])
    if not found or not re.match(r"[@`%*&!,?]|[|>](?![+-]?\d?\s*$)", found["value"]):
        return None
    value = found["value"]
    return Slip("reserved", found["head"] + quoted(value), found.start("value"), {"sign": value[0]})


def _quotes(lines: list[str], number: int) -> Slip | None:
    """Quotes that are not closed, or closed too early."""
    found = LINE.match(lines[number])
    if not found or found["value"][0] not in "\"'":
        return None
    sign, value = found["value"][0], found["value"]
    whole = {'"': r'"(?:[^"\\]|\\.)*"', "'": r"'(?:[^']|'')*'"}[sign]
    if re.fullmatch(rf"{whole}(\s+#.*)?", value):
        escaped = sign == '"' and re.search(r"\\[^0abtnvfe\"/\\N_LPxuU ]", value)
        return Slip("backslash", found["head"] + quoted(value[1:-1]), found.start("value"), {}) if escaped else None
    closed = value.endswith(sign) and len(value) > 1
    inside = value[1:-1] if closed else value[1:].replace(sign, "", 1)
    key = "apostrophe" if sign == "'" and closed else "quote_inside" if sign in value[1:] else "quote_open"
    return Slip(key, found["head"] + quoted(inside), found.start("value"), {})


def _brackets(lines: list[str], number: int) -> Slip | None:
    """Brackets and braces that are not closed, or closed twice."""
    found = LINE.match(lines[number])
    if not found or found["value"][0] not in CLOSERS:
        return None
    value, opened = found["value"], [""]
    for place, sign in enumerate(value):
        if sign in CLOSERS:
            opened.append(CLOSERS[sign])
        elif sign == opened[-1]:
            opened.pop()
        elif sign in "]}":
            fixed = value[:place] + value[place + 1 :]
            return Slip("bracket_extra", found["head"] + fixed, found.start("value") + place, {"sign": sign})
    missing = "".join(reversed(opened[1:]))
    missing = f" {missing}" if missing == "}" and value.startswith("{ ") else missing
    slots = {"sign": value[0], "missing": missing.strip()}
    return (
        Slip("bracket_open", found["head"] + value.rstrip(" ,") + missing, found.start("value"), slots)
        if missing
        else None
    )


def _braces(lines: list[str], number: int) -> Slip | None:
    """A block in braces whose parts run into each other, or that holds a text in need of quotes."""
    line = lines[number]
    if "{" not in line:
        return None
    parted = re.sub(rf"(?<=[^\s,{{])\s+({BLOCK_KEYS})\s*: ", r", \1: ", line)
    if parted != line:
        return Slip("no_comma", parted, line.index("{"), {})
    text = re.search(rf"\b({BLOCK_KEYS}): +(?![\"'\[{{])([^\n]*?)(?=\s*(?:, *(?:{BLOCK_KEYS}) *:|\}}\s*$))", line)
    while text and not re.search(r"[:,#\[\]{}&*!|>%@`]", text[2]):
        text = re.compile(text.re.pattern).search(line, text.end())
    if text is None:
        return None
    return Slip("colon_inside", line[: text.start(2)] + quoted(text[2]) + line[text.end(2) :], text.start(2), {})


def _colon_inside(lines: list[str], number: int) -> Slip | None:
    found = LINE.match(lines[number])
    if not found or found["value"][0] in "\"'[{|>" or not re.search(r":(\s|$)", found["value"]):
        return None
    return Slip("colon_inside", found["head"] + quoted(found["value"]), found.start("value"), {})


def _no_colon(lines: list[str], number: int) -> Slip | None:
    found = re.match(rf"(\s*)(\w+_\w+|company|system|answers|lang|{BLOCK_KEYS})(?:\s+([^:]*))?$", lines[number])
    if not found:
        return None
    line = f"{found[1]}{found[2]}: {found[3] or ''}".rstrip()
    return Slip("no_colon", line, found.end(2), {"name": found[2]})


def _margin(lines: list[str], number: int) -> Slip | None:
    """A line that begins too far left or right: it belongs where one of the lines above begins."""
    line = lines[number]
    body = line.lstrip(" ")
    wide = len(line) - len(body)
    if not re.match(rf"{KEY}\s*:|- ?\S", body):
        return None
    above = [other for other in lines[:number] if re.match(rf"\s*(?:{KEY}\s*:|- ?\S)", other)]
    same = [other for other in above if other.lstrip().startswith("- ") == body.startswith("-")]
    margins = [len(other) - len(other.lstrip(" ")) for other in reversed(same)]
    if body.startswith("-") and (not above or not above[-1].lstrip().startswith("-")):
        margins = [len(other) - len(other.lstrip(" ")) + 2 for other in above[-1:]]
    if not margins:
        return None
    right = min(margins[:40], key=lambda margin: abs(margin - wide))
    if body.startswith("-"):
        right = margins[0]
    return Slip("margin", " " * right + body, wide, {"found": wide, "right": right})


LOOKS: tuple[Callable[[list[str], int], Slip | None], ...] = (
    _box, _no_space, _quotes, _brackets, _braces, _question_mark, _reserved, _colon_inside, _no_colon, _margin,
)  # fmt: skip
