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
    read_text,
    rulebase,
    stop,
    tell,
)
from aiact_check.cli.spoken import echo, say
from aiact_check.cli.writing import there, write
from aiact_check.text import Text, said

if TYPE_CHECKING:
    from aiact_check.asking.course import Step
    from aiact_check.asking.dialogue import Dialogue
    from aiact_check.asking.glance import Glance
    from aiact_check.asking.screens import Together
    from aiact_check.cli.prompts import Asker
    from aiact_check.law.lawbook import RuleBase
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
        finished = _Interview(base, file, day, by, spoken, asker(spoken)).run()
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


class _Interview:
    """The conversation: the dialogue knows what to ask, the asker how."""

    def __init__(self, base: RuleBase, file: Path, day: date, by: str | None, lang: Language, ask: Asker) -> None:
        from aiact_check.asking.dialogue import Dialogue

        self.base, self.file, self.lang, self.ask = base, file, lang, ask
        self.dialogue: Dialogue = Dialogue(base, day, read_text(file), by)
        self.saved = self.dialogue.content
        self.group: str | None = None
        self.now: Glance = self.dialogue.glance()

    def run(self) -> bool:
        """Ask until nothing that matters is open, or the person stops; whether it is finished."""
        self.say(self.standing())
        while True:
            step = self.dialogue.step()
            if step is None:
                waiting = self.dialogue.put_off()
                if not waiting or not self.ask.yes(self.says("interview.again", count=len(waiting))):
                    return True
                self.dialogue.take_up(waiting)
            elif not (self.screen(screen) if (screen := self.dialogue.screen(step)) else self.turn(step)):
                return False

    def screen(self, screen: Together) -> bool:
        """Show ordinary answers together and write down those that fit; False where the person stops."""
        from aiact_check.answering import edit
        from aiact_check.assessing.said import answer_says

        echo()
        self.group = None
        self.say(f"{self.dialogue.number}. {self.text(screen.title)}{self.says('interview.screen')}")
        rows = {}
        for fact, value in screen.ordinary.items():
            question = self.base.questions[fact]
            rows[fact] = f"{self.text(question.ask)} → {self.typeset(answer_says(question, value, self.lang))}"
        reply = self.ask.screen(list(rows.values()))
        if reply.kind == "stop":
            return False
        if reply.kind == "back":
            self.back()
            return True
        fitting = [fact for place, fact in enumerate(rows) if place in reply.value]
        try:
            self.dialogue.take_together(screen, fitting)
        except edit.CannotEdit as refused:
            stop(said(refused.says, self.lang))
        self.save()
        left = len(self.dialogue.apart)
        self.say(self.says("interview.screen_taken" if left else "interview.screen_all", count=len(rows) - left))
        self.progress()
        return True

    def back(self) -> None:
        if not self.dialogue.back():
            self.say(self.says("interview.first"))

    def turn(self, step: Step) -> bool:
        """Ask one question and write the answer down; False where the person stops."""
        self.show(step)
        told = self.dialogue.questionnaire.told.get(step.fact)
        reply = self.ask.question(self.base.questions[step.fact], told.value if told else None)
        if reply.kind == "stop":
            return False
        if reply.kind == "back":
            self.back()
            return True
        kept = told.note if told and told.value == reply.value else None
        self.take(step.fact, reply.value, reply.note or kept)
        return True

    def take(self, fact: str, value: object, note: str | None) -> None:
        from aiact_check.answering import edit
        from aiact_check.answering.answers import Told
        from aiact_check.asking.dialogue import Contradicts
        from aiact_check.assessing.said import answer_says

        try:
            gone = self.dialogue.take(fact, Told(value=value, note=note))
        except Contradicts as found:
            self.say(self.text(found.says), self.says("interview.contradicts"))
            return
        except edit.CannotEdit as refused:
            stop(said(refused.says, self.lang))
        self.save()
        question = self.base.questions[fact]
        answer = answer_says(question, value, self.lang) if value != "unknown" else None
        self.say(f"→ {self.typeset(answer)}" if answer else f"→ {self.says('interview.dont_know')}")
        if gone:
            labels = ", ".join(said(self.base.questions[other].label, self.lang) for other in gone)
            self.say(self.says("interview.gone", questions=labels))
        self.progress()

    def progress(self) -> None:
        """What the answer changed, and what the system could still be."""
        from aiact_check.asking.outlook import consequence

        before, self.now = self.now, self.dialogue.glance()
        if before != self.now:
            self.say(self.text(consequence(self.base, self.dialogue.law, before, self.now)))
            self.say(self.standing())

    def show(self, step: Step) -> None:
        question = self.base.questions[step.fact]
        group = said(self.base.groups[self.base.group_of[step.fact]].title, self.lang)
        echo()
        if group != self.group:
            self.group = group
            echo(f"── {self.typeset(group)} ──")
        more = self.says("interview.at_least", count=step.at_least) if step.at_least > 1 else ""
        self.say(f"{self.dialogue.number}. {self.text(question.ask)}{more}")
        self.say(self.text(question.help), indent="   ")

    def save(self) -> None:
        """Write the answers, unless the file was changed by another hand meanwhile."""
        from aiact_check.reading.problem import Problem

        try:
            same = read_text(self.file) == self.saved
        except (Problem, UnicodeDecodeError):
            same = False
        if not same:
            stop(self.says("interview.changed", file=self.file))
        write(self.file, self.dialogue.content.encode())
        self.saved = self.dialogue.content

    def standing(self) -> str:
        from aiact_check.asking.questions import standing

        return self.text(standing(self.now))

    def says(self, key: str, **slots: object) -> str:
        from aiact_check.text import phrase

        return self.text(phrase(key, **slots))

    def text(self, text: Text) -> str:
        return self.typeset(said(text, self.lang))

    def typeset(self, text: str) -> str:
        from aiact_check.wording.typeset import typeset

        return typeset(text, self.lang)

    def say(self, *texts: str, indent: str = "") -> None:
        from aiact_check.cli.prompts import columns
        from aiact_check.wording.typeset import wrapped

        for line in (line for text in texts for line in wrapped(text, indent, indent, columns())):
            echo(line)
