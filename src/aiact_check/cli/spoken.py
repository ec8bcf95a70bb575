"""The language a run speaks, and click made to speak it: help texts and click's own words go through gettext.

A help text stands in the code in English; its French, like click's, stands under `cli:` in questionnaires/words.yaml,
from which `generate` makes the catalogue in locale/. So a run that only helps reads one small file, or none.
"""

from __future__ import annotations

import gettext
import inspect
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from aiact_check.text import PACKAGE, Language, phrase, said

DOMAIN = "aiact-check"
LOCALE = PACKAGE / "locale"
ASKED = "LANGUAGE"
"""What gettext reads first: the language of this run, once `speak` has settled it."""


def speak(arguments: Sequence[str]) -> None:
    """Settle the language of a run: the one asked for, or else that of the file named, or else that of the locale."""
    os.environ[ASKED] = _asked(arguments) or _of_files(arguments) or of_locale()
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)


def language() -> Language:
    """The language of this run."""
    return "fr" if os.environ.get(ASKED) == "fr" else "en"


def say(key: str, **slots: Any) -> str:
    """A fixed sentence of words.yaml, in the language of this run."""
    return harmless(said(phrase(key, **slots), language()))


def echo(text: object = "", *, nl: bool = True, err: bool = False) -> None:
    """Print a text: a terminal obeys nothing in it."""
    click.echo(harmless(str(text)), nl=nl, err=err)


def pour(content: bytes) -> None:
    """Print bytes as they are, all of them: where Python does not buffer, a pipe may take a part at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def harmless(text: str) -> str:
    """A text without the signs that a terminal obeys: a file's name and all that stands in it may hold some."""
    from aiact_check.wording.typeset import shown

    return text if text.isascii() and text.isprintable() else shown(text)


def of_locale() -> Language:
    """The language of the user's locale."""
    own = next((value for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(key))), "")
    return "fr" if own.startswith("fr") else "en"


def of_file(path: Path) -> Language | None:
    """The language a questionnaire says it is in, even where the rest of it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            start = stream.read(10_000).replace(b"\0", b"").decode("utf-8", "replace")
    except OSError:
        return None
    found = re.search(r"""^\W*lang\s*:\s*["'«“]?\s*(en|fr)\b""", start, re.MULTILINE | re.IGNORECASE)
    return None if found is None else "fr" if found[1].lower() == "fr" else "en"


def _asked(arguments: Sequence[str]) -> Language | None:
    given = [after for option, after in pairwise(arguments) if option == "--lang"]
    given += [option.removeprefix("--lang=") for option in arguments if option.startswith("--lang=")]
    return "fr" if "fr" in given else "en" if "en" in given else None


def _of_files(arguments: Sequence[str]) -> Language | None:
    found = (of_file(Path(word)) for word in arguments if word.lower().endswith((".yaml", ".yml")))
    return next(filter(None, found), None)


def translated(text: str) -> str:
    """A help text in the language of this run, paragraph by paragraph."""
    paragraphs = (" ".join(paragraph.split()) for paragraph in inspect.cleandoc(text).split("\n\n"))
    return "\n\n".join(gettext.gettext(paragraph) for paragraph in paragraphs if paragraph)


class _Help:
    """A help text: kept as it was written, read in the language of the run."""

    def __get__(self, holder: Any, owner: Any = None) -> str | None:
        written = vars(holder).get("written_help")
        return translated(written) if written else written

    def __set__(self, holder: Any, text: str | None) -> None:
        holder.written_help = text


class Command(click.Command):
    """A command whose help speaks the language of the run."""

    help: Any = _Help()

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [translated(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """What a list of commands says of this one: the first paragraph of its help, which click would cut."""
        return (self.help or "").partition("\n\n")[0]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = translated("Show this message and exit.")
        return option


class Group(Command, click.Group):
    """Commands that are loaded when they are asked for, each from the file of its name."""

    command_class = Command

    def __init__(self, *arguments: Any, rooms: Sequence[str] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.rooms = rooms

    def main(self, args: Sequence[str] | None = None, *others: Any, **settings: Any) -> Any:
        speak(sys.argv[1:] if args is None else args)
        return super().main(args, *others, **settings)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.rooms, *self.commands})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.rooms:
            return super().get_command(ctx, cmd_name)
        found: click.Command = getattr(import_module(f"aiact_check.cli.{cmd_name}"), cmd_name)
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as unknown:
            names = self.list_commands(ctx)
            raise click.NoSuchCommand(unknown.command_name, possibilities=names, ctx=ctx) from None


class Option(click.Option):
    """An option whose help speaks the language of the run."""

    help: Any = _Help()

    def make_metavar(self, ctx: click.Context) -> str:
        return translated(super().make_metavar(ctx))

    def get_help_extra(self, ctx: click.Context) -> Any:
        """What click adds to a help, without a range as a formula: a value out of it is told so."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


class Argument(click.Argument):
    """An argument whose name is said in the language of the run."""

    def make_metavar(self, ctx: click.Context) -> str:
        return translated(super().make_metavar(ctx))


def command(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    """Click's decorator of a command."""
    return click.command(name, cls=Command, **settings)


def group(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], Group]:
    """Click's decorator of a group of commands."""
    return click.group(name, cls=Group, **settings)


option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)
