"""What is claimed of every complete questionnaire under the law as of a day."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from datetime import date
from functools import cached_property, partial
from itertools import combinations
from typing import Any

import z3

from aiact_check.law.condition import Condition, fold, named
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import OWED, Rule, Tier
from tools.prove.claims import Claim, Refutation, shortest
from tools.prove.terms import ALWAYS, Form, Rails, Terms, accepted, all_of, any_of


class Complete:
    """The law of a day over every complete questionnaire that is accepted."""

    def __init__(self, base: RuleBase, day: date) -> None:
        self.base = base
        self.law: Law = base.law(day)
        self.form = Form(base.questions, "form")
        self.terms = Terms(self.law, self.form)
        self.in_force = [base.rules[rule_id] for rule_id in sorted(self.law.versions)]
        self.solver = z3.Solver()
        self.solver.add(*accepted(base, self.form))
        self.values = {rule.id: self.terms.rule(rule.id) for rule in self.in_force}
        self.solver.add(*self.terms.complete())
        self.asserted = 0

    def claims(self) -> Iterator[Claim]:
        """All claims."""
        yield self.everything_is_decided()
        yield self.no_gap()
        yield self.every_headline_is_reached()
        yield self.no_dead_rule()
        yield self.every_derogation_bites()
        yield self.no_rule_always_holds()
        yield self.every_role_can_owe()
        yield self.whatever_binds_starts()
        yield self.every_exemption_has_a_reason()
        yield self.every_start_is_reached()

    def model(self, *terms: Any) -> Any:
        """A model in which these hold, or None."""
        fresh = self.terms.definitions[self.asserted :]
        self.asserted += len(fresh)
        self.solver.add(*fresh)
        result = self.solver.check(*terms)
        assert result != z3.unknown, self.solver.reason_unknown()
        return self.solver.model() if result == z3.sat else None

    def never(self, says: str, term: Any) -> Iterator[Refutation]:
        """The refutation of the claim that this term never holds, shown by a tidy questionnaire if one does."""
        if self.model(term) is not None:
            terms = [self.tidy, term] if self.model(self.tidy, term) is not None else [term]
            yield Refutation(says, partial(shortest, self.solver, [self.form], terms))

    @cached_property
    def tidy(self) -> Any:
        """No question is answered that does not arise."""
        return z3.And(self.terms.tidy())

    @cached_property
    def tiers(self) -> dict[Tier, Rails]:
        """The value of each tier, in order."""
        found = {
            rule.tier: self.values[rule.id] for rule in self.in_force if rule.tier and rule.kind == "classification"
        }
        return {tier: found[tier] for tier in typing.get_args(Tier) if tier in found}

    @cached_property
    def roles(self) -> dict[str, Rails]:
        """The value of each role."""
        return {rule.role: self.values[rule.id] for rule in self.in_force if rule.role}

    def unreached(self, wanted: dict[str, Any]) -> list[str]:
        """Which of these hold in no tidy questionnaire; one questionnaire may show many that do."""
        left = dict(wanted)
        while left and (model := self.model(self.tidy, z3.Or(list(left.values())))) is not None:
            left = {
                name: term for name, term in left.items() if not z3.is_true(model.eval(term, model_completion=True))
            }
        return list(left)

    def reached(self, says: str, wanted: dict[str, Any]) -> Claim:
        """The claim that each of these can hold."""
        return Claim(says, len(wanted), [Refutation(name) for name in self.unreached(wanted)])

    def everything_is_decided(self) -> Claim:
        """A complete questionnaire leaves no rule unknown."""
        left = z3.Or([z3.And(value.true, value.false) for value in self.values.values()])
        says = "a complete questionnaire leaves no rule unknown"
        return Claim(says, len(self.values), list(self.never("some rule", left)))

    def no_gap(self) -> Claim:
        """Some tier always holds."""
        none = any_of(self.tiers.values()).false
        return Claim("some tier always holds", len(self.tiers), list(self.never("no tier", none)))

    def every_headline_is_reached(self) -> Claim:
        """Each tier can be the first that holds."""
        wanted: dict[str, Any] = {}
        before: list[Rails] = []
        for tier, value in self.tiers.items():
            wanted[str(tier)] = certain(all_of([value, *(Rails(other.false, other.true) for other in before)]))
            before.append(value)
        return self.reached("every tier can be the headline", wanted)

    def no_dead_rule(self) -> Claim:
        """Each rule in force can hold."""
        return self.reached("every rule can hold", {name: certain(value) for name, value in self.values.items()})

    def every_derogation_bites(self) -> Claim:
        """Each derogation or exception can hold where, but for derogations, the rule it overrides would."""
        wanted: dict[str, Any] = {}
        for overridden, others in self.law.derogations.items():
            version = self.law.versions.get(overridden)
            if version is not None:
                own = fold(version.when, self.terms) if version.when else ALWAYS
                wanted |= {f"{other} from {overridden}": certain(all_of([own, self.values[other]])) for other in others}
        return self.reached("every derogation and exception can take effect", wanted)

    def no_rule_always_holds(self) -> Claim:
        """Each rule with a condition can fail."""
        wanted = {rule.id: self.values[rule.id].false for rule in self.in_force if self.law.versions[rule.id].when}
        return self.reached("every rule with a condition can fail", wanted)

    @cached_property
    def owed(self) -> dict[tuple[str, str], Rails]:
        """Whether a duty or option binds a role, for every pair of them."""
        return {
            (rule.id, role): all_of([self.values[rule.id], self.roles[role]])
            for rule in self.in_force
            if rule.kind in OWED or rule.kind == "procedure"
            for role in self.law.versions[rule.id].who
            if role in self.roles
        }

    def every_role_can_owe(self) -> Claim:
        """Each duty, option and procedure can be for each role it names."""
        wanted = {f"{rule} for {role}": certain(value) for (rule, role), value in self.owed.items()}
        return self.reached("every duty, option and procedure can be for each role it names", wanted)

    def starts(self, name: str) -> Rails:
        """Whether a milestone or schedule gives a start."""
        if name not in self.base.schedules:
            return any_of([ALWAYS] if name in self.law.milestones else [])
        found = [start for start in self.base.schedules[name].starts if start.milestone in self.law.milestones]
        return any_of([fold(start.when, self.terms) if start.when else ALWAYS for start in found])

    def bound(self) -> Iterator[tuple[Rule, str, Rails]]:
        """Whatever has a start: rules, for whom, and whether they bind."""
        for (rule_id, role), value in self.owed.items():
            if self.base.rules[rule_id].kind in OWED:
                yield self.base.rules[rule_id], f"{rule_id} for {role}", value
        for rule in self.in_force:
            if rule.kind == "classification" and self.law.versions[rule.id].applies:
                yield rule, rule.id, self.values[rule.id]

    def schedule(self, rule: Rule) -> str:
        """The milestone or schedule of a rule."""
        return self.law.versions[rule.id].applies or ""

    def exempts(self, name: str) -> bool:
        """Whether a schedule says what to say where no start holds."""
        return name in self.base.schedules and self.base.schedules[name].exempt is not None

    def whatever_binds_starts(self) -> Claim:
        """Whenever a duty, option or class binds, its schedule gives a start, or says why there is none."""
        bound = [item for item in self.bound() if not self.exempts(self.schedule(item[0]))]
        refuted = [
            refutation
            for rule, name, value in bound
            for refutation in self.never(name, z3.And(value.true, self.starts(self.schedule(rule)).false))
        ]
        return Claim("whatever binds starts on some day", len(bound), refuted)

    def every_exemption_has_a_reason(self) -> Claim:
        """Where a duty binds but never starts, one of the rules its schedule's starts exclude holds."""
        bound = [item for item in self.bound() if self.exempts(self.schedule(item[0]))]
        refuted: list[Refutation] = []
        for rule, name, value in bound:
            schedule = self.base.schedules[self.schedule(rule)]
            reasons = {reason for start in schedule.starts for reason in excluded(start.when)}
            unreasoned = [value.true, self.starts(self.schedule(rule)).false]
            unreasoned += [self.terms.rule(reason).false for reason in sorted(reasons)]
            refuted += self.never(name, z3.And(unreasoned))
        return Claim("what binds and never starts has a reason its schedule names", len(bound), refuted)

    def every_start_is_reached(self) -> Claim:
        """Each start of each schedule can be one for something that binds."""
        wanted: dict[str, Any] = {}
        for name, schedule in self.base.schedules.items():
            binding = any_of(value for rule, _, value in self.bound() if self.schedule(rule) == name)
            for number, start in enumerate(schedule.starts, 1):
                if start.milestone in self.law.milestones and start.when:
                    wanted[f"start {number} of {name}"] = certain(all_of([binding, fold(start.when, self.terms)]))
        return self.reached("every start of a schedule can be one for something that binds", wanted)

    def together(self) -> list[tuple[Tier, Tier]]:
        """The pairs of tiers that can hold together: the first is the headline."""
        return [
            (first, second)
            for first, second in combinations(self.tiers, 2)
            if self.model(certain(self.tiers[first]), certain(self.tiers[second])) is not None
        ]


def certain(value: Rails) -> Any:
    """True, and not unknown."""
    return z3.And(value.true, z3.Not(value.false))


def excluded(condition: Condition | None) -> set[str]:
    """The rules a condition names under `not`."""
    if condition is None:
        return set()
    if "not" in condition:
        return named(condition).rules
    parts = [*condition.get("all", []), *condition.get("any", [])]
    return {name for part in parts for name in excluded(part)}
