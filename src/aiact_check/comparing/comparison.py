"""Two verdicts side by side, of questionnaires or saved assessments: what changed and why, as plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.in_force import in_force as as_in_force
from aiact_check.assessing.verdict import decide
from aiact_check.comparing import saved
from aiact_check.comparing.causes import Cause, Inquiry, Side
from aiact_check.comparing.difference import Difference
from aiact_check.comparing.outcome import Key, of_saved, of_verdict
from aiact_check.comparing.saved import Saved
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.overlay import Overlaid
from aiact_check.text import Language
from aiact_check.wording.typeset import day as in_words
from aiact_check.wording.typeset import shown, typeset, words
from aiact_check.wording.voice import Voice, bullets, lines


@dataclass(frozen=True)
class Compared:
    """One of two sides: what it is called, what was answered, and how it was assessed."""

    system: str
    company: str
    side: Side
    told: Mapping[str, Any]
    language: Language
    same_rules: bool = True
    """Whether it was made with the rule base at hand."""
    unread: list[str] = field(default_factory=list)
    """Answers that this rule base cannot read."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    supposes: Mapping[str, str] | None = None
    """Of a saved assessment, the title of the text that it supposes adopted."""


def of_questionnaire(base: RuleBase, questionnaire: Questionnaire, day: date, *, in_force: bool = False) -> Compared:
    """A questionnaire, assessed on a day; under an overlay, `in_force` takes it without.

    Then its verdict is recorded, as a comparison under the overlay could not find it again.
    """
    recorded = None
    if in_force and isinstance(base, Overlaid):
        questionnaire, base = as_in_force(questionnaire, base), base.under
        recorded = of_verdict(decide(base, questionnaire.answers, day), base.law(day))
    told = {fact: entry.value for fact, entry in questionnaire.told.items()}
    side = Side(questionnaire.answers, base.law(day), recorded)
    names = questionnaire.system["name"], questionnaire.company["name"]
    return Compared(*names, side, told, questionnaire.lang)


def of_assessment(base: RuleBase, found: Saved) -> Compared:
    """A saved assessment, on its own day; its answers are also taken under the rule base at hand."""
    answers, told, unread = saved.answers(base, found)
    side = Side(answers, base.law(date.fromisoformat(found["as_of"])), of_saved(found))
    return Compared(
        found["system"]["name"], found["company"]["name"], side, told, found["language"],
        found["law"]["rules_hash"] == base.hash, unread, {lang: saved.titles(found, lang) for lang in ("en", "fr")},
        _title(found),
    )  # fmt: skip


def _title(found: Saved) -> Mapping[str, str] | None:
    title = found["overlay"]["title"] if "overlay" in found else None
    return {"en": title["en"], "fr": title["fr"]} if title else None


def text(base: RuleBase, old: Compared, new: Compared, lang: Language) -> str:
    """What changed from one side to the other, each change with its causes."""
    return "\n".join(_lines(base, old, new, lang)) + "\n"


def _lines(base: RuleBase, old: Compared, new: Compared, lang: Language) -> Iterator[str]:
    voice = Voice("diff", lang)
    inquiry = Inquiry(base, old.side, new.side)
    found, after = inquiry.changes(), inquiry.outcomes[1]
    for key, compared in (("old", old), ("new", new)):
        yield from lines(_head(voice, key, compared))
    for remark in _remarks(base, voice, old, new):
        yield from lines(remark)
    titles = {**old.titles.get(lang, {}), **new.titles.get(lang, {})}
    difference = Difference(base, voice, (old.side.law, old.told), (new.side.law, new.told), after, titles)
    answered = [fact for fact in base.questions if Cause("answer", fact) in inquiry.all]
    if answered:
        yield from ("", voice.count("answers", len(answered)), *bullets(difference.answer(fact) for fact in answered))
    headline = words(lang)["tiers"][str(after[Key("headline")])]["name"]
    if not found:
        yield from ("", *lines(voice("nothing", headline=typeset(headline, lang))))
        return
    yield from difference.lines(found, inquiry.causes)


def _head(voice: Voice, key: str, compared: Compared) -> str:
    names = {"system": shown(compared.system, 60), "company": shown(compared.company, 60)}
    return voice(key, day=in_words(compared.side.law.day, voice.lang), **names)


def _remarks(base: RuleBase, voice: Voice, old: Compared, new: Compared) -> Iterator[str]:
    """What limits the comparison."""
    if isinstance(base, Overlaid):
        yield voice("supposed")
    for side in (old, new):
        if side.supposes:
            yield voice("saved_supposed", system=shown(side.system, 60), title=side.supposes[voice.lang])
    if not (old.same_rules and new.same_rules):
        yield voice("other_rules")
    if unread := sorted({*old.unread, *new.unread}):
        yield voice("unread", facts=", ".join(unread))
