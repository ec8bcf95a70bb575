"""What columns leave open, over many systems at once: on which answers it hangs, and whether it is open for good.

Masks hold a bit a system. Kleene's logic may call open what every completion of the open answers decides. Where a
completion that makes a condition true and one that makes it false are both found here, it is open for good; the rest
is for `exact`, once for each of `residues`.

A completion is built part by part. All parts of a conjunction are made true together, which fails where they ask an
answer for things that exclude each other; of a disjunction the last part that can be made true is. So a question and
not what it is asked under is answered with no. A completion found is always right; one may be missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from aiact_check.law.alternatives import Domains, Leaf
from aiact_check.law.condition import Condition, Test, fold
from aiact_check.law.evaluate import Law, unfold
from aiact_check.law.exact import MOST_OPEN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Mask = npt.NDArray[np.uint64]


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


def more_than(most: int, masks: Collection[Mask], where: Mask) -> Mask:
    """Where, among these places, more than so many masks have a bit."""
    import numpy as np

    found = where ^ where
    words = np.flatnonzero(where) if len(masks) > most else found[:0]
    if len(words):
        rows = np.unpackbits(np.stack([mask[words] for mask in masks]).view(np.uint8), axis=1, bitorder="little")
        found[words] = np.packbits(rows.sum(axis=0, dtype=np.uint16) > most, bitorder="little").view(np.uint64)
    return found & where


def count(digits: list[Mask], mask: Mask) -> None:
    """Count a mask in binary digits, each of which is a mask."""
    nowhere = bytes(mask.nbytes)
    for place, digit in enumerate(digits):
        digits[place], mask = digit ^ mask, digit & mask
        if mask.tobytes() == nowhere:
            return
    digits.append(mask)


K = TypeVar("K")


def _masked(masks: Mapping[K, Mask], where: Mask) -> dict[K, Mask]:
    nowhere = bytes(where.nbytes)
    found = {}
    for key, mask in masks.items():
        here = mask & where
        if here.tobytes() != nowhere:  # most are empty: what is not carried along costs nothing further on
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
