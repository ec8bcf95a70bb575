"""Systems nobody has, that look like those people have: examples and cases, mixed, with answers left out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from aiact_check.answering import answers, together
from aiact_check.law import rulebase
from aiact_check.law.evaluate import Answer, Answers, Choices
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from tests import agreement
from tests.conftest import TOP

if TYPE_CHECKING:
    import polars as pl


@cache
def examples() -> list[Answers]:
    """The answers of every example."""
    files = sorted((TOP / "questionnaires" / "examples").glob("*.yaml"))
    return [answers.load(file, rulebase.load()).answers for file in files]


@cache
def cases() -> list[Answers]:
    """The answers of every case."""
    return [agreement.told(file)[1] for file in agreement.files()]


def systems(seed: int) -> Iterator[dict[str, Answer]]:
    """One system after the other: an example or a case, with some answers of another, and up to six in ten left out.

    Those whose answers exclude each other, or are set aside, are left out: they are not read in columns.
    """
    chance, base = random.Random(seed), rulebase.load()
    pool = [*examples(), *cases()]
    while True:
        told = dict(chance.choice(pool))
        if chance.random() < 0.3:
            told |= {fact: answer for fact, answer in chance.choice(pool).items() if chance.random() < 0.2}
        left_out = chance.random() * 0.6
        told = {fact: answer for fact, answer in told.items() if chance.random() > left_out}
        if not any(together.contradicted(base, told)) and not any(together.ruled_out(base, told)):
            yield told


def table(base: RuleBase, told: list[dict[str, Answer]]) -> pl.DataFrame:
    """Systems as the rows of a table, each with a name of its own."""
    import polars as pl

    kinds: dict[str, Any] = {"yes_no": pl.Boolean, "choice": pl.String, "number": pl.Int64, "date": pl.String}
    columns: dict[str, Any] = {"name": pl.String, "company": pl.String}
    for fact, question in base.questions.items():
        several = question.type == "choices"
        word = question.type == "yes_no" and question.choices
        columns[fact] = pl.List(pl.String) if several else pl.String if word else kinds[question.type]
    rows = [
        {"name": f"System {place}", "company": f"Company {place % 97}",
         **{fact: _cell(base, fact, answer) for fact, answer in answered.items()}}
        for place, answered in enumerate(told, 1)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=columns)


def _cell(base: RuleBase, fact: str, answer: Answer) -> Any:
    if isinstance(answer, Choices):
        return [*sorted(answer.chosen), *([UNKNOWN] if answer.more else [])]
    if isinstance(answer, bool) and base.questions[fact].choices:
        return str(answer).lower()
    return answer
