"""Proofs -> roles, tiers, routes, duties with dates, conformity route, exposure, open questions. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from aiact_check.assessing.bench import Bench, open_or_true
from aiact_check.assessing.exposure import penalties
from aiact_check.assessing.parts import (
    Duty,
    Exemption,
    Finding,
    Headline,
    OpenQuestion,
    RoleFound,
    Start,
    State,
    TierFound,
    Verdict,
)
from aiact_check.law.around import Authority, Help
from aiact_check.law.evaluate import NEVER, Answers, Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED, Kind, Rule, Tier
from aiact_check.law.truth import Truth

UNFOUND: tuple[Kind, ...] = (*OWED, "penalty")
"""Kinds of rules that have a finding only where other rules rest on them."""


def decide(base: RuleBase, answers: Answers, day: date) -> Verdict:
    """The verdict on these answers under the law in force on `day`."""
    return decide_under(base, base.law(day), answers)


def decide_under(base: RuleBase, law: Law, answers: Answers) -> Verdict:
    """The verdict on these answers under this law, which need not be the one in force on its day."""
    return verdict_at(Bench(base, law, answers))


def possible_headlines(base: RuleBase, law: Law, answers: Answers) -> tuple[Tier, ...]:
    """The headlines that these answers leave possible: one, where they decide."""
    return Bench(base, law, answers).possible


def verdict_at(bench: Bench) -> Verdict:
    """The verdict on the answers of a bench."""
    tiers, roles, possible = bench.tiers, bench.roles, bench.possible
    duties, exemptions = duties_of(bench, "obligation")
    options, _ = duties_of(bench, "option")
    routes = [finding for rule in bench.rules() if rule.route and open_or_true(finding := bench.finding(rule))]
    procedures = [finding for finding in _procedures(bench) if open_or_true(finding)]
    found = [TierFound(tier=tier, finding=tiers[tier], start=bench.tier_start(tiers[tier]))
             for tier in tiers if open_or_true(tiers[tier])]  # fmt: skip
    sure = {duty.rule.id for duty in (*duties, *options) if duty.value is Truth.TRUE}
    return Verdict(
        day=bench.law.day,
        headline=headline(possible),
        possible=possible,
        tiers=tuple(found),
        roles=tuple(RoleFound(role=role, finding=roles[role]) for role in roles if open_or_true(roles[role])),
        routes=tuple(routes),
        findings=tuple(bench.finding(rule) for rule in bench.rules() if _is_found(bench, rule)),
        duties=tuple(duties),
        options=tuple(options),
        exemptions=tuple(exemptions),
        conformity=tuple(procedures),
        penalties=tuple(penalties(bench, duties)),
        help=tuple(entry for entry in bench.base.surroundings.help if _concerns(bench, entry, sure)),
        authorities=tuple(entry for entry in bench.base.surroundings.authorities if _concerns(bench, entry, sure)),
        open_questions=tuple(open_questions(bench, duties)),
    )


def headline(possible: Sequence[Tier]) -> Headline:
    """What to say of the tiers that may be the headline: the only one, or that they are several."""
    return possible[0] if len(possible) == 1 else "undetermined"


def _is_found(bench: Bench, rule: Rule) -> bool:
    """Whether a rule has a finding of its own."""
    return rule.kind not in UNFOUND or rule.id in bench.law.rested_on


def duties_of(bench: Bench, kind: Kind) -> tuple[list[Duty], list[Exemption]]:
    """What the roles owe, or may do, by day; and what never starts for this system though its conditions hold."""
    duties, exemptions, roles = [], [], bench.roles
    for rule in bench.rules(kind):
        version = bench.law.versions[rule.id]
        holders = [role for role in version.who if role in roles and open_or_true(roles[role])]
        if not holders or bench.proofs.rule(rule.id).value is Truth.FALSE:
            continue
        for role in holders:
            proof = bench.proofs.all([bench.proofs.rule(rule.id), bench.proofs.rule(roles[role].rule.id)])
            value = bench.exact({"all": [{"rule": rule.id}, {"rule": roles[role].rule.id}]}, proof)
            start = bench.start(version.applies or "")
            if value is Truth.FALSE or (start.date is None and not start.possible and not start.exempt):
                continue
            if start.exempt:
                if value is Truth.TRUE:
                    exemptions.append(Exemption(rule=rule, role=role, because=start.exempt))
                continue
            open_facts = (*proof.open_facts, *start.open_facts) if value is Truth.UNKNOWN else start.open_facts
            duties.append(Duty(rule=rule, role=role, value=value, start=start, state=_state(bench, value, start),
                               open_facts=tuple(dict.fromkeys(open_facts))))  # fmt: skip
    return sorted(duties, key=lambda duty: (duty.start.date or NEVER, duty.rule.id, duty.role)), exemptions


def _procedures(bench: Bench) -> Iterator[Finding]:
    """What became of each conformity route, for the roles it is for."""
    for rule in bench.rules("procedure"):
        for role in bench.law.versions[rule.id].who:
            own, holder = bench.proofs.rule(rule.id), bench.roles[role].rule.id
            both = bench.proofs.all([bench.proofs.rule(holder), own])
            yield Finding(rule=rule, value=bench.exact({"all": [{"rule": holder}, {"rule": rule.id}]}, both), proof=own)


def _state(bench: Bench, value: Truth, start: Start) -> State:
    if value is Truth.UNKNOWN or start.date is None:
        return "depends"
    return "applies" if start.date <= bench.law.day else "upcoming"


def _concerns(bench: Bench, entry: Help | Authority, sure: set[str]) -> bool:
    """Whether help or an authority is for this company, and serves a duty that is sure or a rule that holds."""
    if entry.when and bench.exact(entry.when) is not Truth.TRUE:
        return False
    in_force = [rule_id for rule_id in entry.serves if rule_id in bench.law.versions]
    return any(
        rule_id in sure
        if bench.base.rules[rule_id].kind in OWED
        else bench.finding(bench.base.rules[rule_id]).value is Truth.TRUE
        for rule_id in in_force
    )


def open_questions(bench: Bench, duties: list[Duty]) -> Iterator[OpenQuestion]:
    """The open questions, those that decide first: by how many tiers, then roles, then duties hang on them."""
    weight: Counter[str] = Counter()
    hangs: dict[str, dict[str, None]] = {}
    of_tiers: dict[str, list[Tier]] = {}
    for tier, finding in bench.tiers.items():
        if finding.value is Truth.UNKNOWN:
            for fact in finding.proof.open_facts:
                weight[fact] += 1000
                of_tiers.setdefault(fact, []).append(tier)
    for finding in bench.roles.values():
        if finding.value is Truth.UNKNOWN:
            for fact in finding.proof.open_facts:
                weight[fact] += 200
                hangs.setdefault(fact, {})[finding.rule.id] = None
    for duty in duties:
        for fact in duty.open_facts:
            weight[fact] += 1
            hangs.setdefault(fact, {})[duty.rule.id] = None
    order = {fact: index for index, fact in enumerate(bench.base.questions)}
    for fact in sorted(weight, key=lambda fact: (-weight[fact], order[fact])):
        yield OpenQuestion(fact=fact, tiers=tuple(of_tiers.get(fact, ())), rules=tuple(hangs.get(fact, {})))
