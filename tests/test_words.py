"""Every sentence for a company is there in both languages, is used, and is written as its language is."""

from __future__ import annotations

import ast
import gettext
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from aiact_check import generate
from aiact_check.cli import main, spoken
from aiact_check.text import sentences
from tests.conftest import TOP

CLICK_UNMET = re.compile(
    # Mistakes of programmers, prompts, and parameters of sorts that no command has.
    r"Could not determine|No options defined|Arguments take exactly|Name '|Boolean option|Value must be|Takes |"
    r"\{len_type\}|DeprecationWarning|deprecated|env var|\(dynamic\)|Invalid start|Argument \{|UUID|boolean|"
    r"executable|Choice\(|Missing \{|Missing parameter:|do not match|does not match|Do you want|Confirm|%\(prog"
)
WRONG: tuple[list[str], ...] = (
    [], ["assess"], ["asess"], ["--frob"], ["assess", "--forc", "x"], ["assess", "x", "y", "z"], ["assess", "x", "y"],
    ["assess", "x", "--format", "doc"], ["assess", "x", "--output"], ["assess", "--force=1", "x"], ["rules", "shw"],
    ["rules", "diff", "2026-08-02"], ["rules", "--lang", "de"],
)  # fmt: skip

EXAMPLES = TOP / "questionnaires" / "examples"
FRENCH_PAGES = [*(TOP / "docs").glob("*.fr.md"), TOP / "questionnaires" / "occitanie" / "README.md"]
SPAM = EXAMPLES / "spam-filter.en.yaml"

VOICES = {
    name for file in (TOP / "src").rglob("*.py") for name in re.findall(r'Voice\("(\w+)"', file.read_text("utf-8"))
}
"""The keys below which a room finds its sentences."""
KEY = re.compile(r"(\w|\\\.|\(\.\+\))+")


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@cache
def constants() -> tuple[set[str], set[str]]:
    """Every text in the code, and every pattern of one with parts to fill."""
    texts, patterns = set(), set()
    for file in (TOP / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else "(.+)" for p in node.values)
                patterns.add("".join(parts))
    return texts, {
        pattern for pattern in patterns if re.search(r"\w", pattern.replace("(.+)", "")) and KEY.fullmatch(pattern)
    }


def looked_up() -> set[str]:
    """By the command line in French, whatever a user asks: each help and each wrong usage."""
    asked: set[str] = set()

    def one(domain: str, message: str) -> str:
        asked.add(message)
        return message

    def many(domain: str, singular: str, plural: str, n: int) -> str:
        asked.update((singular, plural))
        return singular if n == 1 else plural

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gettext, "dgettext", one)
        patch.setattr(gettext, "dngettext", many)
        for words in (*WRONG, *([*path, "--help"] for path, _ in commands(main, ()))):
            CliRunner().invoke(main, words)
    return asked


def commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from commands(below, (*path, name))


@pytest.mark.parametrize("key", sentences())
def test_both_languages_have_the_same_slots(key: str) -> None:
    both = sentences()[key]
    assert both.en.strip()
    assert both.fr.strip()
    assert slots(both.en) == slots(both.fr)


@pytest.mark.parametrize("key", [key for key in sentences() if not key.startswith(generate.SPOKEN)])
def test_every_sentence_is_said_somewhere(key: str) -> None:
    texts, patterns = constants()

    def built(part: str) -> bool:
        filled = (found.groups() for pattern in patterns if (found := re.fullmatch(pattern, part)))
        return bool({part, part.replace("_", "-")} & texts) or any(all(map(built, parts)) for parts in filled)

    room, _, rest = key.partition(".")
    assert built(key) or (room in VOICES and built(rest))


def test_the_command_line_says_all_of_its_words_in_french_and_has_no_others() -> None:
    asked = looked_up()
    known = {text.en for key, text in sentences().items() if key.startswith(generate.SPOKEN)}
    known.add(sentences()["cli.click.path"].fr.upper())  # click names a type in the language its command is loaded in
    ours = {text.en for key, text in sentences().items() if key.startswith("cli.help.")}
    untranslatable = {word for word in asked if re.fullmatch(r"\[[a-z|]+\]|ID", word)}
    assert asked - known - untranslatable == set()
    assert ours - asked == set()


def test_click_has_no_words_a_user_meets_that_we_lack() -> None:
    here = Path(click.__file__).parent
    theirs = set()
    for name in ("core", "exceptions", "formatting", "parser", "types"):
        for node in ast.walk(ast.parse((here / f"{name}.py").read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                theirs |= {
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    known = {text.en for key, text in sentences().items() if key.startswith("cli.")}
    assert {word for word in theirs if not CLICK_UNMET.search(word)} - known == set()
    assert {text.en for key, text in sentences().items() if key.startswith("cli.click.")} - theirs == {"required"}


def test_every_command_speaks_both_languages() -> None:
    for _, command in commands(main, ()):
        assert isinstance(command, spoken.Command)
        assert {"--lang"} & {option for parameter in command.params for option in parameter.opts}
        assert all(isinstance(parameter, (spoken.Option, spoken.Argument)) for parameter in command.params)


def test_apostrophes_are_written_plain_and_set_when_they_are_read() -> None:
    for file in ("questionnaires/words.yaml", "reports/words.yaml"):
        assert not re.search(r"\w’", (TOP / file).read_text("utf-8"))


def test_a_list_of_commands_says_of_each_a_whole_sentence() -> None:
    for path in ([], ["rules"]):
        for lang in ("en", "fr"):
            listed = CliRunner().invoke(main, [*path, "--lang", lang, "--help"]).output
            assert "..." not in listed.partition("\n")[2]


@pytest.mark.parametrize("page", FRENCH_PAGES, ids=lambda page: page.stem)
def test_the_pages_in_french_are_set_as_french_is(page: Path) -> None:
    written = re.sub(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|<!--.*?-->", "x", page.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\w'\w|[^\s:] [;:!?»](?!\S)|« |«\w", written)


@pytest.mark.parametrize("key", sentences())
def test_french_is_set_as_french_is(key: str) -> None:
    french = re.sub(r"`[^`]*`|\{\w+\}", "x", sentences()[key].fr)
    assert not re.search(r"[^\u00a0][;!?»]|[^\u00a0]:(?=\s|$)", french), "a no-break space before these"
    assert not re.search(r"«(?!\u00a0)", french)
    assert not re.search(r"\w'[\w{]", french)
    assert not re.search(r'\.\.\.(?!$)|"', french)


def test_what_was_inserted_later_is_cited_as_french_cites_it() -> None:
    for file in (TOP / "rules").rglob("*.yaml"):
        written = file.read_text("utf-8")
        assert not re.search(r"\b(article|articles|paragraphe)\s+\d+[a-e]\b", written), file
        if file.parent.name == "provisions":
            cites = re.findall(r'fr: "([^"]*)"', written)
            assert cites
            assert [cite for cite in cites if re.search(r"\d[a-e]\b|\(|subpara", cite)] == []


def said_in_french(folder: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """What every command prints or writes of a system whose questionnaire has no words of its own, in French."""
    asked = yaml.safe_load((EXAMPLES / "recrutement-ia-generative.fr.yaml").read_text("utf-8"))
    plain = {fact: told.get("answer") if isinstance(told, dict) else told for fact, told in asked["answers"].items()}
    file, bad, report = (str(folder / name) for name in ("a.yaml", "bad.yaml", "a.pdf"))
    told = {"lang": "fr", "company": {"name": "A"}, "system": {"name": "B"}}
    Path(file).write_text(yaml.safe_dump(told | {"answers": {**plain, "does_profiling": None}}), "utf-8")
    Path(bad).write_text(yaml.safe_dump(told | {"answers": {"technique": "x", "areas": 3}, "answer": 1}), "utf-8")
    day = ("--as-of", "2026-11-23")
    for words in (
        ("assess", str(SPAM), "-o", report, "--lang", "fr", *day), ("assess", bad),
        ("assess", file, "-o", "-", "--format", "md", *day),
        ("extract", report, "-o", str(folder / "out")), ("assess", report), ("assess", file, "-o", report),
        ("explain", file, *day), ("explain", file, "art-26/7", *day), ("whatif", file, "does_profiling=false", *day),
        ("levers", file, *day), ("questions", file, *day), ("questions", file, "--open", *day),
        ("questions", file, "--ask", "vendor", *day), ("draft", file, *day), ("merge", file, bad),
        ("draft", file, "notice-workers", "-o", "-", *day), ("diff", file, *day, "--as-of", "2028-01-01"),
        ("inventory", str(folder), *day), ("due", str(folder), *day), ("questionnaire",), ("rules", "annex"),
        ("questionnaire", "--duties", file, *day), ("rules", "show", "annex-iii/4-a"), ("rules", "show", "annex-iii"),
        ("rules", "diff", "2026-01-01", "2027-01-01"), ("rules", "coverage"), ("rules", "status"), ("interview", file),
        *WRONG, *([*path, "--help"] for path, _ in commands(main, ())),
    ):  # fmt: skip
        yield tuple(words), CliRunner().invoke(main, list(words), env={"LC_ALL": "fr_FR.UTF-8"}, input="?q\n").output


def test_every_command_prints_french_as_it_is_set(tmp_path: Path) -> None:
    for words, output in said_in_french(tmp_path):
        french = re.sub(r"`[^`]*`|'[^' ]*'|\{.*\}|https?://\S+", "x", output.replace(str(tmp_path), ""))
        found = re.search(r".{0,40}(\w'\w|[^\s:] [;:!?»](?!\S)|« |«\w).{0,40}", french)
        assert (found[0] if found else "") == "", words


def test_an_english_report_has_no_space_before_a_semicolon(tmp_path: Path) -> None:
    for form in ("md", "html"):
        report = tmp_path / f"a.{form}"
        assert CliRunner().invoke(main, ["assess", str(SPAM), "-o", str(report)]).exit_code == 0
        written = re.sub(r"<style>.*?</style>", "", report.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r".{0,40}\w\s[;?!](?!\S)", written)
