"""`aiact-check interview`: asks in the terminal what still matters, and writes each answer down at once."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    PROBLEMS,
    as_of_option,
    day_asked,
    lang_option,
    language,
    load,
    rulebase,
    stop,
    tell,
)
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import there, write
from aiact_check.text import said

if TYPE_CHECKING:
    from aiact_check.cli.prompts import Asker
    from aiact_check.text import Language

UNNAMED = Path("questionnaire.yaml")


@spoken.command()
@spoken.argument("file", type=click.Path(path_type=Path), default=UNNAMED, required=False)
@spoken.option("--by", metavar="NAME", help="Who answers, where it is not who the questionnaire names.")
@lang_option
@as_of_option
def interview(file: Path, by: str | None, lang: str | None, as_of: datetime | None) -> None:
    """Answer the questionnaire FILE in the terminal; it is made where there is none.

    Only what still matters is asked, what settles most first. Every answer is written to FILE at once: stop whenever
    you like, and start again to go on.
    """
    from aiact_check.cli.conversation import Conversation
    from aiact_check.cli.prompts import Interrupted, asker

    base = rulebase()
    day = day_asked(base, as_of)
    spoken = language(lang)
    by = _signer(by)
    try:
        if not there(file):
            spoken = _begin(file, lang, day)
        base, questionnaire = load(file, lang)
        spoken = language(lang, questionnaire.lang)
        finished = Conversation(base, file, day, by, spoken, asker(spoken)).run()
    except Interrupted:
        _interrupted(file, spoken)
    if finished:
        tell("interview.finished", spoken, file=file)
    else:
        tell("interview.stopped", spoken, file=file)


def _signer(by: str | None) -> str | None:
    """Who answers, as it can be written down; a name that is too long is wrong usage."""
    from aiact_check.answering.reply import cleaned
    from aiact_check.answering.schema import MAX_NAME

    name = cleaned(by or "")
    if len(name) > MAX_NAME:
        raise click.UsageError(say("reply.too_long", most=MAX_NAME))
    return name or None


def _interrupted(file: Path, lang: Language) -> NoReturn:
    echo()
    tell("interview.stopped" if file.exists() else "interview.nothing_yet", lang, file=file)
    sys.exit(PROBLEMS)


def _begin(file: Path, lang: str | None, day: date) -> Language:
    """Make a questionnaire: its language, the names, and who answers."""
    from aiact_check.answering.reply import cleaned
    from aiact_check.asking import dialogue
    from aiact_check.cli.prompts import asker
    from aiact_check.text import phrase

    if not file.parent.is_dir():
        raise click.UsageError(say("cli.says.no_folder", folder=file.parent))
    spoken = language(lang)
    if lang is None:
        spoken = language(cleaned(asker(spoken).text("Language / Langue: en, fr", spoken)).lower())
    ask = asker(spoken)
    tell("interview.begin", spoken, file=file)
    names = {key: _named(key, ask, spoken) for key in ("company", "system", "description", "by")}
    if there(file):
        stop(said(phrase("interview.made", file=file), spoken))
    write(file, dialogue.begun(spoken, names, day).encode())
    return spoken


def _named(key: str, ask: Asker, spoken: Language) -> str:
    """A name or a description, asked until it can be written down."""
    from aiact_check.answering.reply import cleaned
    from aiact_check.answering.schema import MAX_NAME, MAX_NOTE
    from aiact_check.text import phrase

    most = MAX_NOTE if key == "description" else MAX_NAME
    while True:
        named = cleaned(ask.text(said(phrase(f"interview.begin_{key}"), spoken)))
        if len(named) > most:
            tell("reply.too_long", spoken, most=most)
        elif named or key not in ("company", "system"):
            return named
        else:
            tell("interview.needed", spoken)
