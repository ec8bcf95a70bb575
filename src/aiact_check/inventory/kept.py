"""What was finished of a long run, a system a line, so that the run can go on where it stopped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any, cast

from aiact_check import __version__
from aiact_check.inventory.found import Found
from aiact_check.inventory.gathered import Entry
from aiact_check.law.lawbook import RuleBase

SUFFIX = ".part"
PRIVATE = 0o600
"""It holds what questionnaires say, which may be for the user alone."""


class Kept:
    """The file beside an output that holds the systems finished, of use under the same law, rules and day only."""

    def __init__(self, output: Path, base: RuleBase, day: str) -> None:
        self.path = output.with_name(output.name + SUFFIX)
        self.head = {"day": day, "rules": base.hash, "version": __version__}
        self.done: dict[tuple[str, str], Found] = {}
        self._stream: IO[str] | None = None

    def load(self) -> bool:
        """Take up what a run before finished; whether that was under the same law, rules and day."""
        lines = list(self._lines())
        if not lines or lines[0] != self.head:
            return not lines
        self.done = {(line["found"]["where"], line["digest"]): cast("Found", line["found"]) for line in lines[1:]}
        return True

    def _lines(self) -> Iterator[Any]:
        """The lines that were written to their end."""
        if not self.path.exists():
            return
        for line in self.path.read_text("utf-8", "replace").split("\n")[:-1]:
            try:
                yield json.loads(line)
            except ValueError:
                return

    def __enter__(self) -> Kept:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
        self._stream = os.fdopen(handle, "w", encoding="utf-8")
        self._write(self.head)
        for (_, digest), found in self.done.items():
            self._write({"digest": digest, "found": found})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._stream:
            self._stream.close()

    def get(self, entry: Entry) -> Found | None:
        """What was found of a system before, where it tells the same still."""
        return self.done.get((entry.where, entry.digest))

    def add(self, entry: Entry, found: Found) -> None:
        """Keep what was found of a system."""
        self._write({"digest": entry.digest, "found": found})

    def _write(self, line: Any) -> None:
        assert self._stream
        self._stream.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._stream.flush()

    def remove(self) -> None:
        """The run is finished: nothing is left to go on with."""
        self.path.unlink(missing_ok=True)
