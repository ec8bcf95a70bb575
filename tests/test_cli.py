"""The command line as a user meets it: what is written, what is printed, what it exits with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aiact_check import __version__
from aiact_check.cli import common, main
from tests.conftest import EXAMPLES, TOP

RECRUITMENT = TOP / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"
SPAM = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["assess", *map(str, arguments)])


@pytest.fixture
def questionnaire(tmp_path: Path) -> Path:
    copy = tmp_path / "spam.yaml"
    copy.write_bytes(SPAM.read_bytes())
    return copy


def test_without_options_a_pdf_lies_beside_the_questionnaire_and_the_summary_is_printed(questionnaire: Path) -> None:
    result = run(questionnaire, "--as-of", "2026-11-23")
    assert result.exit_code == 0, result.output
    written = questionnaire.with_suffix(".pdf")
    assert written.read_bytes().startswith(b"%PDF-")
    assert result.output.rstrip().endswith(str(written))
    assert "AI literacy" in result.output


@pytest.mark.parametrize("form", ["json", "html", "md"])
def test_the_suffix_picks_the_format(questionnaire: Path, form: str) -> None:
    target = questionnaire.with_name(f"report.{form}")
    assert run(questionnaire, "-o", target, "--as-of", "2026-11-23").exit_code == 0
    text = target.read_text(encoding="utf-8")
    begins = {"json": "{", "html": "<!DOCTYPE html>", "md": "# "}
    assert text.startswith(begins[form])


def test_dash_prints_and_only_that() -> None:
    result = run(SPAM, "-o", "-", "--format", "json", "--as-of", "2026-11-23")
    assert json.loads(result.stdout)["classification"]["headline"] == "minimal"


def test_an_existing_file_is_not_overwritten_unasked(questionnaire: Path) -> None:
    target = questionnaire.with_name("x.json")
    target.write_text("mine")
    refused = run(questionnaire, "-o", target)
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert target.read_text() == "mine"
    assert run(questionnaire, "-o", target, "--force").exit_code == 0
    assert target.read_text().startswith("{")


def test_a_questionnaire_is_not_overwritten_by_its_report(questionnaire: Path) -> None:
    assert run(questionnaire, "-o", questionnaire, "--format", "json").exit_code == 2
    assert questionnaire.read_bytes() == SPAM.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-o", "x.docx"], "none of pdf, html, json, md"),
        (["-o", "-"], "--format"),
        (["-o", "x.json", "--format", "pdf"], "disagree"),
        (["-o", "x.html", "--full"], "--full"),
        (["--as-of", "2026-02-30"], "2026-02-30"),
        (["--as-of", "2020-01-01"], "came into force on 2024-08-01"),
        (["--lang", "de"], "de"),
        (["--frobnicate"], "--frobnicate"),
    ],
)
def test_wrong_usage_exits_with_2_and_writes_nothing(questionnaire: Path, arguments: list[str], says: str) -> None:
    result = run(questionnaire, *arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert [path.name for path in questionnaire.parent.iterdir()] == [questionnaire.name]


def test_problems_exit_with_1_and_write_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("company: { name: A }\nsystem: { name: B }\nanswers: { does_profiling: oui, areas: emploi }\n")
    result = run(bad)
    assert result.exit_code == 1
    assert f"{bad}:3:28: `does_profiling` is answered with true, false or unknown, not `oui`" in result.output
    assert "2 problems found; nothing was written." in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["bad.yaml"]


def test_a_folder_that_cannot_be_written_to_is_said_plainly(questionnaire: Path) -> None:
    result = run(questionnaire, "-o", questionnaire.parent / "no" / "x.json")
    assert result.exit_code == 1
    assert "cannot be written" in result.output
    assert "Traceback" not in result.output


def test_same_answers_rules_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    for form in ("json", "html", "md", "pdf"):
        first, second = tmp_path / f"1.{form}", tmp_path / f"2.{form}"
        for target in (first, second):
            assert run(SPAM, "-o", target, "--as-of", "2026-11-23").exit_code == 0
        assert first.read_bytes() == second.read_bytes(), form


def test_the_language_is_the_questionnaires_own_unless_asked() -> None:
    assert json.loads(run(RECRUITMENT, "-o", "-", "--format", "json").stdout)["language"] == "fr"
    assert json.loads(run(RECRUITMENT, "-o", "-", "--format", "json", "--lang", "en").stdout)["language"] == "en"


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_example_makes_a_report_in_both_languages(file: Path, lang: str) -> None:
    result = run(file, "-o", "-", "--format", "md", "--lang", lang, "--as-of", "2026-11-23")
    assert result.exit_code == 0, result.output
    assert len(result.stdout) > 1500


FRENCH = {"LC_ALL": "fr_FR.UTF-8"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--help"], "Utilisation : aiact-check [OPTIONS] COMMANDE"),
        (["asess"], "La commande « asess » n’existe pas. Vouliez-vous dire 'assess' ?"),
        (["assess"], "Il manque l’argument 'RÉPONSES'."),
        (["assess", "x.yaml", "--frob"], "L’option « --frob » n’existe pas."),
        (["assess", "x.yaml", "-o", "x.docx"], "Le suffixe de x.docx n’est aucun de ceux-ci"),
        (["assess", "x.yaml", "--as-of", "2/12/2026"], "écrivez 2026-12-02"),
        (["assess", "x.yaml", "--as-of", "2020-01-01"], "ce fichier n’existe pas"),
        (["rules", "show", "annex-iii/4-z"], "Vouliez-vous dire `annex-iii/4-"),
        (["rules", "diff", "2026-08-02", "demain"], "`demain` n’est pas une date"),
    ],
)
@pytest.mark.parametrize("how", ["locale", "option"])
def test_a_french_user_is_answered_in_french(arguments: list[str], says: str, how: str) -> None:
    asked = [*arguments[:1], "--lang", "fr", *arguments[1:]] if how == "option" else arguments
    asked = ["--lang", "fr", *arguments] if how == "option" and arguments[0] in ("--help", "asess") else asked
    result = CliRunner().invoke(main, asked, env=FRENCH if how == "locale" else {"LC_ALL": "C.UTF-8"})
    assert says in result.output.replace("\n", " ").replace("\u00a0", " ")
    assert result.exit_code == (0 if "--help" in arguments else 1 if says.startswith("ce fichier") else 2)


def test_the_language_is_the_one_asked_for_then_the_files_then_the_users(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    for written, asked, locale, french in (
        ("fr", [], {}, True),
        ("en", [], FRENCH, False),
        ("fr", ["--lang", "en"], FRENCH, False),
        ("en", ["--lang=fr"], {}, True),
        ("", [], FRENCH, True),
        ("", [], {}, False),
    ):
        bad.write_text(f"lang: {written}\n" if written else "answers: {}\n")
        for extra in ([], ["-o", "x.docx"]):
            result = CliRunner().invoke(main, ["assess", str(bad), *asked, *extra], env={"LC_ALL": "C.UTF-8"} | locale)
            assert ("il manque" in result.output or "Erreur" in result.output) is french
            assert result.exit_code == (2 if extra else 1)


def test_an_answer_dated_tomorrow_is_a_mistake(tmp_path: Path) -> None:
    ahead = tmp_path / "ahead.yaml"
    tomorrow = common.today() + timedelta(days=1)
    ahead.write_text(SPAM.read_text("utf-8").replace("answers:", f"on: {tomorrow}\nanswers:", 1))
    assert "still to come" in run(ahead).output


def test_a_good_run_reads_no_sentence_and_loads_no_other_command() -> None:
    code = (
        "import sys; from aiact_check.cli import main; from aiact_check.text import sentences\n"
        f"main(['assess', {str(SPAM)!r}, '-o', '-', '--format', 'json'], standalone_mode=False)\n"
        "assert sentences.cache_info().misses == 0; assert 'aiact_check.cli.rules' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=TOP)


def test_the_language_of_a_run_does_not_touch_the_report_and_nothing_is_left_behind(tmp_path: Path) -> None:
    written, making = [], tmp_path / "tmp"
    making.mkdir()
    for locale in ("C.UTF-8", "fr_FR.UTF-8"):
        target = tmp_path / f"{locale}.pdf"
        program = [sys.executable, "-m", "aiact_check", "assess", str(SPAM), "-o", str(target), "--as-of", "2026-11-23"]
        subprocess.run(
            program,
            check=True,
            capture_output=True,
            cwd=TOP,
            env={**os.environ, "LC_ALL": locale, "TMPDIR": str(making)},
        )
        written.append(target.read_bytes())
    assert written[0] == written[1]
    assert list(making.iterdir()) == []


def test_the_program_itself_says_its_version_and_knows_its_commands() -> None:
    for arguments, says in ((["--version"], __version__), (["--help"], "assess"), ([], "assess")):
        ran = subprocess.run([sys.executable, "-m", "aiact_check", *arguments], capture_output=True, text=True, cwd=TOP)
        assert says in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr


def named(why: dict[str, Any]) -> set[str]:
    """The rules that a reason names."""
    return {why["rule"]} if "rule" in why else set().union(*map(named, why.get("parts", ())))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_whatever_a_reason_rests_on_has_a_finding_of_its_own(file: Path) -> None:
    brief, full = (json.loads(run(file, "-o", "-", "--format", "json", *more).stdout) for more in ([], ["--full"]))
    told, in_force = ({finding["rule"] for finding in document["findings"]} for document in (brief, full))
    for finding in brief["findings"]:
        assert named(finding["why"]) & in_force <= told, finding["rule"]


def test_a_full_document_has_more_findings_and_the_same_result() -> None:
    brief, full = (json.loads(run(SPAM, "-o", "-", "--format", "json", *more).stdout) for more in ([], ["--full"]))
    known = {finding["rule"]: finding for finding in full["findings"]}
    assert len(brief["findings"]) < len(known)
    assert all(known[finding["rule"]] == finding for finding in brief.pop("findings"))
    del full["findings"]
    assert brief == full
