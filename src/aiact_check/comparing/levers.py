"""The smallest changes of answers that would change the class of a system: one answer, then two. Pure.

Tried first are the answers on which the class rests, then those that keep it out of the graver ones. A change counts
where the class is decided before and after; one that would leave it open is only named.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, islice
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.verdict import decide_under, possible_headlines
from aiact_check.comparing.supposition import Mistaken, suppose
from aiact_check.law import model
from aiact_check.law.condition import named
from aiact_check.law.evaluate import Answers, Law, Proofs, Values
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.law.model import Question, Tier
from aiact_check.law.truth import Truth

MOST_PAIRS = 300

TIERS: tuple[Tier, ...] = typing.get_args(Tier)
BEYOND: tuple[Tier, ...] = ("not-an-ai-system", "excluded")
"""The classes of what the Act does not reach."""

Step = tuple[str, Any]
"""A question and its new answer, as a questionnaire would write it."""


@dataclass(frozen=True)
class Lever:
    """A change of one or two answers, and what it makes of the verdict."""

    steps: tuple[Step, ...]
    kind: model.Lever
    """`design` where the company can choose every answer changed."""
    headline: Tier
    gained: int
    lost: int
    """How many duties come and go, each once for each role."""


@dataclass
class Search:
    """The levers of a questionnaire on a day, whose class its answers decide."""

    base: RuleBase
    questionnaire: Questionnaire
    day: date
    levers: list[Lever] = field(default_factory=list)
    """Those that decide another class: design before mere facts, one answer before two, the lightest class first."""
    opening: list[tuple[Step, ...]] = field(default_factory=list)
    """Changes after which further answers would decide."""

    def __post_init__(self) -> None:
        self.law: Law = self.base.law(self.day)
        (self.headline,) = possible_headlines(self.base, self.law, self.questionnaire.answers)
        self._before = self._duties({})
        for step in [step for fact in self.facts for step in self._steps(fact)]:
            self._try((step,))
        for pair in islice(self._pairs(), MOST_PAIRS):
            self._try(pair)
        self.levers.sort(key=lambda lever: (lever.kind, len(lever.steps), -TIERS.index(lever.headline), lever.gained))

    @cached_property
    def facts(self) -> list[str]:
        """The answers on which the class rests, then those that keep the system out of the graver classes."""
        graver = TIERS[: TIERS.index(self.headline) + 1][::-1]
        return list(dict.fromkeys(fact for tier in graver for fact in self._why(tier)))

    def kind(self, fact: str) -> model.Lever:
        """Whether the company can choose an answer."""
        return self.base.questions[fact].lever

    def _why(self, tier: Tier) -> tuple[str, ...]:
        rule = self._rules.get(tier)
        return self._proofs.rule(rule).why_facts if rule else ()

    @cached_property
    def _proofs(self) -> Proofs:
        return Proofs(self.law, self.questionnaire.answers)

    @cached_property
    def _rules(self) -> dict[Tier, str]:
        rules = [rule for rule in self.base.rules.values() if rule.id in self.law.versions]
        return {rule.tier: rule.id for rule in rules if rule.kind == "classification" and rule.tier}

    def _pairs(self) -> Iterator[tuple[Step, Step]]:
        """Two choices of design on which the class itself rests, neither of which is enough alone."""
        alone = [lever.steps for lever in self.levers]
        facts = [fact for fact in self._why(self.headline) if self.kind(fact) == "design"]
        steps = [step for fact in facts for step in self._steps(fact) if (step,) not in alone]
        return (pair for pair in combinations(steps, 2) if pair[0][0] != pair[1][0])

    def _try(self, steps: tuple[Step, ...]) -> None:
        """Keep a change that decides another class, or leaves it open where none of its parts alone does.

        Of the answers to one question that leave the class open one is kept: to prove that it is open takes long.
        """
        try:
            answers = suppose(self.base, self.questionnaire, dict(steps)).questionnaire.answers
        except Mistaken:
            return
        facts = [fact for fact, _ in steps]
        known = any([fact for fact, _ in kept] in (facts, facts[:1], facts[1:]) for kept in self.opening)
        possible = self._possible(answers, thorough=not known)
        if len(possible) > 1:
            self.opening.append(steps)
        elif possible and possible[0] != self.headline:
            after = self._duties(answers)
            kind: model.Lever = "fact" if any(self.kind(fact) == "fact" for fact, _ in steps) else "design"
            lever = Lever(steps, kind, possible[0], len(after - self._before), len(self._before - after))
            self.levers.append(lever)

    def _possible(self, answers: Answers, *, thorough: bool) -> tuple[Tier, ...]:
        """The classes that answers leave possible; none where plain three-valued logic does not decide."""
        values = Values(self.law, answers)
        for tier in TIERS:
            value = values.rule(self._rules[tier]) if tier in self._rules else Truth.FALSE
            if value is Truth.TRUE:
                return (tier,)
            if value is Truth.UNKNOWN:
                break
        return possible_headlines(self.base, self.law, answers) if thorough else ()

    def _duties(self, answers: Answers) -> set[tuple[str, str]]:
        verdict = decide_under(self.base, self.law, answers or self.questionnaire.answers)
        return {(duty.rule.id, duty.role) for duty in verdict.duties}

    def _steps(self, fact: str) -> Iterator[Step]:
        """The other answers a question could have, each as small a change as can be."""
        question, now = self.base.questions[fact], self.questionnaire.told[fact].value
        yield from ((fact, value) for value in _others(question, now) if value != now)
        if question.type in ("number", "date"):
            yield from ((fact, value) for value in self._bounds(fact, question.type == "date") if value != now)

    def _bounds(self, fact: str, dated: bool) -> Iterator[Any]:
        """Values on both sides of each that the law in force compares with."""
        conditions = [version.when for version in self.law.versions.values() if version.when]
        tests = [test for condition in conditions for test in named(condition).tests if test.fact == fact]
        for operand in dict.fromkeys(test.operand for test in tests):
            if dated:
                bound = date.fromisoformat(self.law.date_of(str(operand)))
                yield from ((bound - timedelta(days=1)).isoformat(), bound.isoformat())
            else:
                yield from (operand - 1, operand)


def _others(question: Question, now: Any) -> Iterator[Any]:
    match question.type:
        case "yes_no":
            yield now is not True  # what is not decided counts as no
        case "choice":
            yield from question.choices
        case "choices":
            chosen = [choice for choice in now if choice != UNKNOWN]
            yield from ([other for other in now if other != choice] for choice in chosen)
            yield from ([*now, choice] for choice in question.choices if choice not in now)
            if len(chosen) > 1:
                yield []
            if len(chosen) == 1:
                yield from ([choice] for choice in question.choices if choice not in now)
