"""What a report says, in one language: our texts, typeset, and dates, amounts, classes, roles in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from aiact_check.text import Language
from aiact_check.wording.typeset import counted, day, listed, lower_first, money, typeset, upper_first, words

Data = Mapping[str, Any]
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


class Speech:
    """An assessment document, put into the words of one language."""

    def __init__(self, document: Data, lang: Language) -> None:
        self.doc, self.lang, self.w = document, lang, words(lang)

    def t(self, text: str | Data | None, **slots: Any) -> str:
        """Our own text, in the reader's language, typeset; with slots, a text of words.yaml."""
        said = text[self.lang] if isinstance(text, Mapping) else text or ""
        return typeset(said.format(**slots) if slots else said, self.lang)

    def n(self, text: str, number: int, **slots: Any) -> str:
        """A counted text of words.yaml."""
        return counted(text, number, self.lang, **slots)

    def day(self, iso: str, short: bool = False) -> str:
        """A date in words."""
        return day(iso, self.lang, short)

    def dated(self, when: str) -> str:
        """A day in words; a month or a year as it is."""
        return self.day(when) if ISO.fullmatch(when) else when

    def money(self, euros: int) -> str:
        """An amount in words."""
        return money(euros, self.lang)

    def figure(self, penalty: Data) -> str:
        """The ceiling of a fine as far as it is known."""
        return figure(penalty, self.lang)

    @cached_property
    def old(self) -> str:
        """A warning where the law is known too long before the day asked about, or nothing."""
        law = self.doc["law"]
        return self.t(self.w["old"], day=self.day(law["known_to"])) if law["old"] else ""

    @cached_property
    def supposed(self) -> str:
        """The mark of what supposes a text adopted that is not the law in force, or nothing."""
        overlay = self.doc.get("overlay")
        return self.t(self.w["supposed"]["mark"], title=overlay["title"][self.lang]) if overlay else ""

    @cached_property
    def redacted(self) -> str:
        """That names, notes and evidence were left out of this report, or nothing."""
        return self.t(self.w["redacted"]) if self.doc.get("redacted") else ""

    def when(self, iso: str) -> str:
        """Since or from a date."""
        return self.t(self.w["since" if iso <= self.doc["as_of"] else "from"], day=self.day(iso))

    def said(self, answer: Data | None) -> str:
        """An answer in words; a date as a date."""
        text = self.t(answer) if answer else ""
        return self.day(text) if ISO.fullmatch(text) else text

    def label(self, node: Data) -> str:
        """What a test in a proof asks about, in a few words: its sentence up to what it is compared with."""
        return upper_first(self.t(node["says"]).partition(self.t(self.w["colon"]))[0])

    def tier(self, tier: str, form: str = "name") -> str:
        """A class by its name or as it stands in a sentence."""
        return self.t(self.w["tiers"][tier][form])

    def role(self, role: str, form: str = "name") -> str:
        """A role by its name or as it stands in a sentence; one without fixed words by the title of its rule."""
        if role in self.w["roles"]:
            return self.t(self.w["roles"][role][form])
        title = next(self.t(finding["title"]) for finding in self.doc["findings"] if finding.get("role") == role)
        return {"name": title, "a": lower_first(title), "of": ""}[form]

    def names(self, roles: list[str], form: str, link: str) -> str:
        """Roles in a list."""
        named = [self.role(role, form) for role in roles]
        return listed([name if place == 0 else lower_first(name) for place, name in enumerate(named)], self.lang, link)


def figure(penalty: Data, lang: Language) -> str:
    """The ceiling of a fine as far as it is known."""
    said, amount, share = words(lang)["fine"], penalty["amount_eur"], penalty["share_eur"]
    if penalty["ceiling_eur"] is not None:
        return money(penalty["ceiling_eur"], lang)
    if share is not None:
        low, high = money(min(amount, share), lang), money(max(amount, share), lang)
        return typeset(said["either"].format(low=low, high=high), lang)
    percent = typeset(words(lang)["percent"].format(n=penalty["turnover_percent"]), lang)
    return typeset(said[f"unknown_{penalty['lower']}"].format(fixed=money(amount, lang), percent=percent), lang)
