"""The README's commands print what the README says: `python -m tests.test_readme` writes their output anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.conftest import TOP

README = TOP / "README.md"
BLOCK = re.compile(r"```console\n\$ (aiact-check [^\n]*)\n(.*?)```", re.S)


def output(command: str) -> str:
    """What a command prints; files it writes are removed again."""
    arguments = shlex.split(command)[1:]
    ran = subprocess.run(
        [sys.executable, "-m", "aiact_check", *arguments],
        capture_output=True,
        text=True,
        cwd=TOP,
        env={**os.environ, "PYTHONPATH": str(TOP / "src"), "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if "-o" in arguments:
        (TOP / arguments[arguments.index("-o") + 1]).unlink(missing_ok=True)
    return "\n".join(line.rstrip() for line in (ran.stdout + ran.stderr).strip().splitlines()) + "\n"


def written(text: str) -> str:
    """The README with the output of its commands as it is now."""
    return BLOCK.sub(lambda found: f"```console\n$ {found[1]}\n{output(found[1])}```", text)


def test_the_commands_print_what_it_says() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) == 3
    assert written(text) == text


def test_what_it_names_exists() -> None:
    text = README.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert Path(TOP / target).exists(), target


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
