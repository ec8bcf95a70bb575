"""Findings as plain data: what became of a rule, why, since when; and which findings a result rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.amended import amended
from aiact_check.assessing.bench import Bench
from aiact_check.assessing.doubts import Doubts
from aiact_check.assessing.parts import Finding, Start, Verdict
from aiact_check.assessing.said import answer_says, text
from aiact_check.assessing.verdict import verdict_at
from aiact_check.law.around import Authority, Help
from aiact_check.law.asked import Question
from aiact_check.law.condition import Test
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.law.model import Rule, Version
from aiact_check.law.proof import Proof
from aiact_check.law.prose import Sentence, both
from aiact_check.law.truth import Truth
from aiact_check.text import Language

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import AskAgainData, Cite, FindingData, StartData, Why, Words


class Findings:
    """A verdict whose findings can be written down."""

    def __init__(self, base: RuleBase, questionnaire: Questionnaire, day: date) -> None:
        self.base, self.questionnaire, self.law = base, questionnaire, base.law(day)
        self.bench = Bench(base, self.law, questionnaire.answers)
        self.verdict = verdict_at(self.bench)
        self.cited_before: dict[str, Cite] = {}
        self.said_before: dict[tuple[str, str, str], Words] = {}
        self.told_before: dict[str, Words | None] = {}
        self.values = self.bench.values
        self.doubts = Doubts(base, self.values, self.cites)
        self.sentences: dict[Language, Sentence] = {
            lang: Sentence(base.rules, base.questions, lang) for lang in ("en", "fr")
        }

    def cites(self, provisions: list[str]) -> list[Cite]:
        return [self.cited(provision_id) for provision_id in provisions]

    def cited(self, provision_id: str) -> Cite:
        if provision_id not in self.cited_before:
            provision = self.base.provision(provision_id, self.verdict.day)
            self.cited_before[provision_id] = {
                "id": provision_id, "en": provision.en, "fr": provision.fr, "eli": provision.eli
            }  # fmt: skip
        return self.cited_before[provision_id]

    def version_cites(self, version: Version | None) -> list[Cite]:
        return self.cites(version.cites) if version else []

    def finding(self, finding: Finding) -> FindingData:
        rule = finding.rule
        version = self.law.versions.get(rule.id)
        decided = finding.proof.deciding()
        found: FindingData = {
            "rule": rule.id,
            "kind": rule.kind,
            "title": text(rule.title),
            "value": finding.value.value,
            "cite": self.version_cites(version),
            "reads": text(version.reads) if version and version.reads else None,
            "why": self.why(decided[0]) if decided else self.why(finding.proof),
            "interpretation": self.doubts.notes(rule),
        }
        if rule.role:
            found["role"] = rule.role
        if rule.tier and rule.kind == "classification":
            found["tier"] = rule.tier
        if rule.route:
            found["route"] = rule.route
        if changed := amended(rule, self.base.acts, self.verdict.day):
            found["amended"] = changed
        return found

    def why(self, proof: Proof) -> Why:
        """The deciding part of a proof; a rule named in it is not opened: its own finding says why."""
        node: Why = {"value": proof.value.value, "shape": proof.shape}
        if proof.rule:
            rule = self.base.rules[proof.rule]
            node["rule"], node["title"] = rule.id, text(rule.title)
            node["cite"] = self.version_cites(self.law.versions.get(rule.id))
            return node
        if proof.test:
            node["fact"], node["says"] = proof.test.fact, self.says(proof.test)
            node["answer"] = self.told(proof.test.fact) if proof.answered else None
        parts = [self.why(part) for part in proof.deciding()]
        if parts or not proof.test:
            node["parts"] = parts
        return node

    def says(self, test: Test) -> Words:
        key = (test.fact, test.operator, repr(test.operand))
        if key not in self.said_before:
            self.said_before[key] = text(both(lambda lang: self.sentences[lang].test(test)))
        return self.said_before[key]

    def start(self, start: Start) -> StartData:
        return {
            "date": start.date,
            "possible": list(start.possible),
            "cite": self.cites([start.cite] if start.cite else []),
            "confidence": start.confidence,
            "because": text(start.because) if start.because else None,
            "readings": [
                {"date": reading.date, "cite": self.cites([reading.cite]), "says": text(reading.says)}
                for reading in start.readings
            ],
            "was": start.was,
        }

    def told(self, fact: str) -> Words | None:
        """An answer in words; None where the company does not know, or has to be asked again."""
        if fact not in self.told_before:
            self.told_before[fact] = self._told(fact)
        return self.told_before[fact]

    def _told(self, fact: str) -> Words | None:
        told, question = self.questionnaire.told.get(fact), self.base.questions[fact]
        if told is None or told.value in (None, UNKNOWN, [UNKNOWN]):
            return None
        if question.ask_again and isinstance(told.value, str) and not self.ask_again(question, told.value):
            return None
        return text(both(lambda lang: answer_says(question, told.value, lang)))

    def ask_again(self, question: Question, value: Any) -> AskAgainData | None:
        """When to ask again what the company has not decided yet."""
        if question.ask_again is None or not isinstance(value, str) or value not in question.choices:
            return None
        by = self.law.date_of(question.ask_again.by)
        return {"by": by, "says": text(question.ask_again.says)} if self.law.day < by else None


def resting_on(verdict: Verdict) -> list[Finding]:
    """The findings that a result rests on: what holds or may, the classes, roles and routes, and what these name."""
    known = {finding.rule.id: finding for finding in verdict.findings}
    around: list[Help | Authority] = [*verdict.help, *verdict.authorities]
    served = {rule_id for entry in around for rule_id in entry.serves}
    todo = [
        rule_id
        for rule_id, finding in known.items()
        if finding.value is not Truth.FALSE or rule_id in served or _is_result(finding.rule)
    ]
    used = set(todo)
    while todo:
        new = {rule for part in known[todo.pop()].proof.deciding() for rule in part.why_rules} & known.keys() - used
        used |= new
        todo += new
    return [finding for rule_id, finding in known.items() if rule_id in used]


def _is_result(rule: Rule) -> bool:
    return bool(rule.role or rule.route or (rule.tier and rule.kind == "classification"))
