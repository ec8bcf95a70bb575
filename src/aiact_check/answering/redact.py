"""A questionnaire without the words somebody wrote in it: what names a company, a system or people, notes, evidence.

What is left says the same of the system: each answer and its day, each duty's status and due day. Where a text stood, a
fixed one stands, so that a reader sees that there was one. It is written anew as a file and read like any other.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire, Told, Work
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.scalars import flow
from aiact_check.reading.source import parse
from aiact_check.text import Language, phrase, said


class _Reader:
    """Says what stands in the place of a text; the same person is the same number everywhere."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang
        self.people: dict[str, int] = {}

    def text(self, written: str | None, kind: str = "text") -> str | None:
        return None if written is None else said(phrase(f"redacted.{kind}"), self.lang)

    def person(self, name: str | None) -> str | None:
        if name is None:
            return None
        number = self.people.setdefault(name, len(self.people) + 1)
        return said(phrase("redacted.person", number=number), self.lang)

    def answer(self, told: Told) -> Any:
        details = {"note": self.text(told.note), "by": self.person(told.by), "on": told.on}
        return {"answer": told.value, **_given(details)}

    def work(self, work: Work) -> dict[str, Any]:
        """The work on a duty; evidence as texts, since an address or the name of a file names somebody too."""
        texts = {"reason": self.text(work.reason), "owner": self.person(work.owner), "due": work.due}
        evidence = [self.text(item.says) for item in work.evidence] or None
        return {"status": work.status, **_given({**texts, "evidence": evidence, "note": self.text(work.note)})}


def redacted(base: RuleBase, told: Questionnaire, lang: Language) -> Questionnaire:
    """The questionnaire as a report may carry it that does not say whose it is."""
    reader = _Reader(lang)
    system = {key: reader.text(str(text), "system" if key == "name" else "text") for key, text in told.system.items()}
    if "owner" in told.system:
        system["owner"] = reader.person(told.system["owner"])
    lines = [f"lang: {told.lang}", "redacted: true"]
    lines += [f"company: {flow({'name': reader.text(told.company['name'], 'company')})}", f"system: {flow(system)}"]
    given = {fact: entry for fact, entry in told.told.items() if entry.value is not None or entry.note}
    lines += ["answers:", *(f"  {fact}: {flow(reader.answer(entry))}" for fact, entry in given.items())]
    if told.work:
        lines += ["compliance:", *(f"  {duty}: {flow(reader.work(work))}" for duty, work in told.work.items())]
    content = ("\n".join(lines) + "\n").encode()
    again = answers.understand(parse("", content), base, hashlib.sha256(content).hexdigest())
    return replace(again, content=content)


def _given(details: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in details.items() if value is not None}
