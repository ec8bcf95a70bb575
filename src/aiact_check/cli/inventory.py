"""`aiact-check inventory`: many systems in, one table and a portfolio report out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken, spreading, streaming
from aiact_check.cli.common import (
    PROBLEMS,
    as_of_option,
    day_asked,
    force_option,
    lang_option,
    language,
    rulebase,
    stop,
    tell,
    today,
    with_option,
)
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.streaming import ENGINES, INTERRUPTED, PRINTED
from aiact_check.cli.writing import refuse_existing, write

if TYPE_CHECKING:
    from aiact_check.inventory.found import Found
    from aiact_check.inventory.gathered import Entry, Gathered
    from aiact_check.inventory.kept import Kept
    from aiact_check.inventory.portfolio import Portfolio
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

TABLES, REPORTS = ("csv", "jsonl", "xlsx", "parquet"), ("pdf", "html")


@spoken.command()
@spoken.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@spoken.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help=(
        "Where to write: a table (.csv, .jsonl, .xlsx, .parquet) or the portfolio report (.pdf, .html); may be given "
        "several times. [default: a summary is printed]"
    ),
)
@spoken.option("--template", type=click.Path(path_type=Path), help="Write an empty table to fill in, .xlsx.")
@spoken.option(
    "--engine",
    type=click.Choice(ENGINES),
    help=(
        "What works out the table; spark takes folders of Parquet files and writes one. [default: columns from Parquet "
        "tables to a table, or else python]"
    ),
)
@spoken.option("--resume", is_flag=True, help="Go on with a run that was stopped.")
@lang_option
@as_of_option
@with_option
@force_option
def inventory(
    paths: tuple[Path, ...],
    outputs: tuple[Path, ...],
    template: Path | None,
    engine: str | None,
    resume: bool,
    lang: str | None,
    as_of: datetime | None,
    overlay: Path | None,
    force: bool,
) -> None:
    """Assess many AI systems at once, those of the folders and tables PATH.

    A folder is searched for questionnaires, at any depth. A table (.csv, .jsonl, .xlsx, .parquet) has one system a
    row and one question a column; empty means unknown. What cannot be read is said and stays in the result.
    """
    if template is not None:
        if paths or outputs or resume or overlay:
            raise click.UsageError(say("cli.says.template_alone", others="PATH, -o, --resume, --with"))
        _template(template, language(lang), force)
        return
    check = spreading.check if engine == "spark" else _check
    check(paths, outputs, resume, force)
    base = rulebase(overlay, lang)
    day, tongue = day_asked(base, as_of), language(lang)
    way = streaming.chosen(engine, paths, outputs, resume, overlay is not None)
    streaming.left_over(way, outputs, resume, force)
    if way != "python":
        run = partial(streaming.run, resume=resume) if way == "columns" else spreading.run
        run(base, paths, outputs, day, tongue)
        return

    from aiact_check.inventory.gathered import gather
    from aiact_check.inventory.kept import Kept

    kept = Kept(outputs[0], base, day.isoformat()) if outputs else None
    gathered = gather(base, paths, outputs)
    for remark in gathered.remarks:
        echo(remark.said(tongue), err=True)
    if kept and resume:
        _take_up(kept, gathered, tongue)
    found = _work_out(base, gathered.entries, day, kept, tongue)

    from aiact_check.inventory.complete import complete
    from aiact_check.inventory.portfolio import Portfolio

    portfolio = Portfolio(base, complete(gathered, found), day.isoformat(), tongue, [str(path) for path in paths])
    for output in outputs:
        write(output, _render(portfolio, _form(output)))
    if kept:
        kept.remove()
    _report(portfolio, gathered, outputs, tongue)


def _template(target: Path, lang: Language, force: bool) -> None:
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(say("cli.says.draft_suffix", file=target, forms=".xlsx"))
    refuse_existing([target], force)
    base = rulebase()
    from aiact_check.inventory import template

    write(target, template.xlsx(base, lang))
    tell("inventory.template.written", lang, file=target, count=len(base.questions))
    tell("inventory.template.next", lang, file=target)


def _check(paths: tuple[Path, ...], outputs: tuple[Path, ...], resume: bool, force: bool) -> None:
    """What is asked for must make sense before any work is done."""
    if not paths:
        raise click.UsageError(say("cli.says.inventory_paths"))
    if resume and not outputs:
        raise click.UsageError(say("cli.says.resume_of"))
    for output in outputs:
        if _form(output) not in (*TABLES, *REPORTS):
            forms = ", ".join(f".{form}" for form in (*TABLES, *REPORTS))
            raise click.UsageError(say("cli.says.draft_suffix", file=output, forms=forms))
        if _form(output) == "parquet":
            _ask_for_libraries(output)
    refuse_existing(outputs, force)


def _ask_for_libraries(file: Path) -> None:
    from aiact_check.inventory import columnar

    if not columnar.is_there():
        raise click.UsageError(say("cli.says.no_tables_extra", file=file, extra=columnar.EXTRA))


def _form(output: Path) -> str:
    return output.suffix.lower().removeprefix(".")


def _take_up(kept: Kept, gathered: Gathered, lang: Language) -> None:
    if not kept.load():
        tell("inventory.says.stale", lang, file=kept.path)
        return
    done = sum(kept.get(entry) is not None for entry in gathered.entries)
    tell("inventory.says.resumed", lang, done=done, total=len(gathered.entries))


def _work_out(base: RuleBase, entries: list[Entry], day: date, kept: Kept | None, lang: Language) -> list[Found]:
    """What is found of each system; stopped on the way, what is finished is kept."""
    from aiact_check.inventory.found import examiner
    from aiact_check.text import phrase, said

    examine = examiner(base, day, today())
    found: list[Found] = []
    label = said(phrase("inventory.says.progress"), lang)
    bar = click.progressbar(entries, label=label, file=sys.stderr) if sys.stderr.isatty() else nullcontext(entries)
    try:
        with kept or nullcontext(), bar as waiting:
            steps: Iterable[Entry] = waiting
            for entry in steps:
                before = kept.get(entry) if kept else None
                found.append(before or examine(entry))
                if kept and before is None:
                    kept.add(entry, found[-1])
    except KeyboardInterrupt:
        if kept:
            tell("inventory.says.stopped", lang, done=len(found), total=len(entries), file=kept.path)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if kept is None:
            raise
        stop(say("cli.says.unwritable", file=kept.path, why=error.strerror))
    return found


def _render(portfolio: Portfolio, form: str) -> bytes:
    from aiact_check.inventory import listing, portfolio_report

    if form in TABLES:
        return listing.write(portfolio, form)
    if form == "html":
        return portfolio_report.html(portfolio).encode()
    try:
        return portfolio_report.pdf(portfolio)
    except OSError as error:
        stop(say("cli.says.no_pango", why=error))


def _report(portfolio: Portfolio, gathered: Gathered, outputs: tuple[Path, ...], lang: Language) -> None:
    """Say what was found, then what is wrong; anything wrong ends the program with an error."""
    if not portfolio.found:
        tell("inventory.says.nothing", lang)
        sys.exit(PROBLEMS)

    from aiact_check.inventory import portfolio_report

    echo(portfolio_report.lines(portfolio), nl=False)
    for output in outputs:
        echo(str(output))
    whole = [problem.said(lang) for problem in gathered.problems]
    told = dict.fromkeys(remark[lang] for found, _ in portfolio.read for remark in found["remarks"])
    remarks = [remark for remark in told if remark not in whole]
    say_remarks(remarks, len(remarks), lang)
    said = list(
        dict.fromkeys([*whole, *(problem[lang] for found in portfolio.unread for problem in found["problems"])])
    )
    for problem in said[:PRINTED]:
        echo(problem, err=True)
    if said:
        say_count(len(said), lang)
        sys.exit(PROBLEMS)


def say_remarks(remarks: list[str], count: int, lang: Language) -> None:
    """Say the first of so many things worth knowing of rows that could be read: answers set aside, twins."""
    for remark in remarks[:PRINTED]:
        echo(remark, err=True)
    if count > PRINTED:
        from aiact_check.text import phrase, said

        echo(said(phrase("inventory.says.more_remarks", count=count - PRINTED), lang), err=True)


def say_count(problems: int, lang: Language) -> None:
    """Say how many problems there are."""
    from aiact_check.text import phrase, said

    if problems > PRINTED:
        echo(said(phrase("inventory.says.more_problems", count=problems - PRINTED), lang), err=True)
    key = "inventory.says.problems_many" if problems > 1 else "inventory.says.problems_one"
    echo(said(phrase(key, count=problems), lang), err=True)
