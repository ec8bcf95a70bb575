"""The law as data: reads rules/ and questionnaires/questions/, cross-checks them, reports all problems at once.

Reading YAML and checking it takes most of a second; a checked rule base is kept as JSON under the user's cache folder,
named after the hash of every file it was made from, so that it can be neither stale nor wrong, only missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from aiact_check import model
from aiact_check.condition import Condition, Test, fold, misshapen
from aiact_check.evaluate import Answer, Choices, Law, Values, as_of
from aiact_check.model import (
    OWED,
    Acts,
    Calendar,
    Checklist,
    Contradiction,
    Group,
    Milestone,
    Provision,
    Question,
    QuestionFile,
    Rule,
    Schedule,
    Surroundings,
)
from aiact_check.source import DataPath, Problem, Problems, Source, parse
from aiact_check.truth import Truth

PACKAGE = Path(__file__).parent
NOT_RULES = frozenset({"coverage.yaml", "annex.yaml"})


@dataclass(frozen=True, kw_only=True)
class RuleBase:
    """Everything the engine knows of the law, and the hash of the files that say it."""

    hash: str
    acts: Acts
    rules: Mapping[str, Rule]
    questions: Mapping[str, Question]
    groups: Mapping[str, Group]
    group_of: Mapping[str, str]
    contradictions: list[Contradiction]
    milestones: Mapping[str, Milestone]
    schedules: Mapping[str, Schedule]
    checklists: Mapping[str, Checklist]
    surroundings: Surroundings
    provisions: Mapping[str, Mapping[str, Provision]]
    """By the day of the version of the Act, the provisions it has."""

    def law(self, day: date) -> Law:
        """The law in force on a day."""
        return as_of(self.rules, self.milestones, self.questions, day.isoformat())

    def provision(self, provision_id: str, day: str) -> Provision:
        """A provision as the version of the Act in force on `day` has it, or else as the last version that had it."""
        in_force = [start for start in sorted(self.provisions) if start <= day] or sorted(self.provisions)[:1]
        for start in reversed(in_force):
            if provision_id in self.provisions[start]:
                return self.provisions[start][provision_id]
        return next(known[provision_id] for known in self.provisions.values() if provision_id in known)


def data_folder() -> Path:
    """Where rules/, questionnaires/ and reports/ lie: inside the installed package, or at the top of a checkout."""
    packed = PACKAGE / "data"
    return packed if packed.is_dir() else PACKAGE.parent.parent


@cache
def load(root: Path | None = None) -> RuleBase:
    """The checked rule base of `root`, from the cache where its files have not changed.

    Raises Problems.
    """
    root = root or data_folder()
    files = dict(_files(root))
    digest = _hash(files)
    cached = _cache_file(digest)
    try:
        return build(RuleBase, json.loads(cached.read_bytes()))
    except (OSError, ValueError):
        pass
    rulebase = check(files, digest)
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        partial = cached.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(asdict(rulebase), ensure_ascii=False), encoding="utf-8")
        partial.replace(cached)
    except OSError:
        pass
    return rulebase


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    rules, questions = root / "rules", root / "questionnaires" / "questions"
    paths = [path for path in rules.rglob("*.yaml") if "schema" not in path.parts] + list(questions.glob("*.yaml"))
    for path in sorted(paths):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _hash(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _cache_file(digest: str) -> Path:
    engine = hashlib.sha256((PACKAGE / "model.py").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "aiact-check"
    return folder / f"{digest[:32]}-{engine[:8]}.json"


T = TypeVar("T")


def build(shape: type[T], data: Any) -> T:
    """An instance of a dataclass, or of a container of them, from the plain data that pydantic has checked before."""
    return typing.cast("T", _builder(typing.cast("typing.Hashable", shape))(data))


@cache
def _builder(shape: Any) -> Any:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if is_dataclass(shape):
        hints = typing.get_type_hints(shape)
        makers = {name: maker for name, hint in hints.items() if (maker := _builder(hint)) is not _as_is}
        return lambda data: shape(  # type: ignore[operator]
            **{key: makers[key](value) if key in makers and value is not None else value for key, value in data.items()}
        )
    if origin in (list, dict, Mapping, typing.get_origin(Mapping[str, int])):
        maker = _builder(arguments[-1])
        if maker is _as_is:
            return _as_is
        if origin is list:
            return lambda data: [maker(item) for item in data]
        return lambda data: {key: maker(value) for key, value in data.items()}
    if origin in (typing.Union, types.UnionType):
        makers_of = [maker for argument in arguments if (maker := _builder(argument)) is not _as_is]
        return makers_of[0] if makers_of else _as_is
    return _as_is


def _as_is(data: Any) -> Any:
    return data


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
    return rulebase


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
        for path, condition in model.conditions(source.data):
            self.problems += [source.problem(*mistake) for mistake in misshapen(condition, path)]
        try:
            self.shaped[name] = _adapter(shape).validate_json(json.dumps(source.data), strict=True)
        except ValueError as error:
            self.problems += [_shape_problem(source, item) for item in error.errors()]  # type: ignore[attr-defined]

    def rulebase(self, digest: str) -> RuleBase:
        rules, questions, groups, group_of, contradictions = {}, {}, {}, {}, []
        provisions, checklists = {}, {}
        for name, shaped in self.shaped.items():
            if isinstance(shaped, Rule):
                rules[shaped.id] = shaped
                if name != f"rules/{shaped.id}.yaml":
                    self.say(name, ("id",), f"id `{shaped.id}` is not the path of the file")
            elif isinstance(shaped, QuestionFile):
                groups[shaped.group.id] = shaped.group
                contradictions += shaped.contradictions
                for fact, question in shaped.questions.items():
                    if fact in questions:
                        self.say(name, ("questions", fact), f"`{fact}` is asked in another file too")
                    questions[fact] = question
                    group_of[fact] = shaped.group.id
            elif isinstance(shaped, Checklist):
                checklists[Path(name).stem] = shaped
            elif name.startswith("rules/provisions/"):
                provisions[Path(name).stem] = shaped
        single = ("acts.yaml", "calendar.yaml", "surroundings.yaml")
        missing = [name for name in single if f"rules/{name}" not in self.shaped]
        if missing or not provisions:
            raise Problems([Problem("rules", 1, 1, f"{', '.join(missing) or 'provisions/'} is missing")])
        acts, calendar, surroundings = (self.shaped[f"rules/{name}"] for name in single)
        return RuleBase(
            hash=digest, acts=acts, rules=rules, questions=questions, groups=groups, group_of=group_of,
            contradictions=contradictions, milestones=calendar.milestones, schedules=calendar.schedules, checklists=checklists, surroundings=surroundings,
            provisions=provisions,
        )  # fmt: skip

    def say(self, name: str, path: DataPath, message: str, hint: str = "") -> None:
        self.problems.append(self.sources[name].problem(path, message, hint))

    def cross_check(self, rulebase: RuleBase) -> None:
        known = _Known(rulebase)
        for name, shaped in self.shaped.items():
            if not name.startswith("rules/provisions/"):
                for path, message, hint in known.mistakes(shaped, self.sources[name].data):
                    self.say(name, path, message, hint)
        if not self.problems:
            for rule_id in _in_a_circle(rulebase):
                self.say(f"rules/{rule_id}.yaml", (), f"`{rule_id}` depends on itself")
        if not self.problems:
            for rule in rulebase.rules.values():
                for path, message in failing_examples(rulebase, rule):
                    self.say(f"rules/{rule.id}.yaml", path, message)


def _shape_of(name: str) -> Any:
    parts = Path(name).parts
    if parts[0] == "questionnaires":
        return QuestionFile
    shapes: dict[str, Any] = {
        "acts.yaml": Acts,
        "calendar.yaml": Calendar,
        "surroundings.yaml": Surroundings,
        "provisions": dict[str, Provision],
        "checklists": Checklist,
    }
    if parts[1] in shapes:
        return shapes[parts[1]]
    return None if parts[1] in NOT_RULES else Rule


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


class _Known:
    """Checks that whatever a file names exists and fits."""

    def __init__(self, rulebase: RuleBase) -> None:
        self.base = rulebase
        self.days = sorted(rulebase.provisions)
        self.roles = {rule.role for rule in rulebase.rules.values() if rule.role}

    def mistakes(self, shaped: Any, data: Any) -> Iterator[tuple[DataPath, str, str]]:
        """The mistakes of one file: (path, message, hint)."""
        for path, condition in model.conditions(data):
            yield from self._condition(condition, path)
        match shaped:
            case Rule():
                yield from self._rule(shaped)
            case QuestionFile():
                for fact, question in shaped.questions.items():
                    here: DataPath = ("questions", fact)
                    if (question.type in ("choice", "choices")) != bool(question.choices):
                        yield here, f"a question of type `{question.type}` and its choices do not fit", ""
                    for cite in question.cite:
                        if not any(cite in known for known in self.base.provisions.values()):
                            yield (*here, "cite"), f"no version of the Act has a provision `{cite}`", ""
            case Calendar():
                yield from self._calendar(shaped)
            case Checklist():
                for start, version in shaped.versions.items():
                    yield from self._name(version.by, self.base.acts.acts, "act", ("versions", start, "by"))
                    for index, item in enumerate(version.items):
                        yield from self._cite(item.cite, start, None, ("versions", start, "items", index, "cite"))
            case Surroundings():
                for part in ("help", "authorities"):
                    for index, entry in enumerate(getattr(shaped, part)):
                        for rule_id in entry.serves:
                            yield from self._name(rule_id, self.base.rules, "rule", (part, index, "serves"))

    def _rule(self, rule: Rule) -> Iterator[tuple[DataPath, str, str]]:
        for other in rule.derogates_from:
            yield from self._name(other, self.base.rules, "rule", ("derogates_from",))
        starts = sorted(rule.versions)
        for start, until in zip(starts, [*starts[1:], None], strict=True):
            version, here = rule.versions[start], ("versions", start)
            yield from self._name(version.by, self.base.acts.acts, "act", (*here, "by"))
            yield from self._name(version.penalty, self.base.rules, "rule", (*here, "penalty"))
            for checklist in version.contents:
                yield from self._name(checklist, self.base.checklists, "checklist", (*here, "contents"))
            for role in version.who:
                yield from self._name(role, self.roles, "role", (*here, "who"))
            yield from self._name(version.applies, self._starts(), "milestone or schedule", (*here, "applies"))
            if version.repealed:
                continue
            for cite in version.cites:
                yield from self._cite(cite, start, until, (*here, "cite"))
            if version.reads is None:
                yield here, "`reads` is missing", "say the provision in our own words"
            kinds: tuple[tuple[str, tuple[str, ...]], ...] = (
                ("who", (*OWED, "procedure")), ("duty", OWED), ("evidence", OWED), ("amount_eur", ("penalty",)), ("turnover", ("penalty",))
            )  # fmt: skip
            for field, owners in kinds:
                if bool(getattr(version, field)) != (rule.kind in owners):
                    yield here, f"`{field}` belongs to each {' and '.join(owners)}, and to nothing else", ""
            if rule.kind in OWED and not version.applies:
                yield here, "`applies` is missing", "a milestone or a schedule of calendar.yaml"
        if bool(rule.derogates_from) != (rule.kind in ("derogation", "exception")) and rule.kind != "exception":
            yield ("kind",), "`derogates_from` belongs to derogations and exceptions", ""

    def _calendar(self, calendar: Calendar) -> Iterator[tuple[DataPath, str, str]]:
        for milestone_id, milestone in calendar.milestones.items():
            for start, version in milestone.versions.items():
                here: DataPath = ("milestones", milestone_id, "versions", start)
                yield from self._name(version.by, self.base.acts.acts, "act", (*here, "by"))
                yield from self._cite(version.cite, start, None, (*here, "cite"))
        for schedule_id, schedule in calendar.schedules.items():
            named_here = [entry.milestone for entry in schedule.starts] + [
                entry.milestone for entry in schedule.readings
            ]
            for milestone_id in named_here:
                yield from self._name(milestone_id, calendar.milestones, "milestone", ("schedules", schedule_id))

    def _starts(self) -> set[str]:
        return {*self.base.milestones, *self.base.schedules}

    def _name(self, name: str | None, known: Any, what: str, path: DataPath) -> Iterator[tuple[DataPath, str, str]]:
        if name is not None and name not in known:
            yield path, f"no {what} `{name}`", did_you_mean(name, known)

    def _cite(self, cite: str, start: str, until: str | None, path: DataPath) -> Iterator[tuple[DataPath, str, str]]:
        begun = max((day for day in self.days if day <= start), default=self.days[0])
        for day in self.days:
            if (
                day >= begun
                and (until is None or day < until or day == begun)
                and cite not in self.base.provisions[day]
            ):
                yield (
                    path,
                    f"the Act as of {day} has no provision `{cite}`",
                    did_you_mean(cite, self.base.provisions[day]),
                )

    def _condition(self, condition: Condition, path: DataPath) -> Iterator[tuple[DataPath, str, str]]:
        names = _Names()
        fold(condition, names)
        for rule_id in sorted(names.rules):
            yield from self._name(rule_id, self.base.rules, "rule", path)
        for test in names.tests:
            question = self.base.questions.get(test.fact)
            if question is None:
                yield from self._name(test.fact, self.base.questions, "question", path)
                continue
            if _FITS[test.operator] != question.type:
                yield path, f"`{test.operator}` does not fit `{test.fact}`, of type {question.type}", ""
            elif question.choices:
                for choice in [test.operand] if isinstance(test.operand, str) else test.operand:
                    yield from self._name(choice, question.choices, f"choice of `{test.fact}`", path)
            elif question.type == "date" and not str(test.operand)[:1].isdigit():
                yield from self._name(str(test.operand), self.base.milestones, "milestone", path)


_FITS = {
    "is": "yes_no", "one_of": "choice", "has": "choices", "at_least": "number", "below": "number",
    "before": "date", "on_or_after": "date",
}  # fmt: skip


class _Names:
    """The algebra that collects the rules and tests a condition names."""

    def __init__(self) -> None:
        self.rules: set[str] = set()
        self.tests: list[Test] = []

    def rule(self, rule_id: str) -> None:
        self.rules.add(rule_id)

    def test(self, test: Test) -> None:
        self.tests.append(test)

    def all(self, parts: list[None]) -> None: ...
    def any(self, parts: list[None]) -> None: ...
    def negate(self, part: None) -> None: ...


def named(condition: Condition | None) -> _Names:
    """The rules and tests a condition names itself."""
    names = _Names()
    if condition:
        fold(condition, names)
    return names


def did_you_mean(word: str, known: Any) -> str:
    """A hint that names the nearest known word, or nothing."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def _in_a_circle(rulebase: RuleBase) -> list[str]:
    needs: dict[str, set[str]] = {rule_id: set() for rule_id in rulebase.rules}
    for rule in rulebase.rules.values():
        for version in rule.versions.values():
            needs[rule.id] |= _needs(rulebase, version.when)
        for overridden in rule.derogates_from:
            needs[overridden].add(rule.id)
    done: set[str] = set()
    circular: list[str] = []

    def visit(rule_id: str, above: tuple[str, ...]) -> None:
        if rule_id in above:
            circular.append(rule_id)
        elif rule_id not in done:
            for other in sorted(needs[rule_id]):
                visit(other, (*above, rule_id))
            done.add(rule_id)

    for rule_id in sorted(needs):
        visit(rule_id, ())
    return circular


def _needs(rulebase: RuleBase, condition: Condition | None) -> set[str]:
    names = named(condition)
    rules = set(names.rules)
    for test in names.tests:
        rules |= _needs(rulebase, rulebase.questions[test.fact].asked_if)
    return rules


def failing_examples(rulebase: RuleBase, rule: Rule) -> Iterator[tuple[DataPath, str]]:
    """The examples of a rule that do not come out as written: (path, message)."""
    for index, example in enumerate(rule.examples):
        law = rulebase.law(date.fromisoformat(example.as_of or rulebase.acts.known_to))
        here: DataPath = ("examples", index)
        strange = [fact for fact, value in example.given.items() if not _fits(rulebase.questions.get(fact), value)]
        for fact in strange:
            yield (*here, "given", fact), f"no question `{fact}` takes this answer"
        if strange:
            continue
        given = {fact: normalise(rulebase.questions[fact], value) for fact, value in example.given.items()}
        answers = {fact: answer for fact, answer in given.items() if answer is not None}
        found = Values(law, answers).rule(rule.id)
        expected = Truth(str(example.then).lower())
        if found is not expected:
            yield here, f"this example is {found.value}, not {expected.value}"


UNKNOWN = "unknown"


def _fits(question: Question | None, value: Any) -> bool:
    """Whether the schema of answers would take this; a test cannot ask it for each example, since it is slow."""
    if question is None:
        return False
    known = [*question.choices, UNKNOWN, None]
    match question.type:
        case "choices":
            return value in (UNKNOWN, None) or (isinstance(value, list) and all(choice in known for choice in value))
        case "choice":
            return value in known
        case "yes_no":
            return value in (True, False, UNKNOWN, None)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


def normalise(question: Question, value: Any) -> Answer | None:
    """An answer as the engine takes it, from one the schema of answers accepts; None where it is not known."""
    if value is None or value == UNKNOWN:
        return None
    if question.type == "choices":
        return Choices(frozenset(value) - {UNKNOWN}, UNKNOWN in value)
    return typing.cast("Answer", value)


def main() -> int:
    """Check the rule base of this checkout: print every problem, or what was read."""
    try:
        rulebase = check(dict(_files(data_folder())), "")
    except Problems as found:
        print(found)
        print(f"{len(found.problems)} problems")
        return 1
    examples = sum(len(rule.examples) for rule in rulebase.rules.values())
    print(f"{len(rulebase.rules)} rules, {len(rulebase.questions)} questions, {examples} examples: no problem")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
