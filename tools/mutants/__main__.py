"""`python -m tools.mutants [PREFIX …]`: the mutants of the rules whose ids begin so, or of all.

Prints the survivors with the examples that would kill them, the redundant parts, and the score by folder.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator

from aiact_check.law.lawbook import RuleBase
from tools.mutants.breaks import mutants
from tools.mutants.noticing import load
from tools.mutants.proposing import Outcome, outcomes, written
from tools.mutants.showing import Shows


def main(prefixes: tuple[str, ...]) -> None:
    """Try the mutants and print what became of them."""
    began = time.monotonic()
    base, expected = load()
    chosen = [mutant for mutant in mutants(base) if mutant.target.startswith(prefixes or "")]
    found = []
    for outcome in outcomes(base, expected, Shows(base), chosen):
        found.append(outcome)
        print("".join(f"{line}\n" for line in lines(base, outcome)), end="", flush=True)
    print("\n".join(table(found)))
    print(f"in {time.monotonic() - began:.0f} s")


def lines(base: RuleBase, outcome: Outcome) -> Iterator[str]:
    """The survivors of a rule, its redundant parts, and the examples to review and add; nothing if all were killed."""
    if outcome.survivors or outcome.redundant:
        yield f"{outcome.rule}: {outcome.survivors} of {outcome.real} survive"
    yield from (f"  alive: {mutant.change}" for mutant in outcome.alive)
    yield from (f"  undecided: {mutant.change}" for mutant in outcome.undecided)
    yield from (f"  redundant: {mutant.change}" for mutant in outcome.redundant)
    yield from (f"  {written(base, example)}  # kills {kills}" for example, kills in outcome.candidates.items())


def table(found: Iterable[Outcome]) -> Iterator[str]:
    """The score by top folder, as a table."""
    folders: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in found:
        folders[outcome.rule.split("/")[0]].append(outcome)
    yield "\n| rules | mutants | redundant | survive | candidates | killed |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, rows in folders.items():
        yield row(name, rows)
    yield row("all", [each for rows in folders.values() for each in rows])


def row(name: str, rows: list[Outcome]) -> str:
    """A line of the table."""
    count, real, alive = (sum(counts) for counts in zip(*((r.count, r.real, r.survivors) for r in rows), strict=True))
    candidates = sum(len(each.candidates) for each in rows)
    killed = f"{100 * (real - alive) / real:.1f} %" if real else "-"
    return f"| {name} | {count} | {count - real} | {alive} | {candidates} | {killed} |"


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
