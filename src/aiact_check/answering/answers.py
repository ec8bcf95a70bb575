"""Reads a filled questionnaire and says everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aiact_check.answering import doubtful, misplaced, schema
from aiact_check.answering.first_look import surely_fits
from aiact_check.answering.together import contradicted, ruled_out
from aiact_check.law.asked import Question
from aiact_check.law.evaluate import Answer, Answers
from aiact_check.law.lawbook import UNKNOWN, RuleBase, normalise
from aiact_check.law.model import OWED, Status
from aiact_check.reading import meant
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reading.source import DataPath, Source, read, skim
from aiact_check.record import record
from aiact_check.text import Language, Text, phrase, printed

if TYPE_CHECKING:
    from aiact_check.answering.about import CompanyData, SystemData

ENOUGH = 1_000
"""Answers that do not fit: more are not looked for."""


@record
class Told:
    """An answer as it was written: its value, and who said so when and why."""

    value: Any
    note: str | None = None
    by: str | None = None
    on: str | None = None


@record
class Evidence:
    """What shows that a duty is met: a text, an address or the name of a file. None of them is opened."""

    kind: Literal["text", "link", "file"]
    says: str


@record
class Work:
    """What a company says of its work on a duty."""

    status: Status
    reason: str | None = None
    owner: str | None = None
    due: str | None = None
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None


@record
class Questionnaire:
    """A filled questionnaire, checked."""

    lang: Language
    company: CompanyData
    system: SystemData
    told: Mapping[str, Told]
    answers: Answers
    work: Mapping[str, Work]
    """By duty, what the company says of its work on it."""
    hash: str
    aside: Mapping[str, Problem] = field(default_factory=dict)
    """The answers that do not count because other answers rule their question out, and what is said of each."""
    content: bytes = b""
    """The file as it was given."""
    redacted: bool = False
    """Whether its names, notes and evidence were left out (`redact`)."""


def load(path: Path, base: RuleBase, today: date | None = None) -> Questionnaire:
    """The questionnaire in a file; no answer may be dated after `today`.

    Raises Problems, with every problem of the file.
    """
    try:
        content = read(path)
    except Problem as problem:
        raise Problems([problem]) from None
    told = understand(skim(str(path), content), base, hashlib.sha256(content).hexdigest(), today)
    return replace(told, content=content)


def understand(source: Source, base: RuleBase, digest: str, today: date | None = None) -> Questionnaire:
    """The questionnaire in a parsed file; no answer may be dated after `today`.

    Raises Problems, with every problem of the file.
    """
    problems = [*source.flaws, *_not_a_questionnaire(source)]
    if not isinstance(source.data, dict) or len(problems) > len(source.flaws):
        raise Problems(problems)
    source, found = misplaced.put_right(source, base)
    problems += found
    wrong = set()
    for path, problem in islice(_misfits(source, base), ENOUGH):
        problems.append(problem)
        wrong.add(path[:2])
    data = source.data
    facts = _right(data, "answers", wrong)
    told = {fact: _told(base.questions[fact], value, data) for fact, value in facts if fact in base.questions}
    answers: dict[str, Answer] = {}
    for fact, entry in told.items():
        answer = normalise(base.questions[fact], entry.value)
        if answer is not None:
            answers[fact] = answer
    work = {duty: entry for duty, entry in _right(data, "compliance", wrong) if _is_duty(base, duty)}
    problems += [*_contradictions(source, base, answers), *_unreasoned(source, work), *_ahead(source, today)]
    problems += doubtful.texts(source)
    if problems:
        raise Problems(problems)
    aside = _set_aside(source, base, answers)
    return Questionnaire(
        lang=data.get("lang", "en"),
        company=data["company"],
        system=data["system"],
        told=told,
        answers={fact: answer for fact, answer in answers.items() if fact not in aside},
        aside=aside,
        work={duty: _work(entry) for duty, entry in work.items()},
        hash=digest,
        redacted=data.get("redacted", False),
    )


def _not_a_questionnaire(source: Source) -> Iterator[Problem]:
    """What a file holds that is no questionnaire at all."""
    if source.data is None:
        yield source.problem((), phrase("problems.empty"), phrase("problems.empty_hint"))
    elif not isinstance(source.data, dict):
        yield source.problem((), phrase("problems.no_questionnaire"), phrase("problems.no_questionnaire_hint"))
    elif {"classification", "engine"} & set(source.data):
        yield source.problem((), phrase("problems.report"), phrase("problems.report_hint"))


def _right(data: Mapping[str, Any], part: str, wrong: Set[DataPath]) -> Iterator[tuple[str, Any]]:
    """The entries of a part in which nothing is wrong."""
    block = data.get(part)
    entries = block.items() if isinstance(block, dict) else ()
    return ((key, entry) for key, entry in entries if (part, key) not in wrong)


def _is_duty(base: RuleBase, name: str) -> bool:
    """Whether a name is that of a rule which can be owed, as the schema of the questionnaire asks."""
    return name in base.rules and base.rules[name].kind in OWED


def _told(question: Question, value: Any, data: Mapping[str, Any]) -> Told:
    detailed = value if isinstance(value, dict) else {"answer": value}
    answer = detailed["answer"]
    answered = answer is not None
    if isinstance(answer, list):  # in whichever order choices are ticked, the answer is the same
        answer = [choice for choice in (*question.choices, UNKNOWN) if choice in answer]
    return Told(
        value=answer,
        note=detailed.get("note"),
        by=detailed.get("by") or (data.get("by") if answered else None),
        on=detailed.get("on") or (data.get("on") if answered else None),
    )


def _work(entry: Mapping[str, Any]) -> Work:
    def read(item: Any) -> Evidence:
        pairs: dict[Any, str] = item if isinstance(item, dict) else {"text": item}
        return next(Evidence(kind=kind, says=says) for kind, says in pairs.items())

    return Work(**{**entry, "evidence": tuple(read(item) for item in entry.get("evidence", ()))})


def _unreasoned(source: Source, work: Mapping[str, Any]) -> Iterator[Problem]:
    """Duties said not to apply without a reason."""
    for duty, entry in work.items():
        if entry["status"] == "does-not-apply" and "reason" not in entry:
            at = ("compliance", duty, "status")
            yield source.problem(at, phrase("problems.no_reason"), phrase("problems.no_reason_hint"))


def _ahead(source: Source, today: date | None) -> Iterator[Problem]:
    """Answers dated after today."""
    answers = source.data.get("answers")
    blocks = answers.items() if isinstance(answers, dict) else ()
    days: list[tuple[DataPath, Any]] = [(("on",), source.data.get("on"))]
    days += [(("answers", fact, "on"), block.get("on")) for fact, block in blocks if isinstance(block, dict)]
    for path, day in days:
        if today and isinstance(day, str) and meant.is_day(day) and day > today.isoformat():
            yield source.problem(path, phrase("problems.ahead", day=day), phrase("problems.ahead_hint"))


def _misfits(source: Source, base: RuleBase) -> Iterator[tuple[DataPath, Problem]]:
    """What the schema of the answers refuses and where, each in words that name the line to write."""
    if surely_fits(_schema(base), source.data):
        return
    for error in _validator(base).iter_errors(source.data):
        from aiact_check.answering import mistakes  # a good questionnaire needs none of it

        for problem in mistakes.explain(source, error, base):
            yield tuple(error.absolute_path), problem


def fits(base: RuleBase, fact: str, value: Any) -> bool:
    """Whether a value, as a questionnaire would write it, answers a question."""
    answers = _validator(base).schema["properties"]["answers"]["properties"]
    return bool(_validator(base).evolve(schema=answers[fact]).is_valid(value))


@lru_cache(maxsize=4)
def _schema(base: RuleBase) -> dict[str, Any]:
    return schema.answers(base)


@lru_cache(maxsize=4)
def _validator(base: RuleBase) -> Any:
    import jsonschema

    checker = jsonschema.FormatChecker(formats=[])
    checker.checks("date")(meant.is_day)
    extend: Any = jsonschema.validators.extend
    quick = extend(jsonschema.Draft202012Validator, {"uniqueItems": _unique})
    return quick(_schema(base), format_checker=checker)


def _unique(_validator: Any, wanted: bool, items: Any, _schema: Any) -> Iterator[Any]:
    """The check that no choice is there twice, which jsonschema makes by comparing each with each."""
    import jsonschema

    if wanted and isinstance(items, list) and len({repr(item) for item in items}) < len(items):
        yield jsonschema.ValidationError("an item twice")


def _contradictions(source: Source, base: RuleBase, answers: Answers) -> Iterator[Problem]:
    """Answers that exclude each other."""
    for contradiction, facts in contradicted(base, answers):
        says = Text(contradiction.says.en, printed(contradiction.says, "fr"))
        hint = phrase("problems.exclude", facts=", ".join(f"`{fact}`" for fact in facts))
        yield source.problem(("answers", *facts[:1]), says, hint, at_key=True)


def _set_aside(source: Source, base: RuleBase, answers: Answers) -> dict[str, Problem]:
    """The answers whose question does not arise, step by step until none is left, and what is said of each.

    Whoever changes one answer need not delete all that followed from it.
    """
    aside: dict[str, Problem] = {}
    kept = dict(answers)
    while out := list(ruled_out(base, kept)):
        for fact, others in out:
            message = phrase("problems.set_aside", question=fact, others=", ".join(f"`{other}`" for other in others))
            hint = phrase("problems.does_not_arise_hint")
            aside[fact] = source.problem(("answers", fact), message, hint, at_key=True)
            del kept[fact]
    return aside
