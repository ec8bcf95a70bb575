"""What a draft consists of: its sections, and in each the lines that say something or show a gap."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from aiact_check.drafting.standing import Standing

Kind = Literal["given", "found", "says", "gap"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a section: an answer as given, something the assessment found, our own sentence, or a gap."""

    kind: Kind
    text: str
    label: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a draft: the provision it answers, who fills it, and what is in it so far."""

    title: str
    cites: list[tuple[str, str]]
    """Short citations and their addresses."""
    who: str
    guidance: str = ""
    lines: list[Line] = field(default_factory=list)
    gone: str = ""
    """Why nobody asks for it any more on the day asked about."""

    @property
    def state(self) -> Literal["gone", "filled", "partly", "empty"]:
        """How far it is filled."""
        if self.gone:
            return "gone"
        gaps = sum(line.kind == "gap" for line in self.lines)
        return "filled" if not gaps else "partly" if gaps < len(self.lines) else "empty"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft in one language."""

    lang: str
    title: str
    system: str
    company: str
    mark: str
    """That it is a draft, in a few words."""
    head: list[str]
    """What it is, on which answers and law it rests, and what it is not."""
    standing: Standing
    sections: list[Section]
    made: str
    """The day asked about."""
