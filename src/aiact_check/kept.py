"""What took long to make, kept as JSON between runs, under the user's cache folder, for the user alone.

A thing is kept under the hash of what it was made from and sealed with the hash of what it is. What is not as it was
written, or lies where others may write, is not used but made anew. What an installed package was built with comes
along in it, and is looked for there first.
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

BUILT = Path(__file__).parent / "data" / "built"
"""Where an installed package has what was made when it was built; a checkout has no such folder."""

KEPT, MAX_KEPT = 40, 48 << 20
"""How many things are kept, and how large one may be, in bytes."""
PRIVATE, OTHERS_WRITE = 0o700, 0o022


def kept(
    name: str,
    makers: Iterable[str],
    of: str,
    make: Callable[[], T],
    plain: Callable[[T], Any],
    take: Callable[[Any], T],
    since: float = 0,
) -> T:
    """What `make` gives: read where it was kept, or else made and kept.

    `of` is the hash of what it is made from, `makers` are the files that make it: of other makers it is another thing.
    `plain` makes plain data of it and `take` the thing of them again. What was kept before `since`, in seconds, is made
    anew.
    """
    called = _called(name, makers, of)
    with suppress(Exception):  # data that are none of ours break the taking in too many ways to name
        if content := built(called):
            return take(_opened(content))
    folder = _folder()
    if folder:
        with suppress(Exception):
            return take(_opened(_read(folder / called, since)))
    found = make()
    if folder:
        with suppress(OSError):
            _keep(folder / called, json.dumps(plain(found), ensure_ascii=False).encode())
    return found


def built(name: str) -> bytes | None:
    """What came along in the package under a name; None where nothing did."""
    try:
        with open(f"{BUILT}/{name}", "rb") as file:  # noqa: PTH123 - pathlib costs more than the reading
            return file.read()
    except OSError:
        return None


def digest(content: bytes) -> str:
    """The hash of a content."""
    return hashlib.sha256(content).hexdigest()


def _called(name: str, makers: Iterable[str], of: str) -> str:
    """The name of the file of a thing."""
    made_by = hashlib.sha256()
    for maker in makers:
        with open(maker, "rb") as source:  # noqa: PTH123 - pathlib costs more than the reading
            made_by.update(source.read())
    return f"{name}-{of[:32]}-{made_by.hexdigest()[:8]}.json"


def _folder() -> Path | None:
    """Where things are kept; None where the user has no home."""
    asked = os.environ.get("XDG_CACHE_HOME") or ""
    try:
        return (Path(asked) if Path(asked).is_absolute() else Path("~/.cache").expanduser()) / "aiact-check"
    except RuntimeError:
        return None


def _read(file: Path, since: float) -> bytes:
    """What was kept, if none but the user could have written it. Raises OSError, ValueError."""
    folder, found = file.parent.stat(), file.lstat()
    if folder.st_uid != os.getuid() or folder.st_mode & OTHERS_WRITE:
        raise ValueError("others may write here")
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_KEPT:
        raise ValueError("not a file of ours")
    if found.st_mtime < since:
        raise ValueError("too old")
    return file.read_bytes()


def _opened(sealed: bytes) -> Any:
    """The data under a seal, if they are whole. Raises ValueError."""
    seal, _, content = sealed.partition(b"\n")
    if seal != digest(content).encode():
        raise ValueError("not as it was written")
    return json.loads(content)


def _keep(file: Path, content: bytes) -> None:
    """Keep a thing for the user alone, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    folder = file.parent.stat()
    if folder.st_uid != os.getuid():
        return
    if folder.st_mode & OTHERS_WRITE:
        for old in file.parent.glob("*.json"):  # they would be believed once the folder is private
            old.unlink()
    file.parent.chmod(PRIVATE)
    partial = file.with_suffix(f".{os.getpid()}")
    try:
        partial.write_bytes(digest(content).encode() + b"\n" + content)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    for old in sorted(file.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        old.unlink()
