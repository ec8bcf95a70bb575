"""Finds the rule base on disk and loads it.

Reading YAML and checking it takes most of a second: a checked rule base is kept under the hash of every file it was
made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check.kept import kept
from aiact_check.law import files
from aiact_check.law.lawbook import Examples, RuleBase
from aiact_check.law.model import Example
from aiact_check.plain import build, plain
from aiact_check.reading.problem import Problems
from aiact_check.text import PACKAGE, data_folder

if TYPE_CHECKING:
    from aiact_check.law.overlay import Overlaid


MAKERS = (
    "record", "plain", "law/shapes", "law/model", "law/asked", "law/around", "law/lawbook", "law/lint", "law/rulebase",
)  # fmt: skip
"""The modules that make a rule base of files: of others it is another."""


@cache
def load(root: Path | None = None) -> RuleBase:
    """The checked rule base of `root`, kept from an earlier run where its files have not changed.

    Raises Problems.
    """
    root = root or data_folder()
    of = files.digest(root)

    def made() -> RuleBase:
        from aiact_check.law import lint

        read = dict(files.read(root))
        return lint.check(read, files.digest_of(read))

    def take(data: Any) -> RuleBase:
        found = build(RuleBase, {**data, "examples": {}})
        if found.hash != of:
            raise ValueError("another rule base")
        return replace(found, examples=_Later(partial(examples, of, made)))

    return kept("rules", _makers(), of, made, _told, take)


def load_with(given: Path, root: Path | None = None) -> Overlaid:
    """The rule base of `root` under an overlay: a folder, or the name of one that comes along.

    It is laid anew each time and kept nowhere, so that no cache mixes what is law with what is not. Raises Problems.
    """
    from aiact_check.law import laying

    return laying.load(load(root), root or data_folder(), given)


def examples(of: str, made: Callable[[], RuleBase]) -> Examples:
    """The examples of the rule base of a hash, kept apart: a third of all that it holds, which no verdict needs."""
    return kept("examples", _makers(), of, lambda: made().examples, plain, partial(build, dict[str, list[Example]]))


def _told(base: RuleBase) -> dict[str, Any]:
    return {part.name: plain(getattr(base, part.name)) for part in fields(base) if part.name != "examples"}


class _Later(Mapping[str, list[Example]]):
    """A mapping that is made when it is first asked."""

    def __init__(self, make: Callable[[], Examples]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Examples:
        return self._make()

    def __getitem__(self, rule_id: str) -> list[Example]:
        return self._made[rule_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def _makers() -> list[str]:
    return [f"{PACKAGE}/{maker}.py" for maker in MAKERS]


def main() -> int:
    """Check the rule base of this checkout: print every problem, or what was read."""
    from aiact_check.law import lint

    try:
        rulebase = lint.check(dict(files.read(data_folder())), "")
    except Problems as found:
        print(found)
        print(f"{len(found.problems)} problems")
        return 1
    tried = sum(map(len, rulebase.examples.values()))
    print(f"{len(rulebase.rules)} rules, {len(rulebase.questions)} questions, {tried} examples: no problem")
    return _overlays(rulebase)


def _overlays(rulebase: RuleBase) -> int:
    """Check the overlays that come along."""
    from aiact_check.law import laying

    wrong = 0
    for folder in sorted((data_folder() / laying.PROPOSALS).glob("*/")):
        try:
            laid = laying.load(rulebase, data_folder(), folder)
        except Problems as found:
            print(found)
            wrong += len(found.problems)
            continue
        print(f"{laid.files.name}, an overlay: {len(laid.files.rules)} rules, no problem")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
