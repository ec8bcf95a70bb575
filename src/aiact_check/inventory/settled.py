"""What the conditions of a verdict are for many systems at once: by columns, and by `exact` where columns do not tell.

The columns say true, false or unknown. Where they say unknown, masks show where two completions of the open answers
differ: there it is unknown for good. What is left goes through `exact`, once for each combination of what is left.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiact_check.inventory import typed
from aiact_check.inventory.wanted import Wanted
from aiact_check.law.alternatives import Domains, Leaf
from aiact_check.law.columns import Columns, tests_of
from aiact_check.law.condition import Test, fold
from aiact_check.law.evaluate import Law
from aiact_check.law.exact import Residuals, exact
from aiact_check.law.frames import Compiled, Expressions
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.residues import Residues
from aiact_check.law.truth import Truth
from aiact_check.law.undecided import Marks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    Mask = npt.NDArray[np.uint64]
    Bits = npt.NDArray[np.uint8]

OFTEN = 8
"""A condition to which `exact` is needed for one system of so many is keyed by itself, the others together."""

Key = tuple[int, int]


@dataclass
class Settled:
    """The conditions over a frame of systems: where each is true, where false; the rest is unknown for good."""

    size: int
    true: dict[str, Mask]
    false: dict[str, Mask]
    marked: dict[str, dict[str, Mask]]
    """By condition that columns leave open, on which questions it hangs where."""

    def open(self, name: str) -> Mask:
        """Where a condition is unknown."""
        found: Mask = ~(self.true[name] | self.false[name])
        return found

    def hangs(self, name: str) -> dict[str, Mask]:
        """By question, where a condition still hangs on it; nowhere, where columns decide it."""
        return self.marked.get(name, {})


@dataclass
class Settling:
    """The law of a day compiled, for any number of frames; what `exact` decided is kept from frame to frame."""

    base: RuleBase
    law: Law
    wanted: Wanted = field(init=False)
    decided: dict[Key, Truth] = field(default_factory=dict)
    asked: int = 0
    """How often a condition was open where no two completions were found."""

    def __post_init__(self) -> None:
        self.wanted = Wanted(self.base, self.law)
        self.conditions = self.wanted.all()
        self.compiled = Compiled(self.law, self.conditions)
        tests = tests_of(self.conditions.values(), self.law)
        self.domains = Domains.of(self.law, tests)
        columns = Columns(self.law, Expressions())
        self.leaves: dict[tuple[str, Any], str] = {}
        self.read: dict[str, pl.Expr] = {}
        for test in tests:
            for leaf in self.domains.leaves(test):
                self._read(columns, test, leaf)
        gated = {test.fact for test in tests if self.law.questions[test.fact].asked_if}
        self.answered: dict[str, pl.Expr] = {fact: columns.answered(fact).says for fact in sorted(gated)}

    def _read(self, columns: Columns[pl.Expr], test: Test, leaf: Leaf) -> None:
        key = (leaf.column, leaf.holds)
        if key not in self.leaves:
            self.leaves[key] = f"leaf__{len(self.leaves)}"
            said = columns.given(leaf.column) if test.operator == "has" else columns.comparison(test)
            self.read[self.leaves[key]] = said.says

    def settle(self, frame: pl.DataFrame) -> Settled:
        """The conditions over a frame of answers, as `typed` writes it."""
        true, false = masks(self.compiled.over(frame.lazy()).collect())
        told_true, told_false = masks(frame.select(said.alias(name) for name, said in self.read.items()))
        answered, _ = masks(frame.select(said.alias(name) for name, said in self.answered.items()))

        def column(_: Test, leaf: Leaf) -> tuple[Mask, Mask]:
            name = self.leaves[leaf.column, leaf.holds]
            return told_true[name], told_false[name]

        marks = Marks(self.law, self.domains, column, answered.__getitem__, no_system(frame.height))
        settled = Settled(frame.height, true, false, {})
        there = masks_of(frame.height)
        missed: dict[str, Mask] = {}
        for name, condition in self.conditions.items():
            if (settled.open(name) & there).any():
                marked = marks.of(condition)
                settled.marked[name] = marked.hangs
                missed[name] = marked.missed & there
        self._exactly(settled, frame, missed, (told_true, told_false, answered))
        return settled

    def _exactly(self, settled: Settled, frame: pl.DataFrame, missed: dict[str, Mask], told: Any) -> None:
        """Ask `exact` where no two completions were found."""
        import numpy as np

        places = {name: np.flatnonzero(bits(mask, frame.height)) for name, mask in missed.items() if mask.any()}
        often = [name for name, here in places.items() if len(here) > frame.height // OFTEN]
        seldom = [name for name in places if name not in often]
        together = functools.reduce(np.union1d, (places[name] for name in seldom), np.empty(0, np.int64))
        shared = self._residues(together, told)
        rows: dict[int, Residuals] = {}
        for name, here in places.items():
            residues = self._residues(here, told) if name in often else shared
            keys = fold(self.conditions[name], residues).key
            keys = keys if name in often else keys[:, np.searchsorted(together, here)]
            self._decide(settled, name, frame, (here, keys), rows)

    def _decide(self, settled: Settled, name: str, frame: pl.DataFrame, at: tuple[Any, Any], rows: Any) -> None:
        import numpy as np

        places, keys = at
        self.asked += len(places)
        distinct, first, which = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        for number, place in enumerate(first):
            key = (int(distinct[0, number]), int(distinct[1, number]))
            if key not in self.decided:
                self.decided[key] = self._exact(name, frame, int(places[place]), rows)
            value = self.decided[key]
            if value is not Truth.UNKNOWN:
                here = np.zeros(frame.height, np.bool_)
                here[places[which == number]] = True
                side = settled.true if value is Truth.TRUE else settled.false
                side[name] = side[name] | packed(here)

    def _exact(self, name: str, frame: pl.DataFrame, row: int, rows: dict[int, Residuals]) -> Truth:
        if row not in rows:
            rows[row] = Residuals(self.law, typed.answers(self.base, frame.row(row, named=True)))
        return exact(rows[row], self.conditions[name])

    def _residues(self, places: Any, told: Any) -> Residues:
        """The algebra over the systems at some places of a frame."""
        true, false, answered = told

        def column(_: Test, leaf: Leaf) -> tuple[Any, Any]:
            found = self.leaves[leaf.column, leaf.holds]
            return picked(true[found], places), picked(false[found], places)

        return Residues(self.law, self.domains, column, lambda fact: picked(answered[fact], places), len(places))


def masks(frame: pl.DataFrame) -> tuple[dict[str, Mask], dict[str, Mask]]:
    """Columns of truths as masks: where they are true, and where false."""
    import polars as pl

    true, false = frame.select(pl.all().fill_null(False)), frame.select((~pl.all()).fill_null(False))
    return dict(_masks(true)), dict(_masks(false))


def _masks(frame: pl.DataFrame) -> Iterator[tuple[str, Mask]]:
    for column in frame:
        yield column.name, packed(column.to_numpy())


def packed(truths: Any) -> Mask:
    """Truths as a mask of a bit each."""
    import numpy as np

    found = np.packbits(truths, bitorder="little")
    return np.pad(found, (0, -len(found) % 8)).view(np.uint64)


def bits(mask: Mask, size: int) -> Bits:
    """A mask as a nought or a one for each system."""
    import numpy as np

    return np.unpackbits(mask.view(np.uint8), count=size, bitorder="little")


def picked(mask: Mask, places: Any) -> Any:
    """The bits of a mask at some places."""
    import numpy as np

    return (mask.view(np.uint8)[places >> 3] >> (places & 7).astype(np.uint8) & 1).astype(np.bool_)


def no_system(size: int) -> Mask:
    """The mask of no system."""
    import numpy as np

    return np.zeros((size + 63) // 64, np.uint64)


def masks_of(size: int) -> Mask:
    """The mask of all systems there are."""
    import numpy as np

    return packed(np.ones(size, np.bool_))
