"""The portfolio as a report in the family of the single one: HTML, PDF; and in a few lines for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from aiact_check.inventory import listing
from aiact_check.inventory.portfolio import Class, Day, Portfolio
from aiact_check.wording.printing import page, printed
from aiact_check.wording.typeset import lower_first, shown, wrapped

FIRST = 5
AXIS, WIDTH = 40.0, 132.0
"""Where the axis of the pictures begins, and how long it is, in millimetres."""
WORDS = 26.0
"""The room for what stands behind a bar."""


@dataclass(frozen=True)
class Bar:
    """A class and the lengths of its bars."""

    of: Class
    sure: float
    perhaps: float


@dataclass(frozen=True)
class Calendar:
    """The days ahead on one axis."""

    years: list[tuple[float, int]]
    today: float
    rows: list[tuple[Day, float]]


def html(portfolio: Portfolio) -> str:
    """The report as one page that needs no other file."""
    return page("portfolio.html.j2", portfolio.lang, _names(portfolio), with_fonts=True)


def pdf(portfolio: Portfolio) -> bytes:
    """The report as PDF/UA-1 and PDF/A-3a in one file, the whole table in it; the same bytes every time."""
    table = ("inventory.csv", listing.as_csv(portfolio), "Data")
    return printed(page("portfolio.html.j2", portfolio.lang, _names(portfolio)), portfolio.doc["as_of"], [table])


def _names(portfolio: Portfolio) -> dict[str, Any]:
    drawn = {"classes": _bars(portfolio), "calendar": _calendar(portfolio)}
    return {
        "v": portfolio,
        "w": portfolio.w,
        "doc": portfolio.doc,
        "lang": portfolio.lang,
        "drawn": drawn,
        "first": FIRST,
    }


def _bars(portfolio: Portfolio) -> list[Bar]:
    most = max((one.sure + one.perhaps for one in portfolio.classes), default=1)
    scale = (WIDTH - 2 * WORDS) / most
    return [Bar(one, round(one.sure * scale, 2), round(one.perhaps * scale, 2)) for one in portfolio.classes]


def _calendar(portfolio: Portfolio) -> Calendar | None:
    """The days ahead on an axis that begins with this year and leaves room behind the last."""
    if not portfolio.days:
        return None
    today = portfolio.doc["as_of"]
    first, last = int(today[:4]), int(portfolio.days[-1].date[:4]) + 2
    begin = date(first, 1, 1)
    span = (date(last, 1, 1) - begin).days

    def x(day: str) -> float:
        return round(AXIS + WIDTH * (date.fromisoformat(day) - begin).days / span, 2)

    years = [(x(f"{year}-01-01"), year) for year in range(first, last)]
    return Calendar(years, x(today), [(day, x(day.date)) for day in portfolio.days])


def lines(portfolio: Portfolio) -> str:
    """The portfolio in a few lines for a terminal."""
    w = portfolio.w
    found = [*wrapped(portfolio.supposed), ""] if portfolio.supposed else []
    found += wrapped(portfolio.headline) + [line for reason in portfolio.reasons for line in wrapped(reason)] + [""]

    def say(title: str, items: list[str]) -> None:
        if items:
            found.append(portfolio.t(title) + portfolio.t(w["colon"]).rstrip())
            found.extend(line for item in items for line in wrapped(item, "  "))

    say(w["portfolio"]["first"], [_first(portfolio, place) for place in range(min(FIRST, len(portfolio.urgent)))])
    say(w["portfolio_dates"]["title"], [_day(portfolio, day) for day in portfolio.days[:FIRST]])
    asked = enumerate(portfolio.asked, 1)
    say(w["portfolio"]["ask"], [
        f"{number}. {one.ask} ({portfolio.p('portfolio.ask_hangs', one.hangs)})" for number, one in asked
    ])  # fmt: skip
    return "\n".join([*found, portfolio.t(w["disclaimer"])]) + "\n"


def _first(portfolio: Portfolio, place: int) -> str:
    found, result = portfolio.urgent[place]
    words = f"{place + 1}. {shown(found['name'], 60)}{portfolio.t(portfolio.w['colon'])}"
    words += lower_first(portfolio.class_of(result))
    _, when = portfolio.next_day(result)
    return f"{words}, {lower_first(when)}" if when else words


def _day(portfolio: Portfolio, day: Day) -> str:
    counts = [portfolio.p("portfolio_dates.sure", day.sure)] if day.sure else []
    counts += [portfolio.p("portfolio_dates.perhaps", day.perhaps)] if day.perhaps else []
    return f"{portfolio.day(day.date)}  {', '.join(counts)}"
