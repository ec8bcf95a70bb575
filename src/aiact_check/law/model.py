"""What a rule, a question, a milestone may say.

Plain records, so that running needs no validator; `rulebase` has pydantic check files against these same
classes, and `schema` makes the editors' schemas from them. Days are ISO texts (`2026-08-02`), which compare as dates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Annotated, Any, Literal

from aiact_check.law import condition
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
AnswerType = Literal["yes_no", "choice", "choices", "number", "date"]
Lever = Literal["design", "fact"]
AwaitedState = Literal["draft", "under-way", "announced", "possible", "adopted"]
"""How far an awaited text is, what is nearest first. `announced`: the Act asks for it; `possible`: it allows it."""
Direction = Literal["stricter", "lighter", "either", "how"]
"""`how`: the text would say how a duty is met, not what is owed."""
Person = Literal["vendor", "it", "hr", "owner", "counsel", "management"]
"""Who in or around a company usually knows an answer."""


CONDITION_MARK = "a condition"


class _ConditionShape:
    """Lets pydantic take a condition as plain data; `rulebase` checks it with `condition.misshapen`."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.any_schema()

    @staticmethod
    def __get_pydantic_json_schema__(schema: Any, handler: Any) -> Any:
        return {"$comment": CONDITION_MARK}


Condition = Annotated[Mapping[str, Any], _ConditionShape]


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
    """The answers under which the readings part: shown then, whether the rule holds or not. Absent: with the rule."""


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
class AskAgain:
    """Until when it may stay undecided, and what a decision would change."""

    __pydantic_config__ = SHAPE
    by: str
    """The milestone by which to ask again."""
    says: Text


@record
class Question:
    """A fact a company is asked for."""

    __pydantic_config__ = SHAPE
    type: AnswerType
    ask: Text
    label: Text
    """A short noun phrase for proofs and tables."""
    help: Text
    cite: list[str]
    """The provisions the question serves."""
    judgement: bool = False
    """The law uses a term of judgement here: the report prints who answered and why."""
    asked_if: Condition | None = None
    """When this does not hold the question does not arise, and every test on it is false."""
    choices: dict[str, Text] = field(default_factory=dict)
    """Yes/no questions about later days: answers that stand for a no until it is asked again."""
    ask_again: AskAgain | None = None
    """Yes/no questions about later days: when to ask again what is not decided yet."""
    unit: Text | None = None
    lever: Lever = "fact"
    """`design`: the company can choose this itself, by design or intended purpose; `fact`: it is as it is."""
    known_by: list[Person] = field(default_factory=list)
    """Who usually knows, first whom to ask first; where it is not said, as for the group."""

    @cached_property
    def arises(self) -> condition.Prepared | None:
        """The condition under which it is asked, ready to be folded; None where it always is."""
        return condition.prepared(self.asked_if) if self.asked_if else None


@record
class Group:
    """The heading under which questions are asked."""

    __pydantic_config__ = SHAPE
    id: str
    title: Text
    known_by: list[Person]
    """Who usually knows the answers of the group, first whom to ask first."""


@record
class Contradiction:
    """Answers that cannot both be right."""

    __pydantic_config__ = SHAPE
    when: Condition
    says: Text


@record
class Screen:
    """Questions that most companies answer alike: they are asked together, each with its ordinary answer."""

    __pydantic_config__ = SHAPE
    title: Text
    ordinary: dict[str, Any]
    """By question, the ordinary answer as a questionnaire writes it."""


@record
class QuestionFile:
    """A file of questionnaires/questions/."""

    __pydantic_config__ = SHAPE
    group: Group
    questions: dict[str, Question]
    contradictions: list[Contradiction] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)


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


CONDITION_KEYS = frozenset({"when", "asked_if", "lower_if"})


def conditions(data: Any, path: condition.Path = ()) -> Iterator[tuple[condition.Path, Any]]:
    """Every condition in a file's data, well formed or not, and where it stands."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        if key in CONDITION_KEYS and value is not None:
            yield (*path, key), value
        else:
            yield from conditions(value, (*path, key))
