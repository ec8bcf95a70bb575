"""Who is competent hangs on the country: France is recorded, others are said not to be, a file adds one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from aiact_check.reporting import report
from tests.conftest import TODAY, TOP, Assess
from tests.test_law import HIRING, USER

GERMANY = """\
authorities:
  - name: { en: Drill, fr: Exercice }
    says: { en: "Supervises, in this drill.", fr: "Surveille, dans cet exercice." }
    serves: [annex-iii/4-a]
    status: in-force
    source: { en: A law gazette, fr: Un journal officiel }
    link: https://example.eu/gazette
    dated: 2026-11-01
    when: { fact: established_in_states, has: germany }
"""
HIRES = USER + HIRING + "does_profiling: true\n"


def named(found: Assessment) -> dict[str, str]:
    return {entry["name"]["en"]: entry["status"] for entry in found["authorities"]}


@pytest.mark.parametrize(
    ("lines", "french", "others"),
    [
        ("established_in_france: true", True, False),
        ("established_in_france: false", False, True),
        ("established_in_france: true\nestablished_in_states: []", True, False),
        ("established_in_france: true\nestablished_in_states: [malta]", True, True),
        ("established_in_france: false\nestablished_in_states: [germany, malta]", False, True),
        ("", False, False),
    ],
)
def test_france_reads_as_before_and_the_others_are_said_not_to_be_recorded(
    lines: str, french: bool, others: bool, assess: Assess
) -> None:
    found = named(assess(HIRES + lines))
    assert ("CNIL" in found) is french
    assert (found.get("Authorities of other Member States") == "not-recorded") is others


def test_the_list_of_the_commission_is_linked(assess: Assess) -> None:
    found = assess(HIRES + "established_in_france: false")
    link = next(entry["link"] for entry in found["authorities"] if entry["status"] == "not-recorded")
    assert link.startswith("https://digital-strategy.ec.europa.eu/")
    assert f'href="{link}"' in report.html(found, "en")
    assert f"](<{link}>)" in report.markdown(found, "fr")


def test_a_body_of_the_union_has_its_own_supervisor(assess: Assess) -> None:
    body = HIRES + "is_public_body: true\nis_union_institution: "
    assert named(assess(body + "true"))["European Data Protection Supervisor"] == "in-force"
    assert "European Data Protection Supervisor" not in named(assess(body + "false"))


@pytest.fixture(scope="module")
def germany(tmp_path_factory: pytest.TempPathFactory) -> RuleBase:
    """The rule base with a file for another country, and nothing else changed."""
    root = tmp_path_factory.mktemp("country")
    shutil.copytree(TOP / "rules", root / "rules")
    shutil.copytree(TOP / "questionnaires" / "questions", root / "questionnaires" / "questions")
    (root / "rules" / "surroundings" / "de.yaml").write_text(GERMANY, encoding="utf-8")
    return rulebase.load(root)


@pytest.mark.parametrize(("states", "shown"), [("[germany]", True), ("[malta]", False)])
def test_a_country_is_added_by_a_file(germany: RuleBase, states: str, shown: bool) -> None:
    lines = (HIRES + f"established_in_states: {states}").strip().replace("\n", "\n  ")
    content = f"company: {{ name: A }}\nsystem: {{ name: B }}\nanswers:\n  {lines}\n"
    told = answers.understand(parse("x", content.encode()), germany, "")
    assert ("Drill" in named(document.assess(germany, told, TODAY))) is shown


def test_each_country_shows_nothing_without_its_own_question(base: RuleBase) -> None:
    for file in sorted((TOP / "rules" / "surroundings").glob("*.yaml")):
        for part in ("help", "authorities"):
            for entry in parse(file.name, Path(file).read_bytes()).data.get(part, []):
                assert file.stem == "union" or "established_in" in str(entry["when"]), entry["name"]
