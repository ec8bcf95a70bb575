"""A mistake in a file, said so that its author can put it right."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiact_check.text import Language, Text, phrase, said


@dataclass(unsafe_hash=True)
class Problem(Exception):
    """A mistake in a file and where it stands: to a company it is said in both languages.

    Not frozen, as nothing raised may be: Python writes the traceback into it.
    """

    file: str
    line: int
    column: int
    message: str | Text
    hint: str | Text = field(default="", compare=False)

    def said(self, lang: Language) -> str:
        """The problem as it is printed."""
        hint = said(self.hint, lang)
        hint = "\n    " + said(phrase("problems.hint", says=hint), lang) if hint else ""
        return f"{self.file}:{self.line}:{self.column}: {said(self.message, lang)}{hint}"

    def __str__(self) -> str:
        return self.said("en")


class Problems(Exception):
    """All the problems of a run, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda found: (found.file, found.line, found.column, str(found)))
        super().__init__("\n".join(map(str, self.problems)))
