"""`assess --redact`: no word that somebody wrote is left, in any form of report, and the page and `extract` say so."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner

from aiact_check.answering import answers, schema
from aiact_check.assessing import document
from aiact_check.cli import main
from aiact_check.cli.assess import FORMATS
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.scalars import flow
from aiact_check.reading.source import parse
from tests.conftest import EXAMPLES, TODAY, TOP

SECRET = "Zyxomma"
SAYS = {"en": "were left out", "fr": "ont été retirés"}


def filled(node: Any, path: str = "") -> Any:
    """A value for a part of a questionnaire's schema, with a secret word in every text there may be."""
    if "pattern" in node:
        return f"{SECRET} {path}"
    if node.get("format") == "date":
        return "2026-01-02"
    if "properties" in node:
        return {key: filled(part, f"{path} {key}") for key, part in node["properties"].items() if key != "answer"}
    if node.get("type") == "array":
        return [filled(each, path) for each in node["items"]["anyOf"]]
    return node["enum"][0]


def told(base: RuleBase, folder: Path, lang: str = "en") -> Path:
    """A questionnaire in whose every free field stands the secret word."""
    shape = schema.answers(base)
    parts = shape["properties"]
    said = filled(parts["answers"]["properties"]["technique"]["anyOf"][-1])
    data = {key: filled(parts[key], key) for key in ("company", "system", "by", "on")}
    work = filled(shape["$defs"]["work"]) | {"status": "does-not-apply"}
    lines = [f"{key}: {flow(value)}" for key, value in {"lang": lang, **data}.items()]
    source = parse("", (TOP / "questionnaires" / "examples" / "spam-filter.en.yaml").read_bytes())
    given = {
        fact: value["answer"] if isinstance(value, dict) else value for fact, value in source.data["answers"].items()
    }
    given["technique"] = {"answer": given["technique"], **said}
    lines += [f"# {SECRET}", "answers:", *(f"  {fact}: {flow(value)}" for fact, value in given.items())]
    lines += ["compliance:", f"  art-4/literacy: {flow(work)}"]
    file = folder / "system.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def run(*words: str) -> str:
    ran = CliRunner().invoke(main, list(words))
    assert ran.exit_code == 0, ran.output
    return ran.output


def within(content: bytes) -> str:
    """All the texts in a file, its parts and attachments unpacked."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if not content.startswith(b"%PDF"):
        return content.decode().replace("\r\n ", "")
    reader = pypdf.PdfReader(io.BytesIO(content))
    objects = [reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1)]
    streams = [each.get_data() for each in objects if isinstance(each, pypdf.generic.StreamObject)]
    pages = [page.extract_text() for page in reader.pages]
    return "\n".join([*map(repr, objects), *(part.decode("utf-8", "replace") for part in streams), *pages])


@pytest.mark.parametrize("form", FORMATS)
def test_no_word_somebody_wrote_is_left_and_the_report_says_so(form: str, base: RuleBase, tmp_path: Path) -> None:
    file, target = told(base, tmp_path), tmp_path / f"report.{form}"
    run("assess", str(file), "-o", str(target))
    assert SECRET in within(target.read_bytes())
    printed = run("assess", str(file), "-o", str(target), "--redact", "--force")
    text = within(target.read_bytes())
    assert SECRET not in text + printed
    if form == "json":
        assert json.loads(text)["redacted"] is True
    else:
        assert SAYS["en"] in " ".join(text.split())


def test_the_terminal_says_so_in_both_languages_and_the_verdict_is_the_same(base: RuleBase, tmp_path: Path) -> None:
    for lang, says in SAYS.items():
        printed = run("assess", str(EXAMPLES[0]), "-o", str(tmp_path / f"{lang}.json"), "--redact", "--lang", lang)
        assert says in " ".join(printed.split())
        found = json.loads((tmp_path / f"{lang}.json").read_bytes())
        day, whole = found["as_of"], answers.load(EXAMPLES[0], base)
        plain = document.assess(base, whole, TODAY.fromisoformat(day))
        assert [found[part] for part in ("classification", "roles", "penalties", "open_questions")] == [
            plain["classification"], plain["roles"], plain["penalties"], plain["open_questions"]
        ]  # fmt: skip
        assert [answer["answer"] for answer in found["answers"]] == [answer["answer"] for answer in plain["answers"]]


def test_what_a_redacted_report_carries_gives_it_again_and_stays_redacted(base: RuleBase, tmp_path: Path) -> None:
    file = told(base, tmp_path, "fr")
    run("assess", str(file), "-o", str(tmp_path / "a.pdf"), "--redact", "--as-of", "2026-11-23")
    printed = run("extract", str(tmp_path / "a.pdf"), "-o", str(tmp_path))
    assert "ont été retirés de ce rapport" in " ".join(printed.split())
    carried = tmp_path / "a.questionnaire.yaml"
    carried.write_text(carried.read_text("utf-8").replace("(retiré)", SECRET, 1), encoding="utf-8")
    run("assess", str(carried), "-o", str(tmp_path / "b.json"), "--as-of", "2026-11-23")
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.assessment.json").read_bytes()


def test_people_stay_apart_without_their_names(base: RuleBase, tmp_path: Path) -> None:
    file = tmp_path / "system.yaml"
    file.write_text(
        "company: { name: A }\nsystem: { name: B, owner: Ada }\nby: Bob\nanswers:\n  described: system\n"
        "  headcount: { answer: 85, by: Ada }\ncompliance:\n  art-4/literacy: { status: partly, owner: Bob }\n",
        encoding="utf-8",
    )
    run("assess", str(file), "-o", str(tmp_path / "a.json"), "--redact")
    found = json.loads((tmp_path / "a.json").read_bytes())
    by = {answer["fact"]: answer["by"] for answer in found["answers"] if answer["answer"] is not None}
    assert found["system"]["owner"] == by["headcount"] == "(person 1)"
    assert by["described"] == "(person 2)"
