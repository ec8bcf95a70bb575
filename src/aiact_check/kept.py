"""What took long to make, kept as JSON between runs, under the user's cache folder, for the user alone.

A thing is kept under the hash of what it was made from and sealed with the hash of what it is. What is not as it was
written, or lies where others may write, is not used but made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

KEPT, MAX_KEPT = 20, 48 << 20
"""How many things are kept, and how large one may be, in bytes."""
PRIVATE, OTHERS_WRITE = 0o700, 0o022


def kept(
    name: str,
    makers: Iterable[str],
    of: str,
    make: Callable[[], T],
    plain: Callable[[T], Any],
    take: Callable[[Any], T],
) -> T:
    """What `make` gives: read where it was kept, or else made and kept.

    `of` is the hash of what it is made from, `makers` are the files that make it: of other makers it is another thing.
    `plain` makes plain data of it and `take` the thing of them again.
    """
    file = _file(name, makers, of)
    if file:
        with suppress(Exception):  # data that are none of ours break the taking in too many ways to name
            return take(_read(file))
    found = make()
    if file:
        with suppress(OSError):
            _keep(file, json.dumps(plain(found), ensure_ascii=False).encode())
    return found


def digest(content: bytes) -> str:
    """The hash of a content."""
    return hashlib.sha256(content).hexdigest()


def _file(name: str, makers: Iterable[str], of: str) -> Path | None:
    """Where a thing is kept; None where the user has no home."""
    asked = os.environ.get("XDG_CACHE_HOME") or ""
    made_by = hashlib.sha256()
    for maker in makers:
        with open(maker, "rb") as source:  # noqa: PTH123 - pathlib costs more than the reading
            made_by.update(source.read())
    try:
        folder = Path(asked) if Path(asked).is_absolute() else Path("~/.cache").expanduser()
    except RuntimeError:
        return None
    return folder / "aiact-check" / f"{name}-{of[:32]}-{made_by.hexdigest()[:8]}.json"


def _read(file: Path) -> Any:
    """What was kept, if it is whole and none but the user could have written it. Raises OSError, ValueError."""
    folder, found = file.parent.stat(), file.lstat()
    if folder.st_uid != os.getuid() or folder.st_mode & OTHERS_WRITE:
        raise ValueError("others may write here")
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_KEPT:
        raise ValueError("not a file of ours")
    seal, _, content = file.read_bytes().partition(b"\n")
    if seal != digest(content).encode():
        raise ValueError("not as it was written")
    return json.loads(content)


def _keep(file: Path, content: bytes) -> None:
    """Keep a thing for the user alone, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    if file.parent.stat().st_uid != os.getuid():
        return
    file.parent.chmod(PRIVATE)
    partial = file.with_suffix(f".{os.getpid()}")
    try:
        partial.write_bytes(digest(content).encode() + b"\n" + content)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(file.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        old.unlink()
