"""A draft as a Word document: real headings, styles, gaps highlighted; the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiact_check.drafting.paper import Sheet, clean, link, settle, small, written
from aiact_check.drafting.sections import Draft, Line, Section
from aiact_check.text import Language, phrase, said
from aiact_check.wording.typeset import day as in_words
from aiact_check.wording.typeset import joined, typeset, words

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

WIDTHS = (0.8, 6.2, 3.6, 3.6, 2.8)
"""Of the columns of the table, in centimetres."""


def docx(draft: Draft, lang: Language) -> bytes:
    """The draft as a document; what a user wrote is text in it."""
    import docx as word

    document = word.Document()
    footer = _say("footer", lang, mark=draft.mark, day=in_words(draft.made, lang))
    title = f"{draft.mark} · {draft.title}"
    sheet = Sheet(title=title, company=draft.company, system=draft.system, made=draft.made, footer=footer)
    settle(document, sheet, lang)
    document.add_heading(clean(draft.title), 0)
    document.add_paragraph(clean(f"{draft.system}, {draft.company}"), style="Subtitle")
    for text in draft.head:
        document.add_paragraph(clean(text), style="Intense Quote" if text == draft.head[0] else None)
    for text in draft.standing.says:
        document.add_paragraph().add_run(clean(text)).bold = True
    document.add_heading(_say("fields", lang), 1)
    _table(document, draft, lang)
    for number, section in enumerate(draft.sections, 1):
        document.add_heading(clean(f"{number}. {section.title}"), 2)
        _section(document, section, lang)
    return written(document)


def _say(key: str, lang: Language, **slots: str) -> str:
    return typeset(said(phrase(f"draft.{key}"), lang), lang).format(**slots)


def _table(document: Document, draft: Draft, lang: Language) -> None:
    """The parts, their provisions, who fills each, and how far each is filled."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = document.add_table(rows=1, cols=len(WIDTHS), style="Table Grid")
    table.autofit = False
    heads = ["", *(_say(key, lang) for key in ("part", "provision", "who", "progress"))]
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for number, section in enumerate(draft.sections, 1):
        cited = joined((cite for cite, _ in section.cites), lang)
        texts = [str(number), section.title, cited, section.who, _say(f"state.{section.state}", lang)]
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.paragraphs[0].text = clean(text)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _section(document: Document, section: Section, lang: Language) -> None:
    where = document.add_paragraph()
    where.paragraph_format.keep_with_next = True
    for place, (cite, eli) in enumerate(section.cites):
        where.add_run(joined(("", ""), lang) if place else "")
        link(where, cite, eli)
    small(where, f" · {section.who}")
    if section.guidance:
        small(document.add_paragraph(), _say("guidance", lang, says=section.guidance), italic=True)
    if section.gone:
        document.add_paragraph().add_run(clean(section.gone)).bold = True
    for line in section.lines:
        _line(
            document.add_paragraph(style=None if line.kind == "says" else "List Bullet"),
            line,
            typeset(words(lang)["colon"], lang),
        )


def _line(paragraph: Paragraph, line: Line, colon: str) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    if line.label:
        paragraph.add_run(clean(line.label + colon)).bold = True
    run = paragraph.add_run(clean(line.text))
    if line.kind == "gap":
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if line.note:
        small(paragraph, f" ({line.note})")
