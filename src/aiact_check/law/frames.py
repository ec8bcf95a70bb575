"""Columns as expressions of polars, over frames that need not fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from aiact_check.law.columns import Columns, program
from aiact_check.law.condition import Condition
from aiact_check.law.evaluate import Law

if TYPE_CHECKING:
    import polars as pl


class Expressions:
    """The language of expressions, in which `&` and `|` are Kleene's."""

    def column(self, name: str) -> pl.Expr:
        import polars as pl

        return pl.col(name)

    def literal(self, value: bool | None) -> pl.Expr:
        import polars as pl

        return pl.lit(value, dtype=pl.Boolean)

    def all(self, parts: list[pl.Expr]) -> pl.Expr:
        return reduce(and_, parts)

    def any(self, parts: list[pl.Expr]) -> pl.Expr:
        return reduce(or_, parts)

    def negate(self, part: pl.Expr) -> pl.Expr:
        return ~part

    def known(self, part: pl.Expr) -> pl.Expr:
        return part.is_not_null()

    def one_of(self, part: pl.Expr, values: Sequence[str]) -> pl.Expr:
        return reduce(or_, [part == value for value in values])

    def compare(self, part: pl.Expr, sign: str, value: int | str) -> pl.Expr:
        return part < value if sign == "<" else part >= value


class Compiled:
    """The law as steps over a frame of answers, compiled once for any number of frames."""

    def __init__(self, law: Law, conditions: Mapping[str, Condition], carried: Iterable[str] = ()) -> None:
        self.program = program(Columns(law, Expressions()), conditions, carried)

    def over(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        """What the conditions are over a frame of answers: nothing is worked out yet."""
        for step, keep in zip(self.program.steps, self.program.keep, strict=True):
            columns = [said.alias(name) for name, said in step.items()]
            frame = frame.select(*keep).with_columns(columns)
        return frame.select(self.program.results)
