"""The rule base as a lawyer reviews it: one rule as a page, and what changed between two days. Plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from aiact_check.law.asked import Question
from aiact_check.law.condition import named
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Provision, Rule, Version
from aiact_check.law.overlay import lawful
from aiact_check.law.prose import Sentence
from aiact_check.text import Language, Text
from aiact_check.wording.typeset import day as written
from aiact_check.wording.typeset import joined, typeset, wrapped
from aiact_check.wording.typeset import words as fixed_words


def page(base: RuleBase, rule_id: str, lang: Language) -> str:
    """One rule: citations with links, readings, the condition as a sentence, questions, interpretation, examples."""
    return "\n".join(_Page(base, base.rules[rule_id], lang).lines()) + "\n"


class _Page:
    def __init__(self, base: RuleBase, rule: Rule, lang: Language) -> None:
        self.base, self.rule, self.lang = base, rule, lang
        self.w: Any = fixed_words(lang)["review"]

    def t(self, text: Text | Provision) -> str:
        return typeset(getattr(text, self.lang), self.lang)

    def lines(self) -> Iterator[str]:
        rule = self.rule
        yield f"{self.t(rule.title)}  ({rule.id}, {self.w['kinds'][rule.kind]})"
        for start in sorted(rule.versions):
            yield ""
            yield self.w["version"].format(day=written(start, self.lang), act=rule.versions[start].by)
            yield from self._version(rule.versions[start], start)
        yield from self._list(self.w["overrides"], rule.derogates_from)
        yield from self._list(self.w["overridden_by"], self._derogations())
        yield from self._list(self.w["asks"], [f"{fact}: {self.t(asked.ask)}" for fact, asked in self._questions()])
        yield from self._list(self.w["interpretation"], [self.t(note) for note in rule.interpretation])
        yield from self._list(self.w["examples"], [_example(example) for example in self.base.examples[rule.id]])

    def _version(self, version: Version, start: str) -> Iterator[str]:
        for cite in version.cites:
            provision = self.base.provision(cite, start)
            yield f"  {self.t(provision)}  {provision.eli}"
        if version.repealed:
            yield f"  {self.w['repealed']}"
            return
        if version.reads:
            yield from wrapped(f"{self.w['reads']} {self.t(version.reads)}", "  ")
        sentence = Sentence(self.base.rules, self.base.questions, self.lang)
        yield from wrapped(f"{self.w['holds']} {typeset(sentence.of(version.when), self.lang)}", "  ")
        if version.duty:
            roles = [rule for rule in self.base.rules.values() if rule.role in version.who]
            yield from wrapped(f"{self.w['who']} {', '.join(self.t(role.title) for role in roles)}", "  ")
            yield from wrapped(f"{self.w['duty']} {self.t(version.duty)}", "  ")
            yield from wrapped(f"{self.w['evidence']} {joined(map(self.t, version.evidence), self.lang)}", "  ")
            yield f"  {self.w['applies']} {version.applies}"
            yield f"  {self.w['penalty']} {version.penalty or self.w['no_penalty']}"

    def _derogations(self) -> list[str]:
        return [rule.id for rule in self.base.rules.values() if self.rule.id in rule.derogates_from]

    def _questions(self) -> Iterator[tuple[str, Question]]:
        tests = [test for version in self.rule.versions.values() for test in named(version.when).tests]
        for fact in dict.fromkeys(test.fact for test in tests):
            yield fact, self.base.questions[fact]

    def _list(self, title: str, items: list[str]) -> Iterator[str]:
        if items:
            yield ""
            yield title
            for item in items:
                yield from wrapped(f"- {item}", "  ")


def _example(example: Any) -> str:
    given = json.dumps(example.given, ensure_ascii=False)
    on = f" ({example.as_of})" if example.as_of else ""
    return f"{str(example.then).lower()}: {given}{on}"


def diff(base: RuleBase, first: date, second: date, lang: Language) -> str:
    """What changed in the law between two days, as it touches operators: rules begun, reworded, ended; dates moved."""
    change = _Change(base, lawful(base).law(first), base.law(second), lang)
    w = change.w
    sections = {"begun": change.begun(), "reworded": change.reworded(), "ended": change.ended(),
                "dates": change.moved(), "asks": change.asked()}  # fmt: skip
    lines: list[str] = []
    for title, found in sections.items():
        if items := list(found):
            lines += ["", w[title], *(line for item in items for line in wrapped(f"- {item}", "  "))]
    head = w["diff"].format(first=change.day(change.old.day), second=change.day(change.new.day))
    return "\n".join([head, *(lines or ["", w["nothing"]])]) + "\n"


class _Change:
    """The law on two days, and what differs, in words."""

    def __init__(self, base: RuleBase, old: Law, new: Law, lang: Language) -> None:
        self.base, self.old, self.new, self.lang = base, old, new, lang
        self.w: Any = fixed_words(lang)["review"]

    def t(self, text: Text | Provision) -> str:
        return typeset(getattr(text, self.lang), self.lang)

    def day(self, iso: str) -> str:
        return written(iso, self.lang)

    def named(self, rule_id: str, law: Law) -> str:
        """A rule by its id, title and citations, as they are in one of the two."""
        cites = ", ".join(self.t(self.base.provision(cite, law.day)) for cite in law.versions[rule_id].cites)
        return f"{rule_id}: {self.t(self.base.rules[rule_id].title)} ({cites})"

    def now(self, rule_id: str) -> str:
        """A rule as it is named and read on the second day."""
        reads = self.new.versions[rule_id].reads
        return f"{self.named(rule_id, self.new)} {self.t(reads) if reads else ''}"

    def begun(self) -> Iterator[str]:
        yield from map(self.now, sorted(set(self.new.versions) - set(self.old.versions)))

    def reworded(self) -> Iterator[str]:
        for rule_id in sorted(set(self.old.versions) & set(self.new.versions)):
            if self.old.versions[rule_id] is not self.new.versions[rule_id]:
                yield self.now(rule_id)

    def ended(self) -> Iterator[str]:
        for rule_id in sorted(set(self.old.versions) - set(self.new.versions)):
            yield self.named(rule_id, self.old)

    def moved(self) -> Iterator[str]:
        """The dates that are new, and those that were others."""
        for milestone, version in self.new.milestones.items():
            title, before = self.t(self.base.milestones[milestone].title), self.old.milestones.get(milestone)
            if before is None:
                yield self.w["date_new"].format(title=title, date=self.day(version.date))
            elif before.date != version.date:
                days = {"old": self.day(before.date), "date": self.day(version.date)}
                yield self.w["date_moved"].format(title=title, **days)

    def asked(self) -> Iterator[str]:
        """The questions that only a text supposed asks."""
        for fact in self.base.questions:
            if fact not in lawful(self.base).questions:
                yield f"{fact}: {self.t(self.base.questions[fact].ask)}"
