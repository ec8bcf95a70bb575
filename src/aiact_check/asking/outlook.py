"""What would follow from each possible answer to a question, decided by the engine. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aiact_check.answering.together import contradicted, ruled_out
from aiact_check.asking.glance import Glance, glance_at
from aiact_check.assessing.bench import Bench
from aiact_check.law.asked import Question
from aiact_check.law.condition import Test, named
from aiact_check.law.evaluate import NEVER, Answer, Answers, Choices, Law
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.law.model import Role
from aiact_check.text import LANGUAGES, Text, phrase
from aiact_check.wording.typeset import NARROW, day, listed, lower_first, words

CITED = 3


@dataclass(frozen=True)
class Possible:
    """A possible answer: its words, and the answer itself as the engine takes it."""

    label: Text
    answer: Answer


@dataclass(frozen=True)
class Branch:
    """Answers to a question from which the same follows."""

    labels: tuple[Text, ...]
    then: Glance


def branches(base: RuleBase, law: Law, answers: Answers, fact: str) -> list[Branch]:
    """What follows from each possible answer to a question, the same consequences together, in the order of answers.

    Answers that exclude each other with those already given are left out.
    """
    found: dict[Glance, list[Text]] = {}
    bench = Bench(base, law, answers)
    glance_at(bench)
    for possible in possible_answers(base, law, fact):
        trial = {**answers, fact: possible.answer}
        if not any(contradicted(base, trial)):
            kept = _settled(base, trial)
            tried = bench.supposing(fact, possible.answer) if kept == trial else Bench(base, law, kept)
            found.setdefault(glance_at(tried), []).append(possible.label)
    return [Branch(tuple(labels), then) for then, labels in found.items()]


def _settled(base: RuleBase, answers: Answers) -> Answers:
    """The answers without those to questions that no longer arise."""
    gone = {fact for fact, _ in ruled_out(base, answers)}
    return {fact: answer for fact, answer in answers.items() if fact not in gone}


def possible_answers(base: RuleBase, law: Law, fact: str) -> Iterator[Possible]:
    """Answers among which every difference shows that an answer can make: of several choices, none and each alone."""
    question = base.questions[fact]
    if question.type == "yes_no":
        yield from (Possible(phrase(f"answer.{word}"), value) for word, value in (("yes", True), ("no", False)))
        yield from (Possible(label, choice) for choice, label in question.choices.items())
    elif question.choices:
        if question.type == "choices":
            yield Possible(phrase("answer.none"), Choices(frozenset()))
        for choice, label in question.choices.items():
            yield Possible(label, _taken(question, [choice] if question.type == "choices" else choice))
    else:
        yield from _between_bounds(law, fact, question)


def _taken(question: Question, value: Any) -> Answer:
    answer = normalise(question, value)
    assert answer is not None
    return answer


def _between_bounds(law: Law, fact: str, question: Question) -> Iterator[Possible]:
    """For a number or a date, an answer from each span that the law tells apart."""
    tests = [test for version in law.versions.values() for test in named(version.when).tests if test.fact == fact]
    if question.type == "number":
        numbers = sorted({int(test.operand) for test in tests})
        yield from (Possible(phrase("answer.below", bound=_grouped(bound)), bound - 1) for bound in numbers[:1])
        yield from (Possible(phrase("answer.at_least", bound=_grouped(bound)), bound) for bound in numbers)
    else:
        days = sorted({_day(law, test) for test in tests} - {NEVER})
        for bound in days[:1]:
            yield Possible(phrase("answer.before", day=_dated(bound)), "0001-01-01")
        for bound in days:
            yield Possible(phrase("answer.from", day=_dated(bound)), bound)


def _day(law: Law, test: Test) -> str:
    return law.date_of(str(test.operand))


def _grouped(number: int) -> Text:
    return Text(f"{number:,}", f"{number:,}".replace(",", NARROW))


def _dated(iso: str) -> Text:
    return Text(day(iso, "en"), day(iso, "fr"))


def consequence(base: RuleBase, law: Law, now: Glance, then: Glance) -> Text:
    """In a few words, what would be different."""
    parts = []
    if then.tier:
        if then.tier != now.tier or then.grounds != now.grounds:
            parts.append(tiers(then.possible))
        if then.grounds and then.grounds != now.grounds:
            parts[-1] = phrase("outlook.by", tier=parts[-1], cites=_cites(base, law, then))
    elif gone := tuple(tier for tier in now.possible if tier not in then.possible):
        parts.append(phrase("outlook.rules_out", tiers=tiers(gone, "and")))
    parts += _roles(base, now, then)
    if then.starts is not None and then.starts != now.starts:
        parts += _duties(now, then)
    return _commas(parts) if parts else phrase("outlook.nothing" if then.tier else "outlook.open")


def _cites(base: RuleBase, law: Law, then: Glance) -> Text:
    provisions = [base.provision(law.versions[rule_id].cites[0], law.day) for rule_id in then.grounds[:CITED]]
    more = ", …" if len(then.grounds) > CITED else ""
    return Text(", ".join(one.en for one in provisions) + more, ", ".join(one.fr for one in provisions) + more)


def _roles(base: RuleBase, now: Glance, then: Glance) -> Iterator[Text]:
    new = [role_name(base, role) for role in then.roles if role not in now.roles]
    if new:
        yield phrase("outlook.role", roles=Text(listed([role.en for role in new], "en"),
                                                listed([role.fr for role in new], "fr")))  # fmt: skip


def _duties(now: Glance, then: Glance) -> Iterator[Text]:
    """How many duties, or where only their days differ, from when those do."""
    if then.duties != now.duties or now.starts is None:
        if then.duties or now.duties:
            yield phrase("outlook.duty" if then.duties == 1 else "outlook.duties", count=then.duties or 0)
        return
    moved = [start for rule, start in then.starts or () if start and (rule, start) not in now.starts]
    for first in sorted(set(moved))[:CITED]:
        yield phrase("outlook.from_one" if moved.count(first) == 1 else "outlook.from", count=moved.count(first),
                     day=_dated(first))  # fmt: skip


def tiers(of: tuple[str, ...], link: str = "or") -> Text:
    """Tiers in a list, as they stand in a sentence."""
    return Text(**{
        lang: listed([words(lang)["tiers"][tier]["could_be"] for tier in of], lang, link) for lang in LANGUAGES
    })  # fmt: skip


def role_name(base: RuleBase, role: Role) -> Text:
    """A role as it stands in a sentence."""
    title = next(rule.title for rule in base.rules.values() if rule.role == role)
    named_in = {lang: words(lang)["roles"].get(role) for lang in LANGUAGES}
    return Text(**{
        lang: lower_first(found["name"] if found else getattr(title, lang)) for lang, found in named_in.items()
    })  # fmt: skip


def _commas(parts: list[Text]) -> Text:
    return Text("; ".join(part.en for part in parts), " ; ".join(part.fr for part in parts))


def by_weight(found: list[Branch]) -> list[Branch]:
    """The branches, with the one that most answers share last, as `any other answer` where they are many."""
    widest = max(found, key=lambda branch: len(branch.labels), default=None)
    if widest is None or len(widest.labels) < 4:
        return found
    rest = [branch for branch in found if branch is not widest]
    return [*rest, replace(widest, labels=(phrase("answer.other" if rest else "answer.any"),))]
