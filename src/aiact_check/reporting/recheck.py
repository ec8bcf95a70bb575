"""Whether a report still stands: its questionnaire assessed again, its pages made again, and both compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from aiact_check import __version__
from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import parse
from aiact_check.reporting import report
from aiact_check.reporting.carried import QUESTIONNAIRE, Carried
from aiact_check.text import Language, Text, phrase
from aiact_check.wording.imprint import imprint
from aiact_check.wording.typeset import day as in_words
from aiact_check.wording.typeset import listed, words

if TYPE_CHECKING:
    from aiact_check.assessing.assessment import Assessment, DutyData

SHOWN = 12
"""How many signs of a hash tell two apart."""


@dataclass
class Recheck:
    """What was found, and whether the report still stands: as it was made, and as it would be made now."""

    says: list[Text] = field(default_factory=list)
    sound: bool = True


def recheck(base: RuleBase, pdf: bytes, carried: Carried) -> Recheck:
    """Compares a report with what its questionnaire gives now, on its own day, and with what its JSON is drawn as."""
    found = Recheck()
    told = carried.document["tool"]
    digest = hashlib.sha256(carried.questionnaire).hexdigest()
    if digest == told["answers_hash"]:
        found.says.append(phrase("extract.answers_same", hash=digest[:SHOWN]))
    else:
        found.says.append(phrase("extract.answers_differ", found=digest[:SHOWN], named=told["answers_hash"][:SHOWN]))
        found.sound = False
    if carried.document.get("redacted"):
        found.says.append(phrase("extract.redacted"))
    _rules(base, carried.document, found)
    _document(base, carried, digest, found)
    _pages(pdf, carried, found)
    return found


def _same_program(base: RuleBase, told: Assessment) -> bool:
    return told["law"]["rules_hash"] == base.hash and told["tool"]["version"] == __version__


def _rules(base: RuleBase, told: Assessment, found: Recheck) -> None:
    slots = {"was": told["law"]["rules_hash"][:SHOWN], "now": base.hash[:SHOWN], "then": told["tool"]["version"]}
    same = _same_program(base, told)
    found.says.append(phrase(f"extract.rules_{'same' if same else 'changed'}", version=__version__, **slots))


def _document(base: RuleBase, carried: Carried, digest: str, found: Recheck) -> None:
    """Assesses the questionnaire again, on the day and in the language of the report."""
    told = carried.document
    try:
        day = date.fromisoformat(told["as_of"])
        questionnaire = answers.understand(parse(QUESTIONNAIRE, carried.questionnaire), base, digest)
    except ValueError:
        found.says.append(phrase("extract.no_day", day=told["as_of"][:SHOWN]))
        found.sound = False
        return
    except Problems as problems:
        found.says.append(phrase("extract.unreadable"))
        found.says += [Text(f"  {problem.said('en')}", f"  {problem.said('fr')}") for problem in problems.problems]
        found.sound &= not _same_program(base, told)
        return
    again = document.assess(base, questionnaire, day, told["language"])
    differs = list(differences(told, again))
    said = Text(in_words(told["as_of"], "en"), in_words(told["as_of"], "fr"))
    found.says.append(phrase(f"extract.document_{'differs' if differs else 'same'}", day=said))
    found.says += differs
    if differs:
        found.says.append(phrase(f"extract.{'altered' if _same_program(base, told) else 'older_rules'}"))
        found.sound = False


def differences(then: Assessment, now: Assessment) -> Iterator[Text]:
    """What differs between two assessments of the same answers, hashes and versions apart."""
    before, after = then["classification"]["headline"], now["classification"]["headline"]
    if before != after:
        yield phrase("extract.class", was=_tier(before), now=_tier(after))
    for key, some, others in (("gained", now, then), ("lost", then, now)):
        known = {(duty["id"], duty["role"]) for duty in others["duties"]}
        duties = {duty["id"]: duty for duty in some["duties"] if (duty["id"], duty["role"]) not in known}
        if duties:
            yield phrase(f"extract.{key}", duties=_titles(list(duties.values())))
    own: Any = {"tool": None, "law": now["law"] | {"rules_hash": None}}
    old: Any = {"tool": None, "law": then["law"] | {"rules_hash": None}}
    parts = [key for key, value in now.items() if own.get(key, value) != old.get(key, then.get(key))]
    if parts:
        yield phrase("extract.parts", parts=", ".join(parts))


def _tier(tier: str) -> Text:
    def named(lang: Language) -> str:
        return str(words(lang)["tiers"][tier]["name"])

    return Text(named("en"), named("fr"))


def _titles(duties: list[DutyData]) -> Text:
    return Text(*(listed([duty["title"][lang] for duty in duties], lang) for lang in ("en", "fr")))


def _pages(pdf: bytes, carried: Carried, found: Recheck) -> None:
    """Draws the report again from its own JSON, with the annexes it says it was made with.

    Only the same program on the same libraries draws the same bytes.
    """
    annexes = carried.imprint == imprint(annexes=True)
    if not annexes and carried.imprint != imprint():
        found.says.append(phrase("extract.pages_untold", then=carried.imprint or "?", now=imprint()))
        return
    told = carried.document
    try:
        again = report.pdf(told, told["language"], carried.questionnaire, annexes=annexes)
    except Exception:  # a document that is none of ours may break any part of the report
        again = None
    if again is None or not pdf.startswith(again):
        found.says.append(phrase("extract.pages_differ"))
        found.sound = False
    elif added := len(pdf) - len(again):
        found.says.append(phrase("extract.pages_added", bytes=f"{added:,}"))
    else:
        found.says.append(phrase("extract.pages_same"))
