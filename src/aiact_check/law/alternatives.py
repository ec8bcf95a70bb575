"""The answers that can be given on their own, and what each comparison of the law makes of each of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aiact_check.law.columns import of_choice
from aiact_check.law.condition import Test
from aiact_check.law.evaluate import Law, compare
from aiact_check.law.truth import Truth


@dataclass(frozen=True)
class Leaf:
    """A comparison of one answer, by the name of the column that holds it: what it says of each alternative."""

    column: str
    fact: str
    holds: tuple[bool, ...]
    alternatives: tuple[str | int | bool, ...]


@dataclass
class Domains:
    """The alternatives of each answer, among which every comparison of the law tells all the difference there is."""

    law: Law
    bounds: dict[str, set[int | str]] = field(default_factory=dict)

    @classmethod
    def of(cls, law: Law, tests: Iterable[Test]) -> Domains:
        """The domains for these comparisons."""
        found = cls(law)
        for test in tests:
            if law.questions[test.fact].type in ("number", "date"):
                number = isinstance(test.operand, int)
                bound = test.operand if number else law.date_of(test.operand)
                found.bounds.setdefault(test.fact, set()).add(bound)
        return found

    def leaves(self, test: Test) -> list[Leaf]:
        """The comparisons of single answers of which one must hold."""
        if test.operator == "has":
            wanted = [test.operand] if isinstance(test.operand, str) else test.operand
            return [Leaf(of_choice(test.fact, choice), test.fact, (False, True), (False, True)) for choice in wanted]
        alternatives = self._alternatives(test.fact)
        holds = tuple(compare(self.law, test, one) is Truth.TRUE for one in alternatives)
        return [Leaf(test.fact, test.fact, holds, alternatives)]

    def _alternatives(self, fact: str) -> tuple[str | int | bool, ...]:
        question = self.law.questions[fact]
        if question.type == "yes_no":
            return (False, True)
        if question.type == "choice":
            return tuple(question.choices)
        bounds: list[Any] = sorted(self.bounds[fact])
        return (bounds[0] - 1 if question.type == "number" else "0000-01-01", *bounds)
