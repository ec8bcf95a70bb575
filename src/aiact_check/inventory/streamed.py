"""A large table into its result, batch by batch: what is in memory at once does not grow with the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from aiact_check.inventory.shares import Account, Opened, Sharing
from aiact_check.inventory.twins import Twins
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import Language

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Reached:
    """How far a run has come: the number of a file, and how many of its rows are done."""

    file: int = 0
    rows: int = 0


class Streamed(Sharing):
    """One Parquet file after the other, worked out in batches."""

    def __init__(
        self,
        base: RuleBase,
        day: date,
        today: date,
        lang: Language,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        super().__init__(base, day, today, lang)
        self.progress = progress
        self.reached = Reached()
        """As far as the part that was handed out last, that part included."""
        self.total = 0

    def take_up(self, reached: Reached, account: Account) -> None:
        """Go on from there."""
        self.reached, self.account = reached, account

    def over(self, files: Sequence[Path]) -> Iterator[pl.DataFrame]:
        """The result of these files, part by part."""
        opened = [self.opened(file) for file in files]
        twins = Twins.among(opened)
        self.total = len(twins.first)
        begin = 0
        for number, one in enumerate(opened):
            if number >= self.reached.file:
                yield from self._file(number, one, twins, begin)
            begin += one.size

    def _file(self, number: int, one: Opened, twins: Twins, begin: int) -> Iterator[pl.DataFrame]:
        done = self.reached.rows if number == self.reached.file else 0
        self.progress(begin + done if done else 0, self.total)
        if one.frame is not None:
            one.frame = one.frame.slice(done)
        for rows, part in self.parts(one, done, lambda row, size: twins.of(begin + row, size)):
            done += rows
            self.reached = Reached(number, done) if rows else Reached(number + 1)
            yield part
            self.progress(rows, self.total)
