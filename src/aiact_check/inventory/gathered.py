"""The systems that paths lead to: questionnaires in folders, rows of tables. Reads files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from aiact_check.inventory import columnar, sheets, tables
from aiact_check.inventory.columns import Headings
from aiact_check.inventory.row import Row, questionnaire
from aiact_check.inventory.tables import Table
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problem
from aiact_check.reading.source import MAX_BYTES, read
from aiact_check.text import phrase

QUESTIONNAIRES = (".yaml", ".yml")
TABLES = (".csv", ".jsonl", ".xlsx", ".parquet")
MOST_BYTES = 500 * MAX_BYTES


@dataclass(frozen=True)
class Entry:
    """One system: the questionnaire or the row that tells of it."""

    file: str
    told: Path | Row
    digest: str
    """Of all that is told: the same again is not worked out twice."""

    @property
    def row(self) -> int | None:
        """The number of its row, where it is one of a table."""
        return self.told.line if isinstance(self.told, Row) else None

    @property
    def where(self) -> str:
        """Where it stands: a file, or a row of one."""
        return self.file if self.row is None else f"{self.file}:{self.row}"


@dataclass
class Gathered:
    """The systems found, what is wrong with whole files, and what is worth saying of them."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def gather(base: RuleBase, paths: Iterable[Path], written: Iterable[Path] = ()) -> Gathered:
    """All systems that the paths lead to, in order; `written` are files this run writes, which it does not read."""
    found, headings = Gathered(), Headings(base)
    skipped = {path.resolve() for path in written}
    for path in dict.fromkeys(paths):
        for file in _files(path, skipped, found) if path.is_dir() else [path]:
            try:
                _read(headings, file, found)
            except Problem as problem:
                found.problems.append(problem)
    return found


def _files(folder: Path, skipped: set[Path], found: Gathered) -> Iterator[Path]:
    """The questionnaires in a folder and those below; a table in it has to be named itself, as it may be a result."""
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(top) / name
            if name.startswith(".") or path.resolve() in skipped:
                continue
            if path.suffix.lower() in QUESTIONNAIRES:
                yield path
            elif path.suffix.lower() in TABLES:
                message, hint = phrase("inventory.table_in_folder"), phrase("inventory.table_in_folder_hint")
                found.remarks.append(Problem(str(path), 1, 1, message, hint))


def _read(headings: Headings, file: Path, found: Gathered) -> None:
    kind = file.suffix.lower()
    if kind in QUESTIONNAIRES:
        found.entries.append(Entry(str(file), file, hashlib.sha256(read(file)).hexdigest()))
        return
    if kind not in TABLES and file.exists():
        kinds = ", ".join((*QUESTIONNAIRES, *TABLES))
        raise Problem(
            str(file), 1, 1, phrase("inventory.no_such_kind"), phrase("inventory.no_such_kind_hint", kinds=kinds)
        )
    for table in _tables(headings, file, kind):
        found.problems += table.problems
        found.remarks += table.remarks
        found.entries += _entries(headings, table, file.stem)


def _tables(headings: Headings, file: Path, kind: str) -> list[Table]:
    if kind == ".parquet":
        return [columnar.of_parquet(file, headings)]
    content = read(file, most=MOST_BYTES)
    if kind == ".xlsx":
        return sheets.of_workbook(str(file), content, headings)
    of_text = tables.of_csv if kind == ".csv" else tables.of_json_lines
    return [of_text(str(file), content, headings)]


def _entries(headings: Headings, table: Table, company: str) -> Iterator[Entry]:
    for cells in table.rows:
        row = questionnaire(headings, table.file, cells, company, table.workbook)
        told = json.dumps([row.data, [str(flaw) for flaw in row.flaws]], ensure_ascii=False, default=str)
        yield Entry(table.file, row, hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest())
