"""The inventory as one table: a row a system. CSV and JSON Lines for programs, a workbook in words for people. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from aiact_check.inventory import columnar
from aiact_check.inventory.found import Found, Result
from aiact_check.inventory.portfolio import Portfolio
from aiact_check.law.columns import LARGEST
from aiact_check.text import Language, phrase, said
from aiact_check.wording.book import LONGEST, as_day, banner, laid_out, opened
from aiact_check.wording.typeset import shown

TIERS = ("prohibited", "high-risk", "transparency", "minimal", "model", "excluded", "not-an-ai-system")
COLUMNS = (
    "where", "name", "version", "company", "supplier", "owner", "headline", "possible", *TIERS, "roles",
    "roles_possible", "routes", "routes_possible", "duties_apply", "duties_come", "duties_depend", "next_date",
    "next_duty", "fine_ceiling_eur", "fine_amount_eur", "fine_percent", "fine_sure", "open_questions", "first_question",
    "problems", "remarks",
)  # fmt: skip
LISTS = ("possible", "roles", "roles_possible", "routes", "routes_possible", "problems", "remarks")
NUMBERS = ("duties_apply", "duties_come", "duties_depend", "fine_ceiling_eur", "fine_amount_eur", "fine_percent",
           "open_questions")  # fmt: skip
HEAD = ",".join(COLUMNS) + "\n"
WIDE = {"name": 32, "problems": 60, "remarks": 40, "next_duty": 36, "first_question": 48, "routes": 36, "possible": 30}
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: spreadsheet programs would work it out."""


SUPPOSED = ("supposes", "headline_in_force", "possible_in_force")
"""The columns that stand first under an overlay, so that no table is taken for one under the law in force."""


def columns(portfolio: Portfolio) -> tuple[str, ...]:
    """The columns of the table."""
    return (*SUPPOSED, *COLUMNS) if portfolio.supposed else COLUMNS


def rows(portfolio: Portfolio) -> Iterator[dict[str, Any]]:
    """A row a system, in the order in which they were given: ids, numbers, days as ISO texts, lists of ids."""
    for found in portfolio.found:
        row = row_of(found, portfolio.lang)
        if portfolio.supposed:
            before = found["in_force"]
            was = {f"{key}_in_force": before[key] if before else None for key in ("headline", "possible")}
            row = {"supposes": portfolio.doc["overlay"]["name"], **was, **row}
        yield row


def row_of(found: Found, lang: Language) -> dict[str, Any]:
    """The row of a system."""
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {key: found[key] for key in ("where", "name", "version", "company", "supplier", "owner")}
    row |= cells(found["result"]) if found["result"] else {}
    return row | {key: [text[lang] for text in found[key]] for key in ("problems", "remarks")}


def cells(result: Result) -> dict[str, Any]:
    """The cells of a row that say what was found."""
    fine, ahead = result["fine"], result["next"]
    ceiling = fine["ceiling_eur"] if fine else None
    return {
        "headline": result["headline"],
        "possible": list(result["possible"]),
        **{tier: result["tiers"].get(tier, "false") for tier in TIERS},  # type: ignore[call-overload]
        "roles": [role for role, value in result["roles"].items() if value == "true"],
        "roles_possible": [role for role, value in result["roles"].items() if value == "unknown"],
        "routes": [route for route, value in result["routes"].items() if value == "true"],
        "routes_possible": [route for route, value in result["routes"].items() if value == "unknown"],
        "duties_apply": len(result["applies"]),
        "duties_come": len(result["upcoming"]),
        "duties_depend": len(result["depends"]),
        "next_date": ahead["date"] if ahead else None,
        "next_duty": ahead["rule"] if ahead else None,
        "fine_ceiling_eur": None if ceiling is not None and ceiling > LARGEST else ceiling,
        "fine_amount_eur": fine["amount_eur"] if fine else None,
        "fine_percent": fine["turnover_percent"] if fine else None,
        "fine_sure": fine["sure"] if fine else None,
        "open_questions": len(result["open"]),
        "first_question": result["open"][0] if result["open"] else None,
    }


def json_lines(portfolio: Portfolio) -> bytes:
    """The inventory as JSON Lines."""
    return "".join(map(json_line, rows(portfolio))).encode("utf-8", "replace")


def json_line(row: Mapping[str, Any]) -> str:
    """A row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def as_csv(portfolio: Portfolio) -> bytes:
    """The inventory as CSV. A text that a spreadsheet program would take for a formula is set behind an apostrophe."""
    head = HEAD if columns(portfolio) == COLUMNS else csv_line({column: column for column in columns(portfolio)})
    return (head + "".join(map(csv_line, rows(portfolio)))).encode("utf-8", "replace")


def csv_line(row: Mapping[str, Any]) -> str:
    """A row, its columns in order, as a line of CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(map(_flat, row.values()))
    return stream.getvalue()


def _flat(value: Any) -> str | int:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "; ".join(value) if isinstance(value, list) else "" if value is None else value
    return "'" + text if isinstance(text, str) and text.startswith(FORMULAS) else text


def parquet(portfolio: Portfolio) -> bytes:
    """The inventory as Parquet: lists, whole numbers and days as such."""
    return columnar.written(rows(portfolio), columnar.kinds(columns(portfolio), NUMBERS, (*LISTS, "possible_in_force")))


def xlsx(portfolio: Portfolio) -> bytes:
    """The inventory as a workbook in words; the same bytes every time. What a user wrote is text, never a formula."""
    stream = io.BytesIO()
    book, formats = opened(stream, portfolio.doc, portfolio.t(portfolio.w["portfolio"]["doc"]), portfolio.name)
    sheet = book.add_worksheet(said(phrase("inventory.sheet"), portfolio.lang))
    top = banner(sheet, formats, portfolio.supposed)
    for place, column in enumerate(columns(portfolio)):
        sheet.set_column(place, place, WIDE.get(column, 16))
        sheet.write_string(top, place, _heading(portfolio, column), formats.head)
    for line, row in enumerate(rows(portfolio), top + 1):
        for place, (column, cell) in enumerate(row.items()):
            value = _in_words(portfolio, column, cell)
            if column == "next_date" and (day := as_day(value or "")):
                sheet.write_datetime(line, place, day, formats.day)
            elif isinstance(value, int):
                sheet.write_number(line, place, value, formats.number)
            elif value:
                sheet.write_string(line, place, shown(value)[:LONGEST], formats.text)
    laid_out(sheet, len(portfolio.found), len(columns(portfolio)), top)
    book.close()
    return stream.getvalue()


def _heading(portfolio: Portfolio, column: str) -> str:
    if column in TIERS:
        return portfolio.tier(column)
    return portfolio.t(said(phrase(f"inventory.column.{column}"), portfolio.lang))


def _in_words(portfolio: Portfolio, column: str, value: Any) -> Any:
    """A cell in words: ids by their titles, lists in a line."""
    if isinstance(value, list):
        link = "\n" if column in ("problems", "remarks") else "; "
        return link.join(_word(portfolio, column, one) for one in value)
    return _word(portfolio, column, value) if isinstance(value, (str, bool)) else value


def _word(portfolio: Portfolio, column: str, value: Any) -> Any:
    if column.startswith(("headline", "possible")):
        return portfolio.tier(value)
    if column in TIERS or column == "fine_sure":
        return said(phrase(f"inventory.truth.{str(value).lower()}"), portfolio.lang)
    if column.startswith("roles"):
        return portfolio.role(value)
    if column.startswith("routes") or column == "next_duty":
        return portfolio.title_of(value)
    if column == "first_question":
        return portfolio.t(said(portfolio.base.questions[value].ask, portfolio.lang))
    return value


def write(portfolio: Portfolio, form: str) -> bytes:
    """The inventory as `csv`, `jsonl`, `parquet` or `xlsx`."""
    return {"csv": as_csv, "jsonl": json_lines, "parquet": parquet, "xlsx": xlsx}[form](portfolio)
