"""An answer that its question does not take: what it takes, what was probably meant, and the line to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN, nearest
from aiact_check.reading import meant
from aiact_check.reading.problem import Problem
from aiact_check.reading.slips import quoted
from aiact_check.reading.source import DataPath, Source
from aiact_check.text import LANGUAGES, Text, phrase, printed

LONGEST = 60
LONGEST_READ = 10_000
"""What is longer was not meant to be an answer."""


def explain(source: Source, question: Question, path: DataPath, value: Any) -> Iterator[Problem]:
    """The problems of one answer; `path` leads to it."""
    if question.type == "choices" and isinstance(value, list):
        yield from _listed(source, question, path, value)
        return
    message = phrase(f"problems.takes.{question.type}", question=path[1], written=written(value))
    yield source.problem(path, message, partial(_hint, question, path, value))


def _hint(question: Question, path: DataPath, value: Any) -> Text | str:
    """What to write, where what was meant can be told; otherwise what may be written."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, (list, dict)) or len(str(value)) > LONGEST_READ:
        return EXPECTED[question.type](question)
    found = meaning(question, value)
    if found is not None:
        return line(path, found)
    if meant.nothing(value) == UNKNOWN:
        return phrase("problems.write_unknown", line=f"{path[-1]}: {UNKNOWN}")
    if question.type == "yes_no" and (both := meant.yes_no_and_why(value)):
        answer = f"answer: {str(both[0]).lower()}, note: {quoted(short(both[1]))}"
        return phrase("problems.write", line=f"{path[1]}: {{ {answer} }}" if len(path) == 2 else answer)
    if question.type == "choices" and meant.nothing(value) == "none":
        return phrase("problems.write_none", line=f"{path[-1]}: []")
    return _nearly(question, path, value) or _near_choice(question, value) or EXPECTED[question.type](question)


def meaning(question: Question, value: Any) -> str | None:
    """The answer that is meant, as it is written in a questionnaire, where that is beyond doubt."""
    match question.type:
        case "yes_no":
            yes = meant.yes_no(value)
            return choice(question, value) if yes is None else str(yes).lower()
        case "choice":
            return choice(question, value)
        case "choices":
            parts = [choice(question, value)] if choice(question, value) else []
            parts = parts or [choice(question, part) for part in meant.several(str(value))]
            return f"[{', '.join(dict.fromkeys(map(str, parts)))}]" if parts and all(parts) else None
        case "number":
            number = meant.number(value)
            return str(number) if isinstance(number, int) else None
        case "date":
            return meant.day(value)


def choice(question: Question, value: Any) -> str | None:
    """The choice that is meant, by its id or its label."""
    return meant.labelled(str(value).strip("[](){}"), {one: (label,) for one, label in question.choices.items()})


def _near_choice(question: Question, value: Any) -> Text | None:
    near = nearest(meant.plain(value).replace(" ", "_"), question.choices)
    return phrase("problems.did_you_mean", word=near) if near else None


def _nearly(question: Question, path: DataPath, value: Any) -> Text | None:
    """A hint for a number between two, a share, a month without its day, a day that does not exist."""
    number = meant.number(value) if question.type == "number" else None
    if isinstance(number, tuple):
        return phrase("problems.between", first=f"{path[-1]}: {number[0]}", second=f"{path[-1]}: {number[1]}")
    if question.type == "number" and str(value).rstrip().endswith("%"):
        return phrase("problems.percent")
    return day_hint(path, value) if question.type == "date" else None


def day_hint(path: DataPath, value: Any) -> Text:
    """How to write a day: the very line where what was written can be read."""
    if found := meant.day(value):
        return line(path, found)
    if found := meant.month(value):
        return phrase("problems.day_missing", line=f"{path[-1]}: {found}-15")
    if meant.nothing(value) == UNKNOWN and path[0] == "answers" and path[-1] != "on":
        return phrase("problems.write_unknown", line=f"{path[-1]}: {UNKNOWN}")
    return phrase("problems.day_hint")


def line(path: DataPath, value: str) -> Text:
    """The line to write."""
    return phrase("problems.write", line=value if isinstance(path[-1], int) else f"{path[-1]}: {value}")


def _listed(source: Source, question: Question, path: DataPath, values: list[Any]) -> Iterator[Problem]:
    """The items of a list of choices that are none, or are there twice."""
    seen, told, guesses = set(), False, meant.GUESSES
    for index, value in enumerate(values):
        at = (*path, index)
        if str(value) in seen:
            yield source.problem(at, phrase("problems.twice_chosen", written=written(value)))
        elif value not in [*question.choices, UNKNOWN]:
            message = phrase("problems.takes.choice", question=path[1], written=written(value))
            near = _listed_hint(question, path, at, value) if guesses else ""
            guesses = max(guesses - 1, 0)
            yield source.problem(at, message, choices(question) if near is None and not told else near or "")
            told = told or near is None
        seen.add(str(value))


def _listed_hint(question: Question, path: DataPath, at: DataPath, value: Any) -> Text | None:
    """What to write in place of an item of a list, or of the whole list, where that can be told."""
    if len(str(value)) > LONGEST_READ:
        return None
    found = choice(question, value) or (UNKNOWN if meant.nothing(value) == UNKNOWN else None)
    if found:
        return line(at, found)
    parts = meaning(question, value) if isinstance(value, str) else None
    return line(path, parts) if parts else _near_choice(question, value)


def choices(question: Question) -> Text:
    """A hint that lists the choices of a question, each with its label."""
    return phrase("problems.among", words=_lines(question.choices))


def _lines(labels: Mapping[str, Text]) -> Text:
    wide = max(map(len, [*labels, UNKNOWN]))
    said = [*labels.items(), (UNKNOWN, phrase("problems.you_do_not_know"))]
    both = ["".join(f"\n      {one:<{wide}}  {printed(label, lang)}" for one, label in said) for lang in LANGUAGES]
    return Text(*both)


def one_of(values: Iterable[Any]) -> Text:
    """A hint that lists a few words."""
    return phrase("problems.one_of", words=", ".join(map(str, values)))


EXPECTED: Mapping[str, Callable[[Question], Text]] = {
    "yes_no": lambda question: one_of(["true", "false", *question.choices, UNKNOWN]),
    "choice": choices,
    "choices": choices,
    "number": lambda _: phrase("problems.number_hint"),
    "date": lambda _: phrase("problems.day_hint"),
}


def written(value: Any) -> str | Text:
    """What was written, as a message names it."""
    return kind(value) if isinstance(value, (list, dict)) or value is None else f"`{short(value)}`"


def kind(value: Any) -> Text:
    """What sort of thing was written."""
    names = {bool: "true_or_false", int: "number", str: "text", list: "list", dict: "block"}
    return phrase(f"problems.sorts.{names.get(type(value), 'nothing')}")


def short(value: Any) -> str:
    """A value on one line, cut where it is long."""
    said = " ".join(str(value).lower().split()) if isinstance(value, bool) else " ".join(str(value).split())
    return said if len(said) <= LONGEST else said[: LONGEST - 3] + "…"
