"""The calendar as the engine computes it, for docs/calendar.md: dates as published and as amended; sample systems."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from aiact_check.assessing.parts import Start, Verdict
from aiact_check.assessing.verdict import decide
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.law.model import Milestone
from aiact_check.reading.source import parse
from aiact_check.text import data_folder

SAMPLES = "docs/calendar.yaml"
NOTHING = "–"
HEAD = """\
# The calendar

Generated from `rules/calendar.yaml` and `{samples}` by `python -m aiact_check.generate`; not written by hand.

**As published**: {published}, read on {before}, the day before the amendment came into force.
**As amended**: {amended}, read on {after}, the day up to which the law is known.
A date is *settled* where the text names it, *inferred* where it takes a reading, *open* where two readings stand.
"""


def page(base: RuleBase) -> str:
    """The page of the calendar, in Markdown."""
    first, last = sorted(base.acts.acts.values(), key=lambda act: act.in_force)[:: len(base.acts.acts) - 1]
    after = date.fromisoformat(base.acts.known_to)
    before = date.fromisoformat(last.in_force) - timedelta(days=1)
    head = HEAD.format(
        samples=SAMPLES, published=first.short.en, amended=last.short.en, before=before, after=after
    ).splitlines()
    return "\n".join(chain(head, _milestones(base), _schedules(base), _samples(base, before, after))) + "\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(*columns: str) -> list[str]:
    return [_row(list(columns)), _row(["---"] * len(columns))]


def _milestones(base: RuleBase) -> Iterator[str]:
    yield from ("", "## Dates of the Act", "")
    yield from _table("milestone", "as published", "as amended", "provision", "confidence")
    for milestone in sorted(base.milestones.values(), key=_last_date):
        last = milestone.versions[max(milestone.versions)]
        published = milestone.versions.get(min(base.provisions))
        places = dict.fromkeys(
            base.provision(version.cite, day).en for day, version in sorted(milestone.versions.items())
        )
        moved = f"**{last.date}**" if published is None or published.date != last.date else last.date
        was = published.date if published else NOTHING
        yield _row([milestone.title.en, was, moved, "; then ".join(places), last.confidence])


def _last_date(milestone: Milestone) -> str:
    return milestone.versions[max(milestone.versions)].date


def _schedules(base: RuleBase) -> Iterator[str]:
    yield from ("", "## Starts that are not plainly in the text", "")
    for schedule in base.schedules.values():
        if schedule.confidence and schedule.because:
            yield f"- **{schedule.title.en}** ({schedule.confidence}): {schedule.because.en}"
            for reading in schedule.readings:
                yield f"  - {_last_date(base.milestones[reading.milestone])}. {reading.says.en}"


def _samples(base: RuleBase, before: date, after: date) -> Iterator[str]:
    """What sample systems owe from when: one table a route, each row worked out twice."""
    data: Any = parse(SAMPLES, (data_folder() / SAMPLES).read_bytes()).data
    yield from ("", "## Sample systems, before and after", "")
    yield "Invented systems of a company that makes, sells and uses them; what is not said does not apply to them."
    for sample in data["samples"]:
        given = {
            fact: answer
            for fact, value in {**data["always"], **sample["answers"]}.items()
            if (answer := normalise(base.questions[fact], value)) is not None
        }
        verdicts = [decide(base, given, day) for day in (before, after)]
        yield from ("", f"### {sample['title']}", "")
        yield from _table("duty", "rule", "as published", "as amended")
        for rule_id in sample["shows"]:
            cells = [_cell(verdict, rule_id) for verdict in verdicts]
            changed = [cells[0], cells[1] if cells[0] == cells[1] else f"**{cells[1]}**"]
            yield _row([base.rules[rule_id].title.en, f"`{rule_id}`", *changed])


def _cell(verdict: Verdict, rule_id: str) -> str:
    found = {duty.rule.id: duty.start for duty in verdict.duties}
    if any(exemption.rule.id == rule_id for exemption in verdict.exemptions):
        return "never, as long as it stays as it is"
    return _said(found[rule_id]) if rule_id in found else "not owed"


def _said(start: Start) -> str:
    if start.readings:
        return f"{' or '.join(sorted(reading.date for reading in start.readings))} ({start.confidence})"
    said = start.date or " or ".join(start.possible)
    return said if start.confidence == "settled" else f"{said} ({start.confidence})"
