"""Conditions as columns over many systems at once: true, false or NULL, which is unknown. Pure.

One algebra over the fold writes them, whatever a column is: an expression (`frames`) or a text of SQL (`sql`). Every
rule, every comparison and every gate is a column of its own, worked out once however often it is named. What no column
can express is an error here, when the law is compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from aiact_check.law.asked import AnswerType, Question
from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.evaluate import Law, compare, unfold
from aiact_check.law.truth import Truth

C = TypeVar("C")

OF_TYPE: Mapping[str, AnswerType] = {
    "is": "yes_no", "one_of": "choice", "has": "choices", "at_least": "number", "below": "number", "before": "date",
    "on_or_after": "date",
}  # fmt: skip
"""What a question must be for each comparison to be a column."""
LARGEST = 2**63 - 1


class Inexpressible(Exception):
    """A condition that columns cannot express."""


class Language(Protocol[C]):
    """What is asked of a language of columns; `all`, `any` and `negate` are those of Kleene."""

    def column(self, name: str) -> C: ...
    def literal(self, value: bool | None) -> C: ...
    def all(self, parts: list[C]) -> C: ...
    def any(self, parts: list[C]) -> C: ...
    def negate(self, part: C) -> C: ...
    def known(self, part: C) -> C: ...
    def one_of(self, part: C, values: Sequence[str]) -> C: ...
    def compare(self, part: C, sign: str, value: int | str) -> C: ...


def of_choice(fact: str, choice: str) -> str:
    """The column that says whether a choice is part of an answer."""
    return f"{fact}__{choice}"


def undecided(fact: str) -> str:
    """The column that says whether a yes/no question was answered by saying that nothing is decided."""
    return f"{fact}__undecided"


def given(question: Question, fact: str) -> dict[str, AnswerType]:
    """The columns that hold the answers to a question, and what is in them.

    A multiple answer has one column a choice; its own says whether it was answered. Days are ISO texts.
    """
    if question.type == "choices":
        return {fact: "yes_no", **{of_choice(fact, choice): "yes_no" for choice in question.choices}}
    later: dict[str, AnswerType] = {undecided(fact): "yes_no"} if question.type == "yes_no" and question.choices else {}
    return {fact: question.type, **later}


@dataclass(frozen=True)
class Part(Generic[C]):
    """A column being written: the columns it names, and how many steps after the answers it can be worked out."""

    says: C
    names: frozenset[str]
    step: int = 0


@dataclass
class Columns(Generic[C]):
    """The algebra that writes columns."""

    law: Law
    language: Language[C]
    defined: dict[str, Part[C]] = field(default_factory=dict)
    """The columns written so far, each after those it names."""
    tests: dict[str, Part[C]] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Part[C]:
        """The column of a rule."""
        name = "rule__" + rule_id.replace("/", "__").replace("-", "_")
        return self.defined_as(name, lambda: unfold(self.law, rule_id, self))

    def test(self, test: Test) -> Part[C]:
        """The column of a comparison: of an unanswered question, false where the question does not arise."""
        key = repr((test.fact, test.operator, test.operand))
        if key not in self.tests:
            said = self.comparison(test)
            gate = self.law.questions[test.fact].asked_if
            if gate is not None:
                name = f"gate__{test.fact}"
                arises = self.defined_as(name, lambda: fold(gate, self))
                said = self.all([said, self.any([self.answered(test.fact), arises])])
            name = f"test__{len(self.tests)}__{test.fact}"
            self.tests[key] = self.defined_as(name, lambda: said)
        return self.tests[key]

    def comparison(self, test: Test) -> Part[C]:
        """What a comparison makes of an answer; unknown without one."""
        question = self.law.questions[test.fact]
        if OF_TYPE.get(test.operator) != question.type:
            raise Inexpressible(f"no column compares `{test.fact}` ({question.type}) by `{test.operator}`")
        if test.operator == "has":
            wanted = [test.operand] if isinstance(test.operand, str) else test.operand
            return self.any([self.given(of_choice(test.fact, choice)) for choice in wanted])
        answer = self.given(test.fact)
        if test.operator == "is":
            return self._is(test, answer)
        if test.operator == "one_of":
            return Part(self.language.one_of(answer.says, test.operand), answer.names)
        sign = "<" if test.operator in ("below", "before") else ">="
        value: int | str = test.operand if question.type == "number" else self.law.date_of(test.operand)
        if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
            raise Inexpressible(f"no column holds a number such as {value}, with which `{test.fact}` is compared")
        return Part(self.language.compare(answer.says, sign, value), answer.names)

    def _is(self, test: Test, answer: Part[C]) -> Part[C]:
        """Where nothing is decided yet, as the law of the day counts that."""
        choices = self.law.questions[test.fact].choices
        if choices and compare(self.law, test, next(iter(choices))) is Truth.FALSE:
            return self.all([answer, self.negate(self.given(undecided(test.fact)))])
        return answer

    def answered(self, fact: str) -> Part[C]:
        """Whether a question was answered: never unknown."""
        question, answer = self.law.questions[fact], self.given(fact)
        if question.type == "choices":
            return answer
        known = Part(self.language.known(answer.says), answer.names)
        return self.any([known, self.given(undecided(fact))]) if undecided(fact) in given(question, fact) else known

    def given(self, name: str) -> Part[C]:
        """A column that holds answers."""
        return Part(self.language.column(name), frozenset((name,)))

    def all(self, parts: list[Part[C]]) -> Part[C]:
        """Kleene's conjunction."""
        return self._joined(self.language.all, parts, True)

    def any(self, parts: list[Part[C]]) -> Part[C]:
        """Kleene's disjunction."""
        return self._joined(self.language.any, parts, False)

    def negate(self, part: Part[C]) -> Part[C]:
        """Kleene's negation."""
        return Part(self.language.negate(part.says), part.names, part.step)

    def _joined(self, join: Callable[[list[C]], C], parts: list[Part[C]], neutral: bool) -> Part[C]:
        if not parts:
            return Part(self.language.literal(neutral), frozenset())
        if len(parts) == 1:
            return parts[0]
        names = frozenset().union(*(part.names for part in parts))
        return Part(join([part.says for part in parts]), names, max(part.step for part in parts))

    def defined_as(self, name: str, write: Callable[[], Part[C]]) -> Part[C]:
        """A column by its name, which is written the first time it is asked for."""
        if name not in self.defined:
            self.defined[name] = write()
        return Part(self.language.column(name), frozenset((name,)), self.defined[name].step + 1)


@dataclass(frozen=True)
class Program(Generic[C]):
    """Columns in the order in which they can be worked out, step by step, and what each step still has to keep."""

    steps: list[dict[str, C]]
    keep: list[list[str]]
    """By step, the columns there before it that are needed in it or later."""
    results: list[str]


def program(columns: Columns[C], conditions: Mapping[str, Condition], carried: Iterable[str] = ()) -> Program[C]:
    """The law compiled: a column for each condition, by its name. `carried` are columns that go through untouched."""
    for name, condition in conditions.items():
        columns.defined_as(name, lambda condition=condition: fold(condition, columns))  # type: ignore[misc]
    wanted, todo = set(), list(conditions)
    while todo:
        name = todo.pop()
        if name in columns.defined and name not in wanted:
            wanted.add(name)
            todo += columns.defined[name].names
    last = max((columns.defined[name].step for name in wanted), default=-1)
    steps: list[dict[str, C]] = [{} for _ in range(last + 1)]
    for name, part in columns.defined.items():
        if name in wanted:
            steps[part.step][name] = part.says
    results = [*carried, *conditions]
    needed, keep = dict.fromkeys(results), []
    for step in reversed(steps):
        for name in step:
            needed.pop(name, None)
        here = {name: None for key in step for name in sorted(columns.defined[key].names)}
        needed = {**needed, **here}
        keep.append(list(needed))
    return Program(steps, keep[::-1], results)


def tests_of(conditions: Iterable[Condition | None], law: Law) -> list[Test]:
    """Every comparison in the law in force, in the gates of its questions and in these conditions."""
    found: dict[str, Test] = {}

    class Tests:
        def rule(self, rule_id: str) -> Any: ...
        def test(self, test: Test) -> Any:
            found.setdefault(repr(test), test)

        def all(self, parts: list[Any]) -> Any: ...
        def any(self, parts: list[Any]) -> Any: ...
        def negate(self, part: Any) -> Any: ...

    whens = [version.when for version in law.versions.values()]
    gates = [question.asked_if for question in law.questions.values()]
    for condition in (*whens, *gates, *conditions):
        if condition:
            fold(condition, Tests())
    return list(found.values())
