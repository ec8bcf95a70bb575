"""What a verdict consists of: findings, roles, tiers, duties with their days, ceilings, open questions. Records."""

from __future__ import annotations

from typing import Literal

from aiact_check.law.model import Authority, Confidence, Help, Instead, Role, Rule, Tier
from aiact_check.law.proof import Proof
from aiact_check.law.truth import Truth
from aiact_check.record import record
from aiact_check.text import Text

Headline = Tier | Literal["undetermined"]
State = Literal["applies", "upcoming", "depends"]


@record
class Finding:
    """What became of one rule."""

    rule: Rule
    value: Truth
    proof: Proof


@record
class ReadingDate:
    """One reading of a start, where several are open."""

    date: str
    cite: str
    says: Text


@record
class Start:
    """From when something applies, and how sure that is."""

    date: str | None = None
    """None: it depends on an open answer (see `possible`) or, where `exempt` is set, it never applies."""
    possible: tuple[str, ...] = ()
    milestone: str | None = None
    """The milestone that sets the date."""
    cite: str | None = None
    confidence: Confidence = "settled"
    because: Text | None = None
    readings: tuple[ReadingDate, ...] = ()
    exempt: Text | None = None
    was: str | None = None
    """The date in the Act as published, where an amendment moved it."""
    open_facts: tuple[str, ...] = ()


@record
class RoleFound:
    """A role the company has or may have."""

    role: Role
    finding: Finding


@record
class TierFound:
    """A tier that holds or may hold, and from when."""

    tier: Tier
    finding: Finding
    start: Start


@record
class Duty:
    """What one role owes, or may owe."""

    rule: Rule
    role: Role
    value: Truth
    start: Start
    state: State
    open_facts: tuple[str, ...]


@record
class Exemption:
    """A duty whose conditions hold but which never starts for this system."""

    rule: Rule
    role: Role
    because: Text


@record
class Penalty:
    """The ceiling of a fine, and how it is worked out. Amounts in euros."""

    rule: Rule
    amount: int
    percent: int
    turnover: int | None
    share: int | None
    """The share of the turnover; None where the turnover is not known."""
    lower: Truth
    """Whether the lower of amount and share is the ceiling; otherwise the higher."""
    why: Proof | None
    """Why the lower counts or not; None where the Act knows no lower."""
    instead: Instead | None
    """The ceiling that another provision sets for this company, where it does."""
    ceiling: int | None
    """None where the turnover or the size of the company is not known and would change it."""


@record
class OpenQuestion:
    """A question that still matters, and the rules that hang on it."""

    fact: str
    tiers: tuple[Tier, ...]
    rules: tuple[str, ...]


@record
class Verdict:
    """Everything the answers prove on one day."""

    day: str
    headline: Headline
    possible: tuple[Tier, ...]
    tiers: tuple[TierFound, ...]
    roles: tuple[RoleFound, ...]
    routes: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    duties: tuple[Duty, ...]
    options: tuple[Duty, ...]
    """What the Act lets a role do, such as a simplified form."""
    exemptions: tuple[Exemption, ...]
    conformity: tuple[Finding, ...]
    penalties: tuple[Penalty, ...]
    help: tuple[Help, ...]
    authorities: tuple[Authority, ...]
    open_questions: tuple[OpenQuestion, ...]
