"""Checks reports of each kind, in both languages, with a reference validator of PDF/UA-1 and PDF/A-3a.

`python -m tools.validate VALIDATOR`: VALIDATOR is a program that takes the profiles and the files, prints what breaks
them and exits with 0 where nothing does. Exits with 1 where a report breaks a rule, with 2 where it cannot check.
"""

from __future__ import annotations

import datetime
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.inventory import portfolio_report
from aiact_check.inventory.found import examiner
from aiact_check.inventory.gathered import gather
from aiact_check.inventory.portfolio import Portfolio
from aiact_check.law import rulebase
from aiact_check.reading.source import parse
from aiact_check.reporting import report
from aiact_check.text import LANGUAGES, Language
from tests import agreement

TOP = Path(__file__).parent.parent
OUT = TOP / "build" / "validate"
EXAMPLES = TOP / "questionnaires" / "examples"
PROFILES = "ua1,3a"
WHOLE = ("high-risk", "undetermined")
"""The kinds of verdict whose reports are made with all annexes too."""
DAY = datetime.date(2026, 11, 23)
WORK = """
compliance:
  art-4/literacy:
    { status: done, owner: Ελένη, due: 2026-11-01, note: Łódź, evidence: [Slides, { link: https://example.eu }] }
  art-26/7: { status: planned }
"""


def questionnaires() -> Iterator[tuple[str, bytes]]:
    """Examples, one with work on duties, and cases for the kinds of verdict they lack."""
    for path in sorted(EXAMPLES.glob("*.yaml")):
        yield path.stem, path.read_bytes()
    yield "work", (EXAMPLES / "spam-filter.en.yaml").read_bytes() + WORK.encode()
    for path in agreement.files():
        content = path.read_bytes()
        if re.search(rb"^ *tier: (excluded|not-an-ai-system)$", content, re.MULTILINE):
            yield path.stem, content


def assessed(content: bytes) -> Assessment:
    """The assessment of a questionnaire, or of the one in a case."""
    base = rulebase.load()
    source = parse("questionnaire", content)
    source.data.pop("case", None)
    return document.assess(base, answers.understand(source, base, ""), DAY)


def kinds() -> Iterator[tuple[str, bytes, Assessment]]:
    """The one with work, and the first of the others for each kind of verdict."""
    seen: set[str] = set()
    for name, content in questionnaires():
        found = assessed(content)
        kind = found["classification"]["headline"]
        if kind not in seen or name == "work":
            seen.add(kind)
            yield f"{kind}.{name}", content, found


def make(name: str, content: bytes, found: Assessment, lang: Language, annexes: bool = False) -> Path:
    """Writes one report and says where."""
    target = OUT / f"{name}{'.annexes' if annexes else ''}.{lang}.pdf"
    target.write_bytes(report.pdf(found, lang, content, annexes=annexes))
    return target


def make_portfolio(lang: Language) -> Path:
    """Writes the portfolio of all examples and of a table with a row that cannot be read, and says where."""
    base = rulebase.load()
    table = OUT / "table.csv"
    table.write_text("name,supplier,technique,headcount\nA,S,human_rules,\na,s,learns_from_data,\nB,,,few\n", "utf-8")
    examine = examiner(base, DAY, datetime.date.max)
    found = [examine(entry) for entry in gather(base, [EXAMPLES, table]).entries]
    target = OUT / f"portfolio.{lang}.pdf"
    target.write_bytes(portfolio_report.pdf(Portfolio(base, found, DAY.isoformat(), lang, ["examples"])))
    return target


def main(validator: str) -> int:
    """Makes the reports, has them checked in one run, and says what was checked."""
    if not Path(validator).is_file():
        print(f"validate: no validator at {validator}: nothing was checked. Name another with VALIDATOR=…")
        return 2
    if not shutil.which("javac"):
        print("validate: the validator needs a JDK (Debian: default-jdk-headless): nothing was checked.")
        return 2
    begun = time.monotonic()
    OUT.mkdir(parents=True, exist_ok=True)
    found = list(kinds())
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(make, *each, lang) for each in found for lang in LANGUAGES]
        jobs += [
            pool.submit(make, *each, lang, annexes=True)
            for each in found
            if each[0].startswith(WHOLE)
            for lang in LANGUAGES
        ]
        jobs += [pool.submit(make_portfolio, lang) for lang in LANGUAGES]
        files = [job.result() for job in jobs]
    ran = subprocess.run([str(Path(validator).resolve()), PROFILES, *map(str, files)], check=False)
    if ran.returncode not in (0, 1):
        print("validate: the validator could not run: nothing was checked.")
        return 2
    verdict = "conform to" if ran.returncode == 0 else "DO NOT ALL CONFORM to"
    print(f"{len(files)} reports {verdict} {PROFILES} ({time.monotonic() - begun:.0f} s): {', '.join(LANGUAGES)} of")
    print("\n".join(f"  {name}" for name in [*(name for name, *_ in found), "portfolio"]))
    return ran.returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
