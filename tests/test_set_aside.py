"""An answer whose question no longer arises is set aside: said, shown, and without effect."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from aiact_check.answering import answers
from aiact_check.answering.answers import Told
from aiact_check.asking.dialogue import Dialogue
from aiact_check.assessing import document
from aiact_check.cli import main
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import parse
from aiact_check.reporting import report
from tests.conftest import EXAMPLES, TODAY, Assess

TEXT = """\
company: { name: A }
system: { name: B }
answers:
  areas: [education]
  employment_uses: [recruitment_or_selection]
"""


def test_it_is_said_where_it_stands_and_the_rest_is_assessed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(TEXT)
    done = CliRunner().invoke(main, ["assess", str(file), "-o", str(tmp_path / "a.json"), "--lang", "en"])
    assert done.exit_code == 0
    assert f"{file}:5:3: `employment_uses` does not arise after the answer to `areas`" in done.output


@pytest.mark.parametrize(
    ("lang", "says", "first"),
    [("en", "Set aside", "One answer was set aside"), ("fr", "Mise de côté", "Une réponse a été mise de côté")],
)
def test_the_report_shows_on_page_one_that_it_does_not_count(lang: str, says: str, first: str, base: RuleBase) -> None:
    told = answers.understand(parse("x", TEXT.encode()), base, "")
    found = document.assess(base, told, TODAY)
    (shown,) = [answer for answer in found["answers"] if answer["aside"]]
    assert shown["fact"] == "employment_uses"
    page = report.html(found, lang)  # type: ignore[arg-type]
    assert says in page
    assert first in page[: page.index('id="reasoning"')]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(EXAMPLES), st.data())
def test_it_never_changes_a_verdict(file: Path, data: st.DataObject) -> None:
    base = rulebase.load()
    source = parse(file.name, file.read_bytes())
    told = source.data["answers"]
    fact = data.draw(st.sampled_from([fact for fact in told if isinstance(told[fact], list)]))
    told[fact] = []
    try:
        with_strays = answers.understand(source, base, "")
    except Problems:
        return  # a contradiction, which is refused
    for stray in with_strays.aside:
        del told[stray]
    without = answers.understand(source, base, "")
    assert without.answers == with_strays.answers


def test_an_answer_in_an_interview_leaves_it_in_the_file_and_may_bring_it_back(base: RuleBase) -> None:
    dialogue = Dialogue(base, TODAY, TEXT)
    dialogue.take("technique", Told(value=["learns_from_data"]))
    assert "employment_uses: [recruitment_or_selection]" in dialogue.content
    assert "employment_uses" not in dialogue.questionnaire.answers
    dialogue.take("areas", Told(value=["employment"]))
    assert "employment_uses" in dialogue.questionnaire.answers


def test_no_output_that_anybody_uses_is_no_ai_system(assess: Assess) -> None:
    found = assess(
        "technique: [learns_from_data]\noutput_producer: software_by_itself\nsystem_outputs: []\n"
        "provides_model: []\norganisation: business_or_body"
    )
    assert found["classification"]["headline"] == "not-an-ai-system"
