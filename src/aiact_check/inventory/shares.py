"""A share of a large table: so many rows of one file, worked out in columns. Reads files; needs polars and numpy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check.answering import answers
from aiact_check.inventory import columnar, listing, row, typed
from aiact_check.inventory.cells import ODD, Cells, odd_rows
from aiact_check.inventory.columns import ABOUT, Headings
from aiact_check.inventory.found import Found, examiner, unread
from aiact_check.inventory.gathered import Entry
from aiact_check.inventory.settled import Settling
from aiact_check.inventory.tables import Table
from aiact_check.inventory.worked_out import Rows
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problem, Problems
from aiact_check.text import Language, phrase, said

if TYPE_CHECKING:
    import polars as pl

TOLD = ("name", "version", "company", "supplier", "owner")
PLACE = "row__place"
BATCH = 1 << 14
"""How many systems are worked out at once: more are a little faster and take more memory."""
KEPT = 1_000
"""How many problems are kept to be printed; all are in the table."""


Same = Callable[[int, int], Mapping[int, str]]
"""Of so many rows of a file from one on: by place among them, where a system stands that is called the same."""


@dataclass
class Opened:
    """A file that is open: what is wrong with it, and its columns named after what they are about."""

    table: Table
    frame: pl.LazyFrame | None
    places: Mapping[str, int]
    size: int = 0
    """How many rows it has."""


@dataclass
class Account:
    """What there is to say of a run, however large: counts, and the first of what is wrong."""

    headlines: Counter[str] = field(default_factory=Counter)
    unread: int = 0
    problems: dict[str, None] = field(default_factory=dict)
    wrong: int = 0
    """How many problems there are."""
    remarks: dict[str, None] = field(default_factory=dict)
    remarked: int = 0
    """How many remarks there are on rows that could be read."""

    @property
    def systems(self) -> int:
        return sum(self.headlines.values()) + self.unread

    def say(self, problem: str) -> None:
        """Take down a problem."""
        self.wrong += 1
        if len(self.problems) < KEPT:
            self.problems[problem] = None

    def remark(self, remark: str) -> None:
        """Take down a remark."""
        self.remarked += 1
        if len(self.remarks) < KEPT:
            self.remarks[remark] = None


class Sharing:
    """What works out shares, whoever hands them over."""

    def __init__(self, base: RuleBase, day: date, today: date, lang: Language, here: Path = columnar.HERE) -> None:
        self.base, self.lang, self.here = base, lang, here
        self.account = Account()
        self.settling = Settling(base, base.law(day))
        self.headings = Headings(base)
        self.examine = examiner(base, day, today)
        self.today = today
        self.cells = Cells(base, self.headings, today)

    def kinds(self) -> dict[str, Any]:
        """The columns of the result."""
        return columnar.kinds(listing.COLUMNS, listing.NUMBERS, listing.LISTS)

    def opened(self, file: Path) -> Opened:
        """A file, opened."""
        try:
            table, frame, columns = columnar.opened(file, self.headings, self.here)
        except Problem as problem:
            return Opened(Table(str(file), problems=[problem]), None, {})
        if frame is None:
            return Opened(table, None, {})
        names = frame.collect_schema().names()
        renamed = {names[place - 1]: column for place, column in columns.items()}
        return Opened(
            table, frame.select(*renamed).rename(renamed), {column: place for place, column in columns.items()}
        )

    def parts(self, one: Opened, begin: int, same: Same) -> Iterator[tuple[int, pl.DataFrame]]:
        """The result of a file whose rows before `begin` are left out, part by part: of how many rows, and which.

        What is no row of its own, a file or the rest of one that cannot be read, has a part of its own that stands
        for it, so that nothing drops out.
        """
        done, broken = begin, False
        try:
            for batch in columnar.batches(one.frame, BATCH) if one.frame is not None else ():
                done += batch.height
                yield batch.height, self._worked_out(one, batch, done - batch.height, same)
        except columnar.BrokenFile:
            columnar.broken(one.table)
            broken = True
        if not done and not one.table.problems:
            hint = phrase("inventory.no_rows_hint")
            one.table.problems.append(one.table.problem(1, 1, "empty_table", hint))
        for problem in one.table.problems:
            self.account.say(problem.said(self.lang))
        if not done or broken:
            self.account.unread += 1
            wrong = one.table.problems[-1:] if done else one.table.problems
            yield 0, self._frame([self._stands(unread(one.table.file, Path(one.table.file).name, wrong))])

    def _worked_out(self, one: Opened, batch: pl.DataFrame, begin: int, same: Same) -> pl.DataFrame:
        import polars as pl

        read = self.cells.read(batch).with_row_index(PLACE)
        told = read.filter(~pl.col(ODD)).drop(ODD)
        mended, stands = [], []
        remarks: dict[int, list[str]] = {}
        for place in odd_rows(read):
            cells = row.Cells(begin + place + 1, batch.row(place, named=True), one.places)
            found = self._closely(one.table, cells)
            if isinstance(found, dict):
                stands.append(self._stands(found) | {PLACE: place})
                remarks[place] = stands[-1]["remarks"]
            else:
                about = [read[column][place] for column in ABOUT]
                mended.append([place, *about, *typed.cells(self.base, found.answers)])
                remarks[place] = [remark.said(self.lang) for remark in found.aside.values()]
        if mended:
            told = pl.concat([told, pl.DataFrame(mended, schema=told.schema, orient="row")])
        frames = [self._rows(one.table, told, begin)] if told.height else []
        result = pl.concat([*frames, self._frame(stands)] if stands else frames).sort(PLACE)
        self.account.unread += sum(found["headline"] is None for found in stands)
        self.account.headlines.update(dict(result["headline"].drop_nulls().value_counts().iter_rows()))
        whole = [problem.said(self.lang) for problem in one.table.problems]
        said_of = [[*remarks.get(place, []), *whole] for place in range(batch.height)]
        twins: dict[int, str] = {}
        for place, where in same(begin, batch.height).items():
            if result["headline"][place] is not None:
                here = f"{one.table.file}:{begin + place + 1}"
                twins[place] = said(phrase("inventory.same_name", here=here, where=where), self.lang)
                said_of[place].append(twins[place])
        for remark in (*(each for place in remarks for each in remarks[place]), *twins.values()):
            self.account.remark(remark)
        return result.with_columns(pl.Series("remarks", said_of, dtype=pl.List(pl.String))).select(*listing.COLUMNS)

    def _closely(self, table: Table, cells: row.Cells) -> answers.Questionnaire | Found:
        """One row read by itself."""
        told = row.questionnaire(self.headings, table.file, cells, Path(table.file).stem, False)
        try:
            found = answers.understand(told, self.base, "", self.today)
        except Problems:
            return self._by_itself(Entry(table.file, told, ""))
        return found if typed.fits(found.answers) else self._by_itself(Entry(table.file, told, ""))

    def _by_itself(self, entry: Entry) -> Found:
        found = self.examine(entry)
        for problem in found["problems"]:
            self.account.say(problem[self.lang])
        return found

    def _rows(self, table: Table, told: pl.DataFrame, begin: int) -> pl.DataFrame:
        import polars as pl

        result = Rows(self.settling, told, self.settling.settle(told)).rows(listing.TIERS)
        about = told.select(
            PLACE,
            pl.concat_str(pl.lit(f"{table.file}:"), (pl.col(PLACE) + begin + 1).cast(pl.String)).alias("where"),
            *(pl.col(column) for column in TOLD if column != "company"),
            pl.col("company").fill_null(Path(table.file).stem),
            pl.lit([], dtype=pl.List(pl.String)).alias("problems"),
            pl.lit([], dtype=pl.List(pl.String)).alias("remarks"),
        )
        kinds = {PLACE: pl.UInt32, **self.kinds()}
        return pl.concat([about, result], how="horizontal").select(
            pl.col(name).cast(kind) for name, kind in kinds.items()
        )

    def _stands(self, found: Found) -> dict[str, Any]:
        """The row that stands for what cannot be worked out in columns."""
        cells = listing.row_of(found, self.lang)
        return cells | {"next_date": cells["next_date"] and date.fromisoformat(cells["next_date"])}

    def _frame(self, rows: list[dict[str, Any]]) -> pl.DataFrame:
        import polars as pl

        kinds = {PLACE: pl.UInt32, **self.kinds()} if PLACE in rows[0] else self.kinds()
        return pl.DataFrame(rows, schema=kinds, strict=False)
