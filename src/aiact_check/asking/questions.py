"""The questions of a questionnaire for a terminal: those that are open and what would follow, or all with answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.form import people
from aiact_check.asking.glance import Glance, glance
from aiact_check.asking.outlook import branches, by_weight, consequence, tiers
from aiact_check.assessing.assessment import Assessment
from aiact_check.assessing.verdict import decide
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import Language, Text, phrase, said
from aiact_check.wording.typeset import day, shorten, shown, typeset, wrapped

LABEL = 110


def opened(base: RuleBase, questionnaire: Questionnaire, on: date, lang: Language, most: int | None) -> Iterator[str]:
    """The open questions, the most decisive first and at most `most`, each with what would follow from each answer."""
    law, answers = base.law(on), questionnaire.answers
    found = decide(base, answers, on).open_questions
    now = glance(base, law, answers)
    yield from wrapped(typeset(said(standing(now), lang), lang))
    if not found:
        yield _line(phrase("questions.none"), lang)
    for number, question in enumerate(found[:most], 1):
        asked = base.questions[question.fact]
        yield ""
        yield from wrapped(typeset(f"{number}. {said(asked.ask, lang)} ({question.fact})", lang))
        knows = phrase("form.known_by", people=people(base.known_by(question.fact)))
        yield from wrapped(typeset(said(knows, lang), lang), "   ")
        for branch in by_weight(branches(base, law, answers, question.fact)):
            labels = said(phrase("questions.or"), lang).join(
                shorten(said(label, lang), LABEL) for label in branch.labels
            )
            then = consequence(base, law, now, branch.then)
            yield from wrapped(
                typeset(said(phrase("questions.if", answer=labels, then=then), lang), lang), "   - ", "     "
            )
    if most is not None and len(found) > most:
        yield ""
        yield _line(phrase("questions.more", count=len(found) - most), lang)


def standing(now: Glance) -> Text:
    """What the system is, or could still be."""
    if now.tier:
        return phrase("questions.is", tier=tiers(now.possible))
    return phrase("questions.could_be", tiers=tiers(now.possible, "or"))


def arising(found: Assessment, lang: Language) -> Iterator[str]:
    """Every question that arises, under its heading, with its answer, who gave it and why."""
    by_group = groupby(found["answers"], key=lambda answer: answer["group"][lang])
    for place, (group, answers) in enumerate(by_group):
        yield from [""] * bool(place)
        yield typeset(group, lang)
        for answer in answers:
            says = answer["says"][lang] if answer["says"] else said(phrase("questions.unanswered"), lang)
            ask = typeset(answer["ask"][lang], lang)
            yield from wrapped(f"{ask} ({answer['fact']})", "  ")
            yield from wrapped(typeset(says, lang), "    → ", "      ")
            details = [answer["by"], day(answer["on"], lang) if answer["on"] else None, answer["note"]]
            if any(details):
                yield from wrapped(shown(", ".join(detail for detail in details if detail)), "      ")


def _line(text: Text, lang: Language) -> str:
    return typeset(said(text, lang), lang)
