"""Checks that what the files of the law name exists and fits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aiact_check.law.around import Annex, AwaitedTexts, Surroundings
from aiact_check.law.asked import QuestionFile, Screen
from aiact_check.law.condition import Condition, Names, fold
from aiact_check.law.lawbook import UNKNOWN, RuleBase, did_you_mean, in_folder
from aiact_check.law.model import OWED, Calendar, Checklist, Kind, Rule, Version
from aiact_check.law.shapes import conditions
from aiact_check.law.trials import fits
from aiact_check.reading.meant import is_day
from aiact_check.reading.source import DataPath

Mistake = tuple[DataPath, str, str]
"""Where in a file, what is wrong, a hint."""

FIELD_OF: dict[str, tuple[Kind, ...]] = {
    "who": (*OWED, "procedure"),
    "duty": OWED,
    "evidence": OWED,
    "amount_eur": ("penalty",),
    "turnover": ("penalty",),
}


class Known:
    """Checks that whatever a file names exists and fits."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.base = rulebase
        self.days = sorted(rulebase.provisions)
        self.roles = {rule.role for rule in rulebase.rules.values() if rule.role}

    def mistakes(self, shaped: Any, data: Any) -> Iterator[Mistake]:
        """The mistakes of one file."""
        for path, condition in conditions(data):
            yield from self._condition(condition, path)
        match shaped:
            case Rule():
                yield from self._rule(shaped)
            case QuestionFile():
                yield from self._questions(shaped)
            case Calendar():
                yield from self._calendar(shaped)
            case Checklist():
                yield from self._checklist(shaped)
            case Surroundings():
                yield from self._surroundings(shaped)
            case AwaitedTexts():
                yield from self._awaited(shaped)
            case Annex():
                yield from self._annex(shaped)

    def _questions(self, file: QuestionFile) -> Iterator[Mistake]:
        for fact, question in file.questions.items():
            here: DataPath = ("questions", fact)
            undecided = question.type == "yes_no" and question.ask_again is not None
            if (question.type in ("choice", "choices") or undecided) != bool(question.choices):
                yield here, f"a question of type `{question.type}` and its choices do not fit", ""
            if question.ask_again:
                if question.type != "yes_no":
                    yield here, "only a yes/no question can be asked again", ""
                by = (*here, "ask_again", "by")
                yield from self._name(question.ask_again.by, self.base.milestones, "milestone", by)
            for cite in question.cite:
                if not any(cite in known for known in self.base.provisions.values()):
                    yield (*here, "cite"), f"no version of the Act has a provision `{cite}`", ""

        yield from self._screens(file.screens)

    def _screens(self, screens: list[Screen]) -> Iterator[Mistake]:
        for index, screen in enumerate(screens):
            for fact, value in screen.ordinary.items():
                path: DataPath = ("screens", index, "ordinary", fact)
                yield from self._name(fact, self.base.questions, "question", path)
                if value in (UNKNOWN, None) or not fits(self.base.questions.get(fact), value):
                    yield path, f"`{value}` does not answer `{fact}`", ""
                if sum(fact in other.ordinary for other in self.base.screens) > 1:
                    yield path, f"`{fact}` is asked on another screen too", ""

    def _checklist(self, checklist: Checklist) -> Iterator[Mistake]:
        starts = sorted(checklist.versions)
        for start, until in zip(starts, [*starts[1:], None], strict=True):
            version = checklist.versions[start]
            yield from self._name(version.by, self.base.acts.acts, "act", ("versions", start, "by"))
            for index, item in enumerate(version.items):
                yield from self._cite(item.cite, start, until, ("versions", start, "items", index, "cite"))

    def _surroundings(self, surroundings: Surroundings) -> Iterator[Mistake]:
        served = {
            "help": [entry.serves for entry in surroundings.help],
            "authorities": [entry.serves for entry in surroundings.authorities],
        }
        for part, entries in served.items():
            for index, rule_ids in enumerate(entries):
                for rule_id in rule_ids:
                    yield from self._name(rule_id, self.base.rules, "rule", (part, index, "serves"))

    def _awaited(self, awaited: AwaitedTexts) -> Iterator[Mistake]:
        for name, text in awaited.texts.items():
            here: DataPath = ("texts", name)
            for cite in text.basis:
                yield from self._name(cite, self.base.provisions[max(self.days)], "provision", (*here, "basis"))
            for touched in text.touches:
                for rule_id in in_folder(touched, self.base.rules) or [touched]:
                    yield from self._name(rule_id, self.base.rules, "rule", (*here, "touches"))
            for fact in text.questions:
                yield from self._name(fact, self.base.questions, "question", (*here, "questions"))
            for index, reading in enumerate(text.readings):
                yield from self._name(reading.rule, self.base.rules, "rule", (*here, "readings", index, "rule"))
            for key, day in (("seen", text.seen), ("due", text.due)):
                if not is_day(day):
                    yield (*here, key), f"`{day}` is no day", "write it like 2026-11-23"

    def _annex(self, annex: Annex) -> Iterator[Mistake]:
        day = max(self.days)
        for index, claim in enumerate(annex.claims):
            for rule_id in claim.rules:
                yield from self._name(rule_id, self.base.rules, "rule", ("claims", index, "rules"))
            for cite in claim.cite:
                yield from self._name(cite, self.base.provisions[day], "provision", ("claims", index, "cite"))
        for index, row in enumerate(annex.table.rows):
            if len(row.cells) != len(annex.table.roles):
                yield ("table", "rows", index), "a row has one cell a role", ""
            for cite in (cite for cell in row.cells for cite in cell.corrected):
                yield from self._name(cite, self.base.provisions[day], "provision", ("table", "rows", index))

    def _rule(self, rule: Rule) -> Iterator[Mistake]:
        for other in rule.derogates_from:
            yield from self._name(other, self.base.rules, "rule", ("derogates_from",))
        if rule.derogates_from and rule.kind not in ("derogation", "exception"):
            yield ("kind",), "`derogates_from` belongs to derogations and exceptions", ""
        starts = sorted(rule.versions)
        for start, until in zip(starts, [*starts[1:], None], strict=True):
            version, here = rule.versions[start], ("versions", start)
            yield from self._name(version.by, self.base.acts.acts, "act", (*here, "by"))
            if not version.repealed:
                yield from self._names(version, here)
                yield from self._fields(rule, version, here)
                for cite in version.cites:
                    yield from self._cite(cite, start, until, (*here, "cite"))
                if version.instead:
                    yield from self._cite(version.instead.cite, start, until, (*here, "instead", "cite"))

    def _names(self, version: Version, here: DataPath) -> Iterator[Mistake]:
        yield from self._name(version.penalty, self.base.rules, "rule", (*here, "penalty"))
        for checklist in version.contents:
            yield from self._name(checklist, self.base.checklists, "checklist", (*here, "contents"))
        for role in version.who:
            yield from self._name(role, self.roles, "role", (*here, "who"))
        yield from self._name(version.applies, self._starts(), "milestone or schedule", (*here, "applies"))

    def _fields(self, rule: Rule, version: Version, here: DataPath) -> Iterator[Mistake]:
        if version.reads is None:
            yield here, "`reads` is missing", "say the provision in our own words"
        for field, owners in FIELD_OF.items():
            if bool(getattr(version, field)) != (rule.kind in owners):
                yield here, f"`{field}` belongs to each {' and '.join(owners)}, and to nothing else", ""
        if rule.kind in OWED and not version.applies:
            yield here, "`applies` is missing", "a milestone or a schedule of calendar.yaml"

    def _calendar(self, calendar: Calendar) -> Iterator[Mistake]:
        for milestone_id, milestone in calendar.milestones.items():
            for start, version in milestone.versions.items():
                here: DataPath = ("milestones", milestone_id, "versions", start)
                yield from self._name(version.by, self.base.acts.acts, "act", (*here, "by"))
                yield from self._cite(version.cite, start, None, (*here, "cite"))
        for schedule_id, schedule in calendar.schedules.items():
            named_here = [entry.milestone for entry in schedule.starts] + [
                entry.milestone for entry in schedule.readings
            ]
            for milestone_id in named_here:
                yield from self._name(milestone_id, self.base.milestones, "milestone", ("schedules", schedule_id))
            here = ("schedules", schedule_id, "since")
            yield from self._name(schedule.since, self.base.provisions, "version of the Act begun on", here)

    def _starts(self) -> set[str]:
        return {*self.base.milestones, *self.base.schedules}

    def _name(self, name: str | None, known: Any, what: str, path: DataPath) -> Iterator[Mistake]:
        if name is not None and name not in known:
            yield path, f"no {what} `{name}`", did_you_mean(name, known)

    def _cite(self, cite: str, start: str, until: str | None, path: DataPath) -> Iterator[Mistake]:
        begun = max((day for day in self.days if day <= start), default=self.days[0])
        for day in self.days:
            if (
                day >= begun
                and (until is None or day < until or day == begun)
                and cite not in self.base.provisions[day]
            ):
                yield (
                    path,
                    f"the Act as of {day} has no provision `{cite}`",
                    did_you_mean(cite, self.base.provisions[day]),
                )

    def _condition(self, condition: Condition, path: DataPath) -> Iterator[Mistake]:
        names = Names()
        fold(condition, names)
        for rule_id in sorted(names.rules):
            yield from self._name(rule_id, self.base.rules, "rule", path)
        for test in names.tests:
            question = self.base.questions.get(test.fact)
            if question is None:
                yield from self._name(test.fact, self.base.questions, "question", path)
                continue
            if _FITS[test.operator] != question.type:
                yield path, f"`{test.operator}` does not fit `{test.fact}`, of type {question.type}", ""
            elif question.choices and test.operator != "is":
                for choice in [test.operand] if isinstance(test.operand, str) else test.operand:
                    yield from self._name(choice, question.choices, f"choice of `{test.fact}`", path)
            elif question.type == "date" and not str(test.operand)[:1].isdigit():
                yield from self._name(str(test.operand), self.base.milestones, "milestone", path)


_FITS = {
    "is": "yes_no", "one_of": "choice", "has": "choices", "at_least": "number", "below": "number",
    "before": "date", "on_or_after": "date",
}  # fmt: skip
