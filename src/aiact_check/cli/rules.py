"""`aiact-check rules`: the law as data, as a lawyer reviews it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    DAY,
    PROBLEMS,
    as_of_option,
    day_asked,
    lang_option,
    language,
    rulebase,
    supposed,
    with_option,
)
from aiact_check.cli.spoken import echo, say

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@spoken.group()
@lang_option
def rules(lang: str | None) -> None:
    """The law as data, as a lawyer reviews it."""


@rules.command()
@spoken.argument("rule_id", metavar="ID")
@lang_option
@with_option
def show(rule_id: str, lang: str | None, overlay: Path | None) -> None:
    """Print the rule ID, such as annex-iii/4-a, as a page to review."""
    from aiact_check.law.lawbook import nearest
    from aiact_check.reviewing import review

    base = rulebase(overlay, lang)
    if rule_id not in base.rules:
        near = nearest(rule_id, base.rules)
        key = "cli.says.no_rule_but" if near else "cli.says.no_rule"
        raise click.UsageError(say(key, rule=rule_id, near=near))
    supposed(base, language(lang))
    echo(review.page(base, rule_id, language(lang)), nl=False)


@rules.command()
@spoken.argument("first", type=DAY, metavar="FIRST")
@spoken.argument("second", type=DAY, metavar="SECOND")
@lang_option
@with_option
def diff(first: datetime, second: datetime, lang: str | None, overlay: Path | None) -> None:
    """Print what changed in the law between the days FIRST and SECOND, as it touches operators.

    With --with: what a text would change, from the law in force on FIRST to the one supposed on SECOND.
    """
    from aiact_check.reviewing import review

    base = rulebase(overlay, lang)
    second_day = day_asked(base, second)
    supposed(base, language(lang))
    echo(review.diff(base, first.date(), second_day, language(lang)), nl=False)


@rules.command()
@lang_option
def coverage(lang: str | None) -> None:
    """Print what becomes of every paragraph of the Act, and the totals."""
    from aiact_check.reviewing import coverage as covering

    echo(covering.table(rulebase(), language(lang)), nl=False)


@rules.command()
@lang_option
def annex(lang: str | None) -> None:
    """Print the claims of the report's annex that the rule base is grounded in, checked one by one."""
    from aiact_check.reviewing import coverage as covering

    echo(covering.claims(rulebase(), language(lang)), nl=False)


@rules.command()
@as_of_option
@lang_option
def status(as_of: datetime | None, lang: str | None) -> None:
    """Print up to which day the law is known and what starts next; ends with 1 where that is too long ago."""
    from aiact_check.reviewing import status as standing

    base = rulebase()
    day = day_asked(base, as_of)
    echo(standing.text(base, day, language(lang)), nl=False)
    if base.is_old(day):
        sys.exit(PROBLEMS)
