"""What was answered and by whom, what is still to be asked and of whom, and what would follow. Pure."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from aiact_check.text import phrase, said
from aiact_check.wording.changes import Changes
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import joined, listed, upper_first

FULL_QUESTIONS = 15


class Answered(Changes):
    """The answers and the open questions of a document."""

    @cached_property
    def aside(self) -> int:
        """How many answers do not count, since their questions do not arise."""
        return sum(answer["aside"] for answer in self.doc["answers"])

    @cached_property
    def people(self) -> list[tuple[str, str | None]]:
        """Who answered, each with the last day they did."""
        found: dict[str, str | None] = {}
        for answer in self.doc["answers"]:
            if answer["by"]:
                days = [found.get(answer["by"]), answer["on"]]
                found[answer["by"]] = max((day for day in days if day), default=None)
        return list(found.items())

    @cached_property
    def author(self) -> tuple[str | None, str | None]:
        """Who gave most answers, and when: named once, and again only where another did."""
        signed = Counter((answer["by"], answer["on"]) for answer in self.doc["answers"] if answer["answer"] is not None)
        return signed.most_common(1)[0][0] if signed else (None, None)

    def signed(self, answer: Data) -> bool:
        """Whether an answer names its author: another one than usual, or a judgement that someone must stand for."""
        return (answer["by"], answer["on"]) != self.author or answer["judgement"]

    @cached_property
    def asked_of(self) -> list[tuple[str, list[int]]]:
        """The numbers of the open questions, by who is to be asked first, in words."""
        found: dict[str, list[int]] = {}
        for number, asked in enumerate(self.doc["open_questions"], 1):
            found.setdefault(asked["known_by"][0], []).append(number)
        words = {who: upper_first(self.t(said(phrase(f"people.{who}"), self.lang))) for who in found}
        return [(words[who], numbers) for who, numbers in found.items()]

    @cached_property
    def full(self) -> list[Data]:
        """The open questions shown in full: those that decide first."""
        found: list[Data] = self.doc["open_questions"][:FULL_QUESTIONS]
        return found

    @cached_property
    def later(self) -> list[Data]:
        """The answers that nothing is decided yet, to be asked again."""
        return [answer for answer in self.doc["answers"] if answer["ask_again"]]

    def fork_class(self, fork: Data) -> str:
        """The class an answer would bring, or those that would then still be possible."""
        return listed([self.tier(tier) for tier in fork["possible"]], self.lang, "or")

    def fork_brings(self, fork: Data) -> str:
        """The duties an answer would bring and the questions it would leave."""
        said = self.w["open"]
        parts = [self.n(said[f"fork_{key}"], fork[key]) for key in ("duties", "depends", "exempt", "open") if fork[key]]
        if not fork["duties"] and not fork["depends"]:
            parts = [self.t(said["fork_none"]), *parts]
        return joined(parts, self.lang)
