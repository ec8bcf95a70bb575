"""`diff` says what changed and puts each change down to an answer, the law, or a day that passed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.verdict import decide
from aiact_check.cli import main
from aiact_check.comparing import saved
from aiact_check.comparing.causes import Cause, Inquiry, Side
from aiact_check.comparing.outcome import Key, of_saved, of_verdict
from aiact_check.law.evaluate import Answers
from aiact_check.law.lawbook import RuleBase
from tests import agreement
from tests.conftest import EXAMPLES, TODAY, TOP

FOLDER = TOP / "questionnaires" / "examples"
RECRUITMENT = FOLDER / "recrutement-ia-generative.fr.yaml"
PRODUCT = FOLDER / "imagerie-medicale.fr.yaml"
CHATBOT = FOLDER / "chatbot-boutique.fr.yaml"
BEFORE, AFTER = date(2026, 7, 26), date(2026, 7, 27)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def said(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split()).replace("’", "'")


def given(base: RuleBase, file: Path) -> Answers:
    return answers.load(file, base).answers


def inquiry(base: RuleBase, old: tuple[Answers, date], new: tuple[Answers, date]) -> Inquiry:
    return Inquiry(base, Side(old[0], base.law(old[1])), Side(new[0], base.law(new[1])))


def save(base: RuleBase, file: Path, target: Path, day: date = TODAY) -> Path:
    target.write_text(document.as_json(document.assess(base, answers.load(file, base), day)), "utf-8")
    return target


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_facts_of_a_saved_assessment_are_those_of_its_verdict(file: Path, base: RuleBase, tmp_path: Path) -> None:
    read = saved.load(save(base, file, tmp_path / "x.json"))
    assert of_saved(read) == of_verdict(decide(base, given(base, file), TODAY), base.law(TODAY))
    taken, _, unread = saved.answers(base, read)
    assert (dict(taken), unread) == (dict(given(base, file)), [])


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_file_does_not_differ_from_itself(file: Path, base: RuleBase) -> None:
    assert inquiry(base, (given(base, file), TODAY), (given(base, file), TODAY)).changes() == []


def test_nothing_changed_is_said_and_is_no_failure(base: RuleBase, tmp_path: Path) -> None:
    file = save(base, RECRUITMENT, tmp_path / "a.json")
    assert "Nothing changed in the verdict: High risk." in said(file, file, "--lang", "en")
    assert "Rien n'a changé" in said(RECRUITMENT, RECRUITMENT)


def new_system(base: RuleBase) -> Answers:
    """The recruitment tool, first supplied so late that no rule on older systems saves it."""
    return {**given(base, RECRUITMENT), "first_placed_on": "2028-06-01"}


def test_the_day_of_the_amendment_moves_dates_because_the_law_changed(base: RuleBase) -> None:
    found = inquiry(base, (new_system(base), BEFORE), (new_system(base), AFTER))
    moved = [change for change in found.changes() if change.key.part == "date"]
    assert len(moved) > 5
    for change in moved:
        assert (change.old, change.new) == (("2026-08-02",), ("2027-12-02",))
        assert found.causes(change) == [Cause("milestone", "annex-iii-high-risk")]


def test_where_law_and_day_both_changed_each_change_has_its_own_cause(base: RuleBase) -> None:
    found = inquiry(base, (new_system(base), date(2026, 6, 1)), (new_system(base), date(2027, 12, 2)))
    causes = {change.key.part: found.causes(change) for change in found.changes() if change.key.name == "art-26/1"}
    assert causes == {"date": [Cause("milestone", "annex-iii-high-risk")], "begun": [Cause("day")]}


def test_a_wording_that_counts_older_systems_anew_is_a_cause_of_its_own(base: RuleBase) -> None:
    answered = given(base, FOLDER / "flux-electriques.fr.yaml")
    found = inquiry(base, (answered, BEFORE), (answered, AFTER))
    change = next(change for change in found.changes() if change.key == Key("duty", "art-9/1", "provider"))
    assert (change.old, change.new) == ("true", "unknown")
    assert Cause("rule", "art-111/2-annex-iii") in found.causes(change)


def test_a_day_that_passes_is_the_cause_where_the_law_stays(base: RuleBase) -> None:
    days = date(2026, 8, 1), date(2026, 8, 2)
    found = inquiry(base, (given(base, CHATBOT), days[0]), (given(base, CHATBOT), days[1]))
    begun = [change for change in found.changes() if change.key.part == "begun"]
    assert begun
    assert all(found.causes(change) == [Cause("day")] for change in begun)
    printed = said(CHATBOT, "--as-of", days[0], "--as-of", days[1], "--lang", "en")
    assert "a date passed between 1 August 2026 and 2 August 2026" in printed
    assert "the law changed" not in printed


def test_a_new_prohibition_comes_from_the_law(base: RuleBase) -> None:
    given_answers = agreement.told(agreement.CASES / "OMN" / "OMN-5ba-generator-no-safeguards.yaml")[1]
    found = inquiry(base, (given_answers, BEFORE), (given_answers, AFTER))
    headline = next(change for change in found.changes() if change.key == Key("headline"))
    assert headline.new == "prohibited"
    assert {cause.kind for cause in found.causes(headline)} == {"rule"}


def test_a_changed_answer_is_named_and_one_that_does_not_matter_is_not(base: RuleBase) -> None:
    old = dict(given(base, RECRUITMENT))
    new = {**old, "is_public_body": True, "headcount": 86}
    found = inquiry(base, (old, TODAY), (new, TODAY))
    causes = {change.key: found.causes(change) for change in found.changes()}
    assert causes[Key("duty", "art-27/1", "deployer")] == [Cause("answer", "is_public_body")]
    assert all(Cause("answer", "headcount") not in cause for cause in causes.values())


def test_an_answer_and_the_law_can_be_causes_together(base: RuleBase) -> None:
    old = dict(given(base, RECRUITMENT))
    new = {**old, "is_public_body": True}
    found = inquiry(base, (old, date(2026, 6, 1)), (new, TODAY))
    causes = {change.key: found.causes(change) for change in found.changes()}
    assert causes[Key("duty", "art-27/1", "deployer")] == [Cause("answer", "is_public_body")]
    assert causes[Key("date", "art-26/7", "deployer")] == [Cause("milestone", "annex-iii-high-risk")]


def test_where_two_answers_are_each_enough_both_are_named(base: RuleBase) -> None:
    old = dict(given(base, RECRUITMENT))
    new = {**old, "is_public_body": True, "provides_public_services": True}
    found = inquiry(base, (old, TODAY), (new, TODAY))
    duty = next(change for change in found.changes() if change.key == Key("duty", "art-27/1", "deployer"))
    assert set(found.causes(duty)) == {Cause("answer", "is_public_body"), Cause("answer", "provides_public_services")}


def test_questionnaires_and_their_saved_assessments_differ_alike(base: RuleBase, tmp_path: Path) -> None:
    changed = tmp_path / "changed.yaml"
    changed.write_text(RECRUITMENT.read_text("utf-8").replace("is_public_body: false", "is_public_body: true"), "utf-8")
    first, second = save(base, RECRUITMENT, tmp_path / "1.json"), save(base, changed, tmp_path / "2.json")
    printed = said(first, second, "--lang", "en")
    assert printed == said(RECRUITMENT, changed, "--as-of", TODAY, "--lang", "en")
    assert "an answer changed. Public body: was no, now yes" in printed


def test_another_rule_base_is_said_to_have_changed_as_well(base: RuleBase, tmp_path: Path) -> None:
    first, second = save(base, RECRUITMENT, tmp_path / "1.json"), tmp_path / "2.json"
    other = json.loads(first.read_text("utf-8"))
    other["law"]["rules_hash"] = "0" * 64
    other["duties"] = [duty for duty in other["duties"] if duty["id"] != "art-26/7"]
    second.write_text(json.dumps(other), "utf-8")
    printed = said(second, first, "--lang", "en")
    assert "The rule base changed as well" in printed
    assert "[art-26/7] Cause: the rule base changed as well" in printed


def test_one_questionnaire_on_two_days_in_both_languages() -> None:
    days = ("--as-of", "2026-06-01", "--as-of", "2026-11-23")
    assert "the law changed. High-risk systems of Annex III: was 2 August 2026, now 2 December 2027" in said(
        RECRUITMENT, *days, "--lang", "en"
    )
    assert "le droit a changé. Systèmes à haut risque de l'annexe III : auparavant le 2 août 2026" in said(
        RECRUITMENT, *days
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([RECRUITMENT], "Name a second file"),
        ([RECRUITMENT, "--as-of", "2026-06-01"], "Name a second file"),
        ([RECRUITMENT, RECRUITMENT, *["--as-of", "2026-06-01"] * 3], "at most twice"),
        (["x.json", "y.json", "--as-of", "2026-06-01"], "keeps its own day"),
    ],
)
def test_wrong_usage(arguments: list[object], says: str) -> None:
    result = run(*arguments, "--lang", "en")
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", '{"schema": 1', "[" * 100_000, '{"schema": 2}', "\udcff"],
    ids=["empty", "list", "object", "null", "cut", "deep", "other", "bytes"],
)
def test_a_file_that_is_no_assessment_is_a_problem_said_plainly(content: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    result = run(file, file, "--lang", "en")
    assert result.exit_code == 1
    assert f"{file}:1:1: not an assessment saved by aiact-check" in result.output
    assert "Traceback" not in result.output


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert run(tmp_path / "no.json", tmp_path / "no.json").exit_code == 1
