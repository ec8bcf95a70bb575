"""A mistake in a file, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from aiact_check.text import Language, Text, phrase, said

Hint = str | Text | Callable[[], str | Text]
"""What to write; a function where finding it takes time, for a file may hold more mistakes than are shown."""


@dataclass(unsafe_hash=True)
class Problem(Exception):
    """A mistake in a file and where it stands: to a company it is said in both languages.

    Not frozen, as nothing raised may be: Python writes the traceback into it.
    """

    file: str
    line: int
    column: int
    message: str | Text
    hint: Hint = field(default="", compare=False)

    def said(self, lang: Language) -> str:
        """The problem as it is printed."""
        hint = said(self.hint() if callable(self.hint) else self.hint, lang)
        hint = "\n    " + said(phrase("problems.hint", says=hint), lang) if hint else ""
        return f"{self.file}:{self.line}:{self.column}: {said(self.message, lang)}{hint}"

    def __str__(self) -> str:
        return self.said("en")


class Problems(Exception):
    """All the problems of a run, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(
            set(problems), key=lambda found: (found.file, found.line, found.column, said(found.message, "en"))
        )
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
