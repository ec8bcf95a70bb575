"""Texts and answers as plain data in both languages, and an answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiact_check.law.around import Authority
from aiact_check.law.asked import Question
from aiact_check.law.lawbook import UNKNOWN
from aiact_check.law.prose import word
from aiact_check.text import Language, Text

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import AuthorityData, Words

NONE: Mapping[str, str] = {"en": "none of these", "fr": "aucun de ces cas"}
PERHAPS: Mapping[str, str] = {"en": "perhaps others", "fr": "peut-être d'autres"}


def text(value: Text) -> Words:
    """A bilingual text as plain data."""
    return {"en": value.en, "fr": value.fr}


def answer_says(question: Question, value: Any, lang: Language) -> str:
    """An answer in words."""
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if isinstance(value, list):
        labels = [getattr(question.choices[choice], lang) if choice != UNKNOWN else PERHAPS[lang] for choice in value]
        return (" ; " if lang == "fr" else "; ").join(labels) or NONE[lang]
    if question.choices:
        return str(getattr(question.choices[value], lang))
    if isinstance(value, int):
        unit = f" {getattr(question.unit, lang)}" if question.unit else ""
        return f"{value:,}".replace(",", " " if lang == "fr" else ",") + unit
    return str(value)


def authority(entry: Authority) -> AuthorityData:
    """Who supervises what, as plain data."""
    found: AuthorityData = {
        "name": text(entry.name),
        "says": text(entry.says),
        "serves": entry.serves,
        "status": entry.status,
        "source": text(entry.source),
        "dated": entry.dated,
    }
    if entry.link:
        found["link"] = entry.link
    return found
