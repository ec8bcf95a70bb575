"""What answers come to so far, in a glance: far quicker than a verdict, and never at odds with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from aiact_check.assessing.bench import Bench
from aiact_check.assessing.verdict import duties_of
from aiact_check.law.condition import named
from aiact_check.law.evaluate import Answers, Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Role, Rule, Tier
from aiact_check.law.truth import Truth


@dataclass(frozen=True)
class Glance:
    """The tiers that may be the headline, the roles that are sure, and once the tier is clear, why and what is owed."""

    possible: tuple[Tier, ...]
    roles: tuple[Role, ...]
    grounds: tuple[str, ...] = ()
    """The rules by which the tier is what it is, where the law lists several ways to it."""
    starts: tuple[tuple[str, str | None], ...] | None = None
    """The sure duties, each with its first day where that is sure; None while the tier is open."""

    @property
    def tier(self) -> Tier | None:
        """The headline, where there is no other."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def duties(self) -> int | None:
        """How many duties are sure; None while the tier is open."""
        return None if self.starts is None else len({rule for rule, _ in self.starts})


def glance(base: RuleBase, law: Law, answers: Answers) -> Glance:
    """What these answers come to."""
    return glance_at(Bench(base, law, answers))


def glance_at(bench: Bench) -> Glance:
    """What the answers of a bench come to."""
    roles = tuple(role for role, finding in bench.roles.items() if finding.value is Truth.TRUE)
    if len(bench.possible) != 1:
        return Glance(bench.possible, roles)
    sure = [duty for duty in duties_of(bench, "obligation")[0] if duty.value is Truth.TRUE]
    starts = {duty.rule.id: duty.start.date for duty in sure}
    return Glance(bench.possible, roles, tuple(_grounds(bench, bench.possible[0])), tuple(sorted(starts.items())))


def _grounds(bench: Bench, tier: Tier) -> list[str]:
    """The rules that make the tier, those alone on which no other of them rests."""
    ids = {rule.id for rule in bench.rules() if _leads_to(rule, tier) and bench.finding(rule).value is Truth.TRUE}
    return sorted(rule_id for rule_id in ids if not named(bench.law.versions[rule_id].when).rules & ids)


def _leads_to(rule: Rule, tier: Tier) -> bool:
    match tier:
        case "high-risk":
            return rule.route not in (None, "derogation")
        case "prohibited":
            return rule.kind == "classification" and not rule.tier and not rule.route
        case "transparency":
            return rule.kind == "obligation" and rule.tier == tier
        case "minimal":
            return rule.route == "derogation"
        case _:
            return False
