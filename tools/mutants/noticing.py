"""What the examples of rules and the cases expect, and whether any of it notices that a rule is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from aiact_check.answering import answers
from aiact_check.law import rulebase
from aiact_check.law.condition import named
from aiact_check.law.evaluate import Answer, Answers, Law, Values, unfold
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.reading.source import parse
from tests import agreement
from tools.mutants.breaks import Mutant

Expectation = tuple[date, Answers, Mapping[str, set[str]]]
"""Answers on a day, and by rule the values it may then have."""


@dataclass(frozen=True, eq=False)
class Situation:
    """Answers under the law of a day, and the values that rules may then have."""

    law: Law
    answers: Answers
    wanted: Mapping[str, frozenset[str]]

    @cached_property
    def values(self) -> Values:
        """The values of the rules as they are, each worked out once."""
        return Values(self.law, self.answers)

    def notices(self, mutant: Mutant, broken: Law) -> bool:
        """Whether a value expected here comes out otherwise; only what rests on the mutant's target is worked out."""
        now = unfold(broken, mutant.target, self.values)
        if now is self.values.rule(mutant.target):
            return False
        changed = Values(self.law, self.answers, {mutant.target: now})
        return any(changed.rule(rule_id).value not in values for rule_id, values in self.wanted.items())


class Expected:
    """Everything that is expected, by the rules it is expected of."""

    def __init__(self, base: RuleBase, expectations: Iterable[Expectation]) -> None:
        self.resting_on = resting_on(base)
        self.laws: dict[date, Law] = {}
        self.by_rule: dict[str, list[Situation]] = defaultdict(list)
        for day, given, wanted in expectations:
            if day not in self.laws:
                self.laws[day] = base.law(day)
            situation = Situation(
                self.laws[day], given, {rule_id: frozenset(values) for rule_id, values in wanted.items()}
            )
            for rule_id in wanted:
                self.by_rule[rule_id].append(situation)

    def kill(self, mutant: Mutant) -> bool:
        """Whether anything notices the mutant; the examples of the rule itself are asked first."""
        broken = {law.day: mutant.law(law) for law in self.laws.values()}
        others = sorted(self.resting_on[mutant.target] - {mutant.target})
        asked = dict.fromkeys(each for rule_id in (mutant.target, *others) for each in self.by_rule.get(rule_id, ()))
        return any((law := broken[each.law.day]) is not None and each.notices(mutant, law) for each in asked)


def examples(base: RuleBase) -> Iterator[Expectation]:
    """What the examples in the rule files say."""
    for rule in base.rules.values():
        for example in base.examples[rule.id]:
            told = {fact: normalise(base.questions[fact], value) for fact, value in example.given.items()}
            given: dict[str, Answer] = {fact: answer for fact, answer in told.items() if answer is not None}
            day = date.fromisoformat(example.as_of or base.acts.known_to)
            yield day, given, {rule.id: {str(example.then).lower()}}


def cases(base: RuleBase) -> Iterator[Expectation]:
    """What the cases of tests/cases/ assert, but for those we differ on."""
    tiers = {rule.tier: rule.id for rule in base.rules.values() if rule.tier and rule.kind == "classification"}
    for file in agreement.files():
        source = parse(file.name, file.read_bytes())
        told = source.data.pop("case")
        if told.get("disagreement"):
            continue
        asserts: dict[str, Any] = told["asserts"]
        held = [*asserts.get("holds", []), *(f"roles/{role}" for role in asserts.get("roles", []))]
        held += [tiers[asserts["tier"]]] if asserts.get("tier") in tiers else []
        wanted = {rule_id: {"false", "unknown"} for rule_id in asserts.get("fails", [])}
        wanted |= {rule_id: {"false"} for rule_id in asserts.get("refuted", [])}
        wanted |= {rule_id: {"true"} for rule_id in held}
        day = date.fromisoformat(asserts.get("as_of", "2026-11-23"))
        yield day, answers.understand(source, base, "").answers, wanted


def resting_on(base: RuleBase) -> dict[str, set[str]]:
    """By rule, the rules whose value it can change, itself included."""
    users: dict[str, set[str]] = {rule_id: set() for rule_id in base.rules}
    for rule in base.rules.values():
        for version in rule.versions.values():
            for other in _rests_on(base, version.when):
                users[other].add(rule.id)
        for overridden in rule.derogates_from:
            users[rule.id].add(overridden)
    return {rule_id: _reached(users, rule_id) for rule_id in users}


def _rests_on(base: RuleBase, condition: Any) -> set[str]:
    """The rules that a condition names, or the gates of its questions do."""
    names = named(condition)
    gates = [base.questions[test.fact].asked_if for test in names.tests]
    return names.rules.union(*(_rests_on(base, gate) for gate in gates if gate))


def _reached(users: Mapping[str, set[str]], rule_id: str) -> set[str]:
    found, todo = {rule_id}, [rule_id]
    while todo:
        for user in users[todo.pop()] - found:
            found.add(user)
            todo.append(user)
    return found


def load() -> tuple[RuleBase, Expected]:
    """The rule base, and what is expected of it."""
    base = rulebase.load()
    return base, Expected(base, [*examples(base), *cases(base)])
