"""The blank questionnaire: every question with its help, what it decides and how an answer is written. Pure."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap

from aiact_check.law.asked import Person, Question
from aiact_check.law.condition import Condition, named
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Kind, Rule, Version
from aiact_check.law.prose import Sentence
from aiact_check.text import Language, Text, phrase, printed

WIDTH = 100
LONGEST = 160
"""A condition longer than this is given by the questions it rests on."""
NAMED = 2
SCHEMA = "answers.schema.json"
MOST_DECISIVE_FIRST = typing.get_args(Kind)


def blank(base: RuleBase, lang: Language, schema: str | None = SCHEMA) -> str:
    """A blank questionnaire, valid as it is: nothing answered.

    `schema` is where an editor finds the schema of answers, from the folder of the questionnaire.
    """
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += [f"# {printed(phrase(f'form.head.{line}', count=len(base.questions)), lang)}"
              for line in ("assess", "unknown", "partly", "more", "count")]  # fmt: skip
    word = {key: printed(phrase(f"form.{key}"), lang) for key in ("company", "system", "description")}
    lines += [f"lang: {lang}", f'company: {{ name: "{word["company"]}" }}']
    lines += [f'system: {{ name: "{word["system"]}", description: "{word["description"]}" }}', "answers:"]
    serves = decided(base)
    group = None
    for fact, question in base.questions.items():
        if base.group_of[fact] != group:
            group = base.group_of[fact]
            lines += ["", f"  # ── {printed(base.groups[group].title, lang)} ──"]
        lines += ["", *_asked(base, fact, question, serves[fact], lang), f"  {fact}:"]
    return "\n".join(lines) + "\n"


def _asked(base: RuleBase, fact: str, question: Question, serves: Text, lang: Language) -> Iterator[str]:
    """What stands above an answer: the question, its help, when it arises, who knows, and how it is answered."""
    yield from _comment(printed(question.ask, lang))
    yield from _comment(printed(question.help, lang))
    if question.asked_if:
        yield from _comment(f"({printed(only_if(base, question.asked_if), lang)})")
    yield from _comment(printed(phrase("form.known_by", people=people(base.known_by(fact))), lang))
    yield from _comment(printed(phrase("form.decides", what=serves), lang))
    undecided = question.type == "yes_no" and question.choices
    yield from _comment(printed(phrase("form.undecided" if undecided else f"form.{question.type}"), lang))
    yield from _choices(question, lang)
    yield f"  #   {printed(phrase('form.example'), lang)} {fact}: {sample(question)}"


def only_if(base: RuleBase, gate: Condition) -> Text:
    """When a question arises, in words: its condition, or where that is long the questions it rests on."""
    parts = {lang: Sentence(base.rules, base.questions, lang).of(gate) for lang in typing.get_args(Language)}
    if all(len(part) <= LONGEST for part in parts.values()):
        return phrase("form.only_if", when=Text(**parts))
    names = named(gate)
    on = [base.questions[fact].label for fact in dict.fromkeys(test.fact for test in names.tests)]
    on += [base.rules[rule_id].title for rule_id in sorted(names.rules)]
    return phrase("form.depends", on=_joined(on))


def decided(base: RuleBase) -> dict[str, Text]:
    """What each question decides, under the law as far as it is known: rules first, else the questions it opens."""
    law = base.law(date.fromisoformat(base.acts.known_to))
    rules: dict[str, list[Rule]] = {fact: [] for fact in base.questions}
    named_by: dict[str, set[str]] = {}
    for rule_id, version in law.versions.items():
        for fact in _facts(version):
            rules[fact].append(base.rules[rule_id])
        for other in named(version.when).rules:
            named_by.setdefault(other, set()).add(rule_id)
    opens = dict.fromkeys(base.questions, 0)
    for question in base.questions.values():
        for fact in {test.fact for test in named(question.asked_if).tests}:
            opens[fact] += 1
    for found in rules.values():
        found.sort(key=lambda rule: (MOST_DECISIVE_FIRST.index(rule.kind), -len(_resting(named_by, rule.id)), rule.id))
    return {fact: _decides(base, law.day, rules[fact], opens[fact]) for fact in base.questions}


def _resting(named_by: Mapping[str, set[str]], rule_id: str) -> set[str]:
    """The rules that rest on a rule, at any remove."""
    found: set[str] = set()
    todo = [rule_id]
    while todo:
        for other in named_by.get(todo.pop(), set()) - found:
            found.add(other)
            todo.append(other)
    return found


def _facts(version: Version) -> set[str]:
    conditions = [version.when, version.lower_if, version.instead.when if version.instead else None]
    turnover = {version.turnover} if version.turnover else set()
    return {test.fact for condition in conditions for test in named(condition).tests} | turnover


def _decides(base: RuleBase, day: str, rules: list[Rule], opens: int) -> Text:
    said_of: list[Text] = []
    if opens > NAMED:
        said_of.append(phrase("form.opens", count=opens))
    for rule in rules[:NAMED]:
        provision = base.provision(rule.versions[max(rule.versions)].cites[0], day)
        said_of.append(phrase("form.rule", title=rule.title, cite=Text(provision.en, provision.fr)))
    if len(rules) > NAMED:
        said_of.append(phrase("form.others", count=len(rules) - NAMED))
    return _joined(said_of or [phrase("form.surroundings")])


def _joined(parts: list[Text]) -> Text:
    return Text("; ".join(part.en for part in parts), " ; ".join(part.fr for part in parts))


def people(known_by: list[Person]) -> Text:
    """Who usually knows, in words."""
    names = [phrase(f"people.{person}") for person in known_by]
    return Text(", ".join(name.en for name in names), ", ".join(name.fr for name in names))


def sample(question: Question) -> str:
    """An answer to a question, as it is written."""
    first = list(question.choices)[:2]
    return {
        "yes_no": "true",
        "choice": "".join(first[:1]),
        "choices": f"[{', '.join(first)}]",
        "number": "120",
        "date": "2026-11-23",
    }[question.type]


def _choices(question: Question, lang: Language) -> Iterator[str]:
    for choice, label in question.choices.items():
        first, *rest = _comment(f"{choice}: {printed(label, lang)}")
        yield first.replace("# ", "#   - ", 1)
        yield from (line.replace("# ", "#     ", 1) for line in rest)


def _comment(text: str) -> list[str]:
    return [f"  # {line}" for line in wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)]
