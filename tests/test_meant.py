"""What people write in a questionnaire is taken for what they mean, and what could mean two things for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aiact_check.reading import meant
from aiact_check.text import Text

TWENTY = "9" * 20
NUMBERS: dict[Any, int | tuple[int, int] | None] = {
    1200: 1200, "1 200": 1200, "1\u202f200": 1200, "1'200": 1200, "1’200": 1200, "1.200": 1200, "1,200": 1200,
    "1.200.000": 1_200 * 1_000, "1,200,000": 1_200 * 1_000, "0": 0, "000": 0, "007": 7, "1200.00": 1200,
    "1200,5": (1200, 1201), "1.200,50": (1200, 1201), "1,200.50": (1200, 1201), "0,5": (0, 1), "1,2": (1, 2),
    "2 k": 2000, "1,2 M€": 1_200 * 1_000, "1.25 million": 1_250 * 1_000, "3 Md€": 3 * 10**9, "1.5 k": 1500,
    "1.5678 k": (1567, 1568), "1.234.567 k": 1_234_567 * 1_000, "12 personnes": 12, "environ 50 salariés": 50,
    "~50": 50, "€ 50": 50, "5 millions d'euros": 5 * 10**6, TWENTY: int(TWENTY),
    "1,200.500": (1200, 1201), "1.2,300,400": 12_300 * 1_000 + 400,
    # One sign and three digits behind it may be thousands or a decimal part: before a scale nobody can tell.
    "1.234 million": None, "1,200 k": None,
    "9" * 21: None, "": None, "abc": None, "-5": None, "1-2": None, "12 foo": None, "50 eurosx": None,
}  # fmt: skip
DAYS = {
    "2 août 2026": "2026-08-02", "2 AOUT 2026": "2026-08-02", "1er mai 2026": "2026-05-01",
    "2nd of May, 2026": "2026-05-02", "May 2, 2026": "2026-05-02", "August 2nd, 2026": "2026-08-02",
    "lundi 3 août 2026": "2026-08-03", "02/08/2026": "2026-08-02", "2/8/26": "2026-08-02", "12/31/2026": "2026-12-31",
    "31/12/2026": "2026-12-31", "2026/8/2": "2026-08-02", "2026.08.02": "2026-08-02", "20260802": "2026-08-02",
    "19991231": "1999-12-31", "2026-08-02T10:00": "2026-08-02", "2026-08-02 10:00": "2026-08-02",
    "2 août 26": "2026-08-02", "1/1/2": "2002-01-01",
    "31/02/2026": None, "2026-02-30": None, "20261332": None, "18991231": None, "2026": None, "août 2026": None,
    "le 2 août": None, "2 8 2026 4": None, "x/8/2026": None, "12345/1/1": None, "mardi": None, "": None,
}  # fmt: skip
MONTHS = {
    "août 2026": "2026-08", "08/2026": "2026-08", "2026-8": "2026-08", "May 2026": "2026-05",
    "2026-13": None, "2026": None, "2/8": None, "2026-08-02": None, "8/26": None,
}  # fmt: skip
YES_NO = {
    "oui": True, "Oui.": True, " YES ": True, "« oui »": True, "x": True, "[x]": True, "☑": True, True: True,
    "non": False, "N": False, "faux": False, "☐": False, False: False, "maybe": None, "1": None, "": None,
}  # fmt: skip
WITH_WHY = {
    "Oui, mais seulement le soir": (True, "mais seulement le soir"), "non (pas encore)": (False, "pas encore"),
    "oui — a\nb": (True, "a\nb"), "oui": None, "oui mais": None, "oui,": None, "peut-être, oui": None,
}  # fmt: skip
NOTHING = {
    "?": "unknown", "N/A": "unknown", "-": "unknown", "Je ne sais pas.": "unknown", "": "unknown", "…": "unknown",
    "aucun": "none", "Néant": "none", "0": "none", "nobody": None,
}  # fmt: skip
SEVERAL = {
    "[a, b]": ["a", "b"], "a; b et c": ["a", "b", "c"], "- a\n- b": ["a", "b"], "• a • b": ["a", "b"],
    "a and b": ["a", "b"], "“a”, 'b'": ["a", "b"], "x-y": ["x-y"], "(a)": ["a"], "a\nb": ["a", "b"],
    " ,a,, b ": ["a", "b"], "": [],
}  # fmt: skip


@pytest.mark.parametrize(
    ("read", "table"),
    [
        (meant.number, NUMBERS),
        (meant.day, DAYS),
        (meant.month, MONTHS),
        (meant.yes_no, YES_NO),
        (meant.yes_no_and_why, WITH_WHY),
        (meant.nothing, NOTHING),
        (meant.several, SEVERAL),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_what_is_written_is_taken_for_what_is_meant(read: Callable[[object], object], table: dict[Any, Any]) -> None:
    assert {written: read(written) for written in table} == table


def test_a_day_is_one_of_the_calendar_in_ten_signs() -> None:
    assert meant.is_day("2024-02-29")
    assert not any(map(meant.is_day, ("2026-02-29", "20260802", "2026-W31-7", "2026-8-2", "")))
    assert meant.is_day(20260802 // 10_000)  # what is no text is for another check to refuse


KNOWN = {
    "learns_from_data": [Text("Learns from data", "Apprend à partir de données")],
    "human_rules": [Text("Rules written by people", "Règles écrites par des personnes")],
    "other": [Text("Another one", "Une autre")],
}


def test_a_name_is_known_whatever_its_capitals_accents_and_dashes() -> None:
    assert meant.name("Human-Rules", KNOWN) == "human_rules"
    assert meant.name("« LEARNS FROM DATA »", KNOWN) == "learns_from_data"
    assert meant.name("Rules written by people", KNOWN) is None
    assert meant.name("Aux", ["aux", "AUX"]) == "aux"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Règles écrites par des personnes", "human_rules"),
        ("regles ecrites par des personne", "human_rules"),
        ("learns from dta", "learns_from_data"),
        ("Apprend", "learns_from_data"),
        ("Un", None),
        ("une", "other"),
        ("nothing like it", None),
    ],
)
def test_a_choice_is_known_by_its_label_or_by_what_begins_or_resembles_it(written: str, means: str | None) -> None:
    assert meant.labelled(written, KNOWN) == means


def test_what_begins_two_labels_means_neither() -> None:
    known = {"a": [Text("Deployer in the Union", "x1")], "b": [Text("Deployer outside the Union", "x2")]}
    assert meant.labelled("deployer", known) is None
    assert meant.labelled("deployer in", known) == "a"


def test_only_so_many_words_of_a_file_are_compared_with_all_that_are_known() -> None:
    names = meant.Names(KNOWN, KNOWN)
    for _ in range(meant.GUESSES):
        assert names.nearly("human ruls") == "human_rules"
    assert names.nearly("human ruls") is None
    assert names.nearly("Human rules") == "human_rules"
    assert names.nearly("Règles écrites par des personnes") == "human_rules"


def test_a_label_of_two_letters_is_too_short_to_be_meant() -> None:
    known = {"service": [Text("IT", "DSI")], "business": [Text("Line of business", "Métier")]}
    assert [meant.labelled(word, known) for word in ("IT", "dsi", "li", "lin", "line")] == [
        None, "service", None, None, "business"]  # fmt: skip
