"""The days ahead of a system, on the small invented law of test_engine: at their bounds, in their order, each once."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiact_check.comparing.causes import Side
from aiact_check.comparing.comparison import Compared
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Start
from aiact_check.reminding.due import Day, Due, Examiner
from aiact_check.reminding.watched import Made, Watched
from tests.test_engine import AFTER, BEFORE, DAY, FAR, HELD, base, milestone, owed, rule, schedule

MEANWHILE, LATER = "2032-01-01", "2034-12-31"


def look(
    known: RuleBase, day: str = BEFORE, until: str = FAR, planned: Any = None, made: Made | None = None, **answers: Any
) -> Due:
    told = {fact: value for fact, value in answers.items() if value is not None}
    system = Watched(
        where="", name="", version="", company="", answers=told, told=answers, planned=planned or {}, made=made
    )
    return Examiner(known, known.law(date.fromisoformat(day)), until).look(system)


def test_a_day_counts_from_tomorrow_to_the_last_day_asked_for_and_the_next_beyond_is_named() -> None:
    known = base(owed(), owed("far", applies="far"), owed("last", applies="last"), milestones={
        "last": milestone(d20000101="2040-01-01")})  # fmt: skip
    near, far = Day(DAY, "starts", ("duty",)), Day(FAR, "starts", ("far",))
    for day, until, ahead, later in (
        (BEFORE, FAR, (near, far), "2040-01-01"),
        (BEFORE, LATER, (near,), FAR),
        (BEFORE, DAY, (near,), FAR),
        (BEFORE, BEFORE, (), DAY),
        (DAY, FAR, (far,), "2040-01-01"),
        (FAR, "2099-01-01", (Day("2040-01-01", "starts", ("last",)),), None),
    ):
        found = look(known, day, until, held=True)
        assert (found.ahead, found.later, found.late, found.begun) == (ahead, later, (), ())
        assert found.is_due is bool(ahead)


def test_what_a_company_plans_for_today_is_ahead_and_what_it_planned_for_yesterday_late() -> None:
    known = base(owed(), owed("b"), rule("may", "option", who=["a"], applies="start"))
    planned = {"may": DAY, "b": DAY, "duty": BEFORE, "gone": DAY}
    found = look(known, DAY, planned=planned, held=True)
    assert found.ahead == (Day(DAY, "planned", ("b", "may")),)
    assert found.late == (Day(BEFORE, "planned", ("duty",)),)
    assert found.is_due
    assert look(known, AFTER, planned={"duty": BEFORE}, held=True).is_due
    assert not look(known, DAY, planned={"gone": DAY}, held=True).is_due


def test_of_a_day_the_duties_with_the_highest_fine_come_first_and_what_is_sure_is_no_perhaps() -> None:
    turns = schedule(Start(milestone="start", when={"fact": "other"}), Start(milestone="far"))
    known = base(
        owed("a/none"), owed("b/low", penalty="low"), owed("c/high", penalty="high"),
        owed("d/perhaps", who=["b"]), owed("e/turns", applies="turns"), owed("f/both", who=["a", "b"]),
        rule("low", "penalty", amount_eur=1), rule("high", "penalty", amount_eur=2), schedules={"turns": turns},
    )  # fmt: skip
    found = look(known, held=True)
    assert found.ahead == (
        Day(DAY, "perhaps", ("d/perhaps", "e/turns")),
        Day(DAY, "starts", ("c/high", "b/low", "a/none", "f/both")),
    )
    assert look(known, DAY, held=True).ahead == (Day(FAR, "perhaps", ("e/turns",)),)


def test_a_question_is_asked_again_on_its_day_only_while_it_is_undecided_and_the_day_is_set() -> None:
    known = base(rule("later", "definition", when=HELD))
    ahead = (Day(DAY, "ask_again", ("later",)),)
    assert look(known, later="not_yet").ahead == ahead
    assert look(known, DAY, later="not_yet").ahead == ()
    assert look(known, later=True).ahead == look(known, later=False).ahead == look(known, later="unknown").ahead == ()
    assert look(known, held="not_yet").ahead == ()
    unset = base(milestones={"start": milestone(d20350101=FAR)})
    assert look(unset, until="9999-12-31", later="not_yet").ahead == ()


def test_what_has_begun_since_an_assessment_comes_by_its_day_and_not_what_began_on_that_day() -> None:
    known = base(
        owed("a", applies="far", penalty="high"), owed("b"), owed("c", who=["b"]),
        rule("high", "penalty", amount_eur=2),
    )  # fmt: skip
    begun = {}
    for made_on in (BEFORE, DAY, AFTER, FAR):
        side = Side({"held": True}, known.law(date.fromisoformat(made_on)))
        made = Made(day=made_on, side=Compared(system="", company="", side=side, told={}, language="en"))
        begun[made_on] = look(known, FAR, made=made, held=True).begun
    last = Day(FAR, "starts", ("a",))
    assert begun == {BEFORE: (Day(DAY, "starts", ("b",)), last), DAY: (last,), AFTER: (last,), FAR: ()}
