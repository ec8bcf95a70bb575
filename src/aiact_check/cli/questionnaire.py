"""`aiact-check questionnaire`: a blank questionnaire, or the duties to work on added to a filled one."""

from __future__ import annotations

from datetime import datetime
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
    read_text,
    rulebase,
    stop,
    tell,
)
from aiact_check.cli.spoken import echo, pour, say
from aiact_check.cli.writing import refuse_existing, there, write

if TYPE_CHECKING:
    from datetime import date

    from aiact_check.answering.answers import Questionnaire
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

PRINTED = Path("-")
FILE = click.Path(path_type=Path)


@spoken.command()
@spoken.option("-o", "--output", type=FILE, help="Where to write the blank questionnaire. [default: printed]")
@spoken.option("--duties", type=FILE, metavar="FILE", help="Add the duties found to the questionnaire FILE instead.")
@lang_option
@as_of_option
@force_option
def questionnaire(
    output: Path | None, duties: Path | None, lang: str | None, as_of: datetime | None, force: bool
) -> None:
    """Print or write a blank questionnaire, or list the duties in a filled one.

    With --duties, every duty of the present verdict is added under `compliance:`, to be given an owner, a day and
    evidence; all that stands in the file is kept.
    """
    if duties is not None:
        if output is not None:
            raise click.UsageError(say("cli.says.duties_alone"))
        base, filled = load(duties, lang)
        _list_duties(base, filled, duties, day_asked(base, as_of), language(lang, filled.lang))
    else:
        _blank(output or PRINTED, language(lang), force)


def _blank(target: Path, lang: Language, force: bool) -> None:
    from aiact_check.answering import editor, form, schema

    base = rulebase()
    if target == PRINTED:
        pour(form.blank(base, lang, schema=None).encode())
        return
    refuse_existing([target], force)
    write(target, form.blank(base, lang).encode())
    beside = target.with_name(form.SCHEMA)
    current = schema.written(editor.answers(base)).encode()
    found = _content(beside) if there(beside) else None
    kept = there(beside) and found != current and not force
    if not kept and found != current:
        write(beside, current)
    echo(str(target))
    tell("blank.schema_kept" if kept else "blank.schema", lang, file=beside)
    tell("blank.next", lang, file=target)


def _content(file: Path) -> bytes | None:
    from aiact_check.reading.problem import Problem
    from aiact_check.reading.source import read

    try:
        return read(file)
    except Problem:
        return None


def _list_duties(base: RuleBase, filled: Questionnaire, file: Path, day: date, lang: Language) -> None:
    from aiact_check.answering import edit
    from aiact_check.asking import worklist
    from aiact_check.assessing import work
    from aiact_check.assessing.verdict import decide
    from aiact_check.law.truth import Truth

    verdict = decide(base, filled.answers, day)
    try:
        listed = worklist.with_duties(base, read_text(file), verdict, filled.work, lang)
    except edit.CannotEdit as refused:
        stop(getattr(refused.says, lang))
    if listed.added:
        write(file, listed.content.encode())
        tell("worklist.added_many" if len(listed.added) > 1 else "worklist.added_one", lang,
             count=len(listed.added), file=file)  # fmt: skip
    else:
        tell("worklist.none", lang, file=file)
    perhaps = {duty.rule.id for duty in verdict.duties if duty.value is Truth.UNKNOWN}
    if perhaps:
        tell("worklist.depends", lang, count=len(perhaps), file=file)
    remarks = list(work.remarks(base, verdict, filled.work))
    if remarks:
        tell("worklist.look", lang)
        for remark in remarks:
            echo(f"  {worklist.remarked(remark, lang)}")
    if listed.added:
        tell("worklist.next", lang, file=file)
