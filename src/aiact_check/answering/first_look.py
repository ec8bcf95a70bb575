"""A first look at whether data fit a schema, without the library that says what is wrong where they do not.

Loading that library takes longer than assessing a system. This look knows only what our schemas use; what it is not
sure of does not fit, and the library decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from aiact_check.reading import meant

Schema = Mapping[str, Any]
Defs = Mapping[str, Schema]

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}


def surely_fits(schema: Schema, data: Any) -> bool:
    """Whether data fit a schema, said only where it is sure."""
    return _fits(schema, data, schema.get("$defs", {}))


def _fits(schema: Schema, data: Any, defs: Defs) -> bool:
    return all(KEYWORDS.get(keyword, UNSURE)(wanted, data, schema, defs) for keyword, wanted in schema.items())


def _type(wanted: str | list[str], data: Any, _schema: Schema, _defs: Defs) -> bool:
    return type(data) in [TYPES[name] for name in ([wanted] if isinstance(wanted, str) else wanted)]


def _enum(wanted: list[Any], data: Any, _schema: Schema, _defs: Defs) -> bool:
    return any(data is option or (type(data) is str and data == option) for option in wanted)


def _properties(wanted: Mapping[str, Schema], data: Any, _schema: Schema, defs: Defs) -> bool:
    return data is None or all(key not in wanted or _fits(wanted[key], value, defs) for key, value in data.items())


def _no_others(wanted: bool, data: Any, schema: Schema, _defs: Defs) -> bool:
    return data is None or (wanted is False and data.keys() <= schema["properties"].keys())


def _items(wanted: Schema, data: Any, _schema: Schema, defs: Defs) -> bool:
    return all(_fits(wanted, item, defs) for item in data)


KEYWORDS: Mapping[str, Callable[[Any, Any, Schema, Defs], bool]] = {
    "$schema": lambda *_: True,
    "title": lambda *_: True,
    "$defs": lambda *_: True,
    "type": _type,
    "enum": _enum,
    "const": lambda wanted, data, _schema, _defs: data is wanted,
    "properties": _properties,
    "additionalProperties": _no_others,
    "required": lambda wanted, data, _schema, _defs: data is None or all(key in data for key in wanted),
    "items": _items,
    "uniqueItems": lambda _wanted, data, _schema, _defs: len({repr(item) for item in data}) == len(data),
    "anyOf": lambda wanted, data, _schema, defs: any(_fits(option, data, defs) for option in wanted),
    "$ref": lambda wanted, data, _schema, defs: _fits(defs[wanted.removeprefix("#/$defs/")], data, defs),
    "pattern": lambda wanted, data, _schema, _defs: re.search(wanted, data) is not None,
    "maxLength": lambda wanted, data, _schema, _defs: len(data) <= wanted,
    "minimum": lambda wanted, data, _schema, _defs: data >= wanted,
    "maximum": lambda wanted, data, _schema, _defs: data <= wanted,
    "format": lambda _wanted, data, _schema, _defs: meant.is_day(data),
}
"""How each keyword is looked at. `type` comes first in every schema of ours: the others may count on it."""
UNSURE: Callable[[Any, Any, Schema, Defs], bool] = lambda *_: False  # noqa: E731 - like its neighbours
"""How a keyword that this look does not know is looked at."""
