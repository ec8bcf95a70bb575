"""Finds the rule base on disk and loads it.

Reading YAML and checking it takes most of a second: a checked rule base is kept under the hash of every file it was
made from.
"""

from __future__ import annotations

import hashlib
import os
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aiact_check.kept import kept
from aiact_check.law.lawbook import Examples, RuleBase
from aiact_check.law.model import Example
from aiact_check.reading.problem import Problems
from aiact_check.record import filled, is_record, plain
from aiact_check.text import data_folder

if TYPE_CHECKING:
    from aiact_check.law.overlay import Overlaid


MAKERS = ("shapes", "model", "asked", "around", "lawbook", "lint", "rulebase")
"""The modules that make a rule base of files: of others it is another."""


@cache
def load(root: Path | None = None) -> RuleBase:
    """The checked rule base of `root`, kept from an earlier run where its files have not changed.

    Raises Problems.
    """
    root = root or data_folder()
    files = dict(_files(root))
    of = _hash(files)

    def made() -> RuleBase:
        from aiact_check.law import lint

        return lint.check(files, of)

    def take(data: Any) -> RuleBase:
        found = build(RuleBase, {**data, "examples": {}})
        if found.hash != of:
            raise ValueError("another rule base")
        return replace(found, examples=_Later(partial(_examples, of, made)))

    return kept("rules", _makers(), of, made, _told, take)


def load_with(given: Path, root: Path | None = None) -> Overlaid:
    """The rule base of `root` under an overlay: a folder, or the name of one that comes along.

    It is laid anew each time and kept nowhere, so that no cache mixes what is law with what is not. Raises Problems.
    """
    from aiact_check.law import laying

    return laying.load(load(root), root or data_folder(), given)


def _examples(of: str, made: Callable[[], RuleBase]) -> Examples:
    """The examples of the rules, a third of all that the rule base holds, which no verdict needs."""
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
    return [f"{Path(__file__).parent}/{maker}.py" for maker in MAKERS]


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the rule base by name, in the order of their names."""
    below = (root / "rules", root / "questionnaires" / "questions")
    walked = (entry for folder in below for entry in os.walk(folder))
    paths = [f"{folder}/{name}" for folder, _, names in walked for name in names if name.endswith(".yaml")]
    for path in sorted(paths, key=lambda path: path.split("/")):
        with open(path, "rb") as file:  # noqa: PTH123 - a path object for each of six hundred files takes longer
            yield path[len(str(root)) + 1 :], file.read()


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


T = TypeVar("T")


def build(shape: type[T], data: Any) -> T:
    """An instance of a dataclass, or of a container of them, of the plain data that pydantic has checked before.

    The data are used up: their parts become parts of what is built.
    """
    return typing.cast("T", _builder(typing.cast("typing.Hashable", shape))(data))


@cache
def _builder(shape: Any) -> Any:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if is_record(shape) or is_dataclass(shape):
        hints = typing.get_type_hints(shape)
        makers = [(name, maker) for name, hint in hints.items() if (maker := _builder(hint)) is not _as_is]
        return partial(_of_parts, partial(filled, shape) if is_record(shape) else partial(_named, shape), makers)
    if origin in (list, dict, Mapping, typing.get_origin(Mapping[str, int])):
        maker = _builder(arguments[-1])
        if maker is _as_is:
            return _as_is
        if origin is list:
            return lambda data: [maker(item) for item in data]
        return lambda data: {key: maker(value) for key, value in data.items()}
    if origin in (typing.Union, types.UnionType):
        makers_of = [maker for argument in arguments if (maker := _builder(argument)) is not _as_is]
        return makers_of[0] if makers_of else _as_is
    return _as_is


def _of_parts(whole: Callable[[dict[str, Any]], Any], makers: list[tuple[str, Any]], data: dict[str, Any]) -> Any:
    for name, make in makers:
        if data.get(name) is not None:
            data[name] = make(data[name])
    return whole(data)


def _named(shape: Any, data: dict[str, Any]) -> Any:
    return shape(**data)


def _as_is(data: Any) -> Any:
    return data


def main() -> int:
    """Check the rule base of this checkout: print every problem, or what was read."""
    from aiact_check.law import lint

    try:
        rulebase = lint.check(dict(_files(data_folder())), "")
    except Problems as found:
        print(found)
        print(f"{len(found.problems)} problems")
        return 1
    examples = sum(map(len, rulebase.examples.values()))
    print(f"{len(rulebase.rules)} rules, {len(rulebase.questions)} questions, {examples} examples: no problem")
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
