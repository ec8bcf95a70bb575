"""The cells of a large table as answers in columns, and the rows that want a closer look. Needs polars.

Each different cell of a column is read once. A row with a cell that cannot be taken, with answers that exclude each
other or rule others out, or with anything else out of the ordinary is told apart: it is read by itself, as a row of any
other table is, which says what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aiact_check.answering.answers import fits
from aiact_check.inventory import typed
from aiact_check.inventory.columns import ABOUT, Headings, written
from aiact_check.inventory.row import clean
from aiact_check.law.asked import Question
from aiact_check.law.columns import given, of_choice
from aiact_check.law.condition import Condition, named
from aiact_check.law.frames import Compiled
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.reading import meant
from aiact_check.text import LANGUAGES

if TYPE_CHECKING:
    import polars as pl

ODD = "row__odd"
LONGEST = 1_000
"""Texts about a system that are longer are looked at more closely."""
PART, COUNT = "\x1f", "\x1e"
STRANGE = r"[\x00-\x1f\x7f-\x9f]"


@dataclass
class Cells:
    """What reads the cells of one table, batch by batch."""

    base: RuleBase
    headings: Headings
    today: date
    seen: dict[str, dict[Any, list[Any]]] = field(default_factory=dict)
    """By question, what each different cell comes to."""

    def read(self, batch: pl.DataFrame) -> pl.DataFrame:
        """The answers of a batch whose columns are named after what they are about, and which rows are odd."""
        import polars as pl

        told = [self._about(batch, column) for column in ABOUT]
        answers = [self._answers(batch, fact, question) for fact, question in self.base.questions.items()]
        odd = [frame.get_column(ODD) for frame in (*told, *answers) if ODD in frame.columns]
        frames = [frame.drop(ODD, strict=False) for frame in (*told, *answers)]
        found = pl.concat([frame for frame in frames if frame.width], how="horizontal")
        nameless = found["name"].is_null()
        wrong = self._at_odds.over(found.lazy()).collect()
        facts = [self._set_aside(name.removeprefix("gate__of__")) & ~pl.col(name)
                 for name in wrong.columns if name.startswith("gate__of__")]  # fmt: skip
        contradict = [pl.col(name) for name in wrong.columns if name.startswith("contradiction__")]
        both = pl.concat([found, wrong], how="horizontal")
        at_odds = both.select(pl.any_horizontal(*facts, *contradict).fill_null(False)).to_series()
        any_odd = pl.DataFrame([nameless.alias("0"), at_odds.alias("1"),
                                *(one.alias(f"odd{place}") for place, one in enumerate(odd))])  # fmt: skip
        return found.with_columns(any_odd.select(pl.any_horizontal(pl.all().fill_null(False))).to_series().alias(ODD))

    @cached_property
    def _at_odds(self) -> Compiled:
        """The contradictions, and the gates of questions that other answers may rule out."""
        law = self.base.law(date.fromisoformat(self.base.acts.known_to))
        conditions: dict[str, Condition] = {
            f"contradiction__{place}": one.when for place, one in enumerate(self.base.contradictions)
        }
        for fact, question in self.base.questions.items():
            if question.asked_if and not named(question.asked_if).rules:
                conditions[f"gate__of__{fact}"] = question.asked_if
        return Compiled(law, conditions)

    def _set_aside(self, fact: str) -> pl.Expr:
        """Whether a question has an answer that would be set aside if it does not arise."""
        import polars as pl

        question = self.base.questions[fact]
        if question.type == "choices":
            return pl.any_horizontal(pl.col(of_choice(fact, choice)) for choice in question.choices)
        return pl.col(fact) if question.type == "yes_no" else pl.col(fact).is_not_null()

    def _about(self, batch: pl.DataFrame, column: str) -> pl.DataFrame:
        import polars as pl

        if column not in batch.columns:
            return pl.DataFrame({column: pl.Series([None] * batch.height, dtype=pl.String)})
        told = batch[column]
        if told.dtype != pl.String:
            texts = [_text(cell) for cell in told.to_list()]
            said = pl.Series(column, [text if isinstance(text, str) else None for text in texts], dtype=pl.String)
            strange = told.is_not_null()
        else:
            said = told.str.strip_chars()
            said = said.set(said == "", None)
            strange = told.str.contains(STRANGE) | (said.str.len_chars() > LONGEST)
        if column in ("on", "lang"):
            right = [word for word in said.unique().drop_nulls().to_list() if self._takes(column, word)]
            strange = strange.fill_null(False) | ~said.is_in(right).fill_null(True)
        return pl.DataFrame({column: said, ODD: strange.fill_null(False)})

    def _takes(self, column: str, word: str) -> bool:
        if column == "lang":
            return word in LANGUAGES
        return meant.is_day(word) and word <= self.today.isoformat()

    def _answers(self, batch: pl.DataFrame, fact: str, question: Question) -> pl.DataFrame:
        import polars as pl

        if fact not in batch.columns:
            empty = dict(zip(given(question, fact), typed.written(question, fact, None).values(), strict=True))
            kinds = self._kinds
            return pl.DataFrame({name: pl.Series([cell], dtype=kinds[name]).new_from_index(0, batch.height)
                                 for name, cell in empty.items()})  # fmt: skip
        column = batch[fact]
        if column.dtype == pl.Boolean and question.type == "yes_no":
            later = {name: pl.repeat(False, batch.height, eager=True) for name in given(question, fact) if name != fact}
            return pl.DataFrame({fact: column, **later})
        if column.dtype.is_integer() and question.type == "number":
            odd = (column < 0) | (column > typed.MOST)
            return pl.DataFrame({fact: column.cast(pl.Int64, strict=False), ODD: odd.fill_null(False)})
        return self._looked_up(column, fact, question)

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        return typed.schema(self.base)

    def _looked_up(self, column: pl.Series, fact: str, question: Question) -> pl.DataFrame:
        """The answers of a column, each different cell read once."""
        import polars as pl

        names = list(given(question, fact))
        if isinstance(column.dtype, pl.List):
            inner = column if column.dtype.inner == pl.String else column.cast(pl.List(pl.String))
            frame = pl.DataFrame({"cell": inner})
            text = pl.concat_str(pl.col("cell").list.len().cast(pl.String), pl.lit(COUNT),
                                 pl.col("cell").list.join(PART, ignore_nulls=False))  # fmt: skip
            keys = frame.select(text.fill_null(pl.when(pl.col("cell").is_not_null()).then(pl.lit(PART)))).to_series()
        else:
            keys = column
        distinct = keys.unique()
        seen = self.seen.setdefault(fact, {})
        rows = []
        for cell in distinct.to_list():
            if cell not in seen:
                seen[cell] = self._read(fact, question, _parts(cell) if keys is not column else cell)
            rows.append(seen[cell])
        kinds = {name: self._kinds[name] for name in names} | {ODD: pl.Boolean}
        read = pl.DataFrame(rows, schema=kinds, orient="row").with_columns(distinct.alias("cell__read"))
        there = pl.DataFrame({"cell__read": keys})
        return there.join(read, on="cell__read", how="left", nulls_equal=True, maintain_order="left").drop("cell__read")

    def _read(self, fact: str, question: Question, cell: Any) -> list[Any]:
        """What a cell comes to as the cells of its columns, and whether it cannot be taken."""
        nothing = list(typed.written(question, fact, None).values())
        told = self.headings.answer(fact, clean(cell))
        if told is None:
            return [*nothing, False]
        if isinstance(told, dict) or not fits(self.base, fact, told):
            return [*nothing, True]
        answer = normalise(question, told)
        if answer is not None and not typed.fits({fact: answer}):
            return [*nothing, True]
        return [*typed.written(question, fact, answer).values(), False]


def _parts(key: str | None) -> Any:
    """A list again, from the text that stands for it; a list that lacks some of its parts is none."""
    if key is None:
        return None
    if key == PART:
        return {}
    size, _, text = key.partition(COUNT)
    return text.split(PART) if int(size) else []


def _text(cell: Any) -> Any:
    text = written(clean(cell)) if cell is not None else None
    return (text.strip() or None) if isinstance(text, str) else text


def odd_rows(frame: pl.DataFrame) -> Iterable[int]:
    """The places of the rows that want a closer look."""
    return frame[ODD].arg_true().to_list()
