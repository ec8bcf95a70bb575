"""What the commands share: opening the rules and a questionnaire, the day, the language, writing a file whole."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from aiact_check.text import Language, phrase, said

if TYPE_CHECKING:
    from aiact_check.answers import Questionnaire
    from aiact_check.lawbook import RuleBase
    from aiact_check.source import Problems

DAY = click.DateTime(["%Y-%m-%d"])
PROBLEMS = 1

lang_option = click.option(
    "--lang", type=click.Choice(("en", "fr")), help="The language.  [default: the questionnaire's own]"
)
as_of_option = click.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="The day asked about.  [default: today]")
force_option = click.option("--force", is_flag=True, help="Overwrite an existing file.")


def language(asked: str | None, otherwise: Language | None = None) -> Language:
    """The language asked for, or else that of a questionnaire, or else that of the user's locale."""
    own = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(key))), "")
    return "fr" if (asked or otherwise or own)[:2] == "fr" else "en"


def day_asked(base: RuleBase, as_of: datetime | None) -> date:
    """The day asked about, or today; a day before the Act came into force is wrong usage."""
    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the user's own day
    begun = min(act.in_force for act in base.acts.acts.values())
    if day.isoformat() < begun:
        raise click.UsageError(f"The Act came into force on {begun}: ask about that day or a later one.")
    return day


def rulebase() -> RuleBase:
    """The rule base; its mistakes are listed and end the program."""
    from aiact_check import rulebase
    from aiact_check.source import Problems

    try:
        return rulebase.load()
    except Problems as found:
        list_problems(found, "en")


def load(path: Path, lang: str | None = None) -> tuple[RuleBase, Questionnaire]:
    """The rule base and a questionnaire; the mistakes of either are listed and end the program."""
    from aiact_check import answers
    from aiact_check.source import Problems

    base = rulebase()
    try:
        return base, answers.load(path, base)
    except Problems as found:
        list_problems(found, language(lang, _language_written(path)))


def _language_written(path: Path) -> Language | None:
    """The language a questionnaire says it is in, though it cannot be read."""
    try:
        with path.open("rb") as stream:
            found = re.search(rb"^lang: *(en|fr)\b", stream.read(10_000), re.MULTILINE)
    except OSError:
        return None
    return language(found[1].decode()) if found else None


def list_problems(found: Problems, lang: Language) -> NoReturn:
    """Print every problem and how many there are, and end."""
    for problem in found.problems:
        click.echo(problem.said(lang), err=True)
    count = len(found.problems)
    click.echo(said(phrase("problems.many" if count > 1 else "problems.one", count=count), lang), err=True)
    sys.exit(PROBLEMS)


def read_text(path: Path) -> str:
    """The text of a questionnaire that was read before, as it is: byte order mark, line ends and all."""
    return path.read_bytes().decode("utf-8")


def tell(key: str, lang: Language, **slots: object) -> None:
    """Print a fixed sentence."""
    click.echo(said(phrase(key, **slots), lang))


def write(target: Path, content: bytes) -> None:
    """Write all of it or nothing: to a file beside, then renamed."""
    import tempfile

    try:
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        stop(f"{target} cannot be written: {error.strerror}")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(partial).chmod(0o666 & ~umask)
        Path(partial).replace(target)
    except OSError as error:
        Path(partial).unlink(missing_ok=True)
        stop(f"{target} cannot be written: {error.strerror}")


def stop(message: str) -> NoReturn:
    """Say what kept the program from its work, and end."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(PROBLEMS)
