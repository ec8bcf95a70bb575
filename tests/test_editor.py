"""An editor with the YAML language server completes, explains and checks a questionnaire through its schema."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from aiact_check.law.lawbook import RuleBase
from aiact_check.text import LANGUAGES, printed
from tests.conftest import EXAMPLES, TOP
from tests.editor.server import Server

HERE = TOP / "tests" / "editor"
INSTALLED = TOP / "build" / "editor"
QUESTIONNAIRES = TOP / "questionnaires"
HEAD = """\
# yaml-language-server: $schema=answers.schema.json
lang: fr
company: { name: Atelier Cers }
system: { name: Tri optique }
answers:
"""
NUMBERS = count()

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed: the YAML language server runs on node"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The language server, installed from the lock file the first time."""
    lock, kept = HERE / "package-lock.json", INSTALLED / "package-lock.json"
    if not (INSTALLED / "node_modules").is_dir() or kept.read_bytes() != lock.read_bytes():
        INSTALLED.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, INSTALLED / name)
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "ci", *quiet], cwd=INSTALLED, check=True, timeout=300)
    running = Server(INSTALLED / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server")
    yield running
    running.close()


def opened(server: Server, body: str) -> tuple[Path, int, int]:
    """A questionnaire opened in the editor, and where the cursor `|` stands in it."""
    before, _, after = (HEAD + body).partition("|")
    file = QUESTIONNAIRES / f"draft-{next(NUMBERS)}.yaml"
    server.open(file, before + after)
    return file, before.count("\n"), len(before) - before.rfind("\n") - 1


def offered(server: Server, body: str) -> dict[str, dict[str, Any]]:
    return server.completions(*opened(server, body))


def shown(server: Server, body: str) -> str:
    return server.hover(*opened(server, body))


def complaints(server: Server, body: str) -> list[str]:
    file, _, _ = opened(server, body)
    return [found["message"] for found in server.diagnostics(file)]


def test_the_questions_are_offered_with_their_help(server: Server, base: RuleBase) -> None:
    items = offered(server, "  |\n")
    assert set(base.questions) <= set(items)
    for fact, question in base.questions.items():
        help_shown = str(items[fact]["documentation"])
        assert printed(question.ask, "fr") in help_shown
        assert question.help.en in help_shown


def test_what_is_answered_is_not_offered_again(server: Server) -> None:
    items = offered(server, "  does_profiling: true\n  |\n")
    assert "does_profiling" not in items
    assert "headcount" in items


@pytest.mark.parametrize("body", ["  areas: [|]\n", "  areas: [employment, |]\n", "  areas:\n    - |\n",
                                  "  areas:\n    answer: [|]\n", "  areas: { answer: [|] }\n"])  # fmt: skip
def test_the_choices_of_a_list_are_offered_with_their_meaning(server: Server, base: RuleBase, body: str) -> None:
    items = offered(server, body)
    assert set(items) == {*base.questions["areas"].choices, "unknown"}
    label = base.questions["areas"].choices["education"]
    assert items["education"]["documentation"] == f"{label.en} / {printed(label, 'fr')}"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("  organisation: |\n", {"business_or_body", "private_person", "unknown"}),
        ("  does_profiling: |\n", {"true", "false", "unknown"}),
        ("  does_profiling:\n    answer: |\n", {"true", "false", "unknown"}),
        ("  headcount: |\n", {"unknown"}),
        ("  does_profiling:\n    |\n", {"answer", "note", "by", "on"}),
        ("  does_profiling:\n    answer: true\n    |\n", {"note", "by", "on"}),
        ("compliance:\n  art-26/1:\n    status: |\n", {"done", "partly", "planned", "not-started", "does-not-apply"}),
        ("compliance:\n  |\n", {"art-26/1", "art-4/literacy"}),
    ],
)
def test_what_may_be_written_is_offered(server: Server, body: str, words: set[str]) -> None:
    assert words <= set(offered(server, body))


def test_the_commented_form_of_an_answer_is_offered_as_a_whole(server: Server) -> None:
    (snippet,) = (
        item for label, item in offered(server, "  does_profiling: |\n").items() if "réponse commentée" in label
    )
    assert snippet["insertText"].split() == ["answer:", "$1", "note:", "$2", "by:", "$3"]


@pytest.mark.parametrize("fact", ["areas", "does_profiling", "organisation", "headcount", "first_placed_on"])
@pytest.mark.parametrize("written", ["", " unknown"])
def test_hovering_over_a_question_shows_its_help_in_both_languages(
    server: Server, base: RuleBase, fact: str, written: str
) -> None:
    question = base.questions[fact]
    text = shown(server, f"  {fact[:2]}|{fact[2:]}:{written}\n")
    says = (question.label, question.ask, question.help)
    for part in [printed(said, lang) for said in says for lang in LANGUAGES]:
        assert part in text.replace("\\", "")


def test_hovering_over_a_choice_shows_what_it_means(server: Server, base: RuleBase) -> None:
    label = base.questions["areas"].choices["employment"]
    text = shown(server, "  areas: [emp|loyment]\n")
    assert f"`employment`: {label.en} / {printed(label, 'fr')}" in text


@pytest.mark.parametrize(
    "wrong",
    ["does_profiling: oui", "areas: [emploi]", "areas: employment", "organisation: association", "headcount: 8 M€",
     "headcount: -3", "does_profilling: true", "does_profiling: { answer: true, commentaire: x }",
     "does_profiling: { note: x }", "areas: [employment, employment]"],
)  # fmt: skip
def test_a_wrong_answer_is_underlined(server: Server, wrong: str) -> None:
    assert complaints(server, f"  {wrong}\n")


@pytest.mark.parametrize(
    "right",
    ["does_profiling: true", "does_profiling:", "areas: []", "areas: unknown", "headcount: 60",
     "first_placed_on: 2026-12-02",
     "organisation: business_or_body",
     "does_profiling: { answer: true, note: vu, by: Paul, on: 2026-11-23 }",
     "areas: { answer: [employment, unknown], note: à voir }"],
)  # fmt: skip
def test_a_right_answer_is_not(server: Server, right: str) -> None:
    assert complaints(server, f"  {right}\n") == []


@pytest.mark.parametrize("file", [*sorted(QUESTIONNAIRES.glob("blank.*.yaml")), *EXAMPLES], ids=lambda file: file.name)
def test_nothing_is_wrong_with_the_questionnaires_of_the_project(server: Server, file: Path) -> None:
    text = file.read_text("utf-8")
    assert "yaml-language-server: $schema=" in text
    server.open(file, text)
    assert server.diagnostics(file) == []
