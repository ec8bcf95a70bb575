"""The drafts we can make: what each contains and what of an assessment fills it, as written in reports/drafts/."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from aiact_check.answering.schema import DIALECT
from aiact_check.plain import build
from aiact_check.reading.source import parse
from aiact_check.text import SHAPE, Text, data_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing a section says: something filled in, a sentence of ours, or a gap."""

    __pydantic_config__ = SHAPE
    label: Text | None = None
    """Before the name, place, version or description."""
    company: Literal["name", "place"] | None = None
    role: str | None = None
    """The company is named only where it has this role; where it has not, or may not, somebody else is meant."""
    system: Literal["name", "version", "description"] | None = None
    facts: list[str] = field(default_factory=list)
    """Questions: the answers as given; those that do not arise are left out, those not known are gaps."""
    rules: list[str] = field(default_factory=list)
    """Rules: what became of each, and the answers that decide it."""
    holding: str | None = None
    """The rules with this beginning that hold or may hold."""
    duties: list[str] = field(default_factory=list)
    """Duties: from when, those that are owed or may be."""
    verdict: Literal["class", "conformity"] | None = None
    says: Text | None = None
    """A sentence of the draft; {company} and {system} are filled."""
    gap: Text | None = None
    """What somebody must write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionForm:
    """A section, or one for each item of a checklist of rules/checklists/."""

    __pydantic_config__ = SHAPE
    title: Text | None = None
    cite: list[str] = field(default_factory=list)
    who: Text | None = None
    """Who fills it, where not whoever fills the whole."""
    guidance: dict[str, Text] = field(default_factory=dict)
    """What to think of, by the day from which the wording counts."""
    parts: list[Part] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    """Checklists: the first that a duty found asks for, or else the last."""
    fill: dict[str, list[Part]] = field(default_factory=dict)
    """By the provision of an item, what fills it; an item not named here is a gap."""
    each: list[Part] = field(default_factory=list)
    """What every item asks for besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A file of reports/drafts/."""

    __pydantic_config__ = SHAPE
    title: Text
    purpose: Text
    who: Text
    """Who fills and signs it."""
    cite: list[str]
    """The provisions that ask for it."""
    duties: list[str]
    """The duties that make it owed."""
    sections: list[SectionForm]


def kinds() -> list[str]:
    """The drafts there are, by the name of their file."""
    return sorted(path.stem for path in (data_folder() / "reports" / "drafts").glob("*.yaml"))


@cache
def load(kind: str) -> Form:
    """What a draft contains."""
    path = data_folder() / "reports" / "drafts" / f"{kind}.yaml"
    return build(Form, parse(path.name, path.read_bytes()).data)


def schema() -> dict[str, Any]:
    """The schema of the files, for editors."""
    from pydantic import TypeAdapter

    return {"$schema": DIALECT, **TypeAdapter(Form).json_schema()}
