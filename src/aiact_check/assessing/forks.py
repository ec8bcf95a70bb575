"""What hangs on an open question: the verdict each of its answers would bring, the others as they are. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import verdict_at
from aiact_check.law.lawbook import normalise
from aiact_check.law.model import Question

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import ForkData, Words

FORKED, CHOICES = 3, 4
"""Of how many questions it is worked out, and up to how many choices: a verdict each takes time."""


def forks(bench: Bench, verdict: Verdict, says: Callable[[Question, Any], Words]) -> dict[str, list[ForkData]]:
    """Of the first open questions that have few answers: by the question, what each answer would bring.

    The verdict is the one of the bench; `says` puts an answer into words.
    """
    found: dict[str, list[ForkData]] = {}
    for opened in verdict.open_questions[:FORKED]:
        question = bench.base.questions[opened.fact]
        for value in _values(question):
            answer = normalise(question, value)
            assert answer is not None
            brought = verdict_at(bench.supposing(opened.fact, answer))
            found.setdefault(opened.fact, []).append(_fork(brought, says(question, value)))
    return found


def _values(question: Question) -> list[Any]:
    if question.type == "yes_no":
        return [True, False]
    return list(question.choices) if question.type == "choice" and len(question.choices) <= CHOICES else []


def _fork(verdict: Verdict, says: Words) -> ForkData:
    sure = {duty.rule.id for duty in verdict.duties if duty.state != "depends"}
    return {
        "says": says,
        "headline": verdict.headline,
        "possible": list(verdict.possible),
        "duties": len(sure),
        "depends": len({duty.rule.id for duty in verdict.duties} - sure),
        "exempt": len({exemption.rule.id for exemption in verdict.exemptions}),
        "open": len(verdict.open_questions),
    }
