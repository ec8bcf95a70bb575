"""Questionnaires as z3 variables, and conditions as z3 terms over them: one more algebra of `fold`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import z3

from aiact_check.answering.schema import MAX_NUMBER
from aiact_check.law.condition import Test, fold, named
from aiact_check.law.evaluate import Answer, Choices, Law, unfold
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.law.model import Question


class Rails(NamedTuple):
    """A value of three as two Booleans: whether it can be true, whether it can be false. Unknown is both."""

    true: Any
    false: Any


ALWAYS, NEVER = Rails(z3.BoolVal(True), z3.BoolVal(False)), Rails(z3.BoolVal(False), z3.BoolVal(True))
EITHER = Rails(z3.BoolVal(True), z3.BoolVal(True))


def all_of(parts: Iterable[Rails]) -> Rails:
    """Kleene's conjunction."""
    kept = list(parts)
    return Rails(z3.And([part.true for part in kept]), z3.Or([part.false for part in kept]))


def any_of(parts: Iterable[Rails]) -> Rails:
    """Kleene's disjunction."""
    kept = list(parts)
    return Rails(z3.Or([part.true for part in kept]), z3.And([part.false for part in kept]))


class Form:
    """A questionnaire as variables: of each question whether it is answered, with what, whether there may be more."""

    def __init__(self, questions: Mapping[str, Question], name: str) -> None:
        self.questions = questions
        self.name = name
        self.answered = {fact: z3.Bool(f"{name}:{fact}?") for fact in questions}
        self.more = {
            fact: z3.Bool(f"{name}:{fact}+") for fact, question in questions.items() if question.type == "choices"
        }
        self.value = {fact: self._variable(fact, question) for fact, question in questions.items()}

    def _variable(self, fact: str, question: Question) -> Any:
        if question.choices and question.type != "yes_no":
            return {choice: z3.Bool(f"{self.name}:{fact}.{choice}") for choice in question.choices}
        kind = z3.Bool if question.type == "yes_no" else z3.Int
        return kind(f"{self.name}:{fact}")

    def shape(self) -> list[Any]:
        """What the schema of the answers asks: one value of a choice, numbers and days within bounds."""
        shapes = []
        for fact, question in self.questions.items():
            value = self.value[fact]
            if question.type == "choice":
                shapes.append(z3.PbEq([(chosen, 1) for chosen in value.values()], 1))
            elif question.type in ("number", "date"):
                low, high = (0, MAX_NUMBER) if question.type == "number" else (1, date.max.toordinal())
                shapes += [value >= low, value <= high]
        return shapes

    def is_empty(self, fact: str) -> Any:
        """Whether the answer says no, or chooses nothing."""
        match self.questions[fact].type:
            case "yes_no":
                return z3.Not(self.value[fact])
            case "choices":
                return z3.Not(z3.Or(list(self.value[fact].values())))
        return z3.BoolVal(False)

    def completes(self, earlier: Form) -> list[Any]:
        """What it takes to be `earlier` with more answers: every answer given there is given here."""
        kept = []
        for fact, question in self.questions.items():
            before, now = earlier.value[fact], self.value[fact]
            if question.type == "choices":
                same = z3.And([z3.Implies(before[choice], now[choice]) for choice in before])
                no_more = z3.And(
                    [z3.Not(self.more[fact]), *(z3.Implies(now[choice], before[choice]) for choice in now)]
                )
                agrees = z3.And(same, z3.Or(earlier.more[fact], no_more))
            elif question.type == "choice":
                agrees = z3.And([before[choice] == now[choice] for choice in before])
            else:
                agrees = before == now
            kept.append(z3.Implies(earlier.answered[fact], z3.And(self.answered[fact], agrees)))
        return kept

    def equals(self, answers: Mapping[str, Answer]) -> list[Any]:
        """What it takes to be these answers."""
        same = [asked if fact in answers else z3.Not(asked) for fact, asked in self.answered.items()]
        for fact, answer in answers.items():
            value = self.value[fact]
            if isinstance(answer, Choices):
                same += [chosen == (choice in answer.chosen) for choice, chosen in value.items()]
                same.append(self.more[fact] == answer.more)
            elif isinstance(value, dict):
                same += [chosen == (choice == answer) for choice, chosen in value.items()]
            else:
                same.append(value == (date.fromisoformat(answer).toordinal() if isinstance(answer, str) else answer))
        return same

    def read(self, model: Any) -> dict[str, Answer]:
        """The answers a model of z3 gives."""
        answered = (fact for fact, asked in self.answered.items() if _is(model, asked))
        return {fact: self._answer(model, fact, self.questions[fact].type) for fact in answered}

    def _answer(self, model: Any, fact: str, kind: str) -> Answer:
        value = self.value[fact]
        if kind == "yes_no":
            return _is(model, value)
        if kind in ("number", "date"):
            number: int = model.eval(value, model_completion=True).as_long()
            return number if kind == "number" else date.fromordinal(number).isoformat()
        chosen = [choice for choice, variable in value.items() if _is(model, variable)]
        return Choices(frozenset(chosen), _is(model, self.more[fact])) if kind == "choices" else chosen[0]


def _is(model: Any, term: Any) -> bool:
    return bool(z3.is_true(model.eval(term, model_completion=True)))


@dataclass
class Terms:
    """The algebra that gives z3 terms; those of rules are named, and `definitions` say what the names stand for."""

    law: Law
    form: Form
    known: dict[str, Rails] = field(default_factory=dict)
    gates: dict[str, Rails] = field(default_factory=dict)
    definitions: list[Any] = field(default_factory=list)

    def rule(self, rule_id: str) -> Rails:
        """The value of a rule."""
        if rule_id not in self.known:
            self.known[rule_id] = self._named(f"rule {rule_id}", unfold(self.law, rule_id, self))
        return self.known[rule_id]

    def arises(self, fact: str) -> Rails:
        """Whether a question arises."""
        if fact not in self.gates:
            gate = self.form.questions[fact].asked_if
            self.gates[fact] = self._named(f"asked {fact}", fold(gate, self)) if gate else ALWAYS
        return self.gates[fact]

    def _named(self, name: str, body: Rails) -> Rails:
        prefix = f"{self.form.name}:{self.law.day}:{name}"
        constants = Rails(z3.Bool(f"{prefix}:true"), z3.Bool(f"{prefix}:false"))
        self.definitions += [constants.true == body.true, constants.false == body.false]
        return constants

    def test(self, test: Test) -> Rails:
        """The value of a comparison; of an unanswered question, false where the question does not arise."""
        answered, given, open_ = self.form.answered[test.fact], self._compare(test), self.arises(test.fact)
        return Rails(z3.If(answered, given.true, open_.true), z3.Or(z3.Not(answered), given.false))

    def _compare(self, test: Test) -> Rails:
        value, operand = self.form.value[test.fact], test.operand
        match test.operator:
            case "is":
                holds = value
            case "one_of":
                holds = z3.Or([value[choice] for choice in operand])
            case "has":
                holds = z3.Or([value[choice] for choice in ([operand] if isinstance(operand, str) else operand)])
                return Rails(z3.Or(holds, self.form.more[test.fact]), z3.Not(holds))
            case "at_least":
                holds = value >= operand
            case "below":
                holds = value < operand
            case "before":
                holds = value < date.fromisoformat(self.law.date_of(operand)).toordinal()
            case _:
                holds = value >= date.fromisoformat(self.law.date_of(operand)).toordinal()
        return Rails(holds, z3.Not(holds))

    def all(self, parts: list[Rails]) -> Rails:
        """Kleene's conjunction."""
        return all_of(parts)

    def any(self, parts: list[Rails]) -> Rails:
        """Kleene's disjunction."""
        return any_of(parts)

    def negate(self, part: Rails) -> Rails:
        """Kleene's negation."""
        return Rails(part.false, part.true)

    def complete(self) -> list[Any]:
        """Every question that may arise is answered, and leaves nothing open."""
        asked = (z3.Implies(self.arises(fact).true, answered) for fact, answered in self.form.answered.items())
        return [*asked, *(z3.Not(more) for more in self.form.more.values())]

    def tidy(self) -> list[Any]:
        """No question is answered that does not arise."""
        return [z3.Implies(answered, z3.Not(self.arises(fact).false)) for fact, answered in self.form.answered.items()]

    def nothing_ruled_out(self) -> list[Any]:
        """No question is answered that other answers rule out."""
        return [z3.Implies(answered, self.arises(fact).true) for fact, answered in self.form.answered.items()]


def accepted(base: RuleBase, form: Form) -> list[Any]:
    """What `answers` accepts: the schema, no answer to a question that other answers rule out, no contradiction."""
    terms = Terms(base.law(date.fromisoformat(base.acts.known_to)), form)
    ruled_out = [
        z3.Implies(z3.And(form.answered[fact], z3.Not(form.is_empty(fact))), terms.arises(fact).true)
        for fact, question in base.questions.items()
        if question.asked_if and not named(question.asked_if).rules
    ]
    contradictions = [fold(contradiction.when, terms).false for contradiction in base.contradictions]
    return list(chain(form.shape(), ruled_out, contradictions, terms.definitions))


def as_yaml(answers: Mapping[str, Answer]) -> str:
    """A questionnaire with these answers, ready for `aiact-check assess`."""
    lines = ["company: { name: Counterexample }", "system: { name: Counterexample }", "answers:"]
    for fact, answer in answers.items():
        if isinstance(answer, Choices):
            written = f"[{', '.join([*sorted(answer.chosen), *([UNKNOWN] if answer.more else [])])}]"
        else:
            written = str(answer).lower() if isinstance(answer, bool) else str(answer)
        lines.append(f"  {fact}: {written}")
    return "\n".join(lines)
