"""The systems that paths lead to: saved assessments, reports that carry one, questionnaires, rows of tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.work import ENDED
from aiact_check.comparing import comparison, saved
from aiact_check.comparing.comparison import Compared
from aiact_check.comparing.saved import Saved
from aiact_check.inventory.found import told_by
from aiact_check.inventory.gathered import gather
from aiact_check.law.evaluate import Answers
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reporting import carried

SAVED, REPORT = ".json", ".pdf"


@dataclass(frozen=True, kw_only=True)
class Made:
    """An assessment that was made: on which day, and what it said."""

    day: str
    side: Compared


@dataclass(frozen=True, kw_only=True, eq=False)
class Watched:
    """A system: what is answered about it, the company's own dates, and the assessment, where one was made."""

    where: str
    name: str
    version: str
    company: str
    answers: Answers
    told: Mapping[str, Any]
    planned: Mapping[str, str]
    """By duty, the day by which the company means to be done with it; what is done has none."""
    made: Made | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others: several files may tell of it."""
        return self.company, self.name, self.version


@dataclass
class Watch:
    """The systems found, what is wrong and what is worth saying."""

    systems: list[Watched] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    others: int = 0
    """How many files of a folder carry no assessment."""
    supposing: int = 0
    """How many assessments suppose a text that is not in force: of what is due they say nothing."""

    def outdated(self, day: str) -> int:
        """Leave out the assessments of systems that were assessed again, up to a day; how many they are."""
        newest: dict[tuple[str, str, str], Watched] = {}
        made = [system for system in self.systems if system.made and system.made.day <= day]
        for system in sorted(made, key=lambda system: system.made.day if system.made else "", reverse=True):
            newest.setdefault(system.key, system)
        left = [system for system in made if newest[system.key] is not system]
        self.systems = [system for system in self.systems if system not in left]
        return len(left)


def watch(base: RuleBase, paths: Iterable[Path], today: date, written: Iterable[Path] = ()) -> Watch:
    """All systems that the paths lead to; `written` are files this run writes, which it does not read."""
    found, skipped = Watch(), list(written)
    for path in dict.fromkeys(paths):
        for file in _assessments(path) if path.is_dir() else [path]:
            if file.suffix.lower() in (SAVED, REPORT):
                _assessment(base, file, found, named=file == path)
        if path.suffix.lower() not in (SAVED, REPORT) or path.is_dir():
            _questionnaires(base, path, today, skipped, found)
    return found


def _assessments(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(top) / name
            for name in sorted(names)
            if not name.startswith(".") and name.lower().endswith((SAVED, REPORT))
        )


def _assessment(base: RuleBase, file: Path, found: Watch, *, named: bool) -> None:
    """A file that was named must hold an assessment; in a folder, one that holds none is counted."""
    try:
        if file.suffix.lower() == SAVED:
            told = saved.load(file)
        else:
            attached, _ = carried.attachments(carried.content(file))
            told = saved.understand(str(file), attached[carried.ASSESSMENT])
    except carried.NotAReport as refused:
        problems = [Problem(str(file), 1, 1, refused.says, "")]
    except Problems as refused:
        problems = refused.problems
    else:
        if "overlay" in told:
            found.supposing += 1
        else:
            found.systems.append(_of_assessment(base, str(file), told))
        return
    if named:
        found.problems += problems
    else:
        found.others += 1


def _of_assessment(base: RuleBase, where: str, told: Saved) -> Watched:
    side = comparison.of_assessment(base, told)
    planned = {
        duty["id"]: work["due"]
        for duty in told["duties"]
        if (work := duty.get("work")) and work["due"] and work["status"] not in ENDED
    }
    return Watched(
        where=where,
        name=side.system,
        version=told["system"].get("version", ""),
        company=side.company,
        answers=side.side.answers,
        told=side.told,
        planned=planned,
        made=Made(day=told["as_of"], side=side),
    )


def _questionnaires(base: RuleBase, path: Path, today: date, written: list[Path], found: Watch) -> None:
    gathered = gather(base, [path], written)
    found.problems += gathered.problems
    found.remarks += gathered.remarks
    for entry in gathered.entries:
        try:
            found.systems.append(_of_questionnaire(entry.where, told_by(entry, base, today)))
        except Problems as problems:
            found.problems += problems.problems


def _of_questionnaire(where: str, told: Questionnaire) -> Watched:
    planned = {duty: work.due for duty, work in told.work.items() if work.due and work.status not in ENDED}
    return Watched(
        where=where,
        name=told.system["name"],
        version=told.system.get("version", ""),
        company=told.company["name"],
        answers=told.answers,
        told={fact: entry.value for fact, entry in told.told.items() if fact not in told.aside},
        planned=planned,
    )
