"""Answers as columns, one row a system: from the answers of questionnaires, and back. Needs polars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from aiact_check.law.asked import Question
from aiact_check.law.columns import LARGEST, given, of_choice, undecided
from aiact_check.law.evaluate import Answer, Answers, Choices
from aiact_check.law.lawbook import RuleBase

if TYPE_CHECKING:
    import polars as pl


MOST = LARGEST // 100
"""The largest number that columns hold: a share of it is still one."""


def schema(base: RuleBase) -> dict[str, Any]:
    """The columns that hold answers, and their types."""
    import polars as pl

    kinds = {"yes_no": pl.Boolean, "choice": pl.String, "number": pl.Int64, "date": pl.String}
    return {name: kinds[kind] for fact, question in base.questions.items() for name, kind in
            given(question, fact).items()}  # fmt: skip


def fits(answers: Answers) -> bool:
    """Whether columns can hold these answers."""
    return all(isinstance(answer, bool) or not isinstance(answer, int) or answer <= MOST
               for answer in answers.values())  # fmt: skip


def frame(base: RuleBase, systems: Iterable[Answers]) -> pl.DataFrame:
    """The answers about many systems as columns."""
    import polars as pl

    rows = [cells(base, answers) for answers in systems]
    return pl.DataFrame(rows, schema=schema(base), orient="row")


def cells(base: RuleBase, answers: Answers) -> list[Any]:
    """The answers about a system as a row."""
    row: list[Any] = []
    for fact, question in base.questions.items():
        row += written(question, fact, answers.get(fact)).values()
    return row


def written(question: Question, fact: str, answer: Answer | None) -> dict[str, Any]:
    """An answer as the cells of its columns."""
    if question.type == "choices":
        if not isinstance(answer, Choices):
            return {fact: False, **{of_choice(fact, choice): None for choice in question.choices}}
        found = {of_choice(fact, choice): NULLABLE[answer.has(choice).value] for choice in question.choices}
        return {fact: True, **found}
    if undecided(fact) in given(question, fact):
        return {fact: answer if isinstance(answer, bool) else None, undecided(fact): isinstance(answer, str)}
    return {fact: answer}


NULLABLE = {"true": True, "false": False, "unknown": None}


def answers(base: RuleBase, row: Mapping[str, Any]) -> dict[str, Answer]:
    """A row as the answers it holds."""
    found = {fact: _read(question, fact, row) for fact, question in base.questions.items()}
    return {fact: answer for fact, answer in found.items() if answer is not None}


def _read(question: Question, fact: str, row: Mapping[str, Any]) -> Answer | None:
    if question.type == "choices":
        if not row[fact]:
            return None
        says = {choice: row[of_choice(fact, choice)] for choice in question.choices}
        chosen = frozenset(choice for choice, said in says.items() if said)
        ruled_out = frozenset(choice for choice, said in says.items() if said is False)
        more = None in says.values()
        return Choices(chosen, more, ruled_out if more else frozenset())
    if row.get(undecided(fact)):
        return next(iter(question.choices))
    answer: Answer | None = row[fact]
    return answer
