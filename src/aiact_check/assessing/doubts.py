"""Which points of interpretation bear on a result: those under whose answers the readings part. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from aiact_check.law.condition import fold
from aiact_check.law.evaluate import Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Note, Rule
from aiact_check.law.truth import Truth

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import Cite, DoubtData, Words


class Doubts:
    """The points of interpretation, held against the answers of a questionnaire."""

    def __init__(self, base: RuleBase, values: Values, cites: Callable[[list[str]], list[Cite]]) -> None:
        self.base, self.values, self.cites = base, values, cites
        self.told: dict[str, list[tuple[Note, Truth]]] = {}

    def notes(self, rule: Rule) -> list[Words]:
        """What is to be said of a rule that matters: not where its readings surely come to the same."""
        return [_words(note) for note, parts in self.parts(rule) if parts is not Truth.FALSE]

    def parts(self, rule: Rule) -> list[tuple[Note, Truth]]:
        """Whether the readings of each point part under these answers; of one that goes with its rule, unknown."""
        if rule.id not in self.told:
            self.told[rule.id] = [
                (note, Truth.UNKNOWN if note.when is None else fold(note.when, self.values))
                for note in rule.interpretation
            ]
        return self.told[rule.id]

    def found(self) -> Iterator[DoubtData]:
        """The rules in force whose readings part here, be it that our reading keeps the rule from holding."""
        for rule_id, version in self.values.law.versions.items():
            rule = self.base.rules[rule_id]
            says = [_words(note) for note, parts in self.parts(rule) if parts is Truth.TRUE]
            if says:
                title: Words = {"en": rule.title.en, "fr": rule.title.fr}
                yield {"rule": rule_id, "title": title, "cite": self.cites(version.cites), "says": says}


def _words(note: Note) -> Words:
    return {"en": note.en, "fr": note.fr}
