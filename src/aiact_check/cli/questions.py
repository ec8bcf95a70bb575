"""`aiact-check questions`: what is open and what would follow, every question that arises, or a letter that asks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    as_of_option,
    day_asked,
    force_option,
    lang_option,
    language,
    load,
    supposed,
    tell,
    with_option,
)
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import refuse_existing, write

if TYPE_CHECKING:
    from aiact_check.answering.answers import Questionnaire
    from aiact_check.law.asked import Person
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

MOST = 10
PEOPLE = ("vendor", "it", "hr", "owner", "counsel", "management")
FORMATS = (".docx", ".md")


@spoken.command()
@spoken.argument("answers", type=click.Path(path_type=Path))
@spoken.option("--open", "only_open", is_flag=True, help="Only what is open, with what would follow from each answer.")
@spoken.option("--all", "every", is_flag=True, help="With --open: all of them, not only the first ten.")
@spoken.option(
    "--ask", type=click.Choice(PEOPLE), help="A letter with the open questions that this person usually knows."
)
@spoken.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="With --ask: where to write it, .docx or .md. [default: printed]",
)
@lang_option
@as_of_option
@with_option
@force_option
def questions(
    answers: Path,
    only_open: bool,
    every: bool,
    ask: Person | None,
    output: Path | None,
    lang: str | None,
    as_of: datetime | None,
    overlay: Path | None,
    force: bool,
) -> None:
    """List the questions that arise for the questionnaire ANSWERS, with their answers.

    With --open, list what still matters, the most decisive first, and what each possible answer would change. With
    --ask, write a letter to somebody who knows.
    """
    if every and not only_open:
        raise click.UsageError(say("cli.says.all_of_open"))
    if ask is not None and overlay is not None:
        raise click.UsageError(say("cli.says.ask_in_force"))
    if output is not None:
        _check(output, ask, force)
    base, questionnaire = load(answers, lang, overlay)
    day, spoken = day_asked(base, as_of), language(lang, questionnaire.lang)
    if ask is not None:
        _letter(base, questionnaire, day, spoken, ask, output)
        return

    from aiact_check.asking import questions as asked
    from aiact_check.assessing import document

    supposed(base, spoken)
    if only_open:
        lines = asked.opened(base, questionnaire, day, spoken, None if every else MOST)
    else:
        lines = asked.arising(document.assess(base, questionnaire, day), spoken)
    for line in lines:
        echo(line)


def _check(output: Path, ask: Person | None, force: bool) -> None:
    """Refuse an output that is no letter's."""
    if ask is None:
        raise click.UsageError(say("cli.says.output_of_ask"))
    if output.suffix.lower() not in FORMATS:
        raise click.UsageError(say("cli.says.draft_suffix", file=output, forms=", ".join(FORMATS)))
    refuse_existing([output], force)


def _letter(
    base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language, who: Person, output: Path | None
) -> None:
    """Write the letter to `who`, or print it; nothing is written where there is nothing to ask."""
    from aiact_check.answering.form import people
    from aiact_check.assessing import document
    from aiact_check.drafting import letter

    found = letter.letter(base, document.assess(base, questionnaire, day), who, lang)
    if not found.asked:
        tell("letter.none", lang, people=people([who]))
        return
    if output is None:
        echo(letter.markdown(found), nl=False)
        return
    content = letter.docx(found) if output.suffix.lower() == ".docx" else letter.markdown(found).encode()
    write(output, content)
    echo(str(output))
