"""Records: dataclasses that nobody changes once they are made.

That nobody does is held by the type checker. Holding it while running too, as frozen dataclasses do, would take a sixth
of a run: each class has its own refusals written and compiled at every start. For the same reason a record becomes a
dataclass when one is made, compared or asked for its fields, and not before: most runs need a third of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

FRESH = "__fresh__"
"""Where a record keeps what makes the fields that begin as an empty list or mapping of their own."""


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """A dataclass with named fields, equal by what it says, and never changed."""
    return _later(kind, kw_only=True)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def plain_record(kind: type[T]) -> type[T]:
    """A record whose fields may be given in their order, and that can be a key."""
    return _later(kind, unsafe_hash=True)


@dataclass_transform(frozen_default=True, eq_default=False, field_specifiers=(field,))
def unique(kind: type[T]) -> type[T]:
    """A record that is equal only to itself: what is too large to be compared, or need not be."""
    return _later(kind, eq=False)


def is_record(kind: object) -> bool:
    """Whether this is a class of records."""
    return isinstance(kind, type) and FRESH in vars(kind)


def filled(kind: type[T], data: dict[str, Any]) -> T:
    """A record of data that were plain before, which are used up. They are taken as they are: nothing is checked."""
    for name, fresh in getattr(kind, FRESH).items():
        if name not in data:
            data[name] = fresh()
    one = kind.__new__(kind)
    one.__dict__ = data
    return one


def _later(kind: type[T], **options: Any) -> type[T]:
    make: Callable[[type[T]], type[T]] = dataclass(repr=False, **options)

    def become() -> None:
        for name in stand_ins:
            delattr(kind, name)
        make(kind)

    def begin(self: T, *given: Any, **named: Any) -> None:
        become()
        self.__init__(*given, **named)  # type: ignore[misc]

    def equal(self: T, other: object) -> bool:
        become()
        return self == other

    def hashed(self: T) -> int:
        become()
        return hash(self)

    stand_ins: dict[str, Any] = {"__init__": begin, "__dataclass_fields__": _Asked(become)}
    if options.get("eq", True):
        stand_ins |= {"__eq__": equal, "__hash__": hashed}
    fresh = {name: value.default_factory for name, value in vars(kind).items() if isinstance(value, Field)}
    setattr(kind, FRESH, {**getattr(kind, FRESH, {}), **fresh})
    for name, stand_in in stand_ins.items():
        setattr(kind, name, stand_in)
    kind.__repr__ = _told  # type: ignore[method-assign]
    return kind


class _Asked:
    """Stands for the fields of a record until they are asked for."""

    def __init__(self, become: Callable[[], None]) -> None:
        self.become = become

    def __get__(self, one: object, kind: type) -> Any:
        self.become()
        return kind.__dataclass_fields__  # type: ignore[attr-defined]


def _told(one: Any) -> str:
    return f"{type(one).__name__}({', '.join(f'{part.name}={getattr(one, part.name)!r}' for part in fields(one))})"
