"""Plain data of records, and records of plain data again."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache, partial
from typing import Any, TypeVar

from aiact_check.record import filled, is_record

T = TypeVar("T")


def plain(one: Any) -> Any:
    """Plain data of a record and all it holds, without the fields that are as they are where nothing is said."""
    if is_dataclass(one):
        told = ((part, getattr(one, part.name)) for part in fields(one))
        return {part.name: plain(value) for part, value in told if value != _unsaid(part)}
    if isinstance(one, list):
        return [plain(item) for item in one]
    if isinstance(one, Mapping):
        return {key: plain(value) for key, value in one.items()}
    return one


def _unsaid(part: Field[Any]) -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory()


def build(shape: type[T], data: Any) -> T:
    """An instance of a dataclass, or of a container of them, of the plain data that pydantic has checked before.

    The data are used up: their parts become parts of what is built.
    """
    return typing.cast("T", _builder(typing.cast("typing.Hashable", shape))(data))


@cache
def _builder(shape: Any) -> Any:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if is_record(shape) or is_dataclass(shape):
        hints = typing.get_type_hints(shape)
        makers = [(name, maker) for name, hint in hints.items() if (maker := _builder(hint)) is not _as_is]
        return partial(_of_parts, partial(filled, shape) if is_record(shape) else partial(_named, shape), makers)
    if origin in (list, dict, Mapping, typing.get_origin(Mapping[str, int])):
        maker = _builder(arguments[-1])
        if maker is _as_is:
            return _as_is
        if origin is list:
            return lambda data: [maker(item) for item in data]
        return lambda data: {key: maker(value) for key, value in data.items()}
    if origin in (typing.Union, types.UnionType):
        makers_of = [maker for argument in arguments if (maker := _builder(argument)) is not _as_is]
        return makers_of[0] if makers_of else _as_is
    return _as_is


def _of_parts(whole: Callable[[dict[str, Any]], Any], makers: list[tuple[str, Any]], data: dict[str, Any]) -> Any:
    for name, make in makers:
        if data.get(name) is not None:
            data[name] = make(data[name])
    return whole(data)


def _named(shape: Any, data: dict[str, Any]) -> Any:
    return shape(**data)


def _as_is(data: Any) -> Any:
    return data
