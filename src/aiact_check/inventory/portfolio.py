"""What a portfolio says of many systems: classes, what decides most, dates ahead, urgency, work. Pure."""

from __future__ import annotations

import typing
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from aiact_check.answering.form import people
from aiact_check.inventory.contradictions import Contradiction, contradictions
from aiact_check.inventory.found import Found, InForce, Result
from aiact_check.inventory.systems import WORST, Systems
from aiact_check.inventory.urgency import urgency
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Tier
from aiact_check.text import NB, Language, said
from aiact_check.wording.typeset import listed, lower_first, shown, upper_first

ASKED, LISTED, SHOWN = 5, 300, 3
"""How many questions and systems are listed, and how many systems stand for others."""
SECTIONS = ("supposed", "classes", "open", "dates", "systems", "work", "contradictions", "unread", "method")
STATES = ("done", "partly", "planned", "not-started", "does-not-apply", "unsaid")


@dataclass(frozen=True)
class Class:
    """How many systems are certainly of a class, and how many may be."""

    tier: Tier
    sure: int
    perhaps: int


@dataclass(frozen=True)
class Day:
    """A day ahead, what starts then, and how many systems it touches for sure or perhaps."""

    date: str
    titles: list[Any]
    cite: list[Any]
    sure: int
    perhaps: int
    such: list[str]


@dataclass(frozen=True)
class Asked:
    """A question, of how many undecided systems the class hangs on it, and some of them."""

    fact: str
    ask: str
    who: str
    hangs: int
    such: list[str]


class Portfolio(Systems):
    """Many systems, as one reader of one language needs them."""

    listed = LISTED

    def __init__(self, base: RuleBase, found: Sequence[Found], day: str, lang: Language, paths: Sequence[str]) -> None:
        super().__init__(base, day, lang)
        self.found, self.paths = found, paths

    @cached_property
    def read(self) -> list[tuple[Found, Result]]:
        """The systems that could be read."""
        return [(found, found["result"]) for found in self.found if found["result"]]

    @cached_property
    def unread(self) -> list[Found]:
        """Those that could not."""
        return [found for found in self.found if not found["result"]]

    @cached_property
    def models(self) -> int:
        """How many are models and no systems."""
        return sum(result["headline"] == "model" for _, result in self.read)

    @cached_property
    def decided(self) -> int:
        """How many systems have a class that is certain."""
        return len(self.read) - len(self.undecided) - self.models

    @cached_property
    def turned(self) -> list[tuple[Found, Result, InForce]]:
        """Under an overlay, the systems of which it would change the class or the duties."""
        both = [(found, result, found["in_force"]) for found, result in self.read]
        return [(found, result, before) for found, result, before in both if before and _differs(result, before)]

    @cached_property
    def turns(self) -> str:
        """Of how many systems an overlay would change something."""
        if not self.turned:
            return self.t(self.w["portfolio_supposed"]["none"])
        return self.p("portfolio_supposed.turned", len(self.turned))

    @cached_property
    def undecided(self) -> list[tuple[Found, Result]]:
        """Those whose class hangs on open answers."""
        return [(found, result) for found, result in self.read if result["headline"] == "undetermined"]

    @cached_property
    def name(self) -> str:
        """Whose portfolio it is: the company, or what was read."""
        companies = {found["company"] for found, _ in self.read}
        if len(companies) == 1 and (only := next(iter(companies))):
            return shown(only, 60)
        return self.t(self.w["portfolio"]["several"])

    @cached_property
    def sources(self) -> str:
        """The names of the files and folders read."""
        return shown(", ".join(Path(path).name or path for path in self.paths), 60)

    @cached_property
    def headline(self) -> str:
        """The portfolio in one sentence, which under an overlay says first that it supposes something."""
        if not self.supposed:
            return self.sentence
        return self.t(self.w["supposed"]["headline"], headline=lower_first(self.sentence))

    @cached_property
    def sentence(self) -> str:
        """The portfolio in one sentence."""
        if not self.read:
            return self.t(self.w["portfolio"]["headline"]["none"])
        counts: Counter[str] = Counter(result["headline"] for _, result in self.read)
        kinds = [kind for kind in (*WORST, "undetermined") if counts[kind]]
        parts = [self.p(f"portfolio.headline.{kind}", counts[kind]).replace(" ", NB, 1) for kind in kinds]
        calm = self.t(self.w["portfolio"]["headline"]["calm"])
        return self.systems + self.t(self.w["colon"]) + (", ".join(parts) or calm)

    @cached_property
    def systems(self) -> str:
        """How many systems and models could be read."""
        counts = {"systems": len(self.read) - self.models, "models": self.models}
        said_of = [self.p(f"portfolio.{kind}", count) for kind, count in counts.items() if count]
        return upper_first(listed(said_of, self.lang))

    @cached_property
    def reasons(self) -> list[str]:
        """What the sentence leaves out: how sure, what may come of it, what is missing."""
        may = {tier: sum(tier in result["possible"] for _, result in self.undecided) for tier in WORST}
        found = [self.turns] if self.supposed else []
        found += [self.p("portfolio.why_sure", self.decided)] if self.decided and self.undecided else []
        found += [self.p(f"portfolio.may_be.{tier}", count) for tier, count in may.items() if count]
        return found + ([self.p("portfolio.why_unread", len(self.unread))] if self.unread else [])

    @cached_property
    def classes(self) -> list[Class]:
        """How many systems of each class."""
        sure: Counter[str] = Counter(result["headline"] for _, result in self.read)
        perhaps: Counter[str] = Counter(tier for _, result in self.undecided for tier in result["possible"])
        order: list[Tier] = [*WORST, *typing.get_args(Tier)]
        there = [tier for tier in dict.fromkeys(order) if sure[tier] or perhaps[tier]]
        return [Class(tier, sure[tier], perhaps[tier]) for tier in there]

    @cached_property
    def days(self) -> list[Day]:
        """The days ahead on which duties start."""
        today = self.doc["as_of"]
        sure: dict[str, list[str]] = {}
        perhaps: dict[str, list[str]] = {}
        for found, result in self.urgent:
            for day in {*result["dates"], *result["perhaps"]}:
                (sure if day in result["dates"] else perhaps).setdefault(day, []).append(shown(found["name"], 40))
        ahead = sorted(day for day in {*sure, *perhaps} if day > today)
        return [self._day(day, sure.get(day, []), perhaps.get(day, [])) for day in ahead]

    def _day(self, day: str, sure: list[str], perhaps: list[str]) -> Day:
        begun = [
            (milestone, milestone.versions[max(start for start in milestone.versions if start <= self.doc["as_of"])])
            for milestone in self.base.milestones.values()
            if min(milestone.versions) <= self.doc["as_of"]
        ]
        here = [(milestone.title, version.cite) for milestone, version in begun if version.date == day]
        cites = [self.base.provision(cite, self.doc["as_of"]) for cite in dict.fromkeys(cite for _, cite in here)]
        titles = [self.t(said(title, self.lang)) for title, _ in here]
        return Day(day, titles, cites, len(sure), len(perhaps), [*sure, *perhaps][:SHOWN])

    @cached_property
    def in_force(self) -> tuple[int, int]:
        """How many duties apply already, and to how many systems."""
        counts = [len(result["applies"]) for _, result in self.read]
        return sum(counts), sum(map(bool, counts))

    @cached_property
    def asked(self) -> list[Asked]:
        """The questions that settle most of what is not decided.

        Each is the one that brings the undecided classes nearest to being settled: of every system, it counts as much
        as it is part of what the class still hangs on.
        """
        left = [set(result["class_open"]) for _, result in self.undecided]
        order = {fact: place for place, fact in enumerate(self.base.questions)}
        chosen: list[str] = []
        while len(chosen) < ASKED:
            worth: Counter[str] = Counter()
            for facts in left:
                for fact in facts:
                    worth[fact] += 1_000_000 // len(facts)
            if not worth:
                break
            chosen.append(min(worth, key=lambda fact: (-worth[fact], order[fact])))
            left = [facts - {chosen[-1]} for facts in left]
        return [self._asked(fact) for fact in chosen]

    def _asked(self, fact: str) -> Asked:
        question = self.base.questions[fact]
        hanging = [shown(found["name"], 40) for found, result in self.undecided if fact in result["class_open"]]
        who = self.t(said(people(self.base.known_by(fact)[:1]), self.lang))
        return Asked(
            fact, self.t(said(question.ask, self.lang)), who, len(hanging), list(dict.fromkeys(hanging))[:SHOWN]
        )

    @cached_property
    def covered(self) -> int:
        """How many undecided classes hang on nothing but these questions."""
        chosen = {asked.fact for asked in self.asked}
        return sum(set(result["class_open"]) <= chosen for _, result in self.undecided)

    @cached_property
    def urgent(self) -> list[tuple[Found, Result]]:
        """The systems to worry about first."""
        return sorted(self.read, key=lambda system: urgency(self.base, *system))

    @cached_property
    def work(self) -> dict[str, int]:
        """How many duties are in which state, over all systems."""
        counts: Counter[str] = Counter()
        for found, _ in self.read:
            counts.update(found["work"])
        return {state: counts[state] for state in STATES if counts[state]}

    @cached_property
    def look(self) -> dict[str, int]:
        """What wants a look in it."""
        counts: Counter[str] = Counter()
        for found, _ in self.read:
            counts.update(found["look"])
        return dict(counts)

    @cached_property
    def contradictions(self) -> list[Contradiction]:
        """Where systems of the same name from one supplier differ on what the supplier knows best."""
        return list(contradictions(self, [found for found, _ in self.read]))

    @cached_property
    def sections(self) -> list[str]:
        """The parts after page one that have something to say."""
        filled: Mapping[str, Any] = {
            "supposed": self.supposed,
            "classes": self.read,
            "open": self.asked,
            "dates": self.days,
            "systems": self.read,
            "work": any(state != "unsaid" for state in self.work),
            "contradictions": self.contradictions,
            "unread": self.unread,
        }
        return [part for part in SECTIONS if filled.get(part, True)]


def _differs(result: Result, before: InForce) -> bool:
    duties = {*result["applies"], *result["upcoming"], *result["depends"]}
    return result["possible"] != before["possible"] or duties != {*before["duties"]}
