"""The small ways in which a rule can be broken, and the law with a rule broken so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import yaml

from aiact_check.law.condition import Condition
from aiact_check.law.evaluate import Law
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Rule, Version

Change = tuple[str, Condition]
"""What was changed, and the condition after it."""

SHOWN = 110


@dataclass(frozen=True, eq=False)
class Mutant:
    """One small break."""

    target: str
    """The rule whose own value the break may change: the broken one, or one that it no longer overrides."""
    change: str
    original: Version
    """The version that is broken; in no other is anything changed."""
    broken: Version | None = None
    """What becomes of it; None: it no longer overrides the target."""
    rule: str = ""

    def law(self, law: Law) -> Law | None:
        """The law given, broken so; None where the version is not in force."""
        if law.versions.get(self.rule) is not self.original:
            return None
        if self.broken:
            return replace(law, versions={**law.versions, self.rule: self.broken})
        left = [other for other in law.derogations[self.target] if other != self.rule]
        return replace(law, derogations={**law.derogations, self.target: left})


def mutants(base: RuleBase) -> Iterator[Mutant]:
    """Every mutant of every rule."""
    for rule in base.rules.values():
        for start, version in rule.versions.items():
            dated = f"{start}: " if len(rule.versions) > 1 else ""
            for change, when in changes(version.when) if version.when else ():
                yield Mutant(rule.id, dated + change, version, replace(version, when=when), rule.id)
        yield from _without_derogation(rule)


def _without_derogation(rule: Rule) -> Iterator[Mutant]:
    version = rule.versions[max(start for start in rule.versions if not rule.versions[start].repealed)]
    for overridden in rule.derogates_from:
        yield Mutant(overridden, f"{rule.id} no longer overrides it", version, None, rule.id)


def changes(node: Condition) -> Iterator[Change]:
    """Every condition that differs from this one in one small way."""
    if "not" in node:
        yield f"without the not of {shown(node['not'])}", node["not"]
        yield from ((change, {"not": other}) for change, other in changes(node["not"]))
    elif "all" in node or "any" in node:
        yield from _of_parts(node)
    else:
        yield from _of_test(node)


def _of_parts(node: Condition) -> Iterator[Change]:
    key, swapped = ("all", "any") if "all" in node else ("any", "all")
    parts = node[key]
    if len(parts) > 1:
        yield f"`{swapped}` for {shown(node)}", {swapped: parts}
    for index, part in enumerate(parts):
        before, after = parts[:index], parts[index + 1 :]
        if len(parts) > 1:
            yield f"without {shown(part)} in its `{key}`", {key: before + after}
        yield from ((change, {key: [*before, other, *after]}) for change, other in changes(part))


def _of_test(node: Condition) -> Iterator[Change]:
    fact = node.get("fact")
    for key in sorted(set(node) & {"has", "one_of"}):
        if isinstance(node[key], list) and len(node[key]) > 1:
            for choice in node[key]:
                yield f"without {choice} in {fact}", {**node, key: [other for other in node[key] if other != choice]}
    for key in sorted(set(node) & {"at_least", "below"}):
        for number in (node[key] - 1, node[key] + 1):
            yield f"{number} for {shown(node)}", {**node, key: number}
    for key in sorted(set(node) & {"before", "on_or_after"}):
        if str(node[key])[:1].isdigit():
            for by in (-1, 1):
                day = (date.fromisoformat(node[key]) + timedelta(days=by)).isoformat()
                yield f"{day} for {shown(node)}", {**node, key: day}


def shown(node: Condition) -> str:
    """A condition on one line, as in the files, cut where it is long."""
    text = yaml.safe_dump(node, default_flow_style=True, sort_keys=False, width=10**6, allow_unicode=True).strip()
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 2]} …"
