"""What every Word document here shares: its language, type and metadata, no clock, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from aiact_check.text import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

ZIP_DAY = (1980, 1, 1, 0, 0, 0)
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOCALE: dict[Language, str] = {"en": "en-GB", "fr": "fr-FR"}
GREY, BLUE = "595959", "1F3A8A"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What stands in the properties of a document and on each of its pages."""

    title: str
    company: str
    system: str
    made: str
    """The day asked about."""
    footer: str


def clean(text: str) -> str:
    """A text without the few signs that XML does not allow."""
    return NOT_XML.sub("", text)


def settle(document: Document, sheet: Sheet, lang: Language) -> None:
    """Metadata without a clock, the language, the type, and on each page what it is."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    made = datetime.combine(date.fromisoformat(sheet.made), time(), UTC)
    core = document.core_properties
    core.title, core.author, core.language = clean(sheet.title), clean(sheet.company)[:200], LOCALE[lang]
    core.subject, core.comments, core.last_modified_by, core.revision = clean(sheet.system)[:200], "", "", 1
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
    page.header.paragraphs[0].add_run(clean(sheet.title)).bold = True
    page.footer.paragraphs[0].text = clean(sheet.footer)


def small(paragraph: Paragraph, text: str, italic: bool = False) -> None:
    """Add a text in small grey type."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb, run.italic = Pt(9), RGBColor.from_string(GREY), italic


def link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add a link to a provision; the library has no writer for one."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(clean(text))
    run.font.size, run.font.color.rgb, run.underline = Pt(9), RGBColor.from_string(BLUE), True
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(anchor)
    anchor.append(run._r)


def written(document: Document) -> bytes:
    """The document, with a fixed day on every entry of its archive."""
    made, stream = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
