"""Commands in a text: what they print, written beneath them again. A line `…` stands for what is left out."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.conftest import TOP

LEFT_OUT = "…"


def output(command: str, folder: Path, typed: str = "") -> str:
    """What a command prints when run in a folder, with what is typed into it."""
    program, *arguments = shlex.split(command)
    ran = subprocess.run(
        [*([sys.executable, "-m", "aiact_check"] if program == "aiact-check" else [program]), *arguments],
        capture_output=True,
        text=True,
        input=typed,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(TOP / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": "100"},
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in (ran.stdout + ran.stderr).strip().splitlines())


def shortened(printed: str, shown: str) -> str:
    """What was printed, left out where the text leaves it out: as many lines before and after it as are shown."""
    lines, model = printed.splitlines(), shown.splitlines()
    if LEFT_OUT not in model:
        return printed
    head = model.index(LEFT_OUT)
    tail = len(model) - head - 1
    kept = [*lines[:head], LEFT_OUT, *lines[max(head, len(lines) - tail) :]]
    return "".join(f"{line}\n" for line in kept)


def edited(text: str, lines: str) -> str:
    """A YAML text with entries put in the place of those of the same key; each of them must be there."""
    margin = lines[: len(lines) - len(lines.lstrip(" "))]
    for entry in re.findall(rf"^{margin}\S.*\n(?:{margin} +.*\n)*", lines, re.M):
        key = entry.strip().split(":")[0]
        there = re.compile(rf"^{margin}{re.escape(key)}:.*\n(?:{margin} +.*\n)*", re.M)
        assert there.search(text), key
        text = there.sub(entry.replace("\\", r"\\"), text, count=1)
    return text
