"""Why something is true, false or unknown: an immutable tree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from aiact_check.condition import Test
from aiact_check.truth import Truth

Shape = Literal["all", "any", "not", "rule", "test"]


@dataclass(frozen=True, slots=True)
class Proof:
    """One node: its value, its shape, and the proofs of its parts.

    A `rule` node has the proof of its condition and of the absence of each derogation as parts; a `test` node has, for
    a question nobody answered, the proof of whether it arises.
    """

    value: Truth
    shape: Shape
    parts: tuple[Proof, ...] = ()
    rule: str | None = None
    test: Test | None = None
    answered: bool = False

    def why(self) -> Proof:
        """Only what decides: the parts that force this value (through a `not`, the part itself).

        A rule named inside is not opened: it has a proof, and a why, of its own.
        """
        parts = tuple(part if part.shape == "rule" else part.why() for part in self.deciding())
        return replace(self, parts=parts)

    def deciding(self) -> list[Proof]:
        """The parts that force this value."""
        if self.shape == "test" and self.value is Truth.UNKNOWN:
            return []
        return [part for part in self.parts if self.shape == "not" or part.value is self.value]

    def why_facts(self) -> list[str]:
        """The questions whose answers force this value, each once, also inside the rules named."""
        return self._facts(Proof.deciding, lambda node: node.answered)

    def open_facts(self) -> list[str]:
        """The questions that still matter here and can be asked already, each once, in the order of the rules."""
        return self._facts(Proof.undecided, lambda node: node.value is Truth.UNKNOWN and not node.undecided())

    def undecided(self) -> list[Proof]:
        """The parts that are open, of a node that is."""
        return [part for part in self.parts if self.value is Truth.UNKNOWN is part.value]

    def _facts(self, below: Callable[[Proof], list[Proof]], counts: Callable[[Proof], bool]) -> list[str]:
        """The questions of the tests that count; rules are shared, and so are their proofs: each is visited once."""
        facts: dict[str, None] = {}
        seen: set[int] = set()
        todo = [self]
        while todo:
            node = todo.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if node.test and counts(node):
                facts[node.test.fact] = None
            todo += reversed(below(node))
        return list(facts)
