"""What people answered who knew neither rules nor results: read as it was written, with the same outcome each time.

`python -m tests.test_filled` writes the outcomes anew. The figures are in docs/filling.md (benchmarks/filling.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import filling

FROZEN = Path(__file__).parent / "frozen" / "filled"


def outcomes(name: str) -> str:
    """The headlines of a round, a line for each description."""
    return "".join(
        f"{each.name}: {each.first.verdict.headline} / {each.second.verdict.headline}\n" for each in filling.filled(name)
    )


@pytest.mark.parametrize("name", filling.rounds())
def test_the_headlines_of_each_round_are_as_frozen(name: str) -> None:
    assert outcomes(name) == (FROZEN / f"{name}.txt").read_text(encoding="utf-8")


def test_no_source_is_contradicted_by_a_clearance_in_the_latest_round() -> None:
    """Whoever fills it, a system that the source finds prohibited or high-risk is never cleared of that."""
    cleared = [
        (each.name, one.verdict.headline)
        for each in filling.filled(filling.rounds()[-1])
        for one in (each.first, each.second)
        if each.case.told["asserts"].get("tier") in ("prohibited", "high-risk") and filling.refuses(one, each.case)
    ]
    assert cleared == []


def test_the_page_shows_the_figures_of_these_rounds() -> None:
    assert "\n".join(filling.page()) + "\n" == filling.PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    FROZEN.mkdir(parents=True, exist_ok=True)
    for each_round in filling.rounds():
        (FROZEN / f"{each_round}.txt").write_text(outcomes(each_round), encoding="utf-8")
