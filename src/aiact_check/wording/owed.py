"""What is owed: the duties of an assessment document by role and day, and what comes with them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Any

from aiact_check.wording.grounds import Grounds
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import listed, lower_first


class Owed(Grounds):
    """The duties of a document, in the order and the groups a reader needs."""

    @cached_property
    def sure(self) -> list[Data]:
        """The duties that apply or will."""
        found = [duty for duty in self.doc["duties"] if duty["state"] != "depends"]
        return sorted(found, key=lambda duty: (duty["applies_from"], _in_order(duty["id"])))

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
    def by_role(self) -> list[dict[str, Any]]:
        """The duties that apply or will, each once: by roles, by day, then by what that day rests on."""
        order = [found["role"] for found in self.doc["roles"]]
        owing: dict[str, list[Data]] = {}
        for duty in self.sure:
            owing.setdefault(f"{duty['id']} {duty['start']}", []).append(duty)
        found: dict[tuple[str, ...], list[Data]] = {}
        for same in owing.values():
            roles = sorted({duty["role"] for duty in same}, key=order.index)
            found.setdefault(tuple(roles), []).append(same[0])
        parts = sorted(found.items(), key=lambda part: (-len(part[0]), [order.index(role) for role in part[0]]))
        return [{"roles": list(roles), "days": list(self._days(duties))} for roles, duties in parts]

    def _days(self, duties: list[Data]) -> Iterator[dict[str, Any]]:
        for date, of_day in groupby(duties, key=lambda duty: duty["applies_from"]):
            rests: dict[str, dict[str, Any]] = {}
            for duty in of_day:
                start = duty["start"]
                entry = rests.setdefault(repr(start), {"start": start, "duties": []})
                entry["duties"].append(duty)
            starts = sorted(rests.values(), key=lambda rest: rest["start"]["confidence"] != "settled")
            yield {"date": date, "due": date <= self.doc["as_of"], "starts": starts}

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

    @cached_property
    def calendar(self) -> list[dict[str, Any]]:
        """The milestones by day, with how many duties of this report start then, or may."""
        rows = []
        for date, of_day in groupby(self.doc["calendar"], key=lambda milestone: milestone["date"]):
            mine, perhaps = self.starting(date), self.perhaps_on(date)
            here = bool(mine or perhaps)
            rows.append({"date": date, "milestones": list(of_day), "mine": mine, "perhaps": perhaps, "here": here})
        return rows

    def perhaps_on(self, date: str) -> int:
        """How many duties that hang on open questions may start on a day."""
        return sum(date in possible_days(entry["duty"]) for entry in self.maybe)

    @cached_property
    def checklists(self) -> list[Data]:
        """What the documents must contain that the duties and options found ask for."""
        owed = [*self.sure, *(option for option in self.doc["options"] if option["state"] != "depends")]
        named = {name for duty in owed for name in duty["contents"]}
        return [checklist for checklist in self.doc["checklists"] if checklist["id"] in named]

    @cached_property
    def other_checklists(self) -> str:
        """The titles of those that only duties in doubt ask for."""
        others = [checklist for checklist in self.doc["checklists"] if checklist not in self.checklists]
        return listed([lower_first(self.t(checklist["title"])) for checklist in others], self.lang)

    def served(self, entry: Data) -> str:
        """The duties that help or supervision is for, by title."""
        titles = {duty["id"]: self.t(duty["title"]) for duty in (*self.doc["duties"], *self.doc["options"])}
        titles |= {rule: self.t(finding["title"]) for rule, finding in self.findings.items() if rule not in titles}
        return ", ".join(titles[rule] for rule in entry["serves"] if rule in titles)

    @cached_property
    def helps(self) -> list[dict[str, Any]]:
        """Help, by its source."""
        return _by_source(self.doc["help"])

    @cached_property
    def authorities(self) -> list[dict[str, Any]]:
        """Who supervises, by the source."""
        return _by_source(self.doc["authorities"])

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
        said = ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
        return self.t(self.w["standing"]["articles"], list=said) if said else ""

    @cached_property
    def unpunished(self) -> str:
        """The duties for which the Act names no ceiling, in a list."""
        duties = once(duty for duty in self.sure if duty["penalty"] is None)
        return ", ".join(f"{self.t(duty['title'])} ({self.t(duty['cite'][0])})" for duty in duties)

    @cached_property
    def notes(self) -> list[dict[str, Any]]:
        """The points of interpretation this result rests on, each once."""
        used = [self.tiers[tier]["finding"] for tier in self.tiers] + [found["finding"] for found in self.doc["roles"]]
        proofs = [proof for finding in used for proof in [finding, *self._proofs(finding)] if proof["value"] == "true"]
        proofs += [proof for finding in self.spared for proof in self._proofs(finding) if proof["value"] == "false"]
        procedures = [finding for finding in self.doc["conformity"] if finding["value"] == "true"]
        found: dict[str, dict[str, Any]] = {}
        kinds = ("exception", "derogation")
        overriding = [item for item in self.doc["findings"] if item["kind"] in kinds and item["value"] == "true"]
        for item in [*proofs, *overriding, *procedures, *self.sure]:
            if item["interpretation"]:
                note = {"title": item["title"], "cite": item["cite"][:1], "says": item["interpretation"]}
                found[item.get("rule") or item["id"]] = note
        for doubt in self.doc.get("doubts", ()):
            note = {"title": doubt["title"], "cite": doubt["cite"][:1], "says": doubt["says"]}
            found.setdefault(doubt["rule"], note)
        return list(found.values())


ARTICLE = re.compile(r"art_(\w+)")


def _by_source(entries: list[Data]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        source, dated = entry["source"], entry["dated"]
        group = found.setdefault(f"{source} {dated}", {"source": source, "dated": dated, "entries": []})
        group["entries"].append(entry)
    return list(found.values())


def possible_days(duty: Data) -> list[str]:
    """The day on which a duty starts, or where that is open the days on which it may."""
    start = duty["start"]
    return [start["date"]] if start["date"] else list(start["possible"])


def once(duties: Iterable[Data]) -> list[Data]:
    """Each duty once, though several roles owe it."""
    return list({duty["id"]: duty for duty in duties}.values())


def _in_order(rule: str) -> list[tuple[int, str]]:
    """The order of the Act: article 9 before article 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", rule)]
