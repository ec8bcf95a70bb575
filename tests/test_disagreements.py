"""docs/disagreements.md: each entry is tied to a case, a rule or a claim of the annex; each difference has an entry."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from aiact_check.law.lawbook import RuleBase
from tests import agreement
from tests.conftest import TOP

PAGE = TOP / "docs" / "disagreements.md"
TIE = re.compile(r"`(case|rule|claim): ([^`]+)`")
LEANS = re.compile(r"guideline|guidance|[Oo]nly recital|said by recital")
"""A note that says a reading leans on something that is not law."""
NO_READING = {
    "art-63/1": "says that guidelines are not published yet",
    "art-73/1": "says that guidance on incidents is a draft",
}


@dataclass(frozen=True)
class Entry:
    """A section of the page."""

    title: str
    anchor: str
    ties: list[tuple[str, str]]
    ours: str
    other: str

    def of(self, kind: str) -> set[str]:
        return {name for each, name in self.ties if each == kind}


def entries() -> list[Entry]:
    found = []
    for section in re.split(r"^### ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        section = section.split("\n## ")[0]
        title, anchor, ties, *_ = section.splitlines()
        ours, other = (re.search(rf"^- \*\*{who}\*\*[^:]*: (.+)$", section, re.MULTILINE) for who in ("Ours", "Other"))
        assert ours, title
        assert other, title
        named = re.fullmatch(r'<a id="([a-z0-9-]+)"></a>', anchor)
        assert named, title
        found.append(Entry(title, named[1], TIE.findall(ties), ours[1], other[1]))
    return found


ENTRIES = entries()


def test_anchors_are_unique() -> None:
    anchors = [entry.anchor for entry in ENTRIES]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.anchor)
def test_an_entry_is_tied_to_something_that_says_so_too(entry: Entry, base: RuleBase) -> None:
    assert entry.ties
    assert entry.of("rule") <= set(base.rules)
    cases = {file.stem: file for file in agreement.files()}
    for name in entry.of("case"):
        assert "disagreement" in agreement.told(cases[name])[0]
    claims = {claim.id: claim for claim in base.annex.claims}
    for name in entry.of("claim"):
        says = claims[name].says
        assert says
        assert (entry.ours, entry.other) == (says.en, claims[name].claim.en)
    if not entry.of("case") | entry.of("claim"):
        assert any(base.rules[name].interpretation for name in entry.of("rule"))


def test_every_case_with_a_disagreement_has_an_entry() -> None:
    differing = {file.stem for file in agreement.files() if "disagreement" in agreement.told(file)[0]}
    assert {name for entry in ENTRIES for name in entry.of("case")} == differing


def test_every_claim_of_the_annex_that_does_not_hold_has_an_entry(base: RuleBase) -> None:
    wrong = {claim.id for claim in base.annex.claims if claim.verdict in ("differs", "outdated")}
    assert {name for entry in ENTRIES for name in entry.of("claim")} == wrong


def test_every_rule_that_leans_on_what_is_not_law_has_an_entry(base: RuleBase) -> None:
    leaning = {rule.id for rule in base.rules.values() if any(LEANS.search(note.en) for note in rule.interpretation)}
    assert leaning - {name for entry in ENTRIES for name in entry.of("rule")} == set(NO_READING)
