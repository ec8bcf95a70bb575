"""`aiact-check merge`: two people's answers about one system, in one file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    PROBLEMS,
    force_option,
    lang_option,
    language,
    load,
    read_text,
    stop,
    tell,
)
from aiact_check.cli.spoken import echo, pour
from aiact_check.cli.writing import refuse_existing, write
from aiact_check.text import phrase, said

if TYPE_CHECKING:
    from aiact_check.answering.merge import Conflict, Place, Prefer, Side
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

FILE = click.Path(path_type=Path)
PRINTED = Path("-")


@spoken.command()
@spoken.argument("first", type=FILE)
@spoken.argument("second", type=FILE)
@spoken.option("-o", "--output", type=FILE, default=PRINTED, help="Where to write. [default: printed]")
@spoken.option("--prefer", type=click.Choice(("first", "second")), help="Whose word counts where the two differ.")
@lang_option
@force_option
def merge(first: Path, second: Path, output: Path, prefer: Prefer | None, lang: str | None, force: bool) -> None:
    """Join the questionnaires FIRST and SECOND about one system.

    The text of FIRST is kept, comments and all; SECOND fills what is open there. Where the two differ, all
    differences are listed and nothing is written.
    """
    from aiact_check.answering import edit
    from aiact_check.answering import merge as joining

    if output != PRINTED:
        refuse_existing([output], force)
    base, sides, spoken = _open(first, second, lang)
    try:
        merged = joining.merge(base, *sides, prefer)
    except edit.CannotEdit as refused:
        stop(said(refused.says, spoken))
    if merged.conflicts:
        for conflict in merged.conflicts:
            _show(base, conflict, spoken)
        count = len(merged.conflicts)
        echo(said(phrase("merge.differ_one" if count == 1 else "merge.differ", count=count), spoken), err=True)
        sys.exit(PROBLEMS)
    if output == PRINTED:
        pour(merged.content.encode())
        return
    write(output, merged.content.encode())
    echo(str(output))
    tell("merge.taken", spoken, count=len(merged.taken), file=second)


def _open(first: Path, second: Path, lang: str | None) -> tuple[RuleBase, tuple[Side, Side], Language]:
    from aiact_check.answering.merge import Side
    from aiact_check.reading.source import parse

    base, ours = load(first, lang)
    _, theirs = load(second, lang)
    texts = read_text(first), read_text(second)
    sides = (
        Side(str(first), texts[0], parse(str(first), texts[0].encode()), ours),
        Side(str(second), texts[1], parse(str(second), texts[1].encode()), theirs),
    )
    return base, sides, language(lang, ours.lang)


def _show(base: RuleBase, conflict: Conflict, lang: Language) -> None:
    asked = f": {said(base.questions[conflict.fact].ask, lang)}" if conflict.fact else ""
    why = f": {said(conflict.says, lang)}" if conflict.says else ""
    echo(f"{conflict.about}{asked}{why}", err=True)
    for place in conflict.places:
        echo(f"    {place.file}:{place.line}:{place.column}: {_said(place)}", err=True)


def _said(place: Place) -> str:
    from aiact_check.wording.typeset import shown

    value = f"[{', '.join(place.value)}]" if isinstance(place.value, list) else _plain(place.value)
    told = place.told
    details = [detail for detail in (told.by, told.on, told.note) if detail] if told else []
    return shown(f"{value} ({', '.join(details)})" if details else value)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
