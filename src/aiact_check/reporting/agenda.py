"""The days on which duties start, a question is asked again or a text is due, as a calendar file. Pure; no clock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from aiact_check import __version__
from aiact_check.text import Language, phrase, said
from aiact_check.wording.owed import Owed, once
from aiact_check.wording.speech import Data
from aiact_check.wording.typeset import counted, joined, shown, typeset, upper_first

if TYPE_CHECKING:
    from icalendar import Calendar, Event

LONGEST = 60


def ics(document: Data, lang: Language) -> bytes:
    """The days ahead and those on which duties that apply began, as an iCalendar file; the same bytes every time.

    The same system of the same company keeps the UID of a day, so importing a later file updates the earlier one.
    """
    owed = Owed(document, lang)
    calendar = opened(lang, _name(owed, "agenda.name"))
    for day in sorted({duty["applies_from"] for duty in owed.sure}):
        calendar.add_component(_event(owed, day))
    for answer in document["answers"]:
        if answer["ask_again"]:
            calendar.add_component(_asked_again(owed, answer))
    awaited = _awaited(owed)
    for day in sorted({text["due"] for text in awaited}):
        calendar.add_component(_due(owed, day, [text for text in awaited if text["due"] == day]))
    done: bytes = calendar.to_ical()
    return done


def _event(owed: Owed, day: str) -> Event:
    """The duties that start on a day."""
    document, lang = owed.doc, owed.lang
    duties = [duty for duty in owed.sure if duty["applies_from"] == day]
    summary = counted(said(phrase("agenda.starts"), lang), len(once(duties)), lang, system="{system}")
    named = _supposed(owed, summary.format(system=shown(document["system"]["name"], LONGEST)))
    return _all_day(owed, day, day, named, "\n".join(_lines(owed, duties)))


def _asked_again(owed: Owed, answer: Data) -> Event:
    """A question that was not decided and is asked again by its day."""
    again, summary = answer["ask_again"], _name(owed, "agenda.ask_again")
    says = f"{owed.t(answer['ask'])}\n{owed.t(again['says'])}\n\n{owed.t(owed.w['disclaimer'])}"
    return _all_day(owed, again["by"], f"{again['by']}\0{answer['fact']}", summary, says)


def _awaited(owed: Owed) -> list[Data]:
    """The texts due after the day asked about that touch what is sure: what is in doubt is no event."""
    classes = owed.doc["classification"]
    found = [holder["finding"] for holder in (*classes["tiers"], *owed.doc["roles"])] + classes["routes"]
    sure = {finding["rule"] for finding in found if finding["value"] == "true"} | {duty["id"] for duty in owed.sure}
    ahead = [text for text in owed.doc["awaited"] if text["due"] and text["due"] > owed.doc["as_of"]]
    return [text for text in ahead if not sure.isdisjoint(text["rules"])]


def _due(owed: Owed, day: str, texts: list[Data]) -> Event:
    """The awaited texts that are due by a day."""
    says = [f"- {owed.t(text['title'])} ({owed.t(text['cite'][0])}). {owed.t(text['would'])}" for text in texts]
    description = "\n".join([*says, "", owed.t(owed.w["disclaimer"])])
    return _all_day(owed, day, f"{day}\0awaited", _name(owed, "agenda.due"), description)


def _name(owed: Owed, key: str) -> str:
    """A title that names the system."""
    return _supposed(owed, _said(owed.lang, key, system=shown(owed.doc["system"]["name"], LONGEST)))


def _supposed(owed: Owed, title: str) -> str:
    """A title that says first that it supposes something, where it does."""
    return owed.t(owed.w["supposed"]["short"], title=title) if owed.supposed else title


def _all_day(owed: Owed, day: str, key: str, summary: str, description: str) -> Event:
    document = owed.doc
    if owed.supposed:  # an event of its own, which replaces none of the calendar under the law in force
        key, description = f"{key}\0{document['overlay']['name']}", f"{owed.supposed}\n\n{description}"
    # Without names, only the answers tell one system from another.
    told = [document["tool"]["answers_hash"]] if document.get("redacted") else []
    names = (document["company"]["name"], document["system"]["name"], *told, key)
    return all_day(names, document["as_of"], day, summary, description)


def opened(lang: Language, name: str) -> Calendar:
    """A calendar without events, by its name."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//aiact-check//{__version__}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar


def all_day(names: Iterable[str], as_of: str, day: str, summary: str, description: str) -> Event:
    """An event of a day; the same names give the same UID."""
    from icalendar import Event

    starts = date.fromisoformat(day)
    event = Event()
    event.add("uid", f"{hashlib.sha256(chr(0).join(names).encode()).hexdigest()[:32]}@aiact-check")
    event.add("dtstamp", datetime.combine(date.fromisoformat(as_of), time(), UTC))
    event.add("dtstart", starts)
    event.add("dtend", min(starts, date.max - timedelta(days=1)) + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event


def _lines(owed: Owed, duties: list[Data]) -> Iterator[str]:
    lang = owed.lang
    for duty in once(duties):
        roles = owed.names([other["role"] for other in duties if other["id"] == duty["id"]], "name", "and")
        cited = joined((owed.t(cite) for cite in duty["cite"]), lang)
        unsure = duty["start"]["confidence"]
        note = f" ({owed.t(owed.w['confidence'][unsure])})" if unsure != "settled" else ""
        yield f"- {owed.t(duty['title'])} ({cited}; {roles}){note}"
    yield ""
    slots = {"day": owed.day(owed.doc["as_of"]), "known": owed.day(owed.doc["law"]["known_to"])}
    yield _said(owed.lang, "agenda.basis", **slots)
    yield from (warning for warning in (owed.old, owed.redacted) if warning)
    if owed.maybe:
        yield upper_first(counted(said(phrase("agenda.open"), owed.lang), len(owed.maybe), owed.lang))
    yield owed.t(owed.w["disclaimer"])


def _said(lang: Language, key: str, **slots: str) -> str:
    return typeset(said(phrase(key), lang), lang).format(**slots)
