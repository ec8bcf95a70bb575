"""The rule base: everything the engine knows of the law, checked; and how an answer is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, cast

from aiact_check.law.around import Annex, Awaited, Surroundings
from aiact_check.law.asked import Contradiction, Group, Person, Question, Screen
from aiact_check.law.evaluate import Answer, Choices, Law, as_of
from aiact_check.law.model import Acts, Checklist, Example, Milestone, Provision, Rule, Schedule
from aiact_check.record import unique

UNKNOWN = "unknown"
Examples = Mapping[str, list[Example]]


@unique
class RuleBase:
    """Everything the engine knows of the law, and the hash of the files that say it."""

    hash: str
    acts: Acts
    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    group_of: Mapping[str, str]
    contradictions: list[Contradiction]
    screens: list[Screen]
    milestones: Mapping[str, Milestone]
    schedules: Mapping[str, Schedule]
    checklists: Mapping[str, Checklist]
    surroundings: Surroundings
    awaited: Mapping[str, Awaited]
    annex: Annex
    examples: Examples
    """By rule, answers and what the rule then is: tests run them, a review shows them."""
    provisions: Mapping[str, Mapping[str, Provision]]
    """By the day of the version of the Act, the provisions it has, as far as anything here cites them."""

    def law(self, day: date) -> Law:
        """The law in force on a day."""
        return _law(self, day.isoformat())

    def is_old(self, day: date) -> bool:
        """Whether a day lies so long after the day up to which the law is known that it may have changed unnoticed."""
        return self.age(day) > self.acts.old_after_days

    def age(self, day: date) -> int:
        """How many days a day lies after the day up to which the law is known."""
        return (day - date.fromisoformat(self.acts.known_to)).days

    @cached_property
    def touched(self) -> Mapping[str, list[str]]:
        """By awaited text, the rules it would touch, folders opened."""
        return {
            text_id: [rule for name in text.touches for rule in in_folder(name, self.rules)]
            for text_id, text in self.awaited.items()
        }

    def known_by(self, fact: str) -> list[Person]:
        """Who usually knows the answer to a question, first whom to ask first."""
        return self.questions[fact].known_by or self.groups[self.group_of[fact]].known_by

    def provision(self, provision_id: str, day: str) -> Provision:
        """A provision as the version of the Act in force on `day` has it, or else as the last version that had it."""
        in_force = [start for start in sorted(self.provisions) if start <= day] or sorted(self.provisions)[:1]
        for start in reversed(in_force):
            if provision_id in self.provisions[start]:
                return self.provisions[start][provision_id]
        return next(known[provision_id] for known in self.provisions.values() if provision_id in known)


@lru_cache(maxsize=64)
def _law(base: RuleBase, day: str) -> Law:
    return as_of(base.rules, base.milestones, base.questions, day)


def in_folder(name: str, rules: Iterable[str]) -> list[str]:
    """The rule of this name, or every rule of the folder where the name ends with a slash."""
    return [rule for rule in rules if rule.startswith(name)] if name.endswith("/") else [name]


def normalise(question: Question, value: Any) -> Answer | None:
    """An answer as the engine takes it, from one the schema of answers accepts; None where it is not known."""
    if value in (None, UNKNOWN, [UNKNOWN]):
        return None
    if question.type == "choices":
        return Choices(frozenset(value) - {UNKNOWN}, UNKNOWN in value)
    return cast("Answer", value)


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """The nearest known word, where one is at least so much alike, from 0 to 1."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=alike)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing."""
    near = nearest(word, known)
    return f"did you mean `{near}`?" if near else ""


def citations(base: RuleBase) -> Iterator[tuple[str, str]]:
    """Every provision that a rule, a checklist or a date cites, and which of them does."""
    for rule in base.rules.values():
        for version in rule.versions.values():
            yield from ((provision, rule.id) for provision in version.cites)
            if version.instead:
                yield version.instead.cite, rule.id
    for name, checklist in base.checklists.items():
        for checked in checklist.versions.values():
            yield from ((item.cite, f"checklists/{name}") for item in checked.items)
    for name, milestone in base.milestones.items():
        yield from ((dated.cite, f"calendar/{name}") for dated in milestone.versions.values())
