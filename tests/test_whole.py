"""Properties of the whole, on random valid answers: what was decided stays, the ways in and out agree."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.merge import Side, merge
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.assessing.bench import Bench
from aiact_check.assessing.verdict import decide, verdict_at
from aiact_check.comparing import supposition
from aiact_check.law.lawbook import UNKNOWN, RuleBase, normalise
from aiact_check.law.model import Question
from aiact_check.reading.problem import Problems
from aiact_check.reading.scalars import flow
from aiact_check.reading.source import parse
from tests.conftest import TODAY

FEW = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
"""The same few examples in every run; `python -m tools.fuzz` looks at many."""
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


def valid(base: RuleBase, told: Told) -> Questionnaire | None:
    """The questionnaire with these answers; None where they contradict each other."""
    lines = "".join(f"  {fact}: {flow(answer)}\n" for fact, answer in told.items())
    content = f"company: {{ name: A }}\nsystem: {{ name: B }}\nanswers:\n{lines}".encode()
    try:
        return answers.understand(parse("x", content), base, "")
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


@FEW
@given(SEEDS)
def test_an_answer_to_an_open_question_never_flips_what_was_decided(base: RuleBase, seed: int) -> None:
    told = invented(base, seed)
    before = assessed(base, told)
    draw = random.Random(seed)
    open_facts = [entry["fact"] for entry in before["open_questions"]]
    for fact in draw.sample(open_facts, min(1, len(open_facts))):
        more = told | {fact: value(base.questions[fact], draw)}
        if valid(base, more) is None or told.get(fact) not in (None, UNKNOWN):
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


@FEW
@given(SEEDS)
def test_neither_the_order_of_answers_nor_the_language_matters(base: RuleBase, seed: int) -> None:
    told = invented(base, seed)
    facts = list(told)
    random.Random(seed).shuffle(facts)
    turned = {fact: list(reversed(told[fact])) if isinstance(told[fact], list) else told[fact] for fact in facts}
    found = assessed(base, told)
    assert same_rules(assessed(base, turned)) == same_rules(found)
    french = same_rules(assessed(base, told, "fr"))
    assert french | {"language": "en"} == same_rules(found)


@FEW
@given(SEEDS)
def test_to_suppose_what_is_and_to_merge_with_oneself_change_nothing(base: RuleBase, seed: int) -> None:
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


def _typed(answer: Any) -> str:
    if isinstance(answer, list):
        return ",".join(answer)
    return str(answer).lower()


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
            assert verdict_at(bench.supposing(fact, answer)) == anew, fact
