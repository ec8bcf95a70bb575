"""The files of the rule base, and the hash of what they say."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from aiact_check import kept
from aiact_check.text import data_folder

FOLDERS = ("rules", "questionnaires/questions")
DIGEST = "digest"
"""Under which name the build of a package leaves the hash."""
SETTLED = 2.0
"""Seconds that a file must have lain unchanged: what is written twice at once may bear the same time."""


def digest(root: Path) -> str:
    """The hash of the files below `root`.

    An installed package has it from its build. Elsewhere the files are read only where one of them is not, by its size
    and times, as it was when they were read last.
    """
    if root == data_folder() and (built := kept.built(DIGEST)):
        return built.decode()
    marks, newest = _marks(root)
    return kept.kept("seen", [__file__], marks, lambda: digest_of(dict(read(root))), _text, _text, newest + SETTLED)


def read(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the rule base by name, in the order of their names."""
    for path, _ in sorted(_found(root), key=lambda found: found[0].split("/")):
        with open(path, "rb") as file:  # noqa: PTH123 - a path object for each of six hundred files takes longer
            yield path[len(str(root)) + 1 :], file.read()


def digest_of(files: Mapping[str, bytes]) -> str:
    """The hash of files by their names."""
    found = hashlib.sha256()
    for name, content in files.items():
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _marks(root: Path) -> tuple[str, float]:
    """What tells from outside that no file has changed, and when the last one did."""
    marks, newest = [], 0.0
    for path, entry in sorted(_found(root)):
        seen = entry.stat()
        marks.append(f"{path} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}")
        newest = max(newest, seen.st_mtime, seen.st_ctime)
    return kept.digest("\n".join(marks).encode("utf-8", "surrogateescape")), newest


def _found(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    folders = [f"{root}/{folder}" for folder in FOLDERS]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders.append(entry.path)
                elif entry.name.endswith(".yaml"):
                    yield entry.path, entry


def _text(told: str) -> str:
    if not isinstance(told, str):
        raise TypeError("no text")
    return told
