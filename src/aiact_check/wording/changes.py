"""What the amending acts changed for this system, days and wordings, and which awaited texts may change it. Pure."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from aiact_check.wording.owed import possible_days
from aiact_check.wording.plan import Plan
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import listed, lower_first

FEW = 20
"""Up to how many duties that hang on open answers their changes are shown too."""
PRINTED = 6
"""How many awaited texts are printed; the others are for the screen."""


class Changes(Plan):
    """The duties and the rules of a report beside what they were before an amending act."""

    few = FEW

    @cached_property
    def changes(self) -> list[Data]:
        """The rules this report rests on whose wording comes from an amending act: its duties, and what decides."""
        held = [found["finding"] for found in self.tiers.values()] + [found["finding"] for found in self.doc["roles"]]
        grounds = [ground for finding in held for ground in [*self.grounds(finding), finding]]
        deciding = [*grounds, *self.exceptions(grounds), *self.doc["conformity"]]
        deciding = [found for found in deciding if found.get("value") == "true"]
        perhaps = [entry["duty"] for entry in self.maybe] if len(self.maybe) <= FEW else []
        rules = {rule["id"]: rule for rule in [*self.owed, *perhaps]}
        rules |= {found["rule"]: found for found in deciding}
        short = self.doc["overlay"]["short"] if "overlay" in self.doc else None  # what it changes is said elsewhere
        return [rule for rule in rules.values() if rule.get("amended") and rule["amended"]["by"] != short]

    @cached_property
    def amending(self) -> str:
        """The acts in force that amend the first one, in a list."""
        return listed([self.t(act["short"]) for act in self.doc["law"]["acts"][1:]], self.lang)

    @cached_property
    def moved(self) -> list[dict[str, Any]]:
        """The days on which duties start that an amending act moved, and how many duties each concerns."""
        counts: Counter[tuple[str, str]] = Counter()
        cites: dict[tuple[str, str], list[Data]] = {}
        for duty in [*self.owed, *(entry["duty"] for entry in self.maybe)]:
            for day in possible_days(duty)[:1]:
                if was := self.was(duty, day):
                    counts[was, day] += 1
                    cites[was, day] = duty["start"]["cite"]
        return [
            {"was": was, "date": day, "count": count, "cite": cites[was, day]} for (was, day), count in counts.items()
        ]

    @cached_property
    def awaited(self) -> list[Data]:
        """The awaited texts that are printed, what is nearest first."""
        found: list[Data] = self.doc["awaited"][:PRINTED]
        return found

    @cached_property
    def awaited_more(self) -> list[Data]:
        """The awaited texts that only a screen shows."""
        found: list[Data] = self.doc["awaited"][PRINTED:]
        return found

    def awaited_state(self, text: Data) -> str:
        """How far an awaited text is, when that was seen, and by when it is or was due."""
        w = self.w["awaited"]
        said = [self.t(w["states"][text["state"]]), self.t(w["seen"], day=self.day(text["seen"], short=True))]
        if text["due"]:
            late = "late" if text["due"] < self.doc["as_of"] else "due"
            said.append(self.t(w[late], day=self.day(text["due"], short=True)))
        return ", ".join(said)

    @cached_property
    def drafts(self) -> list[str]:
        """What of this result rests on a draft, or would be decided otherwise by one."""
        said = []
        for text in (text for text in self.doc["awaited"] if text["state"] == "draft"):
            for follows, key in ((True, "draft_follows"), (False, "draft_departs")):
                rules = [lower_first(self.t(item["title"])) for item in text["readings"] if item["follows"] is follows]
                if rules:
                    slots = {"draft": lower_first(self.t(text["title"])), "rules": ", ".join(rules)}
                    said.append(self.t(self.w["decision"][key], **slots))
        return said
