"""`aiact-check diff`: what changed between two verdicts, and why."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    DAY,
    day_asked,
    lang_option,
    language,
    list_problems,
    overlay_begins,
    questionnaire_of,
    rulebase,
    supposed,
    today,
    with_option,
)
from aiact_check.cli.spoken import echo, say

if TYPE_CHECKING:
    from aiact_check.comparing.comparison import Compared
    from aiact_check.law.lawbook import RuleBase


@spoken.command()
@spoken.argument("old", type=click.Path(path_type=Path))
@spoken.argument("new", type=click.Path(path_type=Path), required=False)
@lang_option
@spoken.option(
    "--as-of", "days", type=DAY, multiple=True, metavar="YYYY-MM-DD",
    help="The day asked about; twice: the day of OLD, then that of NEW. [default: today]",
)  # fmt: skip
@with_option
def diff(old: Path, new: Path | None, lang: str | None, days: tuple[datetime, ...], overlay: Path | None) -> None:
    """Say what changed in the verdict from OLD to NEW, and for each change why: answers, law or a date that passed.

    OLD and NEW are questionnaires, or assessments saved with `assess -o x.json`, which keep their own day. One
    questionnaire alone is compared with itself on two days.

    With --with, OLD is taken under the law in force and NEW, or the same questionnaire, under the text supposed.
    """
    if len(days) > 2:
        raise click.UsageError(say("cli.says.two_days"))
    if new is None and overlay is None and len(days) != 2:
        raise click.UsageError(say("cli.says.one_side"))
    files = (old, new or old)
    if days and any(_is_saved(file) for file in files):
        raise click.UsageError(say("cli.says.saved_day"))
    if overlay is not None and _is_saved(files[1]):
        raise click.UsageError(say("cli.says.saved_law"))
    base = rulebase(overlay, lang)
    asked = (days[0], days[-1]) if days else (_day(base), _day(base))
    before, after = _side(base, files[0], lang, asked[0], in_force=True), _side(base, files[1], lang, asked[1])

    from aiact_check.comparing import comparison

    tongue = language(lang, after.language)
    supposed(base, tongue)
    echo(comparison.text(base, before, after, tongue), nl=False)


def _day(base: RuleBase) -> datetime | None:
    """The day asked about where none is said: under an overlay the same on both sides, on which it has begun."""
    begins = overlay_begins(base)
    return datetime.combine(max(today(), begins), time()) if begins else None


def _is_saved(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _side(base: RuleBase, file: Path, lang: str | None, day: datetime | None, *, in_force: bool = False) -> Compared:
    """One side; under an overlay, the one in force is taken without it."""
    from aiact_check.comparing import comparison, saved
    from aiact_check.law.overlay import lawful
    from aiact_check.reading.problem import Problems

    if not _is_saved(file):
        told = questionnaire_of(file, base, lang)
        asked = day_asked(lawful(base) if in_force else base, day)
        return comparison.of_questionnaire(base, told, asked, in_force=in_force)
    try:
        return comparison.of_assessment(lawful(base), saved.load(file))
    except Problems as found:
        list_problems(found, language(lang))
