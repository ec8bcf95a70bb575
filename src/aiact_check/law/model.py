"""What a rule, a milestone, a checklist may say.

Plain records, so that running needs no validator; `rulebase` has pydantic check files against these same
classes, and `schema` makes the editors' schemas from them. Days are ISO texts (`2026-08-02`), which compare as dates.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import Any, Literal

from aiact_check.law import condition
from aiact_check.law.shapes import Condition
from aiact_check.record import plain_record, record
from aiact_check.text import SHAPE, Text

Kind = Literal[
    "definition", "classification", "derogation", "exception", "obligation", "option", "procedure", "penalty"
]
OWED: tuple[Kind, ...] = ("obligation", "option")
"""Kinds with a role, a start and evidence: what must be done, and what may be done instead or besides."""
Role = str
"""The id of a role, as a rule of rules/roles/ proves it."""
Tier = Literal["model", "not-an-ai-system", "excluded", "prohibited", "high-risk", "transparency", "minimal"]
Route = Literal["annex-i-a", "annex-i-b", "annex-iii", "derogation"]
Confidence = Literal["settled", "inferred", "open"]
Status = Literal["done", "partly", "planned", "not-started", "does-not-apply"]
STATUSES: tuple[Status, ...] = ("done", "partly", "planned", "not-started", "does-not-apply")
"""How far a company is with a duty, as it says itself."""


@record
class Instead:
    """Another ceiling, without a share of a turnover, for whom the condition holds."""

    __pydantic_config__ = SHAPE
    when: Condition
    cite: str
    reads: Text
    amount_eur: int


@record
class Version:
    """A wording of a provision, from the day it came into force."""

    __pydantic_config__ = SHAPE
    by: str
    """The act that wrote it, a key of acts.yaml."""
    cite: str | list[str]
    """The provision or provisions it reads, ids of rules/provisions/."""
    reads: Text | None = None
    """The provision in our own words."""
    when: Condition | None = None
    """The condition under which it holds; absent: always."""
    repealed: bool = False
    """The provision ends on this day."""
    who: list[Role] = field(default_factory=list)
    """Obligations, options and procedures: the roles they are for."""
    duty: Text | None = None
    """Obligations: what to do."""
    evidence: list[Text] = field(default_factory=list)
    """Obligations: what an auditor would ask to see."""
    contents: list[str] = field(default_factory=list)
    """Obligations: the checklists of what the document, declaration or data must contain."""
    applies: str | None = None
    """Obligations and prohibitions: the milestone or schedule of calendar.yaml from which it bites."""
    penalty: str | None = None
    """Obligations: the penalty rule that punishes a breach."""
    amount_eur: int | None = None
    """Penalties: the fixed amount, in euros."""
    turnover_percent: int | None = None
    """Penalties: the share of worldwide annual turnover, in percent."""
    turnover: str | None = None
    """Penalties: the question whose answer is the turnover."""
    lower_if: Condition | None = None
    """Penalties: when the lower of amount and share is the ceiling; otherwise the higher."""
    instead: Instead | None = None
    """Penalties: the ceiling that another provision sets for some, in the place of this one."""

    @cached_property
    def holds(self) -> condition.Prepared | None:
        """Its condition, ready to be folded; None where it always holds."""
        return condition.prepared(self.when) if self.when else None

    @property
    def cites(self) -> list[str]:
        """The provisions it reads, as a list."""
        return [self.cite] if isinstance(self.cite, str) else self.cite


@record
class Example:
    """Answers and what the rule then is; run by the tests."""

    __pydantic_config__ = SHAPE
    given: dict[str, Any]
    then: bool | Literal["unknown"]
    as_of: str | None = None


@plain_record
class Note(Text):
    """A point of interpretation: the reading taken, and the other."""

    __pydantic_config__ = SHAPE
    when: Condition | None = None
    """The answers under which readings part: shown then, whether the rule holds or not. Absent or unknown: with it."""


@record
class Rule:
    """One provision as a lawyer would cite it, in all its wordings."""

    __pydantic_config__ = SHAPE
    id: str
    kind: Kind
    title: Text
    versions: dict[str, Version]
    derogates_from: list[str] = field(default_factory=list)
    tier: Tier | None = None
    """Classifications: the headline this rule proves. Obligations: the tier they come with."""
    role: Role | None = None
    route: Route | None = None
    interpretation: list[Note] = field(default_factory=list)


@record
class RuleFile(Rule):
    """A rule and, beside it, what proves that it says what it should."""

    examples: list[Example] = field(default_factory=list)


@record
class MilestoneVersion:
    """A date as one act set it."""

    __pydantic_config__ = SHAPE
    by: str
    cite: str
    date: str
    confidence: Confidence
    because: Text | None = None
    """Why the date is not plainly in the text, where it is inferred or open."""


@record
class Milestone:
    """A date of the Act, in all its versions."""

    __pydantic_config__ = SHAPE
    title: Text
    versions: dict[str, MilestoneVersion]


@record
class Start:
    """From when, under which condition."""

    __pydantic_config__ = SHAPE
    milestone: str
    when: Condition | None = None
    or_later: str | None = None
    """A date question: the start is its answer where that is later than the milestone."""


@record
class Reading:
    """One of several readings of when something starts."""

    __pydantic_config__ = SHAPE
    milestone: str
    says: Text


@record
class Schedule:
    """How the start of a group of duties is worked out: the earliest start whose condition holds; none holds: never."""

    __pydantic_config__ = SHAPE
    title: Text
    starts: list[Start]
    confidence: Confidence | None = None
    """Overrides the confidence of the milestones."""
    since: str | None = None
    """The day from which it does so, where an amendment made the start doubtful."""
    because: Text | None = None
    readings: list[Reading] = field(default_factory=list)
    exempt: Text | None = None
    """What to say where no start holds."""


@record
class Calendar:
    """calendar.yaml."""

    __pydantic_config__ = SHAPE
    milestones: dict[str, Milestone]
    schedules: dict[str, Schedule]


@record
class ChecklistItem:
    """One line of a checklist."""

    __pydantic_config__ = SHAPE
    cite: str
    says: Text


@record
class ChecklistVersion:
    """A checklist as one act worded it."""

    __pydantic_config__ = SHAPE
    by: str
    items: list[ChecklistItem]


@record
class Checklist:
    """What a document the Act asks for must contain: a file of rules/checklists/."""

    __pydantic_config__ = SHAPE
    title: Text
    versions: dict[str, ChecklistVersion]


@record
class Act:
    """An act in play."""

    __pydantic_config__ = SHAPE
    title: Text
    short: Text
    in_force: str
    eli: str
    published: str


@record
class Acts:
    """acts.yaml."""

    __pydantic_config__ = SHAPE
    known_to: str
    """The day up to which the law is known."""
    old_after_days: int
    """After so many days more, what is known of the law is too old to be relied on without a look."""
    acts: dict[str, Act]


@record
class Provision:
    """A citable place of the Act: its short citations and its address."""

    __pydantic_config__ = SHAPE
    en: str
    fr: str
    eli: str
