"""Large inventories: rows a second and peak memory, in columns and by the Python engine, as ratios.

`python -m benchmarks.inventory` measures 10 000 and 100 000 rows, `--rows 1000000` others, `--costs` which rules cost
most. The rows are examples and cases, mixed, with answers left out. Each run is a process of its own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

DAY = date(2026, 11, 29)
DIFFERENT = 5_000
"""How many systems are invented; in a larger table each is there several times, with other answers left out."""
BY_PYTHON = 100
SCANS = 3


def make(target: Path, rows: int) -> None:
    """Write a table of so many invented systems."""
    import polars as pl

    from aiact_check.law import rulebase
    from tests.invented import systems, table

    base = rulebase.load()
    kept = table(base, list(itertools.islice(systems(11), min(rows, DIFFERENT))))
    parts = []
    for part in range(-(-rows // kept.height)):
        named = kept.with_columns((pl.lit("System ") + pl.int_range(part * DIFFERENT, part * DIFFERENT + kept.height)
                                   .cast(pl.String)).alias("name"))  # fmt: skip
        parts.append(named if part == 0 else thinned(named, part))
    pl.concat(parts).head(rows).write_parquet(target)


def thinned(table: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The same systems with one in ten of the answers they have left out."""
    import polars as pl

    row = pl.int_range(pl.len())
    kept = [
        pl.when(row.hash(seed * 1000 + place) % 10 > 0).then(pl.col(name)).alias(name)
        for place, name in enumerate(table.columns)
        if name not in ("name", "company")
    ]
    return table.with_columns(kept)


def scan(file: Path) -> None:
    """Read every column of a table, and no more."""
    import polars as pl

    pl.scan_parquet(file).select(pl.all().count()).collect(engine="streaming")


def columns(file: Path) -> None:
    """The whole table in columns, written as Parquet."""
    from aiact_check.inventory import columnar
    from aiact_check.inventory.kept_parts import KeptParts
    from aiact_check.inventory.streamed import Streamed
    from aiact_check.law import rulebase

    streamed = Streamed(rulebase.load(), DAY, DAY, "en")
    with tempfile.TemporaryDirectory() as folder:
        kept = KeptParts(Path(folder) / "out.parquet", streamed, [file], DAY)
        kept.fill()
        columnar.merge(kept.parts, Path(folder) / "out.parquet")
    print(json.dumps({"asked": streamed.settling.asked, "decided": len(streamed.settling.decided)}), file=sys.stderr)


def truths(file: Path) -> None:
    """Every rule in columns alone, without what is open in them: lazily, and nothing is kept but counts."""
    import polars as pl

    from aiact_check.inventory.cells import Cells
    from aiact_check.inventory.columnar import batches
    from aiact_check.inventory.columns import Headings
    from aiact_check.law import rulebase
    from aiact_check.law.frames import Compiled

    base = rulebase.load()
    law, cells = base.law(DAY), Cells(base, Headings(base), DAY)
    compiled = Compiled(law, {f"rule_{place}": {"rule": rule} for place, rule in enumerate(law.versions)})
    for batch in batches(pl.scan_parquet(file), 1 << 15):
        compiled.over(cells.read(batch).lazy()).select(pl.all().sum()).collect(engine="streaming")


def by_python(file: Path) -> None:
    """The first rows by the Python engine, one by one."""
    import polars as pl

    from aiact_check.inventory.found import examiner
    from aiact_check.inventory.gathered import gather
    from aiact_check.law import rulebase

    base = rulebase.load()
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder) / "few.parquet"
        pl.scan_parquet(file).head(BY_PYTHON).collect().write_parquet(few)
        entries = gather(base, [few]).entries
    examine = examiner(base, DAY, DAY)
    for entry in entries:
        examine(entry)


WAYS: dict[str, Callable[[Path], None]] = {"scan": scan, "truths": truths, "columns": columns, "python": by_python}


def measured(way: str, file: Path) -> tuple[float, float, str]:
    """Seconds of a core and megabytes of one way in a process of its own."""
    run = subprocess.run([sys.executable, "-m", "benchmarks.inventory", "--way", way, str(file)], check=True,
                         capture_output=True, text=True)  # fmt: skip
    found = json.loads(run.stdout.strip().split("\n")[-1])
    return found["seconds"], found["megabytes"], run.stderr.strip()


def one(way: str, file: Path) -> None:
    """Run one way and say what it took: seconds of a core, starting included, so that busy neighbours do not count."""
    WAYS[way](file)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}))


def compare(rows: list[int]) -> None:
    """Measure tables of these sizes."""
    print("| rows | way | rows a second and core | peak memory (MB) | of a bare scan | times the Python engine |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for count in rows:
            file = Path(folder) / f"{count}.parquet"
            make(file, count)
            python, memory, _ = measured("python", file)
            single = BY_PYTHON / python
            bare = min(measured("scan", file) for _ in range(SCANS))
            print(f"| {count} | Python engine (first {BY_PYTHON}) | {single:.1f} | {memory:.0f} | | 1 |")
            print(f"| {count} | bare scan | {count / bare[0]:.0f} | {bare[1]:.0f} | 1 | |")
            for way in ("truths", "columns"):
                seconds, memory, said = measured(way, file)
                print(f"| {count} | {way} | {count / seconds:.0f} | {memory:.0f} | 1/{seconds / bare[0]:.0f} | "
                      f"{count / seconds / single:.0f} | {said}", flush=True)  # fmt: skip


def costs(count: int) -> None:
    """Which rules and conditions cost most, by how many masks are made for each."""
    from aiact_check.inventory import typed
    from aiact_check.inventory.settled import Settling
    from aiact_check.law import rulebase, undecided
    from tests.invented import systems

    base = rulebase.load()
    settling = Settling(base, base.law(DAY))
    spent: Counter[str] = Counter()
    whole = undecided.Marks.rule
    inside = [0.0]

    def timed(self: undecided.Marks, rule_id: str) -> undecided.Marked:
        before, inside[0] = inside[0], 0.0
        start = time.perf_counter()
        found = whole(self, rule_id)
        took = time.perf_counter() - start
        spent[rule_id] += took - inside[0]  # type: ignore[assignment]
        inside[0] = before + took
        return found

    undecided.Marks.rule = timed  # type: ignore[method-assign]
    frame = typed.frame(base, list(itertools.islice(systems(12), count)))
    start = time.perf_counter()
    settling.settle(frame)
    print(f"{count} systems: {time.perf_counter() - start:.1f} s, of which in the rules {sum(spent.values()):.1f} s")
    for rule_id, seconds in spent.most_common(15):
        print(f"{seconds * 1000:8.0f} ms  {rule_id}")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--costs", type=int, metavar="ROWS")
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("file", nargs="?", type=Path)
    asked = parser.parse_args()
    if asked.way:
        one(asked.way, asked.file)
    elif asked.costs:
        costs(asked.costs)
    else:
        compare(asked.rows)


if __name__ == "__main__":
    main()
