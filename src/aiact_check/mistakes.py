"""What the schema of the answers refuses, said so that a person who has never seen YAML can put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from aiact_check.lawbook import UNKNOWN, did_you_mean
from aiact_check.model import Question
from aiact_check.source import DataPath, Problem, Source
from aiact_check.text import phrase

DAY_HINT = "write a day that exists, year first: 2026-11-23"
KINDS: Mapping[DataPath, str] = {("answers",): "question", ("compliance",): "duty"}
YES = frozenset({"yes", "y", "on", "oui", "o", "vrai", "true", "x", "✓", "✔"})
NO = frozenset({"no", "n", "off", "non", "faux", "false"})


def is_day(value: object) -> bool:
    """Whether a text is a day that exists, written 2026-11-23; other values are left to other checks."""
    if not isinstance(value, str):
        return True
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def explain(source: Source, error: Any, questions: Mapping[str, Question]) -> Iterator[Problem]:
    """The problems behind one jsonschema error."""
    path: DataPath = tuple(error.absolute_path)
    is_answer = path[:1] == ("answers",) and (len(path) == 2 or path[2:] == ("answer",))
    if path[:1] == ("compliance",) and error.validator == "anyOf":
        message, hint = phrase("problems.evidence"), phrase("problems.evidence_hint")
        yield source.problem(path, message, hint)
    elif not is_answer or error.validator != "anyOf":
        yield from _misfit(source, path, error)
    elif isinstance(error.instance, dict) and len(path) == 2:
        block = len(error.validator_value) - 1
        for inner in error.context:
            if inner.relative_schema_path[0] == block:
                yield from explain(source, inner, questions)
    else:
        yield from _wrong_answer(source, questions[str(path[1])], path, error.instance)


def _misfit(source: Source, path: DataPath, error: Any) -> Iterator[Problem]:
    value = error.instance
    match error.validator:
        case "additionalProperties":
            known = list(error.schema["properties"])
            for key in sorted(set(value) - set(known)):
                message = f"unknown {KINDS.get(path, 'key')} `{_short(key)}`"
                hint = did_you_mean(key, known) or ("" if len(known) > 10 else _one_of(known))
                yield source.problem((*path, key), message, hint, at_key=True)
        case "required":
            missing = next(key for key in error.validator_value if error.message.startswith(f"'{key}'"))
            yield source.problem(path, f"`{missing}` is missing", f"add a line `{missing}: …`", at_key=True)
        case "enum":
            hint = did_you_mean(str(value), error.validator_value) or _one_of(error.validator_value)
            yield source.problem(path, f"`{_short(value)}` is not expected here", hint)
        case "format":
            yield source.problem(path, f"`{_short(value)}` is not a date", _day_hint(value))
        case "type":
            wanted = "text" if error.validator_value == "string" else "a block of `key: value` lines"
            hint = f'write it in quotes: "{value}"' if isinstance(value, (bool, int)) else ""
            if isinstance(value, str) and ":" in value:
                hint = "put a space after the colon"
            yield source.problem(path, f"expected {wanted}, found {_kind(value)}", hint)
        case "minLength":
            yield source.problem(path, "this is empty", "write something, or leave the line out")
        case "maxLength":
            yield source.problem(path, f"this text is longer than {error.validator_value:,} characters")
        case _:
            yield source.problem(path, error.message)


def _wrong_answer(source: Source, question: Question, path: DataPath, value: Any) -> Iterator[Problem]:
    name = f"`{path[1]}`"
    written = _kind(value) if isinstance(value, (list, dict)) else f"`{_short(value)}`"
    match question.type:
        case "yes_no":
            meant = str(value).strip().lower()
            hint = (
                "write true" if meant in YES else "write false" if meant in NO else _one_of(["true", "false", UNKNOWN])
            )
            yield source.problem(path, f"{name} is answered with true, false or unknown, not {written}", hint)
        case "choice":
            yield source.problem(path, f"{written} is not a choice of {name}", _choice_hint(value, question))
        case "choices" if not isinstance(value, list):
            hint = f"write [{value}]" if value in list(question.choices) else "write [first, second], or [] for none"
            yield source.problem(path, f"{name} takes a list of choices, not {written}", hint)
        case "choices":
            yield from _wrong_choices(source, question, path, value)
        case "number":
            message = f"{name} takes a whole number that is not negative, not {written}"
            yield source.problem(path, message, _number_hint(value))
        case "date":
            yield source.problem(path, f"{name} takes a date, not {written}", _day_hint(value))


def _wrong_choices(source: Source, question: Question, path: DataPath, values: list[Any]) -> Iterator[Problem]:
    seen = set()
    for index, value in enumerate(values):
        if str(value) in seen:
            yield source.problem((*path, index), f"`{_short(value)}` is chosen twice")
        elif value not in [*question.choices, UNKNOWN]:
            message = f"`{_short(value)}` is not a choice of `{path[1]}`"
            yield source.problem((*path, index), message, _choice_hint(value, question))
        seen.add(str(value))


def _choice_hint(value: Any, question: Question) -> str:
    return did_you_mean(str(value), question.choices) or _one_of([*question.choices, UNKNOWN])


def _number_hint(value: Any) -> str:
    """The number to write, where it was written with spaces, a currency or a decimal part."""
    whole = str(value).replace("\u202f", "").replace("\xa0", "").replace(" ", "").rstrip("€").removesuffix("EUR")
    for decimal in (",", "."):
        head, _, tail = whole.partition(decimal)
        if tail.isdigit() and len(tail) < 3:
            whole = head
    return f"write {whole}" if whole.isdigit() and len(whole) < 20 else "write digits only, such as 8000000"


def _day_hint(value: Any) -> str:
    """The day to write, where the parts of a day written in French order can be read off."""
    parts = str(value).replace("/", " ").replace(".", " ").replace("-", " ").split()
    if len(parts) == 3 and len(parts[2]) == 4:
        turned = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
        if is_day(turned):
            return f"write {turned}"
    return DAY_HINT


def _one_of(values: Iterable[Any]) -> str:
    return "one of: " + ", ".join(map(str, values))


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", str: "text", list: "a list", dict: "a block of lines"}
    return names.get(type(value), "nothing")


def _short(value: Any) -> str:
    written = str(value)
    return written if len(written) <= 60 else written[:57] + "…"
