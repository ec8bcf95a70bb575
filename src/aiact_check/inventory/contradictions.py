"""Where answers about the same product of one supplier contradict each other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aiact_check.assessing.said import answer_says
from aiact_check.inventory.found import Found
from aiact_check.inventory.systems import Systems
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN
from aiact_check.reading import meant
from aiact_check.text import said


@dataclass(frozen=True)
class Contradiction:
    """A question that systems of the same name and supplier answer differently."""

    product: str
    supplier: str
    ask: str
    answers: list[tuple[str, list[str]]]
    """Each answer with where it is given."""


def contradictions(speech: Systems, found: Sequence[Found]) -> Iterator[Contradiction]:
    """Where systems of the same name from one supplier differ on what the supplier knows best."""
    same: dict[tuple[str, str], list[Found]] = {}
    for one in found:
        if one["supplier"]:
            same.setdefault((meant.plain(one["supplier"]), meant.plain(one["name"])), []).append(one)
    for systems in same.values():
        if len(systems) > 1:
            yield from _differing(speech, systems)


def _differing(speech: Systems, systems: list[Found]) -> Iterator[Contradiction]:
    for fact, question in speech.base.questions.items():
        if speech.base.known_by(fact)[0] != "vendor":
            continue
        told: dict[str, list[str]] = {}
        for found in systems:
            if (says := _says(speech, question, found["answers"].get(fact))) is not None:
                told.setdefault(says, []).append(found["where"])
        if len(told) > 1:
            name, supplier = systems[0]["name"], str(systems[0]["supplier"])
            yield Contradiction(name, supplier, speech.t(said(question.ask, speech.lang)), list(told.items()))


def _says(speech: Systems, question: Question, value: Any) -> str | None:
    """An answer in words, the same whatever the order of its choices; None where it is not known."""
    if value in (None, UNKNOWN) or (isinstance(value, list) and UNKNOWN in value):
        return None
    ordered = [choice for choice in question.choices if choice in value] if isinstance(value, list) else value
    return speech.t(answer_says(question, ordered, speech.lang))
