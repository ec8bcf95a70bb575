"""What the conditions of a verdict are for many systems at once: by columns, and by `exact` where columns do not tell.

The columns say true, false or unknown. Where they say unknown, masks show where two completions of the open answers
differ: there it is unknown for good. What is left goes through `exact`, once for each combination of what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiact_check.inventory import typed
from aiact_check.inventory.wanted import Wanted
from aiact_check.law.columns import Columns, tests_of
from aiact_check.law.condition import Test, fold
from aiact_check.law.evaluate import Law
from aiact_check.law.exact import Residuals, exact
from aiact_check.law.frames import Compiled, Expressions
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from aiact_check.law.undecided import Domains, Leaf, Marked, Marks, Residues

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    Mask = npt.NDArray[np.uint64]
    Bits = npt.NDArray[np.uint8]

Key = tuple[int, int]


@dataclass
class Settled:
    """The conditions over a frame of systems: where each is true, where false; the rest is unknown for good."""

    size: int
    true: dict[str, Mask]
    false: dict[str, Mask]
    marks: Marks
    marked: dict[str, Marked]

    def open(self, name: str) -> Mask:
        """Where a condition is unknown."""
        found: Mask = ~(self.true[name] | self.false[name])
        return found

    def hangs(self, name: str) -> dict[str, Mask]:
        """By question, where a condition still hangs on it; nowhere, where columns decide it."""
        return self.marked[name].hangs if name in self.marked else {}


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

        none = no_system(frame.height)
        marks = Marks(self.law, self.domains, column, answered.__getitem__, none)
        settled = Settled(frame.height, true, false, marks, {})
        there = masks_of(frame.height)
        rows: dict[int, Residuals] = {}
        for name, condition in self.conditions.items():
            if not (settled.open(name) & there).any():
                continue
            settled.marked[name] = marks.of(condition)
            missed = settled.marked[name].missed & settled.open(name) & there
            if missed.any():
                self._exactly(name, frame, (settled, missed), (told_true, told_false, answered), rows)
        return settled

    def _exactly(self, name: str, frame: pl.DataFrame, at: tuple[Settled, Mask], told: Any, rows: Any) -> None:
        """Ask `exact` where no two completions were found."""
        import numpy as np

        settled, missed = at
        places = np.flatnonzero(bits(missed, frame.height))
        self.asked += len(places)
        keys = self._keys(name, places, told)
        distinct, first, which = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        for number, place in enumerate(first):
            key = (int(distinct[0, number]), int(distinct[1, number]))
            if key not in self.decided:
                self.decided[key] = self._exact(name, frame, int(places[place]), rows)
            value = self.decided[key]
            if value is not Truth.UNKNOWN:
                here = packed(np.isin(np.arange(frame.height), places[which == number]))
                side = settled.true if value is Truth.TRUE else settled.false
                side[name] = side[name] | here

    def _exact(self, name: str, frame: pl.DataFrame, row: int, rows: dict[int, Residuals]) -> Truth:
        if row not in rows:
            rows[row] = Residuals(self.law, typed.answers(self.base, frame.row(row, named=True)))
        return exact(rows[row], self.conditions[name])

    def _keys(self, name: str, places: Any, told: Any) -> Any:
        """What is left of a condition of some systems, as numbers."""
        true, false, answered = told

        def column(_: Test, leaf: Leaf) -> tuple[Any, Any]:
            found = self.leaves[leaf.column, leaf.holds]
            return picked(true[found], places), picked(false[found], places)

        residues = Residues(self.law, self.domains, column, lambda fact: picked(answered[fact], places), len(places))
        return fold(self.conditions[name], residues).key


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
