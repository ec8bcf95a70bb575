"""Why something is true, false or unknown: an immutable tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from aiact_check.law.condition import Test
from aiact_check.law.truth import Truth
from aiact_check.record import plain_record

Shape = Literal["all", "any", "not", "rule", "test"]


@plain_record
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

    def deciding(self) -> list[Proof]:
        """The parts that force this value; of a question nobody answered, none."""
        if self.shape == "test" and self.value is Truth.UNKNOWN:
            return []
        return [part for part in self.parts if self.shape == "not" or part.value is self.value]

    @cached_property
    def why_facts(self) -> tuple[str, ...]:
        """The questions whose answers force this value, each once, also inside the rules named."""
        own = [self.test.fact] if self.test and self.answered else []
        return tuple(dict.fromkeys([*own, *(fact for part in self.deciding() for fact in part.why_facts)]))

    @cached_property
    def why_rules(self) -> tuple[str, ...]:
        """The rules that the deciding part names: of a rule, itself."""
        if self.rule:
            return (self.rule,)
        return tuple(dict.fromkeys(rule for part in self.deciding() for rule in part.why_rules))

    @cached_property
    def open_facts(self) -> tuple[str, ...]:
        """The questions that still matter here and can be asked already, each once, in the order of the rules."""
        if self.value is not Truth.UNKNOWN:
            return ()
        undecided = [part for part in self.parts if part.value is Truth.UNKNOWN]
        own = [self.test.fact] if self.test and not undecided else []
        return tuple(dict.fromkeys([*own, *(fact for part in undecided for fact in part.open_facts)]))


def without(fact: str, proofs: Mapping[str, Proof]) -> dict[str, Proof]:
    """Those of the proofs, by rule, in which a question is asked nowhere: another answer to it leaves them as they are.

    A proof has every part that was looked at, so nothing else can depend on the question.
    """
    asked: dict[str, bool] = {}

    def asks(proof: Proof) -> bool:
        if proof.rule is None:
            return (proof.test is not None and proof.test.fact == fact) or any(map(asks, proof.parts))
        if proof.rule not in asked:
            asked[proof.rule] = any(map(asks, proof.parts))
        return asked[proof.rule]

    return {rule_id: proof for rule_id, proof in proofs.items() if not asks(proof)}
