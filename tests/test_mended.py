"""Questionnaires whose result was wrong or doubtful once, with the right one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.law.lawbook import RuleBase

MENDED = Path(__file__).parent / "mended"
DAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("name", "headline", "role", "duty"),
    [
        ("after-product-no-role", "minimal", "product-manufacturer", None),
        ("after-product-prohibited", "prohibited", "product-manufacturer", "art-5/1-a-duty"),
        ("representative-ba", "prohibited", "authorised-representative", None),
        ("representative-manipulation", "prohibited", "authorised-representative", None),
        ("realtime-supplier", "prohibited", "provider", None),
        ("open-model-representative", "model", "model-authorised-representative", None),
    ],
)
def test_headline_role_and_the_duty_that_decides(
    name: str, headline: str, role: str, duty: str | None, base: RuleBase
) -> None:
    found = document.assess(base, answers.load(MENDED / f"{name}.yaml", base), DAY)
    assert found["classification"]["headline"] == headline
    assert role in {each["role"] for each in found["roles"] if each["value"] == "true"}
    if duty:
        assert (role, duty, "applies") in {(each["role"], each["id"], each["state"]) for each in found["duties"]}


def test_the_ban_on_the_use_of_live_identification_is_no_duty_of_who_supplies_it(base: RuleBase) -> None:
    found = document.assess(base, answers.load(MENDED / "realtime-supplier.yaml", base), DAY)
    assert not any(duty["id"] == "art-5/1-h-duty" for duty in found["duties"])
    assert any(duty["id"] == "art-10/1" for duty in found["duties"])


def test_a_representative_with_a_mandate_for_an_open_model_has_its_tasks(base: RuleBase) -> None:
    found = document.assess(base, answers.load(MENDED / "open-model-representative.yaml", base), DAY)
    assert any(duty["id"] == "art-54/3" for duty in found["duties"])
