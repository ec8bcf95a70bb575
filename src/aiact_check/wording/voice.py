"""What a command says: the fixed sentences of words.yaml in one language, typeset; what a user wrote stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aiact_check.law.lawbook import RuleBase, nearest
from aiact_check.law.model import Provision
from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.typeset import counted, typeset, wrapped


class Voice:
    """The sentences under one key of words.yaml."""

    def __init__(self, room: str, lang: Language) -> None:
        self.room, self.lang = room, lang

    def __call__(self, key: str, **slots: Any) -> str:
        """A sentence, its slots filled: a text of ours in this language, anything else as it is."""
        filled = self._sentence(key).format(**{name: self.text(value) for name, value in slots.items()})
        return filled.replace("….", "…")

    def count(self, key: str, number: int, **slots: Any) -> str:
        """A sentence written `one|many`."""
        return counted(
            self._sentence(key), number, self.lang, **{name: self.text(slot) for name, slot in slots.items()}
        )

    def text(self, text: Any) -> str:
        """A text of ours, typeset; anything else as it is."""
        return typeset(getattr(text, self.lang), self.lang) if isinstance(text, (Text, Provision)) else str(text)

    def _sentence(self, key: str) -> str:
        return typeset(said(phrase(f"{self.room}.{key}"), self.lang), self.lang)

    def near(self, message: str, word: str, known: Iterable[str]) -> str:
        """A message on a word that is not known, with the known word most like it."""
        found = nearest(word, known)
        return f"{message} {self('did_you_mean', near=found)}" if found else message

    def cites(self, base: RuleBase, provisions: Iterable[str], day: str) -> str:
        """Provisions by their short citations."""
        return ", ".join(self.text(base.provision(provision, day)) for provision in provisions)


def lines(text: str, indent: str = "") -> list[str]:
    """A text as lines of a terminal, with names of rules and addresses whole."""
    return wrapped(text, indent, whole=True)


def bullets(items: Iterable[str], indent: str = "") -> Iterator[str]:
    """Items of a list as lines of a terminal."""
    for item in items:
        yield from lines(f"- {item}", indent or " ")
