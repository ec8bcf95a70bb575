"""The numbers behind the pictures of a report: the dates on one axis, the steps as a path. Pure.

Lengths are millimetres on A4; the templates in reports/svg/ say what is drawn with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date
from itertools import groupby
from typing import Any

from aiact_check.reporting.gates import Gate
from aiact_check.wording.owed import possible_days
from aiact_check.wording.plan import ranges
from aiact_check.wording.speech import Data
from aiact_check.wording.view import View

AXIS, WIDTH = 40.0, 132.0
"""Where the axis of the timeline begins, and how long it is."""
SIGN, BORDER, APART = 1.5, 2.2, 0.8
"""The width of a figure in a square, its two borders together, the least space between two squares."""
MIDDLE = 6
"""A last day after this month leaves a year more on the axis, so that its bar can be seen."""
YEARS = 20
"""The years an axis can name one by one."""
SIDE, BOX = 4.0, 32.0
"""Of the path: the space at its ends, and the length of the box with the result."""
SHORT = 0.6
"""Of the path: what a step for a role takes of the room of another, its name being short and said several times."""


@dataclass
class Row:
    """The duties that start on one day, or may."""

    name: str
    cite: list[Data]
    date: str
    x: float
    was: str | None
    x_was: float | None
    sure: bool


@dataclass
class Mark:
    """A square with the numbers of the actions due around one day."""

    label: str
    x: float
    width: float
    lane: int


@dataclass
class Timeline:
    """Duties and actions on one axis."""

    years: list[tuple[float, int]]
    today: float
    rows: list[Row]
    marks: list[Mark]
    lanes: int


@dataclass
class Stop:
    """A step of the path: where it stands, and the way out there."""

    gate: Gate
    x: float
    out: str | None
    """The way out, a key of words.yaml; None where the step has none."""


@dataclass
class Path:
    """The steps in a row, with the box of the result where the way is decided."""

    stops: list[Stop]
    x_box: float


def timeline(view: View) -> Timeline | None:
    """The days on which duties start or may, and the actions of the plan; None where there is neither."""
    groups = list(_groups(view))
    if not groups:
        return None
    today = view.doc["as_of"]
    marked = [action.day for action in view.actions]
    days = [today, *marked, *(day for when, _, was, _ in groups for day in (when, was) if day)]
    first, last = int(min(days)[:4]), int(max(days)[:4]) + (2 if int(max(days)[5:7]) > MIDDLE else 1)
    begin = date(first, 1, 1)
    end = date(last, 1, 1) if last <= MAXYEAR else date.max
    span = (end - begin).days

    def x(day: str) -> float:
        return round(AXIS + WIDTH * (date.fromisoformat(day) - begin).days / span, 2)

    rows = [
        Row(
            view.n(view.w["timeline"]["duties" if sure else "perhaps"], len(duties)),
            duties[0]["start"]["cite"][:1], when, x(when), was, x(was) if was else None, sure,
        )
        for when, sure, was, duties in groups
    ]  # fmt: skip
    marks = _marks([(action.number, x(action.day)) for action in view.actions])
    named = range(first, min(last, MAXYEAR + 1), 1 + (last - first) // YEARS)
    years = [(x(f"{year}-01-01"), year) for year in named]
    return Timeline(years, x(today), rows, marks, 1 + max((mark.lane for mark in marks), default=0))


def _groups(view: View) -> Iterator[tuple[str, bool, str | None, list[Data]]]:
    """Day, whether it is sure, the day as published where that was another, and the duties."""
    sure = [(duty["applies_from"], True, view.was(duty, duty["applies_from"]), duty) for duty in view.owed]
    duties = [entry["duty"] for entry in view.maybe]
    perhaps = [(day, False, view.was(duty, day), duty) for duty in duties for day in possible_days(duty)[:1]]

    def when(found: tuple[Any, ...]) -> tuple[str, bool, str]:
        return found[0], not found[1], found[2] or ""

    for _, same in groupby(sorted([*sure, *perhaps], key=when), key=when):
        found = list(same)
        day, certain, was, _ = found[0]
        yield day, certain, was, [duty for *_, duty in found]


def _marks(actions: list[tuple[int, float]]) -> list[Mark]:
    """Actions of the same day share a square; squares that would touch stand one below the other."""
    at: dict[float, list[int]] = {}
    for number, x in actions:
        at.setdefault(x, []).append(number)
    ends: list[float] = []
    marks = []
    for x in sorted(at):
        label = ranges(at[x])
        width = round(SIGN * len(label) + BORDER, 2)
        left = min(max(x - width / 2, AXIS), AXIS + WIDTH - width)
        lane = next((lane for lane, end in enumerate(ends) if end + APART <= left), len(ends))
        ends[lane : lane + 1] = [left + width]
        marks.append(Mark(label, round(left + width / 2, 2), width, lane))
    return marks


OUT = {"ai": "no", "scope": "no", "prohibited": "yes", "derogation": "yes"}
"""The steps with a way out of their own, and the answer that takes it."""


def path(steps: list[Gate]) -> Path:
    """The steps with room for their names, the box of the result after the one where the class falls."""
    rooms = [SHORT if gate.key == "role" else 1.0 for gate in steps]
    whole = (AXIS + WIDTH - 2 * SIDE - BOX) / max(1.0, sum(rooms))
    stops, x, x_box = [], SIDE, 0.0
    for gate, room in zip(steps, rooms, strict=True):
        gap = room * whole
        out = gate.key if gate.key in OUT and not gate.result and gate.value != OUT[gate.key] else None
        stops.append(Stop(gate, round(x + gap / 2 - SIDE / 2, 2), out))
        x += gap
        if gate.result:
            x_box = round(x - SIDE / 2, 2)
            x += BOX
    return Path(stops, x_box)
