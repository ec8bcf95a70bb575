"""The order in which to ask, so that the fewest questions settle the verdict. Pure.

For each class that is still possible, the smallest set of answers that would prove it is worked out; the question that
stands in most of these sets is asked. Then come the questions on which roles and duties hang, then those that decide
how high a fine may be. A question whose answer cannot matter is never asked; one that was put aside is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from aiact_check.assessing.bench import Bench
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import verdict_at
from aiact_check.law.condition import Test, fold
from aiact_check.law.evaluate import Answers, Law, Proofs, compare, unfold
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth

Ways = tuple[frozenset[str] | None, frozenset[str] | None]
"""The fewest questions that could make something true, and those that could make it false; None where none can."""
NO_MORE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Step:
    """What to ask next, what it serves, and how many answers at least it takes until the class is clear."""

    fact: str
    serves: str
    """`class`, `duties` or `fines`."""
    at_least: int = 0


def next_step(base: RuleBase, law: Law, answers: Answers, aside: Collection[str] = ()) -> Step | None:
    """The next question that matters and was not put aside; None where there is none."""
    bench = Bench(base, law, answers)
    if len(bench.possible) > 1 and (step := _towards_the_class(bench, aside)):
        return step
    verdict = verdict_at(bench)
    for question in verdict.open_questions:
        if question.fact not in aside:
            return Step(question.fact, "duties")
    return next((Step(fact, "fines") for fact in _of_fines(law, verdict, answers) if fact not in aside), None)


def _towards_the_class(bench: Bench, aside: Collection[str]) -> Step | None:
    """The question that stands in most of the cheapest proofs of the possible classes, or refutations where none is."""
    askable = _askable(bench, aside)
    fewest = _Fewest(bench.law, bench.answers, aside)
    ways = [fold(bench.is_headline(tier), fewest) for tier in bench.possible]
    sets = [proof for proof, _ in ways if proof] or [refutation for _, refutation in ways if refutation]
    if not sets or not askable:
        return None
    counted = Counter(fact for each in sets for fact in each if fact in askable)
    order = {fact: place for place, fact in enumerate(bench.base.questions)}
    fact = min(counted or askable, key=lambda fact: (-counted[fact], order[fact]))
    return Step(fact, "class", min(map(len, sets)))


def _askable(bench: Bench, aside: Collection[str]) -> set[str]:
    """The open questions of the classes that may be the headline, as far as they can be asked already."""
    found: set[str] = set()
    for finding in bench.tiers.values():
        found.update(finding.proof.open_facts)
        if finding.value is Truth.TRUE:
            break
    return found - set(aside)


@dataclass
class _Fewest:
    """The algebra that finds the fewest answers which would decide a condition, if they came out right."""

    law: Law
    answers: Answers
    aside: Collection[str]
    known: dict[str, Ways] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Ways:
        if rule_id not in self.known:
            self.known[rule_id] = unfold(self.law, rule_id, self)
        return self.known[rule_id]

    def test(self, test: Test) -> Ways:
        answer = self.answers.get(test.fact)
        value = Truth.UNKNOWN if answer is None else compare(self.law, test, answer)
        if value is not Truth.UNKNOWN:
            return (NO_MORE, None) if value is Truth.TRUE else (None, NO_MORE)
        itself = None if test.fact in self.aside else frozenset({test.fact})
        gate = self.law.questions[test.fact].asked_if if answer is None else None
        return self.all([fold(gate, self), (itself, itself)]) if gate else (itself, itself)

    def all(self, parts: list[Ways]) -> Ways:
        return _union([true for true, _ in parts]), _least([false for _, false in parts])

    def any(self, parts: list[Ways]) -> Ways:
        return _least([true for true, _ in parts]), _union([false for _, false in parts])

    def negate(self, part: Ways) -> Ways:
        return part[1], part[0]


def _union(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    possible = [each for each in sets if each is not None]
    return frozenset().union(*possible) if len(possible) == len(sets) else None


def _least(sets: list[frozenset[str] | None]) -> frozenset[str] | None:
    return min((each for each in sets if each is not None), key=len, default=None)


def _of_fines(law: Law, verdict: Verdict, answers: Answers) -> Iterator[str]:
    """The open questions on which the ceiling of a fine hangs."""
    for penalty in verdict.penalties:
        if penalty.ceiling is None:
            turnover = law.versions[penalty.rule.id].turnover
            if turnover and penalty.turnover is None:
                arises = fold(law.questions[turnover].asked_if or {"all": []}, Proofs(law, answers))
                yield from arises.open_facts or [turnover]
            yield from penalty.why.open_facts if penalty.why else ()
