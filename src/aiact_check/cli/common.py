"""What the commands share: opening the rules and a questionnaire, the day, the language, saying what is wrong."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from aiact_check.cli import spoken
from aiact_check.cli.spoken import echo, say
from aiact_check.text import LANGUAGES, Language

if TYPE_CHECKING:
    from aiact_check.answering.answers import Questionnaire
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.reading.problem import Problems

PROBLEMS = 1
SHOWN = 100
"""Problems listed of a file that has more."""


class _Day(click.DateTime):
    """A day, written 2026-12-02; one written otherwise is said as it should be."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from aiact_check.reading.meant import day

            meant = day(str(value))
            key = "cli.says.day_meant" if meant else "cli.says.day"
            self.fail(say(key, value=value, day=meant), param, ctx)


DAY = _Day(["%Y-%m-%d"])


def _lang_asked(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """The language asked for on this command or before its name."""
    return value or (ctx.parent.params.get("lang") if ctx.parent else None)


lang_option = spoken.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_lang_asked,
    help="The language. [default: the questionnaire's, or else yours]",
)
as_of_option = spoken.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="The day asked about. [default: today]")
with_option = spoken.option(
    "--with",
    "overlay",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Suppose the text of FOLDER adopted as it stands, such as proposals/guidelines-class.",
)
force_option = spoken.option("--force", is_flag=True, help="Overwrite an existing file.")


def language(asked: str | None, otherwise: Language | None = None) -> Language:
    """The language asked for, or else that of a questionnaire, or else that of this run."""
    return "fr" if (asked or otherwise or spoken.language()) == "fr" else "en"


def today() -> date:
    """The user's own day."""
    return date.today()  # noqa: DTZ011 - the user's own day


def day_asked(base: RuleBase, as_of: datetime | None) -> date:
    """The day asked about, or today; a day before the Act came into force is wrong usage.

    So is one before an overlay begins; where none is asked for, the overlay has begun.
    """
    begins = overlay_begins(base)
    day = as_of.date() if as_of else max(today(), begins or today())
    if begins and day < begins:
        raise click.UsageError(say("cli.says.before_the_overlay", begins=begins))
    begun = min(act.in_force for act in base.acts.acts.values())
    if day.isoformat() < begun:
        raise click.UsageError(say("cli.says.before_the_act", begun=begun))
    return day


def overlay_begins(base: RuleBase) -> date | None:
    """The day from which the overlay over a rule base is taken to count; None where there is none."""
    from aiact_check.law.overlay import Overlaid

    return date.fromisoformat(base.files.overlay.begins) if isinstance(base, Overlaid) else None


def supposed(base: RuleBase, lang: Language) -> None:
    """Say of what is printed next that it supposes a text adopted, where it does."""
    from aiact_check.law.overlay import Overlaid

    if isinstance(base, Overlaid):
        from aiact_check.text import phrase, said
        from aiact_check.wording.typeset import typeset, wrapped

        title = base.files.overlay.title
        for line in wrapped(typeset(said(phrase("overlay.mark", title=title), lang), lang)):
            echo(line)
        echo()


def rulebase(overlay: Path | None = None, lang: str | None = None) -> RuleBase:
    """The rule base, or what it would be with an overlay; mistakes are listed and end the program."""
    from aiact_check.law import rulebase
    from aiact_check.reading.problem import Problems

    try:
        return rulebase.load() if overlay is None else rulebase.load_with(overlay)
    except Problems as found:
        list_problems(found, language(lang) if overlay else "en")


def load(path: Path, lang: str | None = None, overlay: Path | None = None) -> tuple[RuleBase, Questionnaire]:
    """The rule base and a questionnaire; mistakes are listed and end the program, answers set aside are said."""
    base = rulebase(overlay, language(lang, spoken.of_file(path)))
    return base, questionnaire_of(path, base, lang)


def questionnaire_of(path: Path, base: RuleBase, lang: str | None = None) -> Questionnaire:
    """A questionnaire; mistakes are listed and end the program, answers set aside are said."""
    from aiact_check.answering import answers
    from aiact_check.reading.problem import Problems

    try:
        questionnaire = answers.load(path, base, today())
    except Problems as found:
        list_problems(found, language(lang, spoken.of_file(path)))
    remark(base, questionnaire, lang)
    return questionnaire


def remark(base: RuleBase, questionnaire: Questionnaire, lang: str | None) -> None:
    """Say that the law known here is old, and which answers were set aside."""
    if base.is_old(today()):
        from aiact_check.text import phrase, said

        echo(said(phrase("status.old"), language(lang, questionnaire.lang)), err=True)
    for aside in questionnaire.aside.values():
        echo(aside.said(language(lang, questionnaire.lang)), err=True)


def list_problems(found: Problems, lang: Language) -> NoReturn:
    """Print the problems and how many there are, and end."""
    from aiact_check.answering.answers import ENOUGH
    from aiact_check.text import phrase, said

    for problem in found.problems[:SHOWN]:
        echo(problem.said(lang), err=True)
    count = len(found.problems)
    if count > SHOWN:
        echo(said(phrase("problems.shown", most=SHOWN), lang), err=True)
    key = "problems.one" if count == 1 else "problems.many" if count < ENOUGH else "problems.at_least"
    echo(said(phrase(key, count=count), lang), err=True)
    sys.exit(PROBLEMS)


def read_text(path: Path) -> str:
    """The text of a questionnaire that was read before, as it is: byte order mark, line ends and all."""
    from aiact_check.reading.source import read

    return read(path).decode("utf-8")


def tell(key: str, lang: Language, **slots: object) -> None:
    """Print a fixed sentence."""
    from aiact_check.text import phrase, said

    echo(said(phrase(key, **slots), lang))


def stop(message: str) -> NoReturn:
    """Say what kept the program from its work, and end."""
    click.ClickException(spoken.harmless(message)).show()
    sys.exit(PROBLEMS)
