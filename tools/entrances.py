"""Every way in, as a function of the bytes given to it, and the inputs to start from. What it may raise is `OWN`."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from aiact_check.answering import answers
from aiact_check.answering.answers import Questionnaire
from aiact_check.answering.reply import NotUnderstood, fitting, understood
from aiact_check.assessing import document
from aiact_check.cli import main
from aiact_check.comparing import saved, supposition
from aiact_check.law import files as sources
from aiact_check.law import lint
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import skim
from aiact_check.reporting import agenda, carried, recheck, report, summary, workbook
from aiact_check.text import LANGUAGES, data_folder
from tests.conftest import TODAY

OWN = (Problems, carried.NotAReport, NotUnderstood, supposition.Mistaken)
"""What an entrance may say of an input."""
TOP = data_folder()
DAY = TODAY.isoformat()


class Strewn(Exception):
    """A command left a file that nobody named."""


def answers_alone(base: RuleBase, content: bytes) -> Questionnaire:
    """A questionnaire, read."""
    return answers.understand(skim("fuzz.yaml", content), base, hashlib.sha256(content).hexdigest(), TODAY)


def questionnaire(base: RuleBase, content: bytes) -> None:
    """A questionnaire, and where it is valid, every form of report in both languages but the slow one."""
    told = answers_alone(base, content)
    found = document.assess(base, told, TODAY)
    for lang in LANGUAGES:
        report.html(found, lang)
        report.markdown(found, lang)
        workbook.xlsx(found, lang)
        agenda.ics(found, lang)
        summary.text(found, lang)


def saved_assessment(base: RuleBase, content: bytes) -> None:
    """A saved assessment, as `diff` is given it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fuzz.json"
        file.write_bytes(content)
        saved.answers(base, saved.load(file))


def pdf(base: RuleBase, content: bytes) -> None:
    """A PDF, as `extract` is given it; its pages are taken for those of another machine, as drawing them is slow."""
    found = carried.unpack(content)
    recheck.recheck(base, content, replace(found, imprint="another"))


def typed(base: RuleBase, content: bytes) -> None:
    """What is typed: an answer in the interview, and a change of `whatif`."""
    line = content.decode("utf-8", "replace")
    for question in list(base.questions.values())[:40]:
        try:
            understood(question, line)
        except NotUnderstood:
            continue
    try:
        fitting(9, line)
    finally:
        supposition.read(base, {}, [line])


def interview(_base: RuleBase, content: bytes) -> None:
    """A whole interview, its lines typed as they come."""
    start = "company: { name: A }\nsystem: { name: B }\nanswers:\n"
    # The program gives its input no letter it cannot read (`__main__`); a runner of commands does not.
    commanded({"in.yaml": start.encode()}, ["interview", "in.yaml"], (), content.decode("utf-8", "replace"))


def changed(_base: RuleBase, content: bytes) -> None:
    """The arguments of `whatif`, a line each."""
    example = (TOP / "questionnaires" / "examples" / "spam-filter.en.yaml").read_bytes()
    words = [line for line in content.decode("utf-8", "replace").split("\n") if line][:20]
    commanded({"in.yaml": example}, ["whatif", "in.yaml", "--as-of", DAY, "--", *words])


def rules_alone(_base: RuleBase, content: bytes) -> str:
    """A file of rules or questions, read; its first line names it."""
    name = content.partition(b"\n")[0].decode("utf-8", "replace").removeprefix("# ")
    named = name if name in _names() else "rules/art-4/literacy.yaml"
    alone = lint._Reader()
    alone.read(named, content)
    alone.stop_at_problems()
    return named


def rules(base: RuleBase, content: bytes) -> None:
    """A file of rules or questions among all the others, which takes seconds; first alone."""
    lint.check({**dict(sources.read(TOP)), rules_alone(base, content): content}, "")


@cache
def _names() -> set[str]:
    return {name for name, _ in sources.read(TOP)}


def table(kind: str) -> Callable[[RuleBase, bytes], None]:
    """A table of systems, to a table and a portfolio."""

    def read(_base: RuleBase, content: bytes) -> None:
        outputs = ("out.csv", "out.jsonl", "out.xlsx", "out.html")
        words = [word for output in outputs for word in ("-o", output)]
        commanded({f"in{kind}": content}, ["inventory", f"in{kind}", *words, "--as-of", DAY], outputs)

    read.__name__ = f"table_{kind[1:]}"
    return read


def commanded(files: dict[str, bytes], words: list[str], outputs: tuple[str, ...] = (), typed: str = "") -> None:
    """A command in a folder with these files; raises what it raised, or Strewn."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, content in files.items():
            Path(name).write_bytes(content)
        ran = CliRunner().invoke(main, [word.replace("\0", "") for word in words], input=typed)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        if others := {path.name for path in Path().iterdir()} - {*files, *outputs}:
            raise Strewn(str(others))


ENTRANCES: dict[str, Callable[[RuleBase, bytes], None]] = {
    ".yaml": questionnaire, ".json": saved_assessment, ".pdf": pdf, ".txt": typed, ".keys": interview,
    ".args": changed, ".rule": rules, **{kind: table(kind) for kind in (".csv", ".jsonl", ".xlsx")},
}  # fmt: skip
SLOW = {".keys": 6, ".args": 3, ".rule": 24, ".csv": 2, ".jsonl": 2, ".xlsx": 6}
"""Entrances that take long have their turn in every so many rounds only."""


def corpus(base: RuleBase) -> dict[str, list[bytes]]:
    """The inputs to start from, by the suffix that names their entrance."""
    files = [*sorted((TOP / "tests" / "corpus").iterdir()), *sorted((TOP / "tests" / "problems").glob("*.yaml"))]
    files += sorted((TOP / "questionnaires" / "examples").glob("*.yaml"))
    found: dict[str, list[bytes]] = {suffix: [] for suffix in ENTRANCES}
    for file in files:
        if file.suffix in found:
            found[file.suffix].append(file.read_bytes())
    told = answers.understand(skim("x", found[".yaml"][-1]), base, "")
    made = document.assess(base, told, TODAY)
    found[".json"].append(json.dumps(made).encode())
    found[".pdf"].append(report.pdf(made, "en", found[".yaml"][-1]))
    found[".json"].append(json.dumps(_thin(made)).encode())
    found[".pdf"].append(_bare(found[".yaml"][-1], found[".json"][-1]))
    found[".keys"] += [b"y\nq\n", b"2,4\n1\n2\n?\n<\n1\n0\nunknown\nwhy\nq\n", b"1\n" * 60, b""]
    found[".args"] += [
        b"employment_uses-=recruitment_or_selection\nheadcount=12",
        b"technique+=human_rules\ndescribed=unknown",
    ]
    found[".rule"] += [f"# {name}\n".encode() + content for name, content in sources.read(TOP)]
    for kind, content in _tables(told.told):
        found[kind].append(content)
    return found


def _thin(part: Any) -> Any:
    """Of each list the first entry only."""
    if isinstance(part, dict):
        return {key: _thin(value) for key, value in part.items()}
    return [_thin(value) for value in part[:1]] if isinstance(part, list | tuple) else part


def _bare(questionnaire: bytes, assessment: bytes) -> bytes:
    """A report without its pages, nothing of it packed: small, and each part of it can be broken."""
    import pypdf

    writer, made = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(9, 9)
    writer.add_attachment(carried.QUESTIONNAIRE, questionnaire)
    writer.add_attachment(carried.ASSESSMENT, assessment)
    writer.write(made)
    return made.getvalue()


def _tables(told: Any) -> list[tuple[str, bytes]]:
    """The same two systems in every kind of table."""
    import openpyxl

    given = {fact: entry.value for fact, entry in list(told.items())[:25] if entry.value is not None}
    flat = {fact: ", ".join(value) if isinstance(value, list) else value for fact, value in given.items()}
    rows = [{"name": name, "company": "Ü", **flat} for name in ("One", "Two; three")]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (list(rows[0]), *(list(row.values()) for row in rows)):
        sheet.append([str(cell) for cell in line])
    packed = io.BytesIO()
    book.save(packed)
    lines = "".join(json.dumps({"name": name, **given}) + "\n" for name in ("One", "Two"))
    return [(".csv", text.getvalue().encode()), (".jsonl", lines.encode()), (".xlsx", packed.getvalue())]
