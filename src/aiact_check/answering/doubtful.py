"""Texts that YAML reads otherwise than their authors mean: cut at a `#`, or in quotes that are none to YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from aiact_check.reading.broken import LONGEST, quoted
from aiact_check.reading.problem import Problem
from aiact_check.reading.source import Source
from aiact_check.text import phrase

TEXTS = frozenset(
    ("name", "place", "version", "description", "by", "note", "reason", "owner", "evidence", "link", "file", "text")
)


def texts(source: Source) -> Iterator[Problem]:
    """The problems of the texts of a questionnaire."""
    lines = source.text.split("\n")
    for key, node in _texts(source.root, ""):
        after = lines[node.end_mark.line][node.end_mark.column :] if node.end_mark.line < len(lines) else ""
        cut = re.match(r"\s+(#[^\s#].*)", after) if "#" in after else None
        if cut:
            rest = cut[1].rstrip(" }")
            whole = f"{key}: {quoted(f'{node.value} {rest}')}"
            hint = phrase("problems.write", line=whole if len(whole) <= LONGEST else whole[:LONGEST] + "…")
            yield source.at(node, phrase("problems.cut_short", rest=cut[1][:LONGEST]), hint)
        elif node.value[0] in "“„" and ("”" not in node.value or node.value.endswith("”")):
            whole = node.value if "”" in node.value else node.value + after.partition("”")[0]
            hint = phrase("problems.write", line=f"{key}: {quoted(whole.strip('“”„')[:LONGEST])}")
            yield source.at(node, phrase("problems.curly"), hint)


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
