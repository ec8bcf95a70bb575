"""Values that hold whatever the open answers turn out to be.

Kleene's logic is sound but not complete: `a or not a` is unknown where `a` is. So what the known answers leave
undecided is cut out first, as a condition over the open answers alone; where these are few, their completions are tried
out, until two disagree. Kleene's logic is complete where no open answer occurs twice, so only those that do are tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiact_check.law.condition import Condition, Prepared, Test, fold, prepared
from aiact_check.law.evaluate import Answer, Answers, Choices, Law, compare, unfold
from aiact_check.law.truth import Truth, all_of, any_of, negate

Residual = Truth | Condition
"""A truth value, or the condition over open answers on which it depends."""

Atom = tuple[str, str | None]
"""What can be answered on its own: a question, or one choice of a multiple-choice question."""

MOST_OPEN = 14
MOST_NODES = 3000

TOO_OPEN: Condition = {}
"""Stands for what is left of a rule that too many open answers bear on; whatever it leaves undecided stays so."""


@dataclass(eq=False, repr=False)
class Residuals:
    """The algebra that puts the known answers in and keeps what they leave undecided."""

    law: Law
    answers: Answers
    known: dict[str, Residual] = field(default_factory=dict)
    decided: dict[str, Truth] = field(default_factory=dict)
    """The exact value of each residual tried, by its text: many rules leave the same undecided."""

    def rule(self, rule_id: str) -> Residual:
        """What is left of a rule."""
        if rule_id not in self.known:
            left = unfold(self.law, rule_id, self)
            self.known[rule_id] = left if isinstance(left, Truth) or _is_small(left) else TOO_OPEN
        return self.known[rule_id]

    def test(self, test: Test) -> Residual:
        """What is left of a comparison; an unanswered question counts only where it arises."""
        answer = self.answers.get(test.fact)
        if answer is not None:
            value = compare(self.law, test, answer)
            return _written(test) if value is Truth.UNKNOWN else value
        arises = self.law.questions[test.fact].arises
        return self.all([arises(self), _written(test)]) if arises else _written(test)

    def all(self, parts: list[Residual]) -> Residual:
        """What is left of a conjunction."""
        return self._joined("all", parts, Truth.TRUE, Truth.FALSE)

    def any(self, parts: list[Residual]) -> Residual:
        """What is left of a disjunction."""
        return self._joined("any", parts, Truth.FALSE, Truth.TRUE)

    def negate(self, part: Residual) -> Residual:
        """What is left of a negation."""
        if isinstance(part, Truth):
            return negate(part)
        return part if part is TOO_OPEN else {"not": part}

    @staticmethod
    def _joined(key: str, parts: list[Residual], neutral: Truth, decisive: Truth) -> Residual:
        if decisive in parts:
            return decisive
        left = [part for part in parts if part is not neutral]
        if any(part is TOO_OPEN for part in left):
            return TOO_OPEN
        if len(left) < 2:
            return left[0] if left else neutral
        return {key: left}


def _written(test: Test) -> Condition:
    return {"fact": test.fact} if test.operator == "is" else {"fact": test.fact, test.operator: test.operand}


def exact(residuals: Residuals, condition: Condition) -> Truth:
    """The value of a condition, decided also where every completion of its few open answers agrees.

    Where more than MOST_OPEN answers are open it is unknown, which is always sound.
    """
    residual = fold(condition, residuals)
    if isinstance(residual, Truth):
        return residual
    if not _is_small(residual):
        return Truth.UNKNOWN
    text = repr(residual)
    if text not in residuals.decided:
        residuals.decided[text] = _searched(residuals, residual)
    return residuals.decided[text]


def _searched(residuals: Residuals, residual: Condition) -> Truth:
    found: set[Truth] = set()
    partly: dict[str, Answer] = {
        fact: answer for fact, answer in residuals.answers.items() if isinstance(answer, Choices)
    }
    _Search(residuals.law, residual, prepared(residual)).run(partly, found)
    return found.pop() if len(found) == 1 else Truth.UNKNOWN


def _is_small(residual: Condition) -> bool:
    if residual is TOO_OPEN:
        return False
    atoms: set[Atom] = set()
    todo: list[Any] = [residual]
    for _ in range(MOST_NODES):
        if not todo:
            return True
        node = todo.pop()
        if "fact" in node:
            atoms.update(_atoms(node["fact"], node.get("has")))
            if len(atoms) > MOST_OPEN:
                return False
        else:
            parts = next(iter(node.values()))
            todo += parts if isinstance(parts, list) else [parts]
    return False


def _atoms(fact: str, has: str | list[str] | None) -> list[Atom]:
    if has is None:
        return [(fact, None)]
    return [(fact, choice) for choice in ([has] if isinstance(has, str) else has)]


Open = tuple[Truth, list[Atom]]


@dataclass(eq=False, repr=False)
class _Occurrences:
    """The algebra that lists each occurrence of an open answer in what a trial leaves undecided."""

    law: Law
    trial: Answers

    def rule(self, rule_id: str) -> Open:
        raise AssertionError(f"a residual names no rule: {rule_id}")

    def test(self, test: Test) -> Open:
        answer = self.trial.get(test.fact)
        value = Truth.UNKNOWN if answer is None else compare(self.law, test, answer)
        if value is not Truth.UNKNOWN:
            return value, []
        atoms = _atoms(test.fact, test.operand if test.operator == "has" else None)
        if isinstance(answer, Choices):
            atoms = [(fact, choice) for fact, choice in atoms if choice and answer.has(choice) is Truth.UNKNOWN]
        return value, atoms

    def all(self, parts: list[Open]) -> Open:
        return self._join(all_of([value for value, _ in parts]), parts)

    def any(self, parts: list[Open]) -> Open:
        return self._join(any_of([value for value, _ in parts]), parts)

    def negate(self, part: Open) -> Open:
        return negate(part[0]), part[1]

    @staticmethod
    def _join(value: Truth, parts: list[Open]) -> Open:
        return value, [atom for _, atoms in parts for atom in atoms] if value is Truth.UNKNOWN else []


@dataclass(eq=False, repr=False)
class _Search:
    law: Law
    residual: Condition
    prepared: Prepared

    def run(self, trial: dict[str, Answer], found: set[Truth]) -> None:
        """Add the values that completions of this trial can have, until both are found."""
        value, atoms = self.prepared(_Occurrences(self.law, trial))
        if value is not Truth.UNKNOWN:
            found.add(value)
            return
        repeated = max(Counter(atoms).items(), key=lambda item: (item[1], item[0][0], item[0][1] or ""))
        if repeated[1] == 1:
            found.update((Truth.TRUE, Truth.FALSE))
            return
        fact, choice = repeated[0]
        for answer in self._possible(fact, choice, trial.get(fact)):
            self.run({**trial, fact: answer}, found)
            if len(found) == 2:
                return

    def _possible(self, fact: str, choice: str | None, now: Answer | None) -> list[Answer]:
        """Answers among which every comparison in the residual tells all the difference there is."""
        question = self.law.questions[fact]
        if choice is not None:
            known = now if isinstance(now, Choices) else Choices(frozenset(), more=True)
            without = Choices(known.chosen, True, known.ruled_out | {choice})
            return [without, Choices(known.chosen | {choice}, True, known.ruled_out)]
        if question.type == "yes_no":
            return [False, True]
        if question.type == "choice":
            return list(question.choices)
        bounds = set(_bounds(self.residual, fact))
        if question.type == "number":
            numbers = sorted(int(bound) for bound in bounds)
            return [numbers[0] - 1, *numbers]
        return ["0000-01-01", *sorted(self.law.date_of(str(bound)) for bound in bounds)]


def _bounds(node: Any, fact: str) -> Iterator[int | str]:
    """What the residual compares a number or a date with."""
    if "fact" in node:
        if node["fact"] == fact:
            yield from (value for key, value in node.items() if key != "fact")
        return
    parts = next(iter(node.values()))
    for part in parts if isinstance(parts, list) else [parts]:
        yield from _bounds(part, fact)
