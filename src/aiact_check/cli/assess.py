"""`aiact-check assess`: a questionnaire in, a report out."""

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
    stop,
    with_option,
)
from aiact_check.cli.spoken import echo, pour, say
from aiact_check.cli.writing import beside, refuse_existing, write

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import Assessment

FORMATS = ("pdf", "html", "json", "md", "ics", "xlsx")
EVERY = "all"
PRINTED = Path("-")


@spoken.command()
@spoken.argument("answers", type=click.Path(path_type=Path))
@spoken.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write: the suffix picks the format, - prints."
)
@spoken.option("--format", "form", type=click.Choice(FORMATS), help="What to write. [default: pdf]")
@spoken.option("--full", is_flag=True, help="JSON: every rule looked at, also where nothing rests on it.")
@spoken.option(
    "--annexes",
    type=click.Choice((EVERY,)),
    help="A PDF with everything: checklists, every point of interpretation, older wordings. [default: short]",
)
@lang_option
@as_of_option
@with_option
@spoken.option(
    "--redact",
    is_flag=True,
    help="Leave names, notes and evidence out, of the report and of the questionnaire that it carries.",
)
@force_option
def assess(
    answers: Path,
    output: Path | None,
    form: str | None,
    full: bool,
    annexes: str | None,
    lang: str | None,
    as_of: datetime | None,
    overlay: Path | None,
    redact: bool,
    force: bool,
) -> None:
    """Assess the AI system that the questionnaire ANSWERS describes.

    Writes a PDF beside the questionnaire and prints what to do, unless told otherwise.
    """
    form, target = _form_and_target(answers, output, form)
    if full and form != "json":
        raise click.UsageError(say("cli.says.full_json"))
    refuse_existing([target] if target != PRINTED else [], force)
    base, questionnaire = load(answers, lang, overlay)

    from aiact_check.assessing import document

    tongue = language(lang, questionnaire.lang)
    if redact or questionnaire.redacted:
        from aiact_check.answering.redact import redacted

        questionnaire = redacted(base, questionnaire, tongue)
    found = document.assess(base, questionnaire, day_asked(base, as_of), tongue, full=full)
    content = _render(found, form, questionnaire.content, annexes == EVERY)
    if target == PRINTED:
        pour(content)
        return
    write(target, content)
    from aiact_check.reporting import summary

    echo(summary.text(found, found["language"]))
    echo(str(target))


def _form_and_target(answers: Path, output: Path | None, form: str | None) -> tuple[str, Path]:
    if output is None:
        return form or "pdf", beside(answers, form or "pdf")
    if output == PRINTED:
        if form is None:
            raise click.UsageError(say("cli.says.printed_form"))
        return form, output
    suffix = output.suffix.lower().removeprefix(".")
    if form is None and suffix not in FORMATS:
        raise click.UsageError(say("cli.says.suffix", file=output, forms=", ".join(FORMATS)))
    if form is not None and suffix in FORMATS and suffix != form:
        raise click.UsageError(say("cli.says.disagree", form=form, file=output))
    return form or suffix, output


def _render(found: Assessment, form: str, questionnaire: bytes, annexes: bool) -> bytes:
    lang = found["language"]
    match form:
        case "json":
            from aiact_check.assessing import document

            return document.as_json(found).encode()
        case "ics":
            from aiact_check.reporting import agenda

            return agenda.ics(found, lang)
        case "xlsx":
            from aiact_check.reporting import workbook

            return workbook.xlsx(found, lang)
    from aiact_check.reporting import report

    if form == "html":
        return report.html(found, lang).encode()
    if form == "md":
        return report.markdown(found, lang).encode()
    try:
        return report.pdf(found, lang, questionnaire, annexes=annexes)
    except report.TooLong as found:
        stop(say("cli.says.too_long_for_pdf", lines=found.lines, most=report.MAX_LINES))
    except OSError as error:
        stop(say("cli.says.no_pango", why=error))
