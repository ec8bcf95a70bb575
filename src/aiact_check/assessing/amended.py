"""What an amending act changed in a rule: the wording in force beside the one before. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiact_check.law.model import Acts, Rule, Version
from aiact_check.text import Text

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import AmendedData, Words


def amended(rule: Rule, acts: Acts, day: str) -> AmendedData | None:
    """What the act behind the wording in force on `day` (ISO) changed; None where that is the first act of all."""
    begun = sorted(start for start in rule.versions if start <= day)
    if not begun:
        return None
    now = rule.versions[begun[-1]]
    if now.by == min(acts.acts, key=lambda act: acts.acts[act].in_force):
        return None
    by = _words(acts.acts[now.by].short)
    before = rule.versions[begun[-2]] if len(begun) > 1 else None
    if before is None or before.repealed:
        return {"by": by, "since": begun[-1], "change": "new", "was": None, "now": None}
    was, new = _wordings(before, now)
    return {"by": by, "since": begun[-1], "change": "reworded", "was": was, "now": new}


def _wordings(before: Version, now: Version) -> tuple[Words | None, Words | None]:
    """The duty, or else the reading, before and now; neither where only its conditions or its place changed."""
    for old, new in ((before.duty, now.duty), (before.reads, now.reads)):
        if old and new and old != new:
            return _words(old), _words(new)
    return None, None


def _words(text: Text) -> Words:
    return {"en": text.en, "fr": text.fr}
