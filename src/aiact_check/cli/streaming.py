"""`aiact-check inventory` by columns: large Parquet tables into a table, without holding either."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from aiact_check.cli.common import PROBLEMS, tell, today
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import write_by

if TYPE_CHECKING:
    from aiact_check.inventory.shares import Account
    from aiact_check.inventory.streamed import Streamed
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

ENGINES = ("python", "columns", "spark")
WRITTEN = (".parquet", ".csv", ".jsonl")
INTERRUPTED = 130
PRINTED = 20
"""How many problems are printed; all are in the table."""


def chosen(engine: str | None, paths: Sequence[Path], outputs: Sequence[Path], resume: bool) -> str:
    """The engine to use: columns, where they can do all that is asked; one that cannot is wrong usage.

    Columns write tables only. A report needs of each system more than its row, and a run that can be resumed keeps it.
    """
    from aiact_check.inventory import columnar

    tables = all(path.suffix.lower() == ".parquet" and not path.is_dir() for path in paths)
    written = bool(outputs) and all(output.suffix.lower() in WRITTEN for output in outputs)
    can = tables and written and not resume
    if engine == "spark" and resume:
        raise click.UsageError(say("cli.says.spark_only"))
    if engine == "columns" and not can:
        raise click.UsageError(say("cli.says.columns_only", forms=", ".join(WRITTEN)))
    if engine == "columns" and not columnar.is_there():
        raise click.UsageError(say("cli.says.no_tables_extra", file=outputs[0], extra=columnar.EXTRA))
    return engine or ("columns" if can and columnar.is_there() else "python")


def run(base: RuleBase, paths: Sequence[Path], outputs: Sequence[Path], day: date, lang: Language) -> None:
    """Work out the tables and write the results; anything wrong ends the program with an error."""
    from aiact_check.inventory.streamed import Streamed

    try:
        with _Bar(lang) as bar:
            streamed = Streamed(base, day, today(), lang, bar.update)
            _write(streamed, list(dict.fromkeys(paths)), outputs)
    except KeyboardInterrupt:
        tell("inventory.says.stopped_whole", lang)
        sys.exit(INTERRUPTED)
    account_for(streamed.account, base, day, outputs, lang)


def account_for(account: Account, base: RuleBase, day: date, outputs: Sequence[Path], lang: Language) -> None:
    """Say what was found and what is wrong; anything wrong ends the program with an error."""
    from aiact_check.cli.inventory import say_count, say_remarks

    tell("inventory.says.by_columns", lang, count=account.systems)
    for line in _classes(account, base, day, lang):
        echo(line)
    for output in outputs:
        echo(str(output))
    say_remarks(list(account.remarks), account.remarked, lang)
    for problem in list(account.problems)[:PRINTED]:
        echo(problem, err=True)
    if account.wrong:
        say_count(account.wrong, lang)
        sys.exit(PROBLEMS)


def _write(streamed: Streamed, paths: Sequence[Path], outputs: Sequence[Path]) -> None:
    from aiact_check.inventory import columnar

    def fill(target: Path) -> None:
        columnar.sink(streamed.over(paths), target)

    with tempfile.TemporaryDirectory() as folder:
        first = next((output for output in outputs if output.suffix.lower() == ".parquet"), None)
        whole = first or Path(folder) / "result.parquet"
        write_by(whole, fill)
        for output in outputs:
            if output != first:
                write_by(output, _copied(whole, output.suffix.lower()))


def _copied(whole: Path, suffix: str) -> Callable[[Path], object]:
    """What writes a result once more, in another form."""
    from aiact_check.inventory import listing

    if suffix == ".parquet":
        return lambda target: shutil.copyfile(whole, target)
    head, line = (listing.HEAD, listing.csv_line) if suffix == ".csv" else ("", listing.json_line)

    def fill(target: Path) -> None:
        with target.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.write(head)
            _lines(whole, stream, line)

    return fill


def _lines(whole: Path, stream: IO[str], line: Callable[..., str]) -> None:
    from aiact_check.inventory import columnar

    for batch in columnar.read_back(whole):
        stream.writelines(line(row) for row in columnar.plain_rows(batch))


class _Bar:
    """A progress bar, from when it is known how long the way is; none where nobody looks."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.bar: object = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.render_finish()  # type: ignore[attr-defined]

    def update(self, done: int, total: int) -> None:
        """So many more of them are done."""
        if sys.stderr.isatty():
            from aiact_check.text import phrase, said

            label = said(phrase("inventory.says.progress"), self.lang)
            self.bar = self.bar or click.progressbar(length=total, label=label, file=sys.stderr)
            self.bar.update(done)  # type: ignore[attr-defined]


def _classes(account: Account, base: RuleBase, day: date, lang: Language) -> Iterator[str]:
    """How many systems of each class, and how many could not be read."""
    from aiact_check.inventory.systems import Systems
    from aiact_check.text import phrase, said

    systems = Systems(base, day.isoformat(), lang)
    for headline, count in account.headlines.most_common():
        yield f"  {count:>10}  {systems.tier(headline)}"
    if account.unread:
        yield f"  {account.unread:>10}  {said(phrase('inventory.says.unread'), lang)}"
