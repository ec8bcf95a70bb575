"""`explain` opens a proof for a reader: what decides, who said so, what is open, what would have to be different."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.assessing.verdict import decide
from aiact_check.cli import main
from aiact_check.explaining import explanation
from aiact_check.law.lawbook import RuleBase
from aiact_check.wording.typeset import WIDTH
from tests.conftest import EXAMPLES, TODAY, TOP

FOLDER = TOP / "questionnaires" / "examples"
RECRUITMENT = FOLDER / "recrutement-ia-generative.fr.yaml"
SPAM = FOLDER / "spam-filter.en.yaml"
PRODUCT = FOLDER / "imagerie-medicale.fr.yaml"
OPEN = FOLDER / "entretiens-annuels.fr.yaml"


def run(*arguments: object, day: str = "2026-11-23") -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, arguments), "--as-of", day])


def said(*arguments: object, day: str = "2026-11-23") -> str:
    """What is printed, on one line, with plain spaces and apostrophes."""
    result = run(*arguments, day=day)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split()).replace("’", "'")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_example_is_explained_in_both_languages(file: Path, lang: str, base: RuleBase) -> None:
    printed = run(file, "--lang", lang)
    assert printed.exit_code == 0, printed.output
    verdict = decide(base, answers.load(file, base).answers, TODAY)
    for role in verdict.roles:
        assert f"[{role.finding.rule.id}]" in printed.output
    for tier in verdict.possible:
        found = [each.finding.rule.id for each in verdict.tiers if each.tier == tier]
        assert all(f"[{rule}]" in printed.output for rule in found)
    too_long = [line for line in printed.output.splitlines() if len(line) > WIDTH and " " in line.strip()]
    assert not too_long
    assert "{" not in printed.output


def test_rules_of_every_kind_can_be_explained(base: RuleBase) -> None:
    questionnaire = answers.load(PRODUCT, base)
    kinds = {rule.kind: rule.id for rule in base.rules.values()}
    for place, rule in enumerate([*kinds.values(), *sorted(base.rules)[::40]]):
        text = explanation.of_rule(base, questionnaire, TODAY, ("en", "fr")[place % 2], rule)
        assert f"[{rule}]" in text
        assert "{" not in text, rule


def test_a_rule_is_opened_once_and_pointed_to_after() -> None:
    printed = said(RECRUITMENT, "--lang", "en")
    assert printed.count("[in-scope]") == 1
    number = re.search(r"([\d.]+)\. Yes: Within the scope of the Act, [^\[]*\[in-scope\]", printed)
    assert number
    assert f"Within the scope of the Act: see {number[1]} above" in printed


def test_an_answer_comes_with_its_note_and_its_author_where_another_gave_it() -> None:
    printed = said(RECRUITMENT, "tiers/high-risk")
    assert (
        "Réponses de Nadia Ferrand, responsable des ressources humaines, 23 novembre 2026, sauf autre mention"
        in printed
    )
    assert "Profilage de personnes : oui" in printed
    assert "Note : La note de correspondance apprécie" in printed
    assert "Réponse de Nadia Ferrand" not in printed


def test_a_duty_says_for_whom_from_when_why_that_day_and_the_fine() -> None:
    printed = said(PRODUCT, "art-9/1", "--lang", "en")
    assert "This duty is owed." in printed
    assert "Provider: from 2 October 2028. Day set by: High-risk systems of Annex I, Art. 113(c)(ii)" in printed
    assert "http://data.europa.eu/eli/reg/2024/1689/2026-07-27#art_9" in printed
    assert "That day is 2 August 2028; the answers put it later." in printed
    assert "EUR 129,000" in printed
    assert "[roles/provider]" in printed


def test_a_moved_date_and_an_inferred_one_say_so(tmp_path: Path) -> None:
    file = tmp_path / "later.yaml"
    file.write_text(RECRUITMENT.read_text("utf-8").replace("answer: 2025-09-15", "answer: 2028-06-01"), "utf-8")
    moved = said(file, "art-26/1", "--lang", "en")
    assert "Deployer: from 2 December 2027. Day set by: High-risk systems of Annex III" in moved
    assert "As first published: 2 August 2026." in moved
    inferred = said(file, "art-86/1", "--lang", "en")
    assert "Day inferred from: High-risk systems of Annex III" in inferred
    assert "has no object before Article 6 makes a system high-risk" in inferred


@pytest.mark.parametrize(
    ("file", "rule", "says"),
    [
        (RECRUITMENT, "art-9/1", "Provider: not owed, the company does not have this role [roles/provider]."),
        (RECRUITMENT, "art-27/1", "Deployer: not owed, its conditions do not hold."),
        (SPAM, "art-26/7", "Deployer: not owed, its conditions do not hold."),
    ],
)
def test_a_duty_that_is_not_owed_says_why_not(file: Path, rule: str, says: str) -> None:
    printed = said(file, rule, "--lang", "en")
    assert "This duty is not owed." in printed
    assert says in printed
    assert "would have to be different" in printed


def test_a_duty_not_in_force_says_when_it_begins_or_ended() -> None:
    early = said(SPAM, "art-5/1-ba-use-duty", day="2026-01-23")
    assert "Not in force on that day: it begins on 27 July 2026, by Regulation (EU) 2026/1744." in early
    assert "No longer in force on that day: it ended on 27 July 2026" in said(SPAM, "art-10/5")


def test_an_exempted_duty_says_that_it_never_starts(tmp_path: Path) -> None:
    settled = RECRUITMENT.read_text("utf-8").replace(
        "answer: unknown\n    note: L'éditeur annonce", "answer: false\n    note: L'éditeur annonce"
    )
    file = tmp_path / "settled.yaml"
    file.write_text(settled, "utf-8")
    printed = said(file, "art-26/1", "--lang", "en")
    assert "never starts for it" in printed
    assert "Deployer: never. Placed on the market or put into service before these duties start" in printed


def test_an_open_rule_names_the_questions_that_decide_by_their_number(base: RuleBase) -> None:
    verdict = decide(base, answers.load(OPEN, base).answers, TODAY)
    numbers = {question.fact: number for number, question in enumerate(verdict.open_questions, 1)}
    printed = said(OPEN, "tiers/high-risk", "--lang", "en")
    assert "Open: these answers do not decide it." in printed
    for fact in ("does_profiling", "significant_risks"):
        assert f"Question {numbers[fact]} of the report" in printed
    assert "Open, would have to be no: No significant risk of harm" in printed


def test_open_readings_are_for_counsel_to_decide() -> None:
    assert "counsel must decide" in said(RECRUITMENT, "art-6/3", "--lang", "en")
    assert "un conseil doit trancher" in said(RECRUITMENT, "art-6/3")


def test_a_fine_is_worked_out() -> None:
    printed = said(RECRUITMENT, "art-99/4", "--lang", "en")
    assert "EUR 282,000. 3% of a turnover of EUR 9,400,000 is EUR 282,000" in printed


def test_an_unknown_rule_is_wrong_usage_with_the_nearest_one() -> None:
    result = run(RECRUITMENT, "art-26/77", "--lang", "en")
    assert result.exit_code == 2
    assert "There is no rule `art-26/77`. Did you mean `art-26/7`?" in result.output
    french = run(RECRUITMENT, "art-26/77").output.replace("\u202f", " ").replace("’", "'")
    assert "Vouliez-vous dire « art-26/7 » ?" in french
