"""`levers` promises only what `whatif` keeps, and tells a choice of design from a mere fact."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide
from aiact_check.cli import main
from aiact_check.comparing import supposition
from aiact_check.comparing.levers import Search, Step
from aiact_check.comparing.levers_said import written
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from tests.conftest import EXAMPLES, TODAY, TOP

FOLDER = TOP / "questionnaires" / "examples"
DECIDED = [
    file for file in EXAMPLES if file.stem.split("-")[0] in ("recrutement", "chatbot", "flux", "imagerie", "emotions")
]


@cache
def loaded(file: Path) -> Questionnaire:
    return answers.load(file, rulebase.load())


@cache
def search(file: Path) -> Search:
    return Search(rulebase.load(), loaded(file), TODAY)


def applied(base: RuleBase, file: Path, steps: tuple[Step, ...]) -> Verdict:
    """The verdict after the changes, as they would be typed for `whatif`."""
    told = loaded(file)
    typed = [written(told.told[fact].value, (fact, value)) for fact, value in steps]
    supposed = supposition.suppose(base, told, supposition.read(base, told.told, typed))
    return decide(base, supposed.questionnaire.answers, TODAY)


@pytest.mark.parametrize("file", DECIDED, ids=lambda file: file.stem)
def test_each_lever_gives_the_class_and_the_duties_it_promised(file: Path, base: RuleBase) -> None:
    found = search(file)
    assert found.levers
    owed = {(duty.rule.id, duty.role) for duty in decide(base, loaded(file).answers, TODAY).duties}
    for lever in found.levers:
        after = applied(base, file, lever.steps)
        assert after.headline == lever.headline != found.headline
        now = {(duty.rule.id, duty.role) for duty in after.duties}
        assert (len(now - owed), len(owed - now)) == (lever.gained, lever.lost)


@pytest.mark.parametrize("file", DECIDED, ids=lambda file: file.stem)
def test_what_would_open_the_class_does(file: Path, base: RuleBase) -> None:
    for steps in search(file).opening:
        assert applied(base, file, steps).headline == "undetermined", steps


@pytest.mark.parametrize("file", DECIDED, ids=lambda file: file.stem)
def test_only_answers_given_are_changed_and_no_pair_holds_a_lever_of_one(file: Path, base: RuleBase) -> None:
    found = search(file)
    told = loaded(file).answers
    alone = {str(lever.steps[0]) for lever in found.levers if len(lever.steps) == 1}
    for lever in found.levers:
        assert all(fact in told for fact, _ in lever.steps)
        assert len(lever.steps) == 1 or not {str(step) for step in lever.steps} & alone


def test_a_lever_is_of_design_only_where_every_answer_is(base: RuleBase) -> None:
    for file in DECIDED:
        for lever in search(file).levers:
            kinds = {base.questions[fact].lever for fact, _ in lever.steps}
            assert (lever.kind == "design") is (kinds == {"design"})


def test_to_drop_an_area_of_use_is_a_choice_and_a_class_of_device_is_a_fact(base: RuleBase) -> None:
    recruitment = search(FOLDER / "recrutement-ia-generative.fr.yaml")
    assert (("areas", []),) in [lever.steps for lever in recruitment.levers if lever.kind == "design"]
    assert [{fact for fact, _ in steps} for steps in recruitment.opening][-1] == {"limited_tasks", "does_profiling"}
    device = search(FOLDER / "imagerie-medicale.fr.yaml")
    assert ("medical_device_class", "class_i") in [lever.steps[0] for lever in device.levers if lever.kind == "fact"]
    for fact in ("headcount", "annual_turnover_eur", "medical_device_class", "first_placed_on", "significant_risks"):
        assert base.questions[fact].lever == "fact"


@pytest.mark.parametrize(
    ("lang", "warns", "design"),
    [
        ("en", "does not change what it is", "Choices of design or intended purpose"),
        ("fr", "ne change pas ce qu'il est", "Choix de conception ou de destination"),
    ],
)
def test_the_page_warns_and_promises_no_compliance(lang: str, warns: str, design: str) -> None:
    file = FOLDER / "recrutement-ia-generative.fr.yaml"
    printed = CliRunner().invoke(main, ["levers", str(file), "--lang", lang, "--as-of", "2026-11-23"])
    text = " ".join(printed.output.split()).replace("’", "'")
    assert printed.exit_code == 0
    assert warns in text
    assert design in text
    assert "whatif areas-=employment" in text
    assert "compliant" not in text
    assert "conforme" not in text


def test_an_open_class_sends_to_the_open_questions() -> None:
    file = FOLDER / "entretiens-annuels.fr.yaml"
    printed = CliRunner().invoke(main, ["levers", str(file), "--as-of", "2026-11-23", "--lang", "en"])
    assert printed.exit_code == 0
    assert "aiact-check questions FILE --open" in " ".join(printed.output.split())
