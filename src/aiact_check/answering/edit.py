"""Changes one place of a questionnaire's text and keeps all the rest: comments, order, quotes, spaces.

A library that writes YAML back sets everything anew (`{ name: A }` becomes `{name: A}`), so that a company's file would
change where nobody touched it. Here only the place named is written; the result is read again and must say exactly what
it said before, but for the change.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiact_check.answering.answers import Told
from aiact_check.answering.layout import MARK, Layout
from aiact_check.reading.problem import Problems
from aiact_check.reading.scalars import flow
from aiact_check.reading.source import MAX_BYTES, Source, parse
from aiact_check.text import NB, Text, phrase

DETAILS = ("note", "by", "on")


@dataclass(eq=False)
class CannotEdit(Exception):
    """The text is laid out in a way that cannot be changed safely; what to write by hand instead."""

    says: Text


def put(content: str, path: Sequence[str], value: Any, order: Sequence[str] = ()) -> str:
    """The text with `value` (plain data; None: left open) at `path`, whose last key may be new.

    A new key comes after those that stand before it in `order`, or last. Raises CannotEdit.
    """
    source = _parsed(content, path, value)
    expected = copy.deepcopy(source.data) or {}
    _assign(expected, path, value)
    return _checked(content, Layout(content, source.root).put(path, value, order), expected, path, value)


def remove(content: str, path: Sequence[str]) -> str:
    """The text without the key at `path`; comments on its line stay. Raises CannotEdit."""
    source = _parsed(content, path, None)
    expected = copy.deepcopy(source.data)
    parent = expected
    for key in path[:-1]:
        parent = parent[key]
    del parent[path[-1]]
    return _checked(content, Layout(content, source.root).remove(path), expected, path, None)


def put_answer(content: str, fact: str, told: Told, order: Sequence[str]) -> str:
    """The text with this answer, and with its note, by and on where it has them and only then. Raises CannotEdit."""
    details = {key: said for key in DETAILS if (said := getattr(told, key)) is not None}
    present = (_parsed(content, ("answers", fact), told.value).data.get("answers") or {}).get(fact)
    if not isinstance(present, dict):
        return put(content, ("answers", fact), {"answer": told.value, **details} if details else told.value, order)
    content = put(content, ("answers", fact, "answer"), told.value)
    for key in DETAILS:
        if key in details:
            content = put(content, ("answers", fact, key), details[key], ("answer", *DETAILS))
        elif key in present:
            content = remove(content, ("answers", fact, key))
    return content


def append(content: str, block: str, lines: str, entries: Mapping[str, Any]) -> str:
    """The text with `lines` at the end of a block at the top (made where there is none); they say `entries`.

    Raises CannotEdit.
    """
    source = _parsed(content, (block,), None)
    expected = copy.deepcopy(source.data) or {}
    expected[block] = {**(expected.get(block) or {}), **entries}
    return _checked(content, Layout(content, source.root).append(block, lines), expected, (block,), list(entries))


def _parsed(content: str, path: Sequence[str], value: Any) -> Source:
    try:
        return parse("", content.encode())
    except (Problems, UnicodeEncodeError):
        raise _refused(path, value) from None


def _assign(data: Any, path: Sequence[str], value: Any) -> None:
    for key in path[:-1]:
        if data.get(key) is None:
            data[key] = {}
        data = data[key]
    data[path[-1]] = value


def _checked(before: str, after: str, expected: Any, path: Sequence[str], value: Any) -> str:
    """The changed text, with the mark it had, if it says what it must."""
    if len(after.encode()) > MAX_BYTES:
        raise CannotEdit(phrase("edit.too_large", most=Text(f"{MAX_BYTES:,}", f"{MAX_BYTES:,}".replace(",", NB))))
    if _parsed(after, path, value).data != expected:
        raise _refused(path, value)
    return MARK + after if before.startswith(MARK) else after


def _refused(path: Sequence[str], value: Any) -> CannotEdit:
    return CannotEdit(phrase("edit.refused", where=".".join(path), line=f"{path[-1]}: {flow(value)}"))
