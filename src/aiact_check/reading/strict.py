"""YAML as strictly as it is read here: what a file may not hold, and its nodes as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from aiact_check.reading import shared
from aiact_check.reading.problem import Problem
from aiact_check.text import Text, phrase

MAX_DIGITS = 41
"""Longer numbers stay text: none is that large, and turning them into numbers takes long."""
MAX_DEPTH = 60
"""How many levels deep a file may be nested."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Base):  # type: ignore[misc]
    """Only null, true, false and whole numbers are special: dates, 26.10 and `no` stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute


for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"0|-?[1-9][0-9]*", list("-0123456789")),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


def forbidden(file: str, text: str) -> Iterator[Problem]:
    """What a text holds that is not read: a second document, a tag, what is nested or repeated too much."""
    depth = documents = 0
    references = shared.References(MAX_DEPTH)
    for event in yaml.parse(text, Loader=Loader):
        mark: Any = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield Problem(file, line, column, phrase("problems.too_deep", most=MAX_DEPTH))
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield Problem(file, line, column, phrase("problems.documents"), phrase("problems.documents_hint"))
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            yield Problem(file, line, column, phrase("problems.tag", tag=tag), phrase("problems.tag_hint"))
        for where, message, hint in references.follow(event):
            at: Any = where.start_mark
            yield Problem(file, at.line + 1, at.column + 1, message, hint)
        if references.added > shared.MOST:
            return


class Twice(Problem):
    """A key written twice: the file can be read on."""


def duplicates(file: str, node: yaml.Node) -> Iterator[Problem]:
    """Keys that are no plain word or are written twice, at any depth."""
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, yaml.Node] = {}
        for key, value in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                yield Problem(file, line, column, phrase("problems.key_text"))
                continue
            if key.value in seen:
                yield Twice(
                    file, line, column, phrase("problems.twice", name=key.value), _which(seen[key.value], value)
                )
            seen.setdefault(key.value, value)
            yield from duplicates(file, value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from duplicates(file, child)


def _which(first: yaml.Node, second: yaml.Node) -> Text:
    """Which of two lines to leave out: an empty one, where there is one."""
    for node in (first, second):
        if node.tag.endswith(":null"):
            return phrase("problems.twice_empty", line=node.start_mark.line + 1)
    return phrase("problems.twice_hint", line=first.start_mark.line + 1)


def data(node: yaml.Node) -> Any:
    """A node as plain data."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [data(child) for child in node.value]
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value) if len(node.value) <= MAX_DIGITS else node.value
    return node.value
