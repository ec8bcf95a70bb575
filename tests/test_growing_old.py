"""Law grows old: every output says so where it is known too long before the day asked about, and not before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from aiact_check.cli import common, main
from aiact_check.law.lawbook import RuleBase
from aiact_check.reporting import agenda, report, summary, workbook
from aiact_check.text import Language
from tests.conftest import TOP, Assess

SPAM = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"
SAYS: dict[Language, str] = {"en": "have counsel check", "fr": "faites vérifier par un conseil"}


def last_good_day(base: RuleBase) -> date:
    return date.fromisoformat(base.acts.known_to) + timedelta(base.acts.old_after_days)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("late", [0, 1])
def test_every_output_says_that_the_law_is_too_old(base: RuleBase, example: Assess, lang: Language, late: int) -> None:
    found = example("spam-filter.en", last_good_day(base) + timedelta(late))
    assert found["law"]["old"] is bool(late)
    outputs = [report.html(found, lang), report.markdown(found, lang), summary.text(found, lang)]
    assert [SAYS[lang] in text.replace("\u00a0", " ").replace("\n", " ") for text in outputs] == [bool(late)] * 3


def test_the_calendar_file_and_the_workbook_say_it_too(base: RuleBase, example: Assess) -> None:
    day = last_good_day(base) + timedelta(1)
    found = example("recrutement-ia-generative.fr", day)
    assert "counsel check" in agenda.ics(found, "en").decode().replace("\r\n ", "")
    assert workbook.xlsx(found, "en") != workbook.xlsx({**found, "law": {**found["law"], "old": False}}, "en")


@pytest.mark.parametrize(("late", "exits"), [(-30, 0), (0, 0), (1, 1)])
def test_status_ends_with_1_for_a_scheduler(base: RuleBase, late: int, exits: int) -> None:
    day = last_good_day(base) + timedelta(late)
    result = CliRunner().invoke(main, ["rules", "status", "--lang", "en", "--as-of", day.isoformat()])
    assert result.exit_code == exits
    printed = " ".join(result.output.split())
    assert f"{base.acts.old_after_days + late} days ago" in printed
    assert ("too old: update it" in printed) is bool(exits)
    assert "2 December 2027" in printed


def test_a_late_day_at_the_desk_is_said_whatever_day_is_asked_about(
    base: RuleBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["questions", str(SPAM), "--as-of", "2026-11-23"]
    assert "too old" not in CliRunner().invoke(main, arguments).stderr
    monkeypatch.setattr(common, "today", lambda: last_good_day(base) + timedelta(1))
    assert "too old" in CliRunner().invoke(main, arguments).stderr
