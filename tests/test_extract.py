"""What a report carries can be taken out again, and a report that was tampered with says so."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result
from pypdf.generic import NameObject

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.cli import main
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from aiact_check.reporting import carried, report
from aiact_check.wording import typeset
from aiact_check.wording.imprint import imprint
from tests.conftest import TODAY, TOP

SPAM = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"
NAMES = ("r.questionnaire.yaml", "r.assessment.json")


def extract(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["extract", *map(str, arguments)])


@pytest.fixture(scope="module")
def made(base: RuleBase) -> bytes:
    return report.pdf(document.assess(base, answers.load(SPAM, base), TODAY), "en", SPAM.read_bytes())


@pytest.fixture
def file(tmp_path: Path, made: bytes) -> Path:
    path = tmp_path / "r.pdf"
    path.write_bytes(made)
    return path


def remade(made: bytes, change: Callable[[dict[str, Any]], None], questionnaire: bytes | None = None) -> bytes:
    """A report whose JSON was changed, drawn by the same program: as a forger would."""
    attached = pypdf.PdfReader(io.BytesIO(made)).attachments
    told = json.loads(attached["assessment.json"][0])
    change(told)
    return report.pdf(told, told["language"], questionnaire or attached["questionnaire.yaml"][0])


def test_both_come_out_as_they_went_in(file: Path, tmp_path: Path, base: RuleBase) -> None:
    result = extract(file, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    questionnaire, assessment = (tmp_path / "out" / name for name in NAMES)
    assert questionnaire.read_bytes() == SPAM.read_bytes()
    told = document.assess(base, answers.load(SPAM, base), TODAY)
    assert assessment.read_text("utf-8") == document.as_json(told)
    assert "gives the same assessment" in result.output
    assert "same to the byte" in result.output


def test_a_report_with_all_annexes_stands_and_one_that_only_says_so_does_not(file: Path, made: bytes) -> None:
    target = file.with_name("whole.pdf")
    asked = ["assess", str(SPAM), "-o", str(target), "--annexes", "all", "--as-of", TODAY.isoformat()]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert len(pypdf.PdfReader(target).pages) > len(pypdf.PdfReader(file).pages)
    assert pypdf.PdfReader(target).attachments == pypdf.PdfReader(file).attachments, "nothing is lost in the data"
    result = extract(target)
    assert result.exit_code == 0, result.output
    assert "same to the byte" in result.output
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made))
    writer.add_metadata({"/Creator": imprint(annexes=True)})
    with file.open("wb") as stream:
        writer.write(stream)
    forged = extract(file)
    assert forged.exit_code == 1
    assert "is NOT what this assessment gives" in forged.output


def test_the_attachments_say_what_they_are_to_the_report(made: bytes) -> None:
    kept = {entry.name: entry for entry in pypdf.PdfReader(io.BytesIO(made)).attachment_list}
    assert {name: entry.associated_file_relationship for name, entry in kept.items()} == {
        "assessment.json": "/Data",
        "questionnaire.yaml": "/Source",
    }
    for entry in kept.values():
        assert entry.modification_date is not None
        assert entry.modification_date.date() == TODAY


def test_nothing_is_overwritten_unasked(file: Path) -> None:
    mine = file.with_name(NAMES[1])
    mine.write_text("mine")
    refused = extract(file)
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert mine.read_text() == "mine"
    assert not file.with_name(NAMES[0]).exists()
    assert extract(file, "--force").exit_code == 0
    assert mine.read_text().startswith("{")


def test_a_changed_conclusion_is_found(file: Path, made: bytes) -> None:
    def forge(told: dict[str, Any]) -> None:
        told["classification"]["headline"] = "undetermined"
        told["duties"] = []

    file.write_bytes(remade(made, forge))
    result = extract(file)
    assert result.exit_code == 1
    assert "ANOTHER assessment" in result.output
    named = typeset.words("en")["tiers"]
    then, now = named["undetermined"]["name"], named["minimal"]["name"]
    assert f"class: {then} in the report, {now} now" in result.output
    assert "AI literacy" in result.output
    assert "parts that differ: classification, duties" in result.output


def test_a_changed_questionnaire_is_found(file: Path, made: bytes) -> None:
    changed = SPAM.read_bytes() + b"# added later\n"
    file.write_bytes(remade(made, lambda told: None, changed))
    result = extract(file, "--lang", "fr")
    assert result.exit_code == 1
    assert "n’est PAS celui" in result.output


def test_a_questionnaire_that_cannot_be_assessed_is_listed(file: Path, made: bytes) -> None:
    file.write_bytes(remade(made, lambda told: None, b"company: 3\n"))
    result = extract(file)
    assert result.exit_code == 1
    assert "questionnaire.yaml:1:" in result.output


def test_a_report_of_older_rules_that_says_otherwise_no_longer_stands_and_is_not_called_altered(
    file: Path, made: bytes
) -> None:
    def older(told: dict[str, Any]) -> None:
        told["law"]["rules_hash"] = "0" * 64
        told["duties"] = []

    file.write_bytes(remade(made, older))
    result = extract(file)
    assert result.exit_code == 1, result.output
    assert "names other rules" in result.output
    assert "same: the report" not in result.output
    assert "rules 000000000000… then" in result.output
    assert "duties now that are not in the report" in result.output


def test_changed_pages_are_found_and_added_bytes_are_told(file: Path, made: bytes) -> None:
    file.write_bytes(made + b"% a signature\n")
    added = extract(file)
    assert added.exit_code == 0
    assert "14 bytes were added" in added.output
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made))
    writer.remove_page(0)
    writer.write(file)
    changed = extract(file, "--force")
    assert changed.exit_code == 1
    assert "changed after it was made" in changed.output


def test_pages_of_another_program_cannot_be_told(file: Path, made: bytes) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made))
    writer.add_metadata({"/Creator": "aiact-check 0.1.0 (another Pango)"})
    writer.write(file)
    result = extract(file)
    assert result.exit_code == 0, result.output
    assert "cannot be told here: made with aiact-check 0.1.0 (another Pango)" in result.output


def plain(*attached: tuple[str, bytes]) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    for name, content in attached:
        kept = writer.add_attachment(name, content)
        streams: Any = kept.pdf_object["/EF"]
        streams[NameObject("/F")] = writer._add_object(kept._embedded_file.flate_encode())
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


QUESTIONNAIRE = ("questionnaire.yaml", b"x")
DEEP = b"[" * 200_000
BOMB = bytes(30_000_000)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (b"", "not a PDF"),
        (b"company: x", "not a PDF"),
        (b"%PDF-1.7\ngarbage", "broken"),
        ([], "does not carry"),
        ([("../../etc/passwd", b"x"), QUESTIONNAIRE], "does not carry"),
        ([("assessment.json", b"{}"), QUESTIONNAIRE], "not one this program can read"),
        ([("assessment.json", b"\xff"), QUESTIONNAIRE], "not one this program can read"),
        ([("assessment.json", DEEP), QUESTIONNAIRE], "not one this program can read"),
        ([("assessment.json", BOMB), QUESTIONNAIRE], "larger inside"),
        ([("assessment.json", b"{}")] * 2, "broken"),
    ],
    ids=["empty", "text", "garbage", "elsewhere", "path", "other-json", "no-json", "deep", "bomb", "twice"],
)
def test_another_pdf_is_refused_in_one_line(tmp_path: Path, told: Any, says: str) -> None:
    path = tmp_path / "r.pdf"
    path.write_bytes(told if isinstance(told, bytes) else plain(*told))
    result = extract(path)
    assert result.exit_code == 1
    assert says in result.output
    assert len(result.output.splitlines()) == 1
    assert [found.name for found in tmp_path.iterdir()] == ["r.pdf"]


def test_a_truncated_report_is_refused(file: Path, made: bytes) -> None:
    file.write_bytes(made[: len(made) // 2])
    assert extract(file).exit_code == 1


def test_a_missing_file_is_said_in_the_readers_language(tmp_path: Path) -> None:
    result = extract(tmp_path / "none.pdf", "--lang", "fr")
    assert result.exit_code == 1
    assert "ce fichier n’existe pas" in result.output


def test_the_questionnaire_of_a_report_is_read_like_any_other(base: RuleBase) -> None:
    assert answers.load(SPAM, base).content == SPAM.read_bytes()
    assert answers.understand(parse("x", SPAM.read_bytes()), base, "").content == b""


def test_a_file_of_endless_flaws_is_given_up(monkeypatch: pytest.MonkeyPatch, made: bytes, capfd: Any) -> None:
    """A reader that mends what it can may find millions of flaws in a small file: a fuzzer found one of minutes."""
    heard: list[int] = []

    def flawed(_reader: Any) -> Any:
        for number in range(10**6):
            heard.append(number)
            logging.getLogger("pypdf.generic").warning("a flaw")
        return []

    monkeypatch.setattr(pypdf.PdfReader, "attachment_list", property(flawed))
    with pytest.raises(carried.NotAReport):
        carried.unpack(made)
    assert (len(heard), capfd.readouterr()) == (carried.MAX_FLAWS + 1, ("", ""))
