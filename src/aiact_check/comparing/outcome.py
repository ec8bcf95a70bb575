"""A verdict as flat facts, from the engine or from a saved assessment, and what differs between two. Pure."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from aiact_check.assessing.parts import Verdict
from aiact_check.law.evaluate import Law
from aiact_check.law.truth import Truth

if TYPE_CHECKING:
    from aiact_check.comparing.saved import Saved

Part = Literal[
    "headline", "tier", "tier_date", "tier_begun", "role", "duty", "date", "begun", "wording", "penalty", "open"
]


class Key(NamedTuple):
    """What a fact is about: a part of the verdict, a rule, tier, role or question in it, and the role that owes it."""

    part: Part
    name: str = ""
    role: str = ""


Value = str | bool | int | None | tuple[str | int | None, ...]
Outcome = Mapping[Key, Value]
"""The facts of a verdict. Of a duty: `true` or `unknown`, its days, whether it has begun. What is absent is not so."""


@dataclass(frozen=True)
class Change:
    """A fact that differs; None where it was or is not so."""

    key: Key
    old: Value
    new: Value


def of_verdict(verdict: Verdict, law: Law) -> Outcome:
    """The facts of a verdict under the law it was found under."""
    found: dict[Key, Value] = {Key("headline"): verdict.headline}
    for tier in verdict.tiers:
        days = (tier.start.date,) if tier.start.date else tier.start.possible
        found.update(_tier(tier.tier, tier.finding.value.value, days, verdict.day))
    for role in verdict.roles:
        found[Key("role", role.role)] = role.finding.value.value
    for duty in verdict.duties:
        days = (duty.start.date,) if duty.start.date else duty.start.possible
        value = Truth.TRUE if duty.state != "depends" else Truth.UNKNOWN
        wording = law.versions[duty.rule.id].duty
        found.update(_duty(duty.rule.id, duty.role, value.value, days, duty.state, wording.en if wording else ""))
    for penalty in verdict.penalties:
        ceiling = (penalty.ceiling, penalty.amount, penalty.percent, penalty.share, penalty.lower.value)
        found[Key("penalty", penalty.rule.id)] = ceiling
    for question in verdict.open_questions:
        found[Key("open", question.fact)] = True
    return found


def of_saved(saved: Saved) -> Outcome:
    """The facts of a saved assessment."""
    classes = saved["classification"]
    found: dict[Key, Value] = {Key("headline"): classes["headline"]}
    for tier in classes["tiers"]:
        start = tier["start"]
        days = (start["date"],) if start["date"] else tuple(start["possible"])
        found.update(_tier(tier["tier"], tier["value"], days, saved["as_of"]))
    for role in saved["roles"]:
        found[Key("role", role["role"])] = role["value"]
    for duty in saved["duties"]:
        days = (duty["applies_from"],) if duty["applies_from"] else tuple(duty["start"]["possible"])
        value = "unknown" if duty["state"] == "depends" else "true"
        found.update(_duty(duty["id"], duty["role"], value, days, duty["state"], duty["duty"]["en"]))
    for penalty in saved["penalties"]:
        amounts = (penalty["amount_eur"], penalty["turnover_percent"], penalty["share_eur"], penalty["lower"])
        found[Key("penalty", penalty["id"])] = (penalty["ceiling_eur"], *amounts)
    for question in saved["open_questions"]:
        found[Key("open", question["fact"])] = True
    return found


def _tier(name: str, value: str, days: tuple[str, ...], day: str) -> Iterator[tuple[Key, Value]]:
    yield Key("tier", name), value
    yield Key("tier_date", name), days
    yield Key("tier_begun", name), bool(days) and max(days) <= day


def _duty(
    name: str, role: str, value: str, days: tuple[str, ...], state: str, wording: str
) -> Iterator[tuple[Key, Value]]:
    yield Key("duty", name, role), value
    yield Key("date", name, role), days
    yield Key("begun", name, role), state == "applies"
    yield Key("wording", name), wording


def changes(old: Outcome, new: Outcome) -> list[Change]:
    """What differs, by part and name.

    Of a class or duty gained or lost only that; its days, whether it has begun and its wording where both have it.
    """
    found = [
        Change(key, old.get(key), new.get(key))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key) and (key.part not in _DETAILS or (key in old and key in new))
    ]
    return sorted(found, key=lambda change: _ORDER.index(change.key.part))


_DETAILS = ("tier_date", "tier_begun", "date", "begun", "wording")
_ORDER: tuple[Part, ...] = typing.get_args(Part)
