"""Why something is true, false or unknown: an immutable tree."""

from __future__ import annotations

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

    def open_facts(self) -> list[str]:
        """The questions that still matter here and can be asked already, each once, in the order of the rules."""
        facts: dict[str, None] = {}
        seen: set[int] = set()
        todo = [self]
        while todo:
            node = todo.pop()
            if node.value is not Truth.UNKNOWN or id(node) in seen:
                continue
            seen.add(id(node))
            undecided = [part for part in node.parts if part.value is Truth.UNKNOWN]
            if node.test and not undecided:
                facts[node.test.fact] = None
            todo += reversed(undecided)
        return list(facts)
