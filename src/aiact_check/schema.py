"""JSON Schemas: of the answers (from the questions), of the rule files (from the model), of the assessment document."""

from __future__ import annotations

import json
from typing import Any

from aiact_check import condition
from aiact_check.lawbook import UNKNOWN, RuleBase
from aiact_check.model import (
    CONDITION_MARK,
    OWED,
    STATUSES,
    Acts,
    Annex,
    Calendar,
    Checklist,
    Question,
    QuestionFile,
    Rule,
    Surroundings,
)
from aiact_check.text import LANGUAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MAX_NAME, MAX_NOTE = 6_000, 20_000
MAX_NUMBER = 10**40


def written(schema: Any) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _text(longest: int, description: str) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": longest, "description": description}


def answers(base: RuleBase) -> dict[str, Any]:
    """The schema of a filled questionnaire. It serves the editor and the check at run time alike."""
    name = _text(MAX_NAME, "As it should appear in the report.")
    day = {"type": "string", "format": "date", "description": "A date, as 2026-11-23."}
    return {
        "$schema": DIALECT,
        "title": "aiact-check questionnaire",
        **_object(
            ["company", "system", "answers"],
            lang={"enum": list(LANGUAGES), "description": "The language of the report."},
            company=_object(["name"], name=name, place=_text(MAX_NAME, "Town and country.")),
            system=_object(
                ["name"],
                name=name,
                version=_text(MAX_NAME, "The version assessed."),
                description=_text(MAX_NOTE, "What the system does, for whom, in a few sentences."),
            ),
            by=_text(MAX_NAME, "Who answered, unless an answer says otherwise."),
            on={**day, "description": "When, unless an answer says otherwise."},
            answers={
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {fact: _answer(question) for fact, question in base.questions.items()},
            },
            compliance={
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": {
                    rule.id: {"title": rule.title.en, "description": rule.title.fr, "$ref": "#/$defs/work"}
                    for rule in base.rules.values()
                    if rule.kind in OWED
                },
            },
        ),
        "$defs": {"work": _work()},
    }


def _work() -> dict[str, Any]:
    """What a company may say of its work on one duty."""
    evidence = {
        "anyOf": [
            _text(MAX_NOTE, "What shows it."),
            _object(["link"], link=_text(MAX_NAME, "Its address.")),
            _object(["file"], file=_text(MAX_NAME, "The name of the file.")),
        ]
    }
    return _object(
        ["status"],
        status={"enum": list(STATUSES)},
        reason=_text(MAX_NOTE, "Why it does not apply."),
        owner=_text(MAX_NAME, "Who sees to it."),
        due={"type": "string", "format": "date", "description": "By when, as 2026-11-23."},
        evidence={"type": "array", "items": evidence},
        note=_text(MAX_NOTE, "Anything else."),
    )


def _answer(question: Question) -> dict[str, Any]:
    value = {"anyOf": [_value(question), {"type": "null"}]}
    detailed = _object(
        ["answer"],
        answer=value,
        note=_text(MAX_NOTE, "Why, on what evidence."),
        by=_text(MAX_NAME, "Who answered."),
        on={"type": "string", "format": "date"},
    )
    return {"title": question.ask.en, "description": described(question), "anyOf": [*value["anyOf"], detailed]}


def described(question: Question) -> str:
    """The help an editor shows: in both languages, with the choices."""
    parts = [f"{getattr(text, lang)}" for lang in LANGUAGES for text in (question.ask, question.help)]
    parts += [f"{choice}: {label.en} / {label.fr}" for choice, label in question.choices.items()]
    return "\n".join(parts)


def _value(question: Question) -> dict[str, Any]:
    choices = [*question.choices, UNKNOWN]
    several = {"type": "array", "uniqueItems": True, "items": {"enum": choices}}
    values: dict[str, dict[str, Any]] = {
        "yes_no": {"enum": [True, False, UNKNOWN]},
        "choice": {"enum": choices},
        "choices": {"anyOf": [several, {"const": UNKNOWN}]},
        "number": {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MAX_NUMBER}, {"const": UNKNOWN}]},
        "date": {"anyOf": [{"type": "string", "format": "date"}, {"const": UNKNOWN}]},
    }
    return values[question.type]


def editors() -> dict[str, dict[str, Any]]:
    """The schemas of the files under rules/ and questionnaires/questions/, by file name."""
    from pydantic import TypeAdapter

    shapes: dict[str, Any] = {
        "rule": Rule,
        "calendar": Calendar,
        "acts": Acts,
        "questions": QuestionFile,
        "checklist": Checklist,
        "surroundings": Surroundings,
        "annex": Annex,
    }
    schemas = {}
    for name, shape in shapes.items():
        schema = {"$schema": DIALECT, **_with_conditions(TypeAdapter(shape).json_schema())}
        if name not in ("acts", "checklist", "annex"):
            schema["$defs"]["Condition"] = condition.schema()
        schemas[f"{name}.schema.json"] = schema
    return schemas


def _with_conditions(schema: Any) -> Any:
    if isinstance(schema, dict):
        if schema.get("$comment") == CONDITION_MARK:
            return {"$ref": "#/$defs/Condition"}
        return {key: _with_conditions(value) for key, value in schema.items()}
    return [_with_conditions(item) for item in schema] if isinstance(schema, list) else schema


def assessment() -> dict[str, Any]:
    """The schema of the assessment document that `--format json` writes."""
    from pydantic import TypeAdapter

    from aiact_check.assessment import Assessment

    return {"$schema": DIALECT, **TypeAdapter(Assessment).json_schema()}
