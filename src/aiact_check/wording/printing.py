"""A template of reports/ filled and set: as an HTML page, as a PDF, as Markdown. It fetches nothing."""

from __future__ import annotations

import base64
import datetime
import gc
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from aiact_check.text import Language, data_folder
from aiact_check.wording.faces import unpacked
from aiact_check.wording.imprint import imprint
from aiact_check.wording.typeset import lower_first, shorten, shown, typeset, unparted, upper_first

FONT_URL = re.compile(r"url\(fonts/([\w-]+\.woff2)\)")
HOME = "https://report.invalid/"
MARKDOWN = re.compile(r"([\\`*_\[\]|<>~&])")
WEB = re.compile(r"https?://[!-~]+")
LONG_WORD = re.compile(r"\S{500,}")
PIECE = re.compile(r"\S{60}(?=\S)")
PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>
</pdfaExtension:schemas></rdf:Description>"""  # noqa: E501


def page(
    template: str, lang: Language, names: Mapping[str, Any], *, form: str = "html", with_fonts: bool = False
) -> str:
    """A template of reports/ as a page, of HTML or for a PDF; with its fonts, it needs no other file."""
    fonts = data_folder() / "reports" / "fonts"

    def inlined(found: re.Match[str]) -> str:
        data = base64.b64encode((fonts / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{data})"

    style = FONT_URL.sub(inlined, _style()) if with_fonts else _style()
    return _templates(form, lang).get_template(template).render(names, style=Markup(style))  # noqa: S704


def printed(written: str, as_of: str, carried: Iterable[tuple[str, bytes, str]], made_with: str = "") -> bytes:
    """A page as PDF/UA-1 and PDF/A-3a in one file, with files in it: name, content, what they are to it.

    It says with what it was made: the usual imprint, unless told another.
    """
    import weasyprint

    day = datetime.date.fromisoformat(as_of)
    attached = [
        weasyprint.Attachment(
            string=content, name=name, description=name, relationship=relationship, created=day, modified=day
        )
        for name, content, relationship in carried
    ]
    laid = weasyprint.HTML(string=written, base_url=HOME, url_fetcher=_own_fonts())
    options = {"pdf_variant": "pdf/a-3a", "attachments": attached}
    with _no_collecting():
        drawn = laid.render(**options)
        drawn.metadata.generator = made_with or imprint()
        done: bytes = drawn.write_pdf(finisher=_also_ua, **options)
    return done


def _own_fonts() -> Any:
    """What fetches for WeasyPrint: it gives our fonts and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = data_folder() / "reports" / "fonts"
    allowed = {f"{HOME}fonts/{name}": fonts / name for name in FONT_URL.findall(_style())}

    class OwnFonts(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in allowed:
                raise ValueError(f"not a part of the report: {url}")
            return URLFetcherResponse(url, unpacked(allowed[url]), {"Content-Type": "font/otf"})

    return OwnFonts()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the garbage collector, which finds nothing to collect while pages are laid out: a tenth of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _also_ua(_document: Any, made: Any) -> None:
    """Says in the metadata that the file is PDF/UA-1 too; WeasyPrint has one variant a file."""
    metadata = made.objects[int(made.catalog["Metadata"].split()[0])]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>")]


def as_text(template: str, lang: Language, names: Mapping[str, Any]) -> str:
    """A template of reports/ as Markdown."""
    text = _templates("markdown", lang).get_template(template).render(names)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


@cache
def _style() -> str:
    return (data_folder() / "reports" / "style.css").read_text("utf-8")


@cache
def _templates(form: str, lang: Language) -> jinja2.Environment:
    """The templates of a form. All text is escaped: as HTML, or as Markdown before that can happen."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(data_folder() / "reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=as_markdown if form == "markdown" else None,
    )

    def said(text: Any) -> str:
        return typeset(text if isinstance(text, str) else text[lang], lang)

    env.filters["web"] = WEB.fullmatch
    env.filters["address"] = lambda url: Markup(re.sub(r"[<>\s]", "", url))  # noqa: S704
    own = (lower_first, shorten, shown, unparted, upper_first)
    env.filters |= {"t": said, **{function.__name__: function for function in own}}
    if form == "pdf":
        env.filters["shown"] = _breakable
    return env


def _breakable(text: object, longest: int | None = None) -> str:
    """What a user wrote, overlong words in lines: parting them takes the layout minutes."""
    return LONG_WORD.sub(lambda word: PIECE.sub("\\g<0>\n", word[0]), shown(text, longest))


def as_markdown(value: Any) -> Markup:
    """A value as one line of Markdown text: nothing in it is markup."""
    if isinstance(value, Markup):
        return value
    return Markup(MARKDOWN.sub(r"\\\1", re.sub(r"[ \t-\r\x85\u2028\u2029]+", " ", str(value))))  # noqa: S704
