"""`aiact-check explain`: why the verdict, or one rule, is what it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import as_of_option, day_asked, lang_option, language, load, supposed, with_option
from aiact_check.cli.spoken import echo, harmless


@spoken.command()
@spoken.argument("answers", metavar="FILE", type=click.Path(path_type=Path))
@spoken.argument("rule_id", metavar="[RULE]", required=False)
@lang_option
@as_of_option
@with_option
def explain(answers: Path, rule_id: str | None, lang: str | None, as_of: datetime | None, overlay: Path | None) -> None:
    """Say why the system of the questionnaire FILE is what it is.

    With RULE, such as art-26/7 or tiers/high-risk: why that rule holds or not, who owes it and from when.
    """
    base, questionnaire = load(answers, lang, overlay)

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
