"""The command line: the only room that reads a clock, takes a path from a user, or prints."""

from __future__ import annotations

import click

from aiact_check import __version__
from aiact_check.cli import common, spoken

ROOMS = (
    "assess", "diff", "draft", "due", "explain", "extract", "form", "interview", "inventory", "levers", "merge",
    "questionnaire", "questions", "rules", "whatif",
)  # fmt: skip
"""The commands, each in the file of its name."""


@spoken.group(
    "aiact-check",
    rooms=ROOMS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="%(prog)s %(version)s", cls=spoken.Option, help="Show the version and exit.")
@common.lang_option
def main(lang: str | None) -> None:
    """Self-assessment under the EU AI Act, Regulation (EU) 2024/1689. Decision support, not legal advice.

    To begin: `aiact-check questionnaire -o system.yaml`, answer what you know, then `aiact-check assess system.yaml`.
    """
