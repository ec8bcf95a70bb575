"""What keeps a file from being YAML, line by line: what is wrong, what to write, and the text with that put right.

Reading goes on with the mended text, so that all the mistakes of a file are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from aiact_check.text import Text, phrase

KEY = r"[^\W\d][\w-]*"
BLOCK_KEYS = "answer|note|by|on|name|place|version|description|status|reason|owner|due|evidence|link|file|text"
LINE = re.compile(rf"(?P<head>\s*(?:- +)?{KEY}\s*:\s+|\s*- +)(?P<value>\S.*?)\s*$")
LONGEST = 100
LONGEST_LINE = 5_000
"""Longer lines are not looked at for what was meant: it would take long, and nobody writes them by hand."""
MAX_DEPTH = 60
"""How many levels deep a file may be nested."""
CLOSERS = {"[": "]", "{": "}"}


class Break(NamedTuple):
    """A mistake that keeps the text from being YAML; `mended` is the text without it, where that can be told."""

    line: int
    column: int
    message: Text
    hint: Text
    mended: str | None


class _Found(NamedTuple):
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


def indented_wrongly(text: str) -> Iterator[Break]:
    """Lines indented with tabs or with spaces that only look like spaces: one mistake for all of them."""
    json = text.lstrip().startswith("{")
    for key, sign in (("tabs", "\t"), ("no_break_spaces", "\u00a0\u2007\u202f\u3000\u2002\u2003\u2009")):
        if not any(each in text for each in sign):
            continue
        lines = text.split("\n")
        wrong = [number for number, line in enumerate(lines) if _margin_has(line, sign)]
        if wrong and not (json and sign == "\t"):
            for number in wrong:
                body = lines[number].lstrip()
                margin = lines[number][: len(lines[number]) - len(body)]
                lines[number] = re.sub(f"[{sign}]", "  " if sign == "\t" else " ", margin) + body
            text = "\n".join(lines)
            message = phrase(f"problems.{key}", count=len(wrong))
            if len(wrong) > 1:
                message = phrase(f"problems.{key}_many", count=len(wrong))
            yield Break(wrong[0] + 1, 1, message, phrase(f"problems.{key}_hint"), text)


def _margin_has(line: str, signs: str) -> bool:
    """Whether one of the signs stands before what a line says, where it says something."""
    body = line.lstrip()
    return bool(body) and body[0] != "#" and any(sign in signs for sign in line[: len(line) - len(body)])


def find(text: str, error: Any) -> Break:
    """The mistake behind an error of the YAML parser."""
    if not hasattr(error, "problem_mark"):
        return _character(text, error)
    lines = text.split("\n")
    mark = error.problem_mark or error.context_mark
    suspects = [number for number in _suspects(lines, error) if len(lines[number]) <= LONGEST_LINE]
    for look in LOOKS:
        for number in suspects:
            found = look(lines, number)
            if found and found.line != lines[number]:
                hint = _hint(found)
                mended = "\n".join([*lines[:number], found.line, *lines[number + 1 :]])
                return Break(number + 1, found.column + 1, phrase(f"problems.{found.key}", **found.slots), hint, mended)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in (error.problem or ""):  # libyaml reads a line ahead and has a limit of its own
        return Break(line, column, phrase("problems.too_deep", most=MAX_DEPTH), Text("", ""), None)
    return Break(min(line, len(lines)), column, phrase("problems.not_yaml"), phrase("problems.not_yaml_hint"), None)


def _hint(found: _Found) -> Text:
    """The line to write, or how far to indent it."""
    write = found.line.strip()
    if "right" in found.slots:
        right = found.slots["right"]
        return phrase("problems.indent", right=right) if right else phrase("problems.outdent")
    if not write:
        return phrase("problems.leave_out")
    return phrase("problems.write", line=write if len(write) <= LONGEST else write[:LONGEST] + "…")


def _suspects(lines: list[str], error: Any) -> list[int]:
    """The lines to look at, the likeliest first."""
    marks = [error.problem_mark]
    if error.context_mark and "block" not in (error.context or ""):
        marks.insert(0, error.context_mark)
    found = [min(mark.line, len(lines) - 1) for mark in marks if mark]
    last = found[-1] if found else 0
    above = next((number for number in range(last - 1, -1, -1) if lines[number].strip()), last)
    return list(dict.fromkeys([*found, above]))


def _character(text: str, error: Any) -> Break:
    """A character that YAML does not allow; all of them are left out to read on."""
    before = text[: getattr(error, "position", 0) or 0]
    code = getattr(error, "character", 0)
    code = code if isinstance(code, int) else ord(code[:1] or "\0")
    allowed = re.sub("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    message = phrase("problems.character", code=f"U+{code:04X}")
    return Break(line, column, message, phrase("problems.character_hint"), allowed if allowed != text else None)


def _box(lines: list[str], number: int) -> _Found | None:
    """A list ticked as on paper: only what is ticked stays."""
    found = re.match(r"(\s*- *)\[\s*([^\]\s]?)\s*\]\s+(\S.*)$", lines[number])
    if not found:
        return None
    ticked = found[2] and found[2] not in "-✗✘"
    return _Found("box", found[1].rstrip() + " " + found[3] if ticked else "", len(found[1]), {})


def _no_space(lines: list[str], number: int) -> _Found | None:
    found = re.match(rf"(\s*(?:- +)?{KEY})\s*:(?=[^\s:/\\])(?!.*: )(.*)$", lines[number])
    return _Found("no_space", f"{found[1]}: {found[2]}", len(found[1]), {}) if found else None


def _question_mark(lines: list[str], number: int) -> _Found | None:
    """A question mark in place of an answer."""
    found = LINE.match(lines[number])
    if not found or not re.fullmatch(r"\?+", found["value"]):
        return None
    return _Found("question_mark", found["head"] + "unknown", found.start("value"), {"sign": found["value"]})


def _reserved(lines: list[str], number: int) -> _Found | None:
    """A text that begins with a sign that means something to YAML."""
    found = LINE.match(lines[number])
    if not found or not re.match(r"[@`%*&!,?]|[|>](?![+-]?\d?\s*$)", found["value"]):
        return None
    value = found["value"]
    return _Found("reserved", found["head"] + quoted(value), found.start("value"), {"sign": value[0]})


def _quotes(lines: list[str], number: int) -> _Found | None:
    """Quotes that are not closed, or closed too early."""
    found = LINE.match(lines[number])
    if not found or found["value"][0] not in "\"'":
        return None
    sign, value = found["value"][0], found["value"]
    whole = {'"': r'"(?:[^"\\]|\\.)*"', "'": r"'(?:[^']|'')*'"}[sign]
    if re.fullmatch(rf"{whole}(\s+#.*)?", value):
        escaped = sign == '"' and re.search(r"\\[^0abtnvfe\"/\\N_LPxuU ]", value)
        return _Found("backslash", found["head"] + quoted(value[1:-1]), found.start("value"), {}) if escaped else None
    closed = value.endswith(sign) and len(value) > 1
    inside = value[1:-1] if closed else value[1:].replace(sign, "", 1)
    key = "apostrophe" if sign == "'" and closed else "quote_inside" if sign in value[1:] else "quote_open"
    return _Found(key, found["head"] + quoted(inside), found.start("value"), {})


def _brackets(lines: list[str], number: int) -> _Found | None:
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
            return _Found("bracket_extra", found["head"] + fixed, found.start("value") + place, {"sign": sign})
    missing = "".join(reversed(opened[1:]))
    missing = f" {missing}" if missing == "}" and value.startswith("{ ") else missing
    slots = {"sign": value[0], "missing": missing.strip()}
    return (
        _Found("bracket_open", found["head"] + value.rstrip(" ,") + missing, found.start("value"), slots)
        if missing
        else None
    )


def _braces(lines: list[str], number: int) -> _Found | None:
    """A block in braces whose parts run into each other, or that holds a text in need of quotes."""
    line = lines[number]
    if "{" not in line:
        return None
    parted = re.sub(rf"(?<=[^\s,{{])\s+({BLOCK_KEYS})\s*: ", r", \1: ", line)
    if parted != line:
        return _Found("no_comma", parted, line.index("{"), {})
    text = re.search(rf"\b({BLOCK_KEYS}): +(?![\"'\[{{])([^\n]*?)(?=\s*(?:, *(?:{BLOCK_KEYS}) *:|\}}\s*$))", line)
    while text and not re.search(r"[:,#\[\]{}&*!|>%@`]", text[2]):
        text = re.compile(text.re.pattern).search(line, text.end())
    if text is None:
        return None
    return _Found("colon_inside", line[: text.start(2)] + quoted(text[2]) + line[text.end(2) :], text.start(2), {})


def _colon_inside(lines: list[str], number: int) -> _Found | None:
    found = LINE.match(lines[number])
    if not found or found["value"][0] in "\"'[{|>" or not re.search(r":(\s|$)", found["value"]):
        return None
    return _Found("colon_inside", found["head"] + quoted(found["value"]), found.start("value"), {})


def _no_colon(lines: list[str], number: int) -> _Found | None:
    found = re.match(rf"(\s*)(\w+_\w+|company|system|answers|lang|{BLOCK_KEYS})(?:\s+([^:]*))?$", lines[number])
    if not found:
        return None
    line = f"{found[1]}{found[2]}: {found[3] or ''}".rstrip()
    return _Found("no_colon", line, found.end(2), {"name": found[2]})


def _margin(lines: list[str], number: int) -> _Found | None:
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
    return _Found("margin", " " * right + body, wide, {"found": wide, "right": right})


LOOKS: tuple[Callable[[list[str], int], _Found | None], ...] = (
    _box, _no_space, _quotes, _brackets, _braces, _question_mark, _reserved, _colon_inside, _no_colon, _margin,
)  # fmt: skip
