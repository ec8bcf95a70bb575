"""A proof as a numbered outline: only what decides, each rule opened once, down to who answered what. Pure.

Of a point that holds or not, the outline says whether its parts decide together or each by itself; of an open one,
what its parts would have to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aiact_check.assessing.said import answer_says
from aiact_check.explaining.points import Point, items_of, point_of
from aiact_check.law.condition import Test
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.proof import Proof
from aiact_check.law.prose import Sentence, word
from aiact_check.law.truth import Truth
from aiact_check.wording.typeset import shorten, shown, typeset, upper_first
from aiact_check.wording.view import View
from aiact_check.wording.voice import Voice, lines

MARK = {Truth.TRUE: "yes", Truth.FALSE: "no", Truth.UNKNOWN: "open"}
DEEPEST, ANSWER, SHORT, NOTE = 6, 200, 120, 300
NEAR = 3
"""From this depth on, a rule on which one answer decides is not opened even where what would change it is asked."""


@dataclass
class Reasoning:
    """Outlines of proofs; a rule opened in one is not opened again in the next."""

    base: RuleBase
    law: Law
    view: View
    voice: Voice
    opened: dict[str, str] = field(default_factory=dict)
    """Where each rule was opened, by its number."""
    told: set[str] = field(default_factory=set)
    """The answers whose author and note were given."""
    against: bool = False
    """Whether to say what would have to be different."""

    def __post_init__(self) -> None:
        self.answers = {answer["fact"]: answer for answer in self.view.doc["answers"]}
        self.sentence = Sentence(self.base.rules, self.base.questions, self.view.lang)

    def outline(self, proof: Proof, at: str) -> Iterator[str]:
        """The lines of a proof under its number."""
        yield from self._point(Point(proof), at, MARK[proof.value])

    def _point(self, point: Point, at: str, mark: str | None = None) -> Iterator[str]:
        proof, mark = point.proof, self.voice(mark or _mark(point))
        if proof.rule:
            yield from self._rule(point, proof.rule, at, mark)
        elif proof.test:
            yield from self._line(at, self._tests([point]))
            yield from self._further(point, at)
        else:
            yield from self._body(point, at, mark)

    def _rule(self, point: Point, rule_id: str, at: str, mark: str) -> Iterator[str]:
        version = self.law.versions.get(rule_id)
        title = f"{mark} {self.voice.text(self.base.rules[rule_id].title)}"
        if rule_id in self.opened:
            yield from self._line(at, self.voice("see", title=title, number=self.opened[rule_id]))
            return
        self.opened[rule_id] = at
        if version is None:
            yield from self._line(at, self.voice("not_yet", title=title, rule=rule_id))
            return
        cites = self.voice.cites(self.base, version.cites, self.law.day)
        named = self.voice("rule", title=title, cites=cites, rule=rule_id)
        body = point_of(point.proof.parts[0])
        facts = point.proof.why_facts
        far = not self.against or at.count(".") >= NEAR
        if point.proof.value is not Truth.UNKNOWN and len(facts) == 1 and far and not body.proof.test:
            yield from self._line(at, f"{named} {self.voice('rests', fact=self._short(facts[0]))}")
            yield from self._author(facts[0], at)
        else:
            yield from self._body(body, at, named)

    def _body(self, point: Point, at: str, head: str) -> Iterator[str]:
        """What decides a rule or a group, after its head: a single test beside it, anything else below."""
        if point.proof.rule:
            yield from self._line(at, head)
            yield from self._point(point, f"{at}.1")
            return
        items = items_of(point, all_of_them=self.against)
        if len(items) == 1 and items[0][0].proof.test:
            yield from self._line(at, f"{head} {self._tests(items[0])}")
            yield from self._further(items[0][0], at)
            return
        yield from self._line(at, f"{head} {self._group(point) if items else self.voice('always')}")
        for number, points in enumerate(items, 1):
            if points[0].proof.test:
                yield from self._line(f"{at}.{number}", self._tests(points))
                yield from self._further(points[0], f"{at}.{number}")
            else:
                yield from self._point(points[0], f"{at}.{number}")

    def _tests(self, points: list[Point]) -> str:
        """One answer, as the tests of one question take it; or a question without an answer."""
        proof, test = points[0].proof, points[0].proof.test
        assert test
        label = upper_first(self.voice.text(self.base.questions[test.fact].label))
        if points[0].idle:
            facts = [self._short(fact) for fact in proof.why_facts]
            return self.voice("does_not_arise", label=label, facts="; ".join(facts))
        if proof.value is not Truth.UNKNOWN:
            return self._answer([point.proof for point in points], test.fact, label)
        number = self.view.open_numbers.get(test.fact)
        says = self.voice("open_test", label=label, compared=self._compared([test]))
        asked = self.voice("numbered" if number else "unnumbered", number=number, fact=test.fact)
        return f"{self.voice(_mark(points[0]))} {says} {asked}"

    def _further(self, point: Point, at: str) -> Iterator[str]:
        """Below an answer, who gave it and why; below an open question, what it arises from."""
        proof = point.proof
        if fact := point.answered:
            yield from self._author(fact, at)
        elif proof.value is Truth.UNKNOWN:
            yield from (line for gate in proof.parts if gate.value is Truth.UNKNOWN for line in self._gate(gate, at))

    def _gate(self, gate: Proof, at: str) -> Iterator[str]:
        yield from lines(self.voice("asked_if"), self._indent(at) + "  ")
        yield from self._point(point_of(gate), f"{at}.1")

    def _answer(self, proofs: list[Proof], fact: str, label: str) -> str:
        """What was answered; of a list, what counts here; where it does not fit, what would have."""
        value = self.answers[fact]["answer"]
        met = [proof.test for proof in proofs if proof.value is Truth.TRUE and proof.test]
        unmet = [proof.test for proof in proofs if proof.value is Truth.FALSE and proof.test]
        if met and not unmet and isinstance(value, list):
            wanted = {choice for test in met for choice in _choices(test)}
            counting = [choice for choice in value if choice in wanted]
            key = "answer" if len(counting) == len(value) else "answer_among"
            return self.voice(key, label=label, answer=self._said(fact, counting))
        answer = self._said(fact, value)
        if any(test.operator != "is" for test in unmet):
            return self.voice("answer_not", label=label, answer=answer, compared=self._compared(unmet))
        if any(test.operator not in ("is", "one_of", "has") for test in met):
            return self.voice("answer_is", label=label, answer=answer, compared=self._compared(met))
        return self.voice("answer", label=label, answer=answer)

    def _compared(self, tests: list[Test]) -> str:
        """What answers are compared with; a milestone as the day that the law in force sets."""
        operands = [self.sentence.operand(self.base.questions[test.fact], self._dated(test)) for test in tests]
        lang = self.view.lang
        return shorten(typeset(word("or", lang).join(dict.fromkeys(operands)), lang), ANSWER)

    def _dated(self, test: Test) -> Test:
        if test.operator not in ("before", "on_or_after"):
            return test
        return replace(test, operand=self.view.day(self.law.date_of(test.operand)))

    def _said(self, fact: str, value: object, longest: int = ANSWER) -> str:
        """An answer in words."""
        question = self.base.questions[fact]
        if question.type == "date":
            return self.view.day(str(value))
        return shorten(typeset(answer_says(question, value, self.view.lang), self.view.lang), longest)

    def _short(self, fact: str) -> str:
        label = upper_first(self.voice.text(self.base.questions[fact].label))
        return self.voice("short", label=label, answer=self._said(fact, self.answers[fact]["answer"], SHORT))

    def _author(self, fact: str, at: str) -> Iterator[str]:
        """Who said so, where it was not the usual author, and why; once for each answer."""
        if fact in self.told:
            return
        self.told.add(fact)
        answer, indent = self.answers[fact], self._indent(at) + "  "
        if answer["by"] and self.view.signed(answer):
            when = self.view.day(answer["on"]) if answer["on"] else ""
            key = "said_by_on" if when else "said_by"
            yield from lines(self.voice(key, by=shown(answer["by"]), on=when), indent)
        if answer["note"]:
            yield from lines(self.voice("note", note=shown(answer["note"], NOTE)), indent)

    def _group(self, point: Point) -> str:
        """How the parts of a point make its value and, where asked, what would have to be different."""
        shape = point.proof.shape
        if point.proof.value is Truth.UNKNOWN:
            return self.voice(f"open_group.{f'not_{shape}' if point.denied else shape}")
        kind = "together" if point.together else "alone"
        return self.voice(f"against.{kind}" if self.against else f"group.{kind}")

    def _line(self, at: str, text: str) -> list[str]:
        return lines(f"{at}. {text}", self._indent(at))

    @staticmethod
    def _indent(at: str) -> str:
        return "  " * min(at.count(".") + 1, DEEPEST)


def _choices(test: Test) -> list[str]:
    return [test.operand] if isinstance(test.operand, str) else list(test.operand)


def _mark(point: Point) -> str:
    """Yes, no or open; of an open point also what it would have to be."""
    key = MARK[point.proof.value]
    return f"{key}_{'no' if point.denied else 'yes'}" if key == "open" else key
