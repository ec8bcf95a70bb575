"""What is claimed of every two questionnaires of which the second has the answers of the first and more.

Kleene's connectives never turn more knowledge of the parts into less, or other, knowledge of the whole. So only a test
can undo something: one false because its question does not arise, which an answer to it all the same makes true or
unknown. Without such an answer nothing is undone; that is the first claim, checked here by z3 for every rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import z3

from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Rule
from tools.prove.claims import Claim, Refutation, shortest
from tools.prove.terms import Form, Terms, accepted


class Twice:
    """The law of a day over pairs of accepted questionnaires, the second with the answers of the first and more."""

    def __init__(self, base: RuleBase, day: date) -> None:
        law = base.law(day)
        self.first, self.second = (Terms(law, Form(base.questions, name)) for name in ("before", "after"))
        self.rules = [base.rules[rule_id] for rule_id in sorted(law.versions)]
        self.solver = z3.Solver()
        self.solver.add(*self.second.form.completes(self.first.form))
        for terms in (self.first, self.second):
            self.solver.add(*accepted(base, terms.form))
            for rule in self.rules:
                terms.rule(rule.id)
            for fact in base.questions:
                terms.arises(fact)
            self.solver.add(*terms.definitions)

    def claims(self) -> Iterator[Claim]:
        """All claims."""
        yield self.more_answers_undo_nothing()
        yield self.strays_change_nothing()

    def refutations(self, rules: list[Rule], given: list[Any]) -> Iterator[Refutation]:
        """The rules that are decided first and no longer, or to the contrary, in the end."""
        assumed = z3.And(given)
        for rule in rules:
            before, after = self.first.rule(rule.id), self.second.rule(rule.id)
            undone = z3.Or([z3.And(now, z3.Not(then)) for then, now in zip(before, after, strict=True)])
            result = self.solver.check(assumed, undone)
            assert result != z3.unknown, self.solver.reason_unknown()
            if result == z3.sat:
                forms = [self.first.form, self.second.form]
                yield Refutation(rule.id, partial(shortest, self.solver, forms, [assumed, undone]))

    def more_answers_undo_nothing(self) -> Claim:
        """What is decided stays so, whatever else is answered, unless other answers rule the question out."""
        says = "more answers to questions that may arise never undo what is decided"
        return Claim(says, len(self.rules), list(self.refutations(self.rules, self.second.nothing_ruled_out())))

    def strays_change_nothing(self) -> Claim:
        """An answer to a question that does not arise, in a complete questionnaire, changes no tier and no role."""
        rules = [rule for rule in self.rules if rule.role or (rule.tier and rule.kind == "classification")]
        given = [*self.first.complete(), *self.first.tidy()]
        says = "an answer to a question that does not arise changes no tier and no role"
        return Claim(says, len(rules), list(self.refutations(rules, given)))
