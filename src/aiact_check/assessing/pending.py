"""The awaited texts that would touch a result, what is nearest first. Pure."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from aiact_check.assessing.bench import open_or_true
from aiact_check.assessing.parts import Verdict
from aiact_check.law.around import Awaited, AwaitedState
from aiact_check.law.condition import fold
from aiact_check.law.evaluate import NEVER, Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from aiact_check.text import Text

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import AwaitedData, Cite, DraftReadingData, Words

STATES: tuple[AwaitedState, ...] = typing.get_args(AwaitedState)


def pending(
    base: RuleBase, verdict: Verdict, values: Values, cites: Callable[[list[str]], list[Cite]]
) -> list[AwaitedData]:
    """The texts not adopted when last seen that touch what holds or may hold, or on which a reading here leans.

    None for a day before the last amendment: what was awaited then is no longer what is awaited.
    """
    if verdict.day < max(base.provisions):
        return []
    decides, all_rules = _deciding(verdict), _held(verdict)
    found: list[AwaitedData] = []
    for name, text in base.awaited.items():
        if text.state == "adopted" or (text.when and fold(text.when, values) is Truth.FALSE):
            continue
        rules = [rule for rule in base.touched[name] if rule in all_rules]
        readings = list(_readings(base, text, values))
        if rules or readings:
            found.append(
                {
                    "id": name,
                    "title": _words(text.title),
                    "cite": cites(text.basis),
                    "state": text.state,
                    "stands": _words(text.stands),
                    "source": _words(text.source),
                    "seen": text.seen,
                    "due": text.due,
                    "direction": text.direction,
                    "would": _words(text.would),
                    "rules": rules,
                    "questions": text.questions,
                    "readings": readings,
                }
            )
    return sorted(found, key=lambda entry: _rank(entry, decides))


def _rank(entry: AwaitedData, decides: set[str]) -> tuple[bool, int, bool, str, int]:
    return (
        not entry["readings"],
        STATES.index(entry["state"]),
        decides.isdisjoint(entry["rules"]),
        entry["due"] or NEVER,
        -len(entry["rules"]),
    )


def _readings(base: RuleBase, text: Awaited, values: Values) -> Iterator[DraftReadingData]:
    """The readings of this result on which the text bears: only where the answers are there to say so."""
    for reading in text.readings:
        if fold(reading.when, values) is Truth.TRUE:
            title = _words(base.rules[reading.rule].title)
            yield {"rule": reading.rule, "title": title, "follows": reading.follows}


def _deciding(verdict: Verdict) -> set[str]:
    """The rules that decide the class and the role."""
    findings = (
        *(found.finding for found in verdict.tiers),
        *(found.finding for found in verdict.roles),
        *verdict.routes,
    )
    return {finding.rule.id for finding in findings}


def _held(verdict: Verdict) -> set[str]:
    """The rules that matter for this result, since they hold or may hold."""
    procedures = {finding.rule.id for finding in verdict.conformity if open_or_true(finding)}
    duties = {duty.rule.id for duty in (*verdict.duties, *verdict.options)}
    penalties = {penalty.rule.id for penalty in verdict.penalties}
    overriding = {
        finding.rule.id
        for finding in verdict.findings
        if finding.rule.kind in ("exception", "derogation") and finding.value is Truth.TRUE
    }
    return _deciding(verdict) | procedures | duties | penalties | overriding


def _words(text: Text) -> Words:
    return {"en": text.en, "fr": text.fr}
