"""A text that is not law laid over the rule base, as if it were adopted as it stands. Pure; `laying` reads it."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from aiact_check.law.around import Awaited
from aiact_check.law.asked import Question, QuestionFile
from aiact_check.law.lawbook import Examples, RuleBase
from aiact_check.law.model import Act, Calendar, Checklist, Example, Rule, Version
from aiact_check.record import record, unique
from aiact_check.text import SHAPE, Text

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
"""What the folder of an overlay may be called: no act has such a name."""


@record
class Overlay:
    """overlay.yaml: what the text is, and from which day it is taken to count."""

    __pydantic_config__ = SHAPE
    title: Text
    """Its name, as it stands between quotation marks."""
    short: Text
    """Its name in a sentence: who wrote the wording that a report shows."""
    begins: str
    """The day from which it is taken to count: no version in its files begins before."""
    says: Text
    """How far it is, and what it would change here."""
    source: Text
    link: str
    seen: str
    """The day it was last looked at."""
    awaited: str | None = None
    """The entry of awaited.yaml it would be, which then is awaited no more."""


@unique
class Files:
    """The files of an overlay, checked for their shape: what it says itself, and what lies over the rule base."""

    name: str
    """The name of its folder: who is named under `by` in its versions."""
    overlay: Overlay
    hash: str
    """Of the rule base and of these files."""
    rules: list[Rule]
    examples: Examples
    questions: list[QuestionFile]
    calendar: Calendar
    checklists: Mapping[str, Checklist]


@unique
class Overlaid(RuleBase):
    """A rule base under an overlay, and the one in force that lies below. Its hash names the overlay."""

    files: Files
    under: RuleBase


def lay(base: RuleBase, files: Files) -> Overlaid:
    """The rule base as it would be with these files."""
    told = files.overlay
    act = Act(title=told.title, short=told.short, in_force=told.begins, eli=told.link, published=told.seen)
    questions, group_of = _questions(base, files.questions)
    milestones = dict(base.milestones)
    for name, milestone in files.calendar.milestones.items():
        before = base.milestones[name].versions if name in base.milestones else {}
        milestones[name] = replace(milestone, versions={**before, **milestone.versions})
    checklists = dict(base.checklists)
    for name, checklist in files.checklists.items():
        listed = base.checklists[name].versions if name in base.checklists else {}
        checklists[name] = replace(checklist, versions={**listed, **checklist.versions})
    return Overlaid(
        hash=f"{files.hash}+{files.name}",
        acts=replace(base.acts, acts={**base.acts.acts, files.name: act}),
        rules={**base.rules, **{rule.id: _rule(base, rule) for rule in files.rules}},
        questions=questions,
        groups={**{file.group.id: file.group for file in files.questions}, **base.groups},
        group_of=group_of,
        contradictions=[*base.contradictions, *(each for file in files.questions for each in file.contradictions)],
        screens=[*base.screens, *(screen for file in files.questions for screen in file.screens)],
        milestones=milestones,
        schedules={**base.schedules, **files.calendar.schedules},
        checklists=checklists,
        surroundings=base.surroundings,
        awaited=_awaited(base, told.awaited),
        annex=base.annex,
        examples=ChainMap(dict(files.examples), cast("dict[str, list[Example]]", base.examples)),
        provisions=base.provisions,
        files=files,
        under=base,
    )


def _rule(base: RuleBase, rule: Rule) -> Rule:
    """A rule with the wordings of both."""
    before = base.rules.get(rule.id)
    if before is None:
        return rule
    versions: dict[str, Version] = {**before.versions, **rule.versions}
    return replace(rule, versions=versions, interpretation=rule.interpretation or before.interpretation)


def _questions(base: RuleBase, files: Iterable[QuestionFile]) -> tuple[dict[str, Question], dict[str, str]]:
    """The questions, those that are new behind the others of their group; and the group of each."""
    group_of = dict(base.group_of)
    asked = dict(base.questions)
    for file in files:
        for fact, question in file.questions.items():
            group_of.setdefault(fact, file.group.id)
            asked[fact] = question
    order = list(dict.fromkeys(group_of.values()))
    facts = sorted(asked, key=lambda fact: order.index(group_of[fact]))
    return {fact: asked[fact] for fact in facts}, group_of


def _awaited(base: RuleBase, adopted: str | None) -> Mapping[str, Awaited]:
    return {name: replace(text, state="adopted") if name == adopted else text for name, text in base.awaited.items()}


def lawful(base: RuleBase) -> RuleBase:
    """The rule base in force: the one below, where there is an overlay."""
    return base.under if isinstance(base, Overlaid) else base
