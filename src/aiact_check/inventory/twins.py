"""Systems of the same name, version and company. Needs polars and numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check.inventory import columnar
from aiact_check.inventory.shares import Opened

if TYPE_CHECKING:
    import polars as pl

CALLED = ("name", "version", "company")
"""What a system is called by."""


@dataclass(frozen=True)
class Twins:
    """Systems of the same name, version and company as one before, found by numbers that stand for these."""

    files: list[str]
    ends: Any
    """By file, how many systems there are up to its end."""
    first: Any
    """By system, the first that is called the same."""

    @classmethod
    def among(cls, opened: Sequence[Opened]) -> Twins:
        """The twins in these files."""
        import numpy as np

        keys = [np.concatenate([*_keys(one), np.empty(0, np.uint64)]) for one in opened]
        for one, found in zip(opened, keys, strict=True):
            one.size = len(found)
        together = np.concatenate([*keys, np.empty(0, np.uint64)])
        order = np.argsort(together, kind="stable")
        ordered = together[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
        first = np.empty(len(together), np.uint32)
        first[order] = np.repeat(order[starts], np.diff(np.append(starts, len(together))))
        return cls([one.table.file for one in opened], np.cumsum([len(found) for found in keys]), first)

    def of(self, begin: int, size: int) -> dict[int, str]:
        """By place in a batch that begins there, where the system stands that is called the same."""
        import numpy as np

        here = self.first[begin : begin + size]
        places = np.flatnonzero(here != np.arange(begin, begin + len(here)))
        return {int(place): self._where(int(here[place])) for place in places}

    def _where(self, system: int) -> str:
        import numpy as np

        file = int(np.searchsorted(self.ends, system, side="right"))
        return f"{self.files[file]}:{system - (int(self.ends[file - 1]) if file else 0) + 1}"


def called(one: Opened) -> pl.LazyFrame | None:
    """What the systems of a file are called; without a company of their own, after the file."""
    import polars as pl

    if one.frame is None:
        return None
    names = one.frame.collect_schema().names()
    told = {part: _plain(part) if part in names else pl.lit("") for part in CALLED}
    told["company"] = pl.when(told["company"] != "").then(told["company"]).otherwise(pl.lit(Path(one.table.file).stem))
    return one.frame.with_columns(part.alias(name) for name, part in told.items()).select(*CALLED)


def _keys(one: Opened) -> Iterator[Any]:
    """Numbers that are the same for systems that are called the same."""
    import polars as pl

    names = called(one)
    try:
        for batch in columnar.batches(names.select(pl.struct(*CALLED).hash(7))) if names is not None else ():
            yield batch.to_series().to_numpy()
    except columnar.BrokenFile:  # what cannot be read is said when it is read for what it holds
        return


def _plain(column: str) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.String, strict=False).str.strip_chars().fill_null("")
