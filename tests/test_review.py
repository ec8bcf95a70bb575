"""The rule base under a lawyer's eye: whole against the Act, readable rule by rule, comparable day by day."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from aiact_check.cli import main
from aiact_check.law.lawbook import RuleBase
from aiact_check.reviewing import coverage, review
from aiact_check.text import LANGUAGES


def test_nothing_of_the_act_is_left_out(base: RuleBase) -> None:
    assert list(coverage.mistakes(base)) == []


def test_every_claim_of_the_annex_is_traced(base: RuleBase) -> None:
    found = base.annex
    known = coverage.known_provisions()
    assert len({claim.id for claim in found.claims}) == len(found.claims) > 40
    for claim in found.claims:
        assert set(claim.rules) <= set(base.rules), claim.id
        assert set(claim.cite) <= set(known), claim.id
        assert claim.rules or claim.cite, claim.id
        assert claim.verdict == "confirmed" or claim.says, claim.id
    for row in found.table.rows:
        assert len(row.cells) == len(found.table.roles)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_makes_a_page(base: RuleBase, lang: str) -> None:
    for rule_id in base.rules:
        page = review.page(base, rule_id, "fr" if lang == "fr" else "en")
        assert rule_id in page
        assert "http://data.europa.eu/eli/" in page
        assert all(len(line) <= 400 for line in page.splitlines())


def test_a_page_says_what_a_lawyer_looks_for(base: RuleBase) -> None:
    page = review.page(base, "art-6/3", "fr")
    for part in ("Notre lecture", "S’applique quand", "Déroge à", "art-6/2", "art-6/3-profiling", "Interprétation"):
        assert part.replace("’", "'") in page.replace("’", "'"), part


def test_the_amendment_of_2026_shows_as_new_reworded_ended_and_moved(base: RuleBase) -> None:
    said = " ".join(review.diff(base, date(2026, 6, 1), date(2026, 11, 23), "en").split())
    for part in ("art-5/1-ba", "art-6/1a", "annex-i/a-1", "2 December 2027 instead of 2 August 2026"):
        assert part in said, part
    assert "Nothing changed" in review.diff(base, date(2026, 8, 1), date(2026, 11, 23), "en")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["coverage"], "encoded"),
        (["annex", "--lang", "fr"], "DREETS"),
        (["show", "art-26/7", "--lang", "fr"], "art. 26, par. 7"),
        (["diff", "2026-06-01", "2026-11-23"], "New provisions"),
    ],
)
def test_the_commands_print(arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(main, ["rules", *arguments])
    assert result.exit_code == 0, result.output
    assert says in result.output.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_misspelt_rule_is_wrong_usage_with_a_hint() -> None:
    result = CliRunner().invoke(main, ["rules", "show", "annex-iii/4-aa"])
    assert result.exit_code == 2
    assert "annex-iii/4-a" in result.output
