"""The duties as a plan: every duty owed once, a state all share said once, the same numbers wherever they stand."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest

from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from aiact_check.reporting import report
from aiact_check.reporting.drawing import path, timeline
from aiact_check.reporting.gates import gates
from aiact_check.text import LANGUAGES, Language
from aiact_check.wording import typeset
from aiact_check.wording.headings import heading
from aiact_check.wording.plan import ranges
from aiact_check.wording.view import View
from tests.conftest import TODAY, TOP, Assess
from tests.test_report import HOSTILE, Outline

BUSY = "imagerie-medicale.fr"
KINDS = [
    "recrutement-ia-generative.fr", "imagerie-medicale.fr", "emotions-equipe.fr", "chatbot-boutique.fr",
    "inspection-avion-drone.fr", "jumeau-numerique-avion.fr", "entretiens-annuels.fr", "spam-filter.en",
    "AI-spreadsheet", "PP-034-home-face-camera", "GP-1e25",
]  # fmt: skip
"""A report of every kind: high risk by Annex III and both ways of Annex I, prohibited, transparency, open, derogation,
minimal, no AI system, excluded, a general-purpose model."""

WORK: dict[str, Any] = {"status": "planned", "reason": None, "owner": None, "due": None, "evidence": [], "note": None}


@pytest.fixture(scope="session")
def kind(example: Assess, case: Assess) -> Callable[[str], Any]:
    return lambda name: example(name) if name.endswith((".fr", ".en")) else case(name)


class Cells(HTMLParser):
    """The rows of the tables of a class, each as the texts of its cells."""

    def __init__(self, page: str, table: str) -> None:
        super().__init__()
        self.table, self.within = table, False
        self.rows: list[list[str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.within = self.table in (dict(attrs).get("class") or "").split()
        if self.within and tag == "tr":
            self.rows.append([])
        if self.within and tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.within and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag != "table"


def rows(page: str, table: str) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in Cells(page, table).rows]


def drawings(page: str) -> dict[str, str]:
    return {found[1]: found[0] for found in re.finditer(r'<svg [^>]*class="(\w+)".*?</svg>', page, re.DOTALL)}


def working(example: Assess, **work: Any) -> Any:
    """A document with 49 duties, of which the first six are worked on in every way; `work` goes to the first."""
    found: Any = copy.deepcopy(dict(example(BUSY)))
    told: list[dict[str, Any]] = [
        {"status": "done", "evidence": [{"kind": "text", "says": "Minutes"}], "owner": "C. A."},
        {"status": "partly", "due": "2027-03-15", "owner": "M. V."}, {"status": "planned", "due": "2026-10-01"},
        {"status": "done"}, {"status": "does-not-apply", "reason": "Not for us"}, {"status": "not-started"},
    ]  # fmt: skip
    duties: list[Any] = View(found, "en").owed
    for duty, entry in zip(duties, told, strict=False):
        duty["work"] = WORK | entry
    duties[0]["work"] |= work
    kinds = {2: "past-due", 3: "no-evidence"}
    found["remarks"] = [
        {"rule": duties[place]["id"], "title": duties[place]["title"], "kind": kind, "due": None}
        for place, kind in kinds.items()
    ]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_every_duty_owed_stands_once_and_their_state_is_said_once(
    name: str, lang: Language, kind: Callable[[str], Any]
) -> None:
    document = kind(name)
    page = report.html(document, lang)
    owed = {duty["id"]: duty for duty in document["duties"] if duty["state"] != "depends"}
    unsaid = typeset.words(lang)["unsaid"]
    assert unsaid == {"en": "not started / owner to name", "fr": "non commencé / responsable à désigner"}[lang]
    table = [row[1] for row in rows(page, "duties") if len(row) == 3]
    for duty in owed.values():
        title, text = (" ".join(typeset.typeset(duty[key][lang], lang).split()) for key in ("title", "duty"))
        assert sum(row.startswith(f"{title}. {text}") for row in table) == 1
    assert Outline(page).text.count(unsaid) == bool(owed)


@pytest.mark.parametrize("name", KINDS)
def test_duties_of_one_article_and_one_day_stand_together(name: str, kind: Callable[[str], Any]) -> None:
    for day in View(kind(name), "en").days:
        places = [(group.title, group.roles, group.start) for group in day.groups]
        assert all(places.count(place) == 1 for place in places)
        order = [heading(duty["id"]).place for group in day.groups for duty in group.duties]
        assert order == sorted(order), "in the order of the work"


def test_every_duty_of_the_act_has_one_heading(base: RuleBase) -> None:
    told = parse("headings.yaml", (TOP / "reports" / "headings.yaml").read_bytes()).data
    articles = [article for entry in told.values() for article in entry["articles"]]
    owing = {rule.id.partition("/")[0] for rule in base.rules.values() if rule.kind == "obligation"}
    assert len(articles) == len(set(articles))
    assert set(articles) == owing
    titles = [entry["title"][lang] for entry in told.values() for lang in LANGUAGES]
    assert len(set(titles)) >= len(told)


@pytest.mark.parametrize("name", KINDS)
def test_action_numbers_agree(name: str, kind: Callable[[str], Any]) -> None:
    agree(kind(name))


def test_action_numbers_agree_where_work_is_recorded(example: Assess) -> None:
    agree(working(example))


def agree(document: Any) -> None:
    page, view = report.html(document, "fr"), View(document, "fr")
    numbers = [action.number for action in view.actions]
    assert numbers == list(range(1, len(numbers) + 1))
    first = page[page.index('id="decision"') : page.index('id="reasoning"')]
    listed = re.findall(r'<span class="square">([\d–]+)</span></span> <span class="next-what">(.*?)</span>', first)
    assert [label for label, _ in listed] == [step.label for step in view.first_steps[:5]]
    named = [number for step in view.first_steps for number in spread(step.label)]
    assert sorted(named) == numbers
    told = {*rows_of(page, "duties"), *rows_of(page, "steps")}
    planned = {int(number): what for number, what in told if number.isdigit()}
    assert sorted(planned) == numbers
    assert [f"step-{number}" for number in numbers] == sorted(
        (name for name in Outline(page).ids if name.startswith("step-")), key=lambda name: int(name[5:])
    )
    for label, what in listed:
        if label.isdigit():
            title = re.split(r"\s: ", what.partition(", ")[0])[-1]
            assert planned[int(label)].startswith(" ".join(title.split())[:20])
    drawn = timeline(view)
    if drawn:
        on_axis = [number for mark in drawn.marks for number in spread(mark.label)]
        assert sorted(on_axis) == numbers
        assert all(f">{mark.label}</text>" in drawings(page)["timeline"] for mark in drawn.marks)


def rows_of(page: str, table: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in rows(page, table) if len(row) > 1]


def spread(label: str) -> list[int]:
    runs = [part.split("–") for part in label.split(", ")]
    return [number for run in runs for number in range(int(run[0]), int(run[-1]) + 1)]


def test_ranges() -> None:
    assert ranges([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9–10"
    assert spread(ranges([1, 2, 3, 8])) == [1, 2, 3, 8]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
def test_pictures_say_in_words_what_they_show(name: str, lang: Language, kind: Callable[[str], Any]) -> None:
    document = kind(name)
    page, view = report.html(document, lang), View(document, lang)
    found = drawings(page)
    assert page.count("<svg") == len(found)
    assert "path" in found
    assert ("timeline" in found) == bool(timeline(view))
    for picture in found.values():
        assert 'role="img"' in picture
        assert re.search(r"<title>[^<]{20,}</title>", picture)
    told = re.search(r"<title>(.*?)</title>", found["path"])
    assert told is not None
    assert view.tier(view.headline_tier) in told[1]
    if "timeline" in found:
        assert view.t(view.w["calendar"]["today"]) in found["timeline"]
        assert view.day(document["as_of"]) in found["timeline"]


def test_the_timeline_is_in_the_order_of_days(example: Assess) -> None:
    document = working(example)
    drawn = timeline(View(document, "en"))
    assert drawn is not None
    assert [row.x for row in drawn.rows] == sorted(row.x for row in drawn.rows)
    assert all(40 <= x <= 172 for x in [drawn.today, *(mark.x for mark in drawn.marks), *(row.x for row in drawn.rows)])
    for lane in range(drawn.lanes):
        marks = sorted((mark.x, mark.width) for mark in drawn.marks if mark.lane == lane)
        for (left, width), (right, other) in itertools.pairwise(marks):
            assert left + width / 2 <= right - other / 2


def test_the_way_turns_where_the_class_falls(kind: Callable[[str], Any]) -> None:
    for name, key in {
        "emotions-equipe.fr": "prohibited", "imagerie-medicale.fr": "annex-i", "AI-spreadsheet": "ai",
        "recrutement-ia-generative.fr": "derogation", "spam-filter.en": "transparency",
        "PP-034-home-face-camera": "scope",
    }.items():  # fmt: skip
        way = path(gates(View(kind(name), "en")))
        before = [stop for stop in way.stops if stop.x < way.x_box]
        assert before[-1].gate.key == key
        assert before[-1].gate.result


def test_what_is_done_or_said_not_to_apply_is_no_action(example: Assess) -> None:
    document = working(example)
    view = View(document, "en")
    done, partly, late, bare, claimed, _ = view.owed[:6]
    numbers = view.numbers_of
    assert done["id"] not in numbers
    assert claimed["id"] not in numbers
    assert numbers[late["id"]] < numbers[partly["id"]] < numbers[bare["id"]]
    page = report.html(document, "en")
    words = typeset.words("en")["plan"]
    text = Outline(page).text
    assert words["claimed"] in text
    said = {row[1].partition(".")[0]: row[3] for row in rows(page, "duties") if len(row) == 4}
    assert "Minutes" in said[done["title"]["en"]]
    assert "Not for us" in said[claimed["title"]["en"]]
    assert sum(cell == "–" for cell in said.values()) == len(view.owed) - 6
    assert words["flags"]["past-due"] in text
    assert words["flags"]["no-evidence"] in text
    assert not re.search(r"non-compliant|non conforme", text)
    assert view.progress == {"done": 2, "partly": 1, "planned": 1, "not-started": 44, "does-not-apply": 1}


def test_a_plan_with_nothing_left_to_do_has_no_empty_part(example: Assess) -> None:
    found: Any = copy.deepcopy(example("spam-filter.en"))
    (duty,) = found["duties"]
    duty["work"] = {**WORK, "status": "done", "evidence": [{"kind": "text", "says": "Minutes"}]}
    page = report.html(found, "en")
    assert any("Minutes" in cell for row in rows(page, "duties") for cell in row)
    assert not re.search(r"<tbody>\s*</tbody>", page), "a PDF would nest the next part in it"


def test_work_on_a_duty_not_owed_is_pointed_out(example: Assess) -> None:
    document = working(example)
    title = {"en": "Inform workers", "fr": "Informer les travailleurs"}
    document["remarks"].append({"rule": "art-26/7", "title": title, "kind": "not-owed", "due": None})
    for made in (report.html(document, "fr"), report.markdown(document, "fr")):
        assert "informer les travailleurs" in made


def test_work_recorded_ahead_of_an_answer_is_shown(example: Assess) -> None:
    document: Any = copy.deepcopy(dict(example("recrutement-ia-generative.fr")))
    duty = next(duty for duty in document["duties"] if duty["state"] == "depends")
    duty["work"] = WORK | {"owner": "K. B.", "note": "Half done", "due": "2026-12-24"}
    text = Outline(report.html(document, "en")).text
    assert text.index(typeset.words("en")["plan"]["ahead"]) < text.index("Half done")
    assert "K. B." in text
    agree(document)


def test_work_recorded_where_nothing_is_owed_is_pointed_out(case: Assess) -> None:
    document: Any = copy.deepcopy(dict(case("AI-spreadsheet")))
    document |= {"duties": [], "open_questions": []}
    document["remarks"] = [{"rule": "x", "title": {"en": "Keep logs", "fr": "x"}, "kind": "not-owed", "due": None}]
    page = report.html(document, "en")
    assert "keep logs" in Outline(page).text
    assert "timeline" not in drawings(page)


@pytest.mark.parametrize(
    ("says", "opens"),
    [
        ("https://x.eu/a?b=1&c=2", True), ("javascript:alert(1)", False), ("https://x.eu/ a", False),
        ("file:///etc/passwd", False), ('https://x.eu/"onclick=a', True), ("HTTPS", False),
    ],
)  # fmt: skip
def test_evidence_is_text_and_only_a_web_address_opens(says: str, opens: bool, example: Assess) -> None:
    page = report.html(working(example, evidence=[{"kind": "link", "says": says}]), "en")
    assert says in Outline(page).text
    addresses = [address for address in Outline(page).addresses if not address.startswith(("#", "http://data.europa"))]
    assert addresses == ([says] if opens else [])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_a_company_says_of_its_work_is_text(text: str, example: Assess) -> None:
    told = {"owner": text, "reason": text, "note": text, "evidence": [{"kind": "file", "says": text}]}
    plain, hostile = working(example, owner="x", reason="x", note="x"), working(example, **told)
    page = report.html(hostile, "fr")
    assert set(re.findall(r"<[a-z0-9]+", page)) == set(re.findall(r"<[a-z0-9]+", report.html(plain, "fr")))
    assert Outline(page).text.count(typeset.shown(text)) >= 4
    made = report.markdown(hostile, "fr")
    assert "<" not in re.sub(r"\]\(<http://data\.europa\.eu/[^>]*>\)|\\<", "", made)
    lines = [sum(line.startswith("|") for line in each.splitlines()) for each in (made, report.markdown(plain, "fr"))]
    assert lines[0] == lines[1]
    for form in (page, made):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", form)


def test_what_the_amendment_changed_is_shown_beside_what_was(example: Assess) -> None:
    changed = rows(report.html(example("recrutement-ia-generative.fr"), "en"), "changes")
    cells = [" | ".join(row) for row in changed]
    assert any("2 Aug 2026 | 2 Dec 2027" in cell and "12 duties" in cell for cell in cells)
    (literacy,) = [row for row in changed if "AI literacy" in row[0]]
    assert literacy[1] != literacy[2]
    before = report.html(example("recrutement-ia-generative.fr", date(2026, 6, 1)), "en")
    assert typeset.words("en")["changes"]["none"] in Outline(before).text


def test_markdown_has_the_plan_and_the_changes(example: Assess) -> None:
    made = report.markdown(working(example), "en")
    words = typeset.words("en")
    for text in (words["duties"]["title"], words["changes"]["title"], "Minutes", "Not for us"):
        assert text in made
    numbers = [int(found) for found in re.findall(r"^- \*\*(\d+)\*\* \*\*", made, re.MULTILINE)]
    view = View(working(example), "en")
    assert sorted(numbers) == [action.number for action in view.actions]


@pytest.mark.parametrize(
    ("name", "most"),
    [("spam-filter.en", 3), ("inspection-avion-drone.fr", 5), ("chatbot-boutique.fr", 6), ("imagerie-medicale.fr", 12)],
)
def test_reports_are_short(name: str, most: int, example: Assess) -> None:
    made = pypdf.PdfReader(BytesIO(report.pdf(example(name, TODAY), "fr")))
    assert len(made.pages) <= most
    assert "Ce que ce rapport" in made.pages[-1].extract_text(), "a last page holds more than the sign-off"


@pytest.mark.parametrize("name", ["assistant-operateurs.fr", "jumeau-numerique-avion.fr"])
def test_nothing_lies_over_something_else_where_a_page_begins(name: str, example: Assess) -> None:
    made = pypdfium2.PdfDocument(report.pdf(example(name, date(2026, 11, 29)), "en"))
    for page in made:
        text = page.get_textpage()
        pieces = [text.get_rect(place) for place in range(text.count_rects())]
        words = [piece for piece in pieces if piece[2] - piece[0] > 8 and piece[3] - piece[1] > 4]
        for one, other in itertools.combinations(words, 2):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            assert wide < 6 or high < 3.5, text.get_text_bounded(*one)
