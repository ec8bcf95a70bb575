"""Tables as rows of cells: CSV as spreadsheets write it, JSON Lines; and what is wrong with a table as such."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiact_check.inventory.columns import Headings
from aiact_check.inventory.row import Cells, InWorkbook, clean
from aiact_check.reading import foreign
from aiact_check.reading.problem import Problem
from aiact_check.text import Text, phrase

SEPARATORS = ",;\t|"
LONGEST_CELL = 100_000

Line = tuple[int, Sequence[Any], tuple[Problem, ...]]
"""The number of a row, its cells in order, and what is wrong with it already."""


@dataclass
class Table:
    """One table: its rows, what is wrong with it as a whole, and what is worth saying of it."""

    file: str
    rows: list[Cells] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    workbook: bool = False

    def problem(self, line: int, column: int, key: str, hint: str | Text = "", **slots: Any) -> Problem:
        """A problem at a cell; `key` names its sentence."""
        kind = InWorkbook if self.workbook else Problem
        return kind(self.file, line, column, phrase(f"inventory.{key}", **slots), hint)


def text(table: Table, content: bytes) -> str:
    """The text of a table; another encoding than UTF-8 is worth a remark."""
    found = foreign.encoding(content)
    if found.name != "utf-8":
        message, hint = phrase(f"problems.encodings.{found.name}", sign=found.sign), phrase("inventory.encoding_hint")
        table.remarks.append(Problem(table.file, found.line, found.column, message, hint))
    return found.text.removeprefix("\ufeff")


def of_csv(file: str, content: bytes, headings: Headings) -> Table:
    """A table of cells set apart by commas, semicolons, tabs or bars."""
    table = Table(file)
    lines = list(io.StringIO(text(table, content), newline=""))
    csv.field_size_limit(LONGEST_CELL)
    fill(table, _lines(table, lines), headings)
    return table


def _lines(table: Table, lines: list[str]) -> Iterator[Line]:
    reader = csv.reader(lines, delimiter=_separator(lines), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader), ()
        except StopIteration:
            return
        except csv.Error:
            yield line, [], (table.problem(line, 1, "broken_row", phrase("inventory.broken_row_hint")),)


def _separator(lines: list[str]) -> str:
    """What sets the headings apart: the sign they have most of, outside quotes."""
    head = next((line for line in lines if line.strip()), "")
    outside = "".join(head.split('"')[::2])
    return max(SEPARATORS, key=outside.count)


def fill(table: Table, lines: Iterable[Line], headings: Headings) -> None:
    """Read lines of cells into a table; the first that is not empty holds the headings."""
    found = ((line, cells, problems) for line, cells, problems in lines if problems or not all(map(_empty, cells)))
    head, names, broken = next(found, (1, (), ()))
    table.problems += broken
    if not names:
        if not broken:
            table.problems.append(table.problem(1, 1, "empty_table", phrase("inventory.empty_table_hint")))
        return
    columns = columns_of(table, head, names, headings)
    if "name" not in columns.values():
        table.problems.append(table.problem(head, 1, "no_name", phrase("inventory.no_name_hint")))
    numbers = {column: place for place, column in columns.items()}
    for line, cells, flaws in found:
        problems = [*flaws, *_beyond(table, line, cells, columns, names)]
        values = {column: cells[place - 1] for place, column in columns.items() if place <= len(cells)}
        table.rows.append(Cells(line, values, numbers, tuple(problems)))
    if not table.rows:
        table.problems.append(table.problem(head, 1, "empty_table", phrase("inventory.empty_table_hint")))


def columns_of(table: Table, head: int, names: Sequence[Any], headings: Headings) -> dict[int, str]:
    """What each column is about, by its number; headings that nobody knows or that come twice are problems."""
    columns: dict[int, str] = {}
    for place, name in enumerate(names, 1):
        column = None if _empty(name) else headings.column(str(name).strip())
        if column is None and not _empty(name):
            hint = headings.hint(str(name).strip())
            table.problems.append(table.problem(head, place, "unknown_column", hint, name=_short(name)))
        elif column in columns.values():
            first = next(number for number, there in columns.items() if there == column)
            table.problems.append(table.problem(head, place, "column_twice", name=_short(name), first=first))
        elif column is not None:
            columns[place] = column
    return columns


def _beyond(
    table: Table, line: int, cells: Sequence[Any], columns: dict[int, str], names: Sequence[Any]
) -> Iterator[Problem]:
    """Cells below no heading: a separator too many shifts all that follows it."""
    for place, cell in enumerate(cells, 1):
        if place not in columns and not _empty(cell) and (place > len(names) or _empty(names[place - 1])):
            yield table.problem(line, place, "no_heading", phrase("inventory.no_heading_hint"), written=_short(cell))
            return


def of_json_lines(file: str, content: bytes, headings: Headings) -> Table:
    """A table with an object a line."""
    table = Table(file)
    known: dict[str, str | None] = {}
    for line, written in enumerate(text(table, content).split("\n"), 1):
        if written.strip():
            table.rows.append(_object(table, line, written, headings, known))
    if not table.rows:
        table.problems.append(table.problem(1, 1, "empty_table", phrase("inventory.no_json_hint")))
    return table


def _object(table: Table, line: int, written: str, headings: Headings, known: dict[str, str | None]) -> Cells:
    try:
        pairs = json.loads(written, object_pairs_hook=_Pairs, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        column = getattr(error, "colno", 1)
        return Cells(line, {}, {}, (table.problem(line, column, "no_json", phrase("inventory.no_json_hint")),))
    if not isinstance(pairs, _Pairs):
        return Cells(line, {}, {}, (table.problem(line, 1, "no_json", phrase("inventory.no_json_hint")),))
    values: dict[str, Any] = {}
    places: dict[str, int] = {}
    problems: list[Problem] = []
    for name, value in pairs:
        place = written.find(json.dumps(name, ensure_ascii=False)) + 1 or 1
        if name not in known:
            known[name] = headings.column(name)
            if known[name] is None:
                hint = headings.hint(name)
                table.problems.append(table.problem(line, place, "unknown_column", hint, name=_short(name)))
        column = known[name]
        if column in values:
            problems.append(table.problem(line, place, "column_twice", name=_short(name), first=places[str(column)]))
        elif column is not None:
            values[column], places[column] = _plain(value), place
    return Cells(line, values, places, tuple(problems))


class _Pairs(list[tuple[str, Any]]):
    """An object as its pairs, so that a name written twice can be said."""


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _plain(value: Any) -> Any:
    """A value of JSON without pairs."""
    if isinstance(value, _Pairs):
        return {name: _plain(part) for name, part in value}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _short(cell: Any) -> str:
    line = " ".join(str(clean(cell)).split())
    return line if len(line) <= 60 else line[:59] + "…"
