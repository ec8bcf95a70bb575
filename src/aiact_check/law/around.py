"""What stands around the law: help, authorities, awaited texts, the annex that the rule base is grounded in."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from aiact_check.law.model import Role, Tier
from aiact_check.law.shapes import Condition
from aiact_check.record import record
from aiact_check.text import SHAPE, Text

AwaitedState = Literal["draft", "under-way", "announced", "possible", "adopted"]
"""How far an awaited text is, what is nearest first. `announced`: the Act asks for it; `possible`: it allows it."""
Direction = Literal["stricter", "lighter", "either", "how"]
"""`how`: the text would say how a duty is met, not what is owed."""


@record
class Help:
    """Help that exists for a duty; never part of it."""

    __pydantic_config__ = SHAPE
    title: Text
    says: Text
    serves: list[str]
    """The duties it helps with."""
    source: Text
    dated: str
    """The day, month or year of the source."""
    when: Condition | None = None
    """For whom: absent, for everybody."""


@record
class Authority:
    """Who supervises what, and how sure that is."""

    __pydantic_config__ = SHAPE
    name: Text
    says: Text
    serves: list[str]
    """The rules it supervises."""
    status: Literal["in-force", "planned", "not-established", "not-recorded"]
    source: Text
    dated: str
    link: str | None = None
    """Where the source is."""
    when: Condition | None = None


@record
class Surroundings:
    """What surrounds the law without being it: a file of rules/surroundings/, of a country or of the Union."""

    __pydantic_config__ = SHAPE
    help: list[Help] = field(default_factory=list)
    authorities: list[Authority] = field(default_factory=list)


@record
class DraftReading:
    """A reading of ours on which an awaited text bears, and the answers under which it decides."""

    __pydantic_config__ = SHAPE
    rule: str
    when: Condition
    follows: bool = True
    """Whether our reading is that of the text; otherwise the text would decide differently."""


@record
class Awaited:
    """A text that the Act announces or allows and that may change a result, as it was last seen."""

    __pydantic_config__ = SHAPE
    title: Text
    basis: list[str]
    """The provisions that announce or allow it."""
    state: AwaitedState
    stands: Text
    """How far it is."""
    source: Text
    seen: str
    """The day it was last looked at."""
    direction: Direction
    would: Text
    """What it would change, in a line."""
    touches: list[str]
    """The rules it would touch; a name that ends with a slash is every rule of that folder."""
    questions: list[str] = field(default_factory=list)
    """The questions whose answers it would weigh differently."""
    due: str | None = None
    """The day by which the law asks for it."""
    when: Condition | None = None
    """For whom: absent, for everybody."""
    readings: list[DraftReading] = field(default_factory=list)


@record
class AwaitedTexts:
    """awaited.yaml."""

    __pydantic_config__ = SHAPE
    texts: dict[str, Awaited]


@record
class Claim:
    """A claim of the report's annex, and what the Regulation makes of it."""

    __pydantic_config__ = SHAPE
    id: str
    claim: Text
    verdict: Literal["confirmed", "differs", "outdated", "incomplete"]
    says: Text | None = None
    rules: list[str] = field(default_factory=list)
    cite: list[str] = field(default_factory=list)


@record
class TableCell:
    """A cell of the annex's table: the articles it names, and those that bind."""

    __pydantic_config__ = SHAPE
    annex: str
    corrected: list[str]
    says: Text | None = None


@record
class TableRow:
    """A row of the annex's table."""

    __pydantic_config__ = SHAPE
    tier: Tier
    title: Text
    cells: list[TableCell]


@record
class AnnexTable:
    """The annex's table: risk by role."""

    __pydantic_config__ = SHAPE
    roles: list[Role]
    rows: list[TableRow]


@record
class Annex:
    """rules/annex.yaml."""

    __pydantic_config__ = SHAPE
    report: Text
    claims: list[Claim]
    table: AnnexTable
