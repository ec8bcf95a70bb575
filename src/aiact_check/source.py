"""YAML files as plain data that remembers where each value was written. Every file is hostile until read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from aiact_check.text import Language, Text, phrase, said

MAX_BYTES = 1_000_000
MAX_DEPTH = 60

DataPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem(Exception):
    """A mistake in a file, said so that its author can put it right: to a company in both languages."""

    file: str
    line: int
    column: int
    message: str | Text
    hint: str | Text = field(default="", compare=False)

    def said(self, lang: Language) -> str:
        """The problem as it is printed."""
        hint = said(self.hint, lang)
        hint = "\n    " + said(phrase("problems.hint", says=hint), lang) if hint else ""
        return f"{self.file}:{self.line}:{self.column}: {said(self.message, lang)}{hint}"

    def __str__(self) -> str:
        return self.said("en")


class Problems(Exception):
    """All the problems of a run, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda found: (found.file, found.line, found.column, str(found)))
        super().__init__("\n".join(map(str, self.problems)))


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Only null, true, false and whole numbers are special: dates, 26.10 and `no` stay text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own attribute


for _tag, _pattern, _first in (
    ("null", r"null|~|", ["n", "~", ""]),
    ("bool", r"true|false", ["t", "f"]),
    ("int", r"0|-?[1-9][0-9]*", list("-0123456789")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


@dataclass(frozen=True)
class Source:
    """One YAML file: its data, and where each part of the data stands."""

    file: str
    root: yaml.Node | None
    data: Any

    def problem(self, path: DataPath, message: str | Text, hint: str | Text = "", *, at_key: bool = False) -> Problem:
        """A problem at the deepest part of `path` that the file has; `at_key` points at the key, not its value."""
        line, column = self._place(path, at_key)
        return Problem(self.file, line, column, message, hint)

    def _place(self, path: DataPath, at_key: bool) -> tuple[int, int]:
        node = self.root
        if node is None:
            return 1, 1
        mark = node.start_mark
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = [(key, value) for key, value in node.value if key.value == str(step)]
                if not found:
                    break
                key, node = found[0]
                mark = key.start_mark if at_key or isinstance(node, yaml.CollectionNode) else node.start_mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = node.start_mark
            else:
                break
        return mark.line + 1, mark.column + 1


def read(path: Path, name: str | None = None, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, refused when it is missing, not a file, or larger than `most`.

    Raises Problem.
    """
    file = name or str(path)
    try:
        if path.is_dir():
            raise Problem(file, 1, 1, "this is a folder, not a file")
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise Problem(file, 1, 1, "no such file") from None
    except OSError as error:
        raise Problem(file, 1, 1, f"cannot be read: {error.strerror}") from None
    if len(data) > most:
        raise Problem(file, 1, 1, f"too large: over {most:,} bytes", "a questionnaire is a few kilobytes of text")
    return data


def parse(file: str, content: bytes) -> Source:
    """The data of a YAML file, read strictly: one document, no aliases, no duplicate keys, no tags.

    Raises Problems with every problem found.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise Problems([Problem(file, line, column, "not UTF-8 text", "save the file as UTF-8")]) from None
    try:
        problems = list(_forbidden(file, text))
        if problems:
            raise Problems(problems)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Problems([Problem(file, line, column, f"not YAML: {error.problem}", _yaml_hint(text, line))]) from None
    except yaml.YAMLError as error:
        line, column = _position(text, getattr(error, "position", 0) or 0)
        raise Problems([Problem(file, line, column, "a character that YAML does not allow")]) from None
    problems = list(_duplicates(file, root)) if root else []
    if problems:
        raise Problems(problems)
    return Source(file, root, _data(root) if root else None)


def _position(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _yaml_hint(text: str, line: int) -> str:
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "YAML is indented with spaces, not tabs"
    if re.search(r":\S", written) and ": " not in written:
        return "put a space after the colon"
    if written.count(": ") > 1:
        return 'put quotes around a text that contains ": "'
    return "look at this line and the one before: a missing colon, quote or bracket?"


def _forbidden(file: str, text: str) -> Iterator[Problem]:
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            yield Problem(file, line, column, "aliases (`*name`) are not allowed", "write the value out")
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield Problem(file, line, column, f"nested more than {MAX_DEPTH} levels deep")
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                yield Problem(file, line, column, "a second document (`---`) begins here", "one file, one document")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            yield Problem(file, line, column, f"tags (`{tag}`) are not allowed")


def _duplicates(file: str, node: yaml.Node) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line, column = key.start_mark.line + 1, key.start_mark.column + 1
            if not isinstance(key, yaml.ScalarNode):
                yield Problem(file, line, column, "a key must be plain text")
                continue
            if key.value in seen:
                hint = f"first written on line {seen[key.value]}"
                yield Problem(file, line, column, f"key `{key.value}` is written twice", hint)
            seen.setdefault(key.value, line)
            yield from _duplicates(file, value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _duplicates(file, child)


def _data(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _data(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_data(child) for child in node.value]
    kind = node.tag.rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value) if len(node.value) <= 40 else node.value
    return node.value
