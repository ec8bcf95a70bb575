"""The command line: the only room that reads a clock, takes a path from a user, or prints."""

from __future__ import annotations

import click

from aiact_check import __version__
from aiact_check.cli.assess import assess
from aiact_check.cli.interview import interview
from aiact_check.cli.merge import merge
from aiact_check.cli.questionnaire import questionnaire
from aiact_check.cli.questions import questions
from aiact_check.cli.rules import rules


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Self-assessment under the EU AI Act, Regulation (EU) 2024/1689."""


for command in (interview, questionnaire, questions, merge, assess, rules):
    main.add_command(command)
