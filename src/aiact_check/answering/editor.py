"""What an editor shows beside a questionnaire: the schema of the answers with its help, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from aiact_check.answering import schema
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN, RuleBase
from aiact_check.text import LANGUAGES, Text, phrase, printed

Node = dict[str, Any]


def answers(base: RuleBase) -> Node:
    """The schema of a filled questionnaire, each part with what an editor says of it."""
    shape: Node = schema.answers(base)
    parts = shape["properties"]
    for key, part in parts.items():
        part["description"] = _both(phrase(f"editor.{key}"))
    for key in ("company", "system"):
        _describe(parts[key]["properties"], "named" if key == "company" else "system_parts")
    for fact, node in parts["answers"]["properties"].items():
        _ask(node, base.questions[fact])
    for duty, node in parts["compliance"]["properties"].items():
        title = base.rules[duty].title
        node |= {"title": _line(title), "description": _both(title)}
    work = shape["$defs"]["work"]
    _describe(work["properties"], "work")
    work["properties"]["status"]["enumDescriptions"] = [
        _line(phrase(f"editor.status.{status}")) for status in work["properties"]["status"]["enum"]
    ]
    return shape


def _both(text: Text) -> str:
    return f"{text.en}\n{printed(text, 'fr')}"


def _line(text: Text) -> str:
    return f"{text.en} / {printed(text, 'fr')}"


def _describe(nodes: Mapping[str, Node], part: str) -> None:
    for key, node in nodes.items():
        node["description"] = _both(phrase(f"editor.{part}.{key}"))


def _ask(node: Node, question: Question) -> None:
    """A question: its label, what it asks and the help in both languages, and what each choice means."""
    node["title"] = _line(question.label)
    node["description"] = "\n".join(printed(text, lang) for lang in LANGUAGES for text in (question.ask, question.help))
    block = node["anyOf"][-1]
    block["title"] = _line(phrase("editor.block"))
    block["defaultSnippets"] = [
        {"label": _line(phrase("editor.block")), "body": {"answer": "$1", "note": "$2", "by": "$3"}}
    ]
    _describe(block["properties"], "details")
    for words in _enums(node):
        words["enumDescriptions"] = [_meaning(question, word) for word in words["enum"]]


def _enums(node: Any) -> Iterator[Node]:
    """Every list of words in a schema."""
    if isinstance(node, dict):
        if "enum" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _enums(part)


def _meaning(question: Question, word: Any) -> str:
    if word in question.choices:
        return _line(question.choices[word])
    names = {None: "open", True: "yes", False: "no", UNKNOWN: "unknown"}
    return _line(phrase(f"editor.answer.{names[word]}"))
