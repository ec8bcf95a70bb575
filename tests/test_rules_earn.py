"""Every rule, question and duty earns its place: it makes a difference somewhere.

`python -m tests.test_rules_earn` lists the rules that hold in no case and no questionnaire, only in their own examples.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache

from aiact_check.answering import answers
from aiact_check.assessing.bench import Bench
from aiact_check.law import rulebase
from aiact_check.law.asked import Question
from aiact_check.law.condition import fold, named
from aiact_check.law.evaluate import Answer, Answers, Choices, Law, Values
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.law.model import OWED, Role, Rule
from aiact_check.law.truth import Truth
from aiact_check.reading.source import parse
from tests import agreement
from tests.conftest import EXAMPLES
from tests.test_doubts import PARTING

ONLY_FOR_AUTHORITIES = {
    "established_in_france": "which French authority is shown, never what is owed",
    "established_in_states": "which other authorities are shown, never what is owed",
}
ONLY_FOR_FINES = {
    "public_body_turnover": "whether there is a turnover of which a share can be taken",
    "is_union_institution": "whether the ceilings are those of Article 100",
}
"""Questions no rule turns on, and what they do instead."""
BEHIND_EVERY_DUTY = {"art-99/5": "wrong information given to authorities, whatever the duty"}
"""Penalties no duty names, since they are shown with any."""
TESTER: dict[str, Answer] = {"on_market_or_in_use": False, "real_world_testing": "with_safeguards"}
"""A company that is a provider before it supplies anything: it tests in real conditions."""


@cache
def law(day: str) -> Law:
    return rulebase.load().law(date.fromisoformat(day))


@cache
def days() -> tuple[str, str]:
    """The last day of the Act as published, and the day up to which the law is known."""
    base = rulebase.load()
    amended = max(act.in_force for act in base.acts.acts.values())
    return date.fromordinal(date.fromisoformat(amended).toordinal() - 1).isoformat(), base.acts.known_to


@cache
def systems() -> list[Answers]:
    """The cases and the filled questionnaires."""
    base = rulebase.load()
    return [
        *(agreement.told(file)[1] for file in agreement.files()),
        *(answers.load(file, base).answers for file in EXAMPLES),
    ]


@cache
def found() -> Mapping[str, set[Truth]]:
    """By rule, its values in the systems."""
    values = [Values(law(day), given) for given in systems() for day in days()]
    return {rule_id: {each.rule(rule_id) for each in values} for rule_id in rulebase.load().rules}


def given(base: RuleBase, rule: Rule, then: bool | None = None) -> Iterator[tuple[Law, Answers]]:
    """The answers of a rule's examples, those that come out so, and the law they are about."""
    for example in base.examples[rule.id]:
        if then is None or example.then is then:
            known = {fact: normalise(base.questions[fact], value) for fact, value in example.given.items()}
            stated = {fact: answer for fact, answer in known.items() if answer is not None}
            yield law(example.as_of or base.acts.known_to), stated


def test_every_doubt_that_hangs_on_answers_bears_somewhere_and_is_idle_elsewhere(base: RuleBase) -> None:
    lines = [f"{given}\n{answer}" for given, *either in PARTING.values() for answer in either]
    head = "company: { name: A }\nsystem: { name: B }\nanswers:\n  "
    told = [
        answers.understand(parse("x", (head + line.strip().replace("\n", "\n  ")).encode()), base, "") for line in lines
    ]
    values = [Values(law(days()[1]), each) for each in [*systems(), *(each.answers for each in told)]]
    for rule in base.rules.values():
        for note in rule.interpretation:
            if note.when:
                found = {fold(note.when, value) for value in values}
                assert {Truth.TRUE, Truth.FALSE} <= found, (rule.id, note.en, found)


def test_every_rule_is_true_somewhere_and_false_elsewhere(base: RuleBase) -> None:
    punished_by = {version.penalty for rule in base.rules.values() for version in rule.versions.values()}
    for rule in base.rules.values():
        if rule.kind == "penalty":  # It has no condition of its own: a duty names it.
            assert rule.id in punished_by | set(BEHIND_EVERY_DUTY), rule.id
        else:
            own = {Truth(str(example.then).lower()) for example in base.examples[rule.id]}
            assert {Truth.TRUE, Truth.FALSE} <= found()[rule.id] | own, rule.id


Told = dict[str, set[str]]
"""What is to be shown worth asking of a question: its choices, each with those a condition puts beside it, or ""."""


def told_apart(base: RuleBase) -> dict[str, Told]:
    """By question, the choices that some condition tells apart."""
    wanted: dict[str, Told] = {
        fact: {} if question.choices else {"": set()} for fact, question in base.questions.items()
    }
    conditions = [question.asked_if for question in base.questions.values()]
    conditions += [version.when for rule in base.rules.values() for version in rule.versions.values()]
    conditions += [start.when for schedule in base.schedules.values() for start in schedule.starts]
    for condition in conditions:
        for test in named(condition).tests:
            if test.operator in ("has", "one_of"):
                together = {test.operand} if isinstance(test.operand, str) else set(test.operand)
                for choice in together:
                    wanted[test.fact].setdefault(choice, set()).update(together)
    return wanted


def pairs(question: Question, answer: Answer, choice: str, beside: set[str]) -> Iterator[tuple[Answer, Answer]]:
    """Answers to set against each other: if the result differs, the choice, or the question, is worth asking."""
    if isinstance(answer, Choices):
        for rest in (answer.chosen, answer.chosen - beside, frozenset[str]()):
            yield Choices(rest | {choice}), Choices(rest - {choice})
    elif question.type == "choice":
        yield from ((choice, other) for other in question.choices)
    elif question.type == "yes_no":
        yield True, False
    else:
        ends: tuple[Answer, Answer] = (0, 10**12) if question.type == "number" else ("1900-01-01", "9000-01-01")
        yield from ((answer, end) for end in ends)


def test_every_question_and_every_choice_told_apart_changes_a_result(base: RuleBase) -> None:
    idle = told_apart(base)
    for nearby in (True, False):  # First the rules that name the question themselves: they mostly are enough.
        for rule in base.rules.values():
            near = {test.fact for version in rule.versions.values() for test in named(version.when).tests}
            for in_force, stated in given(base, rule):
                for fact in set(stated) & near if nearby else set(stated) - near:
                    _discard_proved(idle[fact], base.questions[fact], in_force, stated, rule.id, fact)
    assert {fact: set(left) for fact, left in idle.items() if left} == {
        fact: {""} for fact in (*ONLY_FOR_AUTHORITIES, *ONLY_FOR_FINES) if base.questions[fact].type == "yes_no"
    }
    turnovers = {version.turnover for rule in base.rules.values() for version in rule.versions.values()} - {None}
    gates = [question.asked_if for fact, question in base.questions.items() if fact in turnovers]
    wordings = [version for rule in base.rules.values() for version in rule.versions.values()]
    gates += [version.instead.when for version in wordings if version.instead]
    assert set(ONLY_FOR_FINES) <= {test.fact for gate in gates for test in named(gate).tests}
    shown_if = [entry.when for entry in base.surroundings.authorities]
    assert set(ONLY_FOR_AUTHORITIES) <= {test.fact for condition in shown_if for test in named(condition).tests}


def _discard_proved(idle: Told, question: Question, in_force: Law, stated: Answers, rule_id: str, fact: str) -> None:
    """Take out the choices that make a difference to this rule in this example."""
    for choice, beside in list(idle.items()):
        tried = pairs(question, stated[fact], choice, beside)
        if any(_differ(in_force, stated, rule_id, fact, *pair) for pair in tried):
            del idle[choice]


def _differ(in_force: Law, stated: Answers, rule_id: str, fact: str, one: Answer, other: Answer) -> bool:
    values = [Values(in_force, {**stated, fact: answer}).rule(rule_id) for answer in (one, other)]
    return values[0] is not values[1]


def test_every_duty_is_owed_somewhere_by_each_who_may_owe_it(base: RuleBase) -> None:
    lacking = {
        f"{rule.id} {role}"
        for rule in base.rules.values()
        if rule.kind in OWED
        for role in {role for version in rule.versions.values() for role in version.who}
        if not any(is_owed(base, *tried, rule, role) for tried in trials(base, rule, role))
    }
    assert lacking == set()


def trials(base: RuleBase, rule: Rule, role: Role) -> Iterator[tuple[Law, Answers]]:
    """Where a duty may be owed: its own examples, by a company that has the role; the systems."""
    for in_force, stated in given(base, rule, then=True):
        for _, company in companies(base, role):
            yield in_force, {**company, **stated}
            yield in_force, {**stated, **company}
            yield in_force, {**stated, **company, **TESTER}
    if Truth.TRUE in found()[rule.id]:
        for each in systems():
            yield from ((law(day), each) for day in days())


@lru_cache
def companies(base: RuleBase, role: Role) -> list[tuple[Law, Answers]]:
    """The examples of a role."""
    return [each for rule in base.rules.values() if rule.role == role for each in given(base, rule, then=True)]


def is_owed(base: RuleBase, in_force: Law, stated: Answers, rule: Rule, role: Role) -> bool:
    """Whether the role is proved, the duty holds and it starts one day: what `decide` asks of a duty that is sure."""
    version = in_force.versions.get(rule.id)
    if version is None or role not in version.who:
        return False
    values = Values(in_force, stated)
    roles = [each.id for each in base.rules.values() if each.role == role]
    if any(values.rule(rule_id) is not Truth.TRUE for rule_id in (*roles, rule.id)):
        return False
    start = Bench(base, in_force, stated).start(version.applies or "")
    return bool(start.date or start.possible)


if __name__ == "__main__":
    held = found()
    alone = [rule_id for rule_id, values in held.items() if Truth.TRUE not in values]
    sys.stdout.write("\n".join(alone) + f"\n{len(alone)} of {len(held)} rules\n")
