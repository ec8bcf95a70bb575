"""The law in columns and in SQL says what the Python engine says: `python -m tests.test_columns 1000` compares as many.

Here every case and every example goes through all rules, and a part of them through the whole row.
"""

from __future__ import annotations

import itertools
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from aiact_check.assessing.verdict import decide_under
from aiact_check.inventory import found, listing, typed
from aiact_check.inventory.settled import Settling, bits
from aiact_check.inventory.worked_out import Rows
from aiact_check.law import condition as conditions
from aiact_check.law import rulebase, sql
from aiact_check.law.columns import Columns, Inexpressible, program
from aiact_check.law.condition import Condition, fold
from aiact_check.law.evaluate import Answer, Answers, Choices, Law, Values
from aiact_check.law.exact import Residuals, exact
from aiact_check.law.frames import Compiled, Expressions
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from tests.conftest import TODAY
from tests.invented import cases, examples, systems

NULLABLE = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}
DECIDED: dict[str, Answer] = {
    "system_outputs": Choices(frozenset({"content"})),
    "union_presence": Choices(frozenset({"put_into_service_in_union"})),
    "on_market_or_in_use": True,
    "purposes_served": Choices(frozenset({"other_purposes"})),
    "company_activities": Choices(frozenset({"develops_or_has_developed", "uses_under_its_authority",
                                             "puts_into_service_own_use_own_name"})),
    "areas": Choices(frozenset({"employment"})),
    "employment_uses": Choices(frozenset()),
    "sensitive_practices": Choices(frozenset({"influences_people"})),
    "influence_techniques": Choices(frozenset()),
    "vulnerabilities_exploited": Choices(frozenset()),
    "product_act": Choices(frozenset()),
    "outputs_and_interactions": Choices(frozenset({"interacts_with_people", "generates_text"})),
    "content_work": Choices(frozenset({"creates_new", "changes_substance"})),
    "content_seen_by": "other_people",
    "offence_purposes": Choices(frozenset()),
}  # fmt: skip
"""Answers under which a system cannot be of minimal risk, though Kleene's logic does not see it."""


@pytest.fixture(scope="module")
def law(base: RuleBase) -> Law:
    return base.law(TODAY)


@pytest.fixture(scope="module")
def settling(base: RuleBase, law: Law) -> Settling:
    return Settling(base, law)


def every_rule(law: Law) -> dict[str, Condition]:
    return {f"rule_{place}": {"rule": rule_id} for place, rule_id in enumerate(law.versions)}


def differing(settling: Settling, told: list[Answers]) -> Iterator[dict[str, Any]]:
    """What differs in the rows of systems, between columns and the Python engine."""
    frame = typed.frame(settling.base, told)
    rows = Rows(settling, frame, settling.settle(frame)).rows(listing.TIERS)
    for answers, row in zip(told, rows.iter_rows(named=True), strict=True):
        day = row["next_date"] and row["next_date"].isoformat()
        verdict = decide_under(settling.base, settling.law, answers)
        wanted = listing.cells(found.result_of(settling.law, verdict))
        got = row | {"next_date": day}
        assert set(got) == set(wanted)
        yield {key: (got[key], wanted[key]) for key in wanted if got[key] != wanted[key]}


def test_answers_come_back_from_columns_as_they_were(base: RuleBase) -> None:
    told = [*examples(), *cases(), {"significant_design_change": "not_decided"}]
    back = [typed.answers(base, row) for row in typed.frame(base, told).iter_rows(named=True)]
    assert back == told


def test_every_rule_is_the_same_in_columns_for_every_case_and_example(base: RuleBase, law: Law) -> None:
    told: list[Answers] = [{}, *examples(), *cases(), {"significant_design_change": "not_decided"}]
    rules = every_rule(law)
    found_ = Compiled(law, rules).over(typed.frame(base, told).lazy()).collect()
    for answers, row in zip(told, found_.iter_rows(), strict=True):
        values = Values(law, answers)
        assert list(row) == [NULLABLE[values.rule(rule_id)] for rule_id in law.versions]


def test_sql_says_the_same_as_columns(base: RuleBase, law: Law, settling: Settling) -> None:
    frame = typed.frame(base, [{}, *examples(), *itertools.islice(systems(5), 20)])
    query = sql.text(law, settling.conditions, "answers", hint="MATERIALIZED ")
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE answers ({', '.join(frame.columns)})")
        places = ", ".join("?" * frame.width)
        database.executemany(f"INSERT INTO answers VALUES ({places})", frame.iter_rows())
        said = database.execute(query).fetchall()
    wanted = settling.compiled.over(frame.lazy()).collect()
    assert [tuple(None if cell is None else bool(cell) for cell in row) for row in said] == wanted.rows()


def test_a_row_in_columns_is_the_row_of_the_python_engine(settling: Settling) -> None:
    told: list[Answers] = [{}, DECIDED, *examples()[::4], *cases()[::60], *itertools.islice(systems(1), 6)]
    assert [row for row in differing(settling, told) if row] == []


def test_what_kleene_leaves_open_is_decided_exactly_once_for_many_systems(base: RuleBase, law: Law) -> None:
    minimal = {"rule": "tiers/minimal"}
    assert fold(minimal, Values(law, DECIDED)) is Truth.UNKNOWN
    assert exact(Residuals(law, DECIDED), minimal) is Truth.FALSE
    settling = Settling(base, law)
    settled = settling.settle(typed.frame(base, [DECIDED] * 200))
    assert bits(settled.false[settling.wanted.tiers["minimal"][0]], 200).all()
    assert settling.asked >= 200 > len(settling.decided)


def test_where_two_completions_are_found_exact_finds_no_other(base: RuleBase, law: Law, settling: Settling) -> None:
    told = list(itertools.islice(systems(2), 4))
    residuals = [Residuals(law, answers) for answers in told]
    settled = settling.settle(typed.frame(base, told))
    for name, condition in settling.conditions.items():
        true, false = (bits(side[name], len(told)) for side in (settled.true, settled.false))
        for place in range(len(told)):
            got = Truth.TRUE if true[place] else Truth.FALSE if false[place] else Truth.UNKNOWN
            assert got is exact(residuals[place], condition), (name, place)


@pytest.mark.parametrize(
    "condition",
    [
        {"fact": "headcount", "one_of": ["many"]},
        {"fact": "areas"},
        {"fact": "is_public_body", "has": "yes"},
        {"fact": "headcount", "below": 10**30},
        {"fact": "first_placed_on", "sometime": "2026-08-02"},
    ],
)
def test_what_columns_cannot_express_is_an_error_when_compiling(condition: Condition, law: Law) -> None:
    with pytest.raises(Inexpressible):
        program(Columns(law, Expressions()), {"wanted": {"all": [{"rule": "tiers/minimal"}, condition]}})
    with pytest.raises(Inexpressible):
        sql.text(law, {"wanted": condition}, "answers")


def test_a_text_in_sql_stays_a_text() -> None:
    language = sql.Clauses()
    assert language.one_of("fact", ["l'un", "deux"]) == "(fact IN ('l''un', 'deux'))"
    assert language.literal(None) == "CAST(NULL AS BOOLEAN)"


def test_a_comparison_of_a_day_follows_the_calendar_of_the_law(base: RuleBase, law: Law) -> None:
    test = conditions.Test("first_placed_on", "before", "annex-iii-high-risk")
    assert law.date_of("annex-iii-high-risk") in Columns(law, sql.Clauses()).comparison(test).says


def compare(count: int) -> int:
    """Compare so many systems and every case and example; how many differ."""
    base = rulebase.load()
    settling, wrong = Settling(base, base.law(date(2026, 11, 29))), 0
    told = [*examples(), *cases(), *itertools.islice(systems(7), count)]
    for start in range(0, len(told), 500):
        for place, row in enumerate(differing(settling, told[start : start + 500]), start):
            if row:
                wrong += 1
                print(f"system {place}: {row}")
        print(f"{min(start + 500, len(told))} of {len(told)} compared, {wrong} differ", flush=True)
    print(f"`exact` was asked {len(settling.decided)} times, for {settling.asked} conditions left open")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)))
