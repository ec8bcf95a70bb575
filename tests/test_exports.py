"""The calendar file and the action plan: what they hold, and that what a user wrote is text in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from aiact_check.reporting import agenda, workbook
from aiact_check.text import LANGUAGES, Language
from aiact_check.wording import book
from aiact_check.wording.typeset import shown
from tests.conftest import EXAMPLES, TODAY, TOP, Assess

SPAM = (TOP / "questionnaires" / "examples" / "spam-filter.en.yaml").read_text(encoding="utf-8")
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def sheets(content: bytes) -> dict[str, list[dict[str, str]]]:
    """The sheets of a workbook: by name, its rows, by column letter."""
    book = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")}
    texts = ["".join(part.text or "" for part in item.iter(f"{CELLS}t")) for item in parts["xl/sharedStrings.xml"]]
    names = [sheet.get("name", "") for sheet in parts["xl/workbook.xml"].iter(f"{CELLS}sheet")]
    return {
        name: [
            {
                re.sub(r"\d", "", cell.get("r", "")): _value(cell, texts)
                for cell in row
                if cell.find(f"{CELLS}v") is not None
            }
            for row in parts[f"xl/worksheets/sheet{number}.xml"].iter(f"{CELLS}row")
        ]
        for number, name in enumerate(names, 1)
    }


def _value(cell: Any, texts: list[str]) -> str:
    value = cell.find(f"{CELLS}v").text
    return texts[int(value)] if cell.get("t") == "s" else str(value)


@pytest.fixture(scope="module")
def told(base: RuleBase) -> Callable[[str], Assessment]:
    def assess(compliance: str) -> Assessment:
        content = f"{SPAM}\ncompliance:\n  art-4/literacy: {compliance}\n"
        return document.assess(base, answers.understand(parse("spam.yaml", content.encode()), base, ""), TODAY)

    return assess


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_a_day_on_which_duties_start_is_one_event(name: str, lang: Language, example: Assess) -> None:
    found = example(name)
    sure = [duty for duty in found["duties"] if duty["state"] != "depends"]
    texts_due = {"en": "a text is due", "fr": "un texte est attendu"}[lang]
    made = [event for event in events(agenda.ics(found, lang)) if texts_due not in event["summary"]]
    assert [event["dtstart"].dt.isoformat() for event in made] == sorted({str(duty["applies_from"]) for duty in sure})
    for event in made:
        said = str(event["description"])
        day = event["dtstart"].dt.isoformat()
        assert not event.errors
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert said.count("\n- ") + said.startswith("- ") == len({d["id"] for d in sure if d["applies_from"] == day})


def test_a_later_file_updates_the_events_of_an_earlier_one(example: Assess) -> None:
    first, later = (events(agenda.ics(example("imagerie-medicale.fr", day), "fr")) for day in (TODAY, date(2027, 3, 1)))
    assert [event["uid"] for event in first] == [event["uid"] for event in later]
    assert len({event["uid"] for event in first}) == len(first) > 1
    assert first[0]["dtstamp"].dt < later[0]["dtstamp"].dt
    other = events(agenda.ics(example("spam-filter.en"), "en"))
    assert not {event["uid"] for event in first} & {event["uid"] for event in other}


def test_duties_in_doubt_are_no_events_but_are_counted(assess: Assess) -> None:
    content = agenda.ics(assess("technique: null"), "en")
    assert events(content) == []
    found = assess("technique: null")
    found["duties"][0] |= {"state": "applies", "applies_from": "2025-02-02"}
    (event,) = events(agenda.ics(found, "en"))
    assert "hang on open questions and are not in this calendar" in event["description"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plan_has_a_row_a_duty_and_role_with_its_work(told: Callable[[str], Assessment], lang: Language) -> None:
    work = "{ status: partly, owner: C. A., due: 2026-11-01, evidence: [Slides, { link: 'https://x.eu' }], note: Soon }"
    found = told(work)
    plan_sheet, *_ = sheets(workbook.xlsx(found, lang)).values()
    head, row = plan_sheet
    assert len(head) == len(workbook.COLUMNS)
    assert row["A"] == "art-4/literacy"
    assert row["F"] == str((date(2025, 2, 2) - date(1899, 12, 30)).days)
    assert row["H"] == {"en": "partly done", "fr": "fait en partie"}[lang]
    assert (row["I"], row["K"], row["L"]) == ("C. A.", "Slides\nhttps://x.eu", "Soon")
    assert row["M"] == {"en": "Past due", "fr": "Échéance dépassée"}[lang]


def test_the_plan_keeps_duties_in_doubt_apart_and_numbers_what_decides_them(example: Assess) -> None:
    found = example("recrutement-ia-generative.fr")
    book = sheets(workbook.xlsx(found, "en"))
    assert list(book)[:2] == ["Plan", "Depends on answers"]
    sure = [(duty["id"]) for duty in found["duties"] if duty["state"] != "depends"]
    maybe = [(duty["id"]) for duty in found["duties"] if duty["state"] == "depends"]
    assert sorted(row["A"] for row in book["Plan"][1:]) == sorted(sure)
    assert sorted(row["A"] for row in book["Depends on answers"][1:]) == sorted(maybe)
    assert all("depends on open question" in row["M"] for row in book["Depends on answers"][1:])
    about = {row["A"]: row["B"] for row in book["About"]}
    assert about["Open question 1"]


def test_work_on_what_is_not_owed_is_listed(base: RuleBase) -> None:
    content = f"{SPAM}\ncompliance:\n  art-26/7: {{ status: done }}\n"
    found = document.assess(base, answers.understand(parse("x", content.encode()), base, ""), TODAY)
    assert any("art-26/7" in row.get("B", "") for row in sheets(workbook.xlsx(found, "en"))["About"])


HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "<script>alert(1)</script>&amp;",
    "{{ 7 * 7 }}{0}%s",
    "a" * 5000,
    "abc\u202e\u2066fdp.exe\u2069",
    "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \U0001f600",
    "one\x07\x1b[31mtwo\x0b\x00\ufffe",
    "_x0041_ ]]> --",
    "../../etc/passwd;C:\\x,\r\nEND:VEVENT\r\nX:y",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_user_wrote_is_text(text: str, told: Callable[[str], Assessment]) -> None:
    found: Any = told("{ status: done, owner: O, note: N }")
    found["company"] = {"name": text}
    found["system"] = {"name": text, "description": text}
    (duty,) = found["duties"]
    duty["work"] |= {"owner": text, "note": text, "due": text, "evidence": [{"kind": "link", "says": text}]}
    made = workbook.xlsx(found, "en")
    book = zipfile.ZipFile(io.BytesIO(made))
    for name in book.namelist():
        assert b"<f>" not in book.read(name)
    targets = book.read("xl/worksheets/_rels/sheet1.xml.rels")
    assert targets.count(b"Target=") == 1, "only the provision is a link"
    (row,) = sheets(made)["Plan"][1:]
    kept = re.sub(r"_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), row["L"])
    assert kept == shown(text) == re.sub(r"_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), row["I"])
    (event,) = events(agenda.ics(found, "en"))
    assert shown(text, agenda.LONGEST) in str(event["summary"])
    assert "X" not in event
    assert all(len(line) <= 75 for line in agenda.ics(found, "en").split(b"\r\n"))


def test_a_text_too_long_for_a_cell_is_cut(told: Callable[[str], Assessment]) -> None:
    found: Any = told("{ status: done }")
    found["duties"][0]["work"]["evidence"] = [{"kind": "text", "says": "a" * 20_000}] * 3
    assert len(sheets(workbook.xlsx(found, "en"))["Plan"][1]["K"]) == book.LONGEST


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_duty_to_come_has_its_state_in_words(lang: Language, assess: Assess) -> None:
    found = assess("supplies_high_risk_providers: [annex_i]\nsupplied_parts: [ai_model]")
    assert "upcoming" in {duty["state"] for duty in found["duties"]}
    book = sheets(workbook.xlsx(found, lang))
    states = [value for row in book["Plan"][1:] for value in row.values()]
    assert {"en": "To come", "fr": "À venir"}[lang] in states
