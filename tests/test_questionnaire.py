"""`aiact-check questionnaire`: a blank that an editor helps with, and the duties to work on, added to a filled one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers, editor, form
from aiact_check.cli import main
from aiact_check.law.evaluate import Choices
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.reading.source import parse
from aiact_check.text import LANGUAGES, Language
from tests.conftest import TOP

EXAMPLE = TOP / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"
SPAM = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"


def run(*arguments: object, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["questionnaire", *map(str, arguments)])
    assert result.exit_code == exits, result.output
    return result


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    copy = tmp_path / "filled.yaml"
    copy.write_bytes(EXAMPLE.read_bytes())
    return copy


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_blank_is_printed_and_valid_as_it_is(base: RuleBase, lang: Language) -> None:
    printed = run("--lang", lang).stdout
    assert answers.understand(parse("blank", printed.encode()), base, "").answers == {}
    assert "$schema" not in printed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_says_how_it_is_answered_and_what_it_decides(base: RuleBase, lang: Language) -> None:
    blank = form.blank(base, lang)
    decides = {"en": "Decides: ", "fr": "Sert à établir : "}[lang].replace(" :", "\u00a0:")
    assert blank.count(f"  # {decides}") == len(base.questions)
    for fact, question in base.questions.items():
        sample = re.search(rf"^  #   .*: {fact}: (.+)$", blank, re.MULTILINE)
        assert sample, fact
        content = f"company: {{ name: A }}\nsystem: {{ name: B }}\nanswers: {{ {fact}: {sample[1]} }}\n"
        answer = answers.understand(parse("one", content.encode()), base, "").answers[fact]
        assert answer not in (None, Choices(frozenset())), fact
        assert normalise(question, "unknown") is None


def test_what_a_question_decides_is_read_off_the_rules(base: RuleBase) -> None:
    decided = form.decided(base)
    assert "Annex III, pt 4(a)" in decided["employment_uses"].en
    assert decided["technique"].en.startswith("AI system, Art. 3(1)")
    assert "which of" in decided["areas"].en


def test_an_editor_finds_the_schema_beside_the_blank(base: RuleBase, tmp_path: Path) -> None:
    said = run("-o", tmp_path / "mine.yaml", "--lang", "en").output
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", (tmp_path / "mine.yaml").read_text(encoding="utf-8"))
    assert named
    assert json.loads((tmp_path / named[1]).read_text(encoding="utf-8")) == editor.answers(base)
    assert str(tmp_path / named[1]) in said


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine")
    assert "--force" in run("-o", tmp_path / "mine.yaml", exits=2).output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    (tmp_path / "answers.schema.json").write_text("theirs")
    assert "--force" in run("-o", tmp_path / "other.yaml").output
    assert (tmp_path / "answers.schema.json").read_text() == "theirs"


def test_duties_are_added_and_all_else_stays(base: RuleBase, filled: Path) -> None:
    said = run("--duties", filled, "--as-of", "2026-11-23").output
    text = filled.read_text(encoding="utf-8")
    assert text.startswith(EXAMPLE.read_text(encoding="utf-8"))
    work = answers.load(filled, base).work
    assert {entry.status for entry in work.values()} == {"not-started"}
    assert f"{len(work)} obligations ajoutées" in said
    assert re.search(
        r"# Informer les travailleurs ; déployeur ; art\. 26, par\. 7 ; .*\n  art-26/7:\n    status",
        text.replace("\u00a0", " "),
    )
    before = filled.read_bytes()
    assert "rien n’a été écrit" in run("--duties", filled, "--as-of", "2026-11-23").output
    assert filled.read_bytes() == before


def test_duties_listed_already_are_untouched_and_what_wants_a_look_is_said(filled: Path) -> None:
    mine = (
        "\n# Our list\ncompliance:\n  art-26/7: { status: done }  # by HR\n"
        "  art-26/6: { status: partly, due: 2026-11-01 }\n  art-50/1: { status: planned }\n"
    )
    filled.write_text(EXAMPLE.read_text(encoding="utf-8") + mine, encoding="utf-8")
    said = run("--duties", filled, "--as-of", "2026-11-23", "--lang", "en").output
    assert mine in filled.read_text(encoding="utf-8")
    assert "(art-26/7): done, but without evidence" in said
    assert "(art-26/6): not done, though it was due on 1 November 2026" in said.replace("\u00a0", " ")
    assert "(art-50/1): listed, but not owed" in said


@pytest.mark.parametrize(("lang", "says"), [("en", "done without evidence: 1"), ("fr", "faites sans preuve : 1")])
def test_the_summary_of_an_assessment_points_it_out(tmp_path: Path, lang: str, says: str) -> None:
    file = tmp_path / "spam.yaml"
    file.write_text(f"{SPAM.read_text(encoding='utf-8')}\ncompliance:\n  art-4/literacy: {{ status: done }}\n")
    result = CliRunner().invoke(main, ["assess", str(file), "-o", str(tmp_path / "x.json"), "--lang", lang])
    assert says in result.output.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_list_of_duties_and_a_blank_are_not_asked_for_at_once(filled: Path) -> None:
    run("--duties", filled, "-o", filled.with_name("x.yaml"), exits=2)
    assert filled.read_bytes() == EXAMPLE.read_bytes()
