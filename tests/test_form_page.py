"""The questionnaire's page in a real browser: answered, saved and opened again, by everyone, with nothing fetched."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from aiact_check.answering import answers
from aiact_check.asking import page as form
from aiact_check.cli import main
from aiact_check.cli.common import today
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from aiact_check.text import LANGUAGES, Language
from tests.conftest import TOP
from tests.test_page import CHROMIUM, browser, faults, overflow

__all__ = ["browser"]

EXAMPLE = TOP / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"
NARROW, PHONE, DESK = 320, 400, 1280
VIEWS = ("start", "next", "q/sensitive_practices", "q/headcount", "q/first_placed_on", "answers", "result")
SLOT = re.compile(r"\{(\w+)\}")
HEAD = "company: { name: A }\nsystem: { name: B }\nanswers:\n"

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium; tools/browser.sh installs it")]
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The file of the page as the command writes it, in a language, with or without answers inside."""
    folder = tmp_path_factory.mktemp("form")
    made: dict[Any, Path] = {}

    def write(lang: Language, filled: Path | None = None) -> Path:
        if (lang, filled) not in made:
            target = folder / f"{lang}{len(made)}.html"
            words = ["form", "--lang", lang, "-o", str(target), *([str(filled)] if filled else [])]
            assert CliRunner().invoke(main, words).exit_code == 0
            made[lang, filled] = target
        return made[lang, filled]

    return write


@pytest.fixture
def opened(browser: Any, file: Callable[..., Path]) -> Iterator[Opened]:
    """Opens the page; a request to anything but itself, a refused one or a mistake in a script fails the test."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(lang: Language = "en", filled: Path | None = None, width: int = DESK, **more: Any) -> Any:
        before = more.pop("before", None)
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        if before:
            context.add_init_script(before)
        page = context.new_page()
        watch(page, wrong)
        page.goto(file(lang, filled).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def watch(page: Any, wrong: list[str]) -> None:
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:", "blob:")) else wrong.append(asked.url)
    )


@contextmanager
def turning(page: Any) -> Iterator[None]:
    """Until the view shown now has given way to the next."""
    shown = page.query_selector("main")
    yield
    shown.wait_for_element_state("hidden")


def begin(page: Any) -> None:
    page.fill("#company", "Mairie d'Essai")
    page.fill("#system", "Essai")
    with turning(page):
        page.click("button[type=submit]")


def go(page: Any, route: str) -> None:
    with turning(page):
        page.evaluate("route => { location.hash = `#/${route}`; }", route)


def saved(page: Any, target: Path) -> Path:
    go(page, "answers")
    with page.expect_download() as download:
        page.click(".saving button >> nth=0")
    download.value.save_as(target)
    return target


def reply(page: Any, told: dict[str, Any]) -> None:
    """Answer the question or the screen that is shown, as `told`; what is not told, with `I do not know`."""
    fitting = page.query_selector_all("input[name=fits]")
    for box in fitting:
        if box.get_attribute("value") not in told:
            box.uncheck()
    if not fitting:
        fact = page.get_attribute("form.question", "data-fact")
        value = told.get(fact, "unknown")
        if isinstance(value, list):
            for choice in value or ["none"]:
                page.check(f"[id='a-{choice}']")
        elif isinstance(value, int) and not isinstance(value, bool):
            page.fill("#value", str(value))
        elif page.query_selector("#value") and value != "unknown":
            page.fill("#value", value)
        else:
            page.check(f"[id='a-{json.dumps(value) if isinstance(value, bool) else value}']")
    with turning(page):
        page.click("form.question button[type=submit]")


def test_a_system_is_described_page_by_page_and_the_yaml_is_assessed(
    opened: Opened, base: RuleBase, tmp_path: Path
) -> None:
    told = {"described": "system", "technique": ["learns_from_data"], "output_producer": "software_by_itself"}
    told |= {"system_outputs": ["predictions"], "company_activities": ["uses_under_its_authority"]}
    page = opened()
    begin(page)
    while page.get_attribute("form.question", "data-fact") != "sensitive_practices":
        assert page.evaluate("document.activeElement.tagName") == "H1"
        reply(page, told)
    found = answers.load(saved(page, tmp_path / "answers.yaml"), base, today())
    assert {fact: found.told[fact].value for fact in told} == told
    assert found.company == {"name": "Mairie d'Essai"}
    ran = CliRunner().invoke(main, ["assess", str(tmp_path / "answers.yaml"), "-o", str(tmp_path / "report.json")])
    assert ran.exit_code == 0


def test_the_page_gives_back_a_filled_questionnaire_whole(opened: Opened, base: RuleBase, tmp_path: Path) -> None:
    page = opened("fr", EXAMPLE)
    ours, theirs = (answers.load(path, base) for path in (EXAMPLE, saved(page, tmp_path / "again.yaml")))
    assert (theirs.told, theirs.answers, theirs.work) == (ours.told, ours.answers, ours.work)
    assert (theirs.lang, theirs.company, theirs.system) == (ours.lang, ours.company, ours.system)
    go(page, "result")
    assert "haut risque" in page.inner_text("h1")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_is_accessible_and_fits_320_pixels(lang: Language, opened: Opened) -> None:
    # axe-core is a script, which the page itself forbids.
    page = opened(lang, EXAMPLE, bypass_csp=True)
    for view in VIEWS:
        go(page, view)
        for details in page.query_selector_all("details"):
            details.evaluate("element => { element.open = true; }")
        assert faults(page) == [], view
        page.set_viewport_size({"width": NARROW, "height": 700})
        assert overflow(page) == 0, view
        page.set_viewport_size({"width": DESK, "height": 900})


def test_the_dark_page_is_accessible_too(opened: Opened) -> None:
    page = opened("en", EXAMPLE, color_scheme="dark", bypass_csp=True, width=PHONE)
    for view in ("q/sensitive_practices", "result"):
        go(page, view)
        assert faults(page) == []


def test_a_keyboard_is_enough_and_what_changes_is_announced(opened: Opened) -> None:
    page = opened()
    page.focus("#company")
    for typed in ("Mairie", "Essai"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # in the description a new line: the button is two stops away
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with turning(page):
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # takes the tick from the first: it is asked by itself
    for _ in range(len(page.query_selector_all("form.question input"))):
        page.keyboard.press("Tab")
    with turning(page):
        page.keyboard.press("Enter")
    assert page.inner_text("#live").startswith("By these answers, the system could be")
    assert page.get_attribute("form.question", "data-fact") == "described"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with turning(page):
        page.keyboard.press("Enter")
    with turning(page):
        page.go_back()
    assert page.get_attribute("form.question", "data-fact") == "described"
    assert page.is_checked("form.question input >> nth=0")


def test_no_answer_is_not_an_answer(opened: Opened) -> None:
    page = opened()
    begin(page)
    go(page, "q/is_public_body")
    page.click("form.question button[type=submit]")
    assert page.is_visible("#wrong")
    assert page.evaluate("document.activeElement.name") == "answer"
    go(page, "answers")
    assert "Answers (0)" in page.inner_text("nav")


def test_an_answer_that_cannot_be_right_beside_another_is_not_taken_and_leads_to_it(opened: Opened) -> None:
    page = opened()
    begin(page)
    go(page, "q/establishment")
    reply(page, {"establishment": "third_country"})
    go(page, "q/company_activities")
    page.check("[id='a-mandated_by_provider']")
    page.click("form.question button[type=submit]")
    assert "outside" in page.inner_text("#wrong")
    with turning(page):
        page.click("#wrong a")
    assert page.get_attribute("form.question", "data-fact") == "establishment"
    assert "Answers (1)" in page.inner_text("nav")


def test_answers_outlive_the_page_and_are_wiped_on_demand(opened: Opened) -> None:
    page = opened()
    begin(page)
    reply(page, {"described": "system", "technique": ["learns_from_data"], "output_producer": "software_by_itself"})
    shown = page.inner_text("h1")
    page.reload()
    assert page.inner_text("h1") == shown
    assert "Answers (3)" in page.inner_text("nav")
    page.click("footer button")
    with turning(page):
        page.click("dialog button.second")
    assert page.input_value("#company") == ""
    assert page.evaluate("localStorage.length") == 0


def test_two_windows_on_one_file_show_the_same_answers(opened: Opened) -> None:
    page = opened()
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    reply(page, {"described": "system", "technique": ["learns_from_data"], "output_producer": "software_by_itself"})
    other.wait_for_selector(".notice")
    assert "Answers (3)" in other.inner_text("nav")


@pytest.mark.parametrize(
    "broken",
    [
        "throw new DOMException('no', 'SecurityError')",
        "return { getItem: () => '{', setItem() { throw new DOMException('full'); }, removeItem() {} }",
    ],
)
def test_a_browser_that_keeps_nothing_still_asks_and_saves(broken: str, opened: Opened, tmp_path: Path) -> None:
    page = opened(before=f"Object.defineProperty(window, 'localStorage', {{ get() {{ {broken}; }} }});")
    begin(page)
    reply(page, {"described": "system"})
    assert "keeps nothing" in page.inner_text("footer")
    assert "described: system" in saved(page, tmp_path / "answers.yaml").read_text("utf-8")


BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghij")
)
"""References to references: unfolded, the last has hundreds of millions of parts."""
BAD = {
    "unknown question": (HEAD + "  technique: [learns_from_data]\n  tecnique: []\n", "Line 5: unknown question", 1),
    "no choice": (HEAD + "  described: systm\n  technique: [unknown]\n", "Line 4: systm is not a choice", 1),
    "no yaml": (HEAD + "  described: [system\n", "cannot be read", 0),
    "another tool's": ('{"name": "x", "dependencies": {}}', "this is not a questionnaire", 0),
    "a bomb": (BOMB + HEAD, "unknown word a", 0),
    "a bomb among duties": (
        BOMB + HEAD + "compliance:\n  art-4/literacy: { status: done, evidence: *j }\n", "unknown word a", 0,
    ),
    "too large": (HEAD + "#" * 1_100_000, "a few kilobytes", 0),
}  # fmt: skip
"""A file's text, what is said of it, and how many of its answers are taken."""


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_from_a_good_one_and_nothing_is_lost(name: str, opened: Opened) -> None:
    text, says, taken = BAD[name]
    page = opened()
    begin(page)
    go(page, "answers")
    page.set_input_files("#file", {"name": "bad.yaml", "mimeType": "text/yaml", "buffer": text.encode()})
    page.wait_for_selector(".notice")
    assert says in page.inner_text(".notices")
    assert f"Answers ({taken})" in page.inner_text("nav")
    assert page.inner_text(".name strong") in ("B", "Essai")


@pytest.mark.parametrize(("layout", "lost"), [("answers:\n  described: system", False), ("answers: {}", True)])
def test_comments_are_kept_or_their_loss_is_said_before_saving(
    layout: str, lost: bool, opened: Opened, tmp_path: Path
) -> None:
    filled = tmp_path / "commented.yaml"
    filled.write_text(f"# ours\ncompany: {{ name: A }}\nsystem: {{ name: B }}\n{layout}\n", "utf-8")
    page = opened("en", filled)
    go(page, "q/headcount")
    reply(page, {"headcount": 85})
    text = saved(page, tmp_path / "saved.yaml").read_text("utf-8")
    assert ("headcount: 85" in text, "# ours" in text) == (True, not lost)
    assert ("cannot keep" in page.inner_text(".saving")) is lost


def test_opening_a_file_by_mistake_can_be_undone(opened: Opened) -> None:
    page = opened("fr", EXAMPLE)
    go(page, "answers")
    before = page.inner_text("nav")
    page.set_input_files("#file", {"name": "other.yaml", "mimeType": "text/yaml", "buffer": HEAD.encode()})
    page.wait_for_selector(".notice")
    assert page.inner_text("nav") != before
    with turning(page):
        page.click(".notice button")
    assert page.inner_text("nav") == before


def test_markup_in_a_file_is_shown_and_never_run(opened: Opened, tmp_path: Path) -> None:
    markup = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    said = json.dumps(markup)
    filled = tmp_path / "markup.yaml"
    filled.write_text(
        f"company: {{ name: {said} }}\nsystem: {{ name: {said}, description: {said} }}\nby: {said}\n"
        f"answers:\n  described: {{ answer: system, note: {said}, by: {said} }}\n",
        "utf-8",
    )
    page = opened("en", filled)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for view in VIEWS:
        go(page, view)
    go(page, "answers")
    assert page.inner_text(".name strong") == markup
    assert markup in page.inner_text("dl")
    assert page.query_selector("main img") is None


def test_the_page_handed_over_holds_the_answers(opened: Opened, tmp_path: Path) -> None:
    page = opened("fr", EXAMPLE)
    go(page, "answers")
    with page.expect_download() as download:
        page.click(".saving button >> nth=2")
    download.value.save_as(tmp_path / "colleague.html")
    before = page.inner_text("nav")
    other = page.context.new_page()
    other.goto((tmp_path / "colleague.html").as_uri() + "#/answers")
    assert other.inner_text("nav") == before
    assert other.inner_text("dl >> nth=0") == page.inner_text("dl >> nth=0")


def test_answers_given_under_other_rules_are_kept_and_said_so(opened: Opened) -> None:
    page = opened()
    begin(page)
    reply(page, {"described": "system", "technique": ["learns_from_data"], "output_producer": "software_by_itself"})
    page.evaluate("""() => {
        const key = localStorage.key(0), kept = JSON.parse(localStorage.getItem(key));
        kept.hash = 'older';
        kept.sheet.answers.gone_question = { answer: true };
        kept.asked.described[0] = kept.asked.technique[1] = 'then';
        delete kept.asked.headcount;
        localStorage.setItem(key, JSON.stringify(kept)); }""")
    page.reload()
    said = page.inner_text(".notices")
    assert "earlier version of the rules" in said
    assert "gone_question" in said
    for says, fact in (("other choices", "technique"), ("worded otherwise", "described"), ("are new", "headcount")):
        listed = page.query_selector(f".notice p:has-text('{says}') + ul")
        assert [link.get_attribute("href") for link in listed.query_selector_all("a")] == [f"#/q/{fact}"]
    assert "Answers (3)" in page.inner_text("nav")


def test_the_page_may_fetch_and_run_nothing_else(browser: Any, file: Callable[..., Path]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(file("en").as_uri())
    refused = page.evaluate("""async () => {
        const refused = [];
        document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
        const add = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
        add('script', { textContent: 'window.ran = true' });
        add('img', { src: 'https://example.org/x.png' });
        add('style', { textContent: 'body { color: red }' });
        await fetch('https://example.org/').catch(() => null);
        await new Promise((done) => setTimeout(done, 100));
        return refused; }""")
    assert {directive.split("-")[0] for directive in refused} == {"script", "img", "style", "connect"}
    assert page.evaluate("window.ran") is None
    context.close()


def test_the_words_of_the_page_are_said_in_both_languages_and_set_as_french_is() -> None:
    folder = TOP / "questionnaires" / "page"
    scripts = "".join((folder / name).read_text("utf-8") for name in form.SCRIPTS[1:])

    def check(node: Any, path: tuple[str, ...]) -> None:
        if set(node) != set(LANGUAGES):
            for key, part in node.items():
                check(part, (*path, key))
            return
        assert set(SLOT.findall(node["en"])) == set(SLOT.findall(node["fr"])), path
        assert not re.search(r"[’\"]|[^ ][;!?»]|«[^ ]", node["fr"]), path
        assert any(re.search(rf"\b{word}\b", scripts) for word in path[-2:]) or path == ("noscript",), path

    check(parse("words.yaml", (folder / "words.yaml").read_bytes()).data, ())


def test_a_file_that_exists_is_not_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "questionnaire.html"
    target.write_text("mine", "utf-8")
    assert CliRunner().invoke(main, ["form", "-o", str(target)]).exit_code == 2
    assert target.read_text("utf-8") == "mine"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_stays_small_enough_to_send(lang: Language, file: Callable[..., Path]) -> None:
    content = file(lang).read_bytes()
    assert len(content) < 750_000
    assert len(gzip.compress(content)) < 220_000
