"""Values that hold whatever the open answers turn out to be.

Kleene's logic is sound but not complete: `a or not a` is unknown where `a` is. So what the known answers leave
undecided is cut out first, as a condition over the open answers alone; where these are few, their completions are tried
out, until two disagree. Kleene's logic is complete where no open answer occurs twice, so only those that do are tried.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiact_check.law.completions import Atom, agreed, atoms_of
from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.evaluate import Answers, Choices, Law, compare, unfold
from aiact_check.law.truth import Truth, negate

Residual = Truth | Condition
"""A truth value, or the condition over open answers on which it depends."""

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
        partly = {fact: answer for fact, answer in residuals.answers.items() if isinstance(answer, Choices)}
        residuals.decided[text] = agreed(residuals.law, residual, partly)
    return residuals.decided[text]


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
            atoms.update(atoms_of(node["fact"], node.get("has")))
            if len(atoms) > MOST_OPEN:
                return False
        else:
            parts = next(iter(node.values()))
            todo += parts if isinstance(parts, list) else [parts]
    return False
