"""Parquet files: as rows of cells, and written. Reads files; needs the libraries of the extra `tables`."""

from __future__ import annotations

import errno
import importlib.util
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check.inventory.columns import Headings
from aiact_check.inventory.row import Cells
from aiact_check.inventory.tables import Table, columns_of
from aiact_check.reading import source
from aiact_check.reading.problem import Problem
from aiact_check.text import phrase

if TYPE_CHECKING:
    import polars as pl

EXTRA = "aiact-check[tables]"
LIBRARIES = ("polars", "numpy")
HERE = Path()
READ_AHEAD = 1 << 16
"""How many rows are read at once."""
GROUP = 1 << 14
"""How many rows of a result are written as one group, which is held until it is whole."""


def is_there() -> bool:
    """Whether the libraries that Parquet needs are installed."""
    return all(importlib.util.find_spec(name) for name in LIBRARIES)


def of_parquet(file: Path, headings: Headings) -> Table:
    """The table of a Parquet file; its rows are counted from 1, since it has no line of headings."""
    table, frame, columns = opened(file, headings)
    if frame is None:
        return table
    places = {column: place for place, column in columns.items()}
    names = frame.collect_schema().names()
    wanted = [names[place - 1] for place in columns]
    try:
        for line, values in enumerate(_rows(frame.select(wanted)), 1):
            table.rows.append(Cells(line, dict(zip(columns.values(), values, strict=True)), places))
    except BrokenFile:
        table.rows.clear()
        return broken(table)
    if not table.rows:
        table.problems.append(table.problem(1, 1, "empty_table", phrase("inventory.no_rows_hint")))
    return table


def opened(file: Path, headings: Headings, here: Path = HERE) -> tuple[Table, pl.LazyFrame | None, dict[int, str]]:
    """A Parquet file that is not read yet, and what its columns are about; None where it cannot be read.

    It is called as the user called it, `here` being where the user was.
    """
    if not is_there():
        hint = phrase("inventory.no_library_hint", extra=EXTRA)
        raise Problem(str(file), 1, 1, phrase("inventory.no_library"), hint)
    import polars as pl

    table = Table(str(file))
    try:
        with source.opened(here / file, str(file)):
            frame = pl.scan_parquet(here / file, glob=False)
            schema = frame.collect_schema()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return broken(table), None, {}
    columns = columns_of(table, 1, schema.names(), headings)
    if "name" not in columns.values():
        table.problems.append(table.problem(1, 1, "no_name", phrase("inventory.no_name_hint")))
    for place, column in list(columns.items()):
        kind = schema.dtypes()[place - 1]
        if not flat(kind):
            hint = phrase("inventory.nested_hint")
            table.problems.append(table.problem(1, place, "nested", hint, name=column, kind=str(kind)[:60]))
            del columns[place]
    return table, frame, columns


def broken(table: Table) -> Table:
    """A table whose file cannot be read, with that said."""
    table.problems.append(table.problem(1, 1, "no_parquet", phrase("inventory.no_parquet_hint")))
    return table


def flat(kind: Any) -> bool:
    """Whether a column holds plain cells or lists of them."""
    import polars as pl

    if isinstance(kind, pl.List):
        return not kind.inner.is_nested() and flat(kind.inner)
    return not kind.is_nested() and kind not in (pl.Binary, pl.Object)


class BrokenFile(Exception):
    """A Parquet file whose beginning could be read and what follows could not."""


def _rows(frame: pl.LazyFrame) -> Iterator[Sequence[Any]]:
    for batch in batches(frame):
        yield from batch.iter_rows()


def batches(frame: pl.LazyFrame, size: int = READ_AHEAD) -> Iterator[pl.DataFrame]:
    """The rows of a file, so many at a time: read part by part, since a reader left alone reads far ahead."""
    import polars as pl

    begin, read = 0, READ_AHEAD
    try:
        while read == READ_AHEAD:
            part = frame.slice(begin, READ_AHEAD).collect()
            begin, read = begin + part.height, part.height
            yield from part.iter_slices(size)
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise BrokenFile from error


def height(frame: pl.LazyFrame) -> int:
    """How many rows a file has, as it says of itself; none where it does not tell."""
    import polars as pl

    try:
        rows: int = frame.select(pl.len()).collect().item()
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return 0
    return rows


def written(rows: Iterator[Mapping[str, Any]], kinds: Mapping[str, Any]) -> bytes:
    """Rows as a Parquet file; the same bytes every time."""
    from datetime import date

    import polars as pl

    days = [{**row, "next_date": row["next_date"] and date.fromisoformat(row["next_date"])} for row in rows]
    return as_bytes(pl.DataFrame(days, schema=dict(kinds), strict=False))


def as_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as a Parquet file, to be written by the system, whose errors say more than those of polars."""
    stream = io.BytesIO()
    frame.write_parquet(stream)
    return stream.getvalue()


def merge(parts: list[Path], target: Path) -> None:
    """Write the files of a result into one, without holding it.

    Raises OSError.
    """
    import polars as pl

    try:
        pl.scan_parquet(parts, glob=False).sink_parquet(target, row_group_size=GROUP)
    except pl.exceptions.ComputeError as error:  # to polars a full disk is an error like any other
        refused = re.search(r"os error (\d+)", str(error))
        number = int(refused[1]) if refused else errno.EIO
        raise OSError(number, os.strerror(number), str(target)) from None


def plain_rows(batch: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """The rows of a result as `listing` has them."""
    for row in batch.iter_rows(named=True):
        yield row | {"next_date": row["next_date"] and row["next_date"].isoformat()}


def kinds(columns: Sequence[str], numbers: Sequence[str], lists: Sequence[str]) -> dict[str, Any]:
    """What each column of the result holds: texts, but for those named, and days and truths by their names."""
    import polars as pl

    named: dict[str, Any] = {"next_date": pl.Date(), "fine_sure": pl.Boolean()}
    named |= dict.fromkeys(numbers, pl.Int64()) | dict.fromkeys(lists, pl.List(pl.String()))
    return {column: named.get(column, pl.String()) for column in columns}
