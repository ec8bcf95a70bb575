"""Where the parts of a verdict are worked out: proofs to findings, tiers, roles, and the days on which things start."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from aiact_check.assessing.parts import Finding, ReadingDate, Start
from aiact_check.law.condition import Condition, fold
from aiact_check.law.evaluate import NEVER, Answer, Answers, Law, Proofs, Values
from aiact_check.law.exact import Residuals, exact
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Kind, Role, Rule, Schedule, Tier
from aiact_check.law.proof import Proof, without
from aiact_check.law.truth import Truth


@dataclass(eq=False, repr=False)
class Bench:
    """Where the parts of a verdict are worked out, each when it is asked for."""

    base: RuleBase
    law: Law
    answers: Answers
    starts: dict[str, Start] = field(default_factory=dict)
    found: dict[str, Finding] = field(default_factory=dict)

    @cached_property
    def residuals(self) -> Residuals:
        return Residuals(self.law, self.answers)

    @cached_property
    def proofs(self) -> Proofs:
        return Proofs(self.law, self.answers)

    @cached_property
    def values(self) -> Values:
        """Truth values alone; those of rules that are proved already are taken over."""
        return Values(self.law, self.answers, {rule: proof.value for rule, proof in self.proofs.known.items()})

    def supposing(self, fact: str, answer: Answer) -> Bench:
        """The bench with one more or another answer; what the question has no part in is taken over."""
        other = Bench(self.base, self.law, {**self.answers, fact: answer})
        other.proofs.known = without(fact, self.proofs.known)
        other.residuals.known = {
            rule: left for rule, left in self.residuals.known.items() if rule in other.proofs.known
        }
        other.found = {rule: found for rule, found in self.found.items() if rule in other.proofs.known}
        return other

    @cached_property
    def tiers(self) -> dict[Tier, Finding]:
        """What became of each tier, the one that would be the headline before others first."""
        found = {rule.tier: self.finding(rule) for rule in self.rules("classification") if rule.tier}
        return {tier: found[tier] for tier in typing.get_args(Tier) if tier in found}

    @cached_property
    def roles(self) -> dict[Role, Finding]:
        """What became of each role."""
        return {rule.role: self.finding(rule) for rule in self.rules() if rule.role}

    @cached_property
    def possible(self) -> tuple[Tier, ...]:
        """The tiers that may be the headline."""
        return tuple(tier for tier in self.tiers if exact(self.residuals, self.is_headline(tier)) is not Truth.FALSE)

    def is_headline(self, tier: Tier) -> Condition:
        """The condition under which a tier is the headline: it holds, and none before it does."""
        tiers = list(self.tiers)
        before = [{"not": {"rule": self.tiers[other].rule.id}} for other in tiers[: tiers.index(tier)]]
        return {"all": [{"rule": self.tiers[tier].rule.id}, *before]}

    def rules(self, kind: Kind | None = None) -> Sequence[Rule]:
        """The rules in force, of one kind or of all, in the order of their names."""
        return _in_force(self.base, self.law).get(kind, ())

    def finding(self, rule: Rule) -> Finding:
        if rule.id not in self.found:
            proof = self.proofs.rule(rule.id)
            self.found[rule.id] = Finding(rule=rule, value=self.exact({"rule": rule.id}, proof), proof=proof)
        return self.found[rule.id]

    def examine(self, rule_ids: list[str]) -> list[Finding]:
        """What became of single rules in force, duties included."""
        return [self.finding(self.base.rules[rule_id]) for rule_id in rule_ids]

    def exact(self, condition: Condition, proof: Proof | None = None) -> Truth:
        if proof is not None and proof.value is not Truth.UNKNOWN:
            return proof.value
        return exact(self.residuals, condition)

    def tier_start(self, finding: Finding) -> Start:
        """When a tier starts; one that asks nothing of anybody has no start."""
        name = self.law.versions[finding.rule.id].applies
        return self.start(name) if name else Start()

    def start(self, name: str) -> Start:
        """When a milestone or a schedule starts for this system."""
        if name not in self.starts:
            milestone = name in self.base.milestones
            self.starts[name] = self.milestone_start(name) if milestone else self.schedule_start(name)
        return self.starts[name]

    def milestone_start(self, name: str) -> Start:
        version = self.law.milestones.get(name)
        if version is None:
            return Start()
        original = self.base.milestones[name].versions[min(self.base.milestones[name].versions)].date
        return Start(
            date=version.date, milestone=name, cite=version.cite, confidence=version.confidence,
            because=version.because, was=original if original != version.date else None,
        )  # fmt: skip

    def schedule_start(self, name: str) -> Start:
        schedule = self.base.schedules[name]
        certain, maybe, open_facts = self.entries(schedule)
        first = min(certain, key=_day, default=None)
        if first is None and not maybe:
            return Start(exempt=schedule.exempt)
        earlier = [start for start in maybe if first is None or _day(start) < _day(first)]
        sure = first if first and not earlier else None
        source = sure or first or maybe[0]
        readings = self.readings(schedule)
        return Start(
            date=sure.date if sure else None,
            possible=() if sure else tuple(sorted({start.date for start in (*certain, *maybe) if start.date})),
            milestone=source.milestone,
            cite=source.cite,
            confidence=schedule.confidence if schedule.confidence and readings is not None else source.confidence,
            because=schedule.because if readings is not None else None,
            readings=readings or (),
            was=sure.was if sure else None,
            open_facts=() if sure else tuple(dict.fromkeys(open_facts)),
        )

    def entries(self, schedule: Schedule) -> tuple[list[Start], list[Start], list[str]]:
        """The starts of a schedule that are this system's, those that may be, and the questions that would tell."""
        certain: list[Start] = []
        maybe: list[Start] = []
        open_facts: list[str] = []
        for entry in schedule.starts:
            value = self.exact(entry.when) if entry.when else Truth.TRUE
            start = self.milestone_start(entry.milestone)
            if value is Truth.FALSE or start.date is None:
                continue
            later = self.answers.get(entry.or_later) if entry.or_later else None
            if isinstance(later, str) and later > start.date:
                start = replace(start, date=later, was=None)
            (certain if value is Truth.TRUE else maybe).append(start)
            if value is Truth.UNKNOWN and entry.when:
                open_facts += self.prove(entry.when).open_facts
        return certain, maybe, open_facts

    def readings(self, schedule: Schedule) -> tuple[ReadingDate, ...] | None:
        """The readings of a start, where it has none or several; None where the law in force leaves no doubt."""
        found = [
            ReadingDate(date=version.date, cite=version.cite, says=reading.says)
            for reading in schedule.readings
            if (version := self.law.milestones.get(reading.milestone))
        ]
        differ = len({reading.date for reading in found}) != 1 and self.law.day >= (schedule.since or "")
        return tuple(found) if differ else None

    def prove(self, condition: Condition) -> Proof:
        return fold(condition, self.proofs)


@lru_cache(maxsize=64)
def _in_force(base: RuleBase, law: Law) -> Mapping[Kind | None, Sequence[Rule]]:
    rules = [base.rules[rule_id] for rule_id in law.in_order]
    found: dict[Kind | None, list[Rule]] = {None: rules}
    for rule in rules:
        found.setdefault(rule.kind, []).append(rule)
    return found


def _day(start: Start) -> str:
    return start.date or NEVER


def open_or_true(finding: Finding) -> bool:
    """Whether a finding holds or may hold."""
    return finding.value is not Truth.FALSE
