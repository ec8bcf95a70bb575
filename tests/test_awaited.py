"""What may still change a result: the register of awaited texts, what of it a result shows, what rests on a draft."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import icalendar
import pypdfium2
import pytest

from aiact_check.law.around import Awaited, AwaitedTexts
from aiact_check.law.crosscheck import Known
from aiact_check.law.lawbook import RuleBase
from aiact_check.reporting import agenda, report
from aiact_check.reviewing import coverage
from aiact_check.text import LANGUAGES, Language
from aiact_check.wording.changes import PRINTED
from aiact_check.wording.typeset import typeset, words
from aiact_check.wording.view import View
from tests.conftest import EXAMPLES, TODAY, Assess

NAMES = [file.stem for file in EXAMPLES]
DELEGATED = (
    *("art_2.par_13", "art_6.par_6", "art_6.par_7", "art_7.par_1", "art_7.par_3", "art_11.par_3", "art_30.par_2"),
    *("art_43.par_5", "art_43.par_6", "art_47.par_5", "art_51.par_3", "art_52.par_4.sub_2"),
    *("art_53.par_5", "art_53.par_6"),
)
"""The powers that the Act's article on delegation lists."""
IMPLEMENTING = (
    *("art_37.par_4", "art_41.par_1", "art_50.par_7", "art_56.par_9", "art_58.par_1", "art_60.par_1.sub_2"),
    *("art_68.par_1", "art_75d.par_3", "art_92.par_6", "art_101.par_6"),
)
"""Where the Act speaks of implementing acts."""
GUIDELINES = (*(f"art_96.par_1.poi_{letter}" for letter in "abcdefg"), "art_6.par_5", "art_63.par_1", "art_72.par_3")
UNTOLD = {"art-3/14"}
"""Rules with a note on the draft that no question tells apart from other cases."""
IN_SCOPE = """
technique: [learns_from_data]
output_producer: software_by_itself
system_outputs: [predictions]
organisation: business_or_body
establishment: union
union_presence: [on_union_market]
on_market_or_in_use: true
purposes_served: [other_purposes]
company_activities: [uses_under_its_authority]
product_act: []
"""
LEARNER = f"{IN_SCOPE}areas: [education]\neducation_uses: [learning_outcomes]"


def ids(found: Any) -> list[str]:
    return [text["id"] for text in found["awaited"]]


@pytest.mark.parametrize("provision", [*DELEGATED, *IMPLEMENTING, *GUIDELINES])
def test_every_power_to_make_rules_is_counted(provision: str) -> None:
    entry = coverage.entries()[provision]
    assert entry.empowers is not None


def test_the_count_of_empowerments_and_the_register_agree(base: RuleBase) -> None:
    assert list(coverage.mistakes(base)) == []
    name, text = next(iter(base.awaited.items()))
    without = {other: each for other, each in base.awaited.items() if other != name}
    (lost,) = coverage.mistakes(replace(base, awaited=without))
    assert lost.startswith(text.basis[0])
    more = replace(text, basis=[*text.basis, "art_1.par_1"])
    (uncounted,) = coverage.mistakes(replace(base, awaited={**base.awaited, name: more}))
    assert uncounted.startswith("art_1.par_1")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_coverage_tells_what_becomes_of_each_empowerment(base: RuleBase, lang: Language) -> None:
    said = flat(coverage.table(base, lang))
    for text in base.awaited.values():
        assert flat(typeset(getattr(text.title, lang), lang)) in said
    assert flat(words(lang)["review"]["irrelevant"]) in said


def test_names_in_the_register_are_checked(base: RuleBase) -> None:
    text = base.awaited["guidelines-class"]
    broken = replace(
        text, basis=["art_6.par_99"], touches=["art-6/99", "art-600/"], questions=["arreas"], seen="October", due="soon"
    )
    mistakes = list(Known(base).mistakes(AwaitedTexts(texts={"x": broken}), {}))
    assert [path[-1] for path, _, _ in mistakes] == ["basis", "touches", "touches", "questions", "seen", "due"]


@pytest.mark.parametrize("name", NAMES)
def test_only_texts_that_touch_the_result_are_shown(base: RuleBase, example: Assess, name: str) -> None:
    found = example(name)
    duties = {duty["id"] for duty in (*found["duties"], *found["options"])}
    classes = found["classification"]
    held = {tier["finding"]["rule"] for tier in classes["tiers"]} | {role["finding"]["rule"] for role in found["roles"]}
    held |= {finding["rule"] for finding in (*classes["routes"], *found["conformity"], *found["findings"])
             if finding["value"] != "false"}  # fmt: skip
    held |= duties | {penalty["id"] for penalty in found["penalties"]}
    for text in found["awaited"]:
        assert set(text["rules"]) <= held, text["id"]
        assert text["rules"] or text["readings"], text["id"]
        assert base.awaited[text["id"]].state == text["state"] != "adopted"


def test_what_the_register_shows_follows_the_system(example: Assess) -> None:
    recruiter = ids(example("recrutement-ia-generative.fr"))
    assert "guidelines-class" in recruiter
    assert "model-thresholds" not in recruiter
    assert "simplified-documentation" not in recruiter  # the provider's, not the deployer's
    device = ids(example("imagerie-medicale.fr"))
    assert {"limits-for-products", "guidelines-products", "monitoring-template"} <= set(device)
    assert "listed-uses" not in device
    assert "guidelines-class" not in ids(example("spam-filter.en"))
    assert {"model-thresholds", "annex-xiii"} <= set(ids(example("modele-ouvert.fr")))


def test_a_company_outside_france_waits_for_no_french_law(assess: Assess) -> None:
    hires = f"{IN_SCOPE}areas: [employment]\nemployment_uses: [recruitment_or_selection]\ndoes_profiling: true"
    assert "french-authorities" in ids(assess(f"{hires}\nestablished_in_france: true"))
    assert "french-authorities" not in ids(assess(f"{hires}\nestablished_in_france: false"))


def test_profiling_cannot_gain_an_exemption(assess: Assess) -> None:
    hires = f"{IN_SCOPE}areas: [employment]\nemployment_uses: [recruitment_or_selection]\nlimited_tasks: []"
    assert "exemption-conditions" in ids(assess(f"{hires}\ndoes_profiling: false"))
    assert "exemption-conditions" not in ids(assess(f"{hires}\ndoes_profiling: true"))


def test_nothing_is_awaited_on_a_day_before_the_last_amendment(base: RuleBase, example: Assess) -> None:
    begun = date.fromisoformat(max(base.provisions))
    assert example("recrutement-ia-generative.fr", begun)["awaited"]
    assert example("recrutement-ia-generative.fr", begun - timedelta(days=1))["awaited"] == []


def test_a_learners_own_tool_rests_on_the_draft_and_a_schools_does_not(assess: Assess) -> None:
    own = assess(f"{LEARNER}\neducation_institution_involved: false")
    assert own["awaited"][0]["id"] == "guidelines-class"
    assert [reading["rule"] for reading in own["awaited"][0]["readings"]] == ["annex-iii/3-b"]
    for answer in ("true", "unknown"):
        school = assess(f"{LEARNER}\neducation_institution_involved: {answer}")
        assert not any(text["readings"] for text in school["awaited"])


def test_a_draft_decides_nothing_where_another_use_is_listed(assess: Assess) -> None:
    both = LEARNER.replace("[education]", "[education, employment]")
    found = assess(f"{both}\neducation_institution_involved: false\nemployment_uses: [promotion]\ndoes_profiling: true")
    assert not any(text["readings"] for text in found["awaited"])


def test_an_infrastructure_of_a_known_critical_entity_does_not_hang_on_the_draft(assess: Assess) -> None:
    grid = f"{IN_SCOPE}areas: [critical_infrastructure]\ninfrastructures: [electricity]\n"
    grid += "infrastructure_functions: [protects_directly]\ninfrastructure_importance: "
    (departs,) = assess(f"{grid}not_identified")["awaited"][0]["readings"]
    assert departs["rule"] == "annex-iii/2"
    assert departs["follows"] is False
    assert not any(text["readings"] for text in assess(f"{grid}critical_entity")["awaited"])


def test_every_note_that_leans_on_a_draft_is_in_the_register(base: RuleBase) -> None:
    noted = {
        rule.id
        for rule in base.rules.values()
        if any(re.search(r"draft guidelines", note.en) for note in rule.interpretation)
    }
    told = {reading.rule for text in base.awaited.values() for reading in text.readings}
    assert noted == told | UNTOLD


def drafted(assess: Assess) -> Any:
    return assess(f"{LEARNER}\neducation_institution_involved: false")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_one_says_what_rests_on_a_draft(assess: Assess, lang: Language) -> None:
    found = drafted(assess)
    (line,) = View(found, lang).drafts
    first = pypdfium2.PdfDocument(io.BytesIO(report.pdf(found, lang)))[0].get_textpage().get_text_range()
    assert flat(line) in flat(first)
    assert line in report.html(found, lang).split('id="awaited"')[0]
    assert line in report.markdown(found, lang).split("\n## ")[0]


def flat(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_of_a_draft_where_none_bears_on_the_result(example: Assess, lang: Language) -> None:
    assert View(example("recrutement-ia-generative.fr"), lang).drafts == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_texts_are_printed_and_all_are_on_screen(example: Assess, lang: Language) -> None:
    found = example("flux-electriques.fr")
    titles = [typeset(text["title"][lang], lang) for text in found["awaited"]]
    assert len(titles) > PRINTED
    _, page = report.html(found, lang).split('id="awaited"')
    printed, _, screen = page.partition('<ul class="around screen">')
    assert all(title in printed for title in titles[:PRINTED])
    assert all(title in screen for title in titles[PRINTED:])
    pages = pypdfium2.PdfDocument(io.BytesIO(report.pdf(found, lang)))
    paper = flat("".join(page.get_textpage().get_text_range() for page in pages))
    assert all(flat(title) in paper for title in titles[:PRINTED])
    hidden = typeset(found["awaited"][PRINTED]["would"][lang], lang)
    assert flat(hidden) not in paper
    assert flat(View(found, lang).n(words(lang)["awaited"]["more"], len(titles) - PRINTED)) in paper


def lines(base: RuleBase, lang: Language) -> Iterator[tuple[str, str]]:
    """The two lines of each entry as they are printed."""
    for name, text in base.awaited.items():
        if text.state != "adopted":
            yield f"{name} 1", first_line(base, text, lang)
            yield f"{name} 2", f"{words(lang)['awaited']['directions'][text.direction]} : {getattr(text.would, lang)}"


def first_line(base: RuleBase, text: Awaited, lang: Language) -> str:
    cite = getattr(base.provision(text.basis[0], max(base.provisions)), lang)
    state = View.awaited_state(Shown(lang), {"state": text.state, "seen": text.seen, "due": text.due})
    return f"{getattr(text.title, lang)} {cite}, {state}"


class Shown(View):
    """As much of a view as the state of a text needs."""

    def __init__(self, lang: Language) -> None:
        self.doc, self.lang, self.w = {"as_of": TODAY.isoformat()}, lang, words(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_entry_is_printed_in_two_lines(base: RuleBase, lang: Language) -> None:
    long = {name: line for name, line in lines(base, lang) if len(line) > 120}
    assert long == {}


def test_a_calendar_holds_the_days_by_which_texts_are_due(example: Assess) -> None:
    found = example("imagerie-medicale.fr")
    ahead = {text["due"] for text in found["awaited"] if text["due"] and text["due"] > found["as_of"]}
    assert {"2027-08-01", "2027-08-02", "2027-09-02"} <= ahead
    events: list[Any] = list(icalendar.Calendar.from_ical(agenda.ics(found, "en")).walk("VEVENT"))
    due = {str(event["dtstart"].dt): str(event["description"]) for event in events if "is due" in event["summary"]}
    assert set(due) == ahead
    assert "Guidance and template for the monitoring plan (Art. 72(3))" in due["2027-09-02"].replace("\u00a0", " ")


def test_a_text_that_touches_only_what_is_in_doubt_is_no_event(assess: Assess) -> None:
    found = assess("technique: null")
    assert any((text["due"] or "") > found["as_of"] for text in found["awaited"])
    assert not icalendar.Calendar.from_ical(agenda.ics(found, "en")).walk("VEVENT")


def test_a_day_that_has_passed_is_said_to_have_been_due(example: Assess) -> None:
    view = View(example("imagerie-medicale.fr"), "en")
    states = {text["id"]: view.awaited_state(text).replace("\u00a0", " ") for text in view.awaited}
    assert states["guidelines-class"] == "draft, seen 15 Oct 2026, was due by 2 Feb 2026"
    assert states["guidelines-products"] == "announced, seen 15 Oct 2026, due by 1 Aug 2027"
