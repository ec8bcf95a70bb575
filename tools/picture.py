"""Draws the picture of a question page that the README shows: `python -m tools.picture`. Needs chromium.

A computer and a phone side by side, from the page as the command writes it, with an example inside.
"""

from __future__ import annotations

import base64
import io
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from aiact_check.asking import page
from aiact_check.law import rulebase
from aiact_check.text import data_folder

TARGET = data_folder() / "docs" / "question-page.png"
DAY, COLOURS = date(2026, 11, 23), 64
DESK, PHONE = {"width": 1080, "height": 850}, {"width": 375, "height": 850}
FRAME = """<!DOCTYPE html><style>body {{ margin: 0; padding: 24px; display: flex; gap: 24px; background: #e9e7e2 }}
img {{ flex: none; border-radius: 10px; box-shadow: 0 2px 14px #0003 }}</style>{images}"""
ANSWERS = """lang: en
company: { name: Ingénierie des Trois Platanes }
system: { name: Candidéo }
by: Nadia Ferrand
on: 2026-11-23
answers:
  described: system
  technique: [learns_from_data]
  output_producer: software_by_itself
  system_outputs: [predictions, content, recommendations]
  organisation: business_or_body
  establishment: union
  union_presence: [on_union_market, put_into_service_in_union]
  on_market_or_in_use: true
  purposes_served: [other_purposes]
  company_activities: [uses_under_its_authority]
  sensitive_practices: []
"""


def picture() -> bytes:
    """The picture as a PNG of few colours."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        file = Path(name) / "questionnaire.html"
        file.write_text(page.page(rulebase.load(), DAY, "en", ANSWERS), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        shots = []
        for size in (DESK, PHONE):
            view = browser.new_page(viewport={"width": size["width"], "height": size["height"]})
            view.goto(f"{file.as_uri()}#/next")
            view.wait_for_selector("form.question")
            view.evaluate("document.activeElement.blur()")
            shots.append(base64.b64encode(view.screenshot()).decode())
        view = browser.new_page(viewport={"width": sum(s["width"] for s in (DESK, PHONE)) + 72, "height": 100})
        view.set_content(FRAME.format(images="".join(f'<img src="data:image/png;base64,{shot}">' for shot in shots)))
        view.wait_for_function("[...document.images].every((image) => image.complete)")
        whole = view.screenshot(full_page=True)
        browser.close()
    made = io.BytesIO()
    Image.open(io.BytesIO(whole)).convert("RGB").quantize(COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(picture())
    print(TARGET)
