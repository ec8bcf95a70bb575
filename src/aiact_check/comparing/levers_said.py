"""The levers of a questionnaire as plain text for a terminal: what a company can choose, and what is as it is. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.said import answer_says
from aiact_check.assessing.verdict import possible_headlines
from aiact_check.comparing.levers import BEYOND, Lever, Search, Step
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import Language
from aiact_check.wording.typeset import day as in_words
from aiact_check.wording.typeset import listed, shorten, shown, typeset, upper_first, words
from aiact_check.wording.voice import Voice, bullets, lines

ANSWER = 100


def text(base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language) -> str:
    """The changes of answers that would change the class, or why there is none to look for yet."""
    return "\n".join(_Page(base, questionnaire, day, lang).lines()) + "\n"


def written(now: Any, step: Step) -> str:
    """A change from the answer now as `aiact-check whatif` takes it."""
    fact, value = step
    if not isinstance(value, list):
        return f"{fact}={str(value).lower() if isinstance(value, bool) else value}"
    added, dropped = _edited(now, value)
    if bool(added) == bool(dropped):
        return f"{fact}={','.join(value) or '[]'}"
    return f"{fact}+={','.join(added)}" if added else f"{fact}-={','.join(dropped)}"


def _edited(now: list[str], value: list[str]) -> tuple[list[str], list[str]]:
    """The choices that one list has more and fewer than another."""
    return [choice for choice in value if choice not in now], [choice for choice in now if choice not in value]


class _Page:
    def __init__(self, base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language) -> None:
        self.base, self.questionnaire, self.day, self.lang = base, questionnaire, day, lang
        self.voice = Voice("levers", lang)
        self.told = {fact: entry.value for fact, entry in questionnaire.told.items()}

    def lines(self) -> Iterator[str]:
        names = [shown(entry["name"], 60) for entry in (self.questionnaire.system, self.questionnaire.company)]
        yield from lines(", ".join(names))
        yield from lines(self.voice("as_of", day=in_words(self.day.isoformat(), self.lang)))
        possible = possible_headlines(self.base, self.base.law(self.day), self.questionnaire.answers)
        if len(possible) > 1:
            yield from ("", *lines(self.voice("undecided")))
            return
        yield from lines(self.voice("class", name=self._class(possible[0])))
        yield from ("", *lines(self.voice("warning")))
        search = Search(self.base, self.questionnaire, self.day)
        within = [lever for lever in search.levers if lever.headline not in BEYOND]
        for kind in ("design", "fact"):
            of_kind = [lever for lever in within if lever.kind == kind]
            yield from ("", *lines(self.voice(kind)))
            yield from bullets(map(self._lever, of_kind)) if of_kind else lines(self.voice("none"), "  ")
        beyond = [lever for lever in search.levers if lever.headline in BEYOND]
        if beyond:
            yield from ("", *lines(self.voice("beyond")))
            yield from bullets(self._short(lever) for lever in beyond if len(lever.steps) == 1)
        if search.opening:
            yield from ("", *lines(self.voice("opening")))
            yield from bullets(self._facts(steps) for steps in search.opening)
        yield from ("", *lines(self.voice("bounds")))

    def _lever(self, lever: Lever) -> str:
        """What would be answered otherwise, and what would come of it."""
        counts = {"gained": lever.gained, "lost": lever.lost}
        duties = [self.voice.count(key, count) for key, count in counts.items() if count] or [self.voice("same")]
        first, *second = map(self._step, lever.steps)
        says = self.voice("both", first=first, second=second[0]) if second else first
        slots = {"says": says, "name": self._class(lever.headline), "duties": ", ".join(duties)}
        return self.voice("lever", what=self._written(lever.steps), **slots)

    def _step(self, step: Step) -> str:
        """One answer changed: what goes and comes of a list, or the new answer in the place of the old."""
        fact, value = step
        label, now = upper_first(self.voice.text(self.base.questions[fact].label)), self.told[fact]
        if isinstance(value, list):
            added, dropped = _edited(now, value)
            if bool(added) != bool(dropped):
                key, choices = ("with", added) if added else ("without", dropped)
                return self.voice(key, label=label, choices=self._answer(fact, choices))
        return self.voice("instead", label=label, old=self._answer(fact, now), new=self._answer(fact, value))

    def _answer(self, fact: str, value: Any) -> str:
        question = self.base.questions[fact]
        if question.type == "date":
            return in_words(value, self.lang)
        return shorten(typeset(answer_says(question, value, self.lang), self.lang), ANSWER)

    def _written(self, steps: tuple[Step, ...]) -> str:
        return " ".join(written(self.told[step[0]], step) for step in steps)

    def _facts(self, steps: tuple[Step, ...]) -> str:
        labels = [upper_first(self.voice.text(self.base.questions[fact].label)) for fact, _ in steps]
        return self.voice(
            "example", labels=listed(labels, self.lang), what=self._written(steps), kind=self._kind(steps)
        )

    def _short(self, lever: Lever) -> str:
        kind = self._kind(lever.steps)
        return self.voice("short", what=self._written(lever.steps), name=self._class(lever.headline), kind=kind)

    def _kind(self, steps: tuple[Step, ...]) -> str:
        kinds = {self.base.questions[fact].lever for fact, _ in steps}
        return self.voice("kind_fact" if "fact" in kinds else "kind_design")

    def _class(self, tier: str) -> str:
        return typeset(words(self.lang)["tiers"][tier]["name"], self.lang)
