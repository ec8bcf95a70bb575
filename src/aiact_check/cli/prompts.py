"""Asking a person in a terminal: with arrow keys where it can, else line by line. An interruption is an exception."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from aiact_check.answering.reply import (
    BACK,
    DONT_KNOW,
    NONE,
    NOTE,
    STOP,
    NotUnderstood,
    Reply,
    cleaned,
    fitting,
    options,
    ordered,
    understood,
)
from aiact_check.answering.schema import MAX_NOTE
from aiact_check.cli.spoken import echo
from aiact_check.text import Language, phrase, said
from aiact_check.wording.typeset import WIDTH, typeset, wrapped

if TYPE_CHECKING:
    from questionary import Choice as Row
    from questionary import Question as Prompt

    from aiact_check.law.asked import Question

Interrupted = (KeyboardInterrupt, EOFError)


class Asker(Protocol):
    """A way to ask. Every method raises KeyboardInterrupt or EOFError where the person breaks off."""

    def question(self, question: Question, present: Any) -> Reply:
        """Ask a question of the questionnaire; `present` is its answer so far, or None."""

    def screen(self, rows: Sequence[str]) -> Reply:
        """Show ordinary answers together; the answer is a list of those that fit, by place from 0."""

    def text(self, asked: str, default: str = "") -> str:
        """Ask for a line of text, which may be empty."""

    def yes(self, asked: str) -> bool:
        """Ask for yes or no."""


def asker(lang: Language) -> Asker:
    """Arrow keys in a terminal that moves its cursor; lines in a dumb one, and where input or output is no terminal."""
    able = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return Keys(lang) if able else Lines(lang)


def columns() -> int:
    """How wide a text may be: the terminal, but never so wide that lines are hard to read."""
    return min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)


@dataclass(frozen=True)
class Lines:
    """Asks with plain lines: the answers are numbered."""

    lang: Language

    def question(self, question: Question, present: Any) -> Reply:
        for number, (value, label) in enumerate(options(question), 1):
            chosen = "*" if value == present or (isinstance(present, list) and value in present) else " "
            for line in wrapped(
                typeset(said(label, self.lang), self.lang), f" {chosen}{number:>2}  ", "      ", columns()
            ):
                echo(line)
        hint = phrase(f"interview.lines.{question.type}", back=BACK, stop=STOP, unknown=DONT_KNOW, none=NONE, note=NOTE)
        for line in wrapped(said(hint, self.lang), width=columns()):
            echo(line)
        while True:
            try:
                return understood(question, self.text(""))
            except NotUnderstood as problem:
                echo(typeset(said(problem.says, self.lang), self.lang))

    def screen(self, rows: Sequence[str]) -> Reply:
        for number, row in enumerate(rows, 1):
            for line in wrapped(row, f" {number:>3}  ", "      ", columns()):
                echo(line)
        hint = phrase("interview.lines.screen", back=BACK, stop=STOP, none=NONE)
        for line in wrapped(typeset(said(hint, self.lang), self.lang), width=columns()):
            echo(line)
        while True:
            try:
                return fitting(len(rows), self.text(""))
            except NotUnderstood as problem:
                echo(typeset(said(problem.says, self.lang), self.lang))

    def text(self, asked: str, default: str = "") -> str:
        echo(f"{asked} > " if asked else "> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if not sys.stdin.isatty():
            echo()
        return line.rstrip("\r\n") or default

    def yes(self, asked: str) -> bool:
        answer = self.text(asked).strip().lower()
        return answer[:1] in ("y", "o", "1")


@dataclass(frozen=True)
class Keys:
    """Asks with arrow keys, space and Enter; `?`, `<`, `#` and `q` mean the same as in lines."""

    lang: Language

    def question(self, question: Question, present: Any) -> Reply:
        note: str | None = None
        while True:
            reply = self._once(question, present, note)
            if reply.kind == "answer" and reply.value == NOTE:
                note = self._note(note)
            elif reply.kind == "answer":
                return Reply("answer", reply.value, reply.note or note)
            else:
                return reply

    def _note(self, before: str | None) -> str | None:
        while True:
            note = cleaned(self.text(self._says("interview.note"), before or ""))
            if len(note) <= MAX_NOTE:
                return note or None
            echo(self._says("reply.too_long", most=MAX_NOTE))

    def _once(self, question: Question, present: Any, note: str | None) -> Reply:
        if not options(question):
            return self._typed(question, present)
        ask = self._several if question.type == "choices" else self._one
        return ask(question, present, self._says("interview.noted", note=note) if note else "")

    def _one(self, question: Question, present: Any, noted: str) -> Reply:
        import questionary

        rows = [self._row(label, value) for value, label in options(question)]
        rows.append(self._row(phrase("interview.dont_know"), DONT_KNOW))
        known = present in [value for value, _ in options(question)]
        default = rows[[value for value, _ in options(question)].index(present)] if known else None
        return self._run(
            questionary.select(
                noted or self._says("interview.pick"), rows, default=default, qmark="", pointer=">",
                instruction=self._says("interview.keys.one"), erase_when_done=True,
            ),
            lambda value: value,
        )  # fmt: skip

    def _several(self, question: Question, present: Any, noted: str) -> Reply:
        import questionary

        ticked = present if isinstance(present, list) else []
        rows = [self._row(label, value, checked=value in ticked) for value, label in options(question)]
        rows.append(self._row(phrase("answer.none"), NONE, checked=present == []))
        rows.append(self._row(phrase("interview.perhaps"), DONT_KNOW, checked="unknown" in ticked))
        missing, both = self._says("interview.tick"), self._says("interview.tick_either")
        return self._run(
            questionary.checkbox(
                noted or self._says("interview.pick_several"), rows, qmark="", pointer=">",
                instruction=self._says("interview.keys.several"), erase_when_done=True,
                validate=lambda found: missing if not found else both if NONE in found and len(found) > 1 else True,
            ),
            lambda found: [] if found == [NONE] else DONT_KNOW if found == [DONT_KNOW] else ordered(
                question, ["unknown" if value == DONT_KNOW else value for value in found]
            ),
        )  # fmt: skip

    def screen(self, rows: Sequence[str]) -> Reply:
        import questionary

        lines = ["\n".join(wrapped(row, "", "     ", columns() - 6)) for row in rows]
        ticks = [questionary.Choice(line, place, checked=True) for place, line in enumerate(lines)]
        return self._run(
            questionary.checkbox(
                self._says("interview.pick_fitting"), ticks, qmark="", pointer=">",
                instruction=self._says("interview.keys.screen"), erase_when_done=True,
            ),
            lambda found: found,
            (DONT_KNOW, Reply("answer", [])),
        )  # fmt: skip

    def _typed(self, question: Question, present: Any) -> Reply:
        while True:
            line = self.text(self._says(f"interview.lines.{question.type}", back=BACK, stop=STOP, unknown=DONT_KNOW,
                                        note=NOTE, none=NONE), str(present or ""))  # fmt: skip
            try:
                return understood(question, line)
            except NotUnderstood as problem:
                echo(typeset(said(problem.says, self.lang), self.lang))

    def _row(self, label: Any, value: Any, checked: bool = False) -> Row:
        import questionary

        lines = wrapped(typeset(said(label, self.lang), self.lang), "", "     ", columns() - 6)
        return questionary.Choice("\n".join(lines), value, checked=checked)

    def _run(self, prompt: Prompt, value_of: Callable[[Any], Any], *signs: tuple[str, Reply]) -> Reply:
        """Run a prompt with the signs that lines know as keys."""
        keys: Any = prompt.application.key_bindings
        more = signs or ((DONT_KNOW, Reply("answer", "unknown")), (NOTE, Reply("answer", NOTE)))
        for sign, reply in ((BACK, Reply("back")), ("left", Reply("back")), (STOP, Reply("stop")), *more):
            keys.add(sign, eager=True)(lambda event, reply=reply: event.app.exit(result=reply))
        keys.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError()))
        found = prompt.unsafe_ask()
        if isinstance(found, Reply):
            return found
        value = value_of(found)
        return Reply("answer", "unknown" if value == DONT_KNOW else value)

    def text(self, asked: str, default: str = "") -> str:
        import questionary

        return str(questionary.text(f"{asked} >", default=default, qmark="").unsafe_ask())

    def yes(self, asked: str) -> bool:
        import questionary

        rows = [self._row(phrase("answer.yes"), True), self._row(phrase("answer.no"), False)]
        return bool(questionary.select(asked, rows, qmark="", pointer=">", instruction=" ").unsafe_ask())

    def _says(self, key: str, **slots: object) -> str:
        return typeset(said(phrase(key, **slots), self.lang), self.lang)
