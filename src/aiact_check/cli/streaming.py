"""`aiact-check inventory` by columns: large Parquet tables into a table, without holding either; by which engine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from aiact_check.cli.common import PROBLEMS, stop, tell, today
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import there, write_by

if TYPE_CHECKING:
    from aiact_check.inventory.kept_parts import KeptParts
    from aiact_check.inventory.shares import Account
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

ENGINES = ("python", "columns", "spark")
WRITTEN = (".parquet", ".csv", ".jsonl")
INTERRUPTED = 130
PRINTED = 20
"""How many problems are printed; all are in the table."""


def chosen(engine: str | None, paths: Sequence[Path], outputs: Sequence[Path], resume: bool, overlay: bool) -> str:
    """The engine to use: columns, where they can do all that is asked; one that cannot is wrong usage.

    Columns write tables only: a report needs of each system more than its row.
    """
    from aiact_check.inventory import columnar

    tables = all(path.suffix.lower() == ".parquet" and not path.is_dir() for path in paths)
    written = bool(outputs) and all(output.suffix.lower() in WRITTEN for output in outputs)
    can = tables and written and not overlay
    if engine == "spark" and overlay:
        raise click.UsageError(say("cli.says.spark_only"))
    if engine == "columns" and not can:
        raise click.UsageError(say("cli.says.columns_only", forms=", ".join(WRITTEN)))
    if engine == "columns" and not columnar.is_there():
        raise click.UsageError(say("cli.says.no_tables_extra", file=outputs[0], extra=columnar.EXTRA))
    if engine is None and resume and _kept(outputs).is_file():
        return "python"
    return engine or ("columns" if can and columnar.is_there() else "python")


def left_over(engine: str, outputs: Sequence[Path], resume: bool, force: bool) -> None:
    """What a run before left must be taken up or given up, and by the engine that left it."""
    kept = _kept(outputs) if outputs and engine != "spark" else None
    if kept is None or not there(kept):
        return
    if not resume and not force:
        raise click.UsageError(say("cli.says.interrupted", file=kept))
    other = "columns" if kept.is_dir() else "python"
    if resume and engine != other:
        raise click.UsageError(say("cli.says.other_engine", file=kept, engine=other))
    if not resume:
        from aiact_check.inventory.kept_parts import remove

        try:
            remove(kept)
        except OSError as error:
            stop(say("cli.says.unwritable", file=kept, why=error.strerror))


def _kept(outputs: Sequence[Path]) -> Path:
    from aiact_check.inventory.kept import SUFFIX

    return outputs[0].with_name(outputs[0].name + SUFFIX)


def run(
    base: RuleBase, paths: Sequence[Path], outputs: Sequence[Path], day: date, lang: Language, resume: bool = False
) -> None:
    """Work out the tables and write the results; anything wrong ends the program with an error."""
    from aiact_check.inventory.kept_parts import KeptParts
    from aiact_check.inventory.streamed import Streamed

    with _Bar(lang) as bar:
        streamed = Streamed(base, day, today(), lang, bar.update)
        kept = KeptParts(outputs[0], streamed, list(dict.fromkeys(paths)), day)
        try:
            if resume:
                _take_up(kept, lang)
            _fill(kept)
            for output in outputs:
                write_by(output, _filled(kept, output.suffix.lower()))
        except KeyboardInterrupt:
            _stopped(kept, lang)
    kept.remove()
    account_for(streamed.account, base, day, outputs, lang)


def _stopped(kept: KeptParts, lang: Language) -> NoReturn:
    if kept.parts:
        done, total = kept.streamed.account.systems, kept.streamed.total
        tell("inventory.says.stopped", lang, done=done, total=max(done, total), file=kept.path)
    else:
        kept.remove()
        tell("inventory.says.stopped_whole", lang)
    sys.exit(INTERRUPTED)


def _take_up(kept: KeptParts, lang: Language) -> None:
    if not kept.load():
        tell("inventory.says.stale_parts", lang, file=kept.path)
    elif kept.parts:
        tell("inventory.says.resumed_parts", lang, done=kept.streamed.account.systems)


def _fill(kept: KeptParts) -> None:
    try:
        kept.fill()
    except OSError as error:
        stop(say("cli.says.unwritable", file=kept.path, why=error.strerror))


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


def _filled(kept: KeptParts, suffix: str) -> Callable[[Path], object]:
    """What writes a result in one of its forms."""
    from aiact_check.inventory import columnar, listing

    if suffix == ".parquet":
        return lambda target: columnar.merge(kept.parts, target)
    head, line = (listing.HEAD, listing.csv_line) if suffix == ".csv" else ("", listing.json_line)

    def fill(target: Path) -> None:
        with target.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            stream.write(head)
            for part in kept.read_back():
                stream.writelines(line(row) for row in columnar.plain_rows(part))

    return fill


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
    for headline, count in sorted(account.headlines.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {count:>10}  {systems.tier(headline)}"
    if account.unread:
        yield f"  {account.unread:>10}  {said(phrase('inventory.says.unread'), lang)}"
