"""Frozen verdicts: one text per example and per source of cases, so that a review shows whom a change of a rule
touches.

`python -m tests.test_frozen` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from tests import agreement
from tests.conftest import EXAMPLES

FROZEN = Path(__file__).parent / "frozen"
KEYS = sorted({file.parent.name for file in agreement.files()})
DAYS = (date(2026, 6, 1), date(2026, 11, 23), date(2028, 8, 2))


def frozen(found: Assessment) -> Iterator[str]:
    """Headline, tiers, roles, routes, duties and dates, a line each."""
    classes = found["classification"]
    yield f"## {found['as_of']}"
    yield f"headline: {classes['headline']} ({', '.join(classes['possible'])})"
    for tier in classes["tiers"]:
        yield f"tier: {tier['tier']} {tier['value']} {tier['start']['date'] or ''}".rstrip()
    for role in found["roles"]:
        yield f"role: {role['role']} {role['value']}"
    for route in classes["routes"]:
        yield f"route: {route['rule']} {route['value']}"
    for duty in found["duties"]:
        when = duty["applies_from"] or " or ".join(duty["start"]["possible"])
        yield f"duty: {duty['role']} {duty['id']} {duty['state']} {when}"
    for option in found["options"]:
        yield f"option: {option['role']} {option['id']} {option['state']}"
    for exemption in found["exemptions"]:
        yield f"exempt: {exemption['role']} {exemption['id']}"
    for procedure in found["conformity"]:
        yield f"conformity: {procedure['rule']} {procedure['value']}"
    for penalty in found["penalties"]:
        yield f"penalty: {penalty['id']} {penalty['ceiling_eur']}"
    yield "open: " + ", ".join(question["fact"] for question in found["open_questions"])


def text_of(file: Path, base: RuleBase) -> str:
    questionnaire = answers.load(file, base)
    parts = ["\n".join(frozen(document.assess(base, questionnaire, day))) for day in DAYS]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_verdict_on_each_example_is_as_frozen(file: Path, base: RuleBase) -> None:
    assert text_of(file, base) == (FROZEN / f"{file.stem}.txt").read_text(encoding="utf-8")


def text_of_cases(key: str) -> str:
    """What is sure about every case of one source: a section each."""
    cases = map(agreement.judged, sorted((agreement.CASES / key).glob("*.yaml")))
    return "\n".join("\n".join([f"## {case.file.stem}", *case.sure, ""]) for case in cases)


@pytest.mark.parametrize("key", KEYS)
def test_what_is_sure_about_each_case_is_as_frozen(key: str) -> None:
    assert text_of_cases(key) == (FROZEN / "cases" / f"{key}.txt").read_text(encoding="utf-8")


def test_no_frozen_text_is_left_over() -> None:
    frozen_keys = {file.stem for file in (FROZEN / "cases").glob("*.txt")}
    assert frozen_keys == set(KEYS)
    assert {file.stem for file in FROZEN.glob("*.txt")} == {file.stem for file in EXAMPLES}


if __name__ == "__main__":
    (FROZEN / "cases").mkdir(parents=True, exist_ok=True)
    for each in EXAMPLES:
        (FROZEN / f"{each.stem}.txt").write_text(text_of(each, rulebase.load()), encoding="utf-8")
    for source_key in KEYS:
        (FROZEN / "cases" / f"{source_key}.txt").write_text(text_of_cases(source_key), encoding="utf-8")
