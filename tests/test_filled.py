"""What somebody answered who knew neither rules nor results: still read, with the same headline each time.

`python -m tests.test_filled` writes the headlines anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aiact_check.answering import answers
from aiact_check.assessing.verdict import decide
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from tests.conftest import TODAY

FILLED = Path(__file__).parent / "filled"
FROZEN = FILLED / "headlines.txt"


def headlines(base: RuleBase) -> Iterator[str]:
    """A line for each questionnaire: whose it is, its headline, and what may still be."""
    for file in sorted(FILLED.glob("*/*/*.yaml")):
        verdict = decide(base, answers.load(file, base).answers, TODAY)
        yield f"{file.relative_to(FILLED).as_posix()}: {verdict.headline} ({', '.join(verdict.possible)})\n"


def test_every_questionnaire_is_read_and_its_headline_is_as_frozen(base: RuleBase) -> None:
    found = list(headlines(base))
    assert len(found) >= 64
    assert "".join(found) == FROZEN.read_text(encoding="utf-8")


if __name__ == "__main__":
    FROZEN.write_text("".join(headlines(rulebase.load())), encoding="utf-8")
