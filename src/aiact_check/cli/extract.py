"""`aiact-check extract`: a report in, what it was made from out, and whether it still stands."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import PROBLEMS, force_option, lang_option, language, rulebase, stop
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import refuse_existing, write
from aiact_check.text import said


@spoken.command()
@spoken.argument("report", type=click.Path(path_type=Path))
@spoken.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), help="The folder to write to. [default: the report's]"
)
@lang_option
@force_option
def extract(report: Path, folder: Path | None, lang: str | None, force: bool) -> None:
    """Give back the questionnaire and the assessment that the PDF REPORT carries.

    Says whether the questionnaire still gives that assessment, and whether the pages were made from it.
    """
    from aiact_check.reporting import carried

    try:
        pdf = carried.content(report)
        found = carried.unpack(pdf)
    except carried.NotAReport as refused:
        stop(f"{report}: {said(refused.says, language(lang))}")
    into = report.parent if folder is None else folder
    contents = {
        into / f"{report.stem}.{carried.QUESTIONNAIRE}": found.questionnaire,
        into / f"{report.stem}.{carried.ASSESSMENT}": found.assessment,
    }
    refuse_existing(contents, force)
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(say("cli.says.unwritable", file=into, why=error.strerror))
    for target, content in contents.items():
        write(target, content)
        echo(str(target))
    from aiact_check.reporting import recheck

    checked = recheck.recheck(rulebase(), pdf, found)
    for line in checked.says:
        echo(said(line, language(lang, found.document["language"])))
    sys.exit(0 if checked.sound else PROBLEMS)
