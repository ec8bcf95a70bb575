"""The rows of a table that are meant by a number or a name. Reads files."""

from __future__ import annotations

from pathlib import Path

from aiact_check.inventory import columnar
from aiact_check.inventory.columns import Headings
from aiact_check.inventory.gathered import gather
from aiact_check.inventory.row import Cells, Row, questionnaire
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problem, Problems

NAMES = 10_000
"""Among how many names of a large table one alike is looked for."""


def pick(base: RuleBase, file: Path, line: int | None, name: str | None) -> tuple[list[Row], list[str]]:
    """The rows with this number or name; and the names there are, where none has it.

    Raises Problems, where the table cannot be read.
    """
    if file.suffix.lower() == ".parquet":
        try:
            return _of_parquet(base, file, line, name)
        except Problem as problem:
            raise Problems([problem]) from None
    gathered = gather(base, [file])
    rows = [entry.told for entry in gathered.entries if isinstance(entry.told, Row)]
    if not rows and gathered.problems:
        raise Problems(gathered.problems)
    found = [row for row in rows if (row.line == line if line else row.data["system"]["name"] == name)]
    return found, [row.data["system"]["name"] for row in rows]


def _of_parquet(base: RuleBase, file: Path, line: int | None, name: str | None) -> tuple[list[Row], list[str]]:
    """The same without going through a table that may be large."""
    import polars as pl

    headings = Headings(base)
    table, frame, columns = columnar.opened(file, headings)
    if frame is None or "name" not in columns.values():
        raise Problems(table.problems)
    names = frame.collect_schema().names()
    renamed = {names[place - 1]: column for place, column in columns.items()}
    places = {column: place for place, column in columns.items()}
    told = frame.select(*renamed).rename(renamed).with_row_index("row__line", offset=1)
    called = pl.col("name").cast(pl.String).str.strip_chars()
    meant = told.slice(line - 1, 1) if line else told.filter(called == name)
    try:
        rows = list(columnar.batches(meant))
        known = [] if any(batch.height for batch in rows) else list(columnar.batches(told.select(called).head(NAMES)))
    except columnar.BrokenFile:
        raise Problems(columnar.broken(table).problems) from None
    found = []
    for batch in rows:
        for values in batch.iter_rows(named=True):
            cells = Cells(values.pop("row__line"), values, places)
            found.append(questionnaire(headings, table.file, cells, file.stem, False))
    return found, [one for batch in known for one in batch["name"] if one]
