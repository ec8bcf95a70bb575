"""The region's 134 uses: only what a line says is answered, and no class comes from what a line does not say.

`python -m tests.test_occitanie` writes the outcomes anew, to be read before they are committed.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from aiact_check.answering.answers import Questionnaire
from aiact_check.asking.glance import glance
from aiact_check.inventory.found import told_by
from aiact_check.inventory.gathered import gather
from aiact_check.law import rulebase
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.law.model import Tier
from tests.conftest import TOP

FOLDER = TOP / "questionnaires" / "occitanie"
TABLE, FROZEN = FOLDER / "usages.jsonl", Path(__file__).parent / "occitanie.txt"
PAGES = [page for page in (TOP / "README.md", FOLDER / "README.md") if re.search("134 us", page.read_text("utf-8"))]
"""The pages that say how many uses are what."""
LIST = TOP.parent / "shared" / "annex" / "occitanie_use_cases.yaml"
"""The region's list, where it lies beside the checkout."""
DAY = date(2026, 11, 29)
ROWS = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
ABOUT = ("name", "description", "company", "by", "on", "lang")
CITED = re.compile(r"« ([^»]+) » : \S")
SEEN = {"Annex I": "high-risk", "Art. 5": "prohibited", "Art. 50": "transparency", "Art. 2": "excluded",
        "Art. 3(1)": "not-an-ai-system", "none": "minimal"}  # fmt: skip
"""What a remark on the region's list begins with, and the class that it thinks possible."""


@cache
def uses() -> list[Questionnaire]:
    """The uses as the inventory reads them."""
    gathered = gather(rulebase.load(), [TABLE])
    assert gathered.problems == gathered.remarks == []
    return [told_by(entry, rulebase.load(), DAY) for entry in gathered.entries]


@cache
def classes() -> list[tuple[Tier, ...]]:
    """What each use could be."""
    base = rulebase.load()
    return [glance(base, base.law(DAY), use.answers).possible for use in uses()]


def outcomes() -> str:
    """A line a use."""
    return "".join(f"{ident(row)}: {' '.join(tiers)}\n" for row, tiers in zip(ROWS, classes(), strict=True))


def ident(row: dict[str, Any]) -> str:
    return str(row["description"]).rstrip(".").rpartition(" ")[2]


def answers(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {fact: told for fact, told in row.items() if fact not in ABOUT}


def possible(*tiers: str) -> int:
    """How many uses may be of all of these classes."""
    return sum(set(tiers) <= set(found) for found in classes())


def test_every_use_is_there_once_with_a_name_and_a_title() -> None:
    assert len(ROWS) == len({row["name"] for row in ROWS}) == len({ident(row) for row in ROWS}) == 134
    for row in ROWS:
        assert re.fullmatch(r"[A-Z].+\. OCC-[A-Z]{3}-\d\d\.", row["description"])
        assert row["lang"] == "fr"


def test_nothing_is_wrong_and_no_answer_is_set_aside() -> None:
    assert [use.aside for use in uses() if use.aside] == []


@pytest.mark.parametrize("row", ROWS, ids=ident)
def test_every_answer_names_the_words_it_comes_from(row: dict[str, Any], base: RuleBase) -> None:
    for fact, told in answers(row).items():
        assert set(told) == {"answer", "note"}
        assert CITED.match(told["note"]), fact
        if base.questions[fact].type == "choices" and told["answer"] and "l'objet est" not in told["note"]:
            assert UNKNOWN in told["answer"], f"{fact}: a choice that is ticked rules out no other"


@pytest.mark.skipif(not LIST.exists(), reason="the region's list does not lie beside this checkout")
@pytest.mark.parametrize("row", ROWS, ids=ident)
def test_the_words_stand_in_the_line_and_what_it_may_be_is_not_ruled_out(row: dict[str, Any]) -> None:
    line = {line["id"]: line for line in _lines()}[ident(row)]
    words = " ".join([line["text_fr"], line["sector"], line["subsection"] or "", "usages"])
    for fact, told in answers(row).items():
        cited = CITED.match(told["note"])
        assert cited is not None
        assert cited[1] in words, fact
    assert row["name"] not in line["text_fr"]
    for remark in line["candidate_provisions"]:
        thought = {tier for start, tier in SEEN.items() if re.match(re.escape(start) + r"(?!\d)", remark)}
        assert thought <= set(classes()[ROWS.index(row)]), remark


@cache
def _lines() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(LIST.read_text("utf-8"))
    return found


@pytest.mark.skipif(not LIST.exists(), reason="the region's list does not lie beside this checkout")
def test_the_uses_stand_in_the_order_of_the_list() -> None:
    assert [ident(row) for row in ROWS] == [line["id"] for line in _lines()]


def test_the_outcomes_are_those_that_were_read() -> None:
    assert outcomes() == FROZEN.read_text("utf-8"), "python -m tests.test_occitanie"


def test_no_use_has_a_class_as_no_line_says_whether_and_by_whom_it_is_used() -> None:
    assert all(len(tiers) > 1 and "excluded" in tiers for tiers in classes())
    asked = {"on_market_or_in_use", "organisation", "establishment", "company_activities", "union_presence"}
    assert not any(asked & set(row) for row in ROWS)


NUMBERS = {
    "en": "Of {uses} uses, none certainly has a class: .*?, {never} cannot be prohibited, {low} cannot be high-risk "
    "and {neither} can be neither, whatever the answers; {high} may be high-risk. {ai} are certainly AI systems",
    "fr": "Sur {uses} usages, aucun n'a de classe certaine : .*?, {never} ne peuvent pas être interdits, {low} ne "
    "peuvent pas être à haut risque et {neither} ne peuvent être ni l'un ni l'autre, quelles que soient les réponses ; "
    "{high} peuvent être à haut risque. {ai} sont certainement des systèmes d'IA",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_the_numbers_on_the_pages_are_those_of_the_table(page: Path) -> None:
    text = page.read_text("utf-8").replace("’", "'").replace("\u00a0", " ")
    high, banned = possible("high-risk"), possible("prohibited")
    either = high + banned - possible("high-risk", "prohibited")
    numbers = {
        "uses": len(ROWS), "never": len(ROWS) - banned, "low": len(ROWS) - high, "neither": len(ROWS) - either,
        "high": high, "ai": len(ROWS) - possible("not-an-ai-system"),
    }  # fmt: skip
    sentences = [sentence.format(**numbers) for sentence in NUMBERS.values()]
    assert page.parent == TOP or all(re.search(sentence, text) for sentence in sentences)
    assert [sentence for sentence in sentences if re.search(sentence, text)]
    assert len(re.findall(r"134 (?:uses|usages),", text)) == sum(bool(re.search(one, text)) for one in sentences)


if __name__ == "__main__":
    FROZEN.write_text(outcomes(), "utf-8")
