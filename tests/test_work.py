"""What a company says of its work on its duties is kept, and what wants a look is pointed out."""

from __future__ import annotations

from datetime import date

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import parse
from tests.conftest import TODAY, TOP

SPAM = (TOP / "questionnaires" / "examples" / "spam-filter.en.yaml").read_text(encoding="utf-8")


def told(base: RuleBase, compliance: str, day: date = TODAY) -> Assessment:
    content = f"{SPAM}\ncompliance:\n{compliance}"
    return document.assess(base, answers.understand(parse("spam.yaml", content.encode()), base, ""), day)


def remarks(found: Assessment) -> list[tuple[str, str]]:
    return [(remark["rule"], remark["kind"]) for remark in found["remarks"]]


def test_what_is_said_of_a_duty_stands_beside_it(base: RuleBase) -> None:
    found = told(
        base,
        "  art-4/literacy: { status: partly, owner: C. A., due: 2026-12-15, evidence: [Plan, { link: https://x.eu }] }",
    )
    (duty,) = found["duties"]
    assert duty["work"] == {
        "status": "partly", "reason": None, "owner": "C. A.", "due": "2026-12-15", "note": None,
        "evidence": [{"kind": "text", "says": "Plan"}, {"kind": "link", "says": "https://x.eu"}],
    }  # fmt: skip
    assert remarks(found) == []


@pytest.mark.parametrize(
    ("entry", "kinds"),
    [
        ("art-4/literacy: { status: done }", ["no-evidence"]),
        ("art-4/literacy: { status: done, evidence: [Minutes] }", []),
        ("art-4/literacy: { status: planned, due: 2026-11-22 }", ["past-due"]),
        ("art-4/literacy: { status: planned, due: 2026-11-23 }", []),
        ("art-4/literacy: { status: done, due: 2026-11-22, evidence: [Minutes] }", []),
        ("art-26/7: { status: done }", ["not-owed"]),
    ],
)
def test_what_wants_a_look_is_pointed_out(base: RuleBase, entry: str, kinds: list[str]) -> None:
    assert [kind for _, kind in remarks(told(base, f"  {entry}"))] == kinds


@pytest.mark.parametrize(
    ("entry", "line", "says"),
    [
        ("art-4/literacy: { status: does-not-apply }", 1, "needs a reason"),
        ("art-4/literacie: { status: done }", 1, "unknown duty `art-4/literacie`"),
        ("art-4/literacy: { status: finished }", 1, "`finished` is not expected here"),
        ("art-4/literacy: { evidence: [x] }", 1, "`status` is missing"),
        ("art-4/literacy: { status: done, due: 15/12/2026 }", 1, "is not a date"),
        ("art-4/literacy: { status: done, evidence: [{ photo: x }] }", 1, "evidence"),
    ],
)
def test_mistakes_are_said_in_place(base: RuleBase, entry: str, line: int, says: str) -> None:
    with pytest.raises(Problems) as found:
        told(base, f"  {entry}")
    (problem,) = found.value.problems
    assert problem.line == SPAM.count("\n") + 2 + line
    assert says in str(problem)
