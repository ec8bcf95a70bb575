"""A draft as a Word document: real headings, styles, gaps highlighted; the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from aiact_check.drafting.draft import Draft, Line, Section
from aiact_check.reporting.typeset import day as in_words
from aiact_check.reporting.typeset import joined, typeset, words
from aiact_check.text import Language, phrase, said

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

ZIP_DAY = (1980, 1, 1, 0, 0, 0)
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOCALE: dict[Language, str] = {"en": "en-GB", "fr": "fr-FR"}
WIDTHS = (0.8, 6.2, 3.6, 3.6, 2.8)
"""Of the columns of the table, in centimetres."""
GREY, BLUE = "595959", "1F3A8A"


def docx(draft: Draft, lang: Language) -> bytes:
    """The draft as a document; what a user wrote is text in it."""
    import docx as word

    document = word.Document()
    _settle(document, draft, lang)
    document.add_heading(_clean(draft.title), 0)
    document.add_paragraph(_clean(f"{draft.system}, {draft.company}"), style="Subtitle")
    for text in draft.head:
        document.add_paragraph(_clean(text), style="Intense Quote" if text == draft.head[0] else None)
    for text in draft.standing.says:
        document.add_paragraph().add_run(_clean(text)).bold = True
    document.add_heading(_say("fields", lang), 1)
    _table(document, draft, lang)
    for number, section in enumerate(draft.sections, 1):
        document.add_heading(_clean(f"{number}. {section.title}"), 2)
        _section(document, section, lang)
    stream = io.BytesIO()
    document.save(stream)
    return _dated(stream.getvalue())


def _say(key: str, lang: Language, **slots: str) -> str:
    return typeset(said(phrase(f"draft.{key}"), lang), lang).format(**slots)


def _clean(text: str) -> str:
    """A text without the few signs that XML does not allow."""
    return NOT_XML.sub("", text)


def _settle(document: Document, draft: Draft, lang: Language) -> None:
    """Metadata without a clock, the language, the type, and on each page that it is a draft."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    made = datetime.combine(date.fromisoformat(draft.made), time(), UTC)
    core = document.core_properties
    core.title, core.author, core.language = (
        _clean(f"{draft.mark} · {draft.title}"),
        _clean(draft.company)[:200],
        LOCALE[lang],
    )
    core.subject, core.comments, core.last_modified_by, core.revision = _clean(draft.system)[:200], "", "", 1
    core.created = core.modified = made
    normal: Any = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(10.5), "Calibri"
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    for attribute in ("w:val", "w:eastAsia"):
        language.set(qn(attribute), LOCALE[lang])
    properties.append(language)
    for default in document.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), LOCALE[lang])
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.header.paragraphs[0].add_run(_clean(f"{draft.mark} · {draft.title}")).bold = True
    page.footer.paragraphs[0].text = _say("footer", lang, mark=draft.mark, day=in_words(draft.made, lang))


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
            cell.paragraphs[0].text = _clean(text)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _section(document: Document, section: Section, lang: Language) -> None:
    where = document.add_paragraph()
    where.paragraph_format.keep_with_next = True
    for place, (cite, eli) in enumerate(section.cites):
        where.add_run(joined(("", ""), lang) if place else "")
        _link(where, cite, eli)
    _small(where, f" · {section.who}")
    if section.guidance:
        _small(document.add_paragraph(), _say("guidance", lang, says=section.guidance), italic=True)
    if section.gone:
        document.add_paragraph().add_run(_clean(section.gone)).bold = True
    for line in section.lines:
        _line(
            document.add_paragraph(style=None if line.kind == "says" else "List Bullet"),
            line,
            typeset(words(lang)["colon"], lang),
        )


def _line(paragraph: Paragraph, line: Line, colon: str) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    if line.label:
        paragraph.add_run(_clean(line.label + colon)).bold = True
    run = paragraph.add_run(_clean(line.text))
    if line.kind == "gap":
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if line.note:
        _small(paragraph, f" ({line.note})")


def _small(paragraph: Paragraph, text: str, italic: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb, run.italic = Pt(9), RGBColor.from_string(GREY), italic


def _link(paragraph: Paragraph, text: str, address: str) -> None:
    """A link to a provision; the library has no writer for one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.color.rgb, run.underline = Pt(9), RGBColor.from_string(BLUE), True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    link.append(run._r)


def _dated(content: bytes) -> bytes:
    """The same archive with a fixed day on every entry."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
