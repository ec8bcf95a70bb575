"""Finds the rule base on disk and loads it.

Reading YAML and checking it takes most of a second; a checked rule base is kept as JSON under the user's cache folder,
named after the hash of every file it was made from and sealed with its own. What is not as it was written, or lies
where others may write, is not used but made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import types
import typing
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, is_dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import read
from aiact_check.text import data_folder

if TYPE_CHECKING:
    from aiact_check.law.overlay import Overlaid

KEPT, MAX_KEPT = 5, 48 << 20
PRIVATE, OTHERS_WRITE = 0o700, 0o022


@cache
def load(root: Path | None = None) -> RuleBase:
    """The checked rule base of `root`, from the cache where its files have not changed.

    Raises Problems.
    """
    root = root or data_folder()
    files = dict(_files(root))
    digest = _hash(files)
    cached = _cache_file(digest)
    found = _kept(cached, digest) if cached else None
    if found is None:
        from aiact_check.law import lint

        found = lint.check(files, digest)
        if cached:
            with suppress(OSError):
                _keep(cached, json.dumps(asdict(found), ensure_ascii=False).encode())
    return found


def load_with(given: Path, root: Path | None = None) -> Overlaid:
    """The rule base of `root` under an overlay: a folder, or the name of one that comes along.

    It is laid anew each time and kept nowhere, so that no cache mixes what is law with what is not. Raises Problems.
    """
    from aiact_check.law import laying

    return laying.load(load(root), root or data_folder(), given)


def _kept(cached: Path, digest: str) -> RuleBase | None:
    """The rule base that was kept, if it is whole, of these files, and none but the user could have written it."""
    try:
        if not _private(cached.parent):
            return None
        seal, _, content = read(cached, most=MAX_KEPT).partition(b"\n")
        if seal != _seal(content):
            return None
        found = build(RuleBase, json.loads(content))
    except Exception:  # a file that is none of ours breaks the reading in too many ways to name
        return None
    return found if found.hash == digest else None


def _keep(cached: Path, content: bytes) -> None:
    """Keep a checked rule base for the user alone, whole or not at all."""
    cached.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    if cached.parent.stat().st_uid != os.getuid():
        return
    cached.parent.chmod(PRIVATE)
    partial = cached.with_suffix(f".{os.getpid()}")
    try:
        partial.write_bytes(_seal(content) + b"\n" + content)
        partial.replace(cached)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(cached.parent.glob("*.json"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
        old.unlink()


def _private(folder: Path) -> bool:
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & OTHERS_WRITE


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


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


def _cache_file(digest: str) -> Path | None:
    """Where a rule base is kept; None where the user has no home."""
    makers = ("model.py", "lawbook.py", "lint.py", "rulebase.py")
    engine = hashlib.sha256(b"".join((Path(__file__).parent / maker).read_bytes() for maker in makers)).hexdigest()
    asked = os.environ.get("XDG_CACHE_HOME") or ""
    try:
        folder = Path(asked) if Path(asked).is_absolute() else Path("~/.cache").expanduser()
    except RuntimeError:
        return None
    return folder / "aiact-check" / f"{digest[:32]}-{engine[:8]}.json"


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
