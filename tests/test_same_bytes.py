"""The same answers, rules, day and version give the same bytes, wherever and however the program runs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from aiact_check.cli.assess import FORMATS
from tests.conftest import TOP

EXAMPLE = "entretiens-annuels.fr.yaml"
RUN = """
import hashlib, json, sys
from click.testing import CliRunner
from aiact_check.cli import main
digests = {}
for form in sys.argv[2:]:
    for turn in (1, 2):
        done = CliRunner().invoke(main, ["assess", sys.argv[1], "-o", "-", "--format", form, "--as-of", "2026-11-23"])
        assert done.exit_code == 0, done.output
        digests[f"{form} {turn}"] = hashlib.sha256(done.stdout_bytes).hexdigest()
for form in ("docx", "draft.md"):
    for turn in (1, 2):
        target = f"{turn}.{form}"
        command = ["draft", sys.argv[1], "not-high-risk", "-o", target, "--as-of", "2026-11-23"]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.output
        digests[f"{form} {turn}"] = hashlib.sha256(open(target, "rb").read()).hexdigest()
print(json.dumps(digests))
"""
PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/Adak", "LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8", "PYTHONUTF8": "1"},
)


def test_every_form_is_the_same_in_another_process_place_and_time_zone(tmp_path: Path) -> None:
    found = []
    for place, settings in enumerate(PLACES):
        home = tmp_path / f"home {place}"
        home.mkdir()
        (home / EXAMPLE).write_bytes((TOP / "questionnaires" / "examples" / EXAMPLE).read_bytes())
        environment = {**os.environ, **settings, "PYTHONPATH": str(TOP / "src")}
        command = [sys.executable, "-c", RUN, EXAMPLE, *FORMATS]
        ran = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        found.append(json.loads(ran.stdout))
    for form in (*FORMATS, "docx", "draft.md"):
        digests = {digests[f"{form} {turn}"] for digests in found for turn in (1, 2)}
        assert len(digests) == 1, form
        assert digests != {hashlib.sha256(b"").hexdigest()}
