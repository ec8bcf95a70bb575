"""The conditions on which a row of the result hangs, under the law of a day: those a verdict asks about. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from aiact_check.assessing.bench import Bench
from aiact_check.law.condition import Condition
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Role, Rule, Tier


@dataclass(frozen=True)
class Owed:
    """A duty of a role: the condition under which it is owed, and what its start hangs on."""

    rule: str
    role: Role
    when: str
    start: str
    """A milestone or a schedule."""


@dataclass
class Wanted:
    """What is asked of every system, each condition once, by the name of its column."""

    base: RuleBase
    law: Law
    conditions: dict[str, Condition] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def name(self, condition: Condition) -> str:
        """The name of a condition's column."""
        key = json.dumps(condition, sort_keys=True)
        if key not in self._names:
            self._names[key] = f"want__{len(self._names)}"
            self.conditions[self._names[key]] = condition
        return self._names[key]

    @cached_property
    def bench(self) -> Bench:
        """A verdict on no answers, for what is the same whatever the answers."""
        return Bench(self.base, self.law, {})

    @cached_property
    def tiers(self) -> dict[Tier, tuple[str, str]]:
        """By tier, whether it holds and whether it is the headline, the first in order first."""
        return {tier: (self.name({"rule": finding.rule.id}), self.name(self.bench.is_headline(tier)))
                for tier, finding in self.bench.tiers.items()}  # fmt: skip

    @cached_property
    def roles(self) -> dict[Role, str]:
        """Whether each role is there, in the order of the rules."""
        return {role: self.name({"rule": finding.rule.id}) for role, finding in self.bench.roles.items()}

    @cached_property
    def routes(self) -> dict[str, str]:
        """Whether each route to high risk holds, in the order of the rules."""
        return {rule.id: self.name({"rule": rule.id}) for rule in self.bench.rules() if rule.route}

    @cached_property
    def duties(self) -> list[Owed]:
        """Every duty of every role, in the order of the rules."""
        return list(self._duties())

    def _duties(self) -> Iterator[Owed]:
        for rule in self.bench.rules("obligation"):
            version = self.law.versions[rule.id]
            for role in version.who:
                if role in self.bench.roles:
                    both = {"all": [{"rule": rule.id}, {"rule": self.bench.roles[role].rule.id}]}
                    yield Owed(rule.id, role, self.name(both), version.applies or "")

    @cached_property
    def starts(self) -> dict[str, list[tuple[str | None, str, str | None]]]:
        """By milestone or schedule, its starts: the condition, the date and the question that may make it later."""
        return {name: list(self._starts(name)) for name in dict.fromkeys(duty.start for duty in self.duties)}

    def _starts(self, name: str) -> Iterator[tuple[str | None, str, str | None]]:
        if name in self.base.milestones:
            date = self.bench.milestone_start(name).date
            if date:
                yield None, date, None
            return
        for entry in self.base.schedules[name].starts:
            date = self.bench.milestone_start(entry.milestone).date
            if date:
                yield self.name(entry.when) if entry.when else None, date, entry.or_later

    @cached_property
    def penalties(self) -> list[tuple[Rule, str | None, str | None]]:
        """The penalties behind a duty: whether the lower figure counts, and whether the turnover is asked for."""
        named = {self.law.versions[duty.rule].penalty for duty in self.duties}
        found = []
        for rule in self.bench.rules("penalty"):
            version = self.law.versions[rule.id]
            if rule.id in named:
                gate = self.law.questions[version.turnover].asked_if if version.turnover else None
                lower = self.name(version.lower_if) if version.lower_if else None
                found.append((rule, lower, self.name(gate) if gate else None))
        return found

    def all(self) -> dict[str, Condition]:
        """All conditions, by the names of their columns."""
        _ = self.tiers, self.roles, self.routes, self.duties, self.starts, self.penalties
        return dict(self.conditions)
