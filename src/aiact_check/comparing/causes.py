"""Why a verdict changed: which answers, which wordings or dates of the law, or only the day. Pure; nothing is guessed.

Between two verdicts lie answers that differ, rules and milestones of which another version is in force, and the day.
Each of these can be taken from either side by itself. A change is put down to what it needed: without which it would
not be there; or else to what brings it about alone; or else to all that it could rest on together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal, NamedTuple, TypeVar

from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide_under
from aiact_check.comparing.outcome import Change, Key, Outcome, Value, changes, of_verdict
from aiact_check.law.condition import named
from aiact_check.law.evaluate import Answers, Law, derogations
from aiact_check.law.lawbook import RuleBase

T = TypeVar("T")
Kind = Literal["answer", "rule", "milestone", "day", "rules"]


class Cause(NamedTuple):
    """An answer, a rule or a milestone by its id; the passing of the day; or the rule base itself, which changed."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True)
class Side:
    """One of two verdicts: its answers, the law in force, its day; and the facts recorded then, where they were."""

    answers: Answers
    law: Law
    recorded: Outcome | None = None


@dataclass
class Inquiry:
    """What changed between two sides, and why."""

    base: RuleBase
    old: Side
    new: Side
    worlds: dict[frozenset[Cause], Outcome] = field(default_factory=dict)

    def changes(self) -> list[Change]:
        """What differs: as recorded, where it was."""
        return changes(*self.outcomes)

    @cached_property
    def outcomes(self) -> tuple[Outcome, Outcome]:
        """The facts of both sides: as recorded, where they were."""
        old, new = self.old.recorded, self.new.recorded
        return self.world(frozenset()) if old is None else old, self.world(self.all) if new is None else new

    def causes(self, change: Change) -> list[Cause]:
        """Why one fact differs."""
        key = change.key
        found = [cause for kind in self._sought(key) for cause in self._within(key, kind)]
        return [*found, *self._unsought(change)]

    def kinds(self, change: Change) -> set[Kind]:
        """Of which kinds the causes are; sooner told than which they are."""
        found = {cause.kind for kind in self._sought(change.key) for cause in kind}
        return found | {cause.kind for cause in self._unsought(change)}

    def _sought(self, key: Key) -> list[frozenset[Cause]]:
        """What a change is put down to where both sides, decided with the rules at hand, differ in it."""
        return self._kinds(key) if self._ends(key)[0] != self._ends(key)[1] else []

    def _unsought(self, change: Change) -> list[Cause]:
        """The rules, where a change is not, or not only, the one that those at hand show."""
        return [Cause("rules")] if self._ends(change.key) != (change.old, change.new) else []

    def _ends(self, key: Key) -> tuple[Value, Value]:
        return self.world(frozenset()).get(key), self.world(self.all).get(key)

    @cached_property
    def all(self) -> frozenset[Cause]:
        """Everything in which the two sides differ."""
        old, new = self.old.law, self.new.law
        found = {Cause("answer", fact) for fact in _differing(self.old.answers, self.new.answers)}
        found |= {Cause("rule", rule) for rule in _differing(old.versions, new.versions)}
        found |= {Cause("milestone", name) for name in _differing(old.milestones, new.milestones)}
        return frozenset(found | ({Cause("day")} if old.day != new.day else set()))

    def world(self, new: frozenset[Cause]) -> Outcome:
        """The facts where these are as on the new side and all else is as on the old."""
        if new not in self.worlds:
            verdict, law = self._verdict(new)
            self.worlds[new] = of_verdict(verdict, law)
        return self.worlds[new]

    def _verdict(self, new: frozenset[Cause]) -> tuple[Verdict, Law]:
        old_law, new_law = self.old.law, self.new.law
        answers = _mixed(self.old.answers, self.new.answers, {name for kind, name in new if kind == "answer"})
        versions = _mixed(old_law.versions, new_law.versions, {name for kind, name in new if kind == "rule"})
        milestones = _mixed(old_law.milestones, new_law.milestones, {name for kind, name in new if kind == "milestone"})
        day = (new_law if Cause("day") in new else old_law).day
        law = Law(day, versions, derogations(self.base.rules, versions), milestones, self.base.questions)
        return decide_under(self.base, law, answers), law

    def _kinds(self, key: Key) -> list[frozenset[Cause]]:
        """The answers, the law or the day: those of the three that the change needed."""

        def of(*kinds: Kind) -> frozenset[Cause]:
            return frozenset(cause for cause in self.all if cause.kind in kinds)

        return self._needed(key, [group for group in (of("answer"), of("rule", "milestone"), of("day")) if group])

    def _within(self, key: Key, group: frozenset[Cause]) -> list[Cause]:
        """Of the answers or of the law, those that the change needed."""
        if len(group) == 1:
            return list(group)
        reached = self._reach(key)
        near = sorted(cause for cause in group if cause.kind == "answer" or cause.name in reached) or sorted(group)
        return [cause for part in self._needed(key, [frozenset({cause}) for cause in near]) for cause in part]

    def _needed(self, key: Key, parts: list[frozenset[Cause]]) -> list[frozenset[Cause]]:
        after = self.world(self.all).get(key)
        needed = [part for part in parts if self.world(self.all - part).get(key) != after]
        return needed or [part for part in parts if self.world(part).get(key) == after] or parts

    def _reach(self, key: Key) -> set[str]:
        """The rules and milestones a fact of a verdict can rest on."""
        if key.part in ("headline", "tier", "tier_date", "tier_begun"):
            roots = {rule.id for rule in self.base.rules.values() if rule.tier and rule.kind == "classification"}
        elif key.part == "role":
            roots = {rule.id for rule in self.base.rules.values() if rule.role == key.name}
        elif key.part == "open":
            verdicts = [self._verdict(new)[0] for new in (frozenset[Cause](), self.all)]
            asked = [question for verdict in verdicts for question in verdict.open_questions]
            roots = {rule for question in asked if question.fact == key.name for rule in question.rules}
            roots |= self._reach(Key("headline")) if any(q.tiers for q in asked if q.fact == key.name) else set()
        else:
            roots = {key.name} | {rule.id for rule in self.base.rules.values() if rule.role == key.role}
        return reach(self.base, frozenset(roots))


@cache
def reach(base: RuleBase, roots: frozenset[str]) -> set[str]:
    """These rules, all that their wordings rest on, and the milestones and schedules of their starts."""
    overriding: dict[str, list[str]] = {}
    for rule in base.rules.values():
        for overridden in rule.derogates_from:
            overriding.setdefault(overridden, []).append(rule.id)
    found: set[str] = set()
    todo = list(roots)
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.add(name)
        todo += _named_by(base, name) + overriding.get(name, [])
    return found


def _named_by(base: RuleBase, name: str) -> list[str]:
    """The rules, schedules, milestones that a rule or a schedule names, also through the gates of questions."""
    conditions, starts = [], []
    if name in base.rules:
        for version in base.rules[name].versions.values():
            conditions += [version.when, version.lower_if]
            starts += [start for start in (version.applies, version.penalty) if start]
    elif name in base.schedules:
        conditions = [start.when for start in base.schedules[name].starts]
        starts = [start.milestone for start in base.schedules[name].starts]
    rules = [rule for condition in conditions for rule in named(condition).rules]
    facts = {test.fact for condition in conditions for test in named(condition).tests}
    gates = [rule for fact in facts for rule in named(base.questions[fact].asked_if).rules]
    return [*rules, *starts, *gates]


def _differing(old: Mapping[str, T], new: Mapping[str, T]) -> list[str]:
    return [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]


def _mixed(old: Mapping[str, T], new: Mapping[str, T], from_new: set[str]) -> dict[str, T]:
    sides = {name: new if name in from_new else old for name in sorted({*old, *new})}
    return {name: side[name] for name, side in sides.items() if name in side}
