"""Which of many systems leave the same undecided, so that `exact` need decide it once. Needs numpy."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiact_check.law.alternatives import Domains, Leaf
from aiact_check.law.condition import Test, fold
from aiact_check.law.evaluate import Law, unfold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Keys = npt.NDArray[np.uint64]


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
