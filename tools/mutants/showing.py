"""Short answers that show a mutant, found with z3; where there are none, the broken part is redundant."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from aiact_check.law.condition import fold
from aiact_check.law.evaluate import Answer, Answers, Choices, Law, Values, unfold
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from tools.mutants.breaks import Mutant
from tools.prove.__main__ import days
from tools.prove.terms import Form, Rails, Terms, accepted

PATIENCE = 10_000
"""Milliseconds z3 may take over one question."""
PLAUSIBLE = (date(2015, 1, 1), date(2035, 1, 1))
"""Days that an example would name."""

LONG = 6
"""Answers beyond which an example is hard to review."""


class Undecided(Exception):
    """z3 was not done in time."""


@dataclass(frozen=True, eq=False)
class Shown:
    """Answers for which, under the law of a day, a rule and its mutant differ; and the value of the rule itself."""

    law: Law
    given: Answers
    value: Truth


class LawOfADay:
    """The accepted questionnaires under the law of a day in which no question is answered that does not arise."""

    def __init__(self, base: RuleBase, day: date) -> None:
        self.law = base.law(day)
        self.form = Form(base.questions, "form")
        self.terms = Terms(self.law, self.form)
        self.solver = z3.Solver()
        self.solver.set("timeout", PATIENCE)
        self.solver.add(*accepted(base, self.form), *self.terms.tidy())
        for rule_id in base.rules:
            self.terms.rule(rule_id)
        self.solver.add(*self.terms.definitions)
        low, high = (day.toordinal() for day in PLAUSIBLE)
        dates = [self.form.value[fact] for fact, question in base.questions.items() if question.type == "date"]
        self.plausible = z3.And([z3.And(value >= low, value < high) for value in dates])

    def differences(self, mutant: Mutant, broken: Law) -> tuple[Any, Any, Any]:
        """When the rule and its mutant differ: decided to the contrary, the rule decided, at all."""
        own, other = self.terms.rule(mutant.target), unfold(broken, mutant.target, self.terms)
        true, false = _certain(own), _certain(Rails(own.false, own.true))
        contrary = z3.Or(z3.And(true, z3.Not(other.true)), z3.And(false, z3.Not(other.false)))
        differ = z3.Or(own.true != other.true, own.false != other.false)
        return contrary, z3.And(z3.Or(true, false), differ), differ

    def some(self, *terms: Any) -> bool:
        """Whether these hold for some answers."""
        result = self.solver.check(*terms)
        if result == z3.unknown:
            raise Undecided(self.solver.reason_unknown())
        return bool(result == z3.sat)

    def answers(self, *terms: Any) -> Answers | None:
        """Answers for which these hold, or None."""
        return self.form.read(self.solver.model()) if self.some(*terms) else None


def _certain(value: Rails) -> Any:
    return z3.And(value.true, z3.Not(value.false))


class Shows:
    """Finds what shows a mutant, under the law as known, else under an older one."""

    def __init__(self, base: RuleBase) -> None:
        self.base = base
        known_to = date.fromisoformat(base.acts.known_to)
        older = [day for day in days(base) if day <= known_to][:-1]
        self.laws = [LawOfADay(base, day) for day in (known_to, *reversed(older))]

    def of(self, mutant: Mutant) -> Shown | None:
        """Short answers for which the rule and its mutant differ, or None where there are none.

        Raises Undecided.
        """
        found = []
        for each in self.laws:
            broken = mutant.law(each.law)
            if broken:
                differences = each.differences(mutant, broken)
                if each.some(differences[-1]):
                    found.append((each, broken, differences))
        for degree in range(3):
            for each, broken, differences in found:
                wanted = differences[degree]
                given = each.answers(wanted, each.plausible)
                if given is None:
                    given = each.answers(wanted)
                if given is not None:
                    return shortened(self.base, mutant, broken, each, given)
        return None


def shortened(base: RuleBase, mutant: Mutant, broken: Law, under: LawOfADay, given: Answers) -> Shown:
    """The example of those of the answers that matter: decided if that takes few, else whatever shows the mutant."""

    def shows(answers: Answers, wanted: Container[Truth]) -> bool:
        engine = Values(under.law, answers)
        value, other = engine.rule(mutant.target), unfold(broken, mutant.target, engine)
        return value in wanted and value is not other and fits(base, engine)

    before = Values(under.law, given).rule(mutant.target)
    kept = _shorter(dict(given), lambda answers: shows(answers, {before}))
    if len(kept) > LONG:
        shortest = _shorter(kept, lambda answers: shows(answers, set(Truth)))
        kept = shortest if len(shortest) <= LONG else kept
    return Shown(under.law, kept, Values(under.law, kept).rule(mutant.target))


def fits(base: RuleBase, engine: Values) -> bool:
    """Whether no answer contradicts another, and none is to a question that the others rule out."""
    gates = [gate for fact in engine.answers if (gate := base.questions[fact].asked_if)]
    asked = all(fold(gate, engine) is not Truth.FALSE for gate in gates)
    return asked and all(fold(each.when, engine) is not Truth.TRUE for each in base.contradictions)


def _shorter(answers: dict[str, Answer], enough: Callable[[Answers], bool]) -> dict[str, Answer]:
    """Fewer answers, and fewer choices in them, that are still enough."""
    answers = _fewer(answers, enough)
    for fact in answers:
        while simpler := next((each for each in _simpler(answers[fact]) if enough({**answers, fact: each})), None):
            answers = {**answers, fact: simpler}
    return _fewer(answers, enough)


def _fewer(answers: dict[str, Answer], enough: Callable[[Answers], bool]) -> dict[str, Answer]:
    """As few answers as are enough; tried without blocks of them, of falling size."""
    size = len(answers)
    while size:
        facts = list(answers)
        for start in range(0, len(facts), size):
            fewer = {fact: answer for fact, answer in answers.items() if fact not in facts[start : start + size]}
            if enough(fewer):
                answers = fewer
        size //= 2
    return answers


def _simpler(answer: Answer) -> Iterator[Choices]:
    """A multiple answer without its doubt, or without one choice."""
    if isinstance(answer, Choices):
        if answer.more:
            yield Choices(answer.chosen)
        yield from (Choices(answer.chosen - {choice}, answer.more) for choice in sorted(answer.chosen))
