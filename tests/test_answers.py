"""What a filled questionnaire is read as: who said what when, what counts, and what is refused."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aiact_check.answering import answers
from aiact_check.answering.answers import Evidence, Questionnaire, Told, Work
from aiact_check.law.evaluate import Choices
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reading.source import parse

HEAD = "company: { name: A }\nsystem: { name: B }\n"
TODAY = date(2026, 11, 23)


def read(base: RuleBase, lines: str, today: date | None = TODAY) -> Questionnaire:
    return answers.understand(parse("q.yaml", f"{HEAD}{lines}".encode()), base, "digest", today)


def problems(base: RuleBase, lines: str, today: date | None = TODAY) -> list[tuple[int, str]]:
    """The problems of a questionnaire: the line below the head, and what is said."""
    try:
        read(base, lines, today)
    except Problems as found:
        return [(problem.line - 2, problem.said("en")) for problem in found.problems]
    return []


def test_a_file_is_kept_as_it_was_given_under_its_hash(base: RuleBase, tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    content = f"{HEAD}answers: {{}}\n".encode()
    file.write_bytes(content)
    found = answers.load(file, base)
    assert (found.content, found.hash) == (content, hashlib.sha256(content).hexdigest())
    assert (found.lang, found.redacted, found.answers, found.told, found.work) == ("en", False, {}, {}, {})


def test_what_is_said_once_for_all_answers_counts_where_an_answer_does_not_say_it_itself(base: RuleBase) -> None:
    lines = "by: C. A.\non: 2026-05-01\nlang: fr\nredacted: true\nanswers:\n  on_market_or_in_use: true\n"
    found = read(
        base,
        f"{lines}  does_profiling: {{ answer: false, by: D. B., on: 2026-06-01, note: See. }}\n  headcount:\n"
        "  annual_turnover_eur: { answer: unknown }\n",
    )
    assert (found.lang, found.redacted) == ("fr", True)
    assert found.told["on_market_or_in_use"] == Told(value=True, by="C. A.", on="2026-05-01")
    assert found.told["does_profiling"] == Told(value=False, by="D. B.", on="2026-06-01", note="See.")
    assert found.told["headcount"] == Told(value=None)
    assert found.told["annual_turnover_eur"] == Told(value="unknown", by="C. A.", on="2026-05-01")
    assert found.answers == {"on_market_or_in_use": True, "does_profiling": False}


def test_choices_are_kept_in_the_order_of_the_question_with_what_is_unknown_last(base: RuleBase) -> None:
    first, second, *_ = base.questions["technique"].choices
    found = read(base, f"answers: {{ technique: [unknown, {second}, {first}] }}\n")
    assert found.told["technique"].value == [first, second, "unknown"]
    assert found.answers["technique"] == Choices(frozenset((first, second)), more=True)
    assert read(base, "answers: { technique: [] }\n").answers["technique"] == Choices(frozenset())
    assert read(base, "answers: { technique: [unknown] }\n").answers == {}


def test_work_on_a_duty_is_read_with_every_kind_of_evidence(base: RuleBase) -> None:
    found = read(
        base,
        "answers: {}\ncompliance:\n  art-4/literacy: { status: done, owner: E., evidence: [Plan, "
        "{ link: 'https://x.eu' }, { file: a.pdf }] }\n  art-26/7: { status: does-not-apply, reason: No workers. }\n",
    )
    evidence = (
        Evidence(kind="text", says="Plan"), Evidence(kind="link", says="https://x.eu"),
        Evidence(kind="file", says="a.pdf"),
    )  # fmt: skip
    assert found.work == {
        "art-4/literacy": Work(status="done", owner="E.", evidence=evidence),
        "art-26/7": Work(status="does-not-apply", reason="No workers."),
    }


def test_a_duty_is_said_not_to_apply_with_a_reason_only(base: RuleBase) -> None:
    lines = "answers: {}\ncompliance:\n  art-26/7: { status: does-not-apply }\n  art-4/literacy: { status: planned }\n"
    ((line, says),) = problems(base, lines)
    assert line == 3
    assert "reason" in says


def test_no_answer_is_dated_after_today(base: RuleBase) -> None:
    lines = "on: {}\nanswers:\n  does_profiling: {{ answer: true, on: {} }}\n  on_market_or_in_use: true\n"
    assert problems(base, lines.format("2026-11-23", "2026-11-23")) == []
    assert [line for line, _ in problems(base, lines.format("2026-11-24", "2026-11-24"))] == [1, 3]
    assert problems(base, lines.format("2026-11-24", "2026-11-24"), None) == []
    assert all("exist" in says for _, says in problems(base, lines.format("2026-11-31", "2026-02-30")))


def test_what_other_answers_rule_out_is_set_aside_step_by_step(base: RuleBase) -> None:
    lines = "organisation: business_or_body\n  cooperation_framework: {}\n  adequate_safeguards: {}\n"
    found = read(base, "answers:\n  " + lines.format("true", "true"))
    assert list(found.answers) == ["organisation"]
    places = {fact: (problem.line, problem.column) for fact, problem in found.aside.items()}
    assert places == {"cooperation_framework": (5, 3), "adequate_safeguards": (6, 3)}
    assert all("`organisation`" in problem.said("en") for problem in found.aside.values())
    assert set(found.told) == {"organisation", "cooperation_framework", "adequate_safeguards"}
    empty = read(base, "answers:\n  " + lines.format("false", "unknown"))  # a no stays: it says the same
    assert (empty.aside, list(empty.answers)) == ({}, ["organisation", "cooperation_framework"])
    none = read(base, "answers:\n  areas: [education]\n  employment_uses: []\n")
    assert none.aside == {}
    one_of_them = next(iter(base.questions["infrastructure_importance"].choices))
    for fact, written, out in (
        ("employment_uses", "[unknown]", []),
        ("employment_uses", "[recruitment_or_selection]", ["employment_uses"]),
        ("infrastructure_importance", one_of_them, ["infrastructure_importance"]),
    ):
        assert list(read(base, f"answers:\n  areas: [education]\n  {fact}: {written}\n").aside) == out


def test_answers_that_exclude_each_other_are_named_at_the_first(base: RuleBase) -> None:
    lines = "answers:\n  headcount: 5\n  company_activities: [mandated_by_provider]\n  establishment: third_country\n"
    with pytest.raises(Problems) as found:
        read(base, lines)
    (problem,) = found.value.problems
    assert (problem.line, problem.column) == (6, 3)
    assert "`establishment`, `company_activities`" in problem.said("en")


def test_an_answer_with_something_wrong_in_it_is_not_held_against_others(base: RuleBase) -> None:
    for activities in ("[mandated_by_provider, nonsense]", "{ answer: [mandated_by_provider], on: 2026-02-30 }"):
        lines = f"answers:\n  company_activities: {activities}\n  establishment: third_country\n"
        assert [line for line, _ in problems(base, lines)] == [2]


def test_a_wrong_part_is_said_and_the_rest_is_read_on_for_what_else_is_wrong(base: RuleBase) -> None:
    lines = (
        "answers:\n  headcount: many\n  technique: [human_rules, human_rules]\n  nobody_asks: true\n"
        "  does_profiling: { answer: true, on: 2027-01-01 }\ncompliance:\n  art-3/1: { status: done }\n"
        "  art-26/7: { status: does-not-apply }\n"
    )
    assert sorted({line for line, _ in problems(base, lines)}) == [2, 3, 4, 5, 7, 8]


@pytest.mark.parametrize("content", [b"", b"- a\n", b"text", b"classification: {}\n", b"engine: 1\nanswers: {}\n"])
def test_what_is_no_questionnaire_at_all_is_said_once(base: RuleBase, content: bytes) -> None:
    with pytest.raises(Problems) as found:
        answers.understand(parse("q.yaml", content), base, "")
    (problem,) = found.value.problems
    assert isinstance(problem, Problem)
    assert (problem.line, problem.column) == (1, 1)


@pytest.mark.parametrize(
    ("fact", "value", "fits"),
    [
        ("does_profiling", True, True),
        ("does_profiling", "unknown", True),
        ("does_profiling", "true", False),
        ("headcount", 0, True),
        ("headcount", -1, False),
        ("technique", ["human_rules", "unknown"], True),
        ("technique", ["human_rules", "human_rules"], False),
        ("technique", "human_rules", False),
    ],
)
def test_a_value_fits_a_question_or_not(base: RuleBase, fact: str, value: Any, fits: bool) -> None:
    assert answers.fits(base, fact, value) is fits
