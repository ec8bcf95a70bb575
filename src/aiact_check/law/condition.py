"""The condition language: ten shapes of plain data, as written in YAML, and one fold over them."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, TypeVar

from aiact_check.record import plain_record

Condition = Mapping[str, Any]
Path = tuple[str | int, ...]

RULE_ID = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*")
FACT_ID = re.compile(r"[a-z][a-z0-9_]*")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MILESTONE_ID = re.compile(r"[a-z][a-z0-9-]*")

COMPARISONS = ("one_of", "has", "at_least", "below", "before", "on_or_after")


@plain_record
class Test:
    """One comparison of one fact: `is` (yes), or one of COMPARISONS with its operand."""

    fact: str
    operator: str
    operand: Any = None


T = TypeVar("T")


class Algebra(Protocol[T]):
    """What a fold makes of each shape."""

    def all(self, parts: list[T]) -> T: ...
    def any(self, parts: list[T]) -> T: ...
    def negate(self, part: T) -> T: ...
    def rule(self, rule_id: str) -> T: ...
    def test(self, test: Test) -> T: ...


def fold(node: Condition, algebra: Algebra[T]) -> T:
    """Give each part of a condition to `algebra`, inside out. The only traversal of conditions there is."""
    if "fact" in node:
        for operator in node:
            if operator != "fact":
                return algebra.test(Test(node["fact"], operator, node[operator]))
        return algebra.test(Test(node["fact"], "is"))
    if "rule" in node:
        return algebra.rule(node["rule"])
    if "not" in node:
        return algebra.negate(fold(node["not"], algebra))
    if "all" in node:
        return algebra.all([fold(part, algebra) for part in node["all"]])
    return algebra.any([fold(part, algebra) for part in node["any"]])


Prepared = Callable[[Algebra[Any]], Any]
"""A condition as what it gives an algebra, so that folding it again need not read its shape again."""


class _Preparing:
    """The algebra that prepares a condition."""

    def rule(self, rule_id: str) -> Prepared:
        return lambda algebra: algebra.rule(rule_id)

    def test(self, test: Test) -> Prepared:
        return lambda algebra: algebra.test(test)

    def all(self, parts: list[Prepared]) -> Prepared:
        return lambda algebra: algebra.all([part(algebra) for part in parts])

    def any(self, parts: list[Prepared]) -> Prepared:
        return lambda algebra: algebra.any([part(algebra) for part in parts])

    def negate(self, part: Prepared) -> Prepared:
        return lambda algebra: algebra.negate(part(algebra))


def prepared(condition: Condition) -> Prepared:
    """A condition made ready to be folded many times."""
    return fold(condition, _Preparing())


class Names:
    """The algebra that collects the rules and tests a condition names."""

    def __init__(self) -> None:
        self.rules: set[str] = set()
        self.tests: list[Test] = []

    def rule(self, rule_id: str) -> None:
        self.rules.add(rule_id)

    def test(self, test: Test) -> None:
        self.tests.append(test)

    def all(self, parts: list[None]) -> None: ...
    def any(self, parts: list[None]) -> None: ...
    def negate(self, part: None) -> None: ...


def named(condition: Condition | None) -> Names:
    """The rules and tests a condition names itself."""
    names = Names()
    if condition:
        fold(condition, names)
    return names


def misshapen(node: Any, path: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """What is wrong with the shape of a condition: (path, message, hint) of each mistake."""
    if not isinstance(node, Mapping):
        yield path, "a condition is a mapping", "for example { fact: is_employer }"
        return
    keys = set(node)
    if keys & {"all", "any"} and len(keys) == 1:
        key = next(iter(keys))
        if not isinstance(node[key], list) or not node[key]:
            yield (*path, key), f"`{key}` takes a list of conditions with at least one part", ""
            return
        for index, part in enumerate(node[key]):
            yield from misshapen(part, (*path, key, index))
    elif keys == {"not"}:
        yield from misshapen(node["not"], (*path, "not"))
    elif keys == {"rule"}:
        if not isinstance(node["rule"], str) or not RULE_ID.fullmatch(node["rule"]):
            yield (*path, "rule"), "`rule` takes the id of a rule", "the path of its file below rules/, without .yaml"
    elif "fact" in keys and len(keys) <= 2:
        yield from _misshapen_test(node, path)
    else:
        yield path, f"not a condition: {', '.join(sorted(map(str, keys))) or 'nothing'}", _SHAPES


_SHAPES = "all, any, not, rule, or fact with at most one of " + ", ".join(COMPARISONS)


def _misshapen_test(node: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str, str]]:
    if not isinstance(node["fact"], str) or not FACT_ID.fullmatch(node["fact"]):
        yield (*path, "fact"), "`fact` takes the id of a question", ""
    for key in set(node) - {"fact"}:
        value, here = node[key], (*path, key)
        texts = value if isinstance(value, list) else [value]
        if key not in COMPARISONS:
            yield here, f"unknown comparison `{key}`", "one of " + ", ".join(COMPARISONS)
        elif key == "one_of" and not isinstance(value, list):
            yield here, "`one_of` takes a list of choices", ""
        elif key in ("one_of", "has") and not (texts and all(isinstance(text, str) for text in texts)):
            yield here, f"`{key}` takes the ids of choices", ""
        elif key in ("at_least", "below") and (isinstance(value, bool) or not isinstance(value, int)):
            yield here, f"`{key}` takes a whole number", ""
        elif key in ("before", "on_or_after") and not (
            isinstance(value, str) and (DAY.fullmatch(value) or MILESTONE_ID.fullmatch(value))
        ):
            yield here, f"`{key}` takes a date (2026-08-02) or a milestone of calendar.yaml", ""


def _shape(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def schema() -> dict[str, Any]:
    """The JSON Schema of a condition, for editors; nested conditions refer to `#/$defs/Condition`."""
    nested: dict[str, Any] = {"$ref": "#/$defs/Condition"}
    several = {"type": "array", "minItems": 1, "items": nested}
    fact = {"type": "string", "pattern": f"^{FACT_ID.pattern}$", "description": "A fact a question asks for."}
    choice = {"type": "string"}
    choices = {"type": "array", "minItems": 1, "items": choice}
    number, when = {"type": "integer"}, {"type": "string", "description": "A date or a milestone of calendar.yaml."}
    return {
        "description": "A condition over answers and rules; an unanswered question makes it unknown.",
        "oneOf": [
            _shape(all=several),
            _shape(any=several),
            _shape(**{"not": nested}),
            _shape(rule={"type": "string", "pattern": f"^{RULE_ID.pattern}$"}),
            _shape(fact=fact),
            _shape(fact=fact, one_of=choices),
            _shape(fact=fact, has={"anyOf": [choice, choices]}),
            _shape(fact=fact, at_least=number),
            _shape(fact=fact, below=number),
            _shape(fact=fact, before=when),
            _shape(fact=fact, on_or_after=when),
        ],
    }
