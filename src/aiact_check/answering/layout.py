"""The text of a questionnaire as somebody laid it out, and that text with one place written anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from aiact_check.reading.scalars import flow, scalar

MARK = "\ufeff"
"""The byte order mark some editors put at the head of a file: kept, and no part of the text."""


class Layout:
    """The text, and the nodes that say where everything stands in it."""

    def __init__(self, content: str, root: yaml.Node | None) -> None:
        self.content, self.root = content.removeprefix(MARK), root
        self.newline = "\r\n" if "\r\n" in content else "\n"

    def put(self, path: Sequence[str], value: Any, order: Sequence[str]) -> str:
        """The text with a value at a path; a new key comes after those that stand before it in `order`, or last."""
        parent, in_flow = self._parent(path)
        entry = self._entry(parent, path[-1])
        if entry:
            return self._replace(*entry, value, in_flow)
        if not isinstance(parent, yaml.MappingNode):
            return self._open(path, parent, value)
        if in_flow:
            return self._insert_flow(parent, path[-1], value, order)
        before = [pair for pair in parent.value if _comes_before(pair[0].value, path[-1], order)]
        indent = " " * parent.start_mark.column
        line = indent + self._written(path[-1], value, indent)
        if before:
            return self._insert(self._line_end(self._end(before[-1][1])), self.newline + line)
        return self._insert(parent.start_mark.index, line[len(indent) :] + self.newline + indent)

    def remove(self, path: Sequence[str]) -> str:
        """The text without the key at a path, which is there; a comment on its line stays."""
        parent, in_flow = self._parent(path)
        entry = self._entry(parent, path[-1])
        assert entry
        begin, end = entry[0].start_mark.index, self._end(entry[1])
        if in_flow:
            after = re.compile(r"\s*,\s*").match(self.content, end)
            before = re.compile(r",\s*$").search(self.content[:begin])
            if after:
                end = after.end()
            elif before:
                begin = before.start()
            return self.content[:begin] + self.content[end:]
        begin = self.content.rfind("\n", 0, begin) + 1
        if self.content[end : self._line_end(end)].strip():
            indent = " " * entry[0].start_mark.column
            return self.content[:begin] + indent + self.content[end:].lstrip(" ")
        stop = self.content.find("\n", end)
        return self.content[:begin] + (self.content[stop + 1 :] if stop >= 0 else "")

    def append(self, block: str, lines: str) -> str:
        """The text with lines at the end of a block at the top, which is made where there is none."""
        lines = lines.replace("\n", self.newline)
        entry = self._entry(self.root, block)
        if entry is None:
            gap = "" if self.content.endswith("\n") else self.newline
            return f"{self.content}{gap}{self.newline}{block}:{self.newline}{lines}"
        key, node = entry
        lines = lines.removesuffix(self.newline)
        if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
            lines = re.sub(r"(?m)^  ", " " * node.start_mark.column, lines)
            return self._insert(self._past_comments(self._end(node), node.start_mark.column), self.newline + lines)
        begin, end = self._value_span(key, node)
        emptied = self.content[:begin] + self.content[end:]
        stop = self._line_end(begin, emptied)
        return emptied[:stop] + self.newline + lines + emptied[stop:]

    def _parent(self, path: Sequence[str]) -> tuple[yaml.Node | None, bool]:
        """The node that holds the last key of a path, and whether it stands in brackets."""
        node, in_flow = self.root, False
        for key in path[:-1]:
            entry = self._entry(node, key)
            if entry is None:
                return None, False
            node = entry[1]
            in_flow = in_flow or bool(getattr(node, "flow_style", False))
        return node, in_flow

    @staticmethod
    def _entry(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        return next(((name, value) for name, value in pairs if name.value == key), None)

    def _open(self, path: Sequence[str], parent: yaml.Node | None, value: Any) -> str:
        """A first key under a key that holds nothing yet, or is not there yet."""
        indent = "  " * (len(path) - 1)
        line = indent + self._written(path[-1], value, indent) + self.newline
        return self.append(path[0], line) if len(path) == 2 else self.content

    def _replace(self, key: yaml.Node, node: yaml.Node, value: Any, in_flow: bool) -> str:
        begin, end = self._value_span(key, node)
        kept = self._comments(begin, end, node)
        if in_flow:
            return self.content[:begin] + f" {flow(value)}" + self.content[end:]
        column = key.start_mark.column
        above = "".join(f"{comment}{self.newline}{' ' * column}" for comment in kept)
        text = self.content[:begin] + self.content[end:]
        if isinstance(value, dict):
            at = self._line_end(begin, text)
            text = text[:at] + self._lines(value, column + 2) + text[at:]
        else:
            written = flow(value) if isinstance(value, (list, tuple)) else scalar(value)
            text = text[:begin] + (f" {written}" if written else "") + text[begin:]
        return text[: key.start_mark.index] + above + text[key.start_mark.index :]

    def _value_span(self, key: yaml.Node, node: yaml.Node) -> tuple[int, int]:
        """From after the colon of a key to the end of its value."""
        begin = self.content.index(":", key.end_mark.index) + 1
        return begin, max(begin, self._end(node))

    def _comments(self, begin: int, end: int, node: yaml.Node) -> list[str]:
        """The comments between the parts of a value."""
        found, at = [], begin
        for leaf in [*_leaves(node), None]:
            stop = leaf.start_mark.index if leaf else end
            found += re.findall(r"(?:^|(?<=\s))#[^\r\n]*", self.content[at:stop])
            at = max(at, self._end(leaf)) if leaf else end
        return found

    def _insert_flow(self, parent: yaml.MappingNode, key: str, value: Any, order: Sequence[str]) -> str:
        before = [pair for pair in parent.value if _comes_before(pair[0].value, key, order)]
        written = f"{key}: {flow(value)}"
        if before:
            return self._insert(self._end(before[-1][1]), f", {written}")
        begin = parent.start_mark.index + 1
        return self._insert(begin, f" {written}," if parent.value else f" {written} ")

    def _written(self, key: str, value: Any, indent: str) -> str:
        if isinstance(value, dict):
            return f"{key}:{self._lines(value, len(indent) + 2)}"
        written = flow(value) if isinstance(value, (list, tuple)) else scalar(value)
        return f"{key}: {written}".rstrip()

    def _lines(self, value: Mapping[str, Any], column: int) -> str:
        indent = " " * column
        return "".join(self.newline + indent + self._written(key, part, indent) for key, part in value.items())

    def _end(self, node: yaml.Node) -> int:
        """Where a value ends, without the empty lines and comments after it."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        begin, end = node.start_mark.index, node.end_mark.index
        return begin + len(self.content[begin:end].rstrip())

    def _line_end(self, at: int, text: str | None = None) -> int:
        found = re.compile(r"\r?\n|\Z").search(self.content if text is None else text, at)
        assert found
        return found.start()

    def _past_comments(self, at: int, column: int) -> int:
        """The end of the line, and of the lines of comment below it that are indented more than `column`."""
        below = re.compile(rf"(?:\r?\n(?: {{{column + 1},}}#[^\r\n]*))*")
        found = below.match(self.content, self._line_end(at))
        assert found
        return found.end()

    def _insert(self, at: int, text: str) -> str:
        return self.content[:at] + text + self.content[at:]


def _leaves(node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.CollectionNode):
        return [node]
    parts = [part for child in node.value for part in (child if isinstance(child, tuple) else (child,))]
    return [leaf for part in parts for leaf in _leaves(part)]


def _comes_before(present: str, key: str, order: Sequence[str]) -> bool:
    """Whether a key that is there comes before a new one; one that the order does not name does."""
    if key not in order or present not in order:
        return True
    return order.index(present) < order.index(key)
