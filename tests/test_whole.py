"""Properties of the whole, on random valid answers: what was decided stays, the ways in and out agree.

`python -m tests.test_whole 200` holds each of them on as many random answers.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiact_check.answering import answers, together
from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.merge import Side, merge
from aiact_check.asking.outlook import possible_answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide, verdict_at
from aiact_check.comparing import supposition
from aiact_check.law import rulebase
from aiact_check.law.asked import Question
from aiact_check.law.condition import fold
from aiact_check.law.evaluate import Proofs, Values
from aiact_check.law.lawbook import UNKNOWN, RuleBase, normalise
from aiact_check.law.truth import Truth
from aiact_check.reading.problem import Problems
from aiact_check.reading.scalars import flow
from aiact_check.reading.source import parse
from aiact_check.reporting import carried, recheck, report
from tests.conftest import TODAY

FEW = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
"""The same few examples in every run; this file run as a module looks at many."""
ONE = settings(FEW, max_examples=1)
TRIED = 4
"""How many questions are tried that are not called open."""
Told = Mapping[str, Any]


def value(question: Question, draw: random.Random) -> Any:
    """An answer that a question takes."""
    match question.type:
        case "yes_no":
            return draw.choice([True, False, *question.choices, UNKNOWN])
        case "choice":
            return draw.choice([*question.choices, UNKNOWN])
        case "choices":
            known = list(question.choices)
            return draw.sample(known, draw.randint(0, min(3, len(known)))) + ([UNKNOWN] if draw.random() < 0.2 else [])
        case "number":
            return draw.choice([0, 9, 10, 49, 50, 249, 250, 10**7, 10**25, 10**40, UNKNOWN])
        case _:
            return draw.choice(["2020-01-01", "2025-08-01", "2026-08-02", "2027-12-02", "2030-12-31", UNKNOWN])


def content_of(told: Told) -> bytes:
    """The answers as a file."""
    lines = "".join(f"  {fact}: {flow(answer)}\n" for fact, answer in told.items())
    return f"company: {{ name: A }}\nsystem: {{ name: B }}\nanswers:\n{lines}".encode()


def valid(base: RuleBase, told: Told) -> Questionnaire | None:
    """The questionnaire with these answers; None where they contradict each other."""
    content = content_of(told)
    try:
        return answers.understand(parse("x", content), base, hashlib.sha256(content).hexdigest())
    except Problems:
        return None


def invented(base: RuleBase, seed: int) -> dict[str, Any]:
    """Random answers that stand together: a contradicting one is left out."""
    draw = random.Random(seed)
    facts = draw.sample(list(base.questions), draw.choice([5, 20, 40]))
    told = {fact: value(base.questions[fact], draw) for fact in facts}
    while valid(base, told) is None:
        told.pop(draw.choice(list(told)))
    return told


def assessed(base: RuleBase, told: Told, lang: Any = "en") -> Assessment:
    questionnaire = valid(base, told)
    assert questionnaire is not None
    return document.assess(base, questionnaire, TODAY, lang)


def same_rules(found: Assessment) -> Any:
    """An assessment without the hash of the file."""
    return {key: part for key, part in found.items() if key != "tool"}


SEEDS = st.integers(0, 2**32)


def holds_an_answer_never_flips_what_was_decided(base: RuleBase, seed: int) -> None:
    """An answer to an open question keeps what is decided, and the outcome among those possible before.

    Not so one that sets others aside: who says that only a model is described takes back what was said of a system.
    """
    told = invented(base, seed)
    before = assessed(base, told)
    draw = random.Random(seed)
    aside = {entry["fact"] for entry in before["answers"] if entry["aside"]}
    open_facts = [entry["fact"] for entry in before["open_questions"]]
    for fact in draw.sample(open_facts, min(1, len(open_facts))):
        more = told | {fact: value(base.questions[fact], draw)}
        stands = valid(base, more)
        if stands is None or told.get(fact) not in (None, UNKNOWN) or stands.aside.keys() - aside:
            continue
        after = assessed(base, more)
        assert set(after["classification"]["possible"]) <= set(before["classification"]["possible"])
        if before["classification"]["headline"] != "undetermined":
            assert after["classification"]["headline"] == before["classification"]["headline"]
        else:
            assert after["classification"]["headline"] in {*before["classification"]["possible"], "undetermined"}
        now = {entry["rule"]: entry["value"] for entry in after["findings"]}
        for entry in before["findings"]:
            if entry["value"] != "unknown" and entry["rule"] in now:
                assert now[entry["rule"]] == entry["value"], (fact, entry["rule"])


def holds_neither_order_nor_language_matters(base: RuleBase, seed: int) -> None:
    """Answers and choices in another order, and the other language, give the same assessment."""
    told = invented(base, seed)
    facts = list(told)
    random.Random(seed).shuffle(facts)
    turned = {fact: list(reversed(told[fact])) if isinstance(told[fact], list) else told[fact] for fact in facts}
    found = assessed(base, told)
    assert same_rules(assessed(base, turned)) == same_rules(found)
    french = same_rules(assessed(base, told, "fr"))
    assert french | {"language": "en"} == same_rules(found)


def holds_supposing_what_is_and_merging_with_oneself_change_nothing(base: RuleBase, seed: int) -> None:
    """`whatif` of the answers as they are, and `merge` of a file with itself."""
    told = invented(base, seed)
    lines = "".join(f"  {fact}: {flow(answer)}  # why\n" for fact, answer in told.items())
    content = f"company: {{ name: A }}\nsystem: {{ name: B }}\nanswers:\n{lines}"
    questionnaire = answers.understand(parse("x", content.encode()), base, "")
    side = Side("x", content, parse("x", content.encode()), questionnaire)
    merged = merge(base, side, side)
    assert (merged.content, merged.conflicts, merged.taken) == (content, [], [])
    kept = {fact: entry for fact, entry in questionnaire.told.items() if fact not in questionnaire.aside}
    again = [f"{fact}={_typed(entry.value)}" for fact, entry in kept.items() if entry.value != []][:5]
    if again:
        supposed = supposition.suppose(base, questionnaire, supposition.read(base, questionnaire.told, again))
        assert supposed.questionnaire.answers == questionnaire.answers


def holds_every_question_that_can_change_something_is_called_open(base: RuleBase, seed: int) -> None:
    """Questions that are not called open: whatever is answered, classes, roles and duties stay.

    One that does not arise is not asked. One that cannot be asked yet, as whether it arises is open, may matter where
    one it rests on is called open.
    """
    told, draw = invented(base, seed), random.Random(seed)
    questionnaire = valid(base, told)
    assert questionnaire is not None
    before = decide(base, questionnaire.answers, TODAY)
    open_facts = {asked.fact for asked in before.open_questions}
    law = base.law(TODAY)
    values = Values(law, questionnaire.answers)
    others = [
        fact
        for fact, question in base.questions.items()
        if fact not in open_facts | set(questionnaire.answers)
        and (not question.asked_if or fold(question.asked_if, values) is not Truth.FALSE)
    ]
    for fact in draw.sample(others, min(TRIED, len(others))):
        for possible in possible_answers(base, law, fact):
            given = dict(questionnaire.answers) | {fact: possible.answer}
            if any(together.contradicted(base, given)):
                continue
            while out := {fact for fact, _ in together.ruled_out(base, given)}:
                given = {fact: answer for fact, answer in given.items() if fact not in out}
            if decided(base, given) != decided(base, questionnaire.answers):
                assert rests_on(base, questionnaire.answers, fact) & open_facts, (fact, possible.label.en)


def rests_on(base: RuleBase, given: Any, fact: str) -> set[str]:
    """The open questions that decide whether a question arises; none where that is decided."""
    gate = base.questions[fact].asked_if
    return set(fold(gate, Proofs(base.law(TODAY), given)).open_facts) if gate else set()


def decided(base: RuleBase, given: Any) -> Any:
    """The classes, roles and duties that answers lead to."""
    verdict = decide(base, given, TODAY)
    return (
        verdict.headline,
        verdict.possible,
        [(found.role, found.finding.value) for found in verdict.roles],
        [(duty.role, duty.rule.id, duty.state, duty.start.date, duty.start.possible) for duty in verdict.duties],
    )


def holds_a_report_gives_back_what_it_was_made_from(base: RuleBase, seed: int) -> None:
    """`extract` of a report gives the questionnaire back, and says that both stand."""
    told = invented(base, seed)
    content = content_of(told)
    made = report.pdf(assessed(base, told), "en", content)
    found = carried.unpack(made)
    assert found.questionnaire == content
    assert found.assessment == document.as_json(assessed(base, told)).encode()
    checked = recheck.recheck(base, made, found)
    assert checked.sound, [line.en for line in checked.says]


def _typed(answer: Any) -> str:
    if isinstance(answer, list):
        return ",".join(answer)
    return str(answer).lower()


def told(verdict: Verdict) -> Any:
    """What a verdict says, each proof by its value and by the questions it rests on and waits for."""
    found = [*verdict.findings, *verdict.routes, *verdict.conformity]
    proofs = [
        (each.rule.id, each.value, each.proof.value, each.proof.why_facts, each.proof.open_facts) for each in found
    ]
    parts = (verdict.duties, verdict.options, verdict.exemptions, verdict.open_questions, verdict.help)
    return verdict.headline, verdict.possible, [tier.start for tier in verdict.tiers], proofs, parts


@FEW
@given(SEEDS)
def test_a_supposition_built_on_a_verdict_is_the_verdict_made_anew(base: RuleBase, seed: int) -> None:
    questionnaire = valid(base, invented(base, seed))
    assert questionnaire is not None
    bench = Bench(base, base.law(TODAY), questionnaire.answers)
    verdict_at(bench)
    draw = random.Random(seed)
    for fact in draw.sample(list(base.questions), 12):
        answer = normalise(base.questions[fact], value(base.questions[fact], draw))
        if answer is not None:
            anew = decide(base, {**questionnaire.answers, fact: answer}, TODAY)
            assert told(verdict_at(bench.supposing(fact, answer))) == told(anew), fact


@FEW
@given(SEEDS)
def test_an_answer_to_an_open_question_never_flips_what_was_decided(base: RuleBase, seed: int) -> None:
    holds_an_answer_never_flips_what_was_decided(base, seed)


@FEW
@given(SEEDS)
def test_neither_the_order_of_answers_nor_the_language_matters(base: RuleBase, seed: int) -> None:
    holds_neither_order_nor_language_matters(base, seed)


@FEW
@given(SEEDS)
def test_to_suppose_what_is_and_to_merge_with_oneself_change_nothing(base: RuleBase, seed: int) -> None:
    holds_supposing_what_is_and_merging_with_oneself_change_nothing(base, seed)


@FEW
@given(SEEDS)
def test_every_question_that_can_still_change_something_is_called_open(base: RuleBase, seed: int) -> None:
    holds_every_question_that_can_change_something_is_called_open(base, seed)


@ONE
@given(SEEDS)
def test_a_report_gives_back_what_it_was_made_from_and_says_so(base: RuleBase, seed: int) -> None:
    holds_a_report_gives_back_what_it_was_made_from(base, seed)


PROPERTIES: tuple[Callable[[RuleBase, int], None], ...] = (
    holds_an_answer_never_flips_what_was_decided,
    holds_neither_order_nor_language_matters,
    holds_supposing_what_is_and_merging_with_oneself_change_nothing,
    holds_every_question_that_can_change_something_is_called_open,
    holds_a_report_gives_back_what_it_was_made_from,
)


def run(count: int, chosen: str = "") -> int:
    """Hold the properties on as many random answers; 1 where one of them does not hold."""
    base, wrong = rulebase.load(), 0
    for holds in (each for each in PROPERTIES if chosen in each.__name__):
        begun, failed = time.monotonic(), []
        for seed in range(count):
            try:
                holds(base, seed)
            except Exception as error:  # whatever it is, it does not hold
                failed.append(f"  seed {seed}: {str(error)[:300]}")
        wrong += len(failed)
        print(
            f"{holds.__name__}: {count} in {time.monotonic() - begun:.0f} s, {len(failed)} failed",
            *failed[:5],
            sep="\n",
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), *sys.argv[2:]))
