"""The report: fixed words, typography, headlines, what a user wrote, and the four forms."""

from __future__ import annotations

import copy
import re
import string
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import jsonschema
import pypdf
import pytest

from aiact_check.assessing import assessment
from aiact_check.reading.source import parse
from aiact_check.reporting import report, summary
from aiact_check.reporting.gates import gates
from aiact_check.text import LANGUAGES, Language
from aiact_check.wording import printing, typeset
from aiact_check.wording.view import View
from tests.conftest import EXAMPLES, TOP, Assess

NB, NARROW = "\u00a0", "\u202f"
NAMES = [path.stem for path in EXAMPLES]
VOID = {"meta", "br", "col", "hr", "img", "input", "link"}


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict) and not set(node) & set(LANGUAGES):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}")
    else:
        yield path, node


WORDS = dict(leaves(parse("words.yaml", (TOP / "reports" / "words.yaml").read_bytes()).data))


@pytest.mark.parametrize("key", WORDS)
def test_every_word_has_both_languages_with_the_same_slots(key: str) -> None:
    word = WORDS[key]
    assert set(word) == set(LANGUAGES)
    assert type(word["en"]) is type(word["fr"])
    if isinstance(word["en"], str):
        slots = [{name for _, name, _, _ in string.Formatter().parse(word[lang]) if name} for lang in LANGUAGES]
        assert slots[0] == slots[1]
    else:
        assert len(word["en"]) == len(word["fr"])


def test_every_word_is_used() -> None:
    folder = TOP / "reports"
    used = "".join(path.read_text("utf-8") for path in [*folder.rglob("*.j2"), *(TOP / "src").rglob("*.py")])
    unused = [key for key in WORDS if not re.search(rf"\b{re.escape(key.rsplit('.', 1)[-1].split('_')[0])}", used)]
    assert unused == []


@pytest.mark.parametrize(
    ("lang", "plain", "set_"),
    [
        ("fr", "Qui ? Quoi ; où !", f"Qui{NARROW}? Quoi{NARROW}; où{NARROW}!"),
        ("fr", "le cas : 3 % de 240 000 €", f"le cas{NB}: 3{NARROW}% de 240{NARROW}000{NB}€"),
        ("fr", "l'usage « courant »", f"l’usage «{NARROW}courant{NARROW}»"),
        ("fr", 'dit "oui"', f"dit «{NARROW}oui{NARROW}»"),
        ("fr", "art. 26, par. 7", f"art.{NB}26,{NB}par.{NB}7"),
        ("fr", "le 1er décembre, le 2 décembre", f"le 1er{NB}décembre, le 2{NB}décembre"),
        ("fr", "annexe III, point 4 a)", f"annexe{NB}III, point{NB}4{NB}a)"),
        ("fr", "http://data.europa.eu:80/a;b?c", "http://data.europa.eu:80/a;b?c"),
        ("en", "the company's \"own\" 'name'", "the company’s “own” ‘name’"),
        ("en", "rule « title »", "rule “title”"),
        ("en", "Art. 15(4) subpara. 1", f"Art.{NB}15(4) subpara.{NB}1"),
        ("en", "EUR 240,000 under Art. 26(7)", f"EUR{NB}240,000 under Art.{NB}26(7)"),
    ],
)
def test_typeset(lang: Language, plain: str, set_: str) -> None:
    assert typeset.typeset(plain, lang) == set_
    assert typeset.typeset(set_, lang) == set_


@pytest.mark.parametrize("lang", LANGUAGES)
def test_typesetting_twice_changes_nothing(lang: Language) -> None:
    for word in WORDS.values():
        if isinstance(word[lang], str):
            once = typeset.typeset(word[lang], lang)
            assert typeset.typeset(once, lang) == once


def test_dates_money_counts_lists() -> None:
    assert typeset.day("2026-12-01", "fr") == f"1er{NB}décembre 2026"
    assert typeset.day("2026-12-01", "en") == f"1{NB}December 2026"
    assert typeset.money(240000, "fr") == f"240{NARROW}000{NB}€"
    assert typeset.money(240000, "en") == f"EUR{NB}240,000"
    counts = [typeset.counted("{words} duty|{words} duties", number, "en") for number in (1, 2, 13)]
    assert counts == ["one duty", "two duties", "13 duties"]
    assert typeset.counted("{n} question|{n} questions", 0, "fr") == "0 question"
    assert typeset.listed(["a", "b", "c"], "fr", "or") == "a, b ou c"
    assert typeset.lower_first("Maîtrise de l'IA") == "maîtrise de l'IA"
    assert typeset.lower_first("AI literacy") == "AI literacy"


class Outline(HTMLParser):
    """The headings, the text, the open elements and the addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.addresses += [value or "" for key, value in attrs if key in ("href", "src")]
        self.ids += [value or "" for key, value in attrs if key == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.text += data


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_html_of_every_example(name: str, lang: Language, example: Assess) -> None:
    document = example(name)
    page = Outline(report.html(document, lang))
    assert page.open == []
    assert page.levels[0] == 1
    assert all(below - above <= 1 for above, below in zip(page.levels, page.levels[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    for address in page.addresses:
        assert address.startswith(("http://data.europa.eu/", "#"))
        assert not address.startswith("#") or address[1:] in page.ids
    for duty in document["duties"]:
        assert typeset.typeset(duty["title"][lang], lang) in page.text
    assert "{" not in page.text


def brief(document: Any, lang: Language) -> str:
    """What the short PDF is drawn from."""
    return printing.page("report.html.j2", lang, report._names(View(document, lang, whole=False)), form="pdf")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_short_report_leaves_no_duty_out_and_leads_nowhere_it_does_not_go(
    name: str, lang: Language, example: Assess
) -> None:
    document = example(name)
    page = Outline(brief(document, lang))
    assert page.open == []
    assert all(below - above <= 1 for above, below in zip(page.levels, page.levels[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    assert all(address[1:] in page.ids for address in page.addresses if address.startswith("#"))
    said = [duty["title"] for duty in document["duties"]] + [asked["ask"] for asked in document["open_questions"]]
    assert all(typeset.typeset(text[lang], lang) in page.text for text in said)
    view = View(document, lang)
    assert all(typeset.upper_first(view.said(found["says"])) in page.text for found in document["answers"])
    assert "{" not in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_short_report_leaves_out_is_in_the_whole_one(lang: Language, example: Assess) -> None:
    document = example("imagerie-medicale.fr")
    short, whole = Outline(brief(document, lang)), Outline(report.html(document, lang))
    rest = typeset.typeset(typeset.words(lang)["method"]["rest"], lang)
    assert rest in short.text
    assert rest not in whole.text
    notes = [note[lang] for duty in document["duties"] for note in duty["interpretation"]]
    items = [item["says"][lang] for checklist in View(document, lang).checklists for item in checklist["items"]]
    amended = [
        duty["amended"]["was"][lang] for duty in document["duties"] if duty["amended"] and duty["amended"]["was"]
    ]
    assert notes
    assert items
    for text in (typeset.typeset(text, lang) for text in (*notes, *items, *amended)):
        assert text in whole.text
    assert not any(typeset.typeset(item, lang) in short.text for item in items if len(item) > 60)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_names_what_was_asked_and_not_the_choices(lang: Language, example: Assess) -> None:
    view = View(example("recrutement-ia-generative.fr", date(2026, 11, 23)), lang)
    labels = [label for gate in gates(view) for label, _ in gate.said]
    assert len(labels) > 5
    assert not any(":" in label for label in labels)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_one_speaks_of_this_system_only(lang: Language, example: Assess) -> None:
    for name in NAMES:
        reasons = " ".join(View(example(name), lang).reasons)
        assert not re.search(r"(?i)machine(s|ry)\b", reasons), name


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_summary_fits_a_terminal(name: str, lang: Language, example: Assess) -> None:
    lines = summary.text(example(name), lang).splitlines()
    assert len(lines) <= 31
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_of_every_example(name: str, lang: Language, example: Assess) -> None:
    document = example(name)
    text = report.markdown(document, lang)
    assert text.startswith("# ")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)
    assert not re.search(r"\S- \*\*", text), "an item of a list begins a line"
    for duty in document["duties"]:
        assert printing.as_markdown(typeset.typeset(duty["title"][lang], lang)) in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_answer_at_all_is_reported_compactly(lang: Language, assess: Assess) -> None:
    document = assess("technique: null")
    view = View(document, lang)
    assert view.headline_tier == "undetermined"
    assert len(view.maybe) > 50
    page = Outline(report.html(document, lang))
    assert all(typeset.typeset(asked["ask"][lang], lang) in page.text for asked in document["open_questions"])
    assert len(summary.text(document, lang).splitlines()) <= 31
    assert all(gate.value == "open" for gate in gates(view))


def given(assess: Assess, tier: str, *duties: tuple[str | None, str]) -> dict[str, Any]:
    """A document whose headline is `tier`, and of the duties only those named by their tier and state."""
    document: dict[str, Any] = copy.deepcopy(dict(assess("technique: null")))
    start = {**document["duties"][0]["start"], "date": "2025-02-02"}
    finding = next(found for found in document["findings"] if found.get("tier", tier) == tier)
    possible = [tier] if tier != "undetermined" else ["prohibited", "high-risk"]
    tiers = [{"tier": tier, "value": "true", "start": start, "finding": finding}] if len(possible) == 1 else []
    document["classification"] |= {"headline": tier, "possible": possible, "tiers": tiers}
    literacy = {"en": "AI literacy", "fr": "Maîtrise de l'IA"}
    day = "2027-12-02"
    changes = {
        "role": "deployer",
        "title": literacy,
        "applies_from": day,
        "start": start | {"date": day},
        "penalty": None,
    }
    document["duties"] = [
        document["duties"][0] | changes | {"id": f"duty-{place}", "tier": of, "state": state}
        for place, (of, state) in enumerate(duties)
    ]
    deployer = next(found for found in document["findings"] if found.get("role") == "deployer")
    document["roles"] = [{"role": "deployer", "value": "true", "finding": deployer}]
    return document | {"options": [], "open_questions": [], "penalties": [], "conformity": []}


@pytest.mark.parametrize(
    ("tier", "duties", "en"),
    [
        ("not-an-ai-system", [], "Not an AI system: the Act does not apply to it"),
        ("excluded", [], "Out of scope: the Act lays no duty on the company for this system"),
        ("prohibited", [("prohibited", "upcoming")], "Prohibited practice: stop"),
        ("prohibited", [], "Prohibited practice: the ban binds others than you"),
        ("high-risk", [], "High-risk system, without direct duties under the Act"),
        ("high-risk", [("high-risk", "upcoming")], "High-risk system: one duty as deployer from 2 December 2027"),
        ("high-risk", [("high-risk", "upcoming")] * 2, "High-risk system: two duties as deployer from 2 December 2027"),
        ("high-risk", [("high-risk", "depends")] * 2,
         "High-risk system: up to two duties as deployer from 2 December 2027, hanging on open answers"),
        ("transparency", [("transparency", "upcoming")],
         "Tell people it is AI: one duty as deployer from 2 December 2027"),
        ("transparency", [], "People must be told it is AI, and that duty is not yours"),
        ("minimal", [], "No specific duty for this system"),
        ("minimal", [(None, "upcoming")], "No duty beyond AI literacy"),
        ("undetermined", [], "Not decided: the system could be prohibited or high-risk"),
    ],
)  # fmt: skip
def test_headlines(assess: Assess, tier: str, duties: list[tuple[str | None, str]], en: str) -> None:
    document = given(assess, tier, *duties)
    jsonschema.validate(document, assessment.schema())
    assert View(document, "en").headline.replace(NB, " ") == en
    for lang in LANGUAGES:
        assert typeset.unparted(View(document, lang).headline) in Outline(report.html(document, lang)).text
        assert not re.search(r"\b(?:compliant|conforme)\b", summary.text(document, lang))


def test_a_practice_prohibited_later_is_said_so(assess: Assess) -> None:
    document = given(assess, "prohibited", ("prohibited", "upcoming"))
    document["classification"]["tiers"][0]["start"]["date"] = "2026-12-02"
    headline = "Pratique interdite à partir du 2 décembre 2026 : arrêtez avant ce jour"
    assert View(document, "fr").headline == typeset.typeset(headline, "fr")


def test_a_duty_that_never_starts_is_an_exemption(assess: Assess) -> None:
    document = given(assess, "high-risk")
    says = {"en": "On the market before.", "fr": "Sur le marché avant."}
    document["exemptions"] = [{"id": "x", "role": "deployer", "title": says, "cite": [], "because": says}]
    assert "exempt" in View(document, "en").headline
    assert "On the market before." in Outline(report.html(document, "en")).text


def test_help_authorities_and_checklists_are_shown(assess: Assess) -> None:
    document = given(assess, "minimal", (None, "applies"))
    says = {"en": "Some words", "fr": "Des mots"}
    served = {"says": says, "serves": ["duty-0"], "source": {"en": "Source", "fr": "Source"}, "dated": "2026-10"}
    document["help"] = [{"title": {"en": "A course", "fr": "Un cours"}, **served}]
    document["authorities"] = [{"name": {"en": "An office", "fr": "Un service"}, "status": "planned", **served}]
    items = [{"cite": document["findings"][0]["cite"], "says": says}]
    lists = [
        {"id": name, "title": {"en": f"List {name}", "fr": f"Liste {name}"}, "items": items} for name in ("one", "two")
    ]
    document["checklists"], document["duties"][0]["contents"] = lists, ["one"]
    jsonschema.validate(document, assessment.schema())
    page = Outline(report.html(document, "en"))
    for text in ("A course", "An office", "planned", "AI literacy", "2026-10", "List one", "Some words", "list two"):
        assert text in page.text
    assert "#c-one" in page.addresses
    assert "c-two" not in page.ids
    assert "A course" in report.markdown(document, "en")


PENALTY: dict[str, Any] = {"id": "p", "title": {"en": "Fine", "fr": "Amende"}, "reads": None, "duties": [],
           "amount_eur": 15_000_000, "turnover_percent": 3, "why": None}  # fmt: skip


@pytest.mark.parametrize(
    ("turnover", "share", "lower", "ceiling", "figure"),
    [
        (8_000_000, 240_000, "true", 240_000, "EUR 240,000"),
        (8_000_000, 240_000, "unknown", None, "EUR 240,000 or EUR 15,000,000"),
        (None, None, "true", None, "at most EUR 15,000,000"),
        (None, None, "false", None, "EUR 15,000,000 or more"),
        (None, None, "unknown", None, "EUR 15,000,000 or 3%"),
    ],
)
def test_fines(
    assess: Assess, turnover: int | None, share: int | None, lower: str, ceiling: int | None, figure: str
) -> None:
    document = given(assess, "minimal")
    computed = {"turnover_eur": turnover, "share_eur": share, "lower": lower, "ceiling_eur": ceiling}
    penalty = PENALTY | computed | {"cite": document["findings"][0]["cite"]}
    view = View(document | {"penalties": [penalty]}, "en")
    assert view.figure(penalty).replace(NB, " ") == figure
    assert "EUR" in view.computed(penalty)


HOSTILE = [
    "<script>alert(1)</script><b>&amp;</b>",
    "{{ 7 * 7 }}{% raw %}{0}{doc}%s",
    "a" * 5000,
    "abc\u202e\u2066fdp.exe\u2069",
    "\u0645\u0631\u062d\u0628\u0627",
    "| [x](javascript:alert(1)) | `y` ***",
    "one\ntwo\x1b[31mred\u2028three",
    "\U0001f600 emoji",
]


def rows(text: str) -> int:
    return sum(line.startswith("|") for line in text.splitlines())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_user_wrote_is_text(text: str, example: Assess) -> None:
    document: dict[str, Any] = copy.deepcopy(dict(example(NAMES[0])))
    document["company"] = {"name": text, "place": text}
    document["system"] = {"name": text, "version": text, "description": text}
    for answer in document["answers"]:
        answer |= {"note": text, "by": text}
    plain = report.html(example(NAMES[0]), "fr")
    page = report.html(document, "fr")
    assert set(re.findall(r"<[a-z0-9]+", page)) == set(re.findall(r"<[a-z0-9]+", plain))
    assert typeset.shown(text) in Outline(page).text
    made = report.markdown(document, "fr")
    assert "<" not in re.sub(r"\]\(<http://data\.europa\.eu/[^>]*>\)|\\<", "", made)
    assert not re.search(r"(?<!\\)\[x(?<!\\)\]\(javascript", made)
    assert rows(made) == rows(report.markdown(example(NAMES[0]), "fr"))
    for form in (page, made, summary.text(document, "fr")):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", form)


@pytest.fixture(scope="module")
def made(example: Assess) -> bytes:
    return report.pdf(example("recrutement-ia-generative.fr"), "fr")


def test_pdf_is_the_same_every_time(made: bytes, example: Assess) -> None:
    assert made == report.pdf(example("recrutement-ia-generative.fr"), "fr")


def test_pdf_is_tagged_titled_dated_and_carries_its_data(made: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    metadata = root["/Metadata"].get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert b"pdfaid:part" in metadata
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2026, 11, 23)
    assert list(reader.attachments) == ["assessment.json"]  # and the questionnaire, where it is given


def test_page_one_decides_and_ends(made: bytes) -> None:
    pages = pypdf.PdfReader(BytesIO(made)).pages
    title = typeset.words("fr")["reasoning"]["title"]
    assert typeset.typeset(title, "fr") in pages[1].extract_text()


def test_pdf_of_hostile_text(example: Assess) -> None:
    document: dict[str, Any] = copy.deepcopy(dict(example("spam-filter.en")))
    document["system"] = {"name": HOSTILE[2], "description": HOSTILE[1] + HOSTILE[0]}
    document["answers"][0]["note"] = HOSTILE[2]
    assert report.pdf(document, "en").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "Supplier: Néo. Owner: Anne Roche."), ("fr", "Fournisseur du système : Néo. Responsable : Anne Roche.")],
)
def test_who_supplies_the_system_and_answers_for_it_is_shown_where_it_is_given(
    lang: Language, says: str, example: Assess
) -> None:
    document = copy.deepcopy(example("spam-filter.en"))
    bare = report.html(document, lang) + report.markdown(document, lang)
    assert not re.search(r"Néo|\| (Supplier|Fournisseur du système) \|", bare)
    document["system"] |= {"supplier": "Néo", "owner": "Anne Roche"}
    text = re.sub("<[^>]+>", "", report.html(document, lang)).replace(NB, " ").replace("\u202f", " ")
    assert says in text
    rows = report.markdown(document, lang).splitlines()
    assert [row for row in rows if row.endswith("| Néo |")]
    assert [row for row in rows if row.endswith("| Anne Roche |")]
