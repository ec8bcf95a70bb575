"""`aiact-check diff`: what changed between two verdicts, and why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import DAY, day_asked, lang_option, language, list_problems, load, rulebase
from aiact_check.cli.spoken import echo, say

if TYPE_CHECKING:
    from aiact_check.comparing.comparison import Compared


@spoken.command()
@spoken.argument("old", type=click.Path(path_type=Path))
@spoken.argument("new", type=click.Path(path_type=Path), required=False)
@lang_option
@spoken.option(
    "--as-of", "days", type=DAY, multiple=True, metavar="YYYY-MM-DD",
    help="The day asked about; twice: the day of OLD, then that of NEW. [default: today]",
)  # fmt: skip
def diff(old: Path, new: Path | None, lang: str | None, days: tuple[datetime, ...]) -> None:
    """Say what changed in the verdict from OLD to NEW, and for each change why: answers, law or a date that passed.

    OLD and NEW are questionnaires, or assessments saved with `assess -o x.json`, which keep their own day. One
    questionnaire alone is compared with itself on two days.
    """
    if len(days) > 2:
        raise click.UsageError(say("cli.says.two_days"))
    if new is None and len(days) != 2:
        raise click.UsageError(say("cli.says.one_side"))
    files = (old, new or old)
    if days and any(_is_saved(file) for file in files):
        raise click.UsageError(say("cli.says.saved_day"))
    asked = (days[0], days[-1]) if days else (None, None)
    before, after = (_side(file, lang, day) for file, day in zip(files, asked, strict=True))

    from aiact_check.comparing import comparison

    echo(comparison.text(rulebase(), before, after, language(lang, after.language)), nl=False)


def _is_saved(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _side(file: Path, lang: str | None, day: datetime | None) -> Compared:
    from aiact_check.comparing import comparison, saved
    from aiact_check.reading.problem import Problems

    if not _is_saved(file):
        base, questionnaire = load(file, lang)
        return comparison.of_questionnaire(base, questionnaire, day_asked(base, day))
    try:
        return comparison.of_assessment(rulebase(), saved.load(file))
    except Problems as found:
        list_problems(found, language(lang))
