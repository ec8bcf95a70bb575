"""`aiact-check extract`: a report in, what it was made from out, and whether it still stands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import PROBLEMS, force_option, lang_option, language, rulebase, stop, with_option
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import refuse_existing, write
from aiact_check.text import said

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import OverlayData
    from aiact_check.law.lawbook import RuleBase


@spoken.command()
@spoken.argument("report", type=click.Path(path_type=Path))
@spoken.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path), help="The folder to write to. [default: the report's]"
)
@lang_option
@with_option
@force_option
def extract(report: Path, folder: Path | None, lang: str | None, overlay: Path | None, force: bool) -> None:
    """Give back the questionnaire and the assessment that the PDF REPORT carries.

    Says whether the questionnaire still gives that assessment, and whether the pages were made from it.
    """
    from aiact_check.reporting import carried

    try:
        pdf = carried.content(report)
        found = carried.unpack(pdf)
    except carried.NotAReport as refused:
        stop(f"{report}: {said(refused.says, language(lang))}")
    supposes = found.document.get("overlay")
    if overlay is not None and supposes is None:
        raise click.UsageError(say("cli.says.no_overlay_carried"))
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

    checked = recheck.recheck(_rulebase(supposes, overlay, lang), pdf, found)
    for line in checked.says:
        echo(said(line, language(lang, found.document["language"])))
    sys.exit(0 if checked.sound else PROBLEMS)


def _rulebase(supposes: OverlayData | None, given: Path | None, lang: str | None) -> RuleBase:
    """The rule base that a report was made with: under an overlay the one given, or else one that comes along."""
    if supposes is None:
        return rulebase()
    from aiact_check.law.laying import PROPOSALS
    from aiact_check.law.overlay import NAME
    from aiact_check.text import data_folder, phrase

    tongue = language(lang)
    echo(said(phrase("extract.supposes", title=supposes["title"][tongue]), tongue))
    shipped = data_folder() / PROPOSALS / supposes["name"]
    if given is None and not (NAME.fullmatch(supposes["name"]) and shipped.is_dir()):
        stop(said(phrase("extract.no_overlay", name=supposes["name"]), tongue))
    return rulebase(given or shipped, lang)
