"""What hangs on an open question: the verdict each of its answers would bring, the others as they are. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import duties_of, headline, open_questions
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import normalise

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
            brought = _fork(bench.supposing(opened.fact, answer), says(question, value))
            found.setdefault(opened.fact, []).append(brought)
    return found


def _values(question: Question) -> list[Any]:
    if question.type == "yes_no":
        return [True, False]
    return list(question.choices) if question.type == "choice" and len(question.choices) <= CHOICES else []


def _fork(bench: Bench, says: Words) -> ForkData:
    duties, exemptions = duties_of(bench, "obligation")
    sure = {duty.rule.id for duty in duties if duty.state != "depends"}
    return {
        "says": says,
        "headline": headline(bench.possible),
        "possible": list(bench.possible),
        "duties": len(sure),
        "depends": len({duty.rule.id for duty in duties} - sure),
        "exempt": len({exemption.rule.id for exemption in exemptions}),
        "open": sum(1 for _ in open_questions(bench, duties)),
    }
