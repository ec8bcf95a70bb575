"""`aiact-check questions`: what is open and what would follow, or every question that arises with its answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import as_of_option, day_asked, lang_option, language, load
from aiact_check.cli.spoken import say

MOST = 10


@spoken.command()
@spoken.argument("answers", type=click.Path(path_type=Path))
@spoken.option("--open", "only_open", is_flag=True, help="Only what is open, with what would follow from each answer.")
@spoken.option("--all", "every", is_flag=True, help="With --open: all of them, not only the first ten.")
@lang_option
@as_of_option
def questions(answers: Path, only_open: bool, every: bool, lang: str | None, as_of: datetime | None) -> None:
    """List the questions that arise for the questionnaire ANSWERS, with their answers.

    With --open, list what still matters, the most decisive first, and what each possible answer would change.
    """
    if every and not only_open:
        raise click.UsageError(say("cli.says.all_of_open"))
    base, questionnaire = load(answers, lang)
    day, spoken = day_asked(base, as_of), language(lang, questionnaire.lang)

    from aiact_check.asking import questions as asked
    from aiact_check.assessing import document

    if only_open:
        lines = asked.opened(base, questionnaire, day, spoken, None if every else MOST)
    else:
        lines = asked.arising(document.assess(base, questionnaire, day), spoken)
    for line in lines:
        click.echo(line)
