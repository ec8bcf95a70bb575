"""Reads the folder of an overlay and lays it over the rule base; every problem of its files is reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from aiact_check.law import crosscheck, fitting, trials
from aiact_check.law.asked import QuestionFile
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.lint import rule_of, shaped
from aiact_check.law.model import Calendar, Checklist, Example, Provision, RuleFile
from aiact_check.law.overlay import NAME, Files, Overlaid, Overlay, lay
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reading.source import Source, parse, read
from aiact_check.text import phrase

ABOUT, CALENDAR, PROPOSALS = "overlay.yaml", "calendar.yaml", "proposals"
SHAPES: dict[str, Any] = {
    ABOUT: Overlay, CALENDAR: Calendar, "rules": RuleFile, "questions": QuestionFile, "checklists": Checklist,
}  # fmt: skip
"""By file or folder of an overlay, what it holds."""
MOST = 500
"""How many files a folder may hold that is taken for an overlay."""


@dataclass(frozen=True)
class _File:
    """A file of an overlay: where its parts stand, and what it says."""

    source: Source
    says: Any


def load(base: RuleBase, root: Path, given: Path) -> Overlaid:
    """The rule base of the folder `root` under the overlay of a folder, or of the name of one that comes along.

    Raises Problems.
    """
    folder = next((found for found in _places(root, given) if found.is_dir()), given)
    files, digest = _read(folder, base.hash)
    told: Overlay = files[ABOUT].says
    name = folder.resolve().name
    _refuse(
        file.source.problem(*mistake)
        for path, file in files.items()
        for mistake in fitting.mistakes(base, name, told.begins, path, file.says)
    )
    said = {path: file.says for path, file in files.items()}
    over = Files(
        name=name,
        overlay=told,
        hash=digest,
        rules=[rule_of(file) for file in said.values() if isinstance(file, RuleFile)],
        examples={file.id: _dated(file, told, base) for file in said.values() if isinstance(file, RuleFile)},
        questions=[asked for asked in said.values() if isinstance(asked, QuestionFile)],
        calendar=said.get(CALENDAR, Calendar(milestones={}, schedules={})),
        checklists={Path(path).stem: listed for path, listed in said.items() if isinstance(listed, Checklist)},
    )
    if not (over.rules or over.questions or over.checklists or CALENDAR in said):
        _stop(folder, "empty")
    laid = replace(lay(base, over), provisions=_provisions(root))
    _check(laid, files)
    return laid


def _places(root: Path, given: Path) -> Iterator[Path]:
    """The folder itself, or one that comes along, named with or without the folder of all of them."""
    yield given
    if len(given.parts) == 1 or given.parts[:-1] == (PROPOSALS,):
        yield root / PROPOSALS / given.name


def _provisions(root: Path) -> dict[str, dict[str, Provision]]:
    """All provisions of each version of the Act: an overlay may cite one that nothing else does."""
    found = {}
    for path in sorted((root / "rules" / "provisions").glob("*.yaml")):
        data = parse(path.name, path.read_bytes()).data
        found[path.stem] = {name: Provision(**provision) for name, provision in data.items()}
    return found


def _read(folder: Path, under: str) -> tuple[dict[str, _File], str]:
    """The files of an overlay by their paths in it, and a digest of them and of the rule base they lie over."""
    if not folder.is_dir():
        _stop(folder, "no_folder")
    if not (folder / ABOUT).is_file():
        _stop(folder, "no_overlay")
    if not NAME.fullmatch(folder.resolve().name):
        _stop(folder, "name")
    paths = list(islice((path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml")), MOST + 1))
    if len(paths) > MOST:
        _stop(folder, "too_many")
    digest = hashlib.sha256(under.encode())
    problems: list[Problem] = []
    found: dict[str, _File] = {}
    for path in sorted(paths):
        name = path.relative_to(folder).as_posix()
        try:
            content = read(path)
            digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
            source = parse(str(path), content)
        except (Problem, Problems) as refused:
            problems += refused.problems if isinstance(refused, Problems) else [refused]
            continue
        shape = SHAPES.get(name if path.parent == folder else Path(name).parts[0])
        if shape is None or path.suffix != ".yaml":
            problems.append(source.problem((), phrase("overlay.no_place"), phrase("overlay.no_place_hint")))
            continue
        says, wrong = shaped(source, shape)
        problems += wrong
        found[name] = _File(source, says)
    _refuse(problems)
    return found, digest.hexdigest()


def _stop(folder: Path, why: str) -> NoReturn:
    slots = {"name": folder.resolve().name, "file": ABOUT, "most": MOST}
    hint = phrase("overlay.hint", file=ABOUT)
    raise Problems([Problem(str(folder), 1, 1, phrase(f"overlay.{why}", **slots), hint)])


def _refuse(problems: Any) -> None:
    """Raises Problems where there are any."""
    if found := list(problems):
        raise Problems(found)


def _dated(file: RuleFile, told: Overlay, base: RuleBase) -> list[Example]:
    """The examples of a rule, on a day on which the overlay counts where they name none."""
    day = max(told.begins, base.acts.known_to)
    return [replace(example, as_of=example.as_of or day) for example in file.examples]


def _check(laid: Overlaid, files: dict[str, _File]) -> None:
    """Check what the files name as the rule base itself is checked, and that their examples come out as written."""
    known = crosscheck.Known(laid)
    _refuse(
        file.source.problem(*mistake)
        for file in files.values()
        for mistake in known.mistakes(file.says, file.source.data)
    )
    of_rule = {file.says.id: file.source for file in files.values() if isinstance(file.says, RuleFile)}
    about = files[ABOUT].source
    _refuse(
        of_rule.get(rule, about).problem((), phrase("overlay.circle", rule=rule)) for rule in trials.in_a_circle(laid)
    )
    _refuse(
        source.problem(path, message)
        for rule, source in of_rule.items()
        for path, message in trials.failing_examples(laid, rule)
    )
