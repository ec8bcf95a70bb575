"""Texts that YAML reads otherwise than their authors mean: cut at a `#`, or in quotes that are none to YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import yaml

from aiact_check.reading.broken import LONGEST
from aiact_check.reading.problem import Problem
from aiact_check.reading.slips import quoted
from aiact_check.reading.source import Source
from aiact_check.text import Text, phrase

TEXTS = frozenset(
    ("name", "place", "version", "description", "by", "note", "reason", "owner", "evidence", "link", "file", "text")
)

CUT = re.compile(r"\s+(#[^\s#].*)")


def texts(source: Source) -> Iterator[Problem]:
    """The problems of the texts of a questionnaire."""
    lines = source.text.split("\n")
    for key, node in _texts(source.root, ""):
        line = lines[node.end_mark.line] if node.end_mark.line < len(lines) else ""
        cut = CUT.match(line, node.end_mark.column)
        if cut:
            rest = cut[1].rstrip(" }")
            whole = f"{key}: {quoted(f'{node.value} {rest}')}"
            hint = phrase("problems.write", line=whole if len(whole) <= LONGEST else whole[:LONGEST] + "…")
            yield source.at(node, phrase("problems.cut_short", rest=cut[1][:LONGEST]), hint)
        elif node.value[0] in "“„" and ("”" not in node.value or node.value.endswith("”")):
            yield source.at(node, phrase("problems.curly"), partial(_straight, key, node, line))


def _straight(key: str, node: yaml.ScalarNode, line: str) -> Text:
    """The line to write where a text stands in curly quotes, which YAML may have cut at a comma."""
    whole = node.value if "”" in node.value else node.value + line[node.end_mark.column :].partition("”")[0]
    return phrase("problems.write", line=f"{key}: {quoted(whole.strip('“”„')[:LONGEST])}")


def _texts(node: yaml.Node | None, key: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """The texts written without quotes, each with the key it stands under."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _texts(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts(item, key)
    elif isinstance(node, yaml.ScalarNode) and not node.style and key in TEXTS and node.value:
        yield key, node
