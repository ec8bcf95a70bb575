"""An interview over a questionnaire: what to ask, what an answer does to the file, going back. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from aiact_check.answering import edit
from aiact_check.answering.answers import Questionnaire, Told, understand
from aiact_check.answering.together import contradicted, ruled_out
from aiact_check.asking.course import Step, next_step
from aiact_check.asking.glance import Glance, glance
from aiact_check.asking.screens import Together, alone, together
from aiact_check.law.evaluate import Answer, Law
from aiact_check.law.lawbook import UNKNOWN, RuleBase, normalise
from aiact_check.reading.scalars import scalar
from aiact_check.reading.source import parse
from aiact_check.text import Language, Text


@dataclass(eq=False)
class Contradicts(Exception):
    """An answer that cannot be right together with those given before."""

    says: Text


@dataclass
class Dialogue:
    """The state of an interview. `content` is the whole of it: the rest is only for this sitting."""

    base: RuleBase
    day: date
    content: str
    by: str | None = None
    """Who answers now, where that is not who the questionnaire says."""
    asked: list[str] = field(default_factory=list)
    """What was answered in this sitting, in order: where one can go back to."""
    turns: dict[str, int] = field(default_factory=dict)
    """By question answered in this sitting, the number of the screen on which it stood."""
    again: str | None = None
    apart: list[str] = field(default_factory=list)
    """Questions of a screen whose ordinary answers do not fit: asked one by one, next."""
    aside: set[str] = field(init=False)
    """Questions not to be asked: answered in this sitting, or left unknown in an earlier one."""
    law: Law = field(init=False)
    questionnaire: Questionnaire = field(init=False)

    def __post_init__(self) -> None:
        self.law = self.base.law(self.day)
        self.questionnaire = self._read(self.content)
        self.aside = set(self.left_unknown())

    def _read(self, content: str) -> Questionnaire:
        return understand(parse("", content.encode()), self.base, "")

    def step(self) -> Step | None:
        """What to ask now; None where nothing that matters is left."""
        if self.again:
            return Step(self.again, "again")
        answers = self.questionnaire.answers
        return alone(self.base, self.law, answers, self.apart) or next_step(self.base, self.law, answers, self.aside)

    def screen(self, step: Step) -> Together | None:
        """The questions to put together with this one, each with its ordinary answer; None where it is asked alone."""
        if self.again or step.fact in self.apart:
            return None
        return together(self.base, self.law, self.questionnaire.answers, step, self.aside)

    def take_together(self, screen: Together, fitting: Collection[str]) -> None:
        """Write the ordinary answers that fit down, each by itself; the other questions are asked next, one by one.

        An answer that cannot be right together with earlier ones is asked by itself too. Raises edit.CannotEdit.
        """
        number = self.number
        self.apart = []
        for fact, value in screen.ordinary.items():
            try:
                if fact not in fitting:
                    self.apart.append(fact)
                else:
                    self.take(fact, Told(value=value))
                    self.turns[fact] = number
            except Contradicts:
                self.apart.append(fact)

    @property
    def number(self) -> int:
        """The number of the screen shown now, in this sitting."""
        return self.turns[self.again] if self.again in self.turns else 1 + max(self.turns.values(), default=0)

    def glance(self) -> Glance:
        """What the answers come to so far."""
        return glance(self.base, self.law, self.questionnaire.answers)

    def left_unknown(self) -> list[str]:
        """The questions answered, in whole or in part, with `I do not know`."""
        return [fact for fact, told in self.questionnaire.told.items() if is_unknown(told)]

    def put_off(self) -> list[str]:
        """The questions left unknown before this sitting that still matter."""
        waiting = self.aside.intersection(self.left_unknown()) - set(self.asked)
        open_to_all = set(self.aside) - waiting
        found: list[str] = []
        while step := next_step(self.base, self.law, self.questionnaire.answers, open_to_all):
            found.append(step.fact)
            open_to_all.add(step.fact)
        return found

    def take_up(self, facts: list[str]) -> None:
        """Ask these again."""
        self.aside.difference_update(facts)

    def take(self, fact: str, told: Told) -> list[str]:
        """Write an answer down; the questions whose answers had to go because they no longer arise.

        Raises Contradicts, and edit.CannotEdit; the content is then as it was.
        """
        order = tuple(self.base.questions)
        content = edit.put_answer(self.content, fact, self._signed(told), order)
        answers = {other: answer for other, answer in self.questionnaire.answers.items() if other != fact}
        if (answer := normalise(self.base.questions[fact], told.value)) is not None:
            answers[fact] = answer
        gone: list[str] = []
        while found := [other for other, _ in ruled_out(self.base, answers)]:
            for other in found:
                content = edit.put_answer(content, other, Told(value=None), order)
                del answers[other]
            gone += found
        for contradiction, _ in contradicted(self.base, self._set_aside(gone) | answers):
            raise Contradicts(contradiction.says)
        self.questionnaire, self.content = self._read(content), content
        number = self.number
        self.turns = {other: turn for other, turn in self.turns.items() if other not in (fact, *gone)} | {fact: number}
        self.apart = [other for other in self.apart if other != fact]
        self.asked = [*(other for other in self.asked if other not in (fact, *gone)), fact]
        self.aside = (self.aside | {fact}) - set(gone)
        self.again = None
        return gone

    def _set_aside(self, gone: list[str]) -> dict[str, Answer]:
        """The answers that do not count for now and stay in the file."""
        told = {fact: self.questionnaire.told[fact] for fact in self.questionnaire.aside if fact not in gone}
        found = {fact: normalise(self.base.questions[fact], entry.value) for fact, entry in told.items()}
        return {fact: answer for fact, answer in found.items() if answer is not None}

    def _signed(self, told: Told) -> Told:
        """The answer with who gave it and when, where that is not what the questionnaire says of all its answers."""
        data = parse("", self.content.encode()).data
        by = self.by if self.by != data.get("by") else None
        stale = (by or "on" in data) and data.get("on") != self.day.isoformat()
        return Told(value=told.value, note=told.note, by=by, on=self.day.isoformat() if stale else None)

    def back(self) -> bool:
        """Ask the last question again, or the one before where that is being asked again; False where there is none."""
        before = self.asked[: self.asked.index(self.again)] if self.again in self.asked else self.asked
        if not before:
            return False
        self.again = before[-1]
        return True


def is_unknown(told: Told) -> bool:
    """Whether an answer leaves something open that the company says it does not know."""
    return told.value == UNKNOWN or (isinstance(told.value, list) and UNKNOWN in told.value)


def begun(lang: Language, names: dict[str, str], day: date) -> str:
    """A new questionnaire with nothing answered: names are `company`, `system`, and may be `description` and `by`."""
    written = {key: scalar(value) for key, value in names.items() if value}
    lines = [f"lang: {lang}", "company:", f"  name: {written['company']}", "system:", f"  name: {written['system']}"]
    lines += [f"  description: {written['description']}"] if "description" in written else []
    lines += [f"by: {written['by']}", f"on: {day.isoformat()}"] if "by" in written else []
    return "\n".join([*lines, "answers:"]) + "\n"
