"""Questions that most companies answer alike, put together, each with its ordinary answer. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from aiact_check.asking.course import Step, next_step
from aiact_check.law.condition import fold
from aiact_check.law.evaluate import Answers, Law, Values
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.law.truth import Truth
from aiact_check.text import Text

FEWEST = 2


@dataclass(frozen=True)
class Together:
    """A screen as it is put to a person: its title, and by question the ordinary answer offered."""

    title: Text
    ordinary: dict[str, Any]


def together(base: RuleBase, law: Law, answers: Answers, step: Step, apart: Collection[str]) -> Together | None:
    """The screen of a question, with those of its questions that are open and may arise; None where it is asked alone.

    Questions `apart` were answered, or are to be asked one by one.
    """
    values = Values(law, answers)
    for screen in base.screens:
        if step.fact not in screen.ordinary or step.fact in apart:
            continue
        offered = {
            fact: value
            for fact, value in screen.ordinary.items()
            if fact not in answers and fact not in apart and _may_arise(base, values, fact)
        }
        return Together(screen.title, offered) if len(offered) >= FEWEST else None
    return None


def alone(base: RuleBase, law: Law, answers: Answers, apart: Collection[str]) -> Step | None:
    """The first of the questions that did not fit on a screen and still may arise: it is asked by itself."""
    values = Values(law, answers)
    return next((Step(fact, "again") for fact in apart if _may_arise(base, values, fact)), None)


def _may_arise(base: RuleBase, values: Values, fact: str) -> bool:
    gate = base.questions[fact].asked_if
    return gate is None or fold(gate, values) is not Truth.FALSE


def ordinary(base: RuleBase) -> Answers:
    """The ordinary answers of all screens, as the engine takes them."""
    written = {fact: value for screen in base.screens for fact, value in screen.ordinary.items()}
    taken = {fact: normalise(base.questions[fact], value) for fact, value in written.items()}
    return {fact: answer for fact, answer in taken.items() if answer is not None}


def sitting(base: RuleBase, law: Law, told: Answers, ordinary: Answers) -> Iterator[tuple[Step, dict[str, bool]]]:
    """The screens put to somebody who answers as `told`: the step of each, and by question whether it was answered.

    `ordinary` has the ordinary answers as the engine takes them. What does not fit on a screen is asked alone, right
    after it; what `told` does not say is left open.
    """
    given: dict[str, Any] = {}
    seen: set[str] = set()
    apart: list[str] = []
    while step := alone(base, law, given, apart) or next_step(base, law, given, seen):
        screen = None if step.fact in apart else together(base, law, given, step, seen)
        if screen is None:
            apart = [fact for fact in apart if fact != step.fact]
            fits = {step.fact: step.fact in told}
        else:
            fits = {fact: fact in told and told[fact] == ordinary[fact] for fact in screen.ordinary}
            apart = [fact for fact, fit in fits.items() if not fit]
        given |= {fact: told[fact] for fact, fit in fits.items() if fit}
        seen.update(fits)
        yield step, fits
