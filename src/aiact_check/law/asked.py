"""What a question may say, and what stands beside questions: groups, screens, answers that exclude each other."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import Any, Literal

from aiact_check.law import condition
from aiact_check.law.shapes import Condition
from aiact_check.record import record
from aiact_check.text import SHAPE, Text

AnswerType = Literal["yes_no", "choice", "choices", "number", "date"]
Lever = Literal["design", "fact"]
Person = Literal["vendor", "it", "hr", "owner", "counsel", "management"]
"""Who in or around a company usually knows an answer."""


@record
class AskAgain:
    """Until when it may stay undecided, and what a decision would change."""

    __pydantic_config__ = SHAPE
    by: str
    """The milestone by which to ask again."""
    says: Text


@record
class Question:
    """A fact a company is asked for."""

    __pydantic_config__ = SHAPE
    type: AnswerType
    ask: Text
    label: Text
    """A short noun phrase for proofs and tables."""
    help: Text
    cite: list[str]
    """The provisions the question serves."""
    judgement: bool = False
    """The law uses a term of judgement here: the report prints who answered and why."""
    asked_if: Condition | None = None
    """When this does not hold the question does not arise, and every test on it is false."""
    choices: dict[str, Text] = field(default_factory=dict)
    """Yes/no questions about later days: answers that stand for a no until it is asked again."""
    ask_again: AskAgain | None = None
    """Yes/no questions about later days: when to ask again what is not decided yet."""
    unit: Text | None = None
    lever: Lever = "fact"
    """`design`: the company can choose this itself, by design or intended purpose; `fact`: it is as it is."""
    known_by: list[Person] = field(default_factory=list)
    """Who usually knows, first whom to ask first; where it is not said, as for the group."""

    @cached_property
    def arises(self) -> condition.Prepared | None:
        """The condition under which it is asked, ready to be folded; None where it always is."""
        return condition.prepared(self.asked_if) if self.asked_if else None


@record
class Group:
    """The heading under which questions are asked."""

    __pydantic_config__ = SHAPE
    id: str
    title: Text
    known_by: list[Person]
    """Who usually knows the answers of the group, first whom to ask first."""


@record
class Contradiction:
    """Answers that cannot both be right."""

    __pydantic_config__ = SHAPE
    when: Condition
    says: Text


@record
class Screen:
    """Questions that most companies answer alike: they are asked together, each with its ordinary answer."""

    __pydantic_config__ = SHAPE
    title: Text
    ordinary: dict[str, Any]
    """By question, the ordinary answer as a questionnaire writes it."""


@record
class QuestionFile:
    """A file of questionnaires/questions/."""

    __pydantic_config__ = SHAPE
    group: Group
    questions: dict[str, Question]
    contradictions: list[Contradiction] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
