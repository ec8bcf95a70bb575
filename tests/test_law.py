"""The law where it is easy to get wrong: versions, dates, exceptions, what is not cleared, who owes what, how much."""

from __future__ import annotations

from datetime import date

import pytest

from aiact_check.assessing.assessment import Assessment
from tests.conftest import Assess

SCOPE = """
technique: [learns_from_data]
output_producer: software_by_itself
system_outputs: [predictions]
organisation: business_or_body
establishment: union
union_presence: [on_union_market]
on_market_or_in_use: true
purposes_served: [other_purposes]
licence: not_free
taken_over_by_another: []
provides_model: []
authority_action: []
"""
USER = SCOPE + "company_activities: [uses_under_its_authority]\n"
MAKER = SCOPE + "company_activities: [develops_or_has_developed, places_on_market_own_name]\n"
MAKER += "ai_office_case: []\nsupplies_high_risk_providers: []\n"
QUIET = "areas: []\nproduct_act: []\nsensitive_practices: []\noutputs_and_interactions: []\n"
HIRING = "areas: [employment]\nemployment_uses: [recruitment_or_selection]\nproduct_act: []\nsensitive_practices: []\n"
BEFORE, SINCE = date(2026, 7, 26), date(2026, 7, 27)


def headline(found: Assessment) -> str:
    return found["classification"]["headline"]


def duties(found: Assessment) -> dict[str, str | None]:
    return {duty["id"]: duty["applies_from"] for duty in found["duties"]}


def ceilings(found: Assessment) -> dict[str, int | None]:
    return {penalty["id"]: penalty["ceiling_eur"] for penalty in found["penalties"]}


def test_nothing_answered_clears_nothing(assess: Assess) -> None:
    found = assess("technique: unknown")
    assert headline(found) == "undetermined"
    assert set(found["classification"]["possible"]) == {
        "model", "not-an-ai-system", "excluded", "prohibited", "high-risk", "transparency", "minimal",
    }  # fmt: skip


@pytest.mark.parametrize("left_open", QUIET.strip().splitlines())
def test_minimal_is_said_only_when_every_part_is_proved(assess: Assess, left_open: str) -> None:
    assert headline(assess(USER + QUIET)) == "minimal"
    found = assess((USER + QUIET).replace(left_open, ""))
    assert headline(found) == "undetermined"
    assert left_open.split(":")[0] in {question["fact"] for question in found["open_questions"]}


def test_the_amendment_moves_annex_iii_on_the_day_it_comes_into_force(assess: Assess) -> None:
    lines = USER + HIRING + "does_profiling: true\nfirst_placed_on: 2028-01-01"
    assert duties(assess(lines, BEFORE))["art-26/1"] == "2026-08-02"
    assert duties(assess(lines, SINCE))["art-26/1"] == "2027-12-02"


def test_a_derogation_in_doubt_leaves_the_class_open_and_profiling_closes_it(assess: Assess) -> None:
    doubtful = assess(USER + HIRING)
    assert headline(doubtful) == "undetermined"
    assert "high-risk" in doubtful["classification"]["possible"]
    assert headline(assess(USER + HIRING + "does_profiling: true\nlimited_tasks: [narrow_procedural]")) == "high-risk"


def test_legacy_systems_owe_the_high_risk_duties_only_after_a_significant_change(assess: Assess) -> None:
    legacy = USER + HIRING + "does_profiling: true\nfirst_placed_on: 2025-03-01\n"
    legacy += "intended_for_public_authorities: false\n"
    assert "art-26/1" not in duties(assess(legacy + "significant_design_change: false"))
    exempted = {entry["id"] for entry in assess(legacy + "significant_design_change: false")["exemptions"]}
    assert "art-26/1" in exempted
    changed = legacy + "significant_design_change: true\nsignificant_design_change_on: 2028-05-01"
    assert duties(assess(changed))["art-26/1"] == "2028-05-01"
    public = legacy.replace("authorities: false", "authorities: true") + "significant_design_change: false"
    assert duties(assess(public))["art-26/1"] == "2030-08-02"


def test_prohibited_practices_apply_already_and_the_new_ones_from_december(assess: Assess) -> None:
    emotions = "areas: [biometrics]\nbiometric_functions: [emotions]\nemotion_subjects: [workers]\n"
    emotions += "emotion_reasons: []\n"
    found = assess(USER + emotions)
    assert headline(found) == "prohibited"
    assert duties(found)["art-5/1-f-duty"] == "2025-02-02"


def test_drones_are_section_b_and_owe_nothing_directly(assess: Assess) -> None:
    drone = "areas: []\nproduct_act: [unmanned_aircraft]\nproduct_part: component\ncomponent_purpose: safety\n"
    drone += "section_b_assessment: required\nsensitive_practices: []\noutputs_and_interactions: []\n"
    found = assess(MAKER + drone)
    assert headline(found) == "high-risk"
    assert duties(found) == {}


def test_small_companies_pay_the_lower_figure_and_mid_caps_only_outside_the_prohibitions(assess: Assess) -> None:
    hiring = USER + HIRING + "does_profiling: true\nfirst_placed_on: 2028-01-01\nis_public_body: false\n"
    hiring += "public_quarter_ownership: false\n"
    small = hiring + "headcount: 60\nannual_turnover_eur: 8000000\nbalance_sheet_eur: 5000000"
    assert ceilings(assess(small))["art-99/4"] == 240_000
    large = hiring + "headcount: 6000\nannual_turnover_eur: 900000000\nbalance_sheet_eur: 900000000"
    assert ceilings(assess(large))["art-99/4"] == 27_000_000
    middle = hiring + "headcount: 600\nannual_turnover_eur: 100000000\nbalance_sheet_eur: 100000000"
    assert ceilings(assess(middle))["art-99/4"] == 3_000_000
    assert ceilings(assess(middle, BEFORE))["art-99/4"] == 15_000_000
    unknown = hiring + "headcount: 60"
    assert ceilings(assess(unknown))["art-99/4"] is None


def test_literacy_has_no_ceiling(assess: Assess) -> None:
    found = assess(USER + QUIET)
    assert duties(found) == {"art-4/literacy": "2025-02-02"}
    assert found["duties"][0]["penalty"] is None


def test_registration_of_exempted_systems_shows_both_readings(assess: Assess) -> None:
    exempted = MAKER + HIRING + "does_profiling: false\nlimited_tasks: [narrow_procedural]\nsignificant_risks: []\n"
    found = assess(exempted)
    registration = next(duty for duty in found["duties"] if duty["id"] == "art-49/2")
    assert registration["start"]["confidence"] == "open"
    assert [reading["date"] for reading in registration["start"]["readings"]] == ["2026-08-02", "2027-12-02"]


def test_a_start_is_doubtful_only_since_the_amendment_made_it_so(assess: Assess) -> None:
    lines = MAKER + HIRING + "does_profiling: true\nfirst_placed_on: 2028-01-01"
    for rule in ("art-49/1", "art-72/1"):
        said = []
        for day in (BEFORE, SINCE):
            start = next(duty["start"] for duty in assess(lines, day)["duties"] if duty["id"] == rule)
            said.append((start["date"], start["confidence"], start["because"] is None))
        assert said == [("2026-08-02", "settled", True), ("2027-12-02", "inferred", False)], rule


def test_every_day_of_change_has_a_verdict(assess: Assess) -> None:
    days = {date(2024, 8, 1), BEFORE, SINCE}
    for milestone in assess(USER)["calendar"]:
        day = date.fromisoformat(milestone["date"])
        days |= {day, date.fromordinal(day.toordinal() - 1), date.fromordinal(day.toordinal() + 1)}
    for day in sorted(days):
        assert "high-risk" in assess(USER + HIRING + "does_profiling: true", day)["classification"]["possible"]
        assert headline(assess(USER + QUIET, day)) == "minimal"


def test_each_duty_names_a_provision_with_an_address(assess: Assess) -> None:
    found = assess(MAKER + HIRING + "does_profiling: true\nfirst_placed_on: 2028-01-01")
    assert len(found["duties"]) > 30
    for duty in found["duties"]:
        assert duty["cite"]
        assert all(cite["eli"].startswith("http://data.europa.eu/eli/") for cite in duty["cite"])
