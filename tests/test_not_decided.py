"""What lies ahead and is not decided counts as a no until a day on which it is asked again."""

from __future__ import annotations

from datetime import date

import pytest

from aiact_check.answering.reply import understood
from aiact_check.law.lawbook import RuleBase
from aiact_check.reporting import agenda, report
from aiact_check.text import Language
from tests.conftest import Assess

RECRUITING = """\
technique: [learns_from_data]
output_producer: software_by_itself
system_outputs: [recommendations]
organisation: business_or_body
establishment: union
union_presence: [on_union_market, put_into_service_in_union]
on_market_or_in_use: true
purposes_served: [other_purposes]
licence: not_free
company_activities: [uses_under_its_authority]
product_act: []
areas: [employment]
employment_uses: [recruitment_or_selection]
does_profiling: true
sensitive_practices: []
first_placed_on: 2025-03-01
intended_for_public_authorities: false
provides_model: []
"""


def test_it_has_the_result_of_a_no(assess: Assess) -> None:
    undecided, no, left_open = (
        assess(RECRUITING + line)
        for line in ("significant_design_change: not_decided", "significant_design_change: false", "")
    )
    states = [{(duty["id"], duty["role"], duty["state"]) for duty in each["duties"]} for each in (undecided, no)]
    assert states[0] == states[1]
    assert undecided["exemptions"] == no["exemptions"] != []
    assert ("art-26/1", "deployer", "depends") in {
        (duty["id"], duty["role"], duty["state"]) for duty in left_open["duties"]
    }


@pytest.mark.parametrize(("lang", "says"), [("en", "Ask again by"), ("fr", "À reposer au plus tard")])
def test_the_report_says_when_to_ask_again_and_what_would_change(lang: Language, says: str, assess: Assess) -> None:
    found = assess(RECRUITING + "significant_design_change: not_decided")
    (answer,) = [answer for answer in found["answers"] if answer["ask_again"]]
    assert answer["fact"] == "significant_design_change"
    assert answer["ask_again"]
    assert answer["ask_again"]["by"] == "2027-12-02"
    assert says in report.html(found, lang).replace("\u00a0", " ")
    assert says in report.markdown(found, lang).replace("\u00a0", " ")
    assert not any(answer["ask_again"] for answer in assess(RECRUITING + "significant_design_change: false")["answers"])


@pytest.mark.parametrize(("day", "counts"), [("2027-12-01", True), ("2027-12-02", False), ("2028-06-01", False)])
def test_on_the_day_to_ask_again_it_is_open_like_any_other_question(day: str, counts: bool, assess: Assess) -> None:
    found = assess(RECRUITING + "significant_design_change: not_decided", date.fromisoformat(day))
    left_open = assess(RECRUITING, date.fromisoformat(day))
    asked = {question["fact"] for question in found["open_questions"]}
    assert ("significant_design_change" not in asked) is counts
    states = [{(duty["id"], duty["role"], duty["state"]) for duty in each["duties"]} for each in (found, left_open)]
    assert (states[0] == states[1]) is not counts
    (answer,) = [answer for answer in found["answers"] if answer["fact"] == "significant_design_change"]
    assert answer["answer"] == "not_decided"
    assert (answer["ask_again"] is not None, answer["says"] is not None) == (counts, counts)


def test_it_can_be_typed_in_an_interview(base: RuleBase) -> None:
    question = base.questions["significant_design_change"]
    assert understood(question, "3").value == "not_decided"
    assert understood(question, "not_decided").value == "not_decided"
    assert [understood(question, typed).value for typed in ("y", "n", "1", "2")] == [True, False, True, False]


def test_the_calendar_file_has_the_day_to_ask_again(assess: Assess) -> None:
    file = agenda.ics(assess(RECRUITING + "significant_design_change: not_decided"), "en").decode()
    assert "ask again what was not decided" in file.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20271202" in file
    later = assess(RECRUITING + "significant_design_change: not_decided", date(2028, 1, 1))
    assert "ask again what" not in agenda.ics(later, "en").decode()
