"""The days ahead of many systems as a calendar file: an event a day and company. Pure; no clock."""

from __future__ import annotations

from aiact_check.reminding.due import Day
from aiact_check.reminding.reminder import Reminder
from aiact_check.reminding.watched import Watched
from aiact_check.reporting.agenda import all_day, opened
from aiact_check.wording.typeset import shown, words

LONGEST = 60


def ics(reminder: Reminder) -> bytes:
    """The days ahead as an iCalendar file; the same bytes every time.

    A day of a company keeps its UID, so importing a later file updates the earlier one.
    """
    calendar = opened(reminder.lang, reminder.voice("calendar.name"))
    days: dict[tuple[str, str], list[tuple[Watched, Day]]] = {}
    for due in reminder.found:
        for day in due.ahead:
            days.setdefault((day.date, due.system.company), []).append((due.system, day))
    for (date, company), concerned in sorted(days.items(), key=lambda item: item[0]):
        systems = {system.key: system for system, _ in concerned}
        name = shown(next(iter(systems.values())).name, LONGEST)
        summary = reminder.voice.count("calendar.summary", len(systems), system="{system}").format(system=name)
        says = dict.fromkeys(_line(reminder, system, day) for system, day in concerned)
        description = "\n".join([*says, "", words(reminder.lang)["disclaimer"]])
        calendar.add_component(all_day((company, date, "due"), reminder.today, date, summary, description))
    done: bytes = calendar.to_ical()
    return done


def _line(reminder: Reminder, system: Watched, day: Day) -> str:
    return "- " + reminder.voice("item", systems=shown(system.name, LONGEST), what=reminder.what(day))
