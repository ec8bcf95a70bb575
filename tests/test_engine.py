"""The engine on a small invented law: from which day, for whom, under which ceiling, and what is asked first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Duty, Penalty, Verdict
from aiact_check.assessing.verdict import decide, verdict_at
from aiact_check.law.around import Authority, Help, Surroundings
from aiact_check.law.asked import AskAgain, Question
from aiact_check.law.condition import fold
from aiact_check.law.evaluate import NEVER, Choices, Law, Values, as_of
from aiact_check.law.lawbook import RuleBase, did_you_mean, in_folder, nearest
from aiact_check.law.model import (
    Acts,
    Instead,
    Milestone,
    MilestoneVersion,
    Provision,
    Reading,
    Rule,
    Schedule,
    Start,
    Version,
)
from aiact_check.law.truth import Truth
from aiact_check.text import Text

SAY = Text("says", "dit")
BEFORE, DAY, AFTER = "2030-01-01", "2030-01-02", "2030-01-03"
FAR = "2035-01-01"
HELD = {"fact": "held"}
MILLION = 10**6


def version(**more: Any) -> Version:
    return Version(by="", cite="", **more)


def rule(name: str, kind: Any, on: str = "2000-01-01", **more: Any) -> Rule:
    ours = {key: more.pop(key) for key in ("tier", "role", "derogates_from", "route") if key in more}
    return Rule(id=name, kind=kind, title=SAY, versions={on: version(**more)}, **ours)


def milestone(**dates: str) -> Milestone:
    """A milestone by the day on which an act set it (`d20000101`), and the date it set."""
    versions = {
        f"{on[1:5]}-{on[5:7]}-{on[7:]}": MilestoneVersion(by="", cite=f"by {on}", date=day, confidence="settled")
        for on, day in dates.items()
    }
    return Milestone(title=SAY, versions=versions)


def asked(kind: Any, **more: Any) -> Question:
    return Question(type=kind, ask=SAY, label=SAY, help=SAY, cite=[], **more)


QUESTIONS = {
    "held": asked("yes_no"),
    "other": asked("yes_no"),
    "third": asked("yes_no"),
    "small": asked("yes_no"),
    "union": asked("yes_no"),
    "turnover": asked("number", asked_if={"fact": "other"}),
    "sales": asked("number"),
    "placed": asked("date"),
    "size": asked("number"),
    "areas": asked("choices", choices={"x": SAY, "y": SAY}),
    "later": asked("yes_no", choices={"not_yet": SAY}, ask_again=AskAgain(by="start", says=SAY)),
}
TIERS = [
    rule("tiers/high", "classification", tier="high-risk", when={"fact": "other"}, applies="start"),
    rule("tiers/low", "classification", tier="minimal"),
    rule("tiers/worst", "classification", tier="prohibited", when={"fact": "third"}),
]
ROLES = [
    rule("roles/a", "definition", role="a", when=HELD),
    rule("roles/b", "definition", role="b", when={"fact": "union"}),
]
MILESTONES = {"start": milestone(d20000101=DAY), "far": milestone(d20000101=FAR)}


def base(*rules: Rule, schedules: Any = None, milestones: Any = None, **around: Any) -> RuleBase:
    unused = ("groups", "group_of", "checklists", "awaited", "annex", "examples", "provisions")
    known: Any = {name: {} for name in unused}
    return RuleBase(
        hash="", acts=Acts(known_to=DAY, old_after_days=90, acts={}), contradictions=[], screens=[],
        rules={each.id: each for each in (*TIERS, *ROLES, *rules)}, questions=QUESTIONS,
        milestones=MILESTONES | (milestones or {}), schedules=schedules or {}, surroundings=Surroundings(**around),
        **known,
    )  # fmt: skip


def verdict(rules: RuleBase, day: str = DAY, **answers: Any) -> Verdict:
    return decide(rules, answers, date.fromisoformat(day))


def owed(name: str = "duty", **more: Any) -> Rule:
    return rule(name, "obligation", **{"who": ["a"], "applies": "start", **more})


def the_duty(schedule: Schedule, day: str = DAY, milestones: Any = None, **answers: Any) -> Duty | None:
    """The one duty of an invented law whose start this schedule gives."""
    known = base(owed(applies="turns"), schedules={"turns": schedule}, milestones=milestones)
    found = verdict(known, day, held=True, **answers).duties
    return found[0] if found else None


# The law of a day


def test_a_wording_counts_from_its_day_and_a_repealed_rule_until_the_day_before() -> None:
    reworded = Rule(id="r", kind="definition", title=SAY, versions={
        DAY: version(when=HELD), AFTER: version(when={"fact": "other"}), FAR: version(repealed=True)})  # fmt: skip
    moved = {"m": milestone(d20300102="2031-01-01", d20300103="2032-01-01")}

    def law(day: str) -> Law:
        return as_of({"r": reworded}, moved, QUESTIONS, day)

    assert [law(day).versions.get("r") for day in (BEFORE, FAR, "2099-01-01")] == [None] * 3
    assert law(DAY).versions["r"].when == HELD
    assert law(AFTER).versions["r"].when == law("2034-12-31").versions["r"].when == {"fact": "other"}
    assert [law(day).date_of("m") for day in (BEFORE, DAY, AFTER)] == [NEVER, "2031-01-01", "2032-01-01"]
    assert law(DAY).date_of("2029-05-05") == "2029-05-05"


def test_rules_come_in_the_order_of_their_names_whatever_the_order_of_the_files() -> None:
    law = Law(DAY, {"b": version(), "a": version(when={"rule": "c"}), "c": version()}, {}, {}, QUESTIONS)
    assert law.in_order == ["a", "b", "c"]
    assert law.rested_on == {"c"}


def test_a_derogation_takes_a_rule_away_only_while_it_is_in_force() -> None:
    known = base(rule("r", "definition"), rule("less", "derogation", on=DAY, derogates_from=["r"], when=HELD))
    for day, held, value in ((BEFORE, True, Truth.TRUE), (DAY, True, Truth.FALSE), (DAY, False, Truth.TRUE)):
        law = known.law(date.fromisoformat(day))
        assert fold({"rule": "r"}, Values(law, {"held": held})) is value
        assert fold({"rule": "of another law"}, Values(law, {})) is Truth.FALSE


@pytest.mark.parametrize(
    ("condition", "answer", "value"),
    [
        ({"fact": "placed", "before": DAY}, BEFORE, Truth.TRUE),
        ({"fact": "placed", "before": DAY}, DAY, Truth.FALSE),
        ({"fact": "placed", "before": "start"}, DAY, Truth.FALSE),
        ({"fact": "placed", "on_or_after": "start"}, DAY, Truth.TRUE),
        ({"fact": "placed", "on_or_after": DAY}, BEFORE, Truth.FALSE),
        ({"fact": "size", "at_least": 10}, 10, Truth.TRUE),
        ({"fact": "size", "at_least": 10}, 9, Truth.FALSE),
        ({"fact": "size", "below": 10}, 10, Truth.FALSE),
        ({"fact": "size", "below": 10}, 9, Truth.TRUE),
        ({"fact": "areas", "has": "y"}, Choices(frozenset("x")), Truth.FALSE),
        ({"fact": "areas", "has": "y"}, Choices(frozenset("x"), more=True), Truth.UNKNOWN),
        ({"fact": "areas", "has": "y"}, Choices(frozenset("x"), more=True, ruled_out=frozenset("y")), Truth.FALSE),
        ({"fact": "areas", "has": ["x", "y"]}, Choices(frozenset("x"), more=True), Truth.TRUE),
    ],
)
def test_a_comparison_at_its_bound(condition: Any, answer: Any, value: Truth) -> None:
    assert fold(condition, Values(base().law(date.fromisoformat(DAY)), {condition["fact"]: answer})) is value


def test_what_nobody_has_decided_counts_as_no_until_the_day_it_is_asked_again() -> None:
    for day, value in ((BEFORE, Truth.FALSE), (DAY, Truth.UNKNOWN), (AFTER, Truth.UNKNOWN)):
        law = base().law(date.fromisoformat(day))
        assert fold({"fact": "later"}, Values(law, {"later": "not_yet"})) is value
        assert fold({"fact": "held"}, Values(law, {"held": "not_yet"})) is Truth.UNKNOWN


def test_the_law_is_old_once_more_days_have_passed_than_it_may_be_relied_on() -> None:
    known = date.fromisoformat(DAY)
    assert not base().is_old(known + timedelta(days=90))
    assert base().is_old(known + timedelta(days=91))
    assert base().age(known - timedelta(days=1)) == -1


def test_a_provision_is_cited_as_the_act_of_the_day_has_it_or_as_the_last_that_had_it() -> None:
    names = ("first p", "second p", "only q", "r to come")
    p1, p2, q, r = (Provision(en=name, fr=name, eli="") for name in names)
    known = replace(base(), provisions={AFTER: {"p": p2}, FAR: {"r": r}, DAY: {"p": p1, "q": q}})
    found = {day: [known.provision(name, day).en for name in "pqr"] for day in (BEFORE, DAY, AFTER, FAR)}
    assert found == {
        BEFORE: ["first p", "only q", "r to come"], DAY: ["first p", "only q", "r to come"],
        AFTER: ["second p", "only q", "r to come"], FAR: ["second p", "only q", "r to come"],
    }  # fmt: skip


def test_the_nearest_known_word_is_named_where_one_is_near() -> None:
    known = ["headcount", "head_office", "turnover"]
    assert did_you_mean("hedcount", known) == "did you mean `headcount`?"
    assert did_you_mean("zzz", known) == ""
    assert [nearest("turn", known, alike) for alike in (0.6, 0.7)] == ["turnover", None]


# Duties and their days


def test_a_duty_applies_from_its_day_on_and_lies_ahead_before() -> None:
    known = base(owed())
    for day, state in ((BEFORE, "upcoming"), (DAY, "applies"), (AFTER, "applies")):
        (duty,) = verdict(known, day, held=True).duties
        assert (duty.state, duty.value, duty.start.date, duty.open_facts) == (state, Truth.TRUE, DAY, ())
    (duty,) = verdict(known).duties
    assert (duty.state, duty.value, duty.open_facts) == ("depends", Truth.UNKNOWN, ("held",))
    assert verdict(known, held=False).duties == ()


def test_a_duty_is_sure_where_every_answer_to_an_open_question_leads_to_it() -> None:
    either = {"any": [{"fact": "small"}, {"not": {"fact": "small"}}]}
    found = verdict(base(owed(when=either), rule("rule", "definition", when=either)), held=True)
    ((duty,), findings) = found.duties, {finding.rule.id: finding.value for finding in found.findings}
    assert (duty.state, duty.value, duty.open_facts, findings["rule"]) == ("applies", Truth.TRUE, (), Truth.TRUE)


def test_duties_come_by_day_then_name_then_role_and_only_for_roles_there_are() -> None:
    known = base(
        owed("z", who=["b", "a"]), owed("early", applies="far"), owed("b"), owed("c", who=["nobody", "a"]),
        rule("may", "option", who=["a"], applies="start"),
    )  # fmt: skip
    found = verdict(known, held=True, union=True)
    assert [(duty.rule.id, duty.role) for duty in found.duties] == [
        ("b", "a"), ("c", "a"), ("z", "a"), ("z", "b"), ("early", "a")]  # fmt: skip
    assert [duty.rule.id for duty in found.options] == ["may"]
    assert [entry.role for entry in found.roles] == ["a", "b"]


def test_a_date_that_an_amendment_moved_is_shown_with_the_one_it_was() -> None:
    moved = {"start": milestone(d20000101=DAY, d20300102=AFTER), "same": milestone(d20000101=DAY, d20300101=DAY)}
    for day, start, was in ((BEFORE, DAY, None), (DAY, AFTER, DAY)):
        (duty,) = verdict(base(owed(), milestones=moved), day, held=True).duties
        assert (duty.start.date, duty.start.was, duty.start.milestone) == (start, was, "start")
    (duty,) = verdict(base(owed(applies="same"), milestones=moved), held=True).duties
    assert duty.start.was is None


def schedule(*starts: Start, **more: Any) -> Schedule:
    return Schedule(title=SAY, starts=list(starts), **more)


def test_of_several_starts_the_earliest_that_is_sure_counts() -> None:
    two = schedule(Start(milestone="far"), Start(milestone="start", when={"fact": "other"}))
    found = {given: the_duty(two, other=given) for given in (True, False)}
    assert {given: duty and duty.start.date for given, duty in found.items()} == {True: DAY, False: FAR}
    unsure = the_duty(two)
    assert unsure
    assert (unsure.start.date, unsure.start.possible, unsure.start.open_facts) == (None, (DAY, FAR), ("other",))
    assert (unsure.state, unsure.value, unsure.open_facts) == ("depends", Truth.TRUE, ("other",))


def test_a_start_that_may_come_no_earlier_than_a_sure_one_changes_nothing() -> None:
    for perhaps in ("far", "same"):
        two = schedule(Start(milestone="start"), Start(milestone=perhaps, when={"fact": "other"}))
        duty = the_duty(two, milestones={"same": milestone(d20000101=DAY)})
        assert duty
        assert (duty.start.date, duty.start.possible, duty.start.open_facts, duty.state) == (DAY, (), (), "applies")


def test_what_never_starts_is_exempt_with_its_reason_or_not_owed() -> None:
    never = schedule(Start(milestone="start", when={"fact": "other"}), exempt=SAY)
    known = base(owed(applies="turns", who=["a", "b"]), schedules={"turns": never})
    found = verdict(known, held=True, union=True, other=False)
    assert found.duties == ()
    assert [(each.rule.id, each.role, each.because) for each in found.exemptions] == [
        ("duty", "a", SAY), ("duty", "b", SAY)]  # fmt: skip
    assert verdict(known, other=False).exemptions == ()
    assert the_duty(schedule(Start(milestone="start", when={"fact": "other"})), other=False) is None
    (duty, _) = verdict(known, held=True, union=True, other=True).duties
    assert duty.start.exempt is None


def test_a_milestone_that_no_act_has_set_yet_starts_nothing() -> None:
    unset = {"unset": milestone(d20350101="2036-01-01")}
    duty = the_duty(schedule(Start(milestone="unset"), Start(milestone="far")), milestones=unset)
    assert duty
    assert duty.start.date == FAR
    assert verdict(base(owed(applies="unset"), milestones=unset), held=True).duties == ()


def test_a_system_placed_later_starts_on_its_own_day() -> None:
    later = schedule(Start(milestone="start", or_later="placed"))
    moved = {"start": milestone(d20000101=BEFORE, d20300101=DAY)}
    for placed, start, was in ((BEFORE, DAY, BEFORE), (DAY, DAY, BEFORE), (FAR, FAR, None), (None, DAY, BEFORE)):
        duty = the_duty(later, milestones=moved, **({"placed": placed} if placed else {}))
        assert duty
        assert (duty.start.date, duty.start.was) == (start, was)


def test_readings_of_a_start_are_told_from_their_day_on_where_they_differ() -> None:
    readings = [Reading(milestone="start", says=SAY), Reading(milestone="far", says=SAY)]
    told: dict[str, Any] = {"confidence": "open", "because": SAY, "since": DAY}
    doubtful = schedule(Start(milestone="start"), readings=readings, **told)
    for day, dates, confidence in ((BEFORE, [], "settled"), (DAY, [DAY, FAR], "open"), (AFTER, [DAY, FAR], "open")):
        duty = the_duty(doubtful, day)
        assert duty
        assert ([reading.date for reading in duty.start.readings], duty.start.confidence) == (dates, confidence)
        assert duty.start.because == (SAY if dates else None)
    agreed = the_duty(schedule(Start(milestone="start"), readings=readings[:1], **told))
    alone = the_duty(schedule(Start(milestone="start"), **told))
    assert agreed
    assert alone
    assert (agreed.start.readings, agreed.start.confidence) == ((), "settled")
    assert (alone.start.readings, alone.start.confidence, alone.start.because) == ((), "open", SAY)


# Tiers, and what is asked first


def test_the_headline_is_the_gravest_tier_that_holds_and_open_while_two_may() -> None:
    told: list[tuple[Any, str, tuple[str, ...]]] = [
        ({"third": True}, "prohibited", ("prohibited",)),
        ({"third": False, "other": True}, "high-risk", ("high-risk",)),
        ({"third": False, "other": False}, "minimal", ("minimal",)),
        ({"third": False}, "undetermined", ("high-risk", "minimal")),
        ({}, "undetermined", ("prohibited", "high-risk", "minimal")),
    ]
    for answers, headline, possible in told:
        found = verdict(base(), **answers)
        assert (found.headline, found.possible) == (headline, possible)
        held = {tier.tier: tier.finding.value for tier in found.tiers}
        assert list(held) == [tier for tier in ("prohibited", "high-risk", "minimal") if tier in held]
        assert Truth.FALSE not in held.values()
        assert held["minimal"] is Truth.TRUE
    starts = {tier.tier: tier.start.date for tier in verdict(base(), third=True, other=True).tiers}
    assert starts == {"prohibited": None, "high-risk": DAY, "minimal": None}


def test_questions_come_by_what_hangs_on_them_tiers_before_roles_before_duties() -> None:
    duties = [owed(f"d{number}", when={"fact": "small"}) for number in range(9)]
    known = base(*duties, owed("more", when={"fact": "union"}), owed("size", when={"fact": "size", "below": 3}))
    found = {each.fact: each for each in verdict(known).open_questions}
    # `other` and `third` decide a tier each; `held` a role and all duties, `union` a role and one duty, `small` nine.
    assert list(found) == ["other", "third", "held", "union", "small", "size"]
    assert found["third"].tiers == ("prohibited",)
    assert found["union"].rules == ("roles/b", "more")
    assert found["small"].rules == tuple(f"d{number}" for number in range(9))
    assert found["size"].rules == ("size",)


@pytest.mark.parametrize("fact", ["held", "other", "third", "small", "union"])
def test_another_answer_supposed_gives_the_verdict_that_all_answers_give(fact: str) -> None:
    turns = schedule(Start(milestone="start", when={"fact": "other"}), Start(milestone="far"))
    known = base(
        owed("d", when={"rule": "tiers/high"}), owed("turning", applies="turns", who=["a", "b"]),
        owed("kept", when={"any": [{"fact": "small"}, {"not": {"fact": "small"}}]}), schedules={"turns": turns},
    )  # fmt: skip
    some: list[Any] = [{}, {"held": True, "other": False}, {"third": False, "small": True, "union": True}]
    for answers in some:
        bench = Bench(known, known.law(date.fromisoformat(DAY)), answers)
        verdict_at(bench)
        for answer in (True, False):
            assert verdict_at(bench.supposing(fact, answer)) == verdict(known, **{**answers, fact: answer})


# Ceilings


def ceiling(*rules: Rule, **answers: Any) -> dict[str, Penalty]:
    known = base(owed(penalty="fine"), *rules)
    return {penalty.rule.id: penalty for penalty in verdict(known, held=True, **answers).penalties}


FINE: dict[str, Any] = {
    "amount_eur": 15 * MILLION,
    "turnover_percent": 3,
    "turnover": "sales",
    "lower_if": {"fact": "small"},
}


@pytest.mark.parametrize(
    ("answers", "share", "ceiling_of"),
    [
        ({"sales": 1000 * MILLION, "small": False}, 30 * MILLION, 30 * MILLION),
        ({"sales": 1000 * MILLION, "small": True}, 30 * MILLION, 15 * MILLION),
        ({"sales": 1000 * MILLION}, 30 * MILLION, None),
        ({"sales": 100 * MILLION, "small": False}, 3 * MILLION, 15 * MILLION),
        ({"sales": 100 * MILLION, "small": True}, 3 * MILLION, 3 * MILLION),
        ({"sales": 500 * MILLION}, 15 * MILLION, 15 * MILLION),
        ({"sales": 33, "small": True}, 0, 0),
        ({"sales": 34, "small": True}, 1, 1),
        ({"small": False}, None, None),
    ],
)
def test_the_ceiling_is_the_higher_or_for_the_small_the_lower(answers: Any, share: Any, ceiling_of: Any) -> None:
    found = ceiling(rule("fine", "penalty", **FINE), **answers)["fine"]
    assert (found.amount, found.percent, found.share, found.ceiling) == (15 * MILLION, 3, share, ceiling_of)
    assert found.turnover == answers.get("sales")
    assert found.why is not None


def test_who_has_no_turnover_has_none_to_pay_a_share_of() -> None:
    fine = rule("fine", "penalty", **{**FINE, "turnover": "turnover", "lower_if": None})
    for answers, turnover, highest in (
        ({"other": False}, 0, 15 * MILLION),
        ({"other": True}, None, None),
        ({}, None, None),
        ({"other": True, "turnover": 1000 * MILLION}, 1000 * MILLION, 30 * MILLION),
    ):
        found = ceiling(fine, **answers)["fine"]
        assert (found.turnover, found.ceiling, found.why, found.lower) == (turnover, highest, None, Truth.FALSE)


def test_a_fine_may_be_an_amount_or_a_share_alone() -> None:
    found = ceiling(rule("fine", "penalty", turnover_percent=3, turnover="sales"), sales=1000 * MILLION)["fine"]
    assert (found.amount, found.ceiling) == (0, 30 * MILLION)
    found = ceiling(rule("fine", "penalty", amount_eur=MILLION))["fine"]
    assert (found.amount, found.percent, found.share) == (MILLION, 0, None)


def test_another_ceiling_stands_instead_only_for_those_it_is_for() -> None:
    other = Instead(when={"fact": "union"}, cite="", reads=SAY, amount_eur=2 * MILLION)
    fine = rule("fine", "penalty", **FINE, instead=other)
    found = ceiling(fine, union=True, sales=1000 * MILLION, small=True)["fine"]
    assert (found.amount, found.percent, found.ceiling, found.instead) == (2 * MILLION, 0, 2 * MILLION, other)
    assert (found.lower, found.why, found.turnover, found.share) == (Truth.FALSE, None, 0, 0)
    for more in ({"union": False}, {}):
        found = ceiling(fine, sales=1000 * MILLION, small=True, **more)["fine"]
        assert (found.amount, found.ceiling, found.instead) == (15 * MILLION, 15 * MILLION, None)


def test_a_fine_is_named_where_a_duty_found_has_it_or_no_duty_has_it_at_all() -> None:
    others = (
        rule("fine", "penalty", amount_eur=5), rule("after another", "penalty", amount_eur=6),
        rule("behind all", "penalty", amount_eur=7), owed("not here", penalty="after another", when={"fact": "other"}),
    )  # fmt: skip
    assert list(ceiling(*others, other=False)) == ["behind all", "fine"]
    assert list(ceiling(*others, other=True)) == ["after another", "behind all", "fine"]
    assert verdict(base(*others), held=False, other=False).penalties == ()


# Who helps and who supervises


def test_help_and_authorities_are_named_for_whom_and_what_they_are() -> None:
    def helps(name: str, *serves: str, **more: Any) -> Help:
        return Help(title=SAY, says=SAY, serves=list(serves), source=SAY, dated=name, **more)

    told: dict[str, Any] = {"says": SAY, "status": "planned", "source": SAY, "dated": ""}
    entries = [
        helps("a duty", "duty"), helps("another duty", "other duty"), helps("a tier", "gone", "tiers/high"),
        helps("some only", "duty", when={"fact": "other"}), helps("an option", "may"), helps("nothing", "gone"),
    ]  # fmt: skip
    supervises = Authority(name=SAY, serves=["roles/a"], **told)
    known = base(
        owed(), owed("other duty", when={"fact": "third"}), rule("may", "option", who=["a"], applies="start"),
        help=entries, authorities=[supervises],
    )  # fmt: skip

    def found(**answers: Any) -> list[str]:
        return [each.dated for each in verdict(known, **answers).help]

    assert found(held=True, third=False, other=False) == ["a duty", "an option"]
    assert found(held=True, third=True, other=True) == [entry.dated for entry in entries[:-1]]
    assert found(held=True) == ["a duty", "an option"]
    assert found(held=False, other=True) == ["a tier"]
    assert found() == []
    assert verdict(known, held=True).authorities == (supervises,)
    assert verdict(known).authorities == verdict(known, held=False).authorities == ()


def test_routes_and_procedures_are_named_where_they_hold_or_may() -> None:
    known = base(
        rule("way", "classification", route="annex-iii", when={"fact": "other"}),
        rule("control", "procedure", who=["a"], when={"fact": "other"}),
        rule("body", "procedure", who=["a", "b"], when={"not": {"fact": "other"}}),
    )

    def named(**answers: Any) -> Any:
        found = verdict(known, **answers)
        both = (found.routes, found.conformity)
        return tuple({finding.rule.id: finding.value for finding in findings} for findings in both)

    assert named(held=True, other=True, union=False) == ({"way": Truth.TRUE}, {"control": Truth.TRUE})
    assert named(held=True, other=False, union=False) == ({}, {"body": Truth.TRUE})
    assert named(held=False, other=True, union=False) == ({"way": Truth.TRUE}, {})
    assert named(other=True, union=False) == ({"way": Truth.TRUE}, {"control": Truth.UNKNOWN})


def test_a_duty_has_a_finding_of_its_own_only_where_a_rule_rests_on_it() -> None:
    known = base(owed("a/duty"), owed("rested/on"), rule("above", "definition", when={"rule": "rested/on"}),
                 rule("fine", "penalty", amount_eur=1))  # fmt: skip
    found = {finding.rule.id: finding.value for finding in verdict(known, third=True).findings}
    assert list(found) == ["above", "rested/on", "roles/a", "roles/b", "tiers/high", "tiers/low", "tiers/worst"]
    assert (found["above"], found["roles/a"]) == (Truth.TRUE, Truth.UNKNOWN)


def test_a_duty_that_cannot_bind_one_role_may_bind_another() -> None:
    known = base(rule("roles/c", "definition", role="c", when={"not": HELD}), owed(who=["c", "a"], when=HELD))
    assert [(duty.role, duty.state) for duty in verdict(known).duties] == [("a", "depends")]
    assert [(duty.role, duty.state) for duty in verdict(known, held=True).duties] == [("a", "applies")]
    assert verdict(known, held=False).duties == ()


def test_the_days_on_which_a_duty_may_start_are_told_in_their_order() -> None:
    days = [f"203{year}-01-01" for year in (7, 3, 9, 1, 5, 8, 2)]
    ahead = {f"in-{day[:4]}": milestone(d20000101=day) for day in days}
    duty = the_duty(schedule(*(Start(milestone=name, when={"fact": "other"}) for name in ahead)), milestones=ahead)
    assert duty
    assert duty.start.possible == tuple(sorted(days))


def test_a_folder_stands_for_the_rules_in_it_and_a_rule_for_itself() -> None:
    rules = ["art-4/literacy", "art-40/standards", "art-5/ban"]
    assert in_folder("art-4/", rules) == ["art-4/literacy"]
    assert in_folder("art-5/ban", rules) == ["art-5/ban"]
