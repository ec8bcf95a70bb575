"""What is found of one system, as plain data: kept from run to run, written as a row, counted in a portfolio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from typing_extensions import TypedDict

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.in_force import in_force
from aiact_check.assessing import work
from aiact_check.assessing.assessment import TruthName, Words
from aiact_check.assessing.parts import Headline, Penalty, Verdict
from aiact_check.assessing.said import text
from aiact_check.assessing.verdict import decide, decide_under
from aiact_check.inventory.gathered import Entry
from aiact_check.law.columns import LARGEST
from aiact_check.law.evaluate import Answer, Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Role, Tier
from aiact_check.law.overlay import Overlaid
from aiact_check.reading.problem import Problem, Problems
from aiact_check.text import LANGUAGES, Text, phrase


class Next(TypedDict):
    """The next day on which a duty starts, and the duty, of several the one with the highest fine."""

    date: str
    rule: str


class Fine(TypedDict):
    """The highest ceiling: of the duties that hold, or else of those that may."""

    rule: str
    amount_eur: int
    turnover_percent: int
    share_eur: int | None
    lower: TruthName
    ceiling_eur: int | None
    sure: bool


class Result(TypedDict):
    """What the answers of a system come to."""

    headline: Headline
    possible: list[Tier]
    tiers: dict[Tier, TruthName]
    roles: dict[Role, TruthName]
    routes: dict[str, TruthName]
    applies: list[str]
    upcoming: list[str]
    depends: list[str]
    """Duties by id; one that several roles owe may be sure for one of them and hang on an answer for another."""
    dates: dict[str, list[str]]
    """By day, the duties that start then."""
    perhaps: dict[str, list[str]]
    """By day, the duties that may start then: each on the next day on which it may."""
    next: Next | None
    fine: Fine | None
    open: list[str]
    class_open: list[str]
    """The open questions on which the class hangs."""


class InForce(TypedDict):
    """Under an overlay, the class of a system under the law in force, or those it may have."""

    headline: Headline
    possible: list[Tier]
    duties: list[str]
    """The duties that hold or may hold."""


class Found(TypedDict):
    """One system: what is told of it, what was found, what is wrong with it."""

    where: str
    name: str
    version: str | None
    company: str | None
    supplier: str | None
    owner: str | None
    result: Result | None
    """None where what is told cannot be read."""
    in_force: InForce | None
    """None where nothing is supposed, or what is told cannot be read."""
    answers: dict[str, Any]
    work: dict[str, int]
    """How many of the duties owed are in which state, as the company says; `unsaid` where it says nothing."""
    look: dict[str, int]
    """How much of that work wants a look, by what is the matter."""
    problems: list[Words]
    remarks: list[Words]


def examiner(base: RuleBase, day: date, today: date) -> Callable[[Entry], Found]:
    """What finds out about one system after the other, under the law in force on `day`."""
    law = base.law(day)

    @lru_cache(maxsize=4096)
    def result(given: frozenset[tuple[str, Answer]]) -> Result:
        return result_of(law, decide_under(base, law, dict(given)))

    def found(entry: Entry) -> Found:
        try:
            told = told_by(entry, base, today)
        except Problems as problems:
            return _unread(entry, problems.problems)
        verdict = decide_under(base, law, told.answers) if told.work else None
        come_to = result_of(law, verdict) if verdict else result(frozenset(told.answers.items()))
        record = _record(entry, told, come_to)
        if isinstance(base, Overlaid):
            record["in_force"] = _in_force(decide(base.under, in_force(told, base).answers, day))
        if verdict:
            record["look"] = dict(Counter(remark["kind"] for remark in work.remarks(base, verdict, told.work)))
        return record

    return found


def told_by(entry: Entry, base: RuleBase, today: date) -> Questionnaire:
    """What a questionnaire or a row tells of a system.

    Raises Problems.
    """
    if isinstance(entry.told, Path):
        return answers.load(entry.told, base, today)
    return answers.understand(entry.told, base, entry.digest, today)


def _record(entry: Entry, told: Questionnaire, result: Result) -> Found:
    system, sure = told.system, {*result["applies"], *result["upcoming"]}
    owners = Counter(work.owner for work in told.work.values() if work.owner)
    states = Counter(told.work[duty].status if duty in told.work else "unsaid" for duty in sure)
    return {
        "where": entry.where,
        "name": system["name"],
        "version": system.get("version"),
        "company": told.company["name"],
        "supplier": system.get("supplier"),
        "owner": system.get("owner") or (owners.most_common(1)[0][0] if owners else None),
        "result": result,
        "in_force": None,
        "answers": {fact: told.told[fact].value for fact in told.answers},
        "work": dict(states),
        "look": {},
        "problems": [],
        "remarks": [*(in_both(remark) for remark in told.aside.values()), *_too_large(entry, result)],
    }


def _too_large(entry: Entry, result: Result) -> Iterator[Words]:
    """A ceiling that no cell of a table holds, and which would be missing there without a word."""
    ceiling = result["fine"]["ceiling_eur"] if result["fine"] else None
    if ceiling is not None and ceiling > LARGEST:
        yield text(phrase("inventory.too_large", here=entry.where, amount=ceiling))


def _unread(entry: Entry, problems: list[Problem]) -> Found:
    """A system that cannot be read stays, with what is wrong."""
    data = entry.told.data if not isinstance(entry.told, Path) else {}
    system = data.get("system", {})
    return {
        **unread(entry.where, str(system.get("name") or Path(entry.file).name), problems),
        "version": system.get("version"),
        "company": data.get("company", {}).get("name"),
        "supplier": system.get("supplier"),
        "owner": system.get("owner"),
    }


def unread(where: str, name: str, problems: list[Problem]) -> Found:
    """What stands for something that cannot be read."""
    return {
        "where": where,
        "name": name,
        "version": None,
        "company": None,
        "supplier": None,
        "owner": None,
        "result": None,
        "in_force": None,
        "answers": {},
        "work": {},
        "look": {},
        "problems": [in_both(problem) for problem in problems],
        "remarks": [],
    }


def _in_force(verdict: Verdict) -> InForce:
    duties = dict.fromkeys(duty.rule.id for duty in verdict.duties)
    return {"headline": verdict.headline, "possible": list(verdict.possible), "duties": list(duties)}


def in_both(problem: Problem) -> Words:
    """A problem in both languages, with its place."""
    return text(Text(*(problem.said(lang) for lang in LANGUAGES)))


def result_of(law: Law, verdict: Verdict) -> Result:
    """What a verdict comes to."""
    by_state: dict[str, dict[str, None]] = {"applies": {}, "upcoming": {}, "depends": {}}
    dates: dict[str, dict[str, None]] = {}
    perhaps: dict[str, dict[str, None]] = {}
    for duty in verdict.duties:
        by_state[duty.state][duty.rule.id] = None
        day = duty.start.date or next((day for day in duty.start.possible if day > verdict.day), duty.start.possible[0])
        (perhaps if duty.state == "depends" else dates).setdefault(day, {})[duty.rule.id] = None
    return {
        "headline": verdict.headline,
        "possible": list(verdict.possible),
        "tiers": {found.tier: found.finding.value.value for found in verdict.tiers},
        "roles": {found.role: found.finding.value.value for found in verdict.roles},
        "routes": {found.rule.id: found.value.value for found in verdict.routes},
        "applies": list(by_state["applies"]),
        "upcoming": list(by_state["upcoming"]),
        "depends": list(by_state["depends"]),
        "dates": {day: list(duties) for day, duties in sorted(dates.items())},
        "perhaps": {day: list(duties) for day, duties in sorted(perhaps.items())},
        "next": _next(law, verdict, dates),
        "fine": _fine(law, verdict),
        "open": [question.fact for question in verdict.open_questions],
        "class_open": [question.fact for question in verdict.open_questions if question.tiers],
    }


def _next(law: Law, verdict: Verdict, dates: dict[str, dict[str, None]]) -> Next | None:
    ahead = sorted(day for day in dates if day > verdict.day)
    if not ahead:
        return None
    amounts = {penalty.rule.id: penalty.amount for penalty in verdict.penalties}
    return {
        "date": ahead[0],
        "rule": max(dates[ahead[0]], key=lambda duty: amounts.get(law.versions[duty].penalty or "", 0)),
    }


def _fine(law: Law, verdict: Verdict) -> Fine | None:
    holds, named = set(), set()
    for duty in verdict.duties:
        penalty = law.versions[duty.rule.id].penalty
        named.add(penalty)
        if duty.state != "depends":
            holds.add(penalty)

    def order(penalty: Penalty) -> tuple[bool, int]:
        return penalty.rule.id in holds, penalty.amount

    worst = max((penalty for penalty in verdict.penalties if penalty.rule.id in named), key=order, default=None)
    if worst is None:
        return None
    return {
        "rule": worst.rule.id,
        "amount_eur": worst.amount,
        "turnover_percent": worst.percent,
        "share_eur": worst.share,
        "lower": worst.lower.value,
        "ceiling_eur": worst.ceiling,
        "sure": worst.rule.id in holds,
    }
