"""The README's commands print what the README says: `python -m tests.test_readme` writes their output anew."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.conftest import TOP
from tests.console import output

README = TOP / "README.md"
BLOCK = re.compile(r"```console\n\$ (aiact-check [^\n]*)\n(.*?)```", re.S)


def printed(command: str) -> str:
    """What a command prints; files it writes are removed again."""
    arguments = shlex.split(command)
    text = output(command, TOP)
    if "-o" in arguments:
        (TOP / arguments[arguments.index("-o") + 1]).unlink(missing_ok=True)
    return text


def written(text: str) -> str:
    """The README with the output of its commands as it is now."""
    return BLOCK.sub(lambda found: f"```console\n$ {found[1]}\n{printed(found[1])}```", text)


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
