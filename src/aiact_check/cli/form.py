"""`aiact-check form`: the questionnaire as one web page, to be answered in a browser without a server."""

from __future__ import annotations

from pathlib import Path

import click

from aiact_check.cli import spoken
from aiact_check.cli.common import (
    force_option,
    lang_option,
    language,
    load,
    rulebase,
    tell,
    today,
)
from aiact_check.cli.spoken import echo
from aiact_check.cli.writing import refuse_existing, write

FILE = click.Path(path_type=Path)


@spoken.command()
@spoken.argument("answers", type=FILE, required=False)
@spoken.option(
    "-o", "--output", type=FILE, default=Path("questionnaire.html"), help="The page. [default: questionnaire.html]"
)
@lang_option
@force_option
def form(answers: Path | None, output: Path, lang: str | None, force: bool) -> None:
    """Write the questionnaire as one web page, with ANSWERS inside where they are given.

    It opens with a double click, offline, on a computer or a phone: it asks what still matters, shows what the system
    could still be, and gives back the YAML that the other commands read. Nothing leaves the machine.
    """
    from aiact_check.asking import page

    refuse_existing([output], force)
    base, filled = load(answers, lang) if answers else (rulebase(), None)
    tongue = language(lang, filled.lang if filled else None)
    write(output, page.page(base, today(), tongue, filled.content.decode("utf-8-sig") if filled else None).encode())
    echo(str(output))
    tell("page.next", tongue, file=output)
