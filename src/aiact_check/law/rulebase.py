"""Finds the rule base on disk and loads it.

Reading YAML and checking it takes most of a second; a checked rule base is kept as JSON under the user's cache folder,
named after the hash of every file it was made from, so that it can be neither stale nor wrong, only missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.text import data_folder

KEPT = 5


@cache
def load(root: Path | None = None) -> RuleBase:
    """The checked rule base of `root`, from the cache where its files have not changed.

    Raises Problems.
    """
    root = root or data_folder()
    files = dict(_files(root))
    digest = _hash(files)
    cached = _cache_file(digest)
    try:
        return build(RuleBase, json.loads(cached.read_bytes()))
    except (OSError, ValueError):
        pass
    from aiact_check.law import lint

    rulebase = lint.check(files, digest)
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        partial = cached.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(asdict(rulebase), ensure_ascii=False), encoding="utf-8")
        partial.replace(cached)
        for old in sorted(cached.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink()
    except OSError:
        pass
    return rulebase


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    rules, questions = root / "rules", root / "questionnaires" / "questions"
    paths = [path for path in rules.rglob("*.yaml") if "schema" not in path.parts] + list(questions.glob("*.yaml"))
    for path in sorted(paths):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _cache_file(digest: str) -> Path:
    makers = ("model.py", "lawbook.py", "lint.py", "rulebase.py")
    engine = hashlib.sha256(b"".join((Path(__file__).parent / maker).read_bytes() for maker in makers)).hexdigest()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "aiact-check"
    return folder / f"{digest[:32]}-{engine[:8]}.json"


T = TypeVar("T")


def build(shape: type[T], data: Any) -> T:
    """An instance of a dataclass, or of a container of them, from the plain data that pydantic has checked before."""
    return typing.cast("T", _builder(typing.cast("typing.Hashable", shape))(data))


@cache
def _builder(shape: Any) -> Any:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if is_dataclass(shape):
        hints = typing.get_type_hints(shape)
        makers = {name: maker for name, hint in hints.items() if (maker := _builder(hint)) is not _as_is}
        return lambda data: shape(  # type: ignore[operator]
            **{key: makers[key](value) if key in makers and value is not None else value for key, value in data.items()}
        )
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
    examples = sum(len(rule.examples) for rule in rulebase.rules.values())
    print(f"{len(rulebase.rules)} rules, {len(rulebase.questions)} questions, {examples} examples: no problem")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
