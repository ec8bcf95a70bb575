"""The assessment as one document of plain data, in both languages: what every report is made from, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from aiact_check import __version__
from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.in_force import in_force
from aiact_check.assessing import work
from aiact_check.assessing.amended import amended
from aiact_check.assessing.findings import resting_on
from aiact_check.assessing.parts import Duty, Exemption, Penalty
from aiact_check.assessing.pending import pending
from aiact_check.assessing.questions import Questions
from aiact_check.assessing.said import authority, text
from aiact_check.assessing.supposed import overlay
from aiact_check.law.around import Help
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.overlay import Overlaid, lawful
from aiact_check.law.truth import Truth, all_of
from aiact_check.text import Language

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import (
        ActData,
        Assessment,
        ChecklistData,
        Classification,
        DutyData,
        ExemptionData,
        FindingData,
        HelpData,
        LawData,
        MilestoneData,
        PenaltyData,
        StandingData,
    )


def assess(
    base: RuleBase, questionnaire: Questionnaire, day: date, lang: Language | None = None, *, full: bool = False
) -> Assessment:
    """The assessment document of a questionnaire under the law in force on `day`: JSON-able, in a fixed order.

    With `full` it has a finding for each rule looked at, also where it does not hold and nothing rests on that.
    """
    found = _Writer(base, questionnaire, day).document(lang or questionnaire.lang, full)
    if isinstance(base, Overlaid):
        told = in_force(questionnaire, base)
        without = assess(base.under, told, day, found["language"])
        found["schema"] = "1+overlay"
        found["overlay"] = overlay(base, questionnaire.answers, told.answers, without)
    return found


def explain(base: RuleBase, questionnaire: Questionnaire, day: date, rule_ids: list[str]) -> list[FindingData]:
    """What became of single rules in force on `day` and why, duties included, which have no finding in the document."""
    writer = _Writer(base, questionnaire, day)
    return [writer.finding(found) for found in writer.bench.examine(rule_ids)]


def as_json(assessment: Mapping[str, Any]) -> str:
    """The document as JSON, an entry of a list a line: written far faster than indented, and still comparable."""
    lines = []
    for key, value in assessment.items():
        if isinstance(value, list) and value:
            written = "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"
        else:
            written = json.dumps(value, ensure_ascii=False)
        lines.append(f'"{key}": {written}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


class _Writer(Questions):
    def document(self, lang: Language, full: bool) -> Assessment:
        verdict, told = self.verdict, self.questionnaire
        found: Assessment = {
            "schema": 1,
            "as_of": verdict.day,
            "language": lang,
            "law": self.acts(),
            "company": told.company,
            "system": told.system,
            "roles": [
                {"role": found.role, "value": found.finding.value.value, "finding": self.finding(found.finding)}
                for found in verdict.roles
            ],
            "classification": self.classification(),
            "findings": [self.finding(finding) for finding in (verdict.findings if full else resting_on(verdict))],
            "duties": [self.duty(duty) for duty in verdict.duties],
            "options": [self.duty(option) for option in verdict.options],
            "remarks": list(work.remarks(self.base, verdict, told.work)),
            "exemptions": [self.exemption(exemption) for exemption in verdict.exemptions],
            "conformity": [self.finding(finding) for finding in verdict.conformity],
            "penalties": [self.penalty(penalty) for penalty in verdict.penalties],
            "help": [self.help(entry) for entry in verdict.help],
            "authorities": [authority(entry) for entry in verdict.authorities],
            "awaited": list(pending(self.base, verdict, self.values, self.cites)),
            "doubts": list(self.doubts.found()),
            "checklists": list(self.checklists()),
            "standing": self.standing(),
            "calendar": list(self.calendar()),
            "open_questions": list(self.open_questions()),
            "answers": list(self.answers()),
            "tool": {"name": "aiact-check", "version": __version__, "answers_hash": told.hash},
        }
        if told.redacted:
            found["redacted"] = True
        return found

    def classification(self) -> Classification:
        """The headline, and what became of each tier and of each route to high risk."""
        return {
            "headline": self.verdict.headline,
            "possible": list(self.verdict.possible),
            "tiers": [
                {
                    "tier": found.tier,
                    "value": found.finding.value.value,
                    "start": self.start(found.start),
                    "finding": self.finding(found.finding),
                }
                for found in self.verdict.tiers
            ],
            "routes": [self.finding(finding) for finding in self.verdict.routes],
        }

    def exemption(self, exemption: Exemption) -> ExemptionData:
        return {
            "id": exemption.rule.id,
            "role": exemption.role,
            "title": text(exemption.rule.title),
            "cite": self.cites(self.law.versions[exemption.rule.id].cites),
            "because": text(exemption.because),
        }

    def help(self, entry: Help) -> HelpData:
        return {
            "title": text(entry.title),
            "says": text(entry.says),
            "serves": entry.serves,
            "source": text(entry.source),
            "dated": entry.dated,
        }

    def acts(self) -> LawData:
        """The acts whose wording is in force on the day asked about, and which rules read them."""
        acts: list[ActData] = [
            {"id": act_id, "title": text(act.title), "short": text(act.short), "in_force": act.in_force, "eli": act.eli}
            for act_id, act in lawful(self.base).acts.acts.items()
            if act.in_force <= self.verdict.day
        ]
        return {
            "acts": acts,
            "known_to": self.base.acts.known_to,
            "old": self.base.is_old(date.fromisoformat(self.law.day)),
            "rules_hash": self.base.hash,
        }

    def duty(self, duty: Duty) -> DutyData:
        version = self.law.versions[duty.rule.id]
        assert version.duty
        return {
            "id": duty.rule.id,
            "role": duty.role,
            "title": text(duty.rule.title),
            "duty": text(version.duty),
            "evidence": [text(item) for item in version.evidence],
            "cite": self.cites(version.cites),
            "applies_from": duty.start.date,
            "start": self.start(duty.start),
            "state": duty.state,
            "depends_on": list(duty.open_facts),
            "penalty": version.penalty,
            "tier": duty.rule.tier,
            "contents": version.contents,
            "interpretation": self.doubts.notes(duty.rule),
            "work": work.written(self.questionnaire.work.get(duty.rule.id)),
            "amended": amended(duty.rule, self.base.acts, self.verdict.day),
        }

    def penalty(self, penalty: Penalty) -> PenaltyData:
        version = self.law.versions[penalty.rule.id]
        reads = penalty.instead.reads if penalty.instead else version.reads
        return {
            "id": penalty.rule.id,
            "title": text(penalty.rule.title),
            "reads": text(reads) if reads else None,
            "cite": self.cites([penalty.instead.cite] if penalty.instead else version.cites),
            "amount_eur": penalty.amount,
            "turnover_percent": penalty.percent,
            "turnover_eur": penalty.turnover,
            "share_eur": penalty.share,
            "lower": penalty.lower.value,
            "why": self.why(penalty.why) if penalty.why else None,
            "ceiling_eur": penalty.ceiling,
            "duties": [
                duty.rule.id
                for duty in self.verdict.duties
                if self.law.versions[duty.rule.id].penalty == penalty.rule.id
            ],
        }

    def checklists(self) -> Iterator[ChecklistData]:
        """What the documents must contain that the duties found ask for, as worded on the day asked about."""
        duties = [duty.rule for duty in (*self.verdict.duties, *self.verdict.options)]
        asking = [*duties, *(finding.rule for finding in self.verdict.conformity)]
        named = {name for rule in asking for name in self.law.versions[rule.id].contents}
        for name in sorted(named):
            checklist = self.base.checklists[name]
            begun = [start for start in checklist.versions if start <= self.verdict.day]
            if begun:
                items = checklist.versions[max(begun)].items
                yield {
                    "id": name,
                    "title": text(checklist.title),
                    "items": [{"cite": self.cites([item.cite]), "says": text(item.says)} for item in items],
                }

    def standing(self) -> StandingData:
        """Where this system and company stand in the table of the report's annex, corrected."""
        table = self.base.annex.table
        roles = {found.role: found.finding.value for found in self.verdict.roles}
        tiers = {found.tier: found.finding.value for found in self.verdict.tiers}
        titles = {rule.role: text(rule.title) for rule in self.base.rules.values() if rule.role}
        return {
            "report": text(self.base.annex.report),
            "roles": [titles[role] for role in table.roles],
            "rows": [
                {
                    "title": text(row.title),
                    "cells": [
                        {
                            "annex": cell.annex,
                            "corrected": self.cites(cell.corrected),
                            "here": all_of([roles.get(role, Truth.FALSE), tiers.get(row.tier, Truth.FALSE)]).value,
                        }
                        for role, cell in zip(table.roles, row.cells, strict=True)
                    ],
                }
                for row in table.rows
            ],
        }

    def calendar(self) -> Iterator[MilestoneData]:
        """The milestones of the law in force, by date, with the date as published where an amendment moved it."""
        for milestone_id, version in sorted(self.law.milestones.items(), key=lambda item: (item[1].date, item[0])):
            milestone = self.base.milestones[milestone_id]
            published = milestone.versions[min(milestone.versions)].date
            yield {
                "id": milestone_id,
                "title": text(milestone.title),
                "date": version.date,
                "was": published if published != version.date else None,
                "cite": self.cites([version.cite]),
                "confidence": version.confidence,
                "passed": version.date <= self.verdict.day,
            }
