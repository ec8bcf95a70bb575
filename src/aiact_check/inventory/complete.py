"""So that nothing drops out: what is wrong with whole tables stands in the result too, and systems told of twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aiact_check.assessing.said import text
from aiact_check.inventory.found import Found, in_both, unread
from aiact_check.inventory.gathered import Gathered
from aiact_check.text import phrase


def complete(gathered: Gathered, found: Sequence[Found]) -> list[Found]:
    """What was found of the systems gathered, with what is wrong with their tables, and remarks on those told twice.

    A table none of whose rows could be read stands for itself; otherwise what it lacks is remarked on each row.
    """
    by_file: dict[str, list[Found]] = {}
    for entry, one in zip(gathered.entries, found, strict=True):
        by_file.setdefault(entry.file, []).append(one)
    whole = []
    for problem in gathered.problems:
        rows = by_file.get(problem.file, [])
        for one in rows:
            one["remarks"] = [*one["remarks"], in_both(problem)]
        if not rows:
            whole.append(unread(problem.file, Path(problem.file).name, [problem]))
    _remark_twins(found)
    return [*found, *whole]


def _remark_twins(found: Sequence[Found]) -> None:
    """Remark on systems of the same name, version and company, all of which are kept."""
    first: dict[tuple[str, str, str], Found] = {}
    for one in found:
        key = (one["name"], one["version"] or "", one["company"] or "")
        twin = first.setdefault(key, one)
        if twin is not one and one["result"]:
            one["remarks"] = [
                *one["remarks"],
                text(phrase("inventory.same_name", here=one["where"], where=twin["where"])),
            ]
