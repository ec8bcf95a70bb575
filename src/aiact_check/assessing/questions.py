"""What is asked, as plain data: the open questions and what hangs on each, and every question that arises."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from aiact_check.assessing.findings import Findings
from aiact_check.assessing.forks import forks
from aiact_check.assessing.parts import OpenQuestion
from aiact_check.assessing.said import answer_says, text
from aiact_check.law.asked import Person, Question
from aiact_check.law.prose import both
from aiact_check.law.truth import Truth

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import (
        AnswerData,
        ForkData,
        OpenQuestionData,
        Words,
    )


class Questions(Findings):
    """A verdict whose questions can be written down."""

    def open_questions(self) -> Iterator[OpenQuestionData]:
        def says(question: Question, value: Any) -> Words:
            return text(both(partial(answer_says, question, value)))

        brought = forks(self.bench, self.verdict, says)
        for opened in self.verdict.open_questions:
            yield self.open_question(opened, brought.get(opened.fact, []))

    def open_question(self, opened: OpenQuestion, brought: list[ForkData]) -> OpenQuestionData:
        question = self.base.questions[opened.fact]
        return {
            "fact": opened.fact,
            "ask": text(question.ask),
            "help": text(question.help),
            "label": text(question.label),
            "choices": [{"id": choice, "label": text(label)} for choice, label in question.choices.items()],
            "cite": self.cites(question.cite),
            "judgement": question.judgement,
            "known_by": self.known_by(opened.fact),
            "tiers": list(opened.tiers),
            "rules": list(opened.rules),
            "forks": brought,
        }

    def known_by(self, fact: str) -> list[Person]:
        """Who usually knows; whoever provides the thing itself has no vendor to ask, where somebody else may know."""
        people = self.base.known_by(fact)
        roles = {found.role for found in self.verdict.roles if found.finding.value is Truth.TRUE}
        provides = "provider" in roles or self.verdict.headline == "model"
        others: list[Person] = [person for person in people if person != "vendor"]
        return others if provides and others else people

    def answers(self) -> Iterator[AnswerData]:
        """Every question that arises, answered or not, with who answered, when and why."""
        for fact, question in self.base.questions.items():
            told = self.questionnaire.told.get(fact)
            if told is None and question.arises and question.arises(self.values) is not Truth.TRUE:
                continue
            yield {
                "fact": fact,
                "group": text(self.base.groups[self.base.group_of[fact]].title),
                "ask": text(question.ask),
                "answer": told.value if told else None,
                "says": self.told(fact),
                "note": told.note if told else None,
                "by": told.by if told else None,
                "on": told.on if told else None,
                "aside": fact in self.questionnaire.aside,
                "ask_again": self.ask_again(question, told.value if told else None),
                "judgement": question.judgement,
                "cite": self.cites(question.cite),
            }
