"""The duties as work: what a company says of its work on them, and what to do next. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from aiact_check.wording.beside import Beside
from aiact_check.wording.speech import Data

NOT_STARTED, DONE, CLAIMED = "not-started", "done", "does-not-apply"
STATES = (DONE, "partly", "planned", NOT_STARTED, CLAIMED)
WITHOUT_EVIDENCE = "no-evidence"
WORDY = 400


@dataclass
class Action:
    """A step of the plan. The same number stands on page one, on the timeline and in the plan."""

    what: str
    day: str
    """Where it stands on the timeline: the company's day, or else the day the law sets, today where that is past."""
    shown: str | None = None
    """The day beside it; None where it is simply next."""
    own: bool = False
    """Whether that day is the company's."""
    duty: Data | None = None
    to: str | None = None
    """The part of the report that says more."""
    number: int = 0
    cite: list[Data] = field(default_factory=list)

    @property
    def owner(self) -> str | None:
        """Who answers for it, as the company says."""
        work = self.duty["work"] if self.duty else None
        return work["owner"] if work else None


@dataclass
class Step:
    """One line of what to do first: an action, or several under one heading."""

    label: str
    what: str
    action: Action
    """The first of them."""
    cite: list[Any]


@dataclass
class Gap:
    """A duty owed beside what the company says of its work on it."""

    duty: Data
    status: str
    number: int | None
    flags: list[str]
    """What wants a look: done without evidence, past due."""


class Plan(Beside):
    """The duties owed as work to do."""

    def status(self, duty: Data) -> str:
        """How far the company says it is; not started where it says nothing."""
        work = duty["work"]
        return str(work["status"]) if work else NOT_STARTED

    def flags(self, duty: Data) -> list[str]:
        """What wants a look in what the company says of a duty."""
        return [remark["kind"] for remark in self.doc["remarks"] if remark["rule"] == duty["id"]]

    def wordy(self, work: Data | None) -> bool:
        """Whether a company says so much of its work that its row may go on over the page."""
        said = [work["note"], work["reason"], *(item["says"] for item in work["evidence"])] if work else []
        return sum(len(text or "") for text in said) > WORDY

    @cached_property
    def strays(self) -> list[Data]:
        """Work the company records on duties that this result does not bring."""
        return [remark for remark in self.doc["remarks"] if remark["kind"] == "not-owed"]

    @cached_property
    def told(self) -> bool:
        """Whether the company says anything of its work on a duty owed, or that may be."""
        return bool(self.ahead) or any(duty["work"] for duty in self.owed)

    @cached_property
    def progress(self) -> dict[str, int]:
        """How many duties are in which state, in the order of the states."""
        counts = Counter(self.status(duty) for duty in self.owed)
        return {state: counts[state] for state in STATES if counts[state]}

    @cached_property
    def stops(self) -> bool:
        """Whether the first thing to do is to stop."""
        return self.headline_tier == "prohibited"

    @cached_property
    def actions(self) -> list[Action]:
        """What to do, numbered: stop or answer first, then the duties by the day they are due, in the order of work."""
        work = sorted(map(self._action, filter(self._to_do, self.owed)), key=lambda action: action.day)
        ask = list(self._asking())
        now = [action for action in work if self.stops and action.duty and action.duty["state"] == "applies"]
        later = [action for action in work if action not in now]
        found = [*self._stopping(), *now, *ask, *later]
        for number, action in enumerate(found, 1):
            action.number = number
        return found

    def _stopping(self) -> Iterator[Action]:
        date = self.tiers["prohibited"]["start"]["date"] if self.stops else None
        if self.stops:
            yield Action(self.t(self.w["actions"]["stop"]), max(date or "", self.doc["as_of"]), date)

    def _asking(self) -> Iterator[Action]:
        said, today = self.w["actions"], self.doc["as_of"]
        if count := len(self.doc["open_questions"]):
            yield Action(self.n(said["answer"], count), today, to="open")
        if self.maybe and self.headline_tier != "undetermined":
            yield Action(self.n(said["prepare"], len(self.maybe)), today, to="duties")

    def _to_do(self, duty: Data) -> bool:
        return self.status(duty) not in (DONE, CLAIMED) or WITHOUT_EVIDENCE in self.flags(duty)

    def _action(self, duty: Data) -> Action:
        title, own = self.t(duty["title"]), duty["work"]["due"] if duty["work"] else None
        if WITHOUT_EVIDENCE in self.flags(duty):
            title, own = self.t(self.w["actions"]["prove"], title=title), None
        shown = own or duty["applies_from"]
        day = own or max(shown, self.doc["as_of"])
        return Action(title, day, shown, bool(own), duty, cite=duty["cite"][:1])

    @cached_property
    def first_steps(self) -> list[Step]:
        """The actions as page one names them: those on one heading, one day and one person together."""
        steps: list[Step] = []
        for _, same in groupby(self.actions, key=self._bundled):
            actions = list(same)
            first, label = actions[0], ranges([action.number for action in actions])
            if len(actions) == 1 or first.duty is None:
                steps += [Step(str(action.number), action.what, action, action.cite) for action in actions]
                continue
            what = self.n(self.w["actions"]["several"], len(actions), heading=self.heading_of(first.duty))
            cited = self.articles([cite for action in actions for cite in action.cite])
            steps.append(Step(label, what, first, [cited] if cited else []))
        return steps

    def _bundled(self, action: Action) -> tuple[object, ...]:
        if action.duty is None or WITHOUT_EVIDENCE in self.flags(action.duty):
            return (action.number,)
        return self.heading_of(action.duty), action.shown, action.owner

    @cached_property
    def numbers_of(self) -> dict[str, int]:
        """The number of the action on a duty, by the duty."""
        return {action.duty["id"]: action.number for action in self.actions if action.duty}

    @cached_property
    def gap_of(self) -> dict[str, Gap]:
        """What the company says of a duty owed, by the duty."""
        return {gap.duty["id"]: gap for gap in self.gaps}

    @cached_property
    def gaps(self) -> list[Gap]:
        """Every duty owed, once: those to do in the order of the plan, those done, those said not to apply."""
        found = [Gap(duty, self.status(duty), self.numbers_of.get(duty["id"]), self.flags(duty)) for duty in self.owed]
        return sorted(found, key=lambda gap: (gap.status == CLAIMED, gap.number or len(found) + len(self.actions)))

    @cached_property
    def claimed(self) -> list[Gap]:
        """The duties that the company says do not apply to it."""
        return [gap for gap in self.gaps if gap.status == CLAIMED]

    @cached_property
    def ahead(self) -> list[Gap]:
        """The work the company records on duties that hang on open questions."""
        duties = [entry["duty"] for entry in self.maybe if entry["duty"]["work"]]
        return [Gap(duty, self.status(duty), None, self.flags(duty)) for duty in duties]

    @cached_property
    def dated_actions(self) -> str:
        """The days on which actions are due with their numbers, in words."""
        at: dict[str, list[int]] = {}
        for action in self.actions:
            at.setdefault(action.day, []).append(action.number)
        return "; ".join(f"{self.day(day)}{self.t(self.w['colon'])}{ranges(at[day])}" for day in sorted(at))


def ranges(numbers: list[int]) -> str:
    """Numbers in few signs: 1, 3–5."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
