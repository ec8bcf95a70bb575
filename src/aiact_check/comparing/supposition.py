"""Other answers than those given: read from `fact=value`, and put in place of what they rule out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aiact_check.answering.answers import Questionnaire, Told
from aiact_check.answering.schema import MAX_NUMBER
from aiact_check.answering.together import contradicted, ruled_out
from aiact_check.law.asked import Question
from aiact_check.law.evaluate import Answer, Answers
from aiact_check.law.lawbook import UNKNOWN, RuleBase, nearest, normalise
from aiact_check.reading import meant
from aiact_check.reading.strict import MAX_DIGITS
from aiact_check.text import Text, phrase

WRITTEN = re.compile(r"([a-z][a-z0-9_]*)\s*(\+=|-=|=)\s*(.*)", re.DOTALL)
NONE = frozenset({"", "[]"})
SPACES = re.compile(r"[\s_\u00a0\u202f]")

Changed = Mapping[str, Any]
"""The new answers by question, as a questionnaire would write them."""


@dataclass(frozen=True)
class Aside:
    """An answer that others rule out: its question no longer arises, or it contradicts them."""

    fact: str
    because: tuple[str, ...]
    contradiction: Text | None = None


@dataclass(frozen=True)
class Supposition:
    """A questionnaire with some answers changed, and those set aside since."""

    questionnaire: Questionnaire
    changed: Changed
    aside: tuple[Aside, ...]


class Mistaken(Exception):
    """Everything that is wrong with the changes asked for, in both languages."""

    def __init__(self, says: Sequence[Text]) -> None:
        self.says = says
        super().__init__("; ".join(text.en for text in says))


def read(base: RuleBase, told: Mapping[str, Told], written: Iterable[str]) -> Changed:
    """The changes that `fact=value`, `fact+=choice` and `fact-=choice` ask for.

    Raises Mistaken.
    """
    changed: dict[str, Any] = {}
    mistakes: list[Text] = []
    for item in written:
        try:
            fact, value = _read(base, told, changed, item)
            changed[fact] = value
        except Mistaken as found:
            mistakes += found.says
    if mistakes:
        raise Mistaken(mistakes)
    return changed


def _read(base: RuleBase, told: Mapping[str, Told], changed: Changed, item: str) -> tuple[str, Any]:
    match = WRITTEN.fullmatch(item.strip())
    if match is None:
        raise Mistaken([phrase("whatif.wrong.shape", item=item)])
    fact, sign, value = match[1], match[2], match[3].strip()
    question = base.questions.get(fact)
    if question is None:
        near = nearest(fact, base.questions)
        raise Mistaken([phrase("whatif.wrong.fact_near" if near else "whatif.wrong.fact", fact=fact, near=near)])
    if sign == "=":
        if fact in changed:
            raise Mistaken([phrase("whatif.wrong.twice", fact=fact)])
        return fact, _value(fact, question, value)
    if question.type != "choices":
        raise Mistaken([phrase("whatif.wrong.not_a_list", fact=fact, sign=sign)])
    now = changed[fact] if fact in changed else told[fact].value if fact in told else None
    listed = [UNKNOWN] if now in (None, UNKNOWN) else list(now)
    return fact, _edited(fact, listed, sign, _choices(fact, question, value))


def _edited(fact: str, now: list[str], sign: str, named: list[str]) -> list[str]:
    """A list of choices with some more or fewer."""
    wrong = [choice for choice in named if (choice in now) is (sign == "+=")]
    if wrong:
        key = "already" if sign == "+=" else "absent"
        raise Mistaken([phrase(f"whatif.wrong.{key}", fact=fact, choice=choice) for choice in wrong])
    return [*now, *named] if sign == "+=" else [choice for choice in now if choice not in named]


def _value(fact: str, question: Question, value: str) -> Any:
    """A value as a questionnaire would write it."""
    if value and meant.nothing(value) == UNKNOWN:
        return UNKNOWN
    match question.type:
        case "yes_no" if (answer := meant.yes_no(value)) is not None:
            return answer
        case "yes_no" | "choice" if value in question.choices:
            return value
        case "choices":
            return _choices(fact, question, value)
        case "number" if (number := _number(value)) is not None:
            return number
        case "date" if meant.is_day(value):
            return value
    key = f"whatif.wrong.{question.type}"
    raise Mistaken([phrase(key, fact=fact, value=value, choices=", ".join(question.choices))])


def _number(value: str) -> int | None:
    """A number that a questionnaire takes."""
    digits = SPACES.sub("", value)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        return None
    return number if (number := int(digits)) <= MAX_NUMBER else None


def _choices(fact: str, question: Question, value: str) -> list[str]:
    if value in NONE:
        return []
    named = [part.strip() for part in value.removeprefix("[").removesuffix("]").split(",")]
    mistakes = []
    for choice in named:
        if choice not in question.choices and choice != UNKNOWN:
            near = nearest(choice, question.choices)
            key = "whatif.wrong.choices_near" if near else "whatif.wrong.choices"
            mistakes.append(phrase(key, fact=fact, value=choice, near=near, choices=", ".join(question.choices)))
    if mistakes:
        raise Mistaken(mistakes)
    return list(dict.fromkeys(named))


def suppose(base: RuleBase, questionnaire: Questionnaire, changed: Changed) -> Supposition:
    """The questionnaire with these answers, and without those that they rule out.

    Raises Mistaken where the new answers themselves cannot stand: their question does not arise, or they contradict
    each other.
    """
    answers = apply(base, questionnaire.answers, changed)
    answers, aside = _set_aside(base, answers, changed)
    gone = {item.fact for item in aside}
    told = {fact: entry for fact, entry in questionnaire.told.items() if fact not in gone}
    told |= {fact: Told(value=value) for fact, value in changed.items()}
    return Supposition(replace(questionnaire, told=told, answers=answers), changed, tuple(aside))


def apply(base: RuleBase, answers: Answers, changed: Changed) -> dict[str, Answer]:
    """Answers with some changed."""
    found = {fact: answer for fact, answer in answers.items() if fact not in changed}
    for fact, value in changed.items():
        answer = normalise(base.questions[fact], value)
        if answer is not None:
            found[fact] = answer
    return found


def _set_aside(base: RuleBase, answers: dict[str, Answer], changed: Changed) -> tuple[dict[str, Answer], list[Aside]]:
    """The answers without those that the changed ones rule out, step by step until none is left."""
    aside: list[Aside] = []
    while True:
        out = [Aside(fact, because) for fact, because in ruled_out(base, answers)]
        own = [item for item in out if item.fact in changed]
        if own:
            facts = [(item.fact, ", ".join(item.because)) for item in own]
            raise Mistaken([phrase("whatif.wrong.idle", fact=fact, others=others) for fact, others in facts])
        out = out or list(_contradicting(base, answers, changed))[:1]
        if not out:
            return answers, aside
        aside += out
        gone = {item.fact for item in out}
        answers = {fact: answer for fact, answer in answers.items() if fact not in gone}


def _contradicting(base: RuleBase, answers: Answers, changed: Changed) -> Iterable[Aside]:
    """The first answer of each contradiction that is not one of the new ones and without which it is gone."""
    for contradiction, facts in contradicted(base, answers):
        for fact in facts:
            rest = {other: answer for other, answer in answers.items() if other != fact}
            still = [found for found, _ in contradicted(base, rest)]
            if fact not in changed and contradiction not in still:
                yield Aside(fact, tuple(other for other in facts if other in changed), contradiction.says)
                break
        else:
            others = ", ".join(facts)
            raise Mistaken([phrase("whatif.wrong.contradiction", says=contradiction.says, facts=others)])
