"""Tries a rule base: that no rule depends on itself, and that the examples of rules come out as written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from aiact_check.law.asked import Question
from aiact_check.law.condition import Condition, named
from aiact_check.law.evaluate import Values
from aiact_check.law.lawbook import UNKNOWN, RuleBase, normalise
from aiact_check.law.truth import Truth
from aiact_check.reading.source import DataPath


def in_a_circle(rulebase: RuleBase) -> list[str]:
    """The rules that rest on themselves, through conditions, derogations or the gates of questions."""
    needs: dict[str, set[str]] = {rule_id: set() for rule_id in rulebase.rules}
    for rule in rulebase.rules.values():
        for version in rule.versions.values():
            needs[rule.id] |= _needs(rulebase, version.when)
        for overridden in rule.derogates_from:
            needs[overridden].add(rule.id)
    done: set[str] = set()
    circular: list[str] = []

    def visit(rule_id: str, above: tuple[str, ...]) -> None:
        if rule_id in above:
            circular.append(rule_id)
        elif rule_id not in done:
            for other in sorted(needs[rule_id]):
                visit(other, (*above, rule_id))
            done.add(rule_id)

    for rule_id in sorted(needs):
        visit(rule_id, ())
    return circular


def _needs(rulebase: RuleBase, condition: Condition | None) -> set[str]:
    names = named(condition)
    rules = set(names.rules)
    for test in names.tests:
        rules |= _needs(rulebase, rulebase.questions[test.fact].asked_if)
    return rules


def failing_examples(rulebase: RuleBase, rule_id: str) -> Iterator[tuple[DataPath, str]]:
    """The examples of a rule that do not come out as written: (path, message)."""
    for index, example in enumerate(rulebase.examples[rule_id]):
        law = rulebase.law(date.fromisoformat(example.as_of or rulebase.acts.known_to))
        here: DataPath = ("examples", index)
        strange = [fact for fact, value in example.given.items() if not fits(rulebase.questions.get(fact), value)]
        for fact in strange:
            yield (*here, "given", fact), f"no question `{fact}` takes this answer"
        if strange:
            continue
        given = {fact: normalise(rulebase.questions[fact], value) for fact, value in example.given.items()}
        answers = {fact: answer for fact, answer in given.items() if answer is not None}
        found = Values(law, answers).rule(rule_id)
        expected = Truth(str(example.then).lower())
        if found is not expected:
            yield here, f"this example is {found.value}, not {expected.value}"


def fits(question: Question | None, value: Any) -> bool:
    """Whether the schema of answers would take this; a test cannot ask it for each example, since it is slow."""
    if question is None:
        return False
    known = [*question.choices, UNKNOWN, None]
    match question.type:
        case "choices":
            return value in (UNKNOWN, None) or (isinstance(value, list) and all(choice in known for choice in value))
        case "choice":
            return value in known
        case "yes_no":
            return value in (True, False, *known)
        case "number":
            return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)
