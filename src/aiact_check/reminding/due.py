"""What is due of a system: days ahead, duties begun since it was assessed, whether a new run says otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aiact_check.assessing.parts import Duty, Verdict
from aiact_check.assessing.verdict import decide_under
from aiact_check.comparing.causes import Inquiry, Kind, Side
from aiact_check.comparing.outcome import Change
from aiact_check.law.evaluate import NEVER, Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.reminding.watched import Made, Watched
from aiact_check.text import Text

What = Literal["starts", "perhaps", "planned", "ask_again"]
"""A duty starts, or may; a day the company set itself; a question left undecided is to be asked again."""


@dataclass(frozen=True)
class Day:
    """A day of a system, and the duties or questions it concerns."""

    date: str
    what: What
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Again:
    """What is to be said of an assessment that was made: what a new run changes, and why."""

    day: str
    laws: tuple[Text, ...]
    """The acts that came into force since."""
    other_rules: bool
    unread: tuple[str, ...]
    """Answers that the rules at hand cannot read."""
    changes: tuple[Change, ...]
    causes: frozenset[Kind]

    @property
    def older(self) -> bool:
        """Whether the law or the rules are not those of then."""
        return bool(self.laws) or self.other_rules


@dataclass(frozen=True, kw_only=True)
class Due:
    """What is due of one system."""

    system: Watched
    ahead: tuple[Day, ...] = ()
    late: tuple[Day, ...] = ()
    """Days the company set itself that have passed."""
    begun: tuple[Day, ...] = ()
    """Days since the assessment on which duties began."""
    again: Again | None = None
    later: str | None = None
    """The first day ahead that lies beyond those asked for."""

    @property
    def is_due(self) -> bool:
        """Whether anybody has to do anything."""
        return bool(self.ahead or self.late or self.begun or (self.again and self.again.changes))


@dataclass
class Examiner:
    """Looks at one system after the other, on a day and up to another."""

    base: RuleBase
    law: Law
    until: str

    def look(self, system: Watched) -> Due:
        """What is due of a system."""
        verdict = decide_under(self.base, self.law, system.answers)
        days = sorted([*self._starts(verdict), *self._own(verdict, system)], key=lambda day: (day.date, day.what))
        today = self.law.day
        beyond = [day.date for day in days if day.date > self.until]
        return Due(
            system=system,
            ahead=tuple(day for day in days if today < day.date <= self.until or _today(day, today)),
            late=tuple(day for day in days if day.what == "planned" and day.date < today),
            begun=self._begun(verdict, system.made) if system.made else (),
            again=self._again(system.made) if system.made else None,
            later=min(beyond, default=None),
        )

    def _starts(self, verdict: Verdict) -> Iterator[Day]:
        """The next day on which each duty starts or may start; of a day, the duties with the highest fine first."""
        found: dict[tuple[str, What], dict[str, None]] = {}
        for duty in self._by_fine(verdict):
            what: What = "perhaps" if duty.state == "depends" else "starts"
            days = (duty.start.date,) if duty.start.date else duty.start.possible
            if ahead := [day for day in days if day > verdict.day]:
                found.setdefault((ahead[0], what), {})[duty.rule.id] = None
        for (day, what), duties in found.items():
            surely: dict[str, None] = found.get((day, "starts"), {}) if what == "perhaps" else {}
            if names := tuple(duty for duty in duties if duty not in surely):
                yield Day(day, what, names)

    def _by_fine(self, verdict: Verdict) -> list[Duty]:
        amounts = {penalty.rule.id: penalty.amount for penalty in verdict.penalties}
        return sorted(verdict.duties, key=lambda duty: -amounts.get(self.law.versions[duty.rule.id].penalty or "", 0))

    def _own(self, verdict: Verdict, system: Watched) -> Iterator[Day]:
        """The days that the company set itself for duties it owes, and those by which a question is asked again."""
        owed = {duty.rule.id for duty in (*verdict.duties, *verdict.options)}
        planned: dict[str, list[str]] = {}
        for duty, day in system.planned.items():
            if duty in owed:
                planned.setdefault(day, []).append(duty)
        for day, duties in planned.items():
            yield Day(day, "planned", tuple(sorted(duties)))
        asked: dict[str, list[str]] = {}
        for fact, value in system.told.items():
            question = self.base.questions[fact]
            if question.ask_again and isinstance(value, str) and value in question.choices:
                asked.setdefault(self.law.date_of(question.ask_again.by), []).append(fact)
        yield from (Day(day, "ask_again", tuple(facts)) for day, facts in asked.items() if day < NEVER)

    def _begun(self, verdict: Verdict, made: Made) -> tuple[Day, ...]:
        found: dict[str, dict[str, None]] = {}
        for duty in self._by_fine(verdict):
            if duty.state == "applies" and duty.start.date and duty.start.date > made.day:
                found.setdefault(duty.start.date, {})[duty.rule.id] = None
        return tuple(Day(day, "starts", tuple(duties)) for day, duties in sorted(found.items()))

    def _again(self, made: Made) -> Again:
        """Compares an assessment with a new run; one that looked ahead, with a new run that looks as far."""
        law = self.base.law(date.fromisoformat(made.day)) if made.day > self.law.day else self.law
        inquiry = Inquiry(self.base, made.side.side, Side(made.side.side.answers, law))
        changes = tuple(inquiry.changes())
        acts = self.base.acts.acts.values()
        return Again(
            day=made.day,
            laws=tuple(act.short for act in acts if made.day < act.in_force <= law.day),
            other_rules=not made.side.same_rules,
            unread=tuple(made.side.unread),
            changes=changes,
            causes=frozenset(kind for change in changes for kind in inquiry.kinds(change)),
        )


def _today(day: Day, today: str) -> bool:
    """What the company set itself for today is ahead; a duty that starts today applies."""
    return day.what == "planned" and day.date == today
