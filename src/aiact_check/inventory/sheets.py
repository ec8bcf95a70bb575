"""Workbooks as rows of cells: visible sheets, the values that formulas gave, merged cells said rather than guessed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from aiact_check.inventory.columns import Headings
from aiact_check.inventory.row import letters
from aiact_check.inventory.tables import Line, Table, fill
from aiact_check.reading.problem import Problem
from aiact_check.reading.source import MAX_BYTES
from aiact_check.text import LANGUAGES, Text, phrase, said

MOST_UNPACKED = 400 * MAX_BYTES
MOST_CELLS = 5 * MAX_BYTES
"""Up to the last row and column used, empty ones too: all of them are gone through."""
DAYS = range(20_000, 80_000)
"""Numbers that a workbook may mean as days: from 1954 to 2119."""


def of_workbook(file: str, content: bytes, headings: Headings) -> list[Table]:
    """The tables of a workbook: a table a visible sheet, but for the sheets that explain a template."""
    whole = Table(file, workbook=True)
    book = _opened(whole, content)
    if book is None:
        return [whole]
    has_formulas = any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    results = _opened(whole, content, data_only=True) if has_formulas else book
    explains = {said(phrase("inventory.template.sheet_help"), lang) for lang in LANGUAGES}
    tables = []
    for sheet in book.worksheets:
        if sheet.title in explains:
            continue
        if sheet.sheet_state != "visible":
            whole.remarks.append(whole.problem(1, 1, "hidden_sheet", name=sheet.title))
            continue
        table = Table(f"{file}[{sheet.title}]" if len(book.worksheets) > 1 else file, workbook=True)
        fill(table, _lines(table, sheet, results[sheet.title], headings), headings)
        tables.append(table)
    filled = [table for table in tables if table.rows]
    if filled and len(filled) < len(tables):
        tables = [table for table in tables if table.rows or _holds(book, table, file)]
    return [whole, *tables]


def _holds(book: Any, table: Table, file: str) -> bool:
    """Whether a sheet without rows holds anything at all."""
    sheet = book[table.file.removeprefix(f"{file}[").removesuffix("]")]
    return any(cell is not None for row in sheet.iter_rows(values_only=True) for cell in row)


def _opened(table: Table, content: bytes, **options: Any) -> Any:
    """A workbook; what keeps it from being opened is a problem."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                table.problems.append(table.problem(1, 1, "large_workbook", phrase("inventory.large_workbook_hint")))
                return None
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, **options)
    except Exception:  # openpyxl raises whatever a broken part of a workbook makes it stumble over
        table.problems.append(table.problem(1, 1, "no_workbook", phrase("inventory.no_workbook_hint")))
        return None
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            hint = phrase("inventory.far_cell_hint")
            table.problems.append(table.problem(sheet.max_row, sheet.max_column, "far_cell", hint, name=sheet.title))
            return None
    return book


def _lines(table: Table, sheet: Any, results: Any, headings: Headings) -> Iterator[Line]:
    """The rows of a sheet, with the values its formulas gave when it was last saved."""
    merged = _merged(sheet)
    dates: set[int] = set()
    for row in sheet.iter_rows():
        values: list[Any] = []
        problems: list[Problem] = []
        for cell in row:
            line, column, value = cell.row, cell.column, cell.value
            if (line, column) in merged:
                hint = phrase("inventory.merged_hint")
                problems.append(table.problem(line, column, "merged", hint, range=merged[line, column]))
            if cell.data_type == "f":
                value = results.cell(line, column).value
                if value is None:
                    hint = phrase("inventory.formula_hint")
                    problems.append(table.problem(line, column, "formula", hint))
            if isinstance(value, timedelta):
                value = str(value)
            if column in dates and (meant := _day_meant(sheet, value)):
                problems.append(table.problem(line, column, "day_as_number", meant, written=value))
                value = None
            values.append(value)
        if not dates and any(values):
            dates = {column for column, value in enumerate(values, 1) if _is_date(value, headings)} or {0}
        yield row[0].row, values, tuple(problems)


def _is_date(name: Any, headings: Headings) -> bool:
    column = headings.column(str(name).strip()) if name else None
    question = headings.base.questions.get(column or "")
    return column == "on" or (question is not None and question.type == "date")


def _day_meant(sheet: Any, value: Any) -> Text | None:
    """A hint for a number below a heading that asks for a day: a workbook counts days, and shows them as it is told."""
    from openpyxl.utils.datetime import from_excel

    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if int(value) not in DAYS:
        return phrase("problems.day_hint")
    return phrase("inventory.day_as_number_hint", day=from_excel(int(value), sheet.parent.epoch).date().isoformat())


def _merged(sheet: Any) -> dict[tuple[int, int], str]:
    """The cells that lie under another one, and the range they were merged into."""
    found: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        name = f"{letters(area.min_col)}{area.min_row}:{letters(area.max_col)}{area.max_row}"
        found |= {cell: name for cell in area.cells if cell != (area.min_row, area.min_col)}
    return found
