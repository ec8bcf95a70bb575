"""A large table into its result, batch by batch: what is in memory at once does not grow with the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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

BATCH = 1 << 14
"""How many systems are worked out at once: more are a little faster and take more memory."""
TOLD = ("name", "version", "company", "supplier", "owner")
PLACE = "row__place"
KEPT = 1_000
"""How many problems are kept to be printed; all are in the table."""


@dataclass
class Opened:
    """A file that is open: what is wrong with it, and its columns named after what they are about."""

    table: Table
    frame: pl.LazyFrame | None
    places: Mapping[str, int]
    size: int = 0


@dataclass
class Streamed:
    """One Parquet file after the other, worked out in batches."""

    base: RuleBase
    day: date
    today: date
    lang: Language
    progress: Callable[[int, int], None] = lambda done, total: None
    headlines: Counter[str] = field(default_factory=Counter)
    unread: int = 0
    problems: dict[str, None] = field(default_factory=dict)
    wrong: int = 0
    """How many problems there are."""
    remarks: dict[str, None] = field(default_factory=dict)
    remarked: int = 0
    """How many remarks there are on rows that could be read."""

    def __post_init__(self) -> None:
        self.settling = Settling(self.base, self.base.law(self.day))
        self.headings = Headings(self.base)
        self.examine = examiner(self.base, self.day, self.today)
        self.cells = Cells(self.base, self.headings, self.today)

    @property
    def systems(self) -> int:
        return sum(self.headlines.values()) + self.unread

    def kinds(self) -> dict[str, Any]:
        """The columns of the result."""
        return columnar.kinds(listing.COLUMNS, listing.NUMBERS, listing.LISTS)

    def over(self, files: Sequence[Path]) -> Iterator[pl.DataFrame]:
        """The result of these files, part by part."""
        opened = [self._opened(file) for file in files]
        twins = Twins.among(opened)
        begin = 0
        for one in opened:
            done = 0
            try:
                for batch in columnar.batches(one.frame, BATCH) if one.frame is not None else ():
                    yield self._batch(one, batch, done, twins.of(begin + done, batch.height))
                    done += batch.height
                    self.progress(batch.height, len(twins.first))
            except columnar.BrokenFile:
                columnar.broken(one.table)
            if not done and not one.table.problems:
                hint = phrase("inventory.no_rows_hint")
                one.table.problems.append(one.table.problem(1, 1, "empty_table", hint))
            for problem in one.table.problems:
                self._say(problem.said(self.lang))
            if not done:
                self.unread += 1
                name = Path(one.table.file).name
                yield self._frame([self._stands(unread(one.table.file, name, one.table.problems))])
            begin += one.size

    def _opened(self, file: Path) -> Opened:
        try:
            table, frame, columns = columnar.opened(file, self.headings)
        except Problem as problem:
            return Opened(Table(str(file), problems=[problem]), None, {})
        if frame is None:
            return Opened(table, None, {})
        names = frame.collect_schema().names()
        renamed = {names[place - 1]: column for place, column in columns.items()}
        return Opened(
            table, frame.select(*renamed).rename(renamed), {column: place for place, column in columns.items()}
        )

    def _batch(self, one: Opened, batch: pl.DataFrame, begin: int, same: Mapping[int, str]) -> pl.DataFrame:
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
            else:
                about = [read[column][place] for column in ABOUT]
                mended.append([place, *about, *typed.cells(self.base, found.answers)])
                remarks[place] = [remark.said(self.lang) for remark in found.aside.values()]
        if mended:
            told = pl.concat([told, pl.DataFrame(mended, schema=told.schema, orient="row")])
        frames = [self._rows(one.table, told, begin)] if told.height else []
        result = pl.concat([*frames, self._frame(stands)] if stands else frames).sort(PLACE)
        self.unread += sum(found["headline"] is None for found in stands)
        self.headlines.update(dict(result["headline"].drop_nulls().value_counts().iter_rows()))
        whole = [problem.said(self.lang) for problem in one.table.problems]
        said_of = [[*remarks.get(place, []), *whole] for place in range(batch.height)]
        twins: dict[int, str] = {}
        for place, where in same.items():
            if result["headline"][place] is not None:
                here = f"{one.table.file}:{begin + place + 1}"
                twins[place] = said(phrase("inventory.same_name", here=here, where=where), self.lang)
                said_of[place].append(twins[place])
        for remark in (*(each for place in remarks for each in remarks[place]), *twins.values()):
            self.remarked += 1
            if len(self.remarks) < KEPT:
                self.remarks[remark] = None
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
            self._say(problem[self.lang])
        return found

    def _say(self, text: str) -> None:
        self.wrong += 1
        if len(self.problems) < KEPT:
            self.problems[text] = None

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


@dataclass(frozen=True)
class Twins:
    """Systems of the same name, version and company as one before, found by numbers that stand for these."""

    files: list[str]
    ends: Any
    """By file, how many systems there are up to its end."""
    first: Any
    """By system, the first that is called the same."""

    @classmethod
    def among(cls, opened: Sequence[Opened]) -> Twins:
        """The twins in these files."""
        import numpy as np

        keys = [np.concatenate([*_keys(one), np.empty(0, np.uint64)]) for one in opened]
        for one, found in zip(opened, keys, strict=True):
            one.size = len(found)
        together = np.concatenate([*keys, np.empty(0, np.uint64)])
        order = np.argsort(together, kind="stable")
        ordered = together[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        first = np.empty(len(together), np.uint32)
        first[order] = np.repeat(order[starts], np.diff(np.append(starts, len(together))))
        return cls([one.table.file for one in opened], np.cumsum([len(found) for found in keys]), first)

    def of(self, begin: int, size: int) -> dict[int, str]:
        """By place in a batch that begins there, where the system stands that is called the same."""
        import numpy as np

        here = self.first[begin : begin + size]
        places = np.flatnonzero(here != np.arange(begin, begin + len(here)))
        return {int(place): self._where(int(here[place])) for place in places}

    def _where(self, system: int) -> str:
        import numpy as np

        file = int(np.searchsorted(self.ends, system, side="right"))
        return f"{self.files[file]}:{system - (int(self.ends[file - 1]) if file else 0) + 1}"


def _keys(one: Opened) -> Iterator[Any]:
    """Numbers that are the same for systems that are called the same."""
    import polars as pl

    if one.frame is None:
        return
    names = one.frame.collect_schema().names()
    company = pl.lit(Path(one.table.file).stem)
    parts = [_plain(part) if part in names else pl.lit("") for part in ("name", "version")]
    if "company" in names:
        company = pl.when(_plain("company") != "").then(_plain("company")).otherwise(company)
    keyed = one.frame.select(
        pl.struct(*(part.alias(str(place)) for place, part in enumerate((*parts, company)))).hash(7)
    )
    try:
        for batch in columnar.batches(keyed):
            yield batch.to_series().to_numpy()
    except columnar.BrokenFile:  # what cannot be read is said when it is read for what it holds
        return


def _plain(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.String, strict=False).str.strip_chars().fill_null("")
