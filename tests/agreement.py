"""Agreement with the cases of tests/cases/: `python -m tests.agreement` prints it, `--write` keeps it in docs/."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from aiact_check.answering import answers
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide
from aiact_check.law import rulebase
from aiact_check.law.evaluate import Answers, Values
from aiact_check.law.truth import Truth
from aiact_check.reading.source import parse

CASES = Path(__file__).parent / "cases"
PAGE = Path(__file__).parent.parent / "docs" / "agreement.md"
BURDENS = ("prohibited", "high-risk", "transparency")
PARTS = {"tier", "headline", "holds", "fails", "refuted", "roles", "as_of"}


@dataclass(frozen=True)
class Case:
    """A system whose outcome somebody else stated, and what became of it here."""

    file: Path
    told: dict[str, Any]
    answers: Answers
    day: date
    sure: list[str]
    """What is sure about it on its day: headline, classes, roles, and duties with their dates."""
    cleared: list[str] = field(default_factory=list)
    burdened: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)

    @property
    def differs(self) -> list[str]:
        return [*self.cleared, *self.burdened, *self.undecided]


def files() -> list[Path]:
    return sorted(CASES.glob("*/*.yaml"))


@cache
def told(file: Path) -> tuple[dict[str, Any], Answers]:
    """What a source says of its system, and the answers."""
    source = parse(file.name, file.read_bytes())
    said: dict[str, Any] = source.data.pop("case")
    return said, answers.understand(source, rulebase.load(), "").answers


@cache
def judged(file: Path) -> Case:
    """A case, with every assertion that does not hold, by the kind of mistake it would be."""
    return judge(file, *told(file))


def judge(file: Path, said: dict[str, Any], given: Answers) -> Case:
    """What a source says of its system, held against these answers."""
    asserts = said["asserts"]
    assert set(asserts) <= PARTS, f"{file.name}: {set(asserts) - PARTS}"
    base = rulebase.load()
    day = date.fromisoformat(asserts.get("as_of", "2026-11-23"))
    verdict = decide(base, given, day)
    case = Case(file, said, given, day, list(_sure(verdict)))
    values = Values(base.law(day), given)
    _judge_tier(case, verdict, asserts)
    for rule_id in asserts.get("holds", []):
        found = values.rule(rule_id).value
        if found != "true":
            (case.cleared if found == "false" else case.undecided).append(f"{rule_id} is {found}")
    for rule_id in [*asserts.get("fails", []), *asserts.get("refuted", [])]:
        if values.rule(rule_id).value == "true":
            case.burdened.append(f"{rule_id} is true")
    for rule_id in asserts.get("refuted", []):
        if values.rule(rule_id).value == "unknown":
            case.undecided.append(f"{rule_id} is unknown")
    held = {role.role for role in verdict.roles if role.finding.value.value == "true"}
    case.undecided.extend(f"role {role} is not proved" for role in asserts.get("roles", []) if role not in held)
    return case


def _sure(verdict: Verdict) -> Iterator[str]:
    """A line for each thing that is sure, and the day."""
    yield f"day: {verdict.day}"
    yield f"headline: {verdict.headline}"
    for found in verdict.tiers:
        if found.finding.value is Truth.TRUE:
            yield f"tier: {found.tier} {found.start.date or ''}".rstrip()
    for role in verdict.roles:
        if role.finding.value is Truth.TRUE:
            yield f"role: {role.role}"
    for route in verdict.routes:
        if route.value is Truth.TRUE:
            yield f"route: {route.rule.id}"
    for duty in verdict.duties:
        if duty.value is Truth.TRUE and duty.start.date:
            yield f"duty: {duty.role} {duty.rule.id} {duty.state} {duty.start.date}"
    for exemption in verdict.exemptions:
        yield f"exempt: {exemption.role} {exemption.rule.id}"


def _judge_tier(case: Case, verdict: Verdict, asserts: dict[str, Any]) -> None:
    held = {found.tier for found in verdict.tiers if found.finding.value.value == "true"}
    maybe = {found.tier for found in verdict.tiers}
    tier, headline = asserts.get("tier"), asserts.get("headline")
    if tier == "unclear":
        if verdict.headline in BURDENS:
            case.burdened.append(f"headline {verdict.headline}, not undetermined")
        elif verdict.headline != "undetermined":
            case.cleared.append(f"headline {verdict.headline}, not undetermined")
    elif tier and tier not in held:
        kind = case.undecided if tier in maybe else case.cleared if tier in BURDENS else case.burdened
        kind.append(f"tier {tier} is {'open' if tier in maybe else 'ruled out'}")
    if headline and verdict.headline != headline:
        wrong = verdict.headline
        kind = case.undecided if wrong == "undetermined" else case.burdened if wrong in BURDENS else case.cleared
        kind.append(f"headline {wrong}, not {headline}")


def page() -> Iterator[str]:
    """The table of docs/agreement.md."""
    cases = [judged(file) for file in files()]
    counted = [case for case in cases if not case.told.get("disagreement")]
    yield "# Agreement with independent cases"
    yield ""
    yield "Each case is a system whose outcome a source states, answered as the source describes it. The sources are"
    yield "recitals (L), the Commission in final (A) or draft (A-draft) guidelines or seen through an extract"
    yield "(-via-secondary), regulators (B), academics and practitioners (C). Guidelines are not law."
    yield "What a source does not say stays unanswered, so only what it states is asserted."
    yield ""
    yield "| authority | cases | agree | cleared what is not clear | burdened what is free | not decided | documented |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in [*sorted({case.told["source"]["authority"] for case in cases}), "all"]:
        yield _row(name, [case for case in cases if name in (case.told["source"]["authority"], "all")])
    yield ""
    yield "## By provision"
    yield ""
    yield "| provision asserted | cases | agree |"
    yield "| --- | --- | --- |"
    total, right = Counter[str](), Counter[str]()
    for case in cases:
        asserts = case.told["asserts"]
        for rule_id in {*asserts.get("holds", []), *asserts.get("fails", []), *asserts.get("refuted", [])}:
            total[rule_id] += 1
            right[rule_id] += not any(said.startswith(f"{rule_id} ") for said in case.differs)
    for rule_id in sorted(total):
        yield f"| {rule_id} | {total[rule_id]} | {right[rule_id]} |"
    yield ""
    yield "## Where we differ"
    yield ""
    yield "Both readings are in [disagreements.md](disagreements.md)."
    yield ""
    for case in cases:
        if case.told.get("disagreement") or case.differs:
            reason = case.told.get("disagreement", "not documented")
            yield f"- `{case.file.stem}` ({reason}): {'; '.join(case.differs) or 'as documented'}. {case.told['why']}"
    if not any(case.differs or case.told.get("disagreement") for case in cases):
        yield "Nowhere."
    assert counted


def _row(name: str, cases: list[Case]) -> str:
    documented = [case for case in cases if case.told.get("disagreement")]
    plain = [case for case in cases if not case.told.get("disagreement")]
    agree = sum(not case.differs for case in plain)
    kinds = [sum(bool(getattr(case, kind)) for case in plain) for kind in ("cleared", "burdened", "undecided")]
    return f"| {name} | {len(cases)} | {agree} | {kinds[0]} | {kinds[1]} | {kinds[2]} | {len(documented)} |"


if __name__ == "__main__":
    text = "\n".join(page()) + "\n"
    if "--write" in sys.argv[1:]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
    print(text)
