"""What became of the mutants of a rule, and the examples that would notice those that live on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aiact_check.law.evaluate import Answer, Choices, Values, unfold
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.law.truth import Truth
from tools.mutants.breaks import Mutant
from tools.mutants.noticing import Expected
from tools.mutants.showing import Shown, Shows, Undecided


@dataclass
class Outcome:
    """What became of the mutants of one rule."""

    rule: str
    count: int = 0
    alive: list[Mutant] = field(default_factory=list)
    undecided: list[Mutant] = field(default_factory=list)
    """Alive, but z3 could not say in time whether they differ."""
    redundant: list[Mutant] = field(default_factory=list)
    """No questionnaire shows them: left out of the score."""
    candidates: dict[Shown, int] = field(default_factory=dict)
    """Examples that would kill those alive, each with how many more it kills than those before it."""

    @property
    def real(self) -> int:
        """How many mutants count."""
        return self.count - len(self.redundant)

    @property
    def survivors(self) -> int:
        """How many of those live on."""
        return len(self.alive) + len(self.undecided)


def outcomes(base: RuleBase, expected: Expected, shows: Shows, mutants: Iterable[Mutant]) -> Iterator[Outcome]:
    """What became of these mutants, by the rule whose value they would change."""
    by_rule: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_rule.setdefault(mutant.target, []).append(mutant)
    for rule_id in sorted(by_rule):
        yield outcome(base, expected, shows, rule_id, by_rule[rule_id])


def outcome(base: RuleBase, expected: Expected, shows: Shows, rule_id: str, mutants: list[Mutant]) -> Outcome:
    """What became of these mutants of a rule."""
    found = Outcome(rule_id, len(mutants))
    shown: list[Shown] = []
    for mutant in mutants:
        if expected.kill(mutant):
            continue
        if any(kills(example, mutant) for example in shown):
            found.alive.append(mutant)
            continue
        try:
            example = shows.of(mutant)
        except Undecided:
            found.undecided.append(mutant)
            continue
        (found.alive if example else found.redundant).append(mutant)
        shown += [example] if example else []
    found.candidates = fewest(shown, found.alive)
    return found


def fewest(shown: list[Shown], mutants: list[Mutant]) -> dict[Shown, int]:
    """Few of these examples that together kill all these mutants, the most deadly first."""
    killed = {example: {mutant for mutant in mutants if kills(example, mutant)} for example in shown}
    chosen: dict[Shown, int] = {}
    left = set(mutants)
    while left:
        best = max(shown, key=lambda example: (len(killed[example] & left), -len(example.given)))
        chosen[best] = len(killed[best] & left)
        left -= killed[best]
    return chosen


def kills(example: Shown, mutant: Mutant) -> bool:
    """Whether this example kills the mutant."""
    broken = mutant.law(example.law)
    return broken is not None and unfold(broken, mutant.target, Values(example.law, example.given)) is not example.value


def written(base: RuleBase, example: Shown) -> str:
    """The example as a line of a rule file."""
    given = ", ".join(f"{fact}: {_answer(answer)}" for fact, answer in example.given.items())
    then = UNKNOWN if example.value is Truth.UNKNOWN else example.value.value
    dated = "" if example.law.day == base.acts.known_to else f", as_of: {example.law.day}"
    return f"- {{ given: {{ {given} }}, then: {then}{dated} }}".replace("{  }", "{}")


def _answer(answer: Answer) -> str:
    if isinstance(answer, Choices):
        return f"[{', '.join([*sorted(answer.chosen), *([UNKNOWN] if answer.more else [])])}]"
    return str(answer).lower() if isinstance(answer, bool) else str(answer)
