"""What a company says of its work on its duties, beside the duties it owes: what wants a look. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from aiact_check.answering.answers import Work
from aiact_check.assessing.parts import Verdict
from aiact_check.law.lawbook import RuleBase

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import RemarkData, WorkData

Kind = Literal["no-evidence", "past-due", "not-owed"]
ENDED = ("done", "does-not-apply")


def written(work: Work | None) -> WorkData | None:
    """The work on a duty as plain data."""
    if work is None:
        return None
    return {
        "status": work.status,
        "reason": work.reason,
        "owner": work.owner,
        "due": work.due,
        "evidence": [{"kind": item.kind, "says": item.says} for item in work.evidence],
        "note": work.note,
    }


def remarks(base: RuleBase, verdict: Verdict, told: Mapping[str, Work]) -> Iterator[RemarkData]:
    """What wants a look, duty by duty: done without evidence, past due, or not owed by this verdict."""
    owed = {duty.rule.id for duty in (*verdict.duties, *verdict.options)}
    for duty, work in told.items():
        for kind in _kinds(work, duty in owed, verdict.day):
            title = base.rules[duty].title
            yield {"rule": duty, "title": {"en": title.en, "fr": title.fr}, "kind": kind, "due": work.due}


def _kinds(work: Work, owed: bool, day: str) -> Iterator[Kind]:
    if not owed:
        yield "not-owed"
    elif work.status == "done" and not work.evidence:
        yield "no-evidence"
    elif work.status not in ENDED and work.due is not None and work.due < day:
        yield "past-due"
