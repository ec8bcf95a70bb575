"""`aiact-check questions`: what is open, and what the engine says would follow from each answer."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from aiact_check.answering import answers
from aiact_check.asking.glance import glance
from aiact_check.asking.outlook import branches, consequence, possible_answers
from aiact_check.assessing.verdict import decide
from aiact_check.cli import main
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from tests.conftest import EXAMPLES, TODAY, TOP

FOLDER = TOP / "questionnaires" / "examples"
INTERVIEWS = FOLDER / "entretiens-annuels.fr.yaml"


def listed(*arguments: object, exits: int = 0) -> str:
    result = CliRunner().invoke(main, ["questions", *map(str, arguments), "--as-of", TODAY.isoformat()])
    assert result.exit_code == exits, result.output
    return " ".join(result.output.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "yes → high-risk by Annex III, pt 4(b); 6 duties"),
        ("fr", "oui → à haut risque (annexe III, point 4 b)) ; 6 obligations"),
    ],
)
def test_an_open_question_says_what_each_answer_changes(lang: str, says: str) -> None:
    text = listed(INTERVIEWS, "--open", "--lang", lang)
    assert says in text
    assert text.index("does_profiling") < text.index("first_placed_on")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_what_is_said_to_follow_does_follow(base: RuleBase, file: Path) -> None:
    given, law = answers.load(file, base).answers, base.law(TODAY)
    for question in decide(base, given, TODAY).open_questions:
        for possible in possible_answers(base, law, question.fact):
            then = {**given, question.fact: possible.answer}
            seen, verdict = glance(base, law, then), decide(base, then, TODAY)
            assert seen.possible == verdict.possible
            if seen.tier:
                assert seen.duties == len({duty.rule.id for duty in verdict.duties if duty.value is Truth.TRUE})


def test_the_days_of_the_law_divide_a_date_and_its_bounds_a_number(base: RuleBase) -> None:
    law = base.law(TODAY)
    assert [possible.answer for possible in possible_answers(base, law, "headcount")] == [249, 250, 750]
    days = [possible.label.en for possible in possible_answers(base, law, "first_placed_on")]
    assert days[0].startswith("before ")
    assert len(days) > 2


def test_answers_that_contradict_the_others_are_not_offered(base: RuleBase) -> None:
    law, now = base.law(TODAY), {"organisation": "business_or_body"}
    found = [label.en for branch in branches(base, law, now, "organisation") for label in branch.labels]
    assert len(found) == len(base.questions["organisation"].choices)


def test_where_nothing_changes_that_is_said(base: RuleBase) -> None:
    law, given = base.law(TODAY), answers.load(INTERVIEWS, base).answers
    now = glance(base, law, given)
    assert consequence(base, law, now, now).en == "the class stays open"


def test_only_the_first_are_shown_unless_all_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("aiact_check.cli.questions"), "MOST", 2)
    assert "Open questions not shown: 1; --all lists them" in listed(INTERVIEWS, "--open", "--lang", "en")
    assert " 3. " not in listed(INTERVIEWS, "--open")
    assert " 3. " in listed(INTERVIEWS, "--open", "--all")
    listed(INTERVIEWS, "--all", exits=2)


def test_without_open_every_question_that_arises_is_listed_with_its_answer() -> None:
    text = listed(INTERVIEWS)
    assert "does_profiling" in text
    assert "pas encore de réponse" in text
    assert "emotion_subjects" not in text
