"""What the tests share: the checked rule base, the examples, and an assessment of answers given in a line."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse

TOP = Path(__file__).parent.parent
EXAMPLES = sorted((TOP / "questionnaires" / "examples").glob("*.yaml"))
os.environ["LC_ALL"] = "C.UTF-8"  # messages are compared in English, whatever the tester's own language
TODAY = date(2026, 11, 23)

COSTLY = ("test_guide", "cases", "test_mutants", "test_time", "test_prove", "test_same_bytes", "test_wheel")
"""What takes longest begins first, so that no worker is left with it at the end."""
CASES = ("test_cases", "test_disagreements", "test_frozen")
"""They judge the same cases: in one process each case is judged once."""

Assess = Callable[..., Assessment]


def pytest_itemcollected(item: pytest.Item) -> None:
    """The tests of a file share a worker, as what its fixtures make is made once; so do those of CASES."""
    item.add_marker(pytest.mark.xdist_group(_group(item)))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of COSTLY first."""
    items.sort(key=lambda item: COSTLY.index(_group(item)) if _group(item) in COSTLY else len(COSTLY))


def _group(item: pytest.Item) -> str:
    return "cases" if item.path.stem in CASES else item.path.stem


@pytest.fixture(scope="session")
def base() -> RuleBase:
    return rulebase.load()


@pytest.fixture(scope="session")
def assess(base: RuleBase) -> Assess:
    """Assesses answers written as the lines of a questionnaire."""

    def from_lines(lines: str, day: date = TODAY) -> Assessment:
        head = "company: { name: Essai }\nsystem: { name: Essai }\nanswers:\n"
        content = head + "\n".join(f"  {line}" for line in lines.strip().splitlines())
        questionnaire = answers.understand(parse("test", content.encode()), base, "")
        return document.assess(base, questionnaire, day)

    return from_lines


@pytest.fixture(scope="session")
def example(base: RuleBase) -> Assess:
    """Assesses an example questionnaire by its name."""

    def from_name(name: str, day: date = TODAY) -> Assessment:
        return document.assess(base, answers.load(TOP / "questionnaires" / "examples" / f"{name}.yaml", base), day)

    return from_name


@pytest.fixture(scope="session")
def case(base: RuleBase) -> Assess:
    """Assesses a case of tests/cases/ by its name."""

    def from_name(name: str, day: date = TODAY) -> Assessment:
        (path,) = (TOP / "tests" / "cases").glob(f"*/{name}.yaml")
        source = parse(path.name, path.read_bytes())
        source.data.pop("case")
        return document.assess(base, answers.understand(source, base, ""), day)

    return from_name
