"""The first look at a questionnaire lets through every good one, and nothing that the library would refuse."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aiact_check.answering import answers, schema
from aiact_check.answering.first_look import KEYWORDS, surely_fits
from aiact_check.law import rulebase
from aiact_check.reading.source import skim
from tests.conftest import EXAMPLES

BASE = rulebase.load()
WANTED = schema.answers(BASE)
GOOD = [skim(path.name, path.read_bytes()).data for path in EXAMPLES]
ODD: list[Any] = [
    True, 1, 0, 1.0, 0.5, -1, "true", "unknown", "Unknown", "", " ", "\u00a0", None, [], {}, ["unknown"],
    ["unknown", "unknown"], [True], [["unknown"]], "2026-02-30", "2026-11-29", "20261129", 10**40, 10**41,
    "x" * 6_001, "x" * 20_001, {"answer": True},
    {"answer": None}, {"note": "x"}, {"answer": True, "note": ""}, {"answer": "unknown"},
    {"answer": True, "on": "2026-11-29"}, {"answer": True, "on": "29.11."}, {"answer": True, "more": 1}, {1: 2},
    {"status": "done"}, {"status": "done", "evidence": ["x", {"link": "y"}]}, {"status": "done", "evidence": [{}]},
    {"status": "nearly"},
]  # fmt: skip


def every_place(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, child in children for place in every_place(child, (*path, key)))]


def odd(draw: st.DrawFn) -> Any:
    return copy.deepcopy(draw(st.sampled_from(ODD)))


@st.composite
def nearly_good(draw: st.DrawFn) -> Any:
    """A good questionnaire in which a few things are replaced, added or taken away."""
    data = copy.deepcopy(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from([place for place in every_place(data) if place]))
        inside = data
        for step in way:
            inside = inside[step]
        if isinstance(inside, dict) and draw(st.booleans()):
            inside[draw(st.sampled_from([last, *BASE.questions, "art-4/literacy", "on", "by"]))] = odd(draw)
        elif draw(st.booleans()):
            del inside[last]
        else:
            inside[last] = odd(draw)
    return data


@settings(max_examples=150, deadline=None)
@given(nearly_good())
def test_what_fits_at_first_sight_fits(data: Any) -> None:
    refused = next(answers._validator(BASE).iter_errors(data), None)
    assert not (surely_fits(WANTED, data) and refused), refused


@pytest.mark.parametrize("data", GOOD, ids=[path.stem for path in EXAMPLES])
def test_a_good_questionnaire_needs_no_second_look(data: Any) -> None:
    assert surely_fits(WANTED, data)


@pytest.mark.parametrize("wanted", [{"not": {}}, {"properties": {"a": {"minLength": 2}}}], ids=str)
def test_a_keyword_nobody_knows_is_no_yes(wanted: Any) -> None:
    assert not surely_fits({"type": "object", **wanted}, {"a": "xyz"})


def keywords(wanted: Any) -> set[str]:
    """The keywords of a schema and of all schemas in it."""
    inner = [*wanted.get("properties", {}).values(), *wanted.get("$defs", {}).values(), *wanted.get("anyOf", ())]
    inner += [wanted["items"]] if "items" in wanted else []
    return set(wanted).union(*map(keywords, inner))


def test_every_keyword_of_ours_is_known() -> None:
    assert keywords(WANTED) <= set(KEYWORDS)


def test_every_keyword_refuses_something() -> None:
    for written in (
        "{schema: {type: object}, data: []}", "{schema: {enum: [true]}, data: 1}",
        "{schema: {type: integer}, data: true}",
        "{schema: {type: object, additionalProperties: false, properties: {a: {}}}, data: {b: 1}}",
        "{schema: {type: object, required: [a]}, data: {}}",
        "{schema: {type: array, items: {type: string}}, data: [1]}",
        "{schema: {type: array, uniqueItems: true}, data: [a, a]}", "{schema: {anyOf: [{type: string}]}, data: 1}",
        "{schema: {$ref: '#/$defs/x', $defs: {x: {type: string}}}, data: 1}", "{schema: {pattern: '\\S'}, data: ' '}",
        "{schema: {maxLength: 1}, data: ab}", "{schema: {minimum: 1}, data: 0}", "{schema: {maximum: 1}, data: 2}",
        "{schema: {const: true}, data: 1}",
        "{schema: {format: date}, data: '2026-02-30'}", "{schema: {properties: {a: {type: string}}}, data: {a: 1}}",
    ):  # fmt: skip
        case = yaml.safe_load(written)
        assert not surely_fits(case["schema"], case["data"]), written
        checker = jsonschema.FormatChecker(formats=["date"])
        assert not jsonschema.Draft202012Validator(case["schema"], format_checker=checker).is_valid(case["data"]), (
            written
        )
    assert {"$schema", "title", "$defs", "type"} < set(KEYWORDS)
