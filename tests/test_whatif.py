"""`whatif` compares the verdict with the one other answers would give, and is open about what these rule out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers, together
from aiact_check.assessing.verdict import decide
from aiact_check.cli import main
from aiact_check.comparing import supposition
from aiact_check.comparing.outcome import changes, of_verdict
from aiact_check.comparing.supposition import Mistaken
from aiact_check.law.lawbook import RuleBase
from tests.conftest import EXAMPLES, TODAY, TOP

FOLDER = TOP / "questionnaires" / "examples"
RECRUITMENT = FOLDER / "recrutement-ia-generative.fr.yaml"
PRODUCT = FOLDER / "imagerie-medicale.fr.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["whatif", *map(str, arguments), "--as-of", "2026-11-23"])


def said(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split()).replace("’", "'")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_to_change_nothing_changes_nothing(file: Path, base: RuleBase) -> None:
    told = answers.load(file, base)
    same = {fact: entry.value for fact, entry in told.told.items() if entry.value is not None}
    supposed = supposition.suppose(base, told, same)
    assert supposed.aside == ()
    law = base.law(TODAY)
    before, after = (of_verdict(decide(base, each.answers, TODAY), law) for each in (told, supposed.questionnaire))
    assert changes(before, after) == []


def test_the_headline_the_duties_and_the_fine_before_and_after() -> None:
    printed = said(RECRUITMENT, "areas-=employment", "--lang", "en")
    assert "Before: High-risk system" in printed
    assert "Class: was High risk, now Transparency" in printed
    assert "12 duties fewer that hung on open answers" in printed
    assert "[art-26/7]" in printed
    assert "was EUR 282,000, now none" in printed
    assert "does not change what it is" in printed
    assert "compliant" not in printed


def test_answers_to_questions_that_no_longer_arise_are_set_aside_and_named() -> None:
    printed = said(RECRUITMENT, "areas-=employment", "--lang", "en")
    assert (
        "Uses at work (`employment_uses`): the question no longer arises, after the answer to: Areas of use." in printed
    )


def test_an_answer_that_contradicts_the_changed_one_is_set_aside_as_open(base: RuleBase) -> None:
    file = FOLDER / "emotions-equipe.fr.yaml"
    told = answers.load(file, base)
    left = [area for area in told.told["areas"].value if area != "biometrics"]
    supposed = supposition.suppose(base, told, {"areas": left})
    gone = {item.fact: item.contradiction for item in supposed.aside}
    assert gone.keys() == {"biometric_functions"} or "biometric_functions" in gone
    assert "biometric_functions" not in supposed.questionnaire.answers
    assert list(together.contradicted(base, supposed.questionnaire.answers)) == []
    assert list(together.ruled_out(base, supposed.questionnaire.answers)) == []


def test_a_role_gained_and_duties_that_come_with_it() -> None:
    printed = said(RECRUITMENT, "company_activities+=resells", "--lang", "en")
    assert "Distributor: was no, now yes" in printed
    assert "[art-24/" in printed


def test_a_duty_moved_in_date_says_both_days() -> None:
    printed = said(PRODUCT, "significant_design_change_on=2029-03-01", "--lang", "en")
    assert "was 2 October 2028, now 1 March 2029" in printed


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("does_profiling=non", False),
        ("does_profiling=Oui", True),
        ("does_profiling=false", False),
        ("does_profiling=inconnu", "unknown"),
        ("areas=employment,education", ["employment", "education"]),
        ("areas=[employment, education]", ["employment", "education"]),
        ("areas=[]", []),
        ("areas=", []),
        ("areas+=education", ["employment", "education"]),
        ("areas-=employment", []),
        ("content_seen_by=machines_only", "machines_only"),
        ("headcount=1 250", 1250),
        ("headcount=1\u202f250", 1250),
        ("first_placed_on=2025-09-15", "2025-09-15"),
        ("biometric_functions+=emotions", ["unknown", "emotions"]),
    ],
)
def test_answers_as_people_write_them(base: RuleBase, change: str, value: object) -> None:
    told = answers.load(RECRUITMENT, base).told
    (read,) = supposition.read(base, told, [change]).values()
    assert read == value


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("does_profilin=true", "Did you mean `does_profiling`?"),
        ("zzz=true", "There is no question `zzz`."),
        ("does_profiling=perhaps", "takes true, false or unknown, not `perhaps`"),
        ("content_seen_by=nobody", "takes one of these, not `nobody`: machines_only,"),
        ("areas=emploi", "Did you mean `employment`?"),
        ("headcount=many", "whole number"),
        ("headcount=-3", "whole number"),
        ("first_placed_on=2026-02-30", "a day that exists"),
        ("areas+=employment", "already part"),
        ("areas-=education", "not part"),
        ("headcount+=3", "takes one answer"),
        ("nonsense", "write fact=value"),
        ("travel_documents_only=true", "does not arise after the answer to areas"),
    ],
)
def test_mistakes_are_wrong_usage_and_say_what_is_expected(change: str, says: str) -> None:
    result = run(RECRUITMENT, change, "--lang", "en")
    assert result.exit_code == 2
    assert says in result.output
    assert "Traceback" not in result.output


def test_all_mistakes_are_said_at_once_and_in_french_too() -> None:
    result = run(RECRUITMENT, "does_profilin=oui", "areas=emploi", "headcount=beaucoup")
    assert result.exit_code == 2
    lines = [line for line in result.output.splitlines() if "«" in line]
    assert len(lines) == 3


def test_new_answers_that_contradict_each_other_are_refused(base: RuleBase) -> None:
    told = answers.load(RECRUITMENT, base)
    with pytest.raises(Mistaken) as found:
        supposition.suppose(base, told, {"areas": [], "biometric_functions": ["emotions"]})
    assert len(found.value.says) == 1


def test_the_questionnaire_stays_as_it_is() -> None:
    before = RECRUITMENT.read_bytes()
    run(RECRUITMENT, "areas-=employment")
    assert RECRUITMENT.read_bytes() == before
