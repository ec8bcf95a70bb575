"""The command line: the only room that reads a clock, takes a path from a user, or prints."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from aiact_check import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiact_check.answers import Questionnaire
    from aiact_check.assessment import Assessment
    from aiact_check.lawbook import RuleBase
    from aiact_check.model import Language
    from aiact_check.source import Problems

FORMATS = ("pdf", "html", "json", "md")
PRINTED = Path("-")
DAY = click.DateTime(["%Y-%m-%d"])
PROBLEMS = 1


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Self-assessment under the EU AI Act, Regulation (EU) 2024/1689."""


@main.command()
@click.argument("answers", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where to write: the suffix picks the format, - prints."
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="What to write.  [default: pdf]")
@click.option(
    "--lang", type=click.Choice(("en", "fr")), help="The report's language.  [default: the questionnaire's own]"
)
@click.option("--as-of", type=DAY, metavar="YYYY-MM-DD", help="The day asked about.  [default: today]")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
def assess(
    answers: Path, output: Path | None, form: str | None, lang: str | None, as_of: datetime | None, force: bool
) -> None:
    """Assess the AI system that the questionnaire ANSWERS describes.

    Writes a PDF beside the questionnaire and prints what to do, unless told otherwise.
    """
    form, target = _form_and_target(answers, output, form)
    if target != PRINTED and target.exists() and not force:
        raise click.UsageError(f"{target} exists. Add --force to overwrite it, or name another file with -o.")
    base, questionnaire = _load(answers)
    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the user's own day
    begun = min(act.in_force for act in base.acts.acts.values())
    if day.isoformat() < begun:
        raise click.UsageError(f"The Act came into force on {begun}: ask about that day or a later one.")

    from aiact_check import document

    found = document.assess(base, questionnaire, day, "fr" if (lang or questionnaire.lang) == "fr" else "en")
    content = _render(found, form)
    if target == PRINTED:
        sys.stdout.buffer.write(content)
        return
    _write(target, content)
    from aiact_check import summary

    click.echo(summary.text(found, found["language"]))
    click.echo(str(target))


def _form_and_target(answers: Path, output: Path | None, form: str | None) -> tuple[str, Path]:
    if output is None:
        return form or "pdf", answers.with_suffix(f".{form or 'pdf'}")
    if output == PRINTED:
        if form is None:
            raise click.UsageError("`-o -` prints the report: say which with --format.")
        return form, output
    suffix = output.suffix.lower().removeprefix(".")
    if form is None and suffix not in FORMATS:
        raise click.UsageError(f"The suffix of {output} is none of {', '.join(FORMATS)}: change it, or add --format.")
    if form is not None and suffix in FORMATS and suffix != form:
        raise click.UsageError(f"--format {form} and the suffix of {output} disagree.")
    return form or suffix, output


def _rulebase() -> RuleBase:
    from aiact_check import rulebase
    from aiact_check.source import Problems

    try:
        return rulebase.load()
    except Problems as found:
        _list(found)


def _load(answers: Path) -> tuple[RuleBase, Questionnaire]:
    from aiact_check import answers as reader
    from aiact_check.source import Problems

    base = _rulebase()
    try:
        return base, reader.load(answers, base)
    except Problems as found:
        _list(found)


def _list(found: Problems) -> NoReturn:
    for problem in found.problems:
        click.echo(str(problem), err=True)
    count = len(found.problems)
    click.echo(f"{count} problem{'s' if count > 1 else ''} found; nothing was written.", err=True)
    sys.exit(PROBLEMS)


def _render(found: Assessment, form: str) -> bytes:
    if form == "json":
        from aiact_check import document

        return document.as_json(found).encode()
    from aiact_check import report

    lang = found["language"]
    if form == "html":
        return report.html(found, lang).encode()
    if form == "md":
        return report.markdown(found, lang).encode()
    try:
        return report.pdf(found, lang)
    except OSError as error:
        _stop(f"WeasyPrint could not start ({error}). On Debian or Ubuntu: "
              "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")  # fmt: skip


def _write(target: Path, content: bytes) -> None:
    """Write all of it or nothing: to a file beside, then renamed."""
    import os
    import tempfile

    try:
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
    except OSError as error:
        _stop(f"{target} cannot be written: {error.strerror}")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(partial).chmod(0o666 & ~umask)
        Path(partial).replace(target)
    except OSError as error:
        Path(partial).unlink(missing_ok=True)
        _stop(f"{target} cannot be written: {error.strerror}")


def _stop(message: str) -> NoReturn:
    click.echo(f"Error: {message}", err=True)
    sys.exit(PROBLEMS)


@main.group()
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

    base = _rulebase()
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

    click.echo(review.diff(_rulebase(), first.date(), second.date(), lang), nl=False)


@rules.command()
@_review_lang
def coverage(lang: Language) -> None:
    """Print what becomes of every paragraph of the Act, and the totals."""
    from aiact_check import coverage as covering

    click.echo(covering.table(_rulebase(), lang), nl=False)


@rules.command()
@_review_lang
def annex(lang: Language) -> None:
    """Print the claims of the report's annex that the rule base is grounded in, checked one by one."""
    from aiact_check import coverage as covering

    click.echo(covering.claims(_rulebase(), lang), nl=False)
