"""The rule base as a lawyer reviews it: one rule as a page, and what changed between two days. Plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from aiact_check.law.asked import Question
from aiact_check.law.condition import named
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Rule, Version
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

    def t(self, text: Text) -> str:
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
            yield f"  {getattr(provision, self.lang)}  {provision.eli}"
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
    w: Any = fixed_words(lang)["review"]
    old, new = lawful(base).law(first), base.law(second)
    lines: list[str] = []

    def section(title: str, items: list[str]) -> None:
        if items:
            lines.extend(["", title, *(line for item in items for line in wrapped(f"- {item}", "  "))])

    def named_rule(rule_id: str, day: str) -> str:
        version = (new.versions.get(rule_id) if day == new.day else None) or old.versions[rule_id]
        cites = ", ".join(getattr(base.provision(cite, day), lang) for cite in version.cites)
        return f"{rule_id}: {typeset(getattr(base.rules[rule_id].title, lang), lang)} ({cites})"

    def reading(rule_id: str) -> str:
        reads = new.versions[rule_id].reads
        return typeset(getattr(reads, lang), lang) if reads else ""

    begun, ended = sorted(set(new.versions) - set(old.versions)), sorted(set(old.versions) - set(new.versions))
    both = sorted(set(old.versions) & set(new.versions))
    changed = [rule_id for rule_id in both if old.versions[rule_id] is not new.versions[rule_id]]
    section(w["begun"], [f"{named_rule(rule_id, new.day)} {reading(rule_id)}" for rule_id in begun])
    section(w["reworded"], [f"{named_rule(rule_id, new.day)} {reading(rule_id)}" for rule_id in changed])
    section(w["ended"], [named_rule(rule_id, old.day) for rule_id in ended])
    moved = []
    for milestone_id, version in new.milestones.items():
        title = typeset(getattr(base.milestones[milestone_id].title, lang), lang)
        before = old.milestones.get(milestone_id)
        if before is None:
            moved.append(w["date_new"].format(title=title, date=written(version.date, lang)))
        elif before.date != version.date:
            days = {"old": written(before.date, lang), "date": written(version.date, lang)}
            moved.append(w["date_moved"].format(title=title, **days))
    section(w["dates"], moved)
    asked = [fact for fact in base.questions if fact not in lawful(base).questions]
    section(w["asks"], [f"{fact}: {typeset(getattr(base.questions[fact].ask, lang), lang)}" for fact in asked])
    head = w["diff"].format(first=written(old.day, lang), second=written(new.day, lang))
    return "\n".join([head, *(lines or ["", w["nothing"]])]) + "\n"
