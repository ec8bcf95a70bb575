"""What a person types in answer to a question, and what is shown to answer from. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from aiact_check.answering.schema import MAX_NOTE, MAX_NUMBER
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN
from aiact_check.reading import meant
from aiact_check.reading.strict import MAX_DIGITS
from aiact_check.text import NB, Text, phrase

BACK, STOP, DONT_KNOW, NOTE, NONE = "<", "q", "?", "#", "0"
ALL = ("y", "yes", "o", "oui")
SPACES = f"{NB}\u202f "


@dataclass(frozen=True)
class Reply:
    """An answer with its note, or the wish to go back or to stop: never an interruption."""

    kind: Literal["answer", "back", "stop"]
    value: Any = None
    note: str | None = None


@dataclass(eq=False)
class NotUnderstood(Exception):
    """What was typed is no answer to the question; what would be."""

    says: Text


def options(question: Question) -> list[tuple[Any, Text]]:
    """The answers a person picks from, as they are written in a questionnaire, with their words."""
    if question.type == "yes_no":
        return [(True, phrase("answer.yes")), (False, phrase("answer.no")), *question.choices.items()]
    return list(question.choices.items())


def understood(question: Question, line: str) -> Reply:
    """What a typed line means: the answer, and after `#` a note. Raises NotUnderstood."""
    typed, _, note = line.partition(NOTE)
    typed, note = typed.strip(), cleaned(note)
    if typed == BACK:
        return Reply("back")
    if typed.lower() == STOP:
        return Reply("stop")
    if not typed:
        raise NotUnderstood(phrase("reply.empty"))
    if len(note) > MAX_NOTE:
        raise NotUnderstood(phrase("reply.too_long", most=MAX_NOTE))
    return Reply("answer", UNKNOWN if typed == DONT_KNOW else _value(question, typed), note or None)


def fitting(count: int, line: str) -> Reply:
    """Which of the numbered ordinary answers of a screen fit, by place from 0, as a typed line says.

    `y` or `o`: all; numbers: all but these; `0` or `?`: none. Raises NotUnderstood.
    """
    typed = line.strip().lower()
    if typed == BACK:
        return Reply("back")
    if typed == STOP:
        return Reply("stop")
    if typed in ALL:
        return Reply("answer", list(range(count)))
    if typed in (NONE, DONT_KNOW):
        return Reply("answer", [])
    parts = [part for part in re.split(r"[\s,;]+", typed) if part]
    if not parts or not all(part.isascii() and part.isdecimal() and 0 < int(part) <= count for part in parts):
        raise NotUnderstood(phrase("reply.screen", most=count))
    return Reply(
        "answer", [place for place in range(count) if str(place + 1) not in {str(int(part)) for part in parts}]
    )


def cleaned(text: str) -> str:
    """A typed text on one line, without signs that do not print."""
    kept = "".join(sign if sign.isprintable() or sign in SPACES else " " for sign in text)
    return " ".join(kept.encode("utf-8", "replace").decode().split(" ")).strip()


def _value(question: Question, typed: str) -> Any:
    match question.type:
        case "yes_no":
            return _yes_or_no(question, typed.lower())
        case "choice":
            return _picked(question, typed)
        case "choices":
            return _several(question, typed)
        case "number":
            digits = re.sub(rf"[{SPACES}_.,']", "", typed)
            number = int(digits) if digits.isdecimal() and digits.isascii() and len(digits) <= MAX_DIGITS else None
            if number is None or number > MAX_NUMBER:
                raise NotUnderstood(phrase("reply.number"))
            return number
        case _:
            if not meant.is_day(typed):
                raise NotUnderstood(phrase("reply.date"))
            return typed


def _yes_or_no(question: Question, typed: str) -> Any:
    numbered = {str(number): value for number, (value, _) in enumerate(options(question), 1)}
    answer = typed if typed in question.choices else numbered.get(typed, meant.yes_no(typed))
    if answer is None:
        raise NotUnderstood(phrase("reply.yes_no"))
    return answer


def _picked(question: Question, typed: str) -> str:
    choices = list(question.choices)
    if typed in choices:
        return typed
    if typed.isdecimal() and typed.isascii() and 0 < int(typed) <= len(choices):
        return choices[int(typed) - 1]
    raise NotUnderstood(phrase("reply.choice", most=len(choices)))


def _several(question: Question, typed: str) -> list[str]:
    parts = [part for part in re.split(r"[\s,;]+", typed) if part]
    if parts == [NONE]:
        return []
    try:
        picked = [UNKNOWN if part == DONT_KNOW else _picked(question, part) for part in parts]
    except NotUnderstood:
        raise NotUnderstood(phrase("reply.choices", most=len(question.choices))) from None
    return ordered(question, picked)


def ordered(question: Question, picked: list[str]) -> list[str]:
    """Choices in the order of the question, each once; what is not known, last."""
    return [choice for choice in [*question.choices, UNKNOWN] if choice in picked]
