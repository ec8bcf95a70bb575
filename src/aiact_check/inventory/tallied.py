"""When duties start and where they are owed, for many systems at once, from what the conditions settle to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aiact_check.inventory.settled import Settled, Settling, bits, masks_of, no_system, packed
from aiact_check.inventory.wanted import Owed
from aiact_check.law.evaluate import NEVER
from aiact_check.law.undecided import count

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    Mask = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]


def _day(date: str) -> int:
    return int(date.replace("-", ""))


NO_DAY = _day(NEVER)
"""Days are counted by their digits."""


@dataclass
class Begins:
    """When something starts: the day, where that is sure, where it starts at all, and on which answers it hangs."""

    day: Numbers
    sure: Mask
    exists: Mask
    begun: Mask
    hangs: dict[str, Mask]


@dataclass
class Due:
    """A duty of a role: where it applies, will apply, may apply."""

    owed: Owed
    applies: Mask
    upcoming: Mask
    depends: Mask
    hangs: dict[str, Mask]


@dataclass
class Tally:
    """The duties over one frame of systems."""

    settling: Settling
    frame: pl.DataFrame
    settled: Settled

    @cached_property
    def day(self) -> int:
        return _day(self.settling.law.day)

    @cached_property
    def none(self) -> Mask:
        return no_system(self.frame.height)

    @cached_property
    def there(self) -> Mask:
        return masks_of(self.frame.height)

    def bits(self, mask: Mask) -> Any:
        """A mask as truths."""
        return bits(mask, self.frame.height).view(bool)

    def open(self, name: str) -> Mask:
        """Where a condition is unknown."""
        return self.settled.open(name) & self.there

    # Starts

    @cached_property
    def begins(self) -> dict[str, Begins]:
        """When each milestone or schedule starts."""
        return {name: self._begins(starts) for name, starts in self.settling.wanted.starts.items()}

    def _begins(self, starts: list[tuple[str | None, str, str | None]]) -> Begins:
        import numpy as np

        first = np.full(self.frame.height, NO_DAY)
        maybe = []
        hangs: dict[str, Mask] = {}
        for when, date, or_later in starts:
            day = np.full(self.frame.height, _day(date)) if or_later is None else self._later(_day(date), or_later)
            certain = self.settled.true[when] if when else self.there
            first = np.where(self.bits(certain), np.minimum(first, day), first)
            if when and self.open(when).any():
                maybe.append((self.open(when), day))
                for fact, mask in self.settled.hangs(when).items():
                    hangs[fact] = hangs.get(fact, self.none) | (mask & self.open(when))
        earlier, exists = self.none, packed(first < NO_DAY)
        for mask, day in maybe:
            earlier = earlier | (mask & packed(day < first))
            exists = exists | mask
        sure = packed(first < NO_DAY) & ~earlier
        return Begins(first, sure, exists, packed(first <= self.day),
                      {fact: mask & ~sure for fact, mask in hangs.items()})  # fmt: skip

    def _later(self, date: int, fact: str) -> Numbers:
        import numpy as np
        import polars as pl

        told: Numbers = self.frame[fact].str.replace_all("-", "").cast(pl.Int64).fill_null(0).to_numpy()
        later: Numbers = np.maximum(told, date)
        return later

    # Duties

    @cached_property
    def dues(self) -> list[Due]:
        """Every duty of every role, where there are any."""
        found = [self._due(owed) for owed in self.settling.wanted.duties]
        return [due for due in found if (due.applies | due.upcoming | due.depends).any()]

    def _due(self, owed: Owed) -> Due:
        start, holds, may = self.begins[owed.start], self.settled.true[owed.when], self.open(owed.when)
        sure = holds & start.sure
        hangs = {fact: mask & may & start.exists for fact, mask in self.settled.hangs(owed.when).items()}
        for fact, mask in start.hangs.items():
            hangs[fact] = hangs.get(fact, self.none) | (mask & (holds | may) & start.exists)
        depends = (may & start.exists) | (holds & start.exists & ~start.sure)
        return Due(owed, sure & start.begun, sure & ~start.begun, depends, hangs)

    def counted(self, state: str) -> Numbers:
        """How many rules are in a state for one role or another."""
        by_rule: dict[str, Mask] = {}
        for due in self.dues:
            by_rule[due.owed.rule] = by_rule.get(due.owed.rule, self.none) | getattr(due, state)
        return self._sum(by_rule.values())

    def _sum(self, masks: Iterable[Mask]) -> Numbers:
        import numpy as np

        digits: list[Mask] = []
        for mask in masks:
            count(digits, mask)
        total = np.zeros(self.frame.height, np.int64)
        for place, digit in enumerate(digits):
            total += self.bits(digit).astype(np.int64) << place
        return total

    def amount(self, owed: Owed) -> int:
        """The fixed amount of the fine behind a duty."""
        penalty = self.settling.law.versions[owed.rule].penalty
        rule = self.settling.base.rules.get(penalty or "")
        in_force = rule is not None and rule.kind == "penalty" and rule.id in self.settling.law.versions
        return self.settling.law.versions[rule.id].amount_eur or 0 if rule and in_force else 0

    def next(self) -> tuple[Numbers, Any]:
        """The next day on which a duty starts, and the duty with the highest fine of that day."""
        import numpy as np

        day = np.full(self.frame.height, NO_DAY)
        for name in dict.fromkeys(due.owed.start for due in self.dues):
            ahead = self.none
            for due in self.dues:
                ahead = ahead | due.upcoming if due.owed.start == name else ahead
            day = np.where(self.bits(ahead), np.minimum(day, self.begins[name].day), day)
        at = {name: packed(begins.day == day) for name, begins in self.begins.items()}
        ordered = sorted(self.dues, key=lambda due: (-self.amount(due.owed), due.owed.rule))
        return day, self._first((due.owed.rule, due.upcoming & at[due.owed.start]) for due in ordered)

    def _first(self, ranked: Iterable[tuple[str, Mask]]) -> pl.Series:
        """By system, the first of these that there is."""
        import numpy as np
        import polars as pl

        names: list[str] = []
        found, left = np.full(self.frame.height, -1), self.there
        for name, mask in ranked:
            here = mask & left
            if here.any():
                left = left & ~here
                found[self.bits(here)] = len(names)
                names.append(name)
        return pl.Series([*names, None], dtype=pl.String).gather(np.where(found < 0, len(names), found))
