"""`aiact-check due`: dates ahead, duties begun, assessments that a new run would change; ends with 1 where any is."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    PROBLEMS,
    SHOWN,
    as_of_option,
    day_asked,
    force_option,
    lang_option,
    language,
    rulebase,
    tell,
    today,
)
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import refuse_existing, write

if TYPE_CHECKING:
    from aiact_check.reminding.due import Due, Examiner
    from aiact_check.reminding.watched import Watch
    from aiact_check.text import Language

CENTURY = 36_500


class _Days(click.ParamType[int]):
    """A number of days ahead."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        days = int(value) if str(value).isascii() and str(value).isdigit() and len(str(value)) < 9 else CENTURY + 1
        if days > CENTURY:
            self.fail(say("cli.says.within", value=value, most=CENTURY), param, ctx)
        return days


@spoken.command()
@spoken.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@spoken.option("--within", type=_Days(), metavar="DAYS", default=90, help="How many days ahead to look. [default: 90]")
@spoken.option("-o", "--output", type=click.Path(path_type=Path), help="Write the days ahead as a calendar, .ics.")
@lang_option
@as_of_option
@force_option
def due(
    paths: tuple[Path, ...], within: int, output: Path | None, lang: str | None, as_of: datetime | None, force: bool
) -> None:
    """Say what is due, from the assessments, reports, questionnaires, tables or folders at PATH.

    Dates ahead, duties begun since an assessment was made, and whether a new run would say otherwise, as the law, the
    rules or the date changed. Ends with 1 where something is due or cannot be read, with 0 where nothing is.
    """
    _check(paths, output, force)
    base = rulebase()
    day, tongue = day_asked(base, as_of), language(lang)
    until = min(day, date.max - timedelta(days=within)) + timedelta(days=within)
    if base.is_old(day):
        _tell("status.old", tongue)

    from aiact_check.reminding.due import Examiner
    from aiact_check.reminding.reminder import Reminder
    from aiact_check.reminding.watched import watch

    watched = watch(base, paths, today(), [] if output is None else [output])
    outdated = watched.outdated(day.isoformat())
    found = _look(Examiner(base, base.law(day), until.isoformat()), watched, tongue)
    reminder = Reminder(base, day.isoformat(), until.isoformat(), found, tongue)
    if output is not None:
        from aiact_check.reminding import dates

        write(output, dates.ics(reminder))
    _report(watched, outdated, tongue)
    if not found:
        if not watched.problems:
            tell("due.no_system", tongue)
        sys.exit(PROBLEMS)
    echo(reminder.text(), nl=False)
    if output is not None:
        echo(str(output))
    sys.exit(PROBLEMS if watched.problems or any(one.is_due for one in found) else 0)


def _check(paths: tuple[Path, ...], output: Path | None, force: bool) -> None:
    """Refuse what cannot be looked at or written."""
    if not paths:
        raise click.UsageError(say("cli.says.due_paths"))
    if output is not None:
        if output.suffix.lower() != ".ics":
            raise click.UsageError(say("cli.says.draft_suffix", file=output, forms=".ics"))
        refuse_existing([output], force)


def _look(examiner: Examiner, watched: Watch, lang: Language) -> list[Due]:
    from aiact_check.text import phrase, said

    label = said(phrase("inventory.says.progress"), lang)
    systems = watched.systems
    bar = click.progressbar(systems, label=label, file=sys.stderr) if sys.stderr.isatty() else nullcontext(systems)
    with bar as waiting:
        steps: Iterable[object] = waiting
        return [examiner.look(system) for system in steps]  # type: ignore[arg-type]


def _report(watched: Watch, outdated: int, lang: Language) -> None:
    """Say what is wrong with the files, what is worth knowing of them, and how many were left out."""
    from aiact_check.wording.voice import Voice

    for remark in watched.remarks:
        echo(remark.said(lang), err=True)
    for problem in watched.problems[:SHOWN]:
        echo(problem.said(lang), err=True)
    if len(watched.problems) > SHOWN:
        _tell("problems.shown", lang, most=SHOWN)
    for key, count in (("others", watched.others), ("supposing", watched.supposing), ("outdated", outdated)):
        if count:
            echo(Voice("due", lang).count(key, count), err=True)


def _tell(key: str, lang: Language, **slots: object) -> None:
    """Print a fixed sentence where problems are printed."""
    from aiact_check.text import phrase, said

    echo(said(phrase(key, **slots), lang), err=True)
