"""The map in CONTRIBUTING.md is the house: its rooms in the order the imports keep, every module in its row."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import TOP

HOUSE = TOP / "src" / "aiact_check"
ROW = re.compile(r"^\| ((?:`[a-z]+`(?:, )?)+) \| (.+) \|$", re.MULTILINE)


def rows() -> dict[str, str]:
    """What the map says of each room, from top to bottom; rooms that share a row have it both."""
    told = (TOP / "CONTRIBUTING.md").read_text("utf-8").split("## Change the code")[1]
    return {room: says for rooms, says in ROW.findall(told) for room in re.findall(r"\w+", rooms)}


def layers() -> list[set[str]]:
    """The layers that the imports are held to."""
    linter = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return [set(layer.split(" | ")) for layer in linter["contracts"][0]["layers"]]


def modules(room: str) -> list[str]:
    folder = HOUSE / room
    return sorted(file.stem for file in folder.glob("*.py") if not file.stem.startswith("__"))


def test_the_rooms_of_the_map_stand_as_the_imports_run() -> None:
    drawn = list(rows())
    for above, below in zip(layers(), layers()[1:], strict=False):
        assert max(drawn.index(room) for room in above) < min(drawn.index(room) for room in below), (above, below)
    assert set(drawn) == set.union(*layers())


@pytest.mark.parametrize("room", rows())
def test_every_module_is_on_the_map(room: str) -> None:
    if not (HOUSE / room).is_dir():
        assert (HOUSE / f"{room}.py").is_file()
        return
    missing = [name for name in modules(room) if f"`{name}`" not in rows()[room]]
    assert room == "cli" or not missing, f"not on the map: {', '.join(missing)}"


@pytest.mark.parametrize("room", rows())
def test_the_map_names_no_module_that_is_gone(room: str) -> None:
    known = {file.stem for file in HOUSE.rglob("*.py")} | {"questionnaires", "reports"}
    named = re.findall(r"`([a-z_]+)`(?=[ ,;:)]|$)", rows()[room])
    assert [name for name in named if name not in known] == []
