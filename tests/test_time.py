"""Every fifth case and every example on the day before, of and after each milestone and each new wording of the law.

`python -m tests.test_time` takes every case: some minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import get_args

import pytest

from aiact_check.answering import answers
from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Duty, Verdict
from aiact_check.assessing.verdict import decide, verdict_at
from aiact_check.law import rulebase
from aiact_check.law.condition import Condition
from aiact_check.law.evaluate import Answers, Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Tier
from aiact_check.law.proof import Proof
from aiact_check.law.truth import Truth
from tests import agreement
from tests.conftest import EXAMPLES

EVERY = 5
"""Every fifth case: all of them take five times the minute this may last."""
ALONE = 6
"""Every sixth day is worked out a second time, alone."""


def days(base: RuleBase) -> list[date]:
    """The day before, of and after every milestone, in every version, and every new wording of a rule."""
    turning = {version.date for milestone in base.milestones.values() for version in milestone.versions.values()}
    turning.update(day for milestone in base.milestones.values() for day in milestone.versions)
    turning.update(day for rule in base.rules.values() for day in rule.versions)
    return sorted({date.fromisoformat(day) + timedelta(days=step) for day in turning for step in (-1, 0, 1)})


@dataclass
class Timed(Bench):
    """A bench on which days under the same law share what is worked out; `decide` starts anew for each day."""

    asked: dict[str, Truth] = field(default_factory=dict)

    def exact(self, condition: Condition, proof: Proof | None = None) -> Truth:
        key = repr(condition)
        if key not in self.asked:
            self.asked[key] = super().exact(condition, proof)
        return self.asked[key]

    def on(self, day: date) -> Verdict:
        known = {"in_order": self.law.in_order, "rested_on": self.law.rested_on}
        self.law = replace(self.law, day=day.isoformat())
        vars(self.law).update(known)
        return verdict_at(self)


def verdicts(base: RuleBase, laws: dict[date, Law], given: Answers) -> Iterator[tuple[Timed, Verdict]]:
    """The verdict on each day, and the bench it was made on: one for all days under the same law."""
    bench: Timed | None = None
    for day, law in laws.items():
        if bench is None or not same(bench.law, law):
            bench = Timed(base, law, given)
        yield bench, bench.on(day)


def same(one: Law, other: Law) -> bool:
    """Whether two days have the same law: the day itself is all that differs."""
    return (one.versions, one.derogations, one.milestones) == (other.versions, other.derogations, other.milestones)


def sound(verdict: Verdict) -> None:
    """What holds of a verdict on any day."""
    if verdict.headline == "undetermined":
        assert len(verdict.possible) != 1
    else:
        assert verdict.possible == (verdict.headline,)
        assert verdict.headline in get_args(Tier)
    for duty in (*verdict.duties, *verdict.options):
        certain = duty.value is Truth.TRUE and duty.start.date is not None
        assert (duty.state == "depends") != certain
        if certain:
            assert duty.start.date is not None
            assert (duty.state == "applies") == (duty.start.date <= verdict.day)


def undated(duties: tuple[Duty, ...]) -> dict[tuple[str, str], tuple[Truth, object]]:
    """Duties without their state, which is all the day may change."""
    return {(duty.rule.id, duty.role): (duty.value, duty.start) for duty in duties}


def follow(base: RuleBase, laws: dict[date, Law], given: Answers) -> int:
    """Follow one system through all days: what it owes under one law it owes the next day, under the same law."""
    before: tuple[Timed, Verdict] | None = None
    count = 0
    for bench, verdict in verdicts(base, laws, given):
        sound(verdict)
        if before and before[0] is bench:
            earlier = before[1]
            assert verdict.headline == earlier.headline
            assert undated(verdict.duties) == undated(earlier.duties)
            assert undated(verdict.options) == undated(earlier.options)
            assert verdict.exemptions == earlier.exemptions
            applied = {(duty.rule.id, duty.role) for duty in earlier.duties if duty.state == "applies"}
            assert applied <= {(duty.rule.id, duty.role) for duty in verdict.duties if duty.state == "applies"}
        before = bench, verdict
        count += 1
    return count


@pytest.fixture(scope="module")
def laws(base: RuleBase) -> dict[date, Law]:
    return {day: base.law(day) for day in days(base)}


SAMPLE = agreement.files()[::EVERY]


@pytest.mark.parametrize("key", sorted({file.parent.name for file in SAMPLE}))
def test_a_case_loses_no_duty_from_one_day_to_the_next(key: str, base: RuleBase, laws: dict[date, Law]) -> None:
    for file in SAMPLE:
        if file.parent.name == key:
            follow(base, laws, agreement.told(file)[1])


def test_an_example_loses_no_duty_from_one_day_to_the_next(base: RuleBase, laws: dict[date, Law]) -> None:
    for file in EXAMPLES:
        assert follow(base, laws, answers.load(file, base).answers) == len(laws)


def test_before_the_act_nobody_owes_anything(base: RuleBase) -> None:
    for file in EXAMPLES:
        verdict = decide(base, answers.load(file, base).answers, min(days(base)))
        assert (verdict.headline, verdict.possible, verdict.duties, verdict.penalties) == ("undetermined", (), (), ())


def test_days_that_share_a_bench_get_the_verdict_of_a_day_alone(base: RuleBase, laws: dict[date, Law]) -> None:
    given = answers.load(EXAMPLES[0], base).answers
    for _, verdict in list(verdicts(base, laws, given))[::ALONE]:
        assert verdict == decide(base, given, date.fromisoformat(verdict.day))


if __name__ == "__main__":
    known = rulebase.load()
    every = {day: known.law(day) for day in days(known)}
    done = sum(follow(known, every, agreement.told(file)[1]) for file in agreement.files())
    sys.stdout.write(f"{len(agreement.files())} cases on {len(every)} days: {done} verdicts, no duty lost\n")
