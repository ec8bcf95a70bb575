"""Joins two people's answers about one system: what one left open the other fills, what differs is said. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from aiact_check.answering import edit
from aiact_check.answering.answers import Questionnaire, Told
from aiact_check.answering.together import contradicted, ruled_out
from aiact_check.law.evaluate import Answer, Choices
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.reading.source import DataPath, Source
from aiact_check.text import Text, phrase

Prefer = Literal["first", "second"]
NAMES: tuple[tuple[str, str], ...] = (
    ("company", "name"), ("company", "place"), ("system", "name"), ("system", "version"), ("system", "description"),
)  # fmt: skip
BETWEEN = " / "


@dataclass(frozen=True)
class Side:
    """One of the two files."""

    name: str
    content: str
    source: Source
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Place:
    """Where something was written, what, and by whom."""

    file: str
    line: int
    column: int
    value: Any
    told: Told | None = None


@dataclass(frozen=True)
class Conflict:
    """What cannot be joined: what it is about, and the places that differ."""

    about: str
    fact: str | None
    places: tuple[Place, ...]
    says: Text | None = None
    """Why answers to different questions cannot both stand; None where two answers to one question differ."""


@dataclass
class Merged:
    """The first file's text with what the second adds, or the conflicts that keep them apart."""

    content: str
    taken: list[str] = field(default_factory=list)
    """The questions answered by the second file."""
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: RuleBase, first: Side, second: Side, prefer: Prefer | None = None) -> Merged:
    """Both files in one: the first's text, comments and all, with the second's answers where it has none.

    `prefer` says whose word counts where the two differ. Raises edit.CannotEdit.
    """
    joining = _Joining(base, first, second, prefer)
    joining.names()
    for fact in base.questions:
        joining.answer(fact)
    for duty in second.source.data.get("compliance") or {}:
        joining.work(duty)
    if not joining.merged.conflicts:
        joining.merged.conflicts += joining.contradictions()
    return joining.merged


class _Joining:
    def __init__(self, base: RuleBase, first: Side, second: Side, prefer: Prefer | None) -> None:
        self.base, self.first, self.second, self.prefer = base, first, second, prefer
        self.merged = Merged(first.content)
        self.order = tuple(base.questions)
        self.from_second: set[str] = set()

    def names(self) -> None:
        for path in NAMES:
            self.value(path, ".".join(path))

    def value(self, path: DataPath, about: str) -> None:
        """A plain value: the second's where the first has none."""
        ours, theirs = (_at(side.source.data, path) for side in (self.first, self.second))
        if theirs is None or theirs == ours:
            return
        if ours is None or self.differs(Conflict(about, None, (self.place(self.first, path, ours),
                                                               self.place(self.second, path, theirs)))):  # fmt: skip
            self.put(path, theirs)

    def differs(self, conflict: Conflict) -> bool:
        """Whether the second's word counts; where nobody said whose does, the conflict is kept and neither counts."""
        if self.prefer is None:
            self.merged.conflicts.append(conflict)
        return self.prefer == "second"

    def put(self, path: DataPath, value: Any) -> None:
        self.merged.content = edit.put(self.merged.content, [str(key) for key in path], value)

    def place(self, side: Side, path: DataPath, value: Any, told: Told | None = None) -> Place:
        at = side.source.problem(path, "", at_key=True)
        return Place(side.name, at.line, at.column, value, told)

    def answer(self, fact: str) -> None:
        ours, theirs = (side.questionnaire.told.get(fact) for side in (self.first, self.second))
        if theirs is None or (theirs.value is None and theirs.note is None):
            return
        known, other = (_known(self.base, fact, told) for told in (ours, theirs))
        if _yields(known, other):
            self.take(fact, ours, theirs)
        elif not _yields(other, known):
            at: DataPath = ("answers", fact)
            assert ours
            if self.differs(Conflict(fact, fact, (self.place(self.first, at, ours.value, ours),
                                                  self.place(self.second, at, theirs.value, theirs)))):  # fmt: skip
                self.take(fact, ours, theirs)
        elif ours and theirs.note and theirs.note != ours.note:
            self.annotate(fact, ours, theirs)

    def take(self, fact: str, ours: Told | None, theirs: Told) -> None:
        """Write the second's answer, with who gave it where the first's file would say otherwise, and both notes."""
        if ours and _known(self.base, fact, ours) == _known(self.base, fact, theirs):
            if theirs.note and theirs.note != ours.note:
                self.annotate(fact, ours, theirs)
            return
        head = self.first.source.data
        by, on = theirs.by, theirs.on
        if by is None and "by" in head:
            by = self.second.name
        told = Told(
            value=theirs.value,
            note=_joined(ours.note if ours else None, theirs.note),
            by=by if by != head.get("by") else None,
            on=on if on != head.get("on") else None,
        )
        self.merged.content = edit.put_answer(self.merged.content, fact, told, self.order)
        self.merged.taken.append(fact)
        self.from_second.add(fact)

    def annotate(self, fact: str, ours: Told, theirs: Told) -> None:
        """Keep the second's note beside the first's answer."""
        written = _at(self.first.source.data, ("answers", fact))
        detailed = written if isinstance(written, dict) else {}
        told = Told(
            value=ours.value, note=_joined(ours.note, theirs.note), by=detailed.get("by"), on=detailed.get("on")
        )
        self.merged.content = edit.put_answer(self.merged.content, fact, told, self.order)

    def work(self, duty: str) -> None:
        """What the second says of its work on a duty: a duty not started yields, evidence and notes add up."""
        ours, theirs = (_at(side.source.data, ("compliance", duty)) for side in (self.first, self.second))
        if ours is None:
            self.put(("compliance", duty), theirs)
            return
        began = "not-started" in (ours["status"], theirs["status"])
        for key in theirs:
            path = ("compliance", duty, key)
            if key == "evidence":
                added = [item for item in theirs[key] if item not in ours.get(key, [])]
                if added:
                    self.put(path, [*ours.get(key, []), *added])
            elif key == "note" and theirs[key] != ours.get(key):
                self.put(path, _joined(ours.get(key), theirs[key]))
            elif key == "status" and began:
                self.put(path, theirs[key] if ours[key] == "not-started" else ours[key])
            elif key != "reason" or began or theirs["status"] == ours["status"] or self.prefer == "second":
                self.value(path, f"{duty}: {key}")

    def contradictions(self) -> Iterator[Conflict]:
        """Answers that were right in each file and cannot both be in one."""
        told = {side.name: side.questionnaire.answers for side in (self.first, self.second)}
        answers: dict[str, Answer] = dict(told[self.first.name])
        answers.update(
            {fact: told[self.second.name][fact] for fact in self.from_second if fact in told[self.second.name]}
        )
        for fact, others in ruled_out(self.base, answers):
            yield self.clash([fact, *others], phrase("merge.misplaced"))
        for contradiction, facts in contradicted(self.base, answers):
            yield self.clash(facts, contradiction.says)

    def clash(self, facts: list[str], says: Text) -> Conflict:
        sides = [(fact, self.second if fact in self.from_second else self.first) for fact in dict.fromkeys(facts)]
        return Conflict(
            ", ".join(fact for fact, _ in sides),
            None,
            tuple(
                self.place(side, ("answers", fact), side.questionnaire.told[fact].value, side.questionnaire.told[fact])
                for fact, side in sides
            ),
            says,
        )


def _at(data: Any, path: DataPath) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _known(base: RuleBase, fact: str, told: Told | None) -> Answer | None:
    return normalise(base.questions[fact], told.value) if told else None


def _yields(known: Answer | None, other: Answer | None) -> bool:
    """Whether an answer says no more than another: nothing, the same, or a part that leaves the rest open."""
    if known is None or known == other:
        return True
    if isinstance(known, Choices) and isinstance(other, Choices):
        return known.more and known.chosen <= other.chosen
    return isinstance(known, str) and isinstance(other, bool)  # nothing was decided, and now it is


def _joined(ours: str | None, theirs: str | None) -> str | None:
    notes = [note for note in dict.fromkeys((ours, theirs)) if note]
    return BETWEEN.join(notes) or None
