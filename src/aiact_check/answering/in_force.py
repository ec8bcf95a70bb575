"""A questionnaire that was read under an overlay, as the law in force reads it. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.together import ruled_out
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN, normalise
from aiact_check.law.overlay import Overlaid


def in_force(told: Questionnaire, base: Overlaid) -> Questionnaire:
    """The same answers without those that only the overlay asks for or allows: these are unknown to the law in force.

    An answer that a question of the overlay sets aside counts again, and the other way round.
    """
    asked = base.under.questions
    kept = {fact: entry for fact, entry in told.told.items() if fact in asked and _answers(asked[fact], entry.value)}
    taken = {fact: normalise(asked[fact], entry.value) for fact, entry in kept.items()}
    answers = {fact: answer for fact, answer in taken.items() if answer is not None}
    aside = set()
    while out := [fact for fact, _ in ruled_out(base.under, answers)]:
        aside.update(out)
        answers = {fact: answer for fact, answer in answers.items() if fact not in out}
    return replace(
        told,
        told=kept,
        answers=answers,
        aside={fact: problem for fact, problem in told.aside.items() if fact in aside},
        work={duty: work for duty, work in told.work.items() if duty in base.under.rules},
    )


def _answers(question: Question, value: Any) -> bool:
    """Whether a value names only choices that the question has; its type is the same in both."""
    named = value if isinstance(value, list) else [value] if isinstance(value, str) and question.choices else []
    return all(choice in question.choices or choice == UNKNOWN for choice in named)
