"""Columns as a text of SQL, of what all databases share: AND, OR and NOT as Kleene has them, NULL for unknown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aiact_check.law.columns import Columns, program
from aiact_check.law.condition import Condition
from aiact_check.law.evaluate import Law


class Clauses:
    """The language of SQL."""

    def column(self, name: str) -> str:
        return name

    def literal(self, value: bool | None) -> str:
        return "CAST(NULL AS BOOLEAN)" if value is None else str(value).upper()

    def all(self, parts: list[str]) -> str:
        return f"({' AND '.join(parts)})"

    def any(self, parts: list[str]) -> str:
        return f"({' OR '.join(parts)})"

    def negate(self, part: str) -> str:
        return f"(NOT {part})"

    def known(self, part: str) -> str:
        return f"({part} IS NOT NULL)"

    def one_of(self, part: str, values: Sequence[str]) -> str:
        return f"({part} IN ({', '.join(map(_quoted, values))}))"

    def compare(self, part: str, sign: str, value: int | str) -> str:
        return f"({part} {sign} {value if isinstance(value, int) else _quoted(value)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def text(law: Law, conditions: Mapping[str, Condition], table: str, carried: Iterable[str] = (), hint: str = "") -> str:
    """A query that says of each row of a table of answers what the conditions are.

    `hint` follows `AS` where a database would otherwise write each step into the next, over and over.
    """
    compiled = program(Columns(law, Clauses()), conditions, carried)
    steps = []
    before = table
    for number, (step, keep) in enumerate(zip(compiled.steps, compiled.keep, strict=True)):
        columns = [*keep, *(f"{said} AS {name}" for name, said in step.items())]
        said = f"SELECT {', '.join(columns)}\n  FROM {before}"  # noqa: S608 - all of it is the law's own
        steps.append(f"step_{number} AS {hint}(\n  {said}\n)")
        before = f"step_{number}"
    return f"WITH {', '.join(steps)}\nSELECT {', '.join(compiled.results)}\nFROM {before}\n"
