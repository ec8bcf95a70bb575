"""Which of many systems to worry about first. Pure."""

from __future__ import annotations

from typing import Any

from aiact_check.inventory.found import Found, Result
from aiact_check.inventory.systems import WORST
from aiact_check.law.condition import named
from aiact_check.law.lawbook import RuleBase


def urgency(base: RuleBase, found: Found, result: Result) -> tuple[Any, ...]:
    """What to sort by: the class, certain before possible; of those not decided, what the answers point to.

    Then the day of the next duty and the fine.
    """
    groups = [result["headline"] == tier for tier in WORST] + [tier in result["possible"] for tier in WORST]
    group = groups.index(True) if True in groups else len(groups)
    worst = sum(tier in result["possible"] for tier in WORST)
    day = result["next"]["date"] if result["next"] else min(result["perhaps"], default="9")
    fine = result["fine"]
    return group, -worst, -_pointed(base, result), day, -(fine["amount_eur"] if fine else 0), found["name"]


def _pointed(base: RuleBase, result: Result) -> int:
    """How many routes to high risk hold already, and how many closer questions a choice that was ticked has opened."""
    if result["headline"] != "undetermined":
        return 0
    gates = [base.questions[fact].asked_if for fact in result["class_open"]]
    tested = [{base.questions[test.fact].type for test in named(gate).tests} for gate in gates]
    return sum("choices" in types for types in tested) + list(result["routes"].values()).count("true")
