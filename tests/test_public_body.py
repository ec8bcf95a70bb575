"""Nobody is asked for what they do not have: a town for a turnover, a person for staff, a prototype for its day."""

from __future__ import annotations

import pytest

from aiact_check.law.lawbook import RuleBase
from aiact_check.reporting import report
from aiact_check.wording.view import View
from tests.conftest import TODAY, Assess

HIRING = """\
described: system
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
outputs_and_interactions: []
first_placed_on: 2028-01-01
is_public_body: true
"""
ASKED = {"headcount", "annual_turnover_eur", "balance_sheet_eur", "public_body_turnover"}


@pytest.mark.parametrize(
    ("line", "known", "asked"),
    [
        ("public_body_turnover: false", True, set()),
        ("public_body_turnover: true", False, {"annual_turnover_eur"}),
        ("", False, {"public_body_turnover"}),
        ("annual_turnover_eur: 90000000", True, set()),
    ],
)
def test_a_town_without_turnover_has_the_fixed_amounts(
    line: str, known: bool, asked: set[str], assess: Assess, base: RuleBase
) -> None:
    found = assess(HIRING + line)
    ceilings = {penalty["ceiling_eur"] for penalty in found["penalties"]}
    assert (None not in ceilings) is known
    if line == "public_body_turnover: false":
        assert ceilings == {penalty["amount_eur"] for penalty in found["penalties"]}
    assert {each for each in _fines(base, HIRING + line) if each in ASKED} == asked


def _fines(base: RuleBase, lines: str) -> set[str]:
    """The questions the interview still asks for the sake of the fines, each left unknown."""
    from aiact_check.answering import answers
    from aiact_check.asking.course import next_step
    from aiact_check.reading.source import parse

    head = "company: { name: A }\nsystem: { name: B }\nanswers:\n"
    content = head + "".join(f"  {line}\n" for line in lines.strip().splitlines())
    told = answers.understand(parse("", content.encode()), base, "").answers
    asked: set[str] = set()
    found: set[str] = set()
    while step := next_step(base, base.law(TODAY), told, asked):
        asked.add(step.fact)
        if step.serves == "fines":
            found.add(step.fact)
    return found


def test_a_private_person_has_no_headcount_and_no_turnover(assess: Assess) -> None:
    found = assess(
        "organisation: private_person\npersonal_use: false\nis_public_body: false\n"
        + "\n".join(line for line in HIRING.splitlines() if not line.startswith(("organisation", "is_public")))
    )
    assert not ASKED & {answer["fact"] for answer in found["answers"]}
    assert all(penalty["ceiling_eur"] == penalty["amount_eur"] for penalty in found["penalties"])


def test_a_prototype_has_no_day_of_first_supply(assess: Assess) -> None:
    lines = HIRING.replace("on_market_or_in_use: true", "on_market_or_in_use: false").replace(
        "first_placed_on: 2028-01-01\n", ""
    )
    assert "first_placed_on" not in {answer["fact"] for answer in assess(lines)["answers"]}


@pytest.mark.parametrize(("line", "cites"), [("true", {"art_100.par_3"}), ("false", {"art_99.par_4", "art_99.par_6a"})])
def test_an_institution_of_the_union_has_the_ceilings_of_article_100(
    line: str, cites: set[str], assess: Assess
) -> None:
    found = assess(HIRING + f"public_body_turnover: false\nis_union_institution: {line}")
    penalty = next(penalty for penalty in found["penalties"] if penalty["id"] == "art-99/4")
    assert {cite["id"] for cite in penalty["cite"]} == cites
    assert penalty["ceiling_eur"] == (750 * 1000 if line == "true" else 15 * 1000 * 1000)
    assert ("art-99/5" in {doubt["rule"] for doubt in found["doubts"]}) is (line == "true")


@pytest.mark.parametrize("areas", ["[employment]", "[]"])
def test_a_body_of_the_union_is_told_no_duty_goes_without_a_ceiling(areas: str, assess: Assess) -> None:
    told = [line for line in HIRING.splitlines() if "employment" not in line and not line.startswith("does_profiling")]
    hiring = ["employment_uses: [recruitment_or_selection]", "does_profiling: true"] if "employment" in areas else []
    found = "\n".join([*told, f"areas: {areas}", *hiring, "is_union_institution: "])
    for own, says in (("false", "names no ceiling for: AI literacy"), ("true", "Art. 100(3), EUR 750,000")):
        view = View(assess(found + own), "en")
        assert says in report.markdown(view.doc, "en").replace("\u00a0", " ")
        assert says in view.without_ceiling.replace("\u00a0", " ")
        assert view.worst or own == "false"
