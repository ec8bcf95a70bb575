"""The rows of a result, column by column: fines, open questions, and what is listed. Needs polars and numpy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from aiact_check.inventory.tallied import NO_DAY, Tally

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import polars as pl

    Mask = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

WEIGHTS = {"tier": 1000, "role": 200, "duty": 1}
"""How much an open question weighs by what hangs on it, as `verdict` weighs it."""
WORDS = ("true", "false", "unknown")


class Rows(Tally):
    """The rows over one frame of systems."""

    def fines(self) -> dict[str, pl.Series]:
        """The highest ceiling: of the duties that hold, or else of those that may."""
        import numpy as np
        import polars as pl

        holds, named = self._punished()
        ceiling, known = np.zeros(self.frame.height, np.int64), np.zeros(self.frame.height, bool)
        amount, percent = ceiling.copy(), ceiling.copy()
        sure, left = self.none, self.there
        penalties = self.settling.wanted.penalties
        amounts = {rule.id: self.settling.law.versions[rule.id].amount_eur or 0 for rule, _, _ in penalties}
        ranked = sorted(penalties, key=lambda penalty: -amounts[penalty[0].id])
        for masks in (holds, named):
            for rule, lower, gate in ranked:
                here = masks[rule.id] & left
                if not here.any():
                    continue
                left, rows = left & ~here, self.bits(here)
                sure = sure | here if masks is holds else sure
                version = self.settling.law.versions[rule.id]
                amount[rows], percent[rows] = amounts[rule.id], version.turnover_percent or 0
                figure, told = self._ceiling(amounts[rule.id], version.turnover_percent or 0, version.turnover,
                                             lower, gate)  # fmt: skip
                ceiling[rows], known[rows] = figure[rows], told[rows]
        found = ~self.bits(left)
        return {
            "fine_ceiling_eur": _nullable(ceiling, known & found),
            "fine_amount_eur": _nullable(amount, found),
            "fine_percent": _nullable(percent, found),
            "fine_sure": pl.select(pl.when(pl.Series(found)).then(pl.Series(self.bits(sure)))).to_series(),
        }

    def _punished(self) -> tuple[dict[str, Mask], dict[str, Mask]]:
        holds = {rule.id: self.none for rule, _, _ in self.settling.wanted.penalties}
        named = dict(holds)
        for due in self.dues:
            penalty = self.settling.law.versions[due.owed.rule].penalty
            if penalty in named:
                sure = due.applies | due.upcoming
                holds[penalty], named[penalty] = holds[penalty] | sure, named[penalty] | sure | due.depends
        return holds, named

    def _ceiling(
        self, amount: int, percent: int, fact: str | None, lower: str | None, gate: str | None
    ) -> tuple[Numbers, Any]:
        """The ceiling of one fine, and where it is known."""
        import numpy as np

        if fact is None:
            return np.zeros(self.frame.height, np.int64), np.zeros(self.frame.height, bool)
        told = self.frame[fact].is_not_null().to_numpy()
        turnover = self.frame[fact].fill_null(0).to_numpy()
        known = told | (self.bits(self.settled.false[gate]) if gate else False)
        share = turnover * percent // 100
        low, high = np.minimum(share, amount), np.maximum(share, amount)
        if lower is None:
            return high, known
        is_lower = self.bits(self.settled.true[lower])
        return np.where(is_lower, low, high), known & (~self.bits(self.open(lower)) | (low == high))

    # Questions

    def questions(self) -> tuple[Numbers, pl.Series]:
        """How many questions are open, and the one that decides first."""
        import numpy as np
        import polars as pl

        bearing: dict[str, dict[str, list[Mask]]] = {}
        for kind, names in (("tier", [tier for tier, _ in self.settling.wanted.tiers.values()]),
                            ("role", self.settling.wanted.roles.values())):  # fmt: skip
            for name in names:
                for fact, mask in self.settled.hangs(name).items():
                    bearing.setdefault(fact, {}).setdefault(kind, []).append(mask & self.open(name))
        for due in self.dues:
            for fact, mask in due.hangs.items():
                bearing.setdefault(fact, {}).setdefault("duty", []).append(mask)
        total, most = np.zeros(self.frame.height, np.int64), np.zeros(self.frame.height, np.int64)
        first = np.full(self.frame.height, len(bearing))
        facts = [fact for fact in self.settling.base.questions if fact in bearing]
        for place, fact in enumerate(facts):
            weight = sum(WEIGHTS[kind] * self._sum(masks) for kind, masks in bearing[fact].items())
            total += weight > 0
            first = np.where(weight > most, place, first)
            most = np.maximum(most, weight)
        return total, pl.Series([*facts, None], dtype=pl.String).gather(np.minimum(first, len(facts)))

    # The row

    def truth(self, name: str) -> pl.Series:
        """A condition as one of three words."""
        import numpy as np
        import polars as pl

        true, false = self.bits(self.settled.true[name]), self.bits(self.settled.false[name])
        return pl.Series(WORDS).gather(np.where(true, 0, np.where(false, 1, 2)))

    def listed(self, masks: Iterable[tuple[str, Mask]]) -> pl.Series:
        """Those of several that there are, as a list; each different list is written once."""
        import numpy as np
        import polars as pl

        named = [(name, self.bits(mask)) for name, mask in masks if mask.any()]
        if not named:
            return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, self.frame.height)
        there = np.packbits(np.stack([bits for _, bits in named], axis=1), axis=1, bitorder="little")
        keys = np.ascontiguousarray(there).view(f"V{there.shape[1]}").ravel()
        distinct, which = np.unique(keys, return_inverse=True)
        rows = np.unpackbits(distinct.view(np.uint8).reshape(len(distinct), -1), axis=1, bitorder="little")
        lists = [[named[place][0] for place in np.flatnonzero(row)] for row in rows]
        return pl.Series(lists, dtype=pl.List(pl.String)).gather(which)

    def rows(self, tiers: Iterable[str]) -> pl.DataFrame:
        """The columns of the result but for those that say what is told of the system."""
        import polars as pl

        wanted, true = self.settling.wanted, self.settled.true
        possible = [(str(tier), self.there & ~self.settled.false[name]) for tier, (_, name) in wanted.tiers.items()]
        next_day, next_duty = self.next()
        questions, first = self.questions()
        in_force = {str(tier): name for tier, (name, _) in wanted.tiers.items()}
        open_ = self.open
        never = pl.Series(["false"]).new_from_index(0, self.frame.height)
        columns: dict[str, Any] = {
            "possible": self.listed(possible),
            **{tier: self.truth(in_force[tier]) if tier in in_force else never for tier in tiers},
            "roles": self.listed((role, true[name]) for role, name in wanted.roles.items()),
            "roles_possible": self.listed((role, open_(name)) for role, name in wanted.roles.items()),
            "routes": self.listed((route, true[name]) for route, name in wanted.routes.items()),
            "routes_possible": self.listed((route, open_(name)) for route, name in wanted.routes.items()),
            "duties_apply": pl.Series(self.counted("applies")),
            "duties_come": pl.Series(self.counted("upcoming")),
            "duties_depend": pl.Series(self.counted("depends")),
            "next_date": pl.Series(next_day),
            "next_duty": next_duty,
            **self.fines(),
            "open_questions": pl.Series(questions),
            "first_question": first,
        }
        day = pl.col("next_date")
        return pl.DataFrame(columns).with_columns(
            pl.when(pl.col("possible").list.len() == 1).then(pl.col("possible").list.first())
            .otherwise(pl.lit("undetermined")).alias("headline"),
            pl.when(day < NO_DAY).then(pl.date(day // 10000, day // 100 % 100, day % 100)).alias("next_date"),
        )  # fmt: skip


def _nullable(numbers: Numbers, known: Any) -> pl.Series:
    import polars as pl

    return pl.select(pl.when(pl.Series(known)).then(pl.Series(numbers))).to_series()
