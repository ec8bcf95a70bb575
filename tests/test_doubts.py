"""A doubt about the law is shown where its readings part, whether a rule then holds or not; nowhere else."""

from __future__ import annotations

import pytest

from aiact_check.assessing.doubts import Doubts
from aiact_check.law.evaluate import Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.reporting import report
from aiact_check.wording.view import View
from tests.conftest import TODAY, Assess
from tests.test_law import HIRING, MAKER, QUIET, SCOPE, USER

NEITHER = "product_act: []\nsensitive_practices: []\noutputs_and_interactions: []\n"
LEARNING = USER + NEITHER + "areas: [education]\neducation_uses: [learning_outcomes]\n"
WATER = USER + NEITHER + "areas: [critical_infrastructure]\ninfrastructures: [water]\n"
FEELINGS = USER + NEITHER + "areas: [biometrics]\nbiometric_functions: [emotions]\nemotion_subjects: [workers]\n"
ORIGINS = USER + NEITHER + "areas: [biometrics]\nbiometric_functions: [categorisation]\nbiometric_categories: [race]\n"
ORIGINS += "categorisation_service_link: []\n"
NAMED = SCOPE + QUIET + "company_activities: [places_on_market_own_name, changes_others_system]\n"
NAMED += "changes_to_others_system: [own_name_on_it]\nhigh_risk_before_change: false\nchange_foreseen: false\n"
LIFT = MAKER + NEITHER.replace("[]", "[lifts]", 1) + "areas: []\nproduct_part: component\n"
LIFT += "component_purpose: safety\nsection_a_assessment: required\n"
MODEL = "described: model\norganisation: business_or_body\nestablishment: union\nprovides_model: [further_training]\n"
MODEL += "model_range: wide\nmodel_outputs: [language]\nmodel_supply: [as_model]\nmodification_share: over_third\n"
TEST = SCOPE.replace("on_market_or_in_use: true", "on_market_or_in_use: false") + QUIET
TEST += "company_activities: [develops_or_has_developed]\n"

PARTING = {
    "annex-iii/3-b": (LEARNING, "education_institution_involved: false", "education_institution_involved: true"),
    "annex-iii/3-c": (
        LEARNING.replace("learning_outcomes", "education_level"),
        "education_institution_involved: false", "education_institution_involved: true",
    ),
    "annex-iii/2": (
        WATER + "infrastructure_functions: [protects_directly]",
        "infrastructure_importance: private_use", "infrastructure_importance: critical_entity",
    ),
    "annex-iii/2-safety-component": (
        WATER + "infrastructure_importance: critical_entity",
        "infrastructure_functions: [cybersecurity, failure_endangers]", "infrastructure_functions: [cybersecurity]",
    ),
    "art-6/3": (
        USER + HIRING + "does_profiling: false\nreplaces_human_assessment: false\nlimited_tasks: [preparatory]",
        "significant_risks: [influences_decisions]", "significant_risks: []",
    ),
    "art-5/1-f-medical-or-safety": (FEELINGS, "emotion_reasons: [safety, other]", "emotion_reasons: [other]"),
    "art-5/1-g-law-enforcement": (
        ORIGINS,
        "trait_sorting: [individuals, law_enforcement]",
        "trait_sorting: [individuals, law_enforcement, lawfully_acquired]",
    ),
    "art-2/12": (
        USER.replace("licence: not_free\n", "") + QUIET, "licence: free_and_open_monetised", "licence: not_free"
    ),
    "art-3/3": (NAMED, "already_supplied_before_change: true", "already_supplied_before_change: false"),
    "art-111/2-annex-i": (LIFT, "first_placed_on: 2027-12-03", "first_placed_on: 2026-08-01"),
    "art-51/2": (MODEL + "modification_exaflop: 5", "base_model_systemic: true", "base_model_systemic: false"),
    "art-2/1-a": (TEST, "real_world_testing: without_safeguards", "real_world_testing: none"),
    "art-99/5": (
        USER + HIRING + "does_profiling: true\nis_public_body: true",
        "is_union_institution: true", "is_union_institution: false",
    ),
    "art-4/literacy": (
        MAKER.replace("taken_over_by_another: []\n", "") + HIRING + "does_profiling: true\nfirst_placed_on: 2028-01-01",
        "taken_over_by_another: [substantial_modification]", "taken_over_by_another: []",
    ),
}  # fmt: skip
"""By rule: answers, one more under which a doubt about it bears, and one under which it does not."""


@pytest.mark.parametrize("rule", PARTING)
def test_a_doubt_is_shown_where_its_readings_part(rule: str, assess: Assess) -> None:
    given, parts, agrees = PARTING[rule]
    bears, idle = assess(f"{given}\n{parts}"), assess(f"{given}\n{agrees}")
    doubts = {doubt["rule"]: doubt["says"] for doubt in bears["doubts"]}
    assert rule in doubts
    said = [note["en"] for note in doubts[rule]]
    shown = [line["en"] for note in View(bears, "en").notes for line in note["says"]]
    assert set(said) <= set(shown)
    assert not set(said) & {line["en"] for note in View(idle, "en").notes for line in note["says"]}


def test_both_readings_are_printed(assess: Assess) -> None:
    given, parts, _ = PARTING["annex-iii/3-b"]
    found = assess(f"{given}\n{parts}")
    for said in (report.html(found, "en"), report.markdown(found, "en")):
        assert "The other reading takes any such evaluation" in said.replace("\u00a0", " ")


def test_a_doubt_is_not_cleared_by_an_open_answer(base: RuleBase) -> None:
    nothing_answered = Doubts(base, Values(base.law(TODAY), {}), lambda _: [])
    for rule in (base.rules[rule_id] for rule_id in ("art-50/2-standard-editing", "art-6/3", "art-111/3")):
        assert any(note.when for note in rule.interpretation)
        assert [says["en"] for says in nothing_answered.notes(rule)] == [note.en for note in rule.interpretation]
