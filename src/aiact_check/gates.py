"""The steps of the reasoning, in the order of the Act: what each asks, what came of it, what decided. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiact_check.speech import Data
from aiact_check.typeset import shorten
from aiact_check.view import View

SAID, READ = 4, 3
MARK = {"true": "yes", "false": "no", "unknown": "open"}
OPPOSITE = {"true": "no", "false": "yes", "unknown": "open"}
DECIDED_AT = {
    "not-an-ai-system": "ai", "excluded": "scope", "prohibited": "prohibited", "transparency": "transparency",
}  # fmt: skip


@dataclass
class Gate:
    """One step."""

    key: str
    value: str
    """yes, no or open."""
    ask: str
    findings: list[Data]
    number: str = ""
    reads: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    """Answers that decided: what was asked, in a few words, and the answer."""
    more: int = 0
    """How many deciding answers are not shown."""
    answers: list[int] = field(default_factory=list)
    questions: list[int] = field(default_factory=list)
    """The open questions it hangs on."""
    cite: list[Data] = field(default_factory=list)
    result: bool = False
    """The class falls here."""


def gates(view: View) -> list[Gate]:
    """The steps up to where the way ends, numbered, with the one where the class falls marked."""
    steps = list(_steps(view))
    end = DECIDED_AT.get(view.headline_tier)
    if view.headline_tier == "high-risk":
        end = next((gate.key for gate in steps if gate.key in ("annex-i", "annex-iii") and gate.value == "yes"), None)
        end = "derogation" if end == "annex-iii" else end
    if end in ("ai", "scope"):
        steps = steps[: 1 + next(place for place, gate in enumerate(steps) if gate.key == end)]
    number, roles = 0, [gate for gate in steps if gate.key == "role"]
    for gate in steps:
        number += gate not in roles[1:]
        gate.number = f"{number}{'abcdefgh'[roles.index(gate)]}" if gate in roles and len(roles) > 1 else str(number)
        gate.result = gate.key == end
        _explain(view, gate)
    if not end:
        steps[-1].result = True
    return steps


def _steps(view: View) -> Iterator[Gate]:
    asks, findings = view.w["gates"], view.doc["findings"]

    def step(key: str, value: str, used: list[Data], **slots: Any) -> Gate:
        return Gate(key, value, view.t(asks[key], **slots), used)

    of_tier = {finding["tier"]: finding for finding in findings if "tier" in finding}
    for key, tier in (("ai", "not-an-ai-system"), ("scope", "excluded")):
        if tier in of_tier:
            yield step(key, OPPOSITE[of_tier[tier]["value"]], [of_tier[tier]])
    yield from _roles(view)
    if "prohibited" in of_tier:
        yield step("prohibited", MARK[of_tier["prohibited"]["value"]], [of_tier["prohibited"]])
    product = [finding for finding in findings if finding.get("route", "").startswith("annex-i-")]
    product = [finding for finding in product if finding["kind"] == "classification"] or product
    use = [finding for finding in findings if finding.get("route") == "annex-iii" and finding["kind"] == "definition"]
    for key, used in (("annex-i", product), ("annex-iii", use)):
        if used:
            value = _any(used)
            yield step(key, value, [finding for finding in used if MARK[finding["value"]] == value])
    out = [finding for finding in findings if finding.get("route") == "derogation" and finding["kind"] == "derogation"]
    if out and use and _any(use) != "no":
        yield step("derogation", _any(out), out)
    if "transparency" in of_tier:
        yield step("transparency", MARK[of_tier["transparency"]["value"]], [of_tier["transparency"]])


def _roles(view: View) -> Iterator[Gate]:
    """A step for each role that holds, one for those that may hold, one for those ruled out."""
    roles = [finding for finding in view.doc["findings"] if "role" in finding]
    groups = [[finding] for finding in roles if finding["value"] == "true"]
    groups += [[finding for finding in roles if finding["value"] == value] for value in ("unknown", "false")]
    for used in groups:
        if used:
            names = view.names([finding["role"] for finding in used], "a", "or")
            yield Gate("role", _any(used), view.t(view.w["gates"]["role"], role=names), used)


def _any(findings: list[Data]) -> str:
    values = {finding["value"] for finding in findings}
    return MARK[next((value for value in ("true", "unknown") if value in values), "false")]


def _explain(view: View, gate: Gate) -> None:
    """What decided: the rules behind a yes, the answers behind a yes or a no, the questions behind an open step."""
    told: dict[str, Data] = {}
    for finding in gate.findings:
        told |= {node["fact"]: node for node in view.facts(finding)}
    tiers = {finding.get("tier") for finding in gate.findings}
    asked = {question["fact"] for question in view.doc["open_questions"] if tiers & set(question["tiers"])}
    gate.questions = sorted(view.open_numbers[fact] for fact in {*told, *asked} if fact in view.open_numbers)
    grounds = list({ground["rule"]: ground for finding in gate.findings for ground in view.grounds(finding)}.values())
    general = gate.key in ("ai", "scope", "role")
    if gate.value == "yes" and not general:
        gate.reads = [view.t(ground["reads"] or ground["title"]) for ground in grounds][:READ]
    said = {fact: node for fact, node in told.items() if node["answer"]}
    known = set() if gate.key == "ai" else view.ai_facts if general else view.scope_facts
    own = {fact: node for fact, node in said.items() if fact not in known} or (said if gate.value == "no" else {})
    gate.answers = sorted(view.numbers[fact] for fact in own if fact in view.numbers)
    if gate.value != "open":
        pairs = {view.label(node): view.said(node["answer"]) for node in own.values()}
        gate.said = [(label, shorten(answer, 110)) for label, answer in list(pairs.items())[:SAID]]
        gate.more = max(0, len(pairs) - SAID)
    sources = grounds if gate.value == "yes" and grounds and not general else gate.findings
    sources = sources[:1] if gate.key == "annex-iii" and gate.value != "yes" else sources
    cites = {cite["id"]: cite for finding in sources for cite in finding["cite"]}
    gate.cite = list(cites.values())[:READ]
