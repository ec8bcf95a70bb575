"""What changed between two verdicts, in words: by kind of change and, where it was looked into, by cause. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiact_check.assessing.said import answer_says
from aiact_check.comparing.causes import Cause
from aiact_check.comparing.outcome import Change, Key, Outcome, Value
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.wording.speech import figure
from aiact_check.wording.typeset import day, listed, shorten, typeset, upper_first, words
from aiact_check.wording.voice import Voice, bullets, lines

CAUSES, ANSWER = 4, 120
NAMES: Mapping[Any, str] = {"true": "yes", "unknown": "open", None: "no"}

Causes = Callable[[Change], Sequence[Cause]]


@dataclass
class Difference:
    """The words for changes between an old and a new side: its law and what was answered."""

    base: RuleBase
    voice: Voice
    old: tuple[Law, Mapping[str, Any]]
    new: tuple[Law, Mapping[str, Any]]
    after: Outcome
    """The facts of the new side."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of rules and questions that the rule base does not have."""

    def __post_init__(self) -> None:
        self.lang = self.voice.lang
        self.w: Any = words(self.lang)

    def lines(self, found: Sequence[Change], causes: Causes = lambda change: ()) -> Iterator[str]:
        """Every change under the heading of its kind, those with the same causes together."""
        sections: dict[str, dict[tuple[Cause, ...], list[Change]]] = {}
        for change in found:
            of_kind = sections.setdefault(section_of(change), {})
            of_kind.setdefault(tuple(causes(change)), []).append(change)
        for section, by_cause in sections.items():
            items = {cause: self._items(alike) for cause, alike in by_cause.items()}
            yield ""
            yield from lines(self.voice.count(f"section.{section}", sum(map(len, items.values()))))
            for cause, said in items.items():
                yield from bullets(said)
                yield from self._because(cause)

    def _because(self, causes: tuple[Cause, ...]) -> Iterator[str]:
        for cause in causes[:CAUSES]:
            yield from lines(f"{self.voice('because')} {self.cause(cause)}", "   ")
        if len(causes) > CAUSES:
            yield from lines(self.voice.count("because_more", len(causes) - CAUSES), "   ")

    def _items(self, found: list[Change]) -> list[str]:
        """The changes as items of a list; a duty once, with all its roles."""
        alike: dict[tuple[Any, ...], list[Change]] = {}
        for change in found:
            days = self.after.get(Key("date", change.key.name, change.key.role))
            alike.setdefault((change.key.part, change.key.name, change.old, change.new, days), []).append(change)
        roles = [[self._role(change.key.role) for change in same if change.key.role] for same in alike.values()]
        return [self._says(same[0], listed(of, self.lang)) for same, of in zip(alike.values(), roles, strict=True)]

    def _says(self, change: Change, roles: str) -> str:
        part, name, _ = change.key
        old, new = change.old, change.new
        match part:
            case "headline" | "tier" | "role":
                return self._class_or_role(change)
            case "duty" if new is None:
                return self.voice("duty_lost", title=self._title(name), roles=roles, rule=name)
            case "duty" | "begun":
                return self.voice("duty", title=self._title(name), roles=roles, rule=name, days=self._days_of(change))
            case "date":
                slots = {"title": self._title(name), "roles": roles, "rule": name}
                return self.voice("duty_moved", old=self._days(old), new=self._days(new), **slots)
            case "tier_date":
                named = self.w["tiers"][name]["name"]
                return self.voice("class_moved", name=named, old=self._days(old), new=self._days(new))
            case "tier_begun":
                return self.voice("class_begun", name=self.w["tiers"][name]["name"], days=self._days_of(change))
            case "wording":
                return self.voice("reworded", title=self._title(name), rule=name)
            case "penalty":
                amounts = {"old": self._figure(old), "new": self._figure(new)}
                return self.voice("turned", name=self._title(name), **amounts)
        return self.question(name)

    def _class_or_role(self, change: Change) -> str:
        part, name, _ = change.key
        if part == "headline":
            old, new = (self.w["tiers"][value]["name"] for value in (change.old, change.new))
            return self.voice("turned", name=self.voice("class"), old=old, new=new)
        named = self._role(name) if part == "role" else self.w["tiers"][name]["name"]
        old, new = (self.voice(NAMES[value]) for value in (change.old, change.new))
        return self.voice("turned", name=typeset(named, self.lang), old=old, new=new)

    def cause(self, cause: Cause) -> str:
        """A cause as a sentence."""
        match cause.kind:
            case "answer":
                return self.voice("cause.answer", says=self.answer(cause.name))
            case "rule":
                return self._rule_changed(cause.name)
            case "milestone":
                return self._milestone_changed(cause.name)
            case "day":
                return self.voice("cause.day", old=self._day(self.old[0].day), new=self._day(self.new[0].day))
        return self.voice("cause.rules")

    def _rule_changed(self, name: str) -> str:
        before, after = (law.versions.get(name) for law in (self.old[0], self.new[0]))
        law, version = (self.new[0], after) if after else (self.old[0], before)
        assert version
        rule = self.base.rules[name]
        begun = [start for start in sorted(rule.versions) if start <= max(self.old[0].day, self.new[0].day)]
        act = rule.versions[begun[-1]].by
        key = "cause.rule_new" if before is None else "cause.rule_gone" if after is None else "cause.rule_reworded"
        cite = self.voice.cites(self.base, version.cites, law.day)
        return self.voice(key, title=rule.title, cite=cite, act=self.base.acts.acts[act].short)

    def _milestone_changed(self, name: str) -> str:
        before, after = (law.milestones.get(name) for law in (self.old[0], self.new[0]))
        milestone, latest = self.base.milestones[name], after or before
        assert latest
        cite = self.voice.cites(self.base, [latest.cite], self.new[0].day)
        slots = {"title": milestone.title, "cite": cite, "act": self.base.acts.acts[latest.by].short}
        if before and after:
            return self.voice("cause.date", old=self._day(before.date), new=self._day(after.date), **slots)
        return self.voice("cause.date_new", new=self._day(latest.date), **slots)

    def _title(self, name: str) -> str:
        rule = self.base.rules.get(name)
        return self.voice.text(rule.title) if rule else self.titles.get(name, name)

    def _role(self, role: str) -> str:
        if role in self.w["roles"]:
            return typeset(self.w["roles"][role]["name"], self.lang)
        rule = next((rule for rule in self.base.rules.values() if rule.role == role), None)
        return self.voice.text(rule.title) if rule else role

    def question(self, fact: str) -> str:
        """A question in a few words."""
        question = self.base.questions.get(fact)
        return upper_first(self.voice.text(question.label)) if question else self.titles.get(fact, fact)

    def answer(self, fact: str) -> str:
        """An answer as it was and as it is."""
        before, after = (self._answer(fact, told.get(fact)) for _, told in (self.old, self.new))
        if before == after:
            return self.voice("as_before", name=self.question(fact), now=after)
        return self.voice("turned", name=self.question(fact), old=before, new=after)

    def _answer(self, fact: str, value: Any) -> str:
        if value in (None, UNKNOWN, [UNKNOWN]):
            return self.voice("not_known")
        question = self.base.questions[fact]
        if question.type == "date":
            return self._day(value)
        return shorten(typeset(answer_says(question, value, self.lang), self.lang), ANSWER)

    def _day(self, iso: str) -> str:
        return day(iso, self.lang)

    def _days_of(self, change: Change) -> str:
        """The days on which a class or a duty of the new side starts or could."""
        part, name, role = change.key
        return self._days(self.after[Key("tier_date" if part == "tier_begun" else "date", name, role)])

    def _days(self, days: Value) -> str:
        assert isinstance(days, tuple)
        return listed([self._day(str(each)) for each in days], self.lang, "or")

    def _figure(self, ceiling: Value) -> str:
        if not isinstance(ceiling, tuple):
            return self.voice("none")
        keys = ("ceiling_eur", "amount_eur", "turnover_percent", "share_eur", "lower")
        return figure(dict(zip(keys, ceiling, strict=True)), self.lang)


def section_of(change: Change) -> str:
    """The heading of a change."""
    part, old, new = change.key.part, change.old, change.new
    if part == "duty":
        if new is None:
            return f"duty_lost_{'sure' if old == 'true' else 'open'}"
        return f"duty_{'new' if old is None else 'now'}_{'sure' if new == 'true' else 'open'}"
    if part in ("tier_begun", "begun", "open"):
        return f"{part}_{'yes' if new else 'no'}"
    return part
