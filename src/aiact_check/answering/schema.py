"""JSON Schemas: of the answers (from the questions), of the rule files (from the model), of the assessment document."""

from __future__ import annotations

import json
from typing import Any

from aiact_check.law import condition
from aiact_check.law.around import Annex, AwaitedTexts, Surroundings
from aiact_check.law.asked import Question, QuestionFile
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.law.model import OWED, STATUSES, Acts, Calendar, Checklist, RuleFile
from aiact_check.law.overlay import Overlay
from aiact_check.law.shapes import CONDITION_MARK
from aiact_check.reading.strict import MAX_DIGITS
from aiact_check.text import LANGUAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAX_NAME, MAX_NOTE = 6_000, 20_000
MAX_NUMBER: int = 10 ** (MAX_DIGITS - 1)


def written(schema: Any) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "pattern": r"\S", "maxLength": longest}


DAY = {"type": "string", "format": "date"}


def answers(base: RuleBase) -> dict[str, Any]:
    """The schema of a filled questionnaire, as it is checked; `editor` adds what an editor shows."""
    return {
        "$schema": DIALECT,
        "title": "aiact-check questionnaire",
        **_object(
            ["company", "system", "answers"],
            lang={"enum": list(LANGUAGES)},
            company=_object(["name"], name=_text(MAX_NAME), place=_text(MAX_NAME)),
            system=_object(
                ["name"],
                name=_text(MAX_NAME),
                version=_text(MAX_NAME),
                description=_text(MAX_NOTE),
                supplier=_text(MAX_NAME),
                owner=_text(MAX_NAME),
            ),
            by=_text(MAX_NAME),
            on=dict(DAY),
            answers={
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {fact: _answer(question) for fact, question in base.questions.items()},
            },
            compliance={
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {rule.id: {"$ref": "#/$defs/work"} for rule in base.rules.values() if rule.kind in OWED},
            },
            redacted={"const": True},
        ),
        "$defs": {"work": _work()},
    }


def _work() -> dict[str, Any]:
    """What a company may say of its work on one duty."""
    evidence = {
        "anyOf": [
            _text(MAX_NOTE),
            _object(["link"], link=_text(MAX_NAME)),
            _object(["file"], file=_text(MAX_NAME)),
        ]
    }
    return _object(
        ["status"],
        status={"enum": list(STATUSES)},
        reason=_text(MAX_NOTE),
        owner=_text(MAX_NAME),
        due=dict(DAY),
        evidence={"type": "array", "items": evidence},
        note=_text(MAX_NOTE),
    )


def _answer(question: Question) -> dict[str, Any]:
    """An answer by itself, or else, in the last place, in a block with what is said of it."""
    values = _values(question)
    answer = {"anyOf": values} if len(values) > 1 else values[0]
    block = _object(["answer"], answer=answer, note=_text(MAX_NOTE), by=_text(MAX_NAME), on=dict(DAY))
    return {"anyOf": [*_values(question), block]}


def _values(question: Question) -> list[dict[str, Any]]:
    """What a question may be answered with; None is a question left open."""
    choices = [*question.choices, UNKNOWN]
    several = {"type": "array", "uniqueItems": True, "items": {"enum": choices}}
    not_known = {"enum": [UNKNOWN, None]}
    values: dict[str, list[dict[str, Any]]] = {
        "yes_no": [{"enum": [True, False, *choices, None]}],
        "choice": [{"enum": [*choices, None]}],
        "choices": [several, not_known],
        "number": [{"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}, not_known],
        "date": [dict(DAY), not_known],
    }
    return values[question.type]


def editors() -> dict[str, dict[str, Any]]:
    """The schemas of the files under rules/ and questionnaires/questions/, by file name."""
    from pydantic import TypeAdapter

    shapes: dict[str, Any] = {
        "rule": RuleFile,
        "calendar": Calendar,
        "acts": Acts,
        "questions": QuestionFile,
        "checklist": Checklist,
        "surroundings": Surroundings,
        "awaited": AwaitedTexts,
        "annex": Annex,
        "overlay": Overlay,
    }
    schemas = {}
    for name, shape in shapes.items():
        schema = {"$schema": DIALECT, **_with_conditions(TypeAdapter(shape).json_schema())}
        if name not in ("acts", "checklist", "annex", "overlay"):
            schema["$defs"]["Condition"] = condition.schema()
        schemas[f"{name}.schema.json"] = schema
    return schemas


def _with_conditions(schema: Any) -> Any:
    if isinstance(schema, dict):
        if schema.get("$comment") == CONDITION_MARK:
            return {"$ref": "#/$defs/Condition"}
        return {key: _with_conditions(value) for key, value in schema.items()}
    return [_with_conditions(item) for item in schema] if isinstance(schema, list) else schema
