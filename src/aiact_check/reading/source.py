"""YAML files as plain data that remembers where each value was written. Every file is hostile until read here."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import Any, BinaryIO

import yaml

from aiact_check.reading import broken, foreign, strict
from aiact_check.reading.problem import Hint, Problem, Problems
from aiact_check.record import unique
from aiact_check.text import NB, Text, phrase

MAX_BYTES = 1_000_000
MAX_MENDED = 30
"""How many lines that are not YAML are put right to read on."""
MENDED_BYTES = 60_000
"""Files beyond this are not read on: no questionnaire is that long."""

DataPath = tuple[str | int, ...]


@unique
class Source:
    """One YAML file: its data, and where each part of the data stands."""

    file: str
    root: yaml.Node | None
    data: Any
    text: str = ""
    flaws: tuple[Problem, ...] = ()
    """What is wrong with the file as YAML, though it could be read."""
    places: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(default_factory=dict)
    """By node, its keys: a block of thousands is searched once, not once a problem."""

    def problem(self, path: DataPath, message: str | Text, hint: Hint = "", *, at_key: bool = False) -> Problem:
        """A problem at the deepest part of `path` that the file has; `at_key` points at the key, not its value."""
        line, column = self._place(path, at_key)
        return Problem(self.file, line, column, message, hint)

    def at(self, node: yaml.Node, message: str | Text, hint: Hint = "") -> Problem:
        """A problem where a node begins."""
        return Problem(self.file, node.start_mark.line + 1, node.start_mark.column + 1, message, hint)

    def again(self) -> Source:
        """The same file, its data taken anew from its nodes."""
        return replace(self, data=strict.data(self.root) if self.root else None, places={})

    def _place(self, path: DataPath, at_key: bool) -> tuple[int, int]:
        node = self.root
        if node is None:
            return 1, 1
        mark = node.start_mark
        for step in path:
            if isinstance(node, yaml.MappingNode):
                found = self._keys(node).get(str(step))
                if found is None:
                    break
                key, node = found
                mark = key.start_mark if at_key or isinstance(node, yaml.CollectionNode) else node.start_mark
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                mark = node.start_mark
            else:
                break
        return mark.line + 1, mark.column + 1

    def _keys(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        if id(node) not in self.places:
            self.places[id(node)] = {key.value: (key, value) for key, value in reversed(node.value)}
        return self.places[id(node)]


def read(path: Path, name: str | None = None, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, refused when it is missing, not a file, or larger than `most`.

    Raises Problem.
    """
    file = name or str(path)
    with opened(path, file) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        message = phrase("problems.too_large", most=Text(f"{most:,}", f"{most:,}".replace(",", NB)))
        raise Problem(file, 1, 1, message, phrase("problems.too_large_hint"))
    return data


@contextmanager
def opened(path: Path, file: str) -> Iterator[BinaryIO]:
    """A file open for reading, refused when it is missing, not a file, or cannot be read.

    Raises Problem.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Problem(file, 1, 1, phrase("problems.folder"))
        if not stat.S_ISREG(mode):
            raise Problem(file, 1, 1, phrase("problems.no_plain_file"), phrase("problems.no_plain_file_hint"))
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise Problem(file, 1, 1, phrase("problems.no_file")) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Problem(file, 1, 1, phrase("problems.unreadable", why=why)) from None


def parse(file: str, content: bytes) -> Source:
    """The data of a YAML file, read strictly: one document, no duplicate keys, no tags, aliases within limits.

    Raises Problems with every problem found.
    """
    source = skim(file, content)
    if source.flaws:
        raise Problems(list(source.flaws))
    return source


def skim(file: str, content: bytes) -> Source:
    """The data of a YAML file as far as it can be read, with the flaws that were put right to read on.

    Raises Problems where it cannot be read on.
    """
    flaws: list[Problem] = []
    text = _decoded(file, content, flaws).replace("\r\n", "\n")
    for found in broken.indented_wrongly(text):
        flaws.append(Problem(file, found.line, found.column, found.message, found.hint))
        text = found.mended or text
    root, text = _composed(file, text, flaws)
    duplicates = list(strict.duplicates(file, root)) if root else []
    if any(not isinstance(problem, strict.Twice) for problem in duplicates):
        raise Problems([*flaws, *duplicates])
    return Source(file, root, None, text, (*flaws, *duplicates)).again()


def _decoded(file: str, content: bytes, flaws: list[Problem]) -> str:
    """The text of a file. Another encoding than UTF-8 is a flaw, another kind of file the end."""
    kind = foreign.kind(content)
    if kind:
        hint = phrase("problems.kinds.of_many" if kind in ("excel", "table") else "problems.kinds.hint")
        raise Problems([Problem(file, 1, 1, phrase(f"problems.kinds.{kind}"), hint)])
    found = foreign.encoding(content)
    if found.name != "utf-8":
        message = phrase(f"problems.encodings.{found.name}", sign=found.sign)
        flaws.append(Problem(file, found.line, found.column, message, phrase("problems.encodings.hint")))
    return found.text


def _composed(file: str, text: str, flaws: list[Problem]) -> tuple[yaml.Node | None, str]:
    """The nodes of a text, and the text itself with what kept it from being YAML put right."""
    for _ in range(MAX_MENDED):
        try:
            forbidden = list(strict.forbidden(file, text))
            if forbidden:
                raise Problems([*flaws, *forbidden])
            return yaml.compose(text, Loader=strict.Loader), text
        except yaml.YAMLError as error:
            found = broken.find(text, error)
        flaws.append(Problem(file, found.line, found.column, found.message, found.hint))
        if found.mended is None or len(text) > MENDED_BYTES:
            break
        text = found.mended
    raise Problems(flaws)
