"""The assessment document in a few lines for a terminal."""

from __future__ import annotations

from collections import Counter

from aiact_check.text import Language, phrase, said
from aiact_check.wording.speech import Data
from aiact_check.wording.supposed import beside
from aiact_check.wording.typeset import lower_first, wrapped
from aiact_check.wording.view import View

LINES = 30
NAMED, ALREADY = 5, 2
"""How many duties are named, and how many of them apply already where others are to come."""


def text(document: Data, lang: Language) -> str:
    """The report in a few lines for a terminal."""
    view = View(document, lang)
    w = view.w
    lines = [*wrapped(view.supposed), ""] if view.supposed else []
    lines += wrapped(f"{view.head['system']}, {view.head['company']}") + wrapped(view.headline)
    if both := beside(view):
        lines += wrapped(view.t(w["supposed"]["in_force"]) + view.t(w["colon"]) + lower_first(both.in_force.verdict))
    lines.append("")

    def say(title: str, items: list[str]) -> None:
        if items:
            lines.append(view.t(title) + view.t(w["colon"]).rstrip())
            lines.extend(line for item in items for line in wrapped(item, "  "))

    if view.headline_tier == "undetermined":
        possible = [view.tier(tier, "could_be") for tier in document["classification"]["possible"]]
        say(w["summary"]["could_be"], [", ".join(possible)])
    roles = [view.role(role) for role in view.roles["true"]]
    if maybe := view.names(view.roles["unknown"], "a", "or"):
        roles.append(view.t(w["decision"]["role_perhaps"], roles=maybe))
    say(w["summary"]["roles"], [", ".join(roles)] if roles else [])
    already = view.due[: ALREADY if view.upcoming else NAMED]
    for title, duties in (("already", already), ("next", view.upcoming[: NAMED - len(already)])):
        say(w["summary"][title], [f"{view.day(duty['applies_from'])}  {view.t(duty['title'])}" for duty in duties])
    say(w["summary"]["duties"], [", ".join(view.next_lines)] if view.next_lines else [])
    say(w["decision"]["exposure"], [view.worst["figure"]] if view.worst else [])
    remarks = Counter(remark["kind"] for remark in document["remarks"])
    look = ", ".join(said(phrase(f"remarks.count.{kind}", count=count), lang) for kind, count in remarks.items())
    say(said(phrase("remarks.count.title"), lang), [look] if look else [])
    asked = [view.t(question["ask"]) for question in document["open_questions"][:5]]
    say(w["summary"]["open"], [f"{number}. {ask}" for number, ask in enumerate(asked, 1)])
    for warning in (view.redacted, view.old):
        lines = [*lines[: LINES - 4], *wrapped(warning)] if warning else lines
    return "\n".join([*lines[: LINES - 1], view.t(w["disclaimer"])]) + "\n"
