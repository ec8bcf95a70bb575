"""Breaks the engine's Python in small ways and asks whether a test notices: `make mutants-code COUNT=60`.

Each mutant is one change of one module of MODULES (`mutating`): a comparison turned, `and` for `or`, a `not` dropped, a
constant flipped or moved by one, `min` for `max`, a filter turned, a call left out. What each test reaches is found out
first and kept in build/mutants; then each mutant is put in place in a process of its own (`in_place`) and judged by the
tests that reach its line, quickest first. What survives is printed, to be looked at: a change that makes no difference
is named in equivalent.yaml with the reason, and is not tried again.

    python -m tools.mutants_code 60                 as many, drawn from all modules
    python -m tools.mutants_code all law.exact      all of some modules
    python -m tools.mutants_code again              what survived the last time
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from tools.in_place import TOP, Reach, noticed, source, warm, watched
from tools.mutating import Mutant, mutants, mutated

MODULES = (
    "law.truth", "law.condition", "law.proof", "law.evaluate", "law.exact", "law.completions", "law.lawbook",
    "assessing.bench", "assessing.exposure", "assessing.verdict", "answering.answers", "answering.together",
    "reading.meant", "reminding.due",
)  # fmt: skip
"""The logic, the verdict, the answers, and where days are reckoned (in the last two, and in `law.evaluate`)."""
ELSEWHERE = (
    "test_editor", "test_exports", "test_extract", "test_form", "test_form_firefox", "test_form_page", "test_fuzz",
    "test_guide", "test_hostile_text", "test_mutants", "test_mutants_code", "test_no_network", "test_occitanie",
    "test_office", "test_page", "test_parquet", "test_plan", "test_prove", "test_readme", "test_report",
    "test_rules_earn", "test_same_bytes", "test_spark", "test_supply", "test_surroundings", "test_wheel",
)  # fmt: skip
"""Their tests start other programs, which see nothing of a change, or take long for what is far from the logic."""
PARTS = (0.3, 1.5, 5.0, 20.0)
"""Seconds of tests that judge a mutant first, of those that judge what they let through, and so on."""
FACTOR, GRACE = 4, 6
"""A mutant may take so many times as long as its tests did, and so many seconds besides."""
KEPT = TOP / "build" / "mutants"
EQUIVALENT = Path(__file__).parent / "equivalent.yaml"
Reached = Mapping[str, Reach]


def reached() -> dict[str, Reach]:
    """What each test reaches of the modules; what is known of a file counts until it or one of the modules changes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    program = hashlib.sha256()
    for file in (*map(source, MODULES), TOP / "tests" / "conftest.py"):
        program.update(file.read_bytes())
    found: dict[str, Reach] = {}
    for file in sorted((TOP / "tests").glob("test_*.py")):
        if file.stem in ELSEWHERE:
            continue
        known = KEPT / f"{file.stem}-{hashlib.sha256(program.digest() + file.read_bytes()).hexdigest()[:16]}.json"
        if not known.exists():
            for old in KEPT.glob(f"{file.stem}-*.json"):
                old.unlink()
            begun = time.monotonic()
            told = watched(MODULES, file)
            known.write_text(json.dumps({test: [each.seconds, each.lines] for test, each in told.items()}), "utf-8")
            print(f"{file.stem}: {len(told)} tests in {time.monotonic() - begun:.0f} s", flush=True)
        found |= {test: Reach(*each) for test, each in json.loads(known.read_text("utf-8")).items()}
    return found


def judges(tests: Reached, module: str, mutant: Mutant, noticing: Counter[str]) -> Iterator[list[str]]:
    """The tests that reach a mutant, in PARTS; the quickest first, and those that have noticed others."""
    reaching = {
        test: reach.seconds
        for test, reach in tests.items()
        if module in reach.lines and (mutant.reached_at is None or mutant.reached_at in reach.lines[module])
    }
    spent, parts = 0.0, [list[str]() for _ in PARTS]
    for test in sorted(reaching, key=lambda test: (reaching[test] / (1 + noticing[test]), test)):
        part = next((part for part, limit in zip(parts, PARTS, strict=True) if spent < limit), [])
        part.append(test)
        spent += reaching[test]
    yield from filter(None, parts)


def judged(tests: Reached, module: str, mutant: Mutant, noticing: Counter[str]) -> str | None:
    """What notices a mutant; None where nothing does."""
    tree = mutated(source(module).read_text("utf-8"), mutant)
    for part in judges(tests, module, mutant, noticing):
        found = noticed(module, tree, part, GRACE + FACTOR * sum(tests[test].seconds for test in part))
        if found:
            noticing[found] += 1
            return found
    return None


def equivalent() -> dict[str, dict[str, str]]:
    """By module, the changes that make no difference, and why."""
    found: dict[str, dict[str, str]] = yaml.safe_load(EQUIVALENT.read_text("utf-8")) or {}
    return found


def chosen(which: str, modules: list[str]) -> list[tuple[str, Mutant]]:
    """The mutants to judge: so many, all, or those that survived."""
    found = [(module, mutant) for module in modules for mutant in mutants(source(module).read_text("utf-8"))]
    if which == "again":
        last = json.loads((KEPT / "survivors.json").read_text("utf-8"))
        return [(module, mutant) for module, mutant in found if [module, mutant.name] in last]
    if which != "all":
        random.Random(1).shuffle(found)
        return found[: int(which)]
    return found


def main(which: str = "60", *modules: str) -> int:
    """Judge mutants: how many are noticed, and which are not. A survivor is no failure: it may be equivalent."""
    begun = time.monotonic()
    warm()
    tests, same, noticing = reached(), equivalent(), Counter[str]()
    of, seen, alike = Counter[str](), Counter[str](), Counter[str]()
    survivors = []
    for module, mutant in chosen(which, list(modules or MODULES)):
        of[module] += 1
        if mutant.name in same.get(module, {}):
            alike[module] += 1
            continue
        by = judged(tests, module, mutant, noticing)
        seen[module] += by is not None
        if by is None:
            survivors.append((module, mutant.name))
        print(f"{f'noticed ({by})' if by else 'survives'}: {module}:{mutant.line} {mutant.name}", flush=True)
    (KEPT / "survivors.json").write_text(json.dumps(survivors), "utf-8")
    for module in of:
        print(f"{module}: {seen[module]} of {of[module] - alike[module]} noticed, {alike[module]} equivalent")
    differ = of.total() - alike.total()
    score = f"{seen.total()} of {differ} noticed ({100 * seen.total() / max(differ, 1):.1f} %)"
    print(f"{score}, {alike.total()} equivalent, in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
