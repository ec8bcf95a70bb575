"""Proofs -> roles, tiers, routes, duties with dates, conformity route, exposure, open questions. Pure."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

from aiact_check.law.condition import Condition, fold
from aiact_check.law.evaluate import NEVER, Answer, Answers, Law, Proofs
from aiact_check.law.exact import Residuals, exact
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED, Authority, Confidence, Help, Instead, Kind, Role, Rule, Tier
from aiact_check.law.proof import Proof, without
from aiact_check.law.truth import Truth
from aiact_check.record import record
from aiact_check.text import Text

Headline = Tier | Literal["undetermined"]
State = Literal["applies", "upcoming", "depends"]


@record
class Finding:
    """What became of one rule."""

    rule: Rule
    value: Truth
    proof: Proof


@record
class ReadingDate:
    """One reading of a start, where several are open."""

    date: str
    cite: str
    says: Text


@record
class Start:
    """From when something applies, and how sure that is."""

    date: str | None = None
    """None: it depends on an open answer (see `possible`) or, where `exempt` is set, it never applies."""
    possible: tuple[str, ...] = ()
    milestone: str | None = None
    """The milestone that sets the date."""
    cite: str | None = None
    confidence: Confidence = "settled"
    because: Text | None = None
    readings: tuple[ReadingDate, ...] = ()
    exempt: Text | None = None
    was: str | None = None
    """The date in the Act as published, where an amendment moved it."""
    open_facts: tuple[str, ...] = ()


@record
class RoleFound:
    """A role the company has or may have."""

    role: Role
    finding: Finding


@record
class TierFound:
    """A tier that holds or may hold, and from when."""

    tier: Tier
    finding: Finding
    start: Start


@record
class Duty:
    """What one role owes, or may owe."""

    rule: Rule
    role: Role
    value: Truth
    start: Start
    state: State
    open_facts: tuple[str, ...]


@record
class Exemption:
    """A duty whose conditions hold but which never starts for this system."""

    rule: Rule
    role: Role
    because: Text


@record
class Penalty:
    """The ceiling of a fine, and how it is worked out. Amounts in euros."""

    rule: Rule
    amount: int
    percent: int
    turnover: int | None
    share: int | None
    """The share of the turnover; None where the turnover is not known."""
    lower: Truth
    """Whether the lower of amount and share is the ceiling; otherwise the higher."""
    why: Proof | None
    """Why the lower counts or not; None where the Act knows no lower."""
    instead: Instead | None
    """The ceiling that another provision sets for this company, where it does."""
    ceiling: int | None
    """None where the turnover or the size of the company is not known and would change it."""


@record
class OpenQuestion:
    """A question that still matters, and the rules that hang on it."""

    fact: str
    tiers: tuple[Tier, ...]
    rules: tuple[str, ...]


@record
class Verdict:
    """Everything the answers prove on one day."""

    day: str
    headline: Headline
    possible: tuple[Tier, ...]
    tiers: tuple[TierFound, ...]
    roles: tuple[RoleFound, ...]
    routes: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    options: tuple[Duty, ...]
    """What the Act lets a role do, such as a simplified form."""
    exemptions: tuple[Exemption, ...]
    conformity: tuple[Finding, ...]
    penalties: tuple[Penalty, ...]
    help: tuple[Help, ...]
    authorities: tuple[Authority, ...]
    open_questions: tuple[OpenQuestion, ...]


def decide(base: RuleBase, answers: Answers, day: date) -> Verdict:
    """The verdict on these answers under the law in force on `day`."""
    return decide_under(base, base.law(day), answers)


def decide_under(base: RuleBase, law: Law, answers: Answers) -> Verdict:
    """The verdict on these answers under this law, which need not be the one in force on its day."""
    return Bench(base, law, answers).verdict()


def possible_headlines(base: RuleBase, law: Law, answers: Answers) -> tuple[Tier, ...]:
    """The headlines that these answers leave possible: one, where they decide."""
    return Bench(base, law, answers).possible


@dataclass
class Bench:
    """Where the parts of a verdict are worked out, each when it is asked for."""

    base: RuleBase
    law: Law
    answers: Answers
    starts: dict[str, Start] = field(default_factory=dict)
    found: dict[str, Finding] = field(default_factory=dict)

    @cached_property
    def residuals(self) -> Residuals:
        return Residuals(self.law, self.answers)

    @cached_property
    def proofs(self) -> Proofs:
        return Proofs(self.law, self.answers)

    def supposing(self, fact: str, answer: Answer) -> Bench:
        """The bench with one more or another answer; what the question has no part in is taken over."""
        other = Bench(self.base, self.law, {**self.answers, fact: answer})
        other.proofs.known = without(fact, self.proofs.known)
        other.residuals.known = {
            rule: left for rule, left in self.residuals.known.items() if rule in other.proofs.known
        }
        other.found = {rule: found for rule, found in self.found.items() if rule in other.proofs.known}
        return other

    def verdict(self) -> Verdict:
        tiers, roles, possible = self.tiers, self.roles, self.possible
        duties, exemptions = self.duties(roles, "obligation")
        options, _ = self.duties(roles, "option")
        routes = [finding for rule in self.rules() if rule.route and open_or_true(finding := self.finding(rule))]
        procedures = [finding for finding in self.procedures(roles) if open_or_true(finding)]
        found = [TierFound(tier=tier, finding=tiers[tier], start=self.tier_start(tiers[tier]))
                 for tier in tiers if open_or_true(tiers[tier])]  # fmt: skip
        return Verdict(
            day=self.law.day,
            headline=possible[0] if len(possible) == 1 else "undetermined",
            possible=possible,
            tiers=tuple(found),
            roles=tuple(RoleFound(role=role, finding=roles[role]) for role in roles if open_or_true(roles[role])),
            routes=tuple(routes),
            findings=tuple(self.finding(rule) for rule in self.rules() if self.is_found(rule)),
            duties=tuple(duties),
            options=tuple(options),
            exemptions=tuple(exemptions),
            conformity=tuple(procedures),
            penalties=tuple(self.penalties(duties)),
            help=tuple(entry for entry in self.base.surroundings.help if self.concerns(entry, [*duties, *options])),
            authorities=tuple(
                entry for entry in self.base.surroundings.authorities if self.concerns(entry, [*duties, *options])
            ),
            open_questions=tuple(self.open_questions(tiers, roles, duties)),
        )

    @cached_property
    def tiers(self) -> dict[Tier, Finding]:
        """What became of each tier, the one that would be the headline before others first."""
        found = {rule.tier: self.finding(rule) for rule in self.rules("classification") if rule.tier}
        return {tier: found[tier] for tier in typing.get_args(Tier) if tier in found}

    @cached_property
    def roles(self) -> dict[Role, Finding]:
        """What became of each role."""
        return {rule.role: self.finding(rule) for rule in self.rules() if rule.role}

    @cached_property
    def possible(self) -> tuple[Tier, ...]:
        """The tiers that may be the headline."""
        return tuple(tier for tier in self.tiers if exact(self.residuals, self.is_headline(tier)) is not Truth.FALSE)

    def is_headline(self, tier: Tier) -> Condition:
        """The condition under which a tier is the headline: it holds, and none before it does."""
        tiers = list(self.tiers)
        before = [{"not": {"rule": self.tiers[other].rule.id}} for other in tiers[: tiers.index(tier)]]
        return {"all": [{"rule": self.tiers[tier].rule.id}, *before]}

    def rules(self, kind: Kind | None = None) -> Iterator[Rule]:
        """The rules in force, of one kind or of all."""
        for rule_id in self.law.in_order:
            rule = self.base.rules[rule_id]
            if kind in (None, rule.kind):
                yield rule

    def is_found(self, rule: Rule) -> bool:
        """Whether a rule has a finding of its own: a duty has one only where other rules rest on it."""
        return rule.kind not in (*OWED, "penalty") or rule.id in self.law.rested_on

    def finding(self, rule: Rule) -> Finding:
        if rule.id not in self.found:
            proof = self.proofs.rule(rule.id)
            self.found[rule.id] = Finding(rule=rule, value=self.exact({"rule": rule.id}, proof), proof=proof)
        return self.found[rule.id]

    def examine(self, rule_ids: list[str]) -> list[Finding]:
        """What became of single rules in force, duties included."""
        return [self.finding(self.base.rules[rule_id]) for rule_id in rule_ids]

    def exact(self, condition: Condition, proof: Proof | None = None) -> Truth:
        if proof is not None and proof.value is not Truth.UNKNOWN:
            return proof.value
        return exact(self.residuals, condition)

    def tier_start(self, finding: Finding) -> Start:
        """When a tier starts; one that asks nothing of anybody has no start."""
        name = self.law.versions[finding.rule.id].applies
        return self.start(name) if name else Start()

    def start(self, name: str) -> Start:
        """When a milestone or a schedule starts for this system."""
        if name not in self.starts:
            milestone = name in self.base.milestones
            self.starts[name] = self.milestone_start(name) if milestone else self.schedule_start(name)
        return self.starts[name]

    def milestone_start(self, name: str) -> Start:
        version = self.law.milestones.get(name)
        if version is None:
            return Start()
        original = self.base.milestones[name].versions[min(self.base.milestones[name].versions)].date
        return Start(
            date=version.date, milestone=name, cite=version.cite, confidence=version.confidence,
            because=version.because, was=original if original != version.date else None,
        )  # fmt: skip

    def schedule_start(self, name: str) -> Start:
        schedule = self.base.schedules[name]
        certain: list[Start] = []
        maybe: list[Start] = []
        open_facts: list[str] = []
        for entry in schedule.starts:
            value = self.exact(entry.when) if entry.when else Truth.TRUE
            start = self.milestone_start(entry.milestone)
            if value is Truth.FALSE or start.date is None:
                continue
            later = self.answers.get(entry.or_later) if entry.or_later else None
            if isinstance(later, str) and later > start.date:
                start = replace(start, date=later, was=None)
            (certain if value is Truth.TRUE else maybe).append(start)
            if value is Truth.UNKNOWN and entry.when:
                open_facts += self.prove(entry.when).open_facts
        first = min(certain, key=lambda start: start.date or NEVER, default=None)
        earlier = [start for start in maybe if first is None or (start.date or NEVER) < (first.date or NEVER)]
        if first is None and not maybe:
            return Start(exempt=schedule.exempt)
        sure = first if first and not earlier else None
        dates = sorted({start.date for start in (*certain, *maybe) if start.date})
        readings = [
            ReadingDate(date=version.date, cite=version.cite, says=reading.says)
            for reading in schedule.readings
            if (version := self.law.milestones.get(reading.milestone))
        ]
        source = sure or first or maybe[0]
        differing = len({reading.date for reading in readings}) != 1 and self.law.day >= (schedule.since or "")
        return Start(
            date=sure.date if sure else None,
            possible=() if sure else tuple(dates),
            milestone=source.milestone,
            cite=source.cite,
            confidence=schedule.confidence if schedule.confidence and differing else source.confidence,
            because=schedule.because if differing else None,
            readings=tuple(readings) if differing else (),
            was=sure.was if sure else None,
            open_facts=() if sure else tuple(dict.fromkeys(open_facts)),
        )

    def prove(self, condition: Condition) -> Proof:
        return fold(condition, self.proofs)

    def duties(self, roles: dict[Role, Finding], kind: Kind) -> tuple[list[Duty], list[Exemption]]:
        duties, exemptions = [], []
        for rule in self.rules(kind):
            version = self.law.versions[rule.id]
            for role in version.who:
                if role not in roles:
                    continue
                proof = self.proofs.all([self.proofs.rule(rule.id), self.proofs.rule(roles[role].rule.id)])
                value = self.exact({"all": [{"rule": rule.id}, {"rule": roles[role].rule.id}]}, proof)
                start = self.start(version.applies or "")
                if value is Truth.FALSE or (start.date is None and not start.possible and not start.exempt):
                    continue
                if start.exempt:
                    if value is Truth.TRUE:
                        exemptions.append(Exemption(rule=rule, role=role, because=start.exempt))
                    continue
                open_facts = (*proof.open_facts, *start.open_facts) if value is Truth.UNKNOWN else start.open_facts
                duties.append(Duty(rule=rule, role=role, value=value, start=start, state=self.state(value, start),
                                   open_facts=tuple(dict.fromkeys(open_facts))))  # fmt: skip
        return sorted(duties, key=lambda duty: (duty.start.date or NEVER, duty.rule.id, duty.role)), exemptions

    def procedures(self, roles: dict[Role, Finding]) -> Iterator[Finding]:
        """What became of each conformity route, for the roles it is for."""
        for rule in self.rules("procedure"):
            for role in self.law.versions[rule.id].who:
                proof = self.prove({"all": [{"rule": roles[role].rule.id}, {"rule": rule.id}]})
                value = self.exact({"all": [{"rule": roles[role].rule.id}, {"rule": rule.id}]}, proof)
                yield Finding(rule=rule, value=value, proof=self.proofs.rule(rule.id))

    def state(self, value: Truth, start: Start) -> State:
        if value is Truth.UNKNOWN or start.date is None:
            return "depends"
        return "applies" if start.date <= self.law.day else "upcoming"

    def penalties(self, duties: list[Duty]) -> Iterator[Penalty]:
        """The ceilings for the duties found, and those that stand behind every duty."""
        for_these = {self.law.versions[duty.rule.id].penalty for duty in duties}
        for_some = {version.penalty for version in self.law.versions.values()}
        for rule in self.rules("penalty"):
            version = self.law.versions[rule.id]
            if not duties or (rule.id in for_some and rule.id not in for_these):
                continue
            amount, percent = version.amount_eur or 0, version.turnover_percent or 0
            turnover = self.turnover(version.turnover) if version.turnover else None
            lower_if, instead = version.lower_if, version.instead
            if instead and self.exact(instead.when) is Truth.TRUE:
                amount, percent, turnover, lower_if = instead.amount_eur, 0, 0, None
            else:
                instead = None
            share = turnover * percent // 100 if turnover is not None else None
            lower = self.exact(lower_if) if lower_if else Truth.FALSE
            low, high = (min(amount, share), max(amount, share)) if share is not None else (None, None)
            certain = {Truth.TRUE: low, Truth.FALSE: high, Truth.UNKNOWN: low if low == high else None}
            yield Penalty(
                rule=rule,
                amount=amount,
                percent=percent,
                turnover=turnover,
                share=share,
                lower=lower,
                ceiling=certain[lower],
                why=self.prove(lower_if) if lower_if else None,
                instead=instead,
            )

    def turnover(self, fact: str) -> int | None:
        """The turnover in euros: none where the question does not arise, None where it is not known."""
        answer = self.answers.get(fact)
        gate = self.law.questions[fact].asked_if
        if answer is None and gate and self.exact(gate) is Truth.FALSE:
            return 0
        return answer if isinstance(answer, int) else None

    def concerns(self, entry: Help | Authority, duties: list[Duty]) -> bool:
        """Whether help or an authority is for this company, and serves a duty or a rule that holds."""
        if entry.when and self.exact(entry.when) is not Truth.TRUE:
            return False
        sure = {duty.rule.id for duty in duties if duty.value is Truth.TRUE}
        in_force = [rule_id for rule_id in entry.serves if rule_id in self.law.versions]
        return any(
            rule_id in sure
            if self.base.rules[rule_id].kind in OWED
            else self.finding(self.base.rules[rule_id]).value is Truth.TRUE
            for rule_id in in_force
        )

    def open_questions(
        self, tiers: dict[Tier, Finding], roles: dict[Role, Finding], duties: list[Duty]
    ) -> Iterator[OpenQuestion]:
        """The open questions, those that decide first: by how many tiers, then roles, then duties hang on them."""
        weight: Counter[str] = Counter()
        hangs: dict[str, dict[str, None]] = {}
        of_tiers: dict[str, list[Tier]] = {}
        for tier, finding in tiers.items():
            if finding.value is Truth.UNKNOWN:
                for fact in finding.proof.open_facts:
                    weight[fact] += 1000
                    of_tiers.setdefault(fact, []).append(tier)
        for finding in roles.values():
            if finding.value is Truth.UNKNOWN:
                for fact in finding.proof.open_facts:
                    weight[fact] += 200
                    hangs.setdefault(fact, {})[finding.rule.id] = None
        for duty in duties:
            for fact in duty.open_facts:
                weight[fact] += 1
                hangs.setdefault(fact, {})[duty.rule.id] = None
        order = {fact: index for index, fact in enumerate(self.base.questions)}
        for fact in sorted(weight, key=lambda fact: (-weight[fact], order[fact])):
            yield OpenQuestion(fact=fact, tiers=tuple(of_tiers.get(fact, ())), rules=tuple(hangs.get(fact, {})))


def open_or_true(finding: Finding) -> bool:
    """Whether a finding holds or may hold."""
    return finding.value is not Truth.FALSE
