"""Why: what the proofs of an assessment document rest on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from aiact_check.text import Language
from aiact_check.wording.speech import Data, Speech

SOURCES = 2
OWN_WAY = ("prohibited", "transparency")
"""The tiers that hold beside high risk, for reasons of their own."""
MODEL_ROLES = ("model-provider", "prospective-model-provider", "model-authorised-representative")


class Grounds(Speech):
    """The findings of a document: the rules and the answers that decide them."""

    def __init__(self, document: Data, lang: Language) -> None:
        super().__init__(document, lang)
        self.findings = _findings(document)
        self.tiers = {found["tier"]: found for found in document["classification"]["tiers"]}
        self.headline_tier: str = document["classification"]["headline"]
        self.numbers = {answer["fact"]: number for number, answer in enumerate(document["answers"], 1)}
        self.open_numbers = {asked["fact"]: number for number, asked in enumerate(document["open_questions"], 1)}

    def grounds(self, finding: Data) -> list[Data]:
        """The last rules of a proof: the reason itself, without other classes and what only says it is in scope."""
        named = [finding["rule"], *self._named(finding)] if finding.get("route") else self._named(finding)
        if finding.get("tier") not in ("not-an-ai-system", "excluded"):
            named = [rule for rule in named if rule not in self._general or self.findings[rule].get("route")]
        named = [rule for rule in named if "tier" not in self.findings[rule]]
        alike = [rule for rule in named if self.findings[rule]["value"] == finding["value"]] or named
        routed = [rule for rule in alike if self.findings[rule].get("route")]
        placed = [rule for rule in alike if self.findings[rule].get("kind") != "definition"]
        if finding.get("tier") in OWN_WAY:
            placed, routed = [rule for rule in placed if rule not in routed], []
        used = routed or placed or alike
        found = [self.findings[rule] for rule in used]
        return [rule for rule in found if not any(node.get("rule") in used for node in nodes(rule["why"]))]

    def exceptions(self, grounds: list[Data]) -> list[Data]:
        """The exceptions that hold because these grounds do: what the class does not bring after all."""
        rules = {ground["rule"] for ground in grounds}
        held = [
            finding for finding in self.doc["findings"] if finding["kind"] == "exception" and finding["value"] == "true"
        ]
        return [finding for finding in held if any(node.get("rule") in rules for node in nodes(finding["why"]))]

    @cached_property
    def _general(self) -> set[str]:
        """The rules that say whether the Act reaches the company at all, and in which role."""
        roles = [found["finding"] for found in self.doc["roles"]]
        return {rule for finding in (self._tier_finding("not-an-ai-system"), *roles) for rule in self._named(finding)}

    def _named(self, finding: Data | None) -> list[str]:
        """The rules a proof names, and those that their proofs name.

        Another class is not opened; nor, for a ban or a duty to tell people, a way to high risk.
        """
        found: dict[str, None] = {}
        shut = {"tier", "route"} if finding and finding.get("tier") in OWN_WAY else {"tier"}
        todo = [finding] if finding else []
        while todo:
            for node in nodes(todo.pop(0)["why"]):
                rule = node.get("rule")
                if rule in self.findings and rule not in found:
                    found[rule] = None
                    todo += [] if shut & set(self.findings[rule]) else [self.findings[rule]]
        return list(found)

    def _proofs(self, finding: Data) -> list[Data]:
        return [self.findings[rule] for rule in self._named(finding)]

    def _tier_finding(self, tier: str) -> Data | None:
        return next((finding for finding in self.doc["findings"] if finding.get("tier") == tier), None)

    def decided(self, finding: Data) -> list[tuple[str, str]]:
        """The answers behind a finding: what was asked, in a few words, and the answer."""
        nodes = [node for node in self.facts(finding) if node["answer"] and node["fact"] not in self.scope_facts]
        return list({self.label(node): self.said(node["answer"]) for node in nodes}.items())

    def facts(self, finding: Data) -> Iterator[Data]:
        """The answers at the end of a proof, through the rules it names."""
        done: set[str] = set()

        def walk(node: Data) -> Iterator[Data]:
            rule = node.get("rule")
            if rule in self.findings and rule not in done and "tier" not in self.findings[rule]:
                done.add(rule)
                yield from walk(self.findings[rule]["why"])
            if "fact" in node and not node.get("parts"):
                yield node
            for part in node.get("parts", ()):
                yield from walk(part)

        yield from walk(finding["why"])

    @cached_property
    def ai_facts(self) -> set[str]:
        """The facts that decide whether it is an AI system: said once, not at each step."""
        finding = self._tier_finding("not-an-ai-system")
        return {node["fact"] for node in self.facts(finding)} if finding else set()

    @cached_property
    def scope_facts(self) -> set[str]:
        """These, and those that decide in which role the Act reaches the company."""
        roles = [finding for finding in self.doc["findings"] if "role" in finding]
        return self.ai_facts | {node["fact"] for finding in roles for node in self.facts(finding)}

    @cached_property
    def sources(self) -> list[Data]:
        """The provisions that decide the class."""
        if self.headline_tier == "undetermined":
            return []
        finding = self.tiers[self.headline_tier]["finding"]
        return ([cite for ground in self.grounds(finding) for cite in ground["cite"]] or finding["cite"])[:SOURCES]

    @cached_property
    def thing(self) -> str:
        """What is described: a system, or only a model."""
        return "model" if self.headline_tier == "model" else "system"

    @cached_property
    def spared(self) -> list[Data]:
        """Where only a model is described, the roles for models that are ruled out: they decide in place of a class."""
        out = [
            found for found in self.doc["findings"] if found.get("role") in MODEL_ROLES and found["value"] == "false"
        ]
        return out if self.thing == "model" else []

    @cached_property
    def roles(self) -> dict[str, list[str]]:
        """The roles that hold and those that may."""
        found: dict[str, list[str]] = {"true": [], "unknown": []}
        for role in self.doc["roles"]:
            found[role["value"]].append(role["role"])
        return found

    @cached_property
    def provides(self) -> bool:
        """Whether the company is or may be the provider, who has the conformity assessed."""
        return "provider" in (*self.roles["true"], *self.roles["unknown"])


def _findings(document: Data) -> dict[str, Data]:
    """The findings by rule; of a rule that a proof names without there being one, what the proof says of it."""
    found = {finding["rule"]: finding for finding in document["findings"]}
    for finding in document["findings"]:
        for node in nodes(finding["why"]):
            if "rule" in node and node["rule"] not in found:
                found[node["rule"]] = {**node, "reads": None, "why": {"shape": "rule"}, "interpretation": []}
    return found


def nodes(why: Data) -> Iterator[Data]:
    """A proof and all its parts."""
    yield why
    for part in why.get("parts", ()):
        yield from nodes(part)
