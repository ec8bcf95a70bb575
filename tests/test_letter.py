"""A letter asks one person exactly the open questions they usually know, to be answered line by line."""

from __future__ import annotations

import io
import typing
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from aiact_check.cli import main
from aiact_check.cli.questions import PEOPLE
from aiact_check.drafting import letter
from aiact_check.law.asked import Person
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import Language
from tests.conftest import TOP, Assess

TWIN = TOP / "questionnaires" / "examples" / "jumeau-numerique-avion.fr.yaml"
HIRING = TOP / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"


def run(file: Path, *options: object, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["questions", str(file), "--as-of", "2026-11-23", *map(str, options)])
    assert result.exit_code == exits, result.output
    return result


def test_the_command_offers_the_people_of_the_rules() -> None:
    assert typing.get_args(Person) == PEOPLE


def test_every_open_question_is_asked_of_somebody_and_only_of_who_knows(base: RuleBase, example: Assess) -> None:
    found = example("jumeau-numerique-avion.fr")
    asked: dict[str, set[str]] = {
        who: {each.fact for each in letter.letter(base, found, who, "en").asked} for who in typing.get_args(Person)
    }
    open_facts = {question["fact"] for question in found["open_questions"]}
    assert set().union(*asked.values()) == open_facts
    for who, facts in asked.items():
        assert facts == {fact for fact in open_facts if who in base.known_by(fact)}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Madame, Monsieur", "☐ oui", "☐ Je ne sais pas", "☐ rien de tel n’est décidé", "ne valent pas avis")),
        (
            "en",
            ("Dear Sir or Madam", "☐ yes", "☐ I do not know", "☐ nothing of the kind is decided", "no legal"),
        ),
    ],
)
def test_it_is_answered_by_ticking_and_not_knowing_is_a_line(lang: str, words: tuple[str, ...]) -> None:
    text = run(HIRING, "--ask", "vendor", "--lang", lang).output
    for word in (*words, "Candidéo", "`significant_design_change`"):
        assert word in text.replace("\u00a0", " ")


@pytest.mark.parametrize("suffix", ["docx", "md"])
def test_it_is_written_whole_and_never_over_another_file(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"letter.{suffix}"
    run(HIRING, "--ask", "vendor", "-o", target)
    first = target.read_bytes()
    assert "--force" in run(HIRING, "--ask", "vendor", "-o", target, exits=2).output or target.read_bytes() == first
    run(HIRING, "--ask", "vendor", "-o", target, "--force")
    assert target.read_bytes() == first
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_in_word_each_question_has_a_heading_and_its_lines(base: RuleBase, example: Assess, lang: Language) -> None:
    made = letter.letter(base, example("jumeau-numerique-avion.fr"), "it", lang)
    document = docx.Document(io.BytesIO(letter.docx(made)))
    headings = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 2"]
    assert headings == [f"{number}. {asked.ask}" for number, asked in enumerate(made.asked, 1)]
    texts = [each.text for each in document.paragraphs]
    assert all(line in texts for asked in made.asked for line in asked.lines)


def test_what_a_company_wrote_is_text(base: RuleBase, assess: Assess) -> None:
    found = assess("technique: unknown")
    hostile = {**found, "system": {"name": "<b>*x*</b> [a](http://b)\x07\u202e"}, "company": {"name": "![i](j)"}}
    made = letter.letter(base, hostile, "vendor", "en")
    text = letter.markdown(made)
    assert "<b>" not in text
    assert "[a](" not in text
    assert "![i]" not in text
    assert letter.docx(made).startswith(b"PK")


def test_where_there_is_nothing_to_ask_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "letter.docx"
    result = run(HIRING, "--ask", "hr", "-o", target)
    assert "No open question" in result.output or "Aucune question" in result.output
    assert not target.exists()


@pytest.mark.parametrize(
    "options", [("-o", "x.docx"), ("--ask", "vendor", "-o", "x.pdf"), ("--ask", "nobody"), ("--ask",)]
)
def test_wrong_usage(options: tuple[str, ...]) -> None:
    run(TWIN, *options, exits=2)


@pytest.mark.parametrize(("lang", "says"), [("en", "Usually known by"), ("fr", "Qui le sait d’habitude")])
def test_the_terminal_and_the_blank_form_say_who_usually_knows(lang: str, says: str) -> None:
    assert says in run(TWIN, "--open", "--lang", lang).output
    blank = (TOP / "questionnaires" / f"blank.{lang}.yaml").read_text(encoding="utf-8")
    assert blank.count(says) == blank.count("Decides:") + blank.count("Sert à établir")
