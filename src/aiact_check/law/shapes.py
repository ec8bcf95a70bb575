"""How a condition is taken from a file and described to an editor, and where in a file's data conditions stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from aiact_check.law import condition

CONDITION_MARK = "a condition"


class _ConditionShape:
    """Lets pydantic take a condition as plain data; `rulebase` checks it with `condition.misshapen`."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.any_schema()

    @staticmethod
    def __get_pydantic_json_schema__(schema: Any, handler: Any) -> Any:
        return {"$comment": CONDITION_MARK}


Condition = Annotated[Mapping[str, Any], _ConditionShape]

CONDITION_KEYS = frozenset({"when", "asked_if", "lower_if"})


def conditions(data: Any, path: condition.Path = ()) -> Iterator[tuple[condition.Path, Any]]:
    """Every condition in a file's data, well formed or not, and where it stands."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        if key in CONDITION_KEYS and value is not None:
            yield (*path, key), value
        else:
            yield from conditions(value, (*path, key))
