"""The steps of the reasoning, in the order of the Act: what each asks, what came of it, what decided. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import lower_first, shorten
from aiact_check.wording.view import View

SAID, READ, CITED, LONGEST = 2, 3, 2, 64
MARK = {"true": "yes", "false": "no", "unknown": "open"}
OPPOSITE = {"true": "no", "false": "yes", "unknown": "open"}
DECIDED_AT = {
    "model": "model", "not-an-ai-system": "ai", "excluded": "scope", "prohibited": "prohibited",
    "transparency": "transparency",
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
    outside = [gate for gate in steps if gate.key in ("ai", "scope") and gate.value == "no"]
    if outside:
        end, roles = outside[0].key, [gate for gate in steps if gate.key == "role" and gate.value != "no"]
        steps = [*steps[: 1 + steps.index(outside[0])], *roles]
    number, roles = 0, [gate for gate in steps if gate.key == "role"]
    for gate in steps:
        number += gate not in roles[1:]
        gate.number = f"{number}{'abcdefgh'[roles.index(gate)]}" if gate in roles and len(roles) > 1 else str(number)
        gate.result = gate.key == end
    told = {fact for gate in roles if gate.value == "yes" for fact in _explain(view, gate, set())}
    for gate in steps:
        _explain(view, gate, told if gate.key == "scope" else set())
    if not end:
        steps[-1].result = True
    return steps


def _steps(view: View) -> Iterator[Gate]:
    asks, findings = view.w["gates"], view.doc["findings"]

    def step(key: str, value: str, used: list[Data], **slots: Any) -> Gate:
        return Gate(key, value, view.t(asks[key], **slots), used)

    of_tier = {finding["tier"]: finding for finding in findings if "tier" in finding}
    if view.headline_tier == "model":
        yield step("model", "yes", [of_tier["model"]])
        yield from _roles(view)
        return
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
    roles, said = [finding for finding in view.doc["findings"] if "role" in finding], view.w["gates"]
    if view.thing == "model":
        roles = [finding for finding in roles if finding["value"] != "false" or finding in view.spared]
    groups = [[finding] for finding in roles if finding["value"] == "true"]
    groups += [[finding for finding in roles if finding["value"] == "unknown"]]
    for used in filter(None, groups):
        names = view.names([finding["role"] for finding in used], "a", "or")
        yield Gate("role", _any(used), view.t(said["role"], role=names), used)
    if out := [finding for finding in roles if finding["value"] == "false"]:
        names = view.names([finding["role"] for finding in out], "name", "and")
        reads = [view.t(said["ruled_out"], role=lower_first(names))]
        reads = reads if view.whole else [view.n(said["others_out"], len(out))]
        reads = [] if view.thing == "model" else reads  # a few roles only: the answers say more
        yield Gate("role", "no", view.t(said["no_role" if len(out) < len(roles) else "any_role"]), out, reads=reads)


def _any(findings: list[Data]) -> str:
    values = {finding["value"] for finding in findings}
    return MARK[next((value for value in ("true", "unknown") if value in values), "false")]


def _explain(view: View, gate: Gate, told: set[str]) -> list[str]:
    """What decided: the rules behind a yes, the answers behind a yes or a no, the questions behind an open step.

    Answers already `told` at another step come last. Gives the facts whose answers are shown.
    """
    nodes: dict[str, Data] = {}
    for finding in gate.findings:
        nodes |= {node["fact"]: node for node in view.facts(finding)}
    tiers = {finding.get("tier") for finding in gate.findings}
    asked = {question["fact"] for question in view.doc["open_questions"] if tiers & set(question["tiers"])}
    gate.questions = sorted(view.open_numbers[fact] for fact in {*nodes, *asked} if fact in view.open_numbers)
    grounds = list({ground["rule"]: ground for finding in gate.findings for ground in view.grounds(finding)}.values())
    general = gate.key in ("model", "ai", "scope", "role")
    if gate.value == "yes" and not general:
        gate.reads = [view.t(ground["reads"] or ground["title"]) for ground in grounds][:READ]
    said = {fact: node for fact, node in nodes.items() if node["answer"]}
    known = set() if gate.key in ("model", "ai") else view.ai_facts if general else view.scope_facts
    own = {fact: node for fact, node in said.items() if fact not in known} or (said if gate.value == "no" else {})
    gate.answers = sorted(view.numbers[fact] for fact in own if fact in view.numbers)
    shown = [] if gate.value == "open" else sorted(own, key=lambda fact: fact in told)
    shown = [] if gate.reads and gate.key == "role" else shown[:SAID]
    pairs = {view.label(own[fact]): view.said(own[fact]["answer"]) for fact in shown}
    gate.said = [(label, shorten(answer, LONGEST)) for label, answer in pairs.items()]
    sources = grounds if gate.value == "yes" and grounds and not general else gate.findings
    sources = sources[:1] if gate.key == "annex-iii" and gate.value != "yes" else sources
    cites = {cite["id"]: cite for finding in sources for cite in finding["cite"]}
    gate.cite = list(cites.values())[:CITED]
    return shown
