"""What comes with the duties: days, checklists, help, supervision, readings that counsel must decide. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import groupby
from typing import Any

from aiact_check.wording.owed import Owed, once, possible_days
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import listed, lower_first


class Beside(Owed):
    """What an officer or a lawyer wants to know beside the duties themselves."""

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

    @cached_property
    def unpunished(self) -> str:
        """The duties for which the Act names no ceiling, in a list."""
        duties = once(duty for duty in self.sure if duty["penalty"] is None)
        return ", ".join(f"{self.t(duty['title'])} ({self.t(duty['cite'][0])})" for duty in duties)

    @cached_property
    def blanket(self) -> Data | None:
        """The ceiling for every duty that has none of its own, where a provision sets one for such a body."""
        fixed = [penalty for penalty in self.doc["penalties"] if not penalty["turnover_percent"]]
        return min(fixed, key=lambda penalty: penalty["amount_eur"], default=None)

    @cached_property
    def without_ceiling(self) -> str:
        """What the duties without a ceiling of their own may cost."""
        said, covers = self.w["fine"], self.blanket
        if covers is None:
            return self.t(said["without"], list=self.unpunished)
        cite, figure = self.t(covers["cite"][0]), self.figure(covers)
        return self.t(said["covered"], list=self.unpunished, cite=cite, figure=figure)

    @cached_property
    def notes(self) -> list[dict[str, Any]]:
        """The points of interpretation of all that holds and of every duty, each once."""
        used = [self.tiers[tier]["finding"] for tier in self.tiers] + [found["finding"] for found in self.doc["roles"]]
        proofs = [proof for finding in used for proof in [finding, *self._proofs(finding)] if proof["value"] == "true"]
        proofs += [proof for finding in self.spared for proof in self._proofs(finding) if proof["value"] == "false"]
        procedures = [finding for finding in self.doc["conformity"] if finding["value"] == "true"]
        return _noted([*proofs, *self._overriding, *procedures, *self.sure, *self._parting])

    @cached_property
    def deciding_notes(self) -> list[dict[str, Any]]:
        """Of these, those on which the class, a role or the procedure turns, and those that a draft speaks of."""
        held = [found["finding"] for found in self.tiers.values() if found["value"] == "true"]
        grounds = [ground for finding in held for ground in self.grounds(finding) if ground["value"] == "true"]
        roles = [found["finding"] for found in self.doc["roles"] if found["value"] == "true"]
        procedures = [finding for finding in self.doc["conformity"] if finding["value"] == "true"]
        drafted = {reading["rule"] for text in self.doc["awaited"] for reading in text["readings"]}
        read = [item for item in [*self.doc["findings"], *self.sure] if (item.get("rule") or item["id"]) in drafted]
        return _noted([*grounds, *roles, *self._overriding, *procedures, *read, *self._parting])

    @cached_property
    def _parting(self) -> list[Data]:
        """The rules whose readings part under these answers, be it that ours keeps the rule from holding."""
        return [{**doubt, "interpretation": doubt["says"]} for doubt in self.doc.get("doubts", ())]

    @cached_property
    def _overriding(self) -> list[Data]:
        kinds = ("exception", "derogation")
        return [item for item in self.doc["findings"] if item["kind"] in kinds and item["value"] == "true"]


def _noted(items: Iterable[Data]) -> list[dict[str, Any]]:
    """The readings of rules, with the rules that share them."""
    read = {item.get("rule") or item["id"]: item for item in items if item["interpretation"]}
    found: dict[str, dict[str, Any]] = {}
    for item in read.values():
        note = found.setdefault(repr(item["interpretation"]), {"of": [], "says": item["interpretation"]})
        note["of"].append((item["title"], item["cite"][:1]))
    return list(found.values())


def _by_source(entries: list[Data]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        source, dated = entry["source"], entry["dated"]
        group = found.setdefault(f"{source} {dated}", {"source": source, "dated": dated, "entries": []})
        group["entries"].append(entry)
    return list(found.values())
