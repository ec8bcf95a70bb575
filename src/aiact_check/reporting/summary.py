"""The assessment document in a few lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from aiact_check.text import Language, phrase, said
from aiact_check.wording.speech import Data
from aiact_check.wording.supposed import beside
from aiact_check.wording.typeset import lower_first, wrapped
from aiact_check.wording.view import View

LINES = 30
NAMED, ALREADY = 5, 2
"""How many duties are named, and how many of them apply already where others are to come."""

Part = tuple[str, list[str]]
"""A title, and what stands below it."""


def text(document: Data, lang: Language) -> str:
    """The report in a few lines for a terminal."""
    view = View(document, lang)
    lines = [*_head(view), ""]
    for title, items in [*_verdict(view), *_duties(view), *_loose_ends(view)]:
        if items:
            lines.append(view.t(title) + view.t(view.w["colon"]).rstrip())
            lines.extend(line for item in items for line in wrapped(item, "  "))
    for warning in (view.redacted, view.old):
        lines = [*lines[: LINES - 4], *wrapped(warning)] if warning else lines
    return "\n".join([*lines[: LINES - 1], view.t(view.w["disclaimer"])]) + "\n"


def _head(view: View) -> list[str]:
    """The system and the verdict; of a text supposed, that it is, and the verdict under the law in force."""
    lines = [*wrapped(view.supposed), ""] if view.supposed else []
    lines += wrapped(f"{view.head['system']}, {view.head['company']}") + wrapped(view.headline)
    if both := beside(view):
        in_force = view.t(view.w["supposed"]["in_force"]) + view.t(view.w["colon"])
        lines += wrapped(in_force + lower_first(both.in_force.verdict))
    return lines


def _verdict(view: View) -> Iterator[Part]:
    """What the system could still be, and the roles."""
    said_of = view.w["summary"]
    if view.headline_tier == "undetermined":
        possible = [view.tier(tier, "could_be") for tier in view.doc["classification"]["possible"]]
        yield said_of["could_be"], [", ".join(possible)]
    roles = [view.role(role) for role in view.roles["true"]]
    if maybe := view.names(view.roles["unknown"], "a", "or"):
        roles.append(view.t(view.w["decision"]["role_perhaps"], roles=maybe))
    yield said_of["roles"], [", ".join(roles)] if roles else []


def _duties(view: View) -> Iterator[Part]:
    """The first duties that apply and that will, how many there are, and what a breach may cost."""
    already = view.due[: ALREADY if view.upcoming else NAMED]
    for title, duties in (("already", already), ("next", view.upcoming[: NAMED - len(already)])):
        yield (
            view.w["summary"][title],
            [f"{view.day(duty['applies_from'])}  {view.t(duty['title'])}" for duty in duties],
        )
    yield view.w["summary"]["duties"], [", ".join(view.next_lines)] if view.next_lines else []
    if view.worst:
        hangs = "" if view.worst["sure"] else f", {view.t(view.w['decision']['exposure_maybe'])}"
        yield view.w["decision"]["exposure"], [view.worst["figure"] + hangs]


def _loose_ends(view: View) -> Iterator[Part]:
    """What wants a look, and the first open questions."""
    remarks = Counter(remark["kind"] for remark in view.doc["remarks"])
    look = ", ".join(said(phrase(f"remarks.count.{kind}", count=count), view.lang) for kind, count in remarks.items())
    yield said(phrase("remarks.count.title"), view.lang), [look] if look else []
    asked = [view.t(question["ask"]) for question in view.doc["open_questions"][:NAMED]]
    yield view.w["summary"]["open"], [f"{number}. {ask}" for number, ask in enumerate(asked, 1)]
