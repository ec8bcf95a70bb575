"""`aiact-check rules`: the law as data, as a lawyer reviews it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from aiact_check.cli.common import DAY, rulebase

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aiact_check.text import Language


@click.group()
def rules() -> None:
    """The law as data, as a lawyer reviews it."""


def _review_lang(function: Callable[..., None]) -> Callable[..., None]:
    option = click.option("--lang", type=click.Choice(("en", "fr")), default="en", show_default=True)
    return option(function)


@rules.command()
@click.argument("rule_id", metavar="ID")
@_review_lang
def show(rule_id: str, lang: Language) -> None:
    """Print the rule ID, such as annex-iii/4-a, as a page to review."""
    from aiact_check import review
    from aiact_check.lawbook import did_you_mean

    base = rulebase()
    if rule_id not in base.rules:
        raise click.UsageError(
            f"There is no rule `{rule_id}`. {did_you_mean(rule_id, base.rules).capitalize()}".strip()
        )
    click.echo(review.page(base, rule_id, lang), nl=False)


@rules.command()
@click.argument("first", type=DAY)
@click.argument("second", type=DAY)
@_review_lang
def diff(first: datetime, second: datetime, lang: Language) -> None:
    """Print what changed in the law between the days FIRST and SECOND, as it touches operators."""
    from aiact_check import review

    click.echo(review.diff(rulebase(), first.date(), second.date(), lang), nl=False)


@rules.command()
@_review_lang
def coverage(lang: Language) -> None:
    """Print what becomes of every paragraph of the Act, and the totals."""
    from aiact_check import coverage as covering

    click.echo(covering.table(rulebase(), lang), nl=False)


@rules.command()
@_review_lang
def annex(lang: Language) -> None:
    """Print the claims of the report's annex that the rule base is grounded in, checked one by one."""
    from aiact_check import coverage as covering

    click.echo(covering.claims(rulebase(), lang), nl=False)
