"""An empty table to fill in: headings in words, lists of the answers, a sheet that explains each question. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from aiact_check.answering.form import only_if, people
from aiact_check.inventory.columns import ABOUT, Headings
from aiact_check.inventory.row import letters
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.text import Language, phrase, printed, said
from aiact_check.wording.typeset import typeset

ROWS = 2_000
"""How many rows offer lists of answers."""
TITLE, MESSAGE = 32, 255
"""How many signs a note at a cell may have."""
HELP = {
    "heading": 30, "id": 26, "question": 50, "answers": 60, "choice_id": 26, "kind": 28, "help": 80, "arises": 40,
    "known_by": 28,
}  # fmt: skip
"""The columns of the sheet that explains, and how wide they are."""
DAYS = ("on",)


@dataclass(frozen=True)
class Explained:
    """A column as it is explained: a line, and below it one for each further answer that its list offers."""

    column: str
    cells: dict[str, str]
    answers: list[tuple[str, str]]
    """Each answer in words, and its id."""


def xlsx(base: RuleBase, lang: Language) -> bytes:
    """The empty table as a workbook; the same bytes every time."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    made = datetime.combine(date.fromisoformat(base.acts.known_to), time())
    book.set_properties(
        {"title": _says("template.sheet", lang), "created": made, "comments": f"aiact-check, {base.hash}"}
    )
    sheet = book.add_worksheet(_says("template.sheet", lang))
    explained = list(_explained(base, lang))
    ranges = _explain(book, explained, lang)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7EAF1", "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    text = book.add_format({"num_format": "@"})
    for place, one in enumerate(explained):
        question = base.questions.get(one.column)
        is_day = one.column in DAYS or (question is not None and question.type == "date")
        is_number = question is not None and question.type == "number"
        sheet.set_column(place, place, 24, day if is_day else None if is_number else text)
        sheet.write_string(0, place, one.cells["heading"], head)
        sheet.data_validation(1, place, ROWS, place, _list(one, ranges.get(one.column), question))
    sheet.set_row(0, 62)
    sheet.freeze_panes(1, 1)
    book.close()
    return stream.getvalue()


def _says(key: str, lang: Language) -> str:
    return printed(phrase(f"inventory.{key}"), lang)


def _explained(base: RuleBase, lang: Language) -> Iterator[Explained]:
    headings = Headings(base)
    for column in ABOUT:
        cells = {"heading": headings.shown(column, lang), "id": column, "question": _says(f"about.{column}", lang)}
        yield Explained(column, cells, [])
    for fact, question in base.questions.items():
        gate = question.asked_if
        cells = {
            "heading": headings.shown(fact, lang),
            "id": fact,
            "question": printed(question.ask, lang),
            "kind": _says(f"template.{question.type}", lang),
            "help": printed(question.help, lang),
            "arises": printed(only_if(base, gate), lang) if gate else _says("template.always", lang),
            "known_by": printed(people(base.known_by(fact)), lang),
        }
        yield Explained(fact, cells, list(_answers(question, lang)))


def _answers(question: Question, lang: Language) -> Iterator[tuple[str, str]]:
    """The answers a list offers: those of the question, none of them where that may be said, and not known."""
    if question.type == "yes_no":
        yield from ((_says(f"template.{word}", lang), truth) for word, truth in (("yes", "true"), ("no", "false")))
    yield from ((said(label, lang), choice) for choice, label in question.choices.items())
    if question.type == "choices":
        yield _says("template.none", lang), "[]"
    yield _says("template.unknown", lang), UNKNOWN


def _explain(book: Any, explained: list[Explained], lang: Language) -> dict[str, str]:
    """Write the sheet that explains; where the answers of each column stand on it."""
    sheet = book.add_worksheet(_says("template.sheet_help", lang))
    head = book.add_format({"bold": True, "valign": "top", "bg_color": "#E7EAF1", "bottom": 1})
    first = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", "top": 4})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, _says("template.lead", lang), book.add_format({"bold": True}))
    for place, (column, width) in enumerate(HELP.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(1, place, _says(f"template.{column}", lang), head)
    ranges, line = {}, 2
    for one in explained:
        for column, cell in one.cells.items():
            sheet.write_string(line, list(HELP).index(column), typeset(cell, lang) if column == "help" else cell, first)
        for offset, (words, choice) in enumerate(one.answers):
            form = first if offset == 0 else text
            sheet.write_string(line + offset, list(HELP).index("answers"), words, form)
            sheet.write_string(line + offset, list(HELP).index("choice_id"), choice, form)
        if one.answers:
            name, where = _says("template.sheet_help", lang), letters(list(HELP).index("answers") + 1)
            ranges[one.column] = f"='{name}'!${where}${line + 1}:${where}${line + len(one.answers)}"
        line += max(1, len(one.answers))
    sheet.freeze_panes(2, 1)
    return ranges


def _list(one: Explained, answers: str | None, question: Question | None) -> dict[str, Any]:
    """What a cell offers and says. Only a question that takes one of its answers refuses any other."""
    rule: dict[str, Any] = {"validate": "any"}
    if answers and question and question.type in ("yes_no", "choice", "choices"):
        rule = {"validate": "list", "source": answers, "show_error": question.type != "choices"}
    said_of = one.cells["question"]
    message = said_of if len(said_of) <= MESSAGE else said_of[: MESSAGE - 1] + "…"
    heading = one.cells["heading"]
    title = heading if len(heading) <= TITLE else heading[: TITLE - 1] + "…"
    return {**rule, "input_title": title, "input_message": message}
