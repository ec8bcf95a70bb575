"""What is owed: the duties of an assessment document by day and under headings. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from aiact_check.text import said
from aiact_check.wording.grounds import Grounds
from aiact_check.wording.headings import heading
from aiact_check.wording.speech import Data


@dataclass
class Group:
    """The duties of one day under one heading."""

    title: str
    roles: list[str]
    start: Data
    duties: list[Data] = field(default_factory=list)

    @property
    def cites(self) -> list[Data]:
        """All that their duties cite."""
        return [cite for duty in self.duties for cite in duty["cite"][:1]]


@dataclass
class Day:
    """The duties that start on one day."""

    date: str
    due: bool
    groups: list[Group] = field(default_factory=list)

    def add(self, duty: Data, roles: list[str], title: str) -> None:
        """Put a duty under its heading; those owed in other roles, or from that day for another reason, apart."""
        for group in self.groups:
            if group.title == title and group.roles == roles and group.start == duty["start"]:
                group.duties.append(duty)
                return
        self.groups.append(Group(title, roles, duty["start"], [duty]))

    @property
    def count(self) -> int:
        """How many duties start."""
        return len({duty["id"] for group in self.groups for duty in group.duties})

    @property
    def starts(self) -> list[tuple[Data, list[Group]]]:
        """On what the day rests, what is settled first, each with the groups that rest on it."""
        found: dict[str, tuple[Data, list[Group]]] = {}
        for group in self.groups:
            found.setdefault(repr(group.start), (group.start, []))[1].append(group)
        return sorted(found.values(), key=lambda start: start[0]["confidence"] != "settled")


class Owed(Grounds):
    """The duties of a document, in the order and the groups a reader needs."""

    @cached_property
    def sure(self) -> list[Data]:
        """The duties that apply or will."""
        found = [duty for duty in self.doc["duties"] if duty["state"] != "depends"]
        return sorted(found, key=lambda duty: (duty["applies_from"], *_in_order(duty["id"])))

    @cached_property
    def due(self) -> list[Data]:
        """The duties that apply already, each once, those with the highest fine first."""
        amounts = {penalty["id"]: penalty["amount_eur"] for penalty in self.doc["penalties"]}
        found = once(duty for duty in self.sure if duty["state"] == "applies")
        return sorted(found, key=lambda duty: -amounts.get(duty["penalty"], 0))

    @cached_property
    def upcoming(self) -> list[Data]:
        """The duties that will apply, each once."""
        return once(duty for duty in self.sure if duty["state"] == "upcoming")

    @cached_property
    def maybe(self) -> list[dict[str, Any]]:
        """The duties that hang on open questions, each once with its roles."""
        found: dict[str, dict[str, Any]] = {}
        for duty in self.doc["duties"]:
            if duty["state"] == "depends":
                entry = found.setdefault(duty["id"], {"duty": duty, "roles": [], "questions": []})
                entry["roles"].append(duty["role"])
                numbers = {self.open_numbers[fact] for fact in duty["depends_on"] if fact in self.open_numbers}
                entry["questions"] = sorted({*entry["questions"], *numbers})
        return sorted(found.values(), key=lambda entry: _in_order(entry["duty"]["id"]))

    @cached_property
    def bundles(self) -> list[dict[str, Any]]:
        """The duties that hang on open questions, where they are many: by role and day."""
        found: dict[Any, dict[str, Any]] = {}
        for entry in self.maybe:
            dates = possible_days(entry["duty"])
            bundle = {"roles": entry["roles"], "date": dates[0], "several": len(dates) > 1, "entries": []}
            found.setdefault((*entry["roles"], *dates), bundle)["entries"].append(entry)
        return sorted(found.values(), key=lambda bundle: (bundle["date"], bundle["roles"]))

    @cached_property
    def days(self) -> list[Day]:
        """The duties that apply or will, each once a day: by day, then under the headings in the order of work."""
        owing: dict[tuple[str, str], list[Data]] = {}
        for duty in self.sure:
            owing.setdefault((duty["id"], repr(duty["start"])), []).append(duty)
        order = [found["role"] for found in self.doc["roles"]]
        days: dict[str, Day] = {}
        for same in owing.values():
            duty, roles = same[0], sorted({duty["role"] for duty in same}, key=order.index)
            date = duty["applies_from"]
            day = days.setdefault(date, Day(date, due=date <= self.doc["as_of"]))
            day.add(duty, roles, self.heading_of(duty))
        return list(days.values())

    def heading_of(self, duty: Data) -> str:
        """The heading a duty stands under; its own title where no heading names its article."""
        return self.t(said(heading(duty["id"]).title, self.lang) or duty["title"])

    @cached_property
    def owed(self) -> list[Data]:
        """The duties that apply or will, each once, in the order in which they stand on the page."""
        return once(duty for day in self.days for group in day.groups for duty in group.duties)

    def under_headings(self, entries: list[Data]) -> list[tuple[str, list[Data]]]:
        """Entries of duties under their headings."""
        found: dict[str, list[Data]] = {}
        for entry in entries:
            found.setdefault(self.heading_of(entry["duty"]), []).append(entry)
        return list(found.items())

    @cached_property
    def several_roles(self) -> bool:
        """Whether the duties are not all owed in the same roles, so that each heading must say in which."""
        return len({tuple(group.roles) for day in self.days for group in day.groups}) > 1

    @cached_property
    def exemptions(self) -> list[dict[str, Any]]:
        """The duties that never start for this system, by the reason why."""
        found: dict[str, dict[str, Any]] = {}
        for exemption in self.doc["exemptions"]:
            entry = found.setdefault(repr(exemption["because"]), {"because": exemption["because"], "duties": []})
            entry["duties"].append(exemption)
        for entry in found.values():
            entry["duties"] = once(entry["duties"])
        return list(found.values())

    def was(self, duty: Data, day: str) -> str | None:
        """The day as published of a duty that starts, or may start, on a day that an amending act moved."""
        start = duty["start"]
        if start["date"]:
            return str(start["was"]) if start["was"] else None
        cited = {cite["id"] for cite in start["cite"]}
        moved = [found for found in self.doc["calendar"] if found["date"] == day and found["was"]]
        return next((found["was"] for found in moved if cited & {cite["id"] for cite in found["cite"]}), None)

    def starting(self, date: str) -> int:
        """How many duties start on a day."""
        return len(once(duty for duty in self.sure if duty["applies_from"] == date))

    def days_to(self, date: str) -> int:
        """How many days from the day asked about."""
        return (datetime.date.fromisoformat(date) - datetime.date.fromisoformat(self.doc["as_of"])).days

    def articles(self, cites: list[Data]) -> str:
        """The articles of many citations in few signs: art. 8-15, 17."""
        numbers = dict.fromkeys(found[1] for cite in cites if (found := ARTICLE.match(cite["id"])))
        runs: list[list[str]] = []
        for number in numbers:
            last = runs[-1][-1] if runs else ""
            if number.isdigit() and last.isdigit() and int(number) == int(last) + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        named = ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
        return self.t(self.w["standing"]["articles"], list=named) if named else ""


ARTICLE = re.compile(r"art_(\w+)")


def possible_days(duty: Data) -> list[str]:
    """The day on which a duty starts, or where that is open the days on which it may."""
    start = duty["start"]
    return [start["date"]] if start["date"] else list(start["possible"])


def once(duties: Iterable[Data]) -> list[Data]:
    """Each duty once, though several roles owe it."""
    return list({duty["id"]: duty for duty in duties}.values())


def _in_order(rule: str) -> tuple[int, list[tuple[int, str]]]:
    """The order of the work, and under a heading that of the Act: article 9 before article 10."""
    parts = [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", rule)]
    return heading(rule).place, parts
