"""An interview as it goes on in the terminal: question by question, what is asked, taken, said and written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from aiact_check.cli.common import read_text, stop
from aiact_check.cli.spoken import echo
from aiact_check.cli.writing import write
from aiact_check.text import Text, said

if TYPE_CHECKING:
    from aiact_check.asking.course import Step
    from aiact_check.asking.dialogue import Dialogue
    from aiact_check.asking.glance import Glance
    from aiact_check.asking.screens import Together
    from aiact_check.cli.prompts import Asker
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language


class Conversation:
    """The dialogue knows what to ask, the asker how."""

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
