"""The assessment document as a report: HTML, PDF, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiact_check.assessing.document import as_json
from aiact_check.reporting.carried import ASSESSMENT, QUESTIONNAIRE
from aiact_check.reporting.drawing import path, timeline
from aiact_check.reporting.gates import gates
from aiact_check.text import Language
from aiact_check.wording.imprint import imprint
from aiact_check.wording.printing import as_markdown, as_text, page, printed
from aiact_check.wording.speech import Data
from aiact_check.wording.supposed import beside
from aiact_check.wording.view import View

SECTION = re.compile(r"^##? .*", re.MULTILINE)
"""Where a part of a Markdown report begins: each says of itself that it supposes something."""
MAX_LINES, LINE = 3_000, 90
"""How many lines of a company's own words, of so many letters, pages can be laid out from in a few seconds."""


@dataclass(eq=False)
class TooLong(Exception):
    """A document with more of a company's own words than pages are laid out for."""

    lines: int


def html(document: Data, lang: Language) -> str:
    """The report as one page that needs no other file."""
    return page("report.html.j2", lang, _names(View(document, lang)), with_fonts=True)


def pdf(document: Data, lang: Language, questionnaire: bytes = b"", *, annexes: bool = False) -> bytes:
    """The report as PDF/UA-1 and PDF/A-3a in one file; the same bytes every time.

    With its annexes it is whole; else it is as much as an officer reads. It carries the document and, where there is
    one, the questionnaire as it was given. Raises TooLong.
    """
    lines = sum(1 + len(line) // LINE for text in _own_words(document) for line in text.splitlines())
    if lines > MAX_LINES:
        raise TooLong(lines)
    carried = ((ASSESSMENT, as_json(document).encode(), "Data"), (QUESTIONNAIRE, questionnaire, "Source"))
    written = page("report.html.j2", lang, _names(View(document, lang, whole=annexes)), form="pdf")
    made_with = imprint(annexes=annexes)
    return printed(written, document["as_of"], [part for part in carried if part[1]], made_with)


def _own_words(document: Data) -> Iterator[str]:
    """What a company wrote in sentences of its own: of the system, of its answers, of its work."""
    yield document["system"].get("description") or ""
    yield from (answer["note"] or "" for answer in document["answers"])
    for work in {duty["id"]: duty["work"] for duty in document["duties"] if duty["work"]}.values():
        yield from (work[key] or "" for key in ("reason", "note"))
        yield from (item["says"] for item in work["evidence"])


def markdown(document: Data, lang: Language) -> str:
    """The report as Markdown, for a wiki or a repository."""
    view = View(document, lang)
    text = as_text("report.md.j2", lang, _names(view))
    return SECTION.sub(rf"\g<0>\n\n**{as_markdown(view.supposed)}**", text) if view.supposed else text


def _names(view: View) -> dict[str, Any]:
    steps = gates(view)
    drawn = {"path": path(steps), "timeline": timeline(view)}
    names = {"v": view, "w": view.w, "doc": view.doc, "lang": view.lang, "gates": steps, "drawn": drawn}
    return {**names, "beside": beside(view)}
