"""The law as of a day + answers -> truth values and proofs. No file, no clock, no global."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from aiact_check.law.asked import Question
from aiact_check.law.condition import Algebra, Test, named
from aiact_check.law.model import Milestone, MilestoneVersion, Rule, Version
from aiact_check.law.proof import Proof
from aiact_check.law.truth import Truth, all_of, any_of, negate, truth
from aiact_check.record import plain_record, unique

T = TypeVar("T")


@plain_record
class Choices:
    """A multiple answer. With `more`, the company does not know about the choices neither chosen nor ruled out."""

    chosen: frozenset[str]
    more: bool = False
    ruled_out: frozenset[str] = frozenset()

    def has(self, choice: str) -> Truth:
        """Whether this choice is part of the answer."""
        if choice in self.chosen:
            return Truth.TRUE
        return Truth.UNKNOWN if self.more and choice not in self.ruled_out else Truth.FALSE


Answer = bool | str | int | Choices
Answers = Mapping[str, Answer]
"""What was answered, by question; a question that is missing is unanswered. Dates are ISO texts.

A text for a yes/no question says that nothing is decided yet.
"""


@unique
class Law:
    """The rules and dates in force on one day."""

    day: str
    versions: Mapping[str, Version]
    derogations: Mapping[str, list[str]]
    milestones: Mapping[str, MilestoneVersion]
    questions: Mapping[str, Question]

    @cached_property
    def in_order(self) -> list[str]:
        """The rules in force, in the order of their names."""
        return sorted(self.versions)

    @cached_property
    def rested_on(self) -> set[str]:
        """The rules that the condition of another one names."""
        return {name for version in self.versions.values() for name in named(version.when).rules}

    def date_of(self, when: str) -> str:
        """A plain date, or the date of a milestone as the law in force sets it; far off where it sets none."""
        if when[:1].isdigit():
            return when
        return self.milestones[when].date if when in self.milestones else NEVER


NEVER = "9999-12-31"


def as_of(
    rules: Mapping[str, Rule], milestones: Mapping[str, Milestone], questions: Mapping[str, Question], day: str
) -> Law:
    """The law in force on `day`: of each rule and milestone the latest version begun by then, unless repealed."""
    versions = {}
    for rule in rules.values():
        begun = [start for start in rule.versions if start <= day]
        if begun and not rule.versions[max(begun)].repealed:
            versions[rule.id] = rule.versions[max(begun)]
    dated = {}
    for milestone_id, milestone in milestones.items():
        begun = [start for start in milestone.versions if start <= day]
        if begun:
            dated[milestone_id] = milestone.versions[max(begun)]
    return Law(day, versions, derogations(rules, versions), dated, questions)


def derogations(rules: Mapping[str, Rule], in_force: Iterable[str]) -> dict[str, list[str]]:
    """By rule, the rules in force that derogate from it."""
    found: dict[str, list[str]] = {}
    for rule_id in rules:
        if rule_id in in_force:
            for overridden in rules[rule_id].derogates_from:
                found.setdefault(overridden, []).append(rule_id)
    return found


def unfold(law: Law, rule_id: str, algebra: Algebra[T]) -> T:
    """A rule holds when its condition holds and none of its derogations does; out of force, it does not hold."""
    version = law.versions.get(rule_id)
    if version is None:
        return algebra.any([])
    parts = [version.holds(algebra)] if version.holds else []
    parts += [algebra.negate(algebra.rule(other)) for other in law.derogations.get(rule_id, ())]
    return algebra.all(parts)


def compare(law: Law, test: Test, answer: Answer) -> Truth:
    """What one comparison makes of an answer."""
    operand: Any = test.operand
    match test.operator:
        case "is":
            return _later(law, test.fact) if isinstance(answer, str) else truth(answer is True)
        case "one_of":
            return truth(answer in operand)
        case "has":
            assert isinstance(answer, Choices)
            return answer.has(operand) if isinstance(operand, str) else any_of(map(answer.has, operand))
        case "at_least":
            return truth(answer >= operand)
        case "below":
            return truth(answer < operand)
        case "before":
            return truth(str(answer) < law.date_of(operand))
        case _:
            return truth(str(answer) >= law.date_of(operand))


def _later(law: Law, fact: str) -> Truth:
    """What a thing ahead that nobody has decided counts as: not there, until the day it is asked again."""
    ahead = law.questions[fact].ask_again
    return Truth.FALSE if ahead and law.day < law.date_of(ahead.by) else Truth.UNKNOWN


@dataclass(eq=False, repr=False)
class Values:
    """The algebra that gives truth values."""

    law: Law
    answers: Answers
    known: dict[str, Truth] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Truth:
        """The value of a rule."""
        if rule_id not in self.known:
            self.known[rule_id] = unfold(self.law, rule_id, self)
        return self.known[rule_id]

    def test(self, test: Test) -> Truth:
        """The value of a comparison; of an unanswered question, false where the question does not arise."""
        answer = self.answers.get(test.fact)
        if answer is not None:
            return compare(self.law, test, answer)
        arises = self.law.questions[test.fact].arises
        return all_of([arises(self), Truth.UNKNOWN]) if arises else Truth.UNKNOWN

    def all(self, parts: Iterable[Truth]) -> Truth:
        """Kleene's conjunction."""
        return all_of(parts)

    def any(self, parts: Iterable[Truth]) -> Truth:
        """Kleene's disjunction."""
        return any_of(parts)

    def negate(self, part: Truth) -> Truth:
        """Kleene's negation."""
        return negate(part)


@dataclass(eq=False, repr=False)
class Proofs:
    """The algebra that gives proofs."""

    law: Law
    answers: Answers
    known: dict[str, Proof] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Proof:
        """The proof of a rule."""
        if rule_id not in self.known:
            body = unfold(self.law, rule_id, self)
            self.known[rule_id] = Proof(body.value, "rule", (body,), rule=rule_id)
        return self.known[rule_id]

    def test(self, test: Test) -> Proof:
        """The proof of a comparison."""
        answer = self.answers.get(test.fact)
        if answer is not None:
            return Proof(compare(self.law, test, answer), "test", test=test, answered=True)
        arises = self.law.questions[test.fact].arises
        if arises is None:
            return Proof(Truth.UNKNOWN, "test", test=test)
        asked: Proof = arises(self)
        return Proof(all_of([asked.value, Truth.UNKNOWN]), "test", (asked,), test=test)

    def all(self, parts: list[Proof]) -> Proof:
        """The proof of a conjunction."""
        return Proof(all_of(part.value for part in parts), "all", tuple(parts)) if len(parts) != 1 else parts[0]

    def any(self, parts: list[Proof]) -> Proof:
        """The proof of a disjunction."""
        return Proof(any_of(part.value for part in parts), "any", tuple(parts)) if len(parts) != 1 else parts[0]

    def negate(self, part: Proof) -> Proof:
        """The proof of a negation."""
        return Proof(negate(part.value), "not", (part,))
