"""How many screens the interview takes: .venv/bin/python -m benchmarks.interview [--write].

Over the examples and the cases of the tests. What a questionnaire does not say is answered "I do not know".
With --write the figures are kept in docs/interview.md. Takes some minutes: one decision a question.
"""

import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiact_check.answering import answers
from aiact_check.asking.glance import glance
from aiact_check.asking.screens import ordinary, sitting
from aiact_check.law import rulebase
from aiact_check.law.condition import fold
from aiact_check.law.evaluate import Answer, Answers, Values
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.truth import Truth
from tests import agreement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "interview.md"
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Asked:
    """How many screens one questionnaire took."""

    name: str
    headline: str
    to_class: int
    """Until the class was clear, or no answer left could clear it."""
    to_end: int | None
    """Until nothing that matters was open."""
    arising: int
    """Questions that arise by the list: what a person fills who goes through it from top to bottom."""
    needed: int | None
    """Answers from which the class follows, none of which can be left out."""


def asked(base: RuleBase, name: str, told: Answers, *, to_the_end: bool) -> Asked:
    """Put an interview to somebody who answers as a questionnaire does."""
    law = base.law(DAY)
    given: dict[str, Answer] = {}
    screens = 0
    to_class: int | None = None
    for step, answered in sitting(base, law, told, ordinary(base)):
        if step.serves in ("duties", "fines") and to_class is None:
            to_class = screens
            if not to_the_end:
                break
        screens += 1
        given |= {fact: told[fact] for fact, said in answered.items() if said}
    values = Values(law, told)
    arising = sum(
        question.asked_if is None or fold(question.asked_if, values) is Truth.TRUE
        for question in base.questions.values()
    )
    headline = glance(base, law, given).tier
    return Asked(
        name,
        headline or "undetermined",
        screens if to_class is None else to_class,
        screens if to_the_end else None,
        arising,
        len(smallest(base, given)) if headline else None,
    )


def smallest(base: RuleBase, given: Answers) -> Answers:
    """Answers from which the same class follows, none of which can be left out."""
    law, kept = base.law(DAY), dict(given)
    possible = glance(base, law, given).possible
    for fact in reversed(list(given)):
        fewer = {other: answer for other, answer in kept.items() if other != fact}
        if glance(base, law, fewer).possible == possible:
            kept = fewer
    return kept


def examples(base: RuleBase) -> Iterator[Asked]:
    """The examples: complete questionnaires."""
    for file in sorted((ROOT / "questionnaires" / "examples").glob("*.yaml")):
        yield asked(base, file.name.split(".")[0], answers.load(file, base).answers, to_the_end=True)


def cases(base: RuleBase) -> Iterator[Asked]:
    """The cases: what a source says of a system, and nothing more."""
    for file in agreement.files():
        yield asked(base, file.stem, agreement.told(file)[1], to_the_end=False)


def table(found: list[Asked]) -> Iterator[str]:
    """A line for each questionnaire."""
    yield "| example | class | until the class is clear | enough in hindsight | until nothing is open | by the list |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in found:
        yield (
            f"| {each.name} | {each.headline} | {each.to_class} | {each.needed or ''} "
            f"| {each.to_end} | {each.arising} |"
        )


def summary(name: str, found: list[Asked]) -> str:
    """Median and worst of a group."""
    clear = [each.to_class for each in found]
    listed = [each.arising for each in found]
    return (
        f"| {name} | {len(found)} | {statistics.median(clear):g} | {max(clear)} "
        f"| {statistics.median(listed):g} | {max(listed)} |"
    )


def page(of_examples: list[Asked], of_cases: list[Asked]) -> str:
    """docs/interview.md."""
    clear = [each for each in of_cases if each.headline != "undetermined"]
    left = [each for each in of_cases if each.headline == "undetermined"]
    return "\n".join(
        [
            "# How many screens the interview takes",
            "",
            "Measured by `python -m benchmarks.interview --write`. The Commission's own checker takes about 10 to 15",
            "screens to a class; the interview goes on to roles, duties, their days and the fines. A screen is one",
            "question, or a few whose ordinary answers are shown together; what does not fit is asked alone.",
            "",
            "| | questionnaires | median until the class is clear | worst | median by the list | worst |",
            "| --- | --- | --- | --- | --- | --- |",
            summary("examples", of_examples),
            summary("cases that settle their class", clear),
            summary("cases that leave it open: until no answer could settle it", left),
            "",
            'A case says only what its source says of a system; the rest is answered "I do not know".',
            '"By the list" counts the questions that arise for somebody who goes through the blank questionnaire.',
            "",
            *table(of_examples),
            "",
            '"Enough in hindsight": answers from which the class follows, none of which can be left out. An order',
            "that knew them beforehand would ask no more than these. Trying out every answer to the next question and",
            "taking the one that leaves least on average was measured too: 179 questions over the examples instead of",
            "180, at eight times the time. So only the cheapest proofs count. (Measured before there were screens.)",
            "",
        ]
    )


def main() -> None:
    """Measure and print."""
    base = rulebase.load()
    text = page(list(examples(base)), list(cases(base)))
    print(text)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
