"""What is due of many systems, in a few lines of one language. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aiact_check.comparing.difference import section_of
from aiact_check.comparing.outcome import Change
from aiact_check.law.lawbook import RuleBase
from aiact_check.reminding.due import Again, Day, Due
from aiact_check.reminding.watched import Watched
from aiact_check.text import Language
from aiact_check.wording.typeset import day as in_words
from aiact_check.wording.typeset import joined, listed, lower_first, shown, typeset, upper_first, words
from aiact_check.wording.voice import Voice, lines

NAMED, LONGEST = 3, 60
"""How many systems and duties stand for others, and how long a name may be."""
AGAIN = 20
"""How many assessments are listed one by one."""
LAW = ("rule", "milestone")


@dataclass(frozen=True)
class Reminder:
    """What was looked at on a day, up to another day."""

    base: RuleBase
    today: str
    until: str
    found: Sequence[Due]
    lang: Language

    def text(self) -> str:
        """All that is due, or that nothing is."""
        return "\n".join([*self._lines(), "", *lines(words(self.lang)["disclaimer"])]) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from self._section("ahead", self._days("ahead"))
        yield from self._section("late", self._days("late"))
        yield from self._section("begun", self._days("begun"))
        changed = [due for due in self.found if due.again and due.again.changes and not _told(due, due.again)]
        yield from self._section("again", self._assessments(changed))
        same = [due for due in self.found if due.again and due.again.older and not due.again.changes]
        yield from self._section("same", lines(self._systems([due.system for due in same]), "  ") if same else [])
        yield from lines(self._sum)
        later = min((due.later for due in self.found if due.later), default=None)
        if later:
            yield from lines(self.voice("later", day=self._day(later)))

    @property
    def voice(self) -> Voice:
        """The sentences of this command."""
        return Voice("due", self.lang)

    @property
    def _sum(self) -> str:
        due = len({one.system.key for one in self.found if one.is_due})
        systems = self.voice.count("systems", len({one.system.key for one in self.found}))
        if due:
            return upper_first(self.voice.count("some", due, systems=systems))
        return self.voice("nothing", day=self._day(self.until), systems=systems)

    def _section(self, key: str, found: Iterable[str]) -> Iterator[str]:
        items = list(found)
        if items:
            yield from lines(self.voice(f"section.{key}", day=self._day(self.until)))
            yield from items
            yield ""

    def _days(self, part: str) -> Iterator[str]:
        """Day by day, and of each day the systems that it concerns alike together."""
        by_day: dict[str, dict[Day, list[Watched]]] = {}
        for due in self.found:
            for day in getattr(due, part):
                by_day.setdefault(day.date, {}).setdefault(day, []).append(due.system)
        for day, alike in sorted(by_day.items()):
            yield from lines(self._head(part, day), "  ")
            for concern, systems in alike.items():
                yield from lines(self.voice("item", systems=self._systems(systems), what=self.what(concern)), "    ")

    def _head(self, part: str, day: str) -> str:
        left = (date.fromisoformat(day) - date.fromisoformat(self.today)).days
        if part != "ahead":
            return self._day(day)
        distance = self.voice("today") if left == 0 else self.voice.count("in_days", left)
        return f"{self._day(day)}, {distance}"

    def what(self, day: Day) -> str:
        """What a day of a system brings."""
        if day.what == "ask_again":
            titles = [self.voice.text(self.base.questions[fact].label) for fact in day.names]
        else:
            titles = [self.voice.text(self.base.rules[duty].title) for duty in day.names]
        some = titles if len(titles) <= NAMED else titles[: NAMED - 1]
        named = listed([lower_first(title) for title in some], self.lang)
        if len(titles) > NAMED:
            named = self.voice.count("many", len(titles), some=named)
        return self.voice(f"what.{day.what}", duties=named)

    def _systems(self, systems: Iterable[Watched]) -> str:
        """Systems by their names, each once, a few standing for many."""
        names = [shown(name, LONGEST) for _, name, _ in dict.fromkeys(system.key for system in systems)]
        if len(names) <= NAMED:
            return listed(names, self.lang)
        return self.voice.count("more", len(names) - NAMED, some="{some}").format(some=", ".join(names[:NAMED]))

    def _assessments(self, changed: Sequence[Due]) -> Iterator[str]:
        """The assessments of which a new run says otherwise, those of a day that change alike together."""
        alike: dict[tuple[str, tuple[str, ...]], list[Watched]] = {}
        for due in changed:
            assert due.again
            alike.setdefault((due.again.day, tuple(self._otherwise(due.again))), []).append(due.system)
        for (day, says), systems in list(alike.items())[:AGAIN]:
            named = {"systems": self._systems(systems), "day": self._day(day)}
            key = "made" if len(systems) == 1 else "made_several"
            yield from lines(self.voice(key, where=shown(systems[0].where), **named), "  ")
            yield from says
        if rest := list(alike.values())[AGAIN:]:
            yield from lines(self.voice.count("again_more", sum(map(len, rest))), "  ")

    def _otherwise(self, again: Again) -> Iterator[str]:
        """What a new run changes, and why."""
        yield from lines(upper_first(joined(self._changes(again.changes), self.lang)) + ".", "    ")
        yield from lines(self.voice("because", causes=listed(list(self._causes(again)), self.lang)), "    ")
        if again.unread:
            yield from lines(Voice("diff", self.lang)("unread", facts=", ".join(again.unread)), "    ")

    def _changes(self, changes: Sequence[Change]) -> Iterator[str]:
        """What a new run changes, counted by kind; the class by its name."""
        diff = Voice("diff", self.lang)
        kinds: dict[str, set[str]] = {}
        for change in changes:
            if change.key.part == "headline":
                old, new = (
                    typeset(words(self.lang)["tiers"][str(tier)]["name"], self.lang)
                    for tier in (change.old, change.new)
                )
                yield lower_first(diff("turned", name=diff("class"), old=old, new=new))
            else:
                kinds.setdefault(section_of(change), set()).add(change.key.name)
        if any(change.key.part == "headline" for change in changes):
            kinds.pop("tier", None)
        for kind, names in kinds.items():
            if kind in OWN:
                yield self.voice.count(f"change.{kind}", len(names))
            else:
                yield lower_first(diff.count(f"section.{kind}", len(names)))

    def _causes(self, again: Again) -> Iterator[str]:
        if again.causes & set(LAW):
            acts = [self.voice.text(act) for act in again.laws]
            yield self.voice("cause.law", acts=listed(acts, self.lang)) if acts else self.voice("cause.law_alone")
        if "day" in again.causes:
            yield self.voice("cause.day")
        if "rules" in again.causes:
            yield self.voice("cause.rules" if again.other_rules else "cause.program")

    def _day(self, iso: str) -> str:
        return in_words(iso, self.lang)


OWN = ("tier", "tier_date", "tier_begun_yes", "tier_begun_no", "role", "penalty")
"""Changes that `diff` lists below a heading, without counting them."""


def _told(due: Due, again: Again) -> bool:
    """Whether all that a new run changes is that duties have begun, which is told with their days."""
    return bool(due.begun) and all(change.key.part in ("begun", "tier_begun") for change in again.changes)
