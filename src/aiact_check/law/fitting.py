"""What of an overlay does not fit the rule base it lies over, beside what is asked of any rule or question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aiact_check.law.lawbook import RuleBase, did_you_mean
from aiact_check.law.model import Calendar, Checklist, Question, QuestionFile, RuleFile
from aiact_check.law.overlay import Overlay
from aiact_check.reading.meant import is_day
from aiact_check.reading.source import DataPath
from aiact_check.text import Text, phrase

Mistake = tuple[DataPath, Text | str, Text | str]
"""Where in a file, what is wrong, a hint."""

HEAD = ("kind", "tier", "role", "route", "derogates_from")
"""What of a rule has no version, so that an overlay repeats it as it is."""


def mistakes(base: RuleBase, name: str, begins: str, file: str, found: Any) -> Iterator[Mistake]:
    """The mistakes of one file of the overlay of this name, which counts from the day it begins."""
    match found:
        case Overlay():
            yield from _about(base, found)
        case RuleFile():
            if file != f"rules/{found.id}.yaml":
                yield ("id",), phrase("overlay.id", id=found.id), phrase("overlay.id_hint", path=f"rules/{found.id}")
            yield from _rule(base, found)
            before = base.rules[found.id].versions if found.id in base.rules else {}
            yield from _versions(found.versions, before, name, begins, ("versions",))
        case QuestionFile():
            for fact, question in found.questions.items():
                yield from _question(base, fact, question, found.group.id)
        case Calendar():
            yield from _calendar(base, name, begins, found)
        case Checklist():
            checklist = base.checklists.get(file.removeprefix("checklists/").removesuffix(".yaml"))
            yield from _versions(found.versions, checklist.versions if checklist else {}, name, begins, ("versions",))


def _about(base: RuleBase, told: Overlay) -> Iterator[Mistake]:
    for key, day in (("begins", told.begins), ("seen", told.seen)):
        if not is_day(day):
            yield (key,), *_no_day(day)
    begun = min(act.in_force for act in base.acts.acts.values())
    if is_day(told.begins) and told.begins < begun:
        yield ("begins",), phrase("overlay.before_the_act", begun=begun), ""
    if told.awaited is not None and told.awaited not in base.awaited:
        yield ("awaited",), phrase("overlay.no_awaited", name=told.awaited), did_you_mean(told.awaited, base.awaited)


def _calendar(base: RuleBase, name: str, begins: str, calendar: Calendar) -> Iterator[Mistake]:
    for milestone_id, milestone in calendar.milestones.items():
        known = base.milestones[milestone_id].versions if milestone_id in base.milestones else {}
        here: DataPath = ("milestones", milestone_id, "versions")
        yield from _versions(milestone.versions, known, name, begins, here)
        for start, version in milestone.versions.items():
            if not is_day(version.date):
                yield (*here, start, "date"), *_no_day(version.date)


def _rule(base: RuleBase, rule: RuleFile) -> Iterator[Mistake]:
    before = base.rules.get(rule.id)
    for key in HEAD if before else ():
        if getattr(rule, key) != getattr(before, key):
            held = getattr(before, key) or "–"
            yield (key,), phrase("overlay.head", field=key, held=held), phrase("overlay.head_hint")
    outcomes = {example.then for example in rule.examples}
    if rule.kind != "penalty" and not {True, False} <= outcomes:
        yield ("examples",), phrase("overlay.examples"), ""


def _versions(
    versions: Mapping[str, Any], before: Mapping[str, Any], name: str, begins: str, path: DataPath
) -> Iterator[Mistake]:
    """Wordings of an overlay are its own, count from its day or later, and no law in force comes after them."""
    for start, version in versions.items():
        here = (*path, start)
        if not is_day(start):
            yield here, *_no_day(start)
            continue
        if version.by != name:
            yield (*here, "by"), phrase("overlay.by", by=version.by), phrase("overlay.by_hint", name=name)
        if start < begins:
            yield here, phrase("overlay.too_early", day=start, begins=begins), phrase("overlay.too_early_hint")
        later = [day for day in before if day > start and day not in versions]
        if later:
            yield here, phrase("overlay.overtaken", day=start, later=min(later)), phrase("overlay.overtaken_hint")


def _question(base: RuleBase, fact: str, question: Question, group: str) -> Iterator[Mistake]:
    """A question that is asked already keeps its group, its type and its choices: answers given stay readable."""
    before = base.questions.get(fact)
    if before is None:
        return
    here: DataPath = ("questions", fact)
    if base.group_of[fact] != group:
        yield here, phrase("overlay.group", question=fact, group=base.group_of[fact]), ""
    if question.type != before.type:
        yield (*here, "type"), phrase("overlay.type", question=fact, type=before.type), phrase("overlay.kept_hint")
    for choice in before.choices:
        if choice not in question.choices:
            yield (*here, "choices"), phrase("overlay.choice", choice=choice), phrase("overlay.kept_hint")


def _no_day(day: str) -> tuple[Text, Text]:
    return phrase("overlay.no_day", day=day), phrase("overlay.no_day_hint")
