"""A large table worked out on Spark: its files in shares, a share a task, as `shares` does it. Needs PySpark.

Every worker reads its own share and works it out as the engine in columns does, `exact` included, so the table is the
same. Spark hands out the shares, finds systems that are called the same, writes the result and counts. Nothing comes
back to the driver but counts, and the first few of what is wrong.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check.inventory import columnar, listing
from aiact_check.inventory.shares import BATCH, Account, Opened, Sharing
from aiact_check.inventory.twins import CALLED, called
from aiact_check.law import rulebase
from aiact_check.text import Language

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

EXTRA = "aiact-check[spark]"
MOST_TASKS = 10_000
SHARES = {"file": "int", "path": "string", "begin": "bigint", "size": "bigint", "rows": "bigint",
          "said": "array<string>"}  # fmt: skip
"""A share: the rows of one file from `begin`; the first of a file also has its rows and what is wrong with it."""
NAMES = {**dict.fromkeys(CALLED, "string"), "file": "int", "row": "bigint"}
SHOWN = 20
"""How many problems and remarks are fetched, to be printed; all are in the table."""


class OtherRules(Exception):
    """The program of a worker has other rules than that of the driver."""


@dataclass(frozen=True)
class Order:
    """What every worker is told."""

    rules: str
    day: str
    today: str
    lang: Language
    here: str
    """Where the names of files that are not whole begin."""


RESULT = dict.fromkeys(listing.COLUMNS, "string")
RESULT |= {"next_date": "date", "fine_sure": "boolean"}
RESULT |= dict.fromkeys(listing.NUMBERS, "bigint") | dict.fromkeys(listing.LISTS, "array<string>")


def in_sql(columns: Mapping[str, str]) -> str:
    """Columns and their types as SQL names them."""
    return ", ".join(f"`{column}` {kind}" for column, kind in columns.items())


@dataclass
class Spread:
    """One run over files that every worker can read under the same name."""

    spark: SparkSession
    order: Order
    files: Sequence[str]

    def write(self, target: str) -> Account:
        """Work out the files, write the result as a folder and say what there is to say."""
        files = self.spark.createDataFrame(list(enumerate(self.files)), "file int, path string")
        shares = files.mapInArrow(partial(_shares, self.order), in_sql(SHARES)).persist()
        try:
            tasks = min(shares.count(), MOST_TASKS)
            apart = shares.repartition(tasks, "file", "begin")  # those of one large file lie together until here
            work = self._with_twins(files, shares, apart).repartitionByRange(tasks, "file", "begin")
            work.mapInArrow(partial(_worked_out, self.order), in_sql(RESULT)).write.mode("overwrite").parquet(target)
            return self._account(shares, self.spark.read.schema(in_sql(RESULT)).parquet(_no_pattern(target)))
        finally:
            shares.unpersist()

    def _with_twins(self, files: DataFrame, shares: DataFrame, apart: DataFrame) -> DataFrame:
        """The shares, each with its systems that are called like one before, and where that one stands."""
        from pyspark.sql import Window
        from pyspark.sql import functions as sql

        names = apart.mapInArrow(partial(_names, self.order), in_sql(NAMES))
        first = sql.min(sql.struct("file", "row")).over(Window.partitionBy(*CALLED))
        twins = names.withColumn("first", first).where("struct(file, row) != first")
        paths = files.select(sql.col("file").alias("first_file"), sql.col("path").alias("first_path"))
        placed = twins.join(paths, sql.col("first.file") == sql.col("first_file")).select(
            "file",
            sql.expr(f"row - row % {BATCH}").alias("begin"),
            sql.struct(
                sql.expr(f"row % {BATCH}").alias("place"),
                sql.concat("first_path", sql.lit(":"), sql.expr("first.row + 1")).alias("where"),
            ).alias("twin"),
        )
        listed = placed.groupBy("file", "begin").agg(sql.collect_list("twin").alias("twins")).hint("shuffle_hash")
        return shares.drop("rows", "said").join(listed, ["file", "begin"], "left")

    def _account(self, shares: DataFrame, result: DataFrame) -> Account:
        from pyspark.sql import functions as sql

        account = Account()
        for headline, count in result.groupBy("headline").count().collect():
            if headline is None:
                account.unread = count
            else:
                account.headlines[headline] = count
        of_files, repeated = _sums(shares, sql.size("said"), sql.size("said") * sql.col("rows"))
        of_rows, remarked = _sums(result, sql.size("problems"), sql.size("remarks"))
        account.wrong, account.remarked = of_files + of_rows, remarked - repeated
        whole = shares.select(sql.explode("said").alias("text"))
        problems = whole.union(result.select(sql.explode("problems")))
        remarks = result.select(sql.explode("remarks").alias("text")).join(whole, "text", "left_anti")
        account.problems = dict.fromkeys(row[0] for row in problems.limit(SHOWN if account.wrong else 0).collect())
        account.remarks = dict.fromkeys(row[0] for row in remarks.limit(SHOWN if account.remarked else 0).collect())
        return account


def _sums(frame: DataFrame, *columns: Any) -> list[int]:
    from pyspark.sql import functions as sql

    return [total or 0 for total in frame.agg(*(sql.sum(column) for column in columns)).collect()[0]]


def _no_pattern(path: str) -> str:
    """A path in which no sign stands for others."""
    return "".join(f"\\{sign}" if sign in "{}[]*?\\" else sign for sign in path)


# What a worker does


@cache
def _sharing(order: Order) -> Sharing:
    """The rules, loaded once in the life of a worker; each is given a core and keeps to it."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    base = rulebase.load()
    if base.hash != order.rules:
        raise OtherRules(order.rules)
    day, today = date.fromisoformat(order.day), date.fromisoformat(order.today)
    return Sharing(base, day, today, order.lang, Path(order.here))


def _told(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    for batch in batches:
        yield from batch.to_pylist()


def _shares(order: Order, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The shares of files; one of no rows for a file that has none or cannot be read."""
    import polars as pl

    sharing = _sharing(order)
    for told in _told(batches):
        one = sharing.opened(Path(told["path"]))
        rows = columnar.height(one.frame) if one.frame is not None else 0
        said = [problem.said(order.lang) for problem in one.table.problems] if rows else []
        found = [
            {**told, "begin": begin, "size": min(BATCH, rows - begin), "rows": 0 if begin else rows,
             "said": [] if begin else said}
            for begin in range(0, max(rows, 1), BATCH)
        ]  # fmt: skip
        yield from _handed_on(pl.DataFrame(found), SHARES)


def _names(order: Order, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """What the systems of shares are called, and where they stand."""
    import polars as pl

    for told, one in _opened(order, batches):
        row = told["begin"]
        try:
            names = called(one)
            for batch in columnar.batches(names) if names is not None else ():
                place = pl.int_range(row, row + batch.height, dtype=pl.Int64).alias("row")
                yield from _handed_on(batch.select(*CALLED, pl.lit(told["file"]).alias("file"), place), NAMES)
                row += batch.height
        except columnar.BrokenFile:  # what cannot be read is said when it is read for what it holds
            continue


def _worked_out(order: Order, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of the result of shares."""
    for told, one in _opened(order, batches):
        twins = {twin["place"]: twin["where"] for twin in told["twins"] or ()}
        for _, part in _sharing(order).parts(one, told["begin"], lambda *_, twins=twins: twins):
            yield from _handed_on(part, RESULT)


def _opened(order: Order, batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[dict[str, Any], Opened]]:
    """Shares, each with its file opened at its rows."""
    for told in _told(batches):
        one = _sharing(order).opened(Path(told["path"]))
        if one.frame is not None and told["size"]:
            one.frame = one.frame.slice(told["begin"], told["size"])
        yield told, one


def _handed_on(frame: pl.DataFrame, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """A frame as Spark takes it."""
    import pyarrow as pa

    kinds = {"string": pa.string(), "int": pa.int32(), "bigint": pa.int64(), "date": pa.date32(),
             "boolean": pa.bool_(), "array<string>": pa.list_(pa.string())}  # fmt: skip
    schema = pa.schema([(column, kinds[kind]) for column, kind in columns.items()])
    yield from frame.select(*columns).to_arrow().cast(schema).to_batches()
