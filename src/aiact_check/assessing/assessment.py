"""The shape of the assessment document: what `--format json` writes and every report is made from.

Its JSON Schema is generated from here (reports/assessment.schema.json). Texts are in both languages; days are ISO
texts; amounts are whole euros.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from aiact_check.answering.about import CompanyData, SystemData
from aiact_check.answering.schema import DIALECT
from aiact_check.law.around import AwaitedState, Direction
from aiact_check.law.asked import Person
from aiact_check.law.model import Confidence, Kind, Role, Route, Status, Tier
from aiact_check.text import Language

TruthName = Literal["true", "false", "unknown"]


class Words(TypedDict):
    """The same text in English and in French."""

    en: str
    fr: str


class Cite(TypedDict):
    """A provision: its id in rules/provisions/, its short citations, its ELI address."""

    id: str
    en: str
    fr: str
    eli: str


class Why(TypedDict):
    """The deciding part of a proof. A rule named here is not opened: its own finding says why."""

    value: TruthName
    shape: Literal["all", "any", "not", "rule", "test"]
    parts: NotRequired[list[Why]]
    rule: NotRequired[str]
    title: NotRequired[Words]
    cite: NotRequired[list[Cite]]
    fact: NotRequired[str]
    says: NotRequired[Words]
    """What the answer is compared with."""
    answer: NotRequired[Words | None]
    """The answer in words; null where there is none."""


class AmendedData(TypedDict):
    """What an amending act changed in a rule: whether it is new, and where its text changed, both wordings."""

    by: Words
    since: str
    change: Literal["new", "reworded"]
    was: Words | None
    now: Words | None


class FindingData(TypedDict):
    """What became of one rule."""

    rule: str
    kind: Kind
    title: Words
    value: TruthName
    cite: list[Cite]
    reads: Words | None
    why: Why
    interpretation: list[Words]
    role: NotRequired[Role]
    tier: NotRequired[Tier]
    route: NotRequired[Route]
    amended: NotRequired[AmendedData]
    """Where the wording in force comes from an amending act."""


class ReadingData(TypedDict):
    """One reading of when something starts."""

    date: str
    cite: list[Cite]
    says: Words


class StartData(TypedDict):
    """From when something applies. Without a date it depends on an open answer, and starts on one of `possible`."""

    date: str | None
    possible: list[str]
    cite: list[Cite]
    confidence: Confidence
    because: Words | None
    readings: list[ReadingData]
    was: str | None
    """The date in the Act as published, where an amendment moved it."""


class RoleData(TypedDict):
    """A role the company has (`true`) or may have (`unknown`)."""

    role: Role
    value: TruthName
    finding: FindingData


class TierData(TypedDict):
    """A tier that holds or may hold, and from when."""

    tier: Tier
    value: TruthName
    start: StartData
    finding: FindingData


class Classification(TypedDict):
    """What the system is. The headline is `undetermined` where more than one is possible."""

    headline: Tier | Literal["undetermined"]
    possible: list[Tier]
    tiers: list[TierData]
    routes: list[FindingData]


class EvidenceData(TypedDict):
    """What the company says shows a duty met; never opened."""

    kind: Literal["text", "link", "file"]
    says: str


class WorkData(TypedDict):
    """What the company says of its work on a duty, in its own words."""

    status: Status
    reason: str | None
    owner: str | None
    due: str | None
    evidence: list[EvidenceData]
    note: str | None


class RemarkData(TypedDict):
    """Something in what the company says of its work that wants a look."""

    rule: str
    title: Words
    kind: Literal["no-evidence", "past-due", "not-owed"]
    """Done without evidence; due before the day asked about and not done; not among the duties of this verdict."""
    due: str | None


class DutyData(TypedDict):
    """What one role owes (`applies`, `upcoming`) or may owe (`depends`)."""

    id: str
    role: Role
    title: Words
    duty: Words
    evidence: list[Words]
    cite: list[Cite]
    applies_from: str | None
    start: StartData
    state: Literal["applies", "upcoming", "depends"]
    depends_on: list[str]
    penalty: str | None
    tier: Tier | None
    """The tier this duty comes with; null where it binds whatever the tier."""
    contents: list[str]
    """The checklists of what it must contain."""
    interpretation: list[Words]
    work: WorkData | None
    """What the company says of its work on it; null where it says nothing."""
    amended: AmendedData | None
    """Where the wording in force comes from an amending act."""


class ExemptionData(TypedDict):
    """A duty whose conditions hold but which never starts for this system."""

    id: str
    role: Role
    title: Words
    cite: list[Cite]
    because: Words


class PenaltyData(TypedDict):
    """The ceiling of a fine: `lower`, and `why` so, where the lower of amount and share is the ceiling."""

    id: str
    title: Words
    reads: Words | None
    cite: list[Cite]
    amount_eur: int
    turnover_percent: int
    turnover_eur: int | None
    share_eur: int | None
    lower: TruthName
    why: Why | None
    ceiling_eur: int | None
    duties: list[str]


class ChecklistItemData(TypedDict):
    """One line of a checklist."""

    cite: list[Cite]
    says: Words


class ChecklistData(TypedDict):
    """What a document must contain that a duty asks for."""

    id: str
    title: Words
    items: list[ChecklistItemData]


class CellData(TypedDict):
    """A cell of the annex's table: what it names, what the Regulation says, and whether the system stands there."""

    annex: str
    corrected: list[Cite]
    here: TruthName


class RowData(TypedDict):
    """A row of the annex's table: a level of risk, a cell a role."""

    title: Words
    cells: list[CellData]


class DoubtData(TypedDict):
    """Where the readings of a rule part under these answers, whether the rule holds or not."""

    rule: str
    title: Words
    cite: list[Cite]
    says: list[Words]


class StandingData(TypedDict):
    """The table of the report's annex, role by risk, corrected, with where this system stands."""

    report: Words
    roles: list[Words]
    rows: list[RowData]


class HelpData(TypedDict):
    """Help that exists for the duties it serves; no part of them."""

    title: Words
    says: Words
    serves: list[str]
    source: Words
    dated: str


class AuthorityData(TypedDict):
    """Who supervises which rules, and how sure that is."""

    name: Words
    says: Words
    serves: list[str]
    status: Literal["in-force", "planned", "not-established", "not-recorded"]
    source: Words
    dated: str
    link: NotRequired[str]
    """Where the source is."""


class DraftReadingData(TypedDict):
    """A reading on which this result rests and on which an awaited text bears: as that text has it, or otherwise."""

    rule: str
    title: Words
    follows: bool


class AwaitedData(TypedDict):
    """A text, not adopted when last seen, that would touch rules of this result."""

    id: str
    title: Words
    cite: list[Cite]
    state: AwaitedState
    stands: Words
    source: Words
    seen: str
    due: str | None
    """The day by which the law asks for it."""
    direction: Direction
    would: Words
    rules: list[str]
    """The rules it would touch that hold or may hold here."""
    questions: list[str]
    readings: list[DraftReadingData]


class MilestoneData(TypedDict):
    """A date of the calendar in force."""

    id: str
    title: Words
    date: str
    was: str | None
    cite: list[Cite]
    confidence: Confidence
    passed: bool


class ChoiceData(TypedDict):
    """One choice of a question."""

    id: str
    label: Words


class ForkData(TypedDict):
    """What an answer to an open question would bring: the class, and how many duties, each once, and open questions."""

    says: Words
    """The answer in words."""
    headline: Tier | Literal["undetermined"]
    possible: list[Tier]
    duties: int
    depends: int
    exempt: int
    open: int


class OpenQuestionData(TypedDict):
    """A question that still matters, the tiers and the rules that hang on it. Those that decide first come first."""

    fact: str
    ask: Words
    help: Words
    label: Words
    choices: list[ChoiceData]
    cite: list[Cite]
    judgement: bool
    known_by: list[Person]
    """Who usually knows, first whom to ask first; no vendor where the company provides it itself."""
    tiers: list[Tier]
    rules: list[str]
    forks: list[ForkData]
    """What each answer would bring; empty where it is not worked out."""


class AskAgainData(TypedDict):
    """By which day to ask again what is not decided yet, and what a decision would change."""

    by: str
    says: Words


class AnswerData(TypedDict):
    """A question that arises, and its answer; `says` is null where the company does not know."""

    fact: str
    group: Words
    ask: Words
    answer: Any
    says: Words | None
    note: str | None
    by: str | None
    on: str | None
    aside: bool
    """The question does not arise after the other answers: this one does not count."""
    ask_again: AskAgainData | None
    """Where nothing is decided yet."""
    judgement: bool
    cite: list[Cite]


class ActData(TypedDict):
    """An act whose wording is in force on the day asked about."""

    id: str
    title: Words
    short: Words
    in_force: str
    eli: str


class LawData(TypedDict):
    """Under which law: the acts in force, the day up to which the law is known, the hash of the rule base."""

    acts: list[ActData]
    known_to: str
    old: bool
    """Whether the day asked about lies so long after that day that the law may have changed unnoticed."""
    rules_hash: str


class ToolData(TypedDict):
    """Made with which version, from which file of answers (SHA-256)."""

    name: str
    version: str
    answers_hash: str


class LaidData(TypedDict):
    """A rule that an overlay words, and what becomes of it under the law in force and under the overlay."""

    rule: str
    title: Words
    cite: list[Cite]
    was: Words | None
    """How the law in force reads; null where it has no such rule."""
    now: Words | None
    """How the overlay reads; null where it ends the rule."""
    in_force: TruthName
    supposed: TruthName


class OverlayData(TypedDict):
    """A text that is not law and that this assessment supposes adopted; and the assessment without it."""

    name: str
    title: Words
    short: Words
    says: Words
    source: Words
    link: str
    seen: str
    begins: str
    """The day from which it is taken to count."""
    rules: list[LaidData]
    """Its rules that hold or may hold here, under either."""
    in_force: Assessment
    """The same answers under the law in force, on the same day."""


class Assessment(TypedDict):
    """An assessment of one AI system, for one company, on one day."""

    schema: Literal[1, "1+overlay"]
    """Under an overlay it says so here, so that no program takes it for one under the law in force."""
    as_of: str
    language: Language
    law: LawData
    company: CompanyData
    system: SystemData
    roles: list[RoleData]
    classification: Classification
    findings: list[FindingData]
    duties: list[DutyData]
    options: list[DutyData]
    remarks: list[RemarkData]
    exemptions: list[ExemptionData]
    conformity: list[FindingData]
    penalties: list[PenaltyData]
    help: list[HelpData]
    authorities: list[AuthorityData]
    awaited: list[AwaitedData]
    """What may still change this result, what is nearest first; nothing for a day before the wording in force."""
    doubts: NotRequired[list[DoubtData]]
    """Not in a document that an older program wrote."""
    checklists: list[ChecklistData]
    standing: StandingData
    calendar: list[MilestoneData]
    open_questions: list[OpenQuestionData]
    answers: list[AnswerData]
    tool: ToolData
    overlay: NotRequired[OverlayData]
    """Only under an overlay, with the assessment under the law in force."""
    redacted: NotRequired[Literal[True]]
    """Names, notes and evidence were left out; absent where they were not."""


def schema() -> dict[str, Any]:
    """The JSON Schema of the document that `--format json` writes."""
    from pydantic import TypeAdapter

    return {"$schema": DIALECT, **TypeAdapter(Assessment).json_schema()}
