"""`aiact-check whatif`: the verdict before and after some answers are changed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import as_of_option, day_asked, lang_option, language, load, supposed, with_option
from aiact_check.cli.spoken import echo, harmless
from aiact_check.text import said


@spoken.command()
@spoken.argument("answers", metavar="FILE", type=click.Path(path_type=Path))
@spoken.argument("changes", metavar="FACT=VALUE...", nargs=-1, required=True)
@lang_option
@as_of_option
@with_option
def whatif(
    answers: Path, changes: tuple[str, ...], lang: str | None, as_of: datetime | None, overlay: Path | None
) -> None:
    """Say what would change with other answers than those of the questionnaire FILE, which stays as it is.

    FACT=VALUE sets an answer (true, false, unknown, a choice, choices a,b, a number, a date); FACT+=CHOICE and
    FACT-=CHOICE add to a list or take from it.
    """
    base, questionnaire = load(answers, lang, overlay)

    from aiact_check.comparing import supposition, whatif

    tongue, day = language(lang, questionnaire.lang), day_asked(base, as_of)
    try:
        changed = supposition.suppose(base, questionnaire, supposition.read(base, questionnaire.told, changes))
    except supposition.Mistaken as found:
        raise click.UsageError("\n".join(harmless(said(text, tongue)) for text in found.says)) from None
    supposed(base, tongue)
    echo(whatif.text(base, questionnaire, changed, day, tongue), nl=False)
