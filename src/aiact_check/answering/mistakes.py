"""What the schema of the answers refuses, said so that a person who has never seen YAML can put it right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from aiact_check.answering import wrong_answers
from aiact_check.answering.wrong_answers import kind, line, one_of, short
from aiact_check.law.lawbook import RuleBase, nearest
from aiact_check.law.model import STATUSES
from aiact_check.reading import meant
from aiact_check.reading.problem import Problem
from aiact_check.reading.slips import quoted
from aiact_check.reading.source import DataPath, Source
from aiact_check.text import Text, phrase

KINDS: Mapping[DataPath, str] = {("answers",): "question", ("compliance",): "duty"}
NEAR = 0.7
"""How alike, from 0 to 1, a key must be to a known one to be taken for a slip of it."""
FEW = 12
"""A hint lists the known words where they are no more than this."""


def explain(source: Source, error: Any, base: RuleBase) -> Iterator[Problem]:
    """The problems behind one jsonschema error."""
    path: DataPath = tuple(error.absolute_path)
    is_answer = path[:1] == ("answers",) and (len(path) == 2 or path[2:] == ("answer",))
    if path[:1] == ("compliance",) and error.validator == "anyOf":
        yield source.problem(path, phrase("problems.evidence"), phrase("problems.evidence_hint"))
    elif not is_answer or (len(path) == 2 and error.validator != "anyOf"):
        yield from _misfit(source, path, error, base)
    elif isinstance(error.instance, dict) and len(path) == 2:
        block = len(error.validator_value) - 1
        for inner in error.context:
            if inner.relative_schema_path[0] == block:
                yield from explain(source, inner, base)
    else:
        yield from wrong_answers.explain(source, base.questions[str(path[1])], path, error.instance)


def _misfit(source: Source, path: DataPath, error: Any, base: RuleBase) -> Iterator[Problem]:
    value = error.instance
    match error.validator:
        case "additionalProperties":
            known = list(error.schema["properties"])
            for key in sorted(set(value) - set(known)):
                if not (value[key] is None and key.endswith("”")):
                    yield _unknown_key(source, (*path, key), known, value[key], base)
        case "required":
            missing = next(key for key in error.validator_value if error.message.startswith(f"'{key}'"))
            hint = phrase("problems.missing_hint", name=missing)
            yield source.problem(path, phrase("problems.missing", name=missing), hint, at_key=True)
        case "enum":
            message = phrase("problems.unexpected", written=f"`{short(value)}`")
            yield source.problem(path, message, partial(_enum_hint, path, value, error.validator_value))
        case "format":
            message = phrase("problems.no_day", written=f"`{short(value)}`")
            yield source.problem(path, message, partial(wrong_answers.day_hint, path, value))
        case "type":
            yield _wrong_type(source, path, value, error.validator_value)
        case "pattern":
            yield source.problem(path, phrase("problems.blank"), phrase("problems.blank_hint"))
        case "maxLength":
            yield source.problem(path, phrase("problems.too_long", most=error.validator_value))
        case _:
            yield source.problem(path, phrase("problems.unexpected", written=f"`{short(value)}`"))


def _unknown_key(source: Source, path: DataPath, known: list[str], value: Any, base: RuleBase) -> Problem:
    """A key that is none of those known here."""
    *above, key = path
    key = str(key)
    sort = KINDS.get(tuple(above), "key")

    def hint() -> Text | str:
        if near := nearest(key, known, NEAR):
            return phrase("problems.did_you_mean", word=near)
        if above and sort == "key" and value is None:
            return phrase("problems.comma_in_text")
        if sort == "duty":
            found = _duty(key, known, base)
            return phrase("problems.did_you_mean" if found else "problems.unknown_duty_hint", word=found, duty=known[0])
        return "" if len(known) > FEW else one_of(known)

    return source.problem(path, phrase(f"problems.unknown_{sort}", name=short(key)), hint, at_key=True)


def _duty(word: str, known: list[str], base: RuleBase) -> str | None:
    """The duty that is meant by its title, or by the end of its id."""
    ends = [duty for duty in known if duty.endswith(f"/{word}")]
    return meant.labelled(word, {duty: (base.rules[duty].title,) for duty in known}) or (ends[0] if ends else None)


def _enum_hint(path: DataPath, value: Any, known: list[str]) -> Text:
    """The word that is meant, or all that may be written."""
    found = meant.name(value, known) or (meant.status(value) if known == list(STATUSES) else None)
    if found is None and known and path == ("lang",):
        found = {"f": "fr", "e": "en", "a": "en"}.get(meant.plain(value)[:1])
    if found:
        return line(path, found)
    near = nearest(str(value), known)
    return phrase("problems.did_you_mean", word=near) if near else one_of(known)


def _wrong_type(source: Source, path: DataPath, value: Any, wanted: str | list[str]) -> Problem:
    """A text where a block is expected, a number where a text is, and the like."""
    sort = {"string": "text", "array": "list"}.get(str(wanted), "block")
    if value is None:
        return source.problem(path, phrase("problems.blank"), phrase("problems.blank_hint"), at_key=True)
    message = phrase("problems.wrong_type", wanted=phrase(f"problems.sorts.{sort}"), found=kind(value))
    return source.problem(path, message, _type_hint(path, value, sort))


def _type_hint(path: DataPath, value: Any, sort: str) -> Text | str:
    one = ", ".join(map(str, value)) if isinstance(value, list) else value
    if sort == "text" and not isinstance(one, (list, dict)):
        return line(path, quoted(str(one).lower() if isinstance(one, bool) else str(one)))
    if sort == "list" and isinstance(value, str):
        return line(path, f"[{quoted(short(value))}]")
    if sort != "block" or not isinstance(value, str):
        return ""
    if ":" in value:
        return phrase("problems.space_after_colon")
    if path[:1] == ("compliance",) and len(path) == 2:
        return line(path, f"{{ status: {meant.status(value) or meant.name(value, STATUSES) or 'partly'} }}")
    return line(path, f"{{ name: {quoted(short(value))} }}") if path in {("company",), ("system",)} else ""
