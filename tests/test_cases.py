"""The independent cases: what each source states about its system is what we find, or the difference is documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import agreement


@pytest.mark.parametrize("file", agreement.files(), ids=lambda file: file.stem)
def test_the_outcome_is_the_sources(file: Path) -> None:
    case = agreement.judged(file)
    if case.told.get("disagreement"):
        assert case.differs, "agrees now: take the disagreement out"
    else:
        assert case.differs == []


def test_nothing_is_cleared_that_is_not_clear() -> None:
    cleared = {
        case.file.stem: case.cleared
        for case in map(agreement.judged, agreement.files())
        if case.cleared and not case.told.get("disagreement")
    }
    assert cleared == {}


def test_the_page_is_current() -> None:
    assert agreement.PAGE.read_text(encoding="utf-8") == "\n".join(agreement.page()) + "\n"
