"""Reads the files of rules/ and questionnaires/questions/ into a rule base, and reports all their problems at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from aiact_check.law import crosscheck, trials
from aiact_check.law.around import Annex, AwaitedTexts, Surroundings
from aiact_check.law.asked import QuestionFile
from aiact_check.law.condition import misshapen
from aiact_check.law.lawbook import RuleBase, citations
from aiact_check.law.model import Acts, Calendar, Checklist, Provision, Rule, RuleFile
from aiact_check.law.shapes import conditions
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reading.source import DataPath, Source, parse

T = TypeVar("T")

PROVISIONS = "rules/provisions/"
NOT_RULES = frozenset({"coverage.yaml"})


def check(files: Mapping[str, bytes], digest: str) -> RuleBase:
    """The rule base these files make, by name; every problem in any of them is reported at once.

    Raises Problems.
    """
    reader = _Reader()
    for name, content in files.items():
        reader.read(name, content)
    reader.stop_at_problems()
    rulebase = reader.rulebase(digest)
    reader.cross_check(rulebase)
    reader.stop_at_problems()
    return replace(rulebase, provisions=_cited(rulebase))


def _cited(rulebase: RuleBase) -> dict[str, dict[str, Provision]]:
    """The provisions that something cites: a fifth of the Act's, and all a verdict needs."""
    used = {provision for provision, _ in citations(rulebase)}
    used |= {provision for question in rulebase.questions.values() for provision in question.cite}
    used |= {provision for text in rulebase.awaited.values() for provision in text.basis}
    used |= {provision for claim in rulebase.annex.claims for provision in claim.cite}
    used |= {provision for row in rulebase.annex.table.rows for cell in row.cells for provision in cell.corrected}
    return {
        day: {name: provision for name, provision in known.items() if name in used}
        for day, known in rulebase.provisions.items()
    }


class _Reader:
    """Collects files, their places and their problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.sources: dict[str, Source] = {}
        self.shaped: dict[str, Any] = {}

    def stop_at_problems(self) -> None:
        if self.problems:
            raise Problems(self.problems)

    def read(self, name: str, content: bytes) -> None:
        shape = _shape_of(name)
        if shape is None:
            return
        try:
            source = parse(name, content)
        except Problems as found:
            self.problems += found.problems
            return
        self.sources[name] = source
        shaped_as, problems = shaped(source, shape)
        self.problems += problems
        if shaped_as is not None:
            self.shaped[name] = shaped_as

    def rulebase(self, digest: str) -> RuleBase:
        """All files as one; what one file says of another is not checked yet. Raises Problems where one is missing."""
        acts, calendar, awaited, annex, provisions = self._single()
        rules, asked, around = self._files(RuleFile), self._files(QuestionFile), self._files(Surroundings).values()
        self._say_what_is_named_wrong(rules, asked)
        return RuleBase(
            hash=digest,
            acts=acts,
            rules={file.id: rule_of(file) for file in rules.values()},
            questions={fact: question for file in asked.values() for fact, question in file.questions.items()},
            groups={file.group.id: file.group for file in asked.values()},
            group_of={fact: file.group.id for file in asked.values() for fact in file.questions},
            contradictions=[each for file in asked.values() for each in file.contradictions],
            screens=[screen for file in asked.values() for screen in file.screens],
            milestones=calendar.milestones,
            schedules=calendar.schedules,
            checklists={Path(name).stem: checklist for name, checklist in self._files(Checklist).items()},
            surroundings=Surroundings(
                help=[entry for each in around for entry in each.help],
                authorities=[entry for each in around for entry in each.authorities],
            ),
            awaited=awaited.texts,
            annex=annex,
            examples={file.id: file.examples for file in rules.values()},
            provisions=provisions,
        )

    def _files(self, shape: type[T]) -> dict[str, T]:
        """The files of one shape, by their names."""
        return {name: shaped for name, shaped in self.shaped.items() if isinstance(shaped, shape)}

    def _single(self) -> tuple[Acts, Calendar, AwaitedTexts, Annex, dict[str, dict[str, Provision]]]:
        """The files of which there is one each, and the provisions by day."""
        names = ("acts.yaml", "calendar.yaml", "awaited.yaml", "annex.yaml")
        provisions = {Path(name).stem: all_of for name, all_of in self.shaped.items() if name.startswith(PROVISIONS)}
        missing = [name for name in names if f"rules/{name}" not in self.shaped]
        if missing or not provisions:
            raise Problems([Problem("rules", 1, 1, f"{', '.join(missing) or 'provisions/'} is missing")])
        acts, calendar, awaited, annex = (self.shaped[f"rules/{name}"] for name in names)
        return acts, calendar, awaited, annex, provisions

    def _say_what_is_named_wrong(self, rules: Mapping[str, RuleFile], asked: Mapping[str, QuestionFile]) -> None:
        for name, rule in rules.items():
            if name != f"rules/{rule.id}.yaml":
                self.say(name, ("id",), f"id `{rule.id}` is not the path of the file")
        before: set[str] = set()
        for name, file in asked.items():
            for fact in file.questions:
                if fact in before:
                    self.say(name, ("questions", fact), f"`{fact}` is asked in another file too")
            before |= set(file.questions)

    def say(self, name: str, path: DataPath, message: str, hint: str = "") -> None:
        self.problems.append(self.sources[name].problem(path, message, hint))

    def cross_check(self, rulebase: RuleBase) -> None:
        known = crosscheck.Known(rulebase)
        for name, shaped in self.shaped.items():
            if not name.startswith(PROVISIONS):
                for path, message, hint in known.mistakes(shaped, self.sources[name].data):
                    self.say(name, path, message, hint)
        if not self.problems:
            for rule_id in trials.in_a_circle(rulebase):
                self.say(f"rules/{rule_id}.yaml", (), f"`{rule_id}` depends on itself")
        if not self.problems:
            for rule in rulebase.rules.values():
                for path, message in trials.failing_examples(rulebase, rule.id):
                    self.say(f"rules/{rule.id}.yaml", path, message)


def rule_of(file: RuleFile) -> Rule:
    """The rule of a file, without its examples."""
    return Rule(**{part.name: getattr(file, part.name) for part in fields(Rule)})


def _shape_of(name: str) -> Any:
    parts = Path(name).parts
    if parts[0] == "questionnaires":
        return QuestionFile
    shapes: dict[str, Any] = {
        "acts.yaml": Acts,
        "calendar.yaml": Calendar,
        "surroundings": Surroundings,
        "awaited.yaml": AwaitedTexts,
        "annex.yaml": Annex,
        "provisions": dict[str, Provision],
        "checklists": Checklist,
    }
    if parts[1] in shapes:
        return shapes[parts[1]]
    return None if parts[1] in NOT_RULES else RuleFile


def shaped(source: Source, shape: Any) -> tuple[Any, list[Problem]]:
    """The data of a file as an instance of its shape, None where it is none, and what is wrong with it."""
    wrong = [
        source.problem(*mistake)
        for path, condition in conditions(source.data)
        for mistake in misshapen(condition, path)
    ]
    try:
        return _adapter(shape).validate_json(json.dumps(source.data), strict=True), wrong
    except ValueError as error:
        return None, wrong + [_shape_problem(source, item) for item in error.errors()]  # type: ignore[attr-defined]


@cache
def _adapter(shape: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


def _shape_problem(source: Source, error: Mapping[str, Any]) -> Problem:
    path = tuple(step for step in error["loc"] if step not in ("str", "list[str]"))
    match error["type"]:
        case "unexpected_keyword_argument" | "extra_forbidden":
            return source.problem(path, f"unknown key `{path[-1]}`", at_key=True)
        case "missing" | "missing_argument":
            return source.problem(path[:-1], f"`{path[-1]}` is missing")
    return source.problem(path, error["msg"])
