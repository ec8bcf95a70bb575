"""What the tests share: the checked rule base, the examples, and an assessment of answers given in a line."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

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

COSTLY = (
    "test_guide", "test_form_page", "cases", "test_report", "test_page", "test_surroundings", "test_extract",
    "test_whole", "test_prove", "test_hostile_text", "test_plan",
)  # fmt: skip
"""What takes longest begins first, so that no worker is left with it at the end."""
CASES = ("test_cases", "test_disagreements", "test_frozen")
"""They judge the same cases: in one process each case is judged once."""

Assess = Callable[..., Assessment]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file share a worker, as what its fixtures make is made once; so do those of CASES."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return _group(Path(nodeid.split("::")[0]).stem)

    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of COSTLY first."""
    order = {group: place for place, group in enumerate(COSTLY)}
    items.sort(key=lambda item: order.get(_group(item.path.stem), len(COSTLY)))


def _group(file: str) -> str:
    return "cases" if file in CASES else file


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
