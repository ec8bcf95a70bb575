"""The parts of a result that were finished by a long run in columns, so that the run can go on where it stopped."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiact_check import __version__
from aiact_check.inventory import columnar
from aiact_check.inventory.kept import SUFFIX
from aiact_check.inventory.shares import Account
from aiact_check.inventory.streamed import Reached, Streamed

if TYPE_CHECKING:
    import polars as pl

STATE = "state.json"
PRIVATE = 0o700
"""It holds what tables say, which may be for the user alone."""


class KeptParts:
    """The folder beside an output that holds the parts finished.

    They are of use for the same files under the same law, rules and day only: a part knows of all the others where
    systems are called the same.
    """

    def __init__(self, output: Path, streamed: Streamed, files: Sequence[Path], day: date) -> None:
        self.path = output.with_name(output.name + SUFFIX)
        self.streamed, self.files = streamed, list(files)
        self.head = {"day": day.isoformat(), "today": streamed.today.isoformat(), "lang": streamed.lang,
                     "rules": streamed.base.hash, "version": __version__}  # fmt: skip
        self.parts: list[Path] = []

    def load(self) -> bool:
        """Take up what a run before finished; whether that was of the same files under the same law, rules and day."""
        try:
            state = json.loads((self.path / STATE).read_text("utf-8"))
            if state["head"] != self._head():
                return False
            parts = [self._part(number) for number in range(state["parts"])]
            told = {field.name: state["account"][field.name] for field in fields(Account)}
            told |= {key: dict.fromkeys(told[key]) for key in ("problems", "remarks")}
            reached, account = Reached(**state["reached"]), Account(**told | {"headlines": Counter(told["headlines"])})
        except FileNotFoundError:
            return True
        except (KeyError, TypeError, ValueError):
            return False
        if not all(part.exists() for part in parts):
            return False
        self.parts = parts
        self.streamed.take_up(reached, account)
        return True

    def fill(self) -> None:
        """Work out what is left, and keep each part as it is finished."""
        if not self.parts:
            self.remove()
            self.path.mkdir(PRIVATE)
        head = self._head()
        for part in self.streamed.over(self.files):
            target = self._part(len(self.parts))
            _beside(target).write_bytes(columnar.as_bytes(part))
            _beside(target).replace(target)
            self.parts.append(target)
            self._keep(head)

    def _keep(self, head: dict[str, Any]) -> None:
        account = self.streamed.account
        told = vars(account) | {"problems": list(account.problems), "remarks": list(account.remarks)}
        state = {"head": head, "parts": len(self.parts), "reached": asdict(self.streamed.reached), "account": told}
        target = self.path / STATE
        _beside(target).write_text(json.dumps(state), "utf-8")
        _beside(target).replace(target)

    def _head(self) -> dict[str, Any]:
        return self.head | {"files": [[str(file), _digest(file)] for file in self.files]}

    def _part(self, number: int) -> Path:
        return self.path / f"{number}.parquet"

    def read_back(self) -> Iterator[pl.DataFrame]:
        """The result, part by part."""
        import polars as pl

        for part in self.parts:
            yield pl.read_parquet(part, glob=False)

    def remove(self) -> None:
        """Nothing is left to go on with; what others may have put there stays."""
        remove(self.path)


def remove(path: Path) -> None:
    """Remove what such a run left, be it a file of the other engine's; what others may have put there stays."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for file in path.iterdir():
        if file.name.strip("~") == STATE or (file.suffix.strip("~") == ".parquet" and file.stem.isdigit()):
            file.unlink()
    path.rmdir()


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}~")


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
