"""What answers are to each other: one may rule out that another is asked for, and two may exclude each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from aiact_check.law.asked import Contradiction
from aiact_check.law.condition import fold, named
from aiact_check.law.evaluate import Answers, Choices, Law, Proofs, Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth


def ruled_out(base: RuleBase, answers: Answers) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The answers to a question that does not arise, each with the answers that rule it out.

    A question that only a rule rules out may stay answered: the fact is true, it just does not matter for now.
    """
    proofs = Proofs(_law(base), answers)
    for fact, answer in answers.items():
        gate = base.questions[fact].asked_if
        undecided = isinstance(answer, str) and base.questions[fact].type == "yes_no"
        empty = answer is False or undecided or (isinstance(answer, Choices) and not answer.chosen)
        if gate and not empty and not named(gate).rules and (proof := fold(gate, proofs)).value is Truth.FALSE:
            yield fact, proof.why_facts


def contradicted(base: RuleBase, answers: Answers) -> Iterator[tuple[Contradiction, list[str]]]:
    """The contradictions that these answers run into, each with its answers."""
    values = Values(_law(base), answers)
    for contradiction in base.contradictions:
        if fold(contradiction.when, values) is Truth.TRUE:
            facts = dict.fromkeys(test.fact for test in named(contradiction.when).tests)
            yield contradiction, [fact for fact in facts if fact in answers]


@lru_cache(maxsize=4)
def _law(base: RuleBase) -> Law:
    """The law as far as it is known: whether questions arise together is asked of it, whatever the day."""
    return base.law(date.fromisoformat(base.acts.known_to))
