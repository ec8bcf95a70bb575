"""What columns leave open, over many systems at once: on which answers it hangs, and whether it is open for good.

Masks hold a bit a system. Kleene's logic may call open what every completion of the open answers decides. Where a
completion that makes a condition true and one that makes it false are both found here, it is open for good; the rest
is for `exact`, once for each `key`: systems of the same key leave the same undecided.

A completion is built part by part. All parts of a conjunction are made true together, which fails where they ask an
answer for things that exclude each other; of a disjunction the last part that can be made true is. So a question and
not what it is asked under is answered with no. A completion found is always right; one may be missed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from aiact_check.law.columns import of_choice
from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.evaluate import Law, compare, unfold
from aiact_check.law.exact import MOST_OPEN
from aiact_check.law.truth import Truth

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Mask = npt.NDArray[np.uint64]
    Keys = npt.NDArray[np.uint64]

Alternative = tuple[str, str | int | bool]
"""One of the answers that a question, or one choice of several, may be given."""


@dataclass(frozen=True)
class Leaf:
    """A comparison of one answer, by the name of the column that holds it: what it says of each alternative."""

    column: str
    fact: str
    holds: tuple[bool, ...]
    alternatives: tuple[str | int | bool, ...]


@dataclass
class Domains:
    """The alternatives of each answer, among which every comparison of the law tells all the difference there is."""

    law: Law
    bounds: dict[str, set[int | str]] = field(default_factory=dict)

    @classmethod
    def of(cls, law: Law, tests: Iterable[Test]) -> Domains:
        """The domains for these comparisons."""
        found = cls(law)
        for test in tests:
            if law.questions[test.fact].type in ("number", "date"):
                number = isinstance(test.operand, int)
                bound = test.operand if number else law.date_of(test.operand)
                found.bounds.setdefault(test.fact, set()).add(bound)
        return found

    def leaves(self, test: Test) -> list[Leaf]:
        """The comparisons of single answers of which one must hold."""
        if test.operator == "has":
            wanted = [test.operand] if isinstance(test.operand, str) else test.operand
            return [Leaf(of_choice(test.fact, choice), test.fact, (False, True), (False, True)) for choice in wanted]
        alternatives = self._alternatives(test.fact)
        holds = tuple(compare(self.law, test, one) is Truth.TRUE for one in alternatives)
        return [Leaf(test.fact, test.fact, holds, alternatives)]

    def _alternatives(self, fact: str) -> tuple[str | int | bool, ...]:
        question = self.law.questions[fact]
        if question.type == "yes_no":
            return (False, True)
        if question.type == "choice":
            return tuple(question.choices)
        bounds: list[Any] = sorted(self.bounds[fact])
        return (bounds[0] - 1 if question.type == "number" else "0000-01-01", *bounds)


@dataclass
class Way:
    """How to complete the open answers so that something comes true, or false."""

    excluded: dict[tuple[str, Any], Mask]
    """By alternative of an answer, where it must not be chosen."""
    missed: Mask
    """Where no way was found."""


@dataclass
class Marked:
    """A part of a condition over many systems."""

    true: Mask
    false: Mask
    to_true: Way
    to_false: Way
    hangs: dict[str, Mask]
    """By question, where it still matters here and can be asked already."""
    asks: dict[str, Mask]
    """By answer that can be given on its own, where it is part of what is left."""

    @property
    def open(self) -> Mask:
        found: Mask = ~(self.true | self.false)
        return found

    @property
    def missed(self) -> Mask:
        """Where it is open, no two completions were found that make it true and false, and `exact` would try."""
        found: Mask = self.open & (self.to_true.missed | self.to_false.missed)
        return found & ~more_than(MOST_OPEN, self.asks.values(), found)


@dataclass
class Marks:
    """The algebra that marks many systems at once."""

    law: Law
    domains: Domains
    column: Callable[[Test, Leaf], tuple[Mask, Mask]]
    """Where a comparison of one answer is true, and where false."""
    answered: Callable[[str], Mask]
    none: Mask
    sizes: dict[str, int] = field(default_factory=dict)
    known: dict[str, Marked] = field(default_factory=dict)
    tested: dict[str, Marked] = field(default_factory=dict)
    gates: dict[str, Marked] = field(default_factory=dict)

    def of(self, condition: Condition) -> Marked:
        """A condition."""
        return fold(condition, self)

    def rule(self, rule_id: str) -> Marked:
        """A rule."""
        if rule_id not in self.known:
            self.known[rule_id] = unfold(self.law, rule_id, self)
        return self.known[rule_id]

    def test(self, test: Test) -> Marked:
        """A comparison; of an unanswered question, false where the question does not arise."""
        key = repr(test)
        if key not in self.tested:
            self.tested[key] = self._test(test)
        return self.tested[key]

    def _test(self, test: Test) -> Marked:
        leaves = [self._leaf(test, leaf) for leaf in self.domains.leaves(test)]
        said = self.any(leaves)
        gate = self.law.questions[test.fact].asked_if
        if gate is None:
            return Marked(said.true, said.false, said.to_true, said.to_false, {test.fact: said.open}, said.asks)
        if test.fact not in self.gates:
            self.gates[test.fact] = fold(gate, self)
        arises, answered = self.gates[test.fact], self.answered(test.fact)
        needed = Marked(arises.true | answered, arises.false & ~answered, _within(arises.to_true, ~answered),
                        _within(arises.to_false, ~answered), _masked(arises.hangs, ~answered),
                        _masked(arises.asks, ~answered))  # fmt: skip
        found = self.all([needed, said])
        found.hangs = {**_masked(needed.hangs, found.open), test.fact: found.open & ~needed.open}
        return found

    def _leaf(self, test: Test, leaf: Leaf) -> Marked:
        true, false = self.column(test, leaf)
        is_open = ~(true | false)
        ways = [
            Way({(leaf.column, one): is_open for one, holds in zip(leaf.alternatives, leaf.holds, strict=True)
                 if holds is not wanted}, self.none)
            for wanted in (True, False)
        ]  # fmt: skip
        self.sizes[leaf.column] = len(leaf.alternatives)
        return Marked(true, false, ways[0], ways[1], {}, {leaf.column: is_open})

    def all(self, parts: list[Marked]) -> Marked:
        """A conjunction."""
        if len(parts) == 1:
            return parts[0]
        true, false = ~self.none, self.none
        for part in parts:
            true, false = true & part.true, false | part.false
        is_open = ~(true | false)
        to_true = self._together([part.to_true for part in parts], is_open)
        to_false = _last([(part.open, part.to_false) for part in parts], is_open)
        hangs, asks = (
            _merged(masks, is_open) for masks in ([part.hangs for part in parts], [part.asks for part in parts])
        )
        return Marked(true, false, to_true, to_false, hangs, asks)

    def any(self, parts: list[Marked]) -> Marked:
        """A disjunction: what is left of it is the conjunction of the contraries, turned round."""
        if len(parts) == 1:
            return parts[0]
        return self.negate(self.all([self.negate(part) for part in parts]))

    def negate(self, part: Marked) -> Marked:
        """A negation."""
        return Marked(part.false, part.true, part.to_false, part.to_true, part.hangs, part.asks)

    def _together(self, ways: list[Way], is_open: Mask) -> Way:
        excluded = _merged([way.excluded for way in ways], is_open)
        missed = self.none
        for way in ways:
            missed = missed | way.missed
        told = Counter(column for way in ways for column in {column for column, _ in way.excluded})
        asked: dict[str, list[Mask]] = {}
        for (column, _), mask in excluded.items():
            if told[column] > 1:
                asked.setdefault(column, []).append(mask)
        for column, masks in asked.items():
            if len(masks) == self.sizes[column]:
                nothing_left = masks[0]
                for mask in masks[1:]:
                    nothing_left = nothing_left & mask
                missed = missed | nothing_left
        return Way(excluded, missed & is_open)


def more_than(most: int, masks: Iterable[Mask], where: Mask) -> Mask:
    """Where more than so many masks have a bit."""
    counted: list[Mask] = []
    if where.any():
        for mask in _masked(dict(enumerate(masks)), where).values():
            count(counted, mask)
    digits = most.bit_length()
    found = where ^ where
    for digit in range(digits):
        here = counted[digit] if digit < len(counted) else where ^ where
        found = found & here if most >> digit & 1 else found | here
    for mask in counted[digits:]:
        found = found | mask
    return found


def count(digits: list[Mask], mask: Mask) -> None:
    """Count a mask in binary digits, each of which is a mask."""
    from numpy import count_nonzero

    for place, digit in enumerate(digits):
        digits[place], mask = digit ^ mask, digit & mask
        if not count_nonzero(mask):
            return
    digits.append(mask)


K = TypeVar("K")


def _masked(masks: Mapping[K, Mask], where: Mask) -> dict[K, Mask]:
    from numpy import count_nonzero

    found = {}
    for key, mask in masks.items():
        here = mask & where
        if count_nonzero(here):  # most are empty: what is not carried along costs nothing further on
            found[key] = here
    return found


def _within(way: Way, where: Mask) -> Way:
    return Way(_masked(way.excluded, where), way.missed & where)


def _merged(several: Iterable[Mapping[K, Mask]], where: Mask) -> dict[K, Mask]:
    found: dict[K, Mask] = {}
    for masks in several:
        for key, mask in masks.items():
            found[key] = found[key] | mask if key in found else mask
    return _masked(found, where)


def _last(ways: list[tuple[Mask, Way]], is_open: Mask) -> Way:
    """The last way that was found."""
    left = is_open
    chosen = []
    for possible, way in reversed(ways):
        here = possible & ~way.missed & left
        left = left & ~here
        chosen.append(_masked(way.excluded, here))
    return Way(_merged(chosen, is_open), left)


@dataclass
class Left:
    """A part of a condition over a few systems: where it is open, and a key of what is left of it there."""

    true: npt.NDArray[np.bool_]
    false: npt.NDArray[np.bool_]
    key: Keys

    @property
    def open(self) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = ~(self.true | self.false)
        return found


def _mixer(name: str) -> int:
    """An odd number that has nothing to do with anything."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little") | 1


ALL, NOT, STEP = (_mixer(name) for name in ("all", "not", "step"))


@dataclass
class Residues:
    """The algebra that gives systems of which the same is left undecided the same key, of twice 64 bits."""

    law: Law
    domains: Domains
    column: Callable[[Test, Leaf], tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]]
    answered: Callable[[str], npt.NDArray[np.bool_]]
    size: int
    known: dict[str, Left] = field(default_factory=dict)
    tested: dict[str, Left] = field(default_factory=dict)

    def rule(self, rule_id: str) -> Left:
        """A rule."""
        if rule_id not in self.known:
            self.known[rule_id] = unfold(self.law, rule_id, self)
        return self.known[rule_id]

    def test(self, test: Test) -> Left:
        """A comparison."""
        key = repr(test)
        if key not in self.tested:
            said = self.any([self._leaf(test, leaf) for leaf in self.domains.leaves(test)])
            gate = self.law.questions[test.fact].asked_if
            if gate is not None:
                arises, answered = fold(gate, self), self.answered(test.fact)
                needed = Left(arises.true | answered, arises.false & ~answered, arises.key)
                said = self.all([needed, said])
            self.tested[key] = said
        return self.tested[key]

    def _leaf(self, test: Test, leaf: Leaf) -> Left:
        import numpy as np

        true, false = self.column(test, leaf)
        digest = hashlib.sha256(repr((leaf.column, leaf.holds)).encode()).digest()
        return Left(true, false, np.broadcast_to(np.frombuffer(digest[:16], np.uint64)[:, None], (2, len(true))))

    def all(self, parts: list[Left]) -> Left:
        """A conjunction."""
        import numpy as np

        if len(parts) == 1:
            return parts[0]
        true, false = np.ones(self.size, np.bool_), np.zeros(self.size, np.bool_)
        key = np.full((2, self.size), ALL, np.uint64)
        for part in parts:
            true, false = true & part.true, false | part.false
            mixed = (key ^ part.key) * np.uint64(STEP)
            key = np.where(part.open, mixed ^ (mixed >> np.uint64(29)), key)
        return Left(true, false, key)

    def any(self, parts: list[Left]) -> Left:
        """A disjunction."""
        return parts[0] if len(parts) == 1 else self.negate(self.all([self.negate(part) for part in parts]))

    def negate(self, part: Left) -> Left:
        """A negation."""
        import numpy as np

        return Left(part.false, part.true, part.key * np.uint64(STEP) + np.uint64(NOT))
