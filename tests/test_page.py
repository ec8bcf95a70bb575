"""The HTML report in a real browser: axe-core finds no fault, a phone scrolls down only, and nothing is fetched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aiact_check.reporting import report
from tests.conftest import Assess
from tests.test_plan import KINDS, kind, working

__all__ = ["kind"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
DESK, PHONE = 1280, 400

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="no chromium; tools/browser.sh installs it")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[[Any, str, int], Any]]:
    """Opens the report of a document at a width; a request to anything but the file itself fails the test."""
    contexts, asked = [], []

    def open_page(document: Any, lang: Any, width: int) -> Any:
        file = tmp_path / "report.html"
        file.write_text(report.html(document, lang), encoding="utf-8")
        # axe-core is a script, which the page itself forbids.
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert {url for url in asked if not url.startswith("data:")} == {file.as_uri()}
        return page

    yield open_page
    for context in contexts:
        context.close()


def faults(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]


def overflow(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_report_is_accessible_and_fits_a_phone(
    name: str, opened: Callable[[Any, str, int], Any], kind: Callable[[str], Any]
) -> None:
    document = kind(name)
    page = opened(document, "fr", DESK)
    assert faults(page) == []
    assert overflow(page) == 0
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert overflow(page) == 0


def test_a_phone_shows_the_plan_without_fault(opened: Callable[[Any, str, int], Any], example: Assess) -> None:
    page = opened(working(example), "en", PHONE)
    assert faults(page) == []
    assert overflow(page) == 0


def test_long_words_do_not_widen_a_phone(opened: Callable[[Any, str, int], Any], example: Assess) -> None:
    long = "a" * 5000
    told = {"owner": long, "reason": long, "note": long, "evidence": [{"kind": "link", "says": f"https://x.eu/{long}"}]}
    document = working(example, **told)
    document["system"] = {"name": long, "description": long}
    assert overflow(opened(document, "en", PHONE)) == 0
