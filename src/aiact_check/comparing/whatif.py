"""The verdict before and after some answers are changed, as plain text for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.assessing.document import assess
from aiact_check.assessing.verdict import decide
from aiact_check.comparing.difference import Difference
from aiact_check.comparing.outcome import changes, of_verdict
from aiact_check.comparing.supposition import Aside, Supposition
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import Language
from aiact_check.wording.view import View
from aiact_check.wording.voice import Voice, bullets, lines


def text(base: RuleBase, told: Questionnaire, supposed: Supposition, day: date, lang: Language) -> str:
    """What the changed answers are, what they set aside, and what they change."""
    return "\n".join(_lines(base, told, supposed, day, lang)) + "\n"


def _lines(base: RuleBase, told: Questionnaire, supposed: Supposition, day: date, lang: Language) -> Iterator[str]:
    voice, law = Voice("whatif", lang), base.law(day)
    before, after = (
        View(assess(base, questionnaire, day, lang), lang) for questionnaire in (told, supposed.questionnaire)
    )
    outcomes = [of_verdict(decide(base, each.answers, day), law) for each in (told, supposed.questionnaire)]
    old, new = ((law, values(questionnaire)) for questionnaire in (told, supposed.questionnaire))
    difference = Difference(base, Voice("diff", lang), old, new, outcomes[1])
    yield from lines(f"{before.head['system']}, {before.head['company']}")
    yield from lines(voice("as_of", day=before.day(law.day)))
    yield from ("", voice("changed"), *bullets(difference.answer(fact) for fact in supposed.changed))
    if supposed.aside:
        yield from ("", voice("aside"), *bullets(_aside(difference, voice, item) for item in supposed.aside))
    yield from (
        "",
        *lines(voice("before", headline=before.headline)),
        *lines(voice("exposure", fine=_fine(before))),
    )
    yield from (*lines(voice("after", headline=after.headline)), *lines(voice("exposure", fine=_fine(after))))
    found = changes(*outcomes)
    yield from difference.lines(found) if found else ("", voice("nothing"))
    yield from ("", *lines(voice("warning")))


def values(questionnaire: Questionnaire) -> Mapping[str, Any]:
    """The answers as they were written."""
    return {fact: entry.value for fact, entry in questionnaire.told.items()}


def _fine(view: View) -> str:
    return view.worst["figure"] if view.worst else view.t(view.w["decision"]["exposure_none"])


def _aside(difference: Difference, voice: Voice, item: Aside) -> str:
    """An answer set aside, and why."""
    label = difference.question(item.fact)
    others = ", ".join(difference.question(fact) for fact in item.because)
    if item.contradiction:
        return voice("aside_contradicts", question=label, fact=item.fact, says=item.contradiction)
    return voice("aside_idle", question=label, fact=item.fact, others=others)
