"""The empty table in a real spreadsheet program: filled, saved by LibreOffice, and read again."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aiact_check.answering import answers
from aiact_check.inventory import template
from aiact_check.inventory.columns import Headings
from aiact_check.inventory.gathered import gather
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import said
from tests.conftest import TODAY

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice, Debian: libreoffice-calc) is not installed here")
def test_libreoffice_keeps_the_lists_and_what_is_filled_in(base: RuleBase, tmp_path: Path) -> None:
    headings, areas = Headings(base), base.questions["areas"].choices
    book: Any = openpyxl.load_workbook(io.BytesIO(template.xlsx(base, "fr")))
    places = {headings.column(cell.value): cell.column for cell in book.worksheets[0][1]}
    typed = {
        "name": "Candidéo", "described": said(base.questions["described"].choices["system"], "fr"),
        "areas": said(areas["employment"], "fr"), "does_profiling": "oui", "headcount": "=40+45",
        "first_placed_on": "=DATE(2025,9,15)",
    }  # fmt: skip
    for column, value in typed.items():
        book.worksheets[0].cell(2, places[column]).value = value
    book.save(tmp_path / "t.xlsx")
    saved = _saved(tmp_path / "t.xlsx", tmp_path)

    again: Any = openpyxl.load_workbook(saved)
    assert [sheet.title for sheet in again.worksheets] == [sheet.title for sheet in book.worksheets]
    lists = [rule.formula1.replace("'", "") for rule in _lists(book)]
    assert [rule.formula1.replace("'", "") for rule in _lists(again)] == lists
    assert len(lists) > 100
    gathered = gather(base, [saved])
    assert gathered.problems == gathered.remarks == []
    (entry,) = gathered.entries
    assert not isinstance(entry.told, Path)
    told = answers.understand(entry.told, base, "", TODAY)
    assert told.system["name"] == "Candidéo"
    assert {fact: entry.value for fact, entry in told.told.items()} == {
        "described": "system", "areas": ["employment"], "does_profiling": True, "headcount": 85,
        "first_placed_on": "2025-09-15",
    }  # fmt: skip


def _saved(book: Path, folder: Path) -> Path:
    """The same workbook as LibreOffice saves it."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    out = folder / "out"
    command = [str(OFFICE), home, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / book.name


def _lists(book: Any) -> list[Any]:
    return [rule for rule in book.worksheets[0].data_validations.dataValidation if rule.type == "list"]
