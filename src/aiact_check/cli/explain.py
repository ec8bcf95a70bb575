"""`aiact-check explain`: why the verdict, or one rule, is what it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    as_of_option,
    day_asked,
    lang_option,
    language,
    list_problems,
    load,
    remark,
    rulebase,
    supposed,
    today,
    with_option,
)
from aiact_check.cli.spoken import echo, harmless, say

if TYPE_CHECKING:
    from aiact_check.answering.answers import Questionnaire
    from aiact_check.law.lawbook import RuleBase


@spoken.command()
@spoken.argument("answers", metavar="FILE", type=click.Path(path_type=Path))
@spoken.argument("rule_id", metavar="[RULE]", required=False)
@spoken.option(
    "--row",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Of a table: the system in this row, as `inventory` counts them.",
)
@spoken.option("--system", metavar="NAME", help="Of a table: the system of this name.")
@lang_option
@as_of_option
@with_option
def explain(
    answers: Path,
    rule_id: str | None,
    row: int | None,
    system: str | None,
    lang: str | None,
    as_of: datetime | None,
    overlay: Path | None,
) -> None:
    """Say why the system of FILE, a questionnaire or a row of a table, is what it is.

    With RULE, such as art-26/7 or tiers/high-risk: why that rule holds or not, who owes it and from when.
    """
    base, questionnaire = _told(answers, row, system, lang, overlay)

    from aiact_check.explaining import explanation
    from aiact_check.wording.voice import Voice

    tongue, day = language(lang, questionnaire.lang), day_asked(base, as_of)
    if rule_id is None:
        supposed(base, tongue)
        echo(explanation.of_verdict(base, questionnaire, day, tongue), nl=False)
        return
    if rule_id not in base.rules:
        voice = Voice("explain", tongue)
        raise click.UsageError(harmless(voice.near(voice("unknown_rule", rule=rule_id), rule_id, base.rules)))
    supposed(base, tongue)
    echo(explanation.of_rule(base, questionnaire, day, tongue, rule_id), nl=False)


def _told(
    file: Path, row: int | None, system: str | None, lang: str | None, overlay: Path | None
) -> tuple[RuleBase, Questionnaire]:
    """What a questionnaire tells, or the one row of a table that is meant."""
    from aiact_check.inventory.gathered import TABLES

    if file.suffix.lower() not in TABLES:
        if row is not None or system is not None:
            raise click.UsageError(say("cli.says.row_of_table", file=file, forms=", ".join(TABLES)))
        return load(file, lang, overlay)
    if (row is None) == (system is None):
        raise click.UsageError(say("cli.says.which_row", file=file))

    from aiact_check.answering import answers
    from aiact_check.inventory.picked import pick
    from aiact_check.reading.problem import Problems

    base = rulebase(overlay, lang)
    try:
        rows, names = pick(base, file, row, system)
        if not rows:
            raise click.UsageError(_no_such(file, row, system, names))
        if len(rows) > 1:
            raise click.UsageError(
                say("cli.says.several_rows", file=file, system=system, rows=", ".join(str(one.line) for one in rows))
            )
        questionnaire = answers.understand(rows[0], base, "", today())
    except Problems as found:
        list_problems(found, language(lang))
    remark(base, questionnaire, lang)
    return base, questionnaire


def _no_such(file: Path, row: int | None, system: str | None, names: list[str]) -> str:
    if row is not None:
        return say("cli.says.no_such_row", file=file, row=row)

    from aiact_check.law.lawbook import nearest

    near = nearest(str(system), names)
    return say("cli.says.no_such_system", file=file, system=system) + (
        " " + say("cli.says.nearest_system", name=near) if near else ""
    )
