"""A row of a table as a questionnaire: its data, and where in the table each part of it stands. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiact_check.inventory.columns import ABOUT, OF_SYSTEM, Headings, written
from aiact_check.reading.problem import Hint, Problem
from aiact_check.reading.source import DataPath, Source
from aiact_check.record import unique
from aiact_check.text import Language, Text, phrase, said

NAMELESS = "–"
"""Stands for a name that a row lacks, which is said by itself."""


@dataclass(unsafe_hash=True)
class InWorkbook(Problem):
    """A mistake in a workbook, whose columns have letters."""

    def said(self, lang: Language) -> str:
        numbered, lettered = (f"{self.file}:{self.line}:{column}:" for column in (self.column, letters(self.column)))
        return super().said(lang).replace(numbered, lettered, 1)


def letters(column: int) -> str:
    """The name of a column in a workbook: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, place = divmod(column - 1, 26)
        name = chr(ord("A") + place) + name
    return name


@unique
class Row(Source):
    """A row of a table; what is wrong with it is said at its cells."""

    line: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    """By question or other heading, the number of its column."""
    workbook: bool = False

    def problem(self, path: DataPath, message: str | Text, hint: Hint = "", *, at_key: bool = False) -> Problem:
        """A problem in the cell that `path` leads to. Hints are worded for `key: value`."""
        column = next((part for part in reversed(path) if part in self.columns), "name")
        if callable(hint):
            hint = hint()
        if isinstance(hint, Text):
            hint = Text(*(said(hint, lang).replace(f"`{column}: ", "`") for lang in ("en", "fr")))
        return self.at_cell(self.columns.get(str(column), 1), message, hint)

    def at_cell(self, column: int, message: str | Text, hint: str | Text = "") -> Problem:
        """A problem in a column of this row."""
        return (InWorkbook if self.workbook else Problem)(self.file, self.line, column, message, hint)


@dataclass(frozen=True)
class Cells:
    """A row as it was read: its cells by question or other heading, and what is wrong with it already."""

    line: int
    values: Mapping[str, Any]
    columns: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


def questionnaire(headings: Headings, file: str, cells: Cells, company: str, workbook: bool) -> Row:
    """A row as a questionnaire. A table need not name its company: it is then called as its file is."""
    values = {column: clean(cell) for column, cell in cells.values.items()}
    told = {column: _text(cell) for column, cell in values.items() if column in ABOUT}
    given = {column: cell for column, cell in told.items() if cell}
    data: dict[str, Any] = {part: given[part] for part in ("lang", "by", "on") if part in given}
    data["company"] = {"name": company, **_parts(given, {"company": "name", "place": "place"})}
    data["system"] = _parts(given, {part: part for part in OF_SYSTEM})
    data["answers"] = {
        fact: found
        for fact, cell in values.items()
        if fact not in ABOUT and (found := headings.answer(fact, cell)) is not None
    }
    row = Row(file, None, data, flaws=cells.problems, line=cells.line, columns=cells.columns, workbook=workbook)
    if "name" in given or cells.problems:
        data["system"].setdefault("name", NAMELESS)
        return row
    data["system"]["name"] = NAMELESS
    message, hint = phrase("inventory.unnamed"), phrase("inventory.unnamed_hint")
    return replace(row, flaws=(row.at_cell(cells.columns.get("name", 1), message, hint),))


def clean(cell: Any) -> Any:
    """A cell without halves of signs, which JSON and workbooks can spell and no file can hold."""
    if isinstance(cell, list):
        return [clean(part) for part in cell]
    if isinstance(cell, dict):
        return {clean(key): clean(part) for key, part in cell.items()}
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _text(cell: Any) -> Any:
    return written(cell).strip() if isinstance(written(cell), str) and cell is not None else cell


def _parts(given: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {name: given[column] for column, name in names.items() if column in given}
