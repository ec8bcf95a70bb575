"""What z3 proves of the rule base for every questionnaire, and that z3 and the engine mean the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import z3

from aiact_check.answering import answers
from aiact_check.law import rulebase
from aiact_check.law.asked import Question
from aiact_check.law.condition import Condition
from aiact_check.law.evaluate import Answer, Answers, Choices, Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from aiact_check.reading.source import parse
from tests.conftest import EXAMPLES, TODAY
from tools.prove.__main__ import claims, days, key, known, report
from tools.prove.claims import Claim
from tools.prove.complete import Complete
from tools.prove.terms import Form, Terms, as_yaml

DAYS = days(rulebase.load())
TIERS = "some tier always holds"
RULES = "every rule can hold"
TRUTHS: dict[tuple[bool, ...], Truth] = {
    (True, False): Truth.TRUE,
    (False, True): Truth.FALSE,
    (True, True): Truth.UNKNOWN,
}


@cache
def proved(day: date) -> list[Claim]:
    return list(claims(rulebase.load(), day))


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_claim_holds_or_is_known_not_to(day: date) -> None:
    reasons = known()
    refuted = [
        line
        for claim in proved(day)
        if any(key(claim, refutation, reasons) not in reasons for refutation in claim.refuted)
        for line in report(claim, reasons)
    ]
    assert refuted == [], "\n".join(refuted)
    assert all(claim.count for claim in proved(day))


def test_nothing_is_known_that_is_no_longer_so() -> None:
    reasons = known()
    found = {key(claim, refutation, reasons) for day in DAYS for claim in proved(day) for refutation in claim.refuted}
    assert set(reasons) <= found


def test_the_law_of_today_is_that_of_the_last_change(base: RuleBase) -> None:
    today, last = (base.law(day) for day in (TODAY, DAYS[-1]))
    assert (today.versions, today.milestones) == (last.versions, last.milestones)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_which_tiers_hold_together(base: RuleBase, day: date) -> None:
    together = [("not-an-ai-system", "excluded"), ("prohibited", "high-risk")]
    together += [("prohibited", "transparency"), ("high-risk", "transparency")]
    assert Complete(base, day).together() == together


def disagreements(base: RuleBase, day: date, given: Answers) -> list[str]:
    """The rules of which z3 and the engine think differently, given these answers."""
    law = base.law(day)
    terms = Terms(law, Form(base.questions, "form"))
    rails = {rule_id: terms.rule(rule_id) for rule_id in law.versions}
    solver = z3.Solver()
    solver.add(*terms.definitions, *terms.form.equals(given))
    assert solver.check() == z3.sat
    engine, model = Values(law, given), solver.model()
    assert terms.form.read(model) == given

    def value(rule_id: str) -> Truth:
        return TRUTHS[tuple(z3.is_true(model.eval(term)) for term in rails[rule_id])]

    return [rule_id for rule_id in rails if value(rule_id) is not engine.rule(rule_id)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_z3_and_the_engine_agree_on_the_examples(base: RuleBase, path: Path) -> None:
    assert disagreements(base, TODAY, answers.load(path, base).answers) == []


@pytest.mark.parametrize("seed", range(8))
def test_z3_and_the_engine_agree_on_any_answers(base: RuleBase, seed: int) -> None:
    chance = random.Random(seed)
    share = chance.choice([0.3, 0.6, 0.9, 1])
    given = {fact: answer(question, chance) for fact, question in base.questions.items() if chance.random() < share}
    assert disagreements(base, DAYS[seed % len(DAYS)], given) == []


def answer(question: Question, chance: random.Random) -> Answer:
    match question.type:
        case "yes_no":
            return chance.random() < 0.5
        case "choice":
            return chance.choice(list(question.choices))
        case "number":
            return chance.choice([0, 9, 10, 49, 50, 249, 250, 10**7, 10**8])
        case "date":
            return chance.choice(["2024-07-31", "2025-08-02", "2026-08-02", "2027-12-02", "2030-08-02"])
    chosen = frozenset(choice for choice in question.choices if chance.random() < 0.4)
    return Choices(chosen, more=chance.random() < 0.3)


def spoilt(base: RuleBase, rule_id: str, when: Condition) -> RuleBase:
    rule = base.rules[rule_id]
    versions = {day: replace(version, when=when) for day, version in rule.versions.items()}
    return replace(base, rules={**base.rules, rule_id: replace(rule, versions=versions)})


def found(claim: Claim, says: str) -> Iterator[str]:
    assert claim.says == says
    yield from (refutation.says for refutation in claim.refuted)


def test_a_gap_between_the_tiers_is_shown_by_a_questionnaire_that_can_be_assessed(base: RuleBase) -> None:
    worse = spoilt(base, "tiers/minimal", {"all": [{"rule": "in-scope"}, {"rule": "art-5"}]})
    claim = Complete(worse, TODAY).no_gap()
    assert list(found(claim, TIERS)) == ["no tier"]
    (shown,) = claim.refuted[0].shown_by()
    understood = answers.understand(parse("shown", as_yaml(shown).encode()), worse, "").answers
    assert understood == shown
    values = Values(worse.law(TODAY), understood)
    tiers = [rule.id for rule in worse.rules.values() if rule.tier and rule.kind == "classification"]
    assert {values.rule(tier) for tier in tiers if tier.startswith("tiers/")} == {Truth.FALSE}


def test_a_dead_rule_is_found(base: RuleBase) -> None:
    dead = {"all": [{"fact": "does_profiling"}, {"not": {"fact": "does_profiling"}}]}
    claim = Complete(spoilt(base, "art-2/3", dead), TODAY).no_dead_rule()
    assert list(found(claim, RULES)) == ["art-2/3"]


def test_a_duty_that_would_never_start_is_found(base: RuleBase) -> None:
    schedules = {
        **base.schedules,
        "marking": replace(base.schedules["marking"], starts=base.schedules["marking"].starts[1:]),
    }
    claim = Complete(replace(base, schedules=schedules), TODAY).whatever_binds_starts()
    assert "art-50/2 for provider" in found(claim, "whatever binds starts on some day")
