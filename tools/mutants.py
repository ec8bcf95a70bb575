"""Breaks the rules one small way at a time and asks whether a case or an example notices.

`python tools/mutants.py [LIMIT]`. A mutant drops a part, swaps all and any, drops a not, a choice or a derogation, or
moves a number or a date by one. It is killed when an example of a rule, or what a case of tests/cases/ asserts, comes
out otherwise. Prints every survivor and the score.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from aiact_check import answers, rulebase
from aiact_check.condition import Condition
from aiact_check.evaluate import Answer, Values
from aiact_check.lawbook import RuleBase, named, normalise
from aiact_check.model import Rule
from aiact_check.source import parse
from tests import agreement


@dataclass(frozen=True)
class Expectation:
    """Answers on a day, a rule, and the values it may have."""

    day: datetime.date
    given: dict[str, Answer]
    rule: str
    values: frozenset[str]


def mutants(node: Condition) -> Iterator[Condition]:
    """Every condition that differs from this one in one small way."""
    if "not" in node:
        yield node["not"]
        yield from ({"not": mutant} for mutant in mutants(node["not"]))
    elif "all" in node or "any" in node:
        yield from _of_parts(node)
    else:
        yield from _of_test(node)


def _of_parts(node: Condition) -> Iterator[Condition]:
    key, other = ("all", "any") if "all" in node else ("any", "all")
    parts = node[key]
    if len(parts) > 1:
        yield {other: parts}
        yield from ({key: parts[:index] + parts[index + 1 :]} for index in range(len(parts)))
    for index, part in enumerate(parts):
        yield from ({key: [*parts[:index], mutant, *parts[index + 1 :]]} for mutant in mutants(part))


def _of_test(node: Condition) -> Iterator[Condition]:
    for key in set(node) & {"has", "one_of"}:
        if isinstance(node[key], list) and len(node[key]) > 1:
            for choice in node[key]:
                yield {**node, key: [other for other in node[key] if other != choice]}
    for key in set(node) & {"at_least", "below"}:
        yield from ({**node, key: node[key] + by} for by in (-1, 1))
    for key in set(node) & {"before", "on_or_after"}:
        if str(node[key])[:1].isdigit():
            day = datetime.date.fromisoformat(node[key])
            yield from ({**node, key: (day + datetime.timedelta(days=by)).isoformat()} for by in (-1, 1))


def broken(base: RuleBase) -> Iterator[tuple[str, str, Rule]]:
    """Each mutant: the rule it breaks, what was done, and the broken rule."""
    for rule in base.rules.values():
        for start, version in rule.versions.items():
            for index, when in enumerate(mutants(version.when) if version.when else ()):
                versions = {**rule.versions, start: replace(version, when=when)}
                yield rule.id, f"{start} mutant {index}: {when}", replace(rule, versions=versions)
        for overridden in rule.derogates_from:
            left = [other for other in rule.derogates_from if other != overridden]
            yield rule.id, f"no longer overrides {overridden}", replace(rule, derogates_from=left)


def expectations(base: RuleBase) -> Iterator[Expectation]:
    """What the examples of rules and the cases assert."""
    for rule in base.rules.values():
        for example in rule.examples:
            told = {fact: normalise(base.questions[fact], value) for fact, value in example.given.items()}
            given = {fact: answer for fact, answer in told.items() if answer is not None}
            day = datetime.date.fromisoformat(example.as_of or base.acts.known_to)
            yield Expectation(day, given, rule.id, frozenset({str(example.then).lower()}))
    for file in agreement.files():
        source = parse(file.name, file.read_bytes())
        told = source.data.pop("case")
        asserts = told["asserts"]
        if told.get("disagreement"):
            continue
        answered: Any = dict(answers.understand(source, base, "").answers)
        day = datetime.date.fromisoformat(asserts.get("as_of", "2026-11-23"))
        tiers = {rule.tier: rule.id for rule in base.rules.values() if rule.tier and rule.kind == "classification"}
        wanted = [(rule_id, {"true"}) for rule_id in asserts.get("holds", [])]
        wanted += [(rule_id, {"false"}) for rule_id in asserts.get("refuted", [])]
        wanted += [(rule_id, {"false", "unknown"}) for rule_id in asserts.get("fails", [])]
        wanted += [(f"roles/{role}", {"true"}) for role in asserts.get("roles", [])]
        if asserts.get("tier") in tiers:
            wanted.append((tiers[asserts["tier"]], {"true"}))
        for rule_id, values in wanted:
            yield Expectation(day, answered, rule_id, frozenset(values))


def resting_on(base: RuleBase) -> dict[str, set[str]]:
    """By rule, the rules whose value it can change, itself included."""
    users: dict[str, set[str]] = {rule_id: set() for rule_id in base.rules}
    for rule in base.rules.values():
        for version in rule.versions.values():
            names = named(version.when)
            for test in names.tests:
                gate = base.questions[test.fact].asked_if
                names.rules |= named(gate).rules
            for other in names.rules:
                users[other].add(rule.id)
        for overridden in rule.derogates_from:
            users[rule.id].add(overridden)
    reached: dict[str, set[str]] = {}
    for rule_id in users:
        found, todo = {rule_id}, [rule_id]
        while todo:
            for user in users[todo.pop()] - found:
                found.add(user)
                todo.append(user)
        reached[rule_id] = found
    return reached


def killed(base: RuleBase, mutant: Rule, tried: list[Expectation]) -> bool:
    """Whether some expectation no longer holds with this rule in place."""
    changed = replace(base, rules={**base.rules, mutant.id: mutant})
    laws = {day: changed.law(day) for day in {expected.day for expected in tried}}
    return any(
        Values(laws[expected.day], expected.given).rule(expected.rule).value not in expected.values
        for expected in tried
    )


def main(limit: int | None) -> None:
    """Run the mutants, all or a fixed sample of them, and print the score."""
    base = rulebase.load()
    told = list(expectations(base))
    reached = resting_on(base)
    everything = list(broken(base))
    sample = everything if limit is None else random.Random(1).sample(everything, min(limit, len(everything)))
    survivors = []
    for rule_id, what, mutant in sample:
        near = [expected for expected in told if expected.rule == rule_id]
        far = [expected for expected in told if expected.rule in reached[rule_id] and expected.rule != rule_id]
        if not killed(base, mutant, near) and not killed(base, mutant, far):
            survivors.append(f"{rule_id}: {what}")
    print("\n".join(survivors))
    print(f"{len(sample)} of {len(everything)} mutants tried, {len(survivors)} survived: "
          f"{100 * (1 - len(survivors) / len(sample)):.1f} % killed")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
