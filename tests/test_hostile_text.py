"""What strangers wrote, in every free field and every form of output: shown as text, nothing fetched or obeyed."""

from __future__ import annotations

import io
import json
import re
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.schema import MAX_NOTE
from aiact_check.assessing import document
from aiact_check.cli import main
from aiact_check.drafting import draft, draft_docx, draft_markdown, forms, letter, standing
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.scalars import scalar
from aiact_check.reading.source import parse
from aiact_check.reporting import agenda, report, summary, workbook
from aiact_check.text import LANGUAGES
from aiact_check.wording.typeset import shown
from aiact_check.wording.view import View
from tests.conftest import TODAY, TOP
from tests.test_report import Outline

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Signs that a terminal obeys, or that turn the text around them."""
HOSTILE = {
    "html": '<script>alert(1)</script><img src=http://x.invalid/a onerror="b"><style>*{display:none}</style>&amp;',
    "css": "</style>@import url(http://x.invalid/c); url(file:///etc/passwd) expression(1)",
    "svg": '<svg onload=alert(1)><image href="http://x.invalid/d"/></svg>]]>',
    "template": "{{ 7 * 7 }}{% raw %}{0}{doc.__class__}%(x)s%s${x}#{y}",
    "markdown": "![a](http://x.invalid/e) [b](javascript:alert(1)) <http://x.invalid/f> # g | h **j**\n\n# K\n---",
    "formula": '=HYPERLINK("http://x.invalid/g","a")',
    "command": "+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd",
    "calendar": "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTACH:http://x.invalid/h;b,c\\n",
    "terminal": "a\x1b[31mb\x1b]0;t\x07c\x9b2Jd\x08\x08e\x7f",
    "bidi": "a\u202e\u2066b.exe\u2069\u200f \u0645\u0631\u062d\u0628\u0627",
    "paths": "file:///etc/passwd ../../etc/passwd \\\\x.invalid\\i C:\\con",
    "word": "a" * MAX_NOTE,
    "lines": "b\n" * (MAX_NOTE // 2 - 1) + "c",
}
NAMES = {name: text for name, text in HOSTILE.items() if len(text) < 6000}


def written(text: str, name: str) -> bytes:
    """A questionnaire with a text in every free field."""
    long, short = scalar(text, in_flow=True), scalar(name, in_flow=True)
    work = f"status: done, reason: {long}, owner: {short}, note: {long}"
    evidence = f"evidence: [{long}, {{ link: {short} }}, {{ file: {short} }}]"
    return f"""\
company: {{ name: {short}, place: {short} }}
system: {{ name: {short}, version: {short}, description: {long} }}
by: {short}
answers:
  technique: {{ answer: [learns_from_data], note: {long}, by: {short} }}
  output_producer: software_by_itself
  system_outputs: [predictions]
  organisation: business_or_body
  establishment: union
  areas: {{ answer: [employment], note: {long} }}
  supplies_high_risk_providers: [annex_i]
  supplied_parts: [ai_model]
compliance:
  art-4/literacy: {{ {work}, {evidence} }}
  art-26/7: {{ {work}, {evidence} }}
""".encode()


def told(base: RuleBase, which: str) -> Questionnaire:
    text = HOSTILE[which]
    return answers.understand(parse("x", written(text, NAMES.get(which, "A"))), base, "")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Any name looked up and any connection made fails the test."""
    tried: list[object] = []

    def refuse(*asked: object, **_: object) -> None:
        tried.append(asked)
        raise OSError("no network here")

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield
    assert not tried


@pytest.fixture(scope="module")
def plain(base: RuleBase) -> Any:
    """The same questionnaire with nothing hostile in it."""
    filled = answers.understand(parse("x", written("A", "A")), base, "")
    return document.assess(base, filled, TODAY)


@pytest.fixture(scope="module")
def shapes(plain: Any) -> dict[str, tuple[set[str], int]]:
    """By language, the tags of its page and the number of its headings in Markdown."""
    return {
        lang: (set(TAG.findall(report.html(plain, lang))), len(HEADING.findall(report.markdown(plain, lang))))
        for lang in LANGUAGES
    }


TAG, HEADING = re.compile(r"<[a-z!/][a-z0-9]*"), re.compile("^#", re.MULTILINE)
OWN = r"<?http://data\.europa\.eu/"
MARKUP = re.compile(rf"(?<!\\)\]\((?!{OWN})|(?<!\\)!\[|(?<!\\)<(?!http://data\.europa\.eu/)")
"""Links, pictures and tags in Markdown other than links to the law."""


@pytest.mark.parametrize(("place", "which"), list(enumerate(HOSTILE)))
def test_pages_show_it_as_text(place: int, which: str, base: RuleBase, shapes: dict[str, tuple[set[str], int]]) -> None:
    lang = LANGUAGES[place % 2]
    tags, headings = shapes[lang]
    found: Any = document.assess(base, told(base, which), TODAY)
    page, made = report.html(found, lang), report.markdown(found, lang)
    assert shown(HOSTILE[which]) in Outline(page).text
    assert set(TAG.findall(page)) == tags
    assert not re.search(r' (?:href|src|style|on[a-z]+)="[^"]*(?:x\.invalid|javascript:|file:)', page)
    assert not MARKUP.search(made)
    assert len(HEADING.findall(made)) == headings
    for text in (page, made, summary.text(found, lang)):
        assert not OBEYED.search(text)


@pytest.mark.parametrize("which", HOSTILE)
def test_calendars_workbooks_and_data_hold_it_as_text(which: str, base: RuleBase, plain: Any) -> None:
    found: Any = document.assess(base, told(base, which), TODAY)
    assert json.loads(document.as_json(found))["system"]["description"] == HOSTILE[which]
    calendar = agenda.ics(found, "en")
    events = re.compile(rb"^BEGIN:VEVENT\r$", re.MULTILINE)
    assert len(events.findall(calendar)) == len(events.findall(agenda.ics(plain, "en"))) > 0
    assert not re.search(rb"^(?:ATTACH|URL)", calendar, re.MULTILINE)
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", calendar)
    book = zipfile.ZipFile(io.BytesIO(workbook.xlsx(found, "en")))
    for part in book.namelist():
        content = book.read(part)
        assert not re.search(rb"<f[ >]", content)
        assert not re.search(rb'Target="(?!http://data\.europa\.eu/)[^"]*:', content)
        assert b"externalLink" not in content


@pytest.mark.parametrize("which", HOSTILE)
def test_drafts_and_letters_hold_it_as_text(which: str, base: RuleBase) -> None:
    filled = told(base, which)
    view = View(document.assess(base, filled, TODAY), "fr")
    form = forms.load("notice-workers")
    made = draft.draft(base, view, form, standing.standing(base, filled, view, form))
    asked = letter.letter(base, document.assess(base, filled, TODAY), "owner", "fr")
    for content in (draft_docx.docx(made, "fr"), letter.docx(asked)):
        docx.Document(io.BytesIO(content))
        links = re.findall(
            rb'Target="([a-z]+:[^"]*)"', zipfile.ZipFile(io.BytesIO(content)).read("word/_rels/document.xml.rels")
        )
        assert all(link.startswith(b"http://data.europa.eu/") for link in links)
        body = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
        assert not re.search(rb"<w:(?:instrText|fldSimple|object)\b", body)
    for text in (draft_markdown.markdown(made, "fr"), letter.markdown(asked)):
        assert not MARKUP.search(text)
        assert not OBEYED.search(text)


def test_a_pdf_shows_all_of_it_in_little_time_and_fetches_nothing(base: RuleBase) -> None:
    """The short texts in one report, and a word of 50,000 letters: in its pages, and in no link or script."""
    texts = "\n".join(text for which, text in HOSTILE.items() if which not in ("lines", "word"))
    content = written(texts, "A")
    filled = answers.understand(parse("x", content), base, "")
    found: Any = document.assess(base, filled, TODAY)
    found["answers"][0]["note"] = "w" * 50_000
    made = report.pdf(found, "en", content)
    reader = pypdf.PdfReader(io.BytesIO(made))
    pages = "".join(page.extract_text() for page in reader.pages)
    assert "<script>" in pages
    assert pages.count("w") >= 50_000
    targets = [
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for page in reader.pages
        for note in page.get("/Annots", [])
    ]
    assert not [target for target in targets if target and not target.startswith("http://data.europa.eu/")]
    assert not re.search(rb"/JavaScript|/Launch|/OpenAction", made)


def test_more_lines_than_pages_are_laid_out_for_are_said(base: RuleBase, tmp_path: Path) -> None:
    file = tmp_path / "lines.yaml"
    file.write_bytes(written(HOSTILE["lines"], "A"))
    refused = CliRunner().invoke(main, ["assess", str(file)])
    assert refused.exit_code == 1
    assert "a PDF takes 3000" in refused.output
    assert CliRunner().invoke(main, ["assess", str(file), "--format", "html"]).exit_code == 0


COMMANDS = (
    """
questions FILE|questions FILE --open|questions FILE --ask vendor|explain FILE|whatif FILE areas=SIGN
levers FILE|draft FILE|draft FILE SIGN|merge FILE OTHER|diff FILE OTHER|questionnaire --duties FILE|extract FILE
interview FILE --by SIGN|rules show SIGN|assess FILE -o x.SIGN
""".strip()
    .replace("\n", "|")
    .split("|")
)


def run(line: str, file: Path, other: Path) -> Result:
    words = [word.replace("SIGN", "\x1b[31m") for word in line.split()]
    named = [{"FILE": str(file), "OTHER": str(other)}.get(word, word) for word in words]
    return CliRunner().invoke(main, named, input="1 # \x1b[1m\nq\n", color=True)


@pytest.mark.parametrize("line", COMMANDS)
def test_no_terminal_obeys_what_a_command_prints(line: str, tmp_path: Path) -> None:
    file, other, bad = tmp_path / "a\x1b[31m\u202e.yaml", tmp_path / "b.yaml", tmp_path / "bad.yaml"
    text = HOSTILE["terminal"] + HOSTILE["bidi"]
    file.write_bytes(written(text, text))
    other.write_bytes(written("other" + text, "other" + text))
    sign = scalar(text, in_flow=True)
    bad.write_text(f"company: {{ name: B, {sign}: 1 }}\nlang: {sign}\non: {sign}\nanswers:\n  technique: {sign}\n"
                   f"  areas: [{sign}]\n  {sign}: 1\ncompliance:\n  {sign}: 1\n", "utf-8")  # fmt: skip
    for given in (file, bad):
        result = run(line, given, other)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert not OBEYED.search(result.output), result.output


def test_the_examples_of_hostile_text_reach_the_outputs(base: RuleBase) -> None:
    """The tests above would pass on empty outputs: what is looked for is there."""
    found: Any = document.assess(base, told(base, "template"), TODAY)
    for text in (report.html(found, "en"), report.markdown(found, "en").replace("\\", "")):
        assert text.count("{{ 7 * 7 }}") > 3
    assert "art-26/7" in {duty["id"] for duty in found["duties"]} | {remark["rule"] for remark in found["remarks"]}
    assert (TOP / "reports").is_dir()
