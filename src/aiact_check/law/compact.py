"""The law as plain data for an engine elsewhere: conditions as nested lists, and the law of each time to come. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiact_check.law.asked import Question
from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Rule, Schedule, Version
from aiact_check.text import Text

Node = list[Any]
"""A condition: the name of its shape or comparison, then its parts."""
Say = Callable[[Text | None], str | None]
"""What a text says in the language asked for; None where there is no text."""


@dataclass
class Compact:
    """The algebra that writes a condition down as nested lists."""

    def all(self, parts: list[Node]) -> Node:
        """A conjunction."""
        return ["all", *parts]

    def any(self, parts: list[Node]) -> Node:
        """A disjunction."""
        return ["any", *parts]

    def negate(self, part: Node) -> Node:
        """A negation."""
        return ["not", part]

    def rule(self, rule_id: str) -> Node:
        """A rule that is named."""
        return ["rule", rule_id]

    def test(self, test: Test) -> Node:
        """A comparison of a fact."""
        return [test.operator, test.fact] + ([] if test.operator == "is" else [test.operand])


def compact(condition: Condition | None) -> Node | None:
    """A condition as nested lists; None where there is none."""
    return None if condition is None else fold(condition, Compact())


def filled(**entries: Any) -> dict[str, Any]:
    """The entries that say something."""
    return {key: value for key, value in entries.items() if value not in (None, [], {}, False, "")}


def rules(base: RuleBase, say: Say) -> dict[str, Any]:
    """What all wordings of a rule have in common."""
    return {rule.id: _rule(rule, say) for rule in base.rules.values()}


def _rule(rule: Rule, say: Say) -> dict[str, Any]:
    return filled(kind=rule.kind, title=say(rule.title), tier=rule.tier, role=rule.role, route=rule.route)


def questions(base: RuleBase, say: Say) -> dict[str, Any]:
    """The questions, and when they arise."""
    return {fact: _question(question, say) for fact, question in base.questions.items()}


def _question(question: Question, say: Say) -> dict[str, Any]:
    return filled(
        type=question.type,
        ask=say(question.ask),
        label=say(question.label),
        help=say(question.help),
        gate=compact(question.asked_if),
        choices={choice: say(label) for choice, label in question.choices.items()},
        ask_again=question.ask_again and question.ask_again.by,
        unit=say(question.unit),
        cites=question.cite,
    )


def stages(base: RuleBase, day: date, say: Say) -> list[dict[str, Any]]:
    """The law of `day`, and as it will be from each later day on which something in it changes."""
    starts = {start for rule in base.rules.values() for start in rule.versions}
    starts |= {start for milestone in base.milestones.values() for start in milestone.versions}
    starts |= set(base.provisions)
    begun = day.isoformat()
    days = [begun, *sorted(start for start in starts if start > begun)]
    return [{"from": start, **_stage(base, base.law(date.fromisoformat(start)), say)} for start in days]


def _stage(base: RuleBase, law: Law, say: Say) -> dict[str, Any]:
    versions = {rule_id: _version(law.versions[rule_id], say) for rule_id in sorted(law.versions)}
    cited = {cite for version in law.versions.values() for cite in version.cites}
    cited |= {version.instead.cite for version in law.versions.values() if version.instead}
    cited |= {milestone.cite for milestone in law.milestones.values()}
    cited |= {cite for question in base.questions.values() for cite in question.cite}
    provisions = {}
    for cite in sorted(cited):
        provision = base.provision(cite, law.day)
        provisions[cite] = [say(Text(provision.en, provision.fr)), provision.eli]
    return {
        "versions": versions,
        "derogations": law.derogations,
        "milestones": {
            name: filled(date=version.date, cite=version.cite, confidence=version.confidence,
                         because=say(version.because))
            for name, version in law.milestones.items()
        },
        "provisions": provisions,
    }  # fmt: skip


def _version(version: Version, say: Say) -> dict[str, Any]:
    return filled(
        when=compact(version.when),
        who=version.who,
        applies=version.applies,
        penalty=version.penalty,
        amount=version.amount_eur,
        percent=version.turnover_percent,
        turnover=version.turnover,
        lower_if=compact(version.lower_if),
        instead=_instead(version),
        cites=version.cites,
        duty=say(version.duty),
        evidence=[say(item) for item in version.evidence],
    )


def _instead(version: Version) -> dict[str, Any] | None:
    """The ceiling of another provision, and for whom."""
    other = version.instead
    return {"when": compact(other.when), "amount": other.amount_eur, "cites": [other.cite]} if other else None


def schedules(base: RuleBase, say: Say) -> dict[str, Any]:
    """How the start of each group of duties is worked out."""
    return {name: _schedule(schedule, say) for name, schedule in base.schedules.items()}


def _schedule(schedule: Schedule, say: Say) -> dict[str, Any]:
    return filled(
        starts=[
            filled(milestone=start.milestone, when=compact(start.when), or_later=start.or_later)
            for start in schedule.starts
        ],
        confidence=schedule.confidence,
        since=schedule.since,
        because=say(schedule.because),
        readings=[{"milestone": reading.milestone, "says": say(reading.says)} for reading in schedule.readings],
        exempt=say(schedule.exempt),
    )


def contradictions(base: RuleBase, say: Say) -> Iterator[dict[str, Any]]:
    """The answers that cannot both be right."""
    for contradiction in base.contradictions:
        yield {"when": compact(contradiction.when), "says": say(contradiction.says)}
