"""`aiact-check levers`: the smallest changes of answers that would change the class."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import as_of_option, day_asked, lang_option, language, load, supposed, with_option
from aiact_check.cli.spoken import echo


@spoken.command()
@spoken.argument("answers", metavar="FILE", type=click.Path(path_type=Path))
@lang_option
@as_of_option
@with_option
def levers(answers: Path, lang: str | None, as_of: datetime | None, overlay: Path | None) -> None:
    """Show what the class of the system of the questionnaire FILE hangs on.

    These are the smallest changes of answers that would give another class, those the company can choose by design
    before mere facts.
    """
    base, questionnaire = load(answers, lang, overlay)

    from aiact_check.comparing import levers_said

    tongue, day = language(lang, questionnaire.lang), day_asked(base, as_of)
    supposed(base, tongue)
    echo(levers_said.text(base, questionnaire, day, tongue), nl=False)
