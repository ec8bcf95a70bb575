"""Reads a filled questionnaire and says everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aiact_check import mistakes, schema
from aiact_check.condition import Condition, fold
from aiact_check.evaluate import Answer, Answers, Choices, Proofs
from aiact_check.lawbook import RuleBase, named, normalise
from aiact_check.model import Contradiction, Status
from aiact_check.proof import Proof
from aiact_check.source import Problem, Problems, Source, parse, read
from aiact_check.text import Language, phrase
from aiact_check.truth import Truth

if TYPE_CHECKING:
    from aiact_check.assessment import CompanyData, SystemData


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer as it was written: its value, and who said so when and why."""

    value: Any
    note: str | None = None
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What shows that a duty is met: a text, an address or the name of a file. None of them is opened."""

    kind: Literal["text", "link", "file"]
    says: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a company says of its work on a duty."""

    status: Status
    reason: str | None = None
    owner: str | None = None
    due: str | None = None
    evidence: tuple[Evidence, ...] = ()
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
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


def load(path: Path, base: RuleBase) -> Questionnaire:
    """The questionnaire in a file.

    Raises Problems, with every problem of the file.
    """
    try:
        content = read(path)
    except Problem as problem:
        raise Problems([problem]) from None
    return understand(parse(str(path), content), base, hashlib.sha256(content).hexdigest())


def understand(source: Source, base: RuleBase, digest: str) -> Questionnaire:
    """The questionnaire in a parsed file.

    Raises Problems, with every problem of the file.
    """
    if source.data is None:
        hint = "fill one of questionnaires/blank.*.yaml, or start from an example"
        raise Problems([source.problem((), "the file is empty", hint)])
    if not isinstance(source.data, dict):
        hint = "it should begin with `company:`, `system:` and `answers:`"
        raise Problems([source.problem((), "this is not a questionnaire", hint)])
    problems = list(_misfits(source, base))
    if problems:
        raise Problems(problems)
    data = source.data
    told = {fact: _told(value, data) for fact, value in (data["answers"] or {}).items()}
    answers: dict[str, Answer] = {}
    for fact, entry in told.items():
        answer = normalise(base.questions[fact], entry.value)
        if answer is not None:
            answers[fact] = answer
    problems = [*_contradictions(source, base, answers), *_unreasoned(source)]
    if problems:
        raise Problems(problems)
    return Questionnaire(
        lang=data.get("lang", "en"),
        company=data["company"],
        system=data["system"],
        told=told,
        answers=answers,
        work={duty: _work(entry) for duty, entry in (data.get("compliance") or {}).items()},
        hash=digest,
    )


def _told(value: Any, data: Mapping[str, Any]) -> Told:
    detailed = value if isinstance(value, dict) else {"answer": value}
    answered = detailed["answer"] is not None
    return Told(
        value=detailed["answer"],
        note=detailed.get("note"),
        by=detailed.get("by") or (data.get("by") if answered else None),
        on=detailed.get("on") or (data.get("on") if answered else None),
    )


def _work(entry: Mapping[str, Any]) -> Work:
    def read(item: Any) -> Evidence:
        pairs: dict[Any, str] = item if isinstance(item, dict) else {"text": item}
        return next(Evidence(kind=kind, says=says) for kind, says in pairs.items())

    return Work(**{**entry, "evidence": tuple(read(item) for item in entry.get("evidence", ()))})


def _unreasoned(source: Source) -> Iterator[Problem]:
    """Duties said not to apply without a reason."""
    for duty, entry in (source.data.get("compliance") or {}).items():
        if entry["status"] == "does-not-apply" and "reason" not in entry:
            at = ("compliance", duty, "status")
            yield source.problem(at, phrase("problems.no_reason"), phrase("problems.no_reason_hint"))


def _misfits(source: Source, base: RuleBase) -> Iterator[Problem]:
    """What the schema of the answers refuses, each in words that name the line to write."""
    for error in _validator(base).iter_errors(source.data):
        yield from mistakes.explain(source, error, base.questions)


@lru_cache(maxsize=4)
def _validator(base: RuleBase) -> Any:
    import jsonschema

    checker = jsonschema.FormatChecker(formats=[])
    checker.checks("date")(mistakes.is_day)
    return jsonschema.Draft202012Validator(schema.answers(base), format_checker=checker)


def misplaced(base: RuleBase, answers: Answers) -> Iterator[tuple[str, Proof]]:
    """The answers to questions that other answers rule out, and why these do not arise.

    A question that only a rule rules out may stay answered: the fact is true, it just does not matter for now.
    """
    proofs = Proofs(base.law(date.fromisoformat(base.acts.known_to)), answers)
    for fact, answer in answers.items():
        gate = base.questions[fact].asked_if
        empty = answer is False or (isinstance(answer, Choices) and not answer.chosen)
        if gate and not empty and not named(gate).rules and (proof := fold(gate, proofs)).value is Truth.FALSE:
            yield fact, proof


def clashes(base: RuleBase, answers: Answers) -> Iterator[Contradiction]:
    """The answers that cannot all be right."""
    proofs = Proofs(base.law(date.fromisoformat(base.acts.known_to)), answers)
    for contradiction in base.contradictions:
        if fold(contradiction.when, proofs).value is Truth.TRUE:
            yield contradiction


def _contradictions(source: Source, base: RuleBase, answers: Answers) -> Iterator[Problem]:
    """Answers that exclude each other: those said to, and those to a question that other answers rule out."""
    for fact, proof in misplaced(base, answers):
        says = " and ".join(f"`{other}`" for other in proof.why_facts)
        message = f"this question does not arise after the answer to {says}"
        hint = "change one of the two, or leave this one out"
        yield source.problem(("answers", fact), message, hint, at_key=True)
    for contradiction in clashes(base, answers):
        facts = [fact for fact in _facts(contradiction.when) if fact in answers]
        hint = "these answers exclude each other: " + ", ".join(f"`{fact}`" for fact in facts)
        yield source.problem(("answers", *facts[:1]), contradiction.says.en, hint, at_key=True)


def _facts(condition: Condition) -> list[str]:
    return list(dict.fromkeys(test.fact for test in named(condition).tests))
