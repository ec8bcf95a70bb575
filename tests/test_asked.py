"""What can decide is asked: whoever answers only what is on the list learns all that a full questionnaire decides."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide
from aiact_check.law import rulebase
from aiact_check.law.condition import fold
from aiact_check.law.evaluate import Answer, Answers, Choices, Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Question
from aiact_check.law.truth import Truth
from tests import agreement
from tests.conftest import TODAY

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A verdict takes tens of milliseconds: shrinking a counter-example would take minutes."""
BASE = rulebase.load()
CASES = [{"described": "both", **agreement.told(file)[1]} for file in agreement.files()]


def other(question: Question) -> st.SearchStrategy[Answer]:
    """Any answer to a question; a list may leave the rest open."""
    match question.type:
        case "yes_no":
            return st.booleans()
        case "choice":
            return st.sampled_from(list(question.choices))
        case "choices":
            some = st.frozensets(st.sampled_from(list(question.choices)), max_size=2)
            return st.builds(Choices, some, st.booleans())
        case "number":
            return st.sampled_from([0, 9, 249, 40_000_000, 10**9])
        case _:
            return st.sampled_from(["2025-01-01", "2026-09-01", "2028-01-01", "2030-01-01"])


def arising(base: RuleBase, answers: Answers) -> Answers:
    """The answers without those to questions that do not arise, or of which it is not known whether they do."""
    kept = dict(answers)
    while True:
        values = Values(base.law(TODAY), kept)
        gates = {fact: base.questions[fact].asked_if for fact in kept}
        out = [fact for fact, gate in gates.items() if gate and fold(gate, values) is not Truth.TRUE]
        if not out:
            return kept
        for fact in out:
            del kept[fact]


@st.composite
def questionnaires(draw: st.DrawFn) -> tuple[Answers, Answers]:
    """A questionnaire near a case, and a part of its answers."""
    full = dict(draw(st.sampled_from(CASES)))
    for fact in draw(st.lists(st.sampled_from(list(BASE.questions)), max_size=4, unique=True)):
        full[fact] = draw(other(BASE.questions[fact]))
    full = dict(arising(BASE, full))
    dropped = draw(st.sets(st.sampled_from(sorted(full)), max_size=len(full))) if full else set()
    return {fact: answer for fact, answer in full.items() if fact not in dropped}, full


def settled(verdict: Verdict) -> Iterator[tuple[str, ...]]:
    """What a verdict says for sure."""
    yield ("headline", verdict.headline)
    for finding in verdict.findings:
        if finding.rule.tier or finding.rule.role:
            yield (finding.rule.id, finding.value.value)
    for duty in verdict.duties:
        if duty.state != "depends":
            yield (duty.rule.id, duty.role, duty.state, str(duty.start.date))


@settings(max_examples=25, deadline=None, phases=UNSHRUNK)
@given(questionnaires())
def test_answering_only_what_is_listed_comes_to_what_all_the_answers_come_to(both: tuple[Answers, Answers]) -> None:
    known, full = dict(both[0]), both[1]
    while listed := {
        question.fact: full[question.fact]
        for question in decide(BASE, known, TODAY).open_questions
        if question.fact in full and known.get(question.fact) != full[question.fact]
    }:
        known |= listed
    at_last, with_all = decide(BASE, known, TODAY), decide(BASE, full, TODAY)
    assert at_last.possible == with_all.possible
    unsure = {item for item in settled(with_all) if "unknown" not in item} - set(settled(at_last))
    assert not unsure


@settings(max_examples=25, deadline=None, phases=UNSHRUNK)
@given(questionnaires())
def test_what_is_decided_stays_decided_whatever_is_answered_next(both: tuple[Answers, Answers]) -> None:
    part, full = (decide(BASE, answers, TODAY) for answers in both)
    assert set(full.possible) <= set(part.possible)
    decided = {(found.rule.id, found.value) for found in part.findings if found.value is not Truth.UNKNOWN}
    assert decided <= {(found.rule.id, found.value) for found in full.findings}
