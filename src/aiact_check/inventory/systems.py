"""What is said of each of many systems, in one language: its class, its next day, its duties. Pure."""

from __future__ import annotations

from typing import Any

from aiact_check import __version__
from aiact_check.inventory.found import InForce, Result
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Tier
from aiact_check.law.overlay import Overlaid, lawful
from aiact_check.text import NB, Language, said
from aiact_check.wording.speech import Data, Speech, figure
from aiact_check.wording.typeset import joined, listed

NAMED = 3
"""Up to how many classes are named."""
WORST: tuple[Tier, ...] = ("prohibited", "high-risk")


class Systems(Speech):
    """Systems, put into the words of one language."""

    def __init__(self, base: RuleBase, day: str, lang: Language) -> None:
        self.base = base
        titles = {rule.role: rule.title for rule in base.rules.values() if rule.role}
        roles = [{"role": role, "title": {"en": title.en, "fr": title.fr}} for role, title in titles.items()]
        acts = [act for act in lawful(base).acts.acts.values() if act.in_force <= day]
        law = {"acts": acts, "known_to": base.acts.known_to, "rules_hash": base.hash}
        tool = {"name": "aiact-check", "version": __version__}
        overlay = {"overlay": _overlay(base)} if isinstance(base, Overlaid) else {}
        super().__init__({"as_of": day, "findings": roles, "law": law, "tool": tool, **overlay}, lang)

    def p(self, key: str, number: int, **slots: Any) -> str:
        """A counted text of words.yaml by its dotted key."""
        words = self.w
        for step in key.split("."):
            words = words[step]
        return self.n(words, number, **slots)

    def class_of(self, result: Result | InForce) -> str:
        """The class of a system in a few words, or those it may have."""
        if result["headline"] != "undetermined":
            return self.tier(result["headline"])
        said, tiers = self.w["portfolio_systems"], result["possible"]
        if len(tiers) > NAMED:
            worst = [self.tier(tier, "could_be") for tier in WORST if tier in tiers]
            key = "many" if worst else "any"
            return self.p(f"portfolio_systems.{key}", len(tiers), tiers=listed(worst, self.lang, "or"))
        return self.t(said["could_be"], tiers=listed([self.tier(tier, "could_be") for tier in tiers], self.lang, "or"))

    def next_day(self, result: Result) -> tuple[str, str]:
        """The next day of a system: at once, on a day, or perhaps on one; and how that is shown."""
        at_once = ("on", self.t(self.w["decision"]["due_now"]))
        if result["headline"] == "prohibited" and result["applies"]:
            return at_once
        if result["next"]:
            return "", self.day(result["next"]["date"], short=True)
        perhaps = [day for day in result["perhaps"] if day > self.doc["as_of"]]
        if perhaps:
            return "maybe", self.day(perhaps[0], short=True) + (f"{NB}?" if self.lang == "fr" else "?")
        return at_once if result["applies"] else ("", "")

    def counts(self, result: Result) -> str:
        """How many duties apply, will apply and may apply, and the highest fine that those which hold lead to."""
        numbers = {"applies": result["applies"], "upcoming": result["upcoming"], "depends": result["depends"]}
        parts = [self.p(f"portfolio_systems.{state}", len(duties)) for state, duties in numbers.items() if duties]
        if result["fine"] and result["fine"]["sure"]:
            parts.append(self.t(self.w["portfolio_systems"]["fine"], figure=figure(result["fine"], self.lang)))
        return joined(parts, self.lang)

    def title_of(self, rule: str) -> str:
        """The title of a rule."""
        return self.t(said(self.base.rules[rule].title, self.lang))


def _overlay(base: Overlaid) -> Data:
    """What a portfolio says of the text that it supposes adopted."""
    told = base.files.overlay
    both = {"title": told.title, "says": told.says, "source": told.source, "short": told.short}
    said = {key: {"en": text.en, "fr": text.fr} for key, text in both.items()}
    return {"name": base.files.name, "link": told.link, "begins": told.begins, "seen": told.seen, **said}
