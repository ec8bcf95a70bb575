"""The duties as an action plan in a workbook: what, for whom, from when, how far, who, until when. Pure; no clock."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.book import LONGEST, Formats, as_day, banner, laid_out, made_with, opened
from aiact_check.wording.owed import Owed
from aiact_check.wording.speech import Data
from aiact_check.wording.supposed import beside
from aiact_check.wording.typeset import counted, joined, shown, typeset, upper_first
from aiact_check.wording.view import View

COLUMNS = {
    "id": 24, "duty": 32, "what": 60, "role": 18, "cite": 32, "start": 13, "state": 14, "status": 14,
    "owner": 18, "due": 12, "evidence": 40, "note": 40, "remarks": 28,
}  # fmt: skip
"""The columns and how many signs wide they are."""
DATES = ("start", "due")
LINE, TALLEST = 15, 405
"""How high a line is, and the highest row a workbook may have, in points."""


def xlsx(document: Data, lang: Language) -> bytes:
    """The action plan as a workbook; the same bytes every time. What a user wrote is text, never a formula."""
    view = View(document, lang)
    stream = io.BytesIO()
    title = _says(lang, "workbook.title", system=view.head["system"])
    title = view.t(view.w["supposed"]["short"], title=title) if view.supposed else title
    book, formats = opened(stream, document, title, view.head["company"])
    sure = list(_rows(view, view.sure))
    open_rows = list(_rows(view, [duty for duty in document["duties"] if duty["state"] == "depends"]))
    options = list(_rows(view, document["options"]))
    _sheet(book, formats, lang, "workbook.sheet", sure, view.supposed)
    for name, rows in (("workbook.open_sheet", open_rows), ("workbook.option_sheet", options)):
        if rows:
            _sheet(book, formats, lang, name, rows, view.supposed)
    _about(book, formats, view)
    book.close()
    return stream.getvalue()


def _says(lang: Language, key: str, **slots: Any) -> str:
    return typeset(said(phrase(key), lang), lang).format(**slots)


def _rows(owed: Owed, duties: list[Data]) -> Iterator[dict[str, str]]:
    """The cells of each duty, by column; a day as its ISO text."""
    for duty in duties:
        work = duty["work"] or {"status": None, "owner": None, "due": None, "evidence": [], "note": None}
        written = [text for text in (work["note"], work.get("reason")) if text]
        yield {
            "id": duty["id"],
            "duty": owed.t(duty["title"]),
            "what": owed.t(duty["duty"]),
            "role": owed.role(duty["role"]),
            "cite": joined((owed.t(cite) for cite in duty["cite"]), owed.lang),
            "link": duty["cite"][0]["eli"],
            "start": duty["applies_from"] or " / ".join(owed.day(day, short=True) for day in duty["start"]["possible"]),
            "state": owed.t(owed.w["state"][duty["state"]]),
            "status": _says(owed.lang, f"workbook.status.{work['status']}") if work["status"] else "",
            "owner": work["owner"] or "",
            "due": work["due"] or "",
            "evidence": "\n".join(item["says"] for item in work["evidence"]),
            "note": "\n".join(written),
            "remarks": "\n".join(_remarks(owed, duty)),
        }


def _remarks(owed: Owed, duty: Data) -> Iterator[str]:
    for remark in owed.doc["remarks"]:
        if remark["rule"] == duty["id"]:
            yield _says(owed.lang, f"workbook.remark.{remark['kind']}")
    confidence = duty["start"]["confidence"]
    if confidence != "settled":
        because = duty["start"]["because"]
        yield upper_first(owed.t(owed.w["confidence"][confidence])) + (f". {owed.t(because)}" if because else "")
    asked = sorted(owed.open_numbers[fact] for fact in duty["depends_on"] if fact in owed.open_numbers)
    if asked:
        numbers = ", ".join(map(str, asked))
        yield counted(said(phrase("workbook.depends"), owed.lang), len(asked), owed.lang, numbers=numbers)


def _sheet(book: Any, formats: Formats, lang: Language, name: str, rows: list[dict[str, str]], supposed: str) -> None:
    sheet = book.add_worksheet(said(phrase(name), lang))
    top = banner(sheet, formats, supposed)
    for place, (column, width) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, _says(lang, f"workbook.column.{column}"), formats.head)
    for number, row in enumerate(rows, top + 1):
        sheet.set_row(number, _height(row))
        for place, column in enumerate(COLUMNS):
            value = shown(row[column])[:LONGEST]
            if column in DATES and (day := as_day(value)):
                sheet.write_datetime(number, place, day, formats.day)
            elif column == "cite":
                sheet.write_url(number, place, row["link"], formats.link, value)
            else:
                sheet.write_string(number, place, value, formats.text)
    laid_out(sheet, len(rows), len(COLUMNS), top)


def _height(row: dict[str, str]) -> int:
    """How high a row must be to show its wrapped texts; not every program works it out."""
    lines = (sum(1 + len(line) // width for line in row[column].split("\n")) for column, width in COLUMNS.items())
    return min(TALLEST, LINE * max(lines))


def _about(book: Any, formats: Formats, view: View) -> None:
    """What the plan rests on, the open questions by their number, and work noted on what is not owed."""
    sheet = book.add_worksheet(said(phrase("workbook.about_sheet"), view.lang))
    top = banner(sheet, formats, view.supposed)
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (label, value) in enumerate((*_basis(view), *_loose_ends(view)), top):
        sheet.write_string(row, 0, typeset(said(label, view.lang), view.lang), bold)
        sheet.write_string(row, 1, value[:LONGEST], formats.text)


def _basis(view: View) -> Iterator[tuple[str | Text, str]]:
    """The system, the verdict, and the day, law, program and answers it rests on."""
    document, system, in_force = view.doc, view.doc["system"], view.w["supposed"]["in_force"]
    yield from (
        (phrase("workbook.system"), shown(system["name"])),
        (phrase("workbook.company"), shown(document["company"]["name"])),
        *(
            (view.t(view.w["answers"][part]), shown(named))
            for part in ("supplier", "owner")
            if (named := system.get(part))
        ),
        (phrase("workbook.verdict"), view.headline),
        *([(in_force, both.in_force.verdict)] if (both := beside(view)) else []),
        (phrase("workbook.as_of"), view.day(document["as_of"])),
        (phrase("workbook.known"), view.day(document["law"]["known_to"])),
        (phrase("workbook.made_with"), made_with(document)),
        (phrase("workbook.answers"), document["tool"]["answers_hash"]),
        ("", view.t(view.w["disclaimer"])),
        *(("", warning) for warning in (view.old, view.redacted) if warning),
    )


def _loose_ends(view: View) -> Iterator[tuple[Text, str]]:
    """The open questions by their number, and the work noted on duties that are not owed."""
    for number, question in enumerate(view.doc["open_questions"], 1):
        yield phrase("workbook.question", number=number), view.t(question["ask"])
    for remark in view.doc["remarks"]:
        if remark["kind"] == "not-owed":
            yield phrase("workbook.not_owed"), f"{view.t(remark['title'])} ({remark['rule']})"
