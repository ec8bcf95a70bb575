"""Whether the completions of a few open answers agree on a condition. Pure.

One open answer after the other is given each of its alternatives, and what is left of the condition is written anew,
but only where that answer is part of it. Kleene's logic is complete where no open answer occurs twice, so only those
that do are given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.evaluate import Answer, Choices, Law, compare
from aiact_check.law.truth import Truth, negate

Atom = tuple[str, str | None]
"""What can be answered on its own: a question, or one choice of a multiple-choice question."""


def atoms_of(fact: str, has: str | list[str] | None) -> list[Atom]:
    """What a comparison of a fact asks for."""
    if has is None:
        return [(fact, None)]
    return [(fact, choice) for choice in ([has] if isinstance(has, str) else has)]


def agreed(law: Law, condition: Condition, partly: Mapping[str, Choices]) -> Truth:
    """What all completions make of a condition over open answers alone, some of which are known in part."""
    search = _Search(law, condition)
    search.run(fold(condition, _Planting(law, partly)), dict(partly))
    return search.found.pop() if len(search.found) == 1 else Truth.UNKNOWN


@dataclass(frozen=True, eq=False)
class _Node:
    """What is left of a part of a condition."""

    atoms: tuple[Atom, ...]
    """Each open answer, as often as it occurs."""
    facts: frozenset[str]
    test: Test | None = None
    decisive: Truth = Truth.UNKNOWN
    """The value of one part that makes it the value of a conjunction or disjunction."""
    parts: tuple[_Node, ...] = ()


_Left = Truth | _Node


def _tested(law: Law, test: Test, answer: Answer | None) -> _Left:
    value = Truth.UNKNOWN if answer is None else compare(law, test, answer)
    if value is not Truth.UNKNOWN:
        return value
    atoms = atoms_of(test.fact, test.operand if test.operator == "has" else None)
    if isinstance(answer, Choices):
        atoms = [(fact, choice) for fact, choice in atoms if choice and answer.has(choice) is Truth.UNKNOWN]
    return _Node(tuple(atoms), frozenset((test.fact,)), test)


def _joined(decisive: Truth, parts: list[_Left]) -> _Left:
    left = [part for part in parts if isinstance(part, _Node)]
    if decisive in parts:
        return decisive
    if len(left) < 2:
        return left[0] if left else negate(decisive)
    atoms = tuple(atom for part in left for atom in part.atoms)
    return _Node(atoms, frozenset().union(*(part.facts for part in left)), None, decisive, tuple(left))


def _negated(part: _Left) -> _Left:
    return negate(part) if isinstance(part, Truth) else _Node(part.atoms, part.facts, None, Truth.UNKNOWN, (part,))


@dataclass(eq=False, repr=False)
class _Planting:
    """The algebra that writes a condition as nodes."""

    law: Law
    partly: Mapping[str, Choices]

    def rule(self, rule_id: str) -> _Left:
        raise AssertionError(f"what is left of a condition names no rule: {rule_id}")

    def test(self, test: Test) -> _Left:
        return _tested(self.law, test, self.partly.get(test.fact))

    def all(self, parts: list[_Left]) -> _Left:
        return _joined(Truth.FALSE, parts)

    def any(self, parts: list[_Left]) -> _Left:
        return _joined(Truth.TRUE, parts)

    def negate(self, part: _Left) -> _Left:
        return _negated(part)


@dataclass(eq=False, repr=False)
class _Search:
    law: Law
    condition: Condition
    found: set[Truth] = field(default_factory=set)
    """The values that completions can have, until both are found."""

    def run(self, left: _Left, trial: dict[str, Answer]) -> None:
        if isinstance(left, Truth):
            self.found.add(left)
            return
        atom, times = max(Counter(left.atoms).items(), key=lambda item: (item[1], item[0][0], item[0][1] or ""))
        if times == 1:
            self.found.update((Truth.TRUE, Truth.FALSE))
            return
        fact, choice = atom
        for answer in self._possible(fact, choice, trial.get(fact)):
            self.run(self._given(left, fact, answer), {**trial, fact: answer})
            if len(self.found) == 2:
                return

    def _given(self, left: _Left, fact: str, answer: Answer) -> _Left:
        """What is left with one more answer given."""
        if isinstance(left, Truth) or fact not in left.facts:
            return left
        if left.test:
            return _tested(self.law, left.test, answer)
        if left.decisive is Truth.UNKNOWN:
            return _negated(self._given(left.parts[0], fact, answer))
        parts: list[_Left] = []
        for part in left.parts:
            parts.append(self._given(part, fact, answer))
            if parts[-1] is left.decisive:
                return left.decisive
        return _joined(left.decisive, parts)

    def _possible(self, fact: str, choice: str | None, now: Answer | None) -> list[Answer]:
        """Answers among which every comparison in the condition tells all the difference there is."""
        question = self.law.questions[fact]
        if choice is not None:
            known = now if isinstance(now, Choices) else Choices(frozenset(), more=True)
            without = Choices(known.chosen, True, known.ruled_out | {choice})
            return [without, Choices(known.chosen | {choice}, True, known.ruled_out)]
        if question.type == "yes_no":
            return [False, True]
        if question.type == "choice":
            return list(question.choices)
        bounds = set(_bounds(self.condition, fact))
        if question.type == "number":
            numbers = sorted(int(bound) for bound in bounds)
            return [numbers[0] - 1, *numbers]
        return ["0000-01-01", *sorted(self.law.date_of(str(bound)) for bound in bounds)]


def _bounds(node: Any, fact: str) -> Iterator[int | str]:
    """What the condition compares a number or a date with."""
    if "fact" in node:
        if node["fact"] == fact:
            yield from (value for key, value in node.items() if key != "fact")
        return
    parts = next(iter(node.values()))
    for part in parts if isinstance(parts, list) else [parts]:
        yield from _bounds(part, fact)
