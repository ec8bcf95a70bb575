"""Values that a YAML file names once (`&name`) and refers to again (`*name`), as programs write them.

They are read within limits. What counts is the size of the file with every reference written out, so that a small
file cannot grow into a large one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from aiact_check.text import Text, phrase

MOST = 10_000
"""How many values all references of a file may add together."""

Found = tuple[yaml.Event, Text, Text]
"""Where something is wrong, what, and what to do."""


@dataclass
class _Extent:
    """How far a value reaches: how many values it holds, and how deeply it is nested."""

    anchor: str | None = None
    size: int = 1
    height: int = 1


@dataclass
class References:
    """Follows the references of a file, event by event."""

    deepest: int
    """How deeply values may be nested, references included."""
    open: list[_Extent] = field(default_factory=list)
    known: dict[str, _Extent] = field(default_factory=dict)
    unused: dict[str, yaml.Event] = field(default_factory=dict)
    added: int = 0

    def follow(self, event: yaml.Event) -> Iterator[Found]:
        """What is wrong with the reference or the name in this event."""
        if isinstance(event, yaml.AliasEvent):
            yield from self._refer(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._name(event)
            self.open.append(_Extent(event.anchor))
        elif isinstance(event, yaml.ScalarEvent):
            self._name(event)
            self._close(_Extent(event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(self.open.pop())
        elif isinstance(event, yaml.DocumentEndEvent):
            for name, where in self.unused.items():
                yield where, phrase("problems.anchor", name=name), phrase("problems.anchor_hint")

    def _name(self, event: yaml.NodeEvent) -> None:
        if event.anchor is not None:
            self.known.pop(event.anchor, None)
            self.unused.setdefault(event.anchor, event)

    def _close(self, extent: _Extent) -> None:
        if extent.anchor is not None:
            self.known[extent.anchor] = extent
        if self.open:
            self.open[-1].size += extent.size
            self.open[-1].height = max(self.open[-1].height, extent.height + 1)

    def _refer(self, event: yaml.AliasEvent) -> Iterator[Found]:
        name = str(event.anchor)
        meant = self.known.get(name)
        self.unused.pop(name, None)
        if meant is None:
            inside = any(extent.anchor == name for extent in self.open)
            key = "problems.alias_inside" if inside else "problems.alias"
            yield event, phrase(key, name=name), phrase("problems.alias_hint")
            return
        self.added += meant.size
        if self.added > MOST or len(self.open) + meant.height > self.deepest:
            yield event, phrase("problems.alias_grows", most=MOST), phrase("problems.alias_grows_hint")
        self._close(_Extent(None, meant.size, meant.height))
