"""What every workbook shares: how it is opened, its formats, how it prints. The same bytes every time; no clock."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from aiact_check.wording.speech import Data

LONGEST = 30_000
"""How many signs of a text a cell shows; the format has room for little more."""
HEADER = 240
"""How many signs the head of a printed page takes."""
FIRST_YEAR = 1900
"""Before it, a workbook has no dates."""


@dataclass(frozen=True)
class Formats:
    """How cells look."""

    text: Any
    number: Any
    day: Any
    link: Any
    head: Any
    mark: Any


def opened(stream: io.BytesIO, document: Data, title: str, author: str) -> tuple[Any, Formats]:
    """A new workbook and its formats. What a user wrote stays text in it: never a formula, a link or a number."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    made = datetime.combine(date.fromisoformat(document["as_of"]), time())
    book.set_properties({"title": title, "author": author, "created": made, "comments": made_with(document)})
    top = {"valign": "top"}
    formats = Formats(
        text=book.add_format({**top, "text_wrap": True, "num_format": "@"}),
        number=book.add_format({**top, "num_format": "#,##0"}),
        day=book.add_format({**top, "align": "left", "num_format": "yyyy-mm-dd"}),
        link=book.add_format({**top, "text_wrap": True, "font_color": "#1F3A8A", "underline": 1}),
        mark=book.add_format({"bold": True, "font_color": "#8F4300", "bg_color": "#FCF4EA"}),
        head=book.add_format({**top, "bold": True, "text_wrap": True, "bg_color": "#E7EAF1", "bottom": 1}),
    )
    return book, formats


def made_with(document: Data) -> str:
    """The program and the rules that a document was made with."""
    tool, law = document["tool"], document["law"]
    return f"{tool['name']} {tool['version']}, {law['rules_hash']}"


def as_day(value: str) -> datetime | None:
    """An ISO date as a workbook keeps it; None where the text is none or lies before the workbook's first year."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return datetime.combine(day, time()) if day.year >= FIRST_YEAR else None


def banner(sheet: Any, formats: Formats, mark: str) -> int:
    """A mark above all else, on the screen and on every page that is printed; and in which row the rest begins."""
    if not mark:
        return 0
    sheet.write_string(0, 0, mark, formats.mark)
    sheet.set_header(f"&C&B{mark.replace('&', '&&')[:HEADER]}")
    return 1


def laid_out(sheet: Any, rows: int, columns: int, top: int = 0) -> None:
    """Heads in row `top` that stay in view and on every page, a filter over all columns, one page wide."""
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, top + max(1, rows), columns - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, top)
