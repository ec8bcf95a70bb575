"""A verdict under an overlay beside the one under the law in force: line by line, and duty by duty. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from aiact_check.record import plain_record
from aiact_check.wording.owed import possible_days
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import joined, listed, lower_first
from aiact_check.wording.view import View

SHOWN = 8
"""How many duties of a kind of change are named."""


@plain_record
class Line:
    """One thing that is said of both: under the law in force, and if the text were adopted."""

    name: str
    in_force: str
    supposed: str

    @property
    def differs(self) -> bool:
        """Whether the text would change it."""
        return self.in_force != self.supposed


def beside(view: View) -> Beside | None:
    """Both verdicts of an assessment under an overlay; None of any other."""
    return Beside(view) if "overlay" in view.doc else None


class Beside:
    """Two verdicts on the same answers on the same day."""

    def __init__(self, view: View) -> None:
        self.view, self.told = view, view.doc["overlay"]
        self.in_force = View(self.told["in_force"], view.lang)
        self.w: Any = view.w["supposed"]

    @cached_property
    def lines(self) -> list[Line]:
        """The verdict, class, roles, next day, exposure, duties and open questions of both."""
        w = self.view.w["decision"]
        told: dict[str, Callable[[View], str]] = {
            self.w["verdict"]: lambda view: view.verdict,
            w["class"]: lambda view: view.tier(view.headline_tier),
            w["role"]: _roles,
            w["due"]: lambda view: joined([view.next_date, *view.next_lines], view.lang),
            w["exposure"]: lambda view: view.worst["figure"] if view.worst else view.t(w["exposure_none"]),
            w["open"]: lambda view: str(len(view.doc["open_questions"])),
        }
        return [Line(self.view.t(name), say(self.in_force), say(self.view)) for name, say in told.items()]

    @cached_property
    def same(self) -> bool:
        """Whether the text would change nothing that is said of this system."""
        return not self.changes and not any(line.differs for line in self.lines)

    @cached_property
    def changes(self) -> list[tuple[str, list[str], int]]:
        """Duties gained, lost, moved, turned sure or open: the heading, the first of them, and how many more."""
        found: dict[str, dict[str, str]] = {}
        for kind, duty, said in self._changes():
            found.setdefault(kind, {}).setdefault(duty["id"], said)
        order = [kind for kind in self.w["changes"] if kind in found]
        named = [(kind, list(found[kind].values())) for kind in order]
        return [
            (self.view.n(self.w["changes"][kind], len(duties)), duties[:SHOWN], len(duties[SHOWN:]))
            for kind, duties in named
        ]

    def _changes(self) -> Iterator[tuple[str, Data, str]]:
        before, after = (_duties(document) for document in (self.told["in_force"], self.view.doc))
        for key in sorted({*before, *after}):
            old, new = before.get(key), after.get(key)
            duty: Data = new or old  # type: ignore[assignment]
            title = f"{self.view.t(duty['title'])} ({self.view.t(duty['cite'][0])})"
            if old is None or new is None:
                yield f"{'gained' if new else 'lost'}{'_open' if duty['state'] == 'depends' else ''}", duty, title
            elif (old["state"] == "depends") is not (new["state"] == "depends"):
                yield ("opened" if new["state"] == "depends" else "settled"), duty, title
            elif possible_days(old) != possible_days(new):
                days = [listed([self.view.day(day) for day in possible_days(each)], self.view.lang, "or")
                        for each in (old, new)]  # fmt: skip
                yield "moved", duty, self.view.t(self.w["days"], title=title, old=days[0], new=days[1])

    def value(self, rule: Data, side: str) -> str:
        """Whether a rule of the text holds, under the law in force or if it were adopted."""
        return self.view.t(self.w["holds"][rule[side]])


def _roles(view: View) -> str:
    sure = view.names(view.roles["true"], "name", "and") or view.t(view.w["decision"]["role_none"])
    if not view.roles["unknown"]:
        return sure
    perhaps = view.t(view.w["decision"]["role_perhaps"], roles=view.names(view.roles["unknown"], "a", "or"))
    return joined([sure, lower_first(perhaps)], view.lang)


def _duties(document: Data) -> dict[tuple[str, str], Data]:
    return {(duty["id"], duty["role"]): duty for duty in document["duties"]}
