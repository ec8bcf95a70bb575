"""A saved assessment, as `assess -o x.json` wrote it: read as far as a comparison needs, whichever version wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from aiact_check.answering.answers import fits
from aiact_check.law.evaluate import Answer
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.law.model import Role, Tier
from aiact_check.reading.meant import is_day
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reading.source import MAX_BYTES, read
from aiact_check.text import Language, phrase

MEGABYTES = 20
SHOWN = 10
"""Mistakes shown of a file that is no assessment."""

Value = Literal["true", "false", "unknown"]


class Both(TypedDict):
    """A text in both languages."""

    en: str
    fr: str


class Named(TypedDict):
    """What a name stands for."""

    name: str


class SavedSystem(Named):
    """What the system was called."""

    version: NotRequired[str]


class SavedLaw(TypedDict):
    """The hash of the rule base it was made with, and up to which day that knew the law."""

    rules_hash: str
    known_to: NotRequired[str]


class SavedTierStart(TypedDict):
    """The day a tier starts, or those it could."""

    date: str | None
    possible: list[str]


class SavedTier(TypedDict):
    """A tier that held or could."""

    tier: Tier
    value: Value
    start: SavedTierStart


class SavedClasses(TypedDict):
    """The headline and the tiers."""

    headline: Tier | Literal["undetermined"]
    tiers: list[SavedTier]


class SavedRole(TypedDict):
    """A role the company had or could have."""

    role: Role
    value: Value


class SavedStart(TypedDict):
    """The days a duty could start."""

    possible: list[str]


class SavedWork(TypedDict):
    """What the company said of its work on a duty."""

    status: str
    due: str | None


class SavedDuty(TypedDict):
    """A duty owed or that could be."""

    id: str
    role: Role
    title: Both
    duty: Both
    applies_from: str | None
    start: SavedStart
    state: Literal["applies", "upcoming", "depends"]
    work: NotRequired[SavedWork | None]


class SavedPenalty(TypedDict):
    """The ceiling of a fine."""

    id: str
    title: Both
    amount_eur: int
    turnover_percent: int
    share_eur: int | None
    lower: Value
    ceiling_eur: int | None


class SavedQuestion(TypedDict):
    """A question that was open."""

    fact: str
    label: Both


class SavedAnswer(TypedDict):
    """An answer as it was written."""

    fact: str
    answer: Any
    aside: NotRequired[bool]
    """Whether its question did not arise after the other answers."""


class SavedOverlay(TypedDict):
    """The text that an assessment supposes adopted."""

    title: Both


class Saved(TypedDict):
    """What a comparison reads of an assessment."""

    schema: Literal[1, "1+overlay"]
    as_of: str
    language: Language
    law: SavedLaw
    company: Named
    system: SavedSystem
    classification: SavedClasses
    roles: list[SavedRole]
    duties: list[SavedDuty]
    penalties: list[SavedPenalty]
    open_questions: list[SavedQuestion]
    answers: list[SavedAnswer]
    overlay: NotRequired[SavedOverlay]


def load(path: Path) -> Saved:
    """The saved assessment in a file.

    Raises Problems where it is none.
    """
    try:
        content = read(path, most=MEGABYTES * MAX_BYTES)
    except Problem as problem:
        raise Problems([problem]) from None
    return understand(str(path), content)


def understand(file: str, content: bytes) -> Saved:
    """The saved assessment that a file, or a report in it, holds.

    Raises Problems where it is none.
    """
    import pydantic

    try:
        found = pydantic.TypeAdapter(Saved).validate_python(json.loads(content))
    except pydantic.ValidationError as error:
        places = [".".join(map(str, mistake["loc"])) for mistake in error.errors()[:SHOWN]]
        raise Problems([_no_assessment(file, where or "{}") for where in places]) from None
    except (ValueError, RecursionError):
        raise Problems([_no_assessment(file, "JSON")]) from None
    days = [found["as_of"], *_days(found)]
    if not all(map(is_day, days)):
        raise Problems([_no_assessment(file, "as_of")])
    return found


def _days(found: Saved) -> Iterator[str]:
    for tier in found["classification"]["tiers"]:
        yield from (day for day in (tier["start"]["date"], *tier["start"]["possible"]) if day is not None)
    for duty in found["duties"]:
        work = duty.get("work")
        days = (duty["applies_from"], *duty["start"]["possible"], work["due"] if work else None)
        yield from (str(day) for day in days if day is not None)


def _no_assessment(file: str, where: str) -> Problem:
    return Problem(file, 1, 1, phrase("diff.no_assessment", where=where), phrase("diff.no_assessment_hint"))


def answers(base: RuleBase, saved: Saved) -> tuple[Mapping[str, Answer], Mapping[str, Any], list[str]]:
    """The answers of a saved assessment as the engine takes them and as written; and those these rules cannot read."""
    counted = [entry for entry in saved["answers"] if not entry.get("aside")]
    told = {entry["fact"]: entry["answer"] for entry in counted if entry["answer"] is not None}
    readable = {fact: value for fact, value in told.items() if fact in base.questions and fits(base, fact, value)}
    taken = {fact: normalise(base.questions[fact], value) for fact, value in readable.items()}
    known = {fact: answer for fact, answer in taken.items() if answer is not None}
    return known, readable, sorted(set(told) - set(readable))


def titles(saved: Saved, lang: Language) -> dict[str, str]:
    """The titles of what a saved assessment names, for what the rule base no longer has."""
    named = {entry["id"]: entry["title"][lang] for entry in (*saved["duties"], *saved["penalties"])}
    return named | {entry["fact"]: entry["label"][lang] for entry in saved["open_questions"]}
