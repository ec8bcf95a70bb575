"""The tool that breaks the rules finds what no example notices, what nobody could notice, and the example to add."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.reading.source import parse
from tests.conftest import TODAY
from tools.mutants.breaks import Mutant, mutants
from tools.mutants.noticing import Expectation, Expected, load
from tools.mutants.proposing import Outcome, outcome, outcomes, written
from tools.mutants.showing import Shows

RULE = "annex-iii/8-a-no-legal-effects"
DROPPED = "without {fact: used_by_or_for, has: dispute_resolution_body} in its `all`"
REDUNDANT = ("annex-iii/1-b", "without age_or_sex in biometric_categories")


@cache
def shows() -> Shows:
    return Shows(rulebase.load())


def mutant(rule_id: str, change: str) -> Mutant:
    (found,) = [each for each in mutants(rulebase.load()) if (each.target, each.change) == (rule_id, change)]
    return found


def tried(base: RuleBase, broken: Mutant, *expectations: Expectation) -> Outcome:
    return outcome(base, Expected(base, expectations), shows(), broken.target, [broken])


def as_expected(base: RuleBase, rule_id: str, line: str) -> Expectation:
    """What a line of a rule file expects."""
    (example,) = parse("line", line.encode()).data
    told = {fact: normalise(base.questions[fact], value) for fact, value in example["given"].items()}
    given = {fact: answer for fact, answer in told.items() if answer is not None}
    assert set(given) == set(told)
    day = date.fromisoformat(example.get("as_of", base.acts.known_to))
    return day, given, {rule_id: {str(example["then"]).lower()}}


def test_a_dropped_condition_lives_until_the_proposed_example_is_there(base: RuleBase) -> None:
    broken = mutant(RULE, DROPPED)
    alive = tried(base, broken)
    assert alive.alive == [broken]
    (example,) = alive.candidates
    line = written(base, example)
    dead = tried(base, broken, as_expected(base, RULE, line))
    assert dead.survivors == 0, line
    assert dead.real == 1


def test_an_example_of_another_rule_that_rests_on_it_notices_too(base: RuleBase) -> None:
    given = {"justice_election_uses": ["applying_law"], "used_by_or_for": ["judicial_authority"]}
    answers = {fact: normalise(base.questions[fact], value) for fact, value in given.items()}
    told = {fact: answer for fact, answer in answers.items() if answer is not None}
    broken = mutant("annex-iii/8-a", "without judicial_authority in used_by_or_for")
    assert Expected(base, [(TODAY, told, {"annex-iii": {"true"}})]).kill(broken)
    assert not Expected(base, [(TODAY, told, {"annex-iii/4-a": {"unknown"}})]).kill(broken)


def test_what_no_questionnaire_shows_is_redundant_and_does_not_count(base: RuleBase) -> None:
    broken = mutant(*REDUNDANT)
    found = tried(base, broken)
    assert found.redundant == [broken]
    assert (found.real, found.survivors, found.candidates) == (0, 0, {})


@pytest.mark.parametrize("rule_id", ["art-2/2", "art-111/2-change", "art-63/1", "annex-iii/2-safety-component"])
def test_the_candidates_kill_every_survivor_of_a_rule_without_examples(base: RuleBase, rule_id: str) -> None:
    every = [each for each in mutants(base) if each.target == rule_id]
    found = outcome(base, Expected(base, []), shows(), rule_id, every)
    lines = [written(base, example) for example in found.candidates]
    expected = Expected(base, [as_expected(base, rule_id, line) for line in lines])
    assert found.alive
    assert [each.change for each in found.alive if not expected.kill(each)] == []


def test_no_break_of_a_rule_goes_unnoticed() -> None:
    base, expected = load()
    alive = {found.rule: found.alive for found in outcomes(base, expected, shows(), list(mutants(base)))}
    assert len(alive) > 300
    assert {rule: [each.change for each in left] for rule, left in alive.items() if left} == {}
