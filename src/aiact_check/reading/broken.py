"""What keeps a file from being YAML, line by line: what is wrong, what to write, and the text with that put right.

Reading goes on with the mended text, so that all the mistakes of a file are found at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from aiact_check.reading import slips, strict
from aiact_check.text import Text, phrase

LONGEST = 100
LONGEST_LINE = 5_000
"""Longer lines are not looked at for what was meant: it would take long, and nobody writes them by hand."""


class Break(NamedTuple):
    """A mistake that keeps the text from being YAML; `mended` is the text without it, where that can be told."""

    line: int
    column: int
    message: Text
    hint: Text
    mended: str | None


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
    for look in slips.LOOKS:
        for number in suspects:
            found = look(lines, number)
            if found and found.line != lines[number]:
                hint = _hint(found)
                mended = "\n".join([*lines[:number], found.line, *lines[number + 1 :]])
                return Break(number + 1, found.column + 1, phrase(f"problems.{found.key}", **found.slots), hint, mended)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "nesting depth" in (error.problem or ""):  # libyaml reads a line ahead and has a limit of its own
        return Break(line, column, phrase("problems.too_deep", most=strict.MAX_DEPTH), Text("", ""), None)
    return Break(min(line, len(lines)), column, phrase("problems.not_yaml"), phrase("problems.not_yaml_hint"), None)


def _hint(found: slips.Slip) -> Text:
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
