"""Records: dataclasses that nobody changes once they are made.

That nobody does is held by the type checker. Holding it while running too, as frozen dataclasses do, would take a sixth
of a run: each class has its own refusals written and compiled at every start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """A dataclass with named fields, equal by what it says, and never changed."""
    return _made(kind, kw_only=True)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def plain_record(kind: type[T]) -> type[T]:
    """A record whose fields may be given in their order, and that can be a key."""
    return _made(kind, unsafe_hash=True)


def _made(kind: type[T], **options: Any) -> type[T]:
    make: Callable[[type[T]], type[T]] = dataclass(repr=False, **options)
    made = make(kind)
    made.__repr__ = _told  # type: ignore[method-assign]
    return made


def _told(one: Any) -> str:
    return f"{type(one).__name__}({', '.join(f'{name}={getattr(one, name)!r}' for name in one.__dataclass_fields__)})"
