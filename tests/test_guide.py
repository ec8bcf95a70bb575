"""The guides are followed from top to bottom: `python -m tests.test_guide` writes the output of their commands anew.

A `console` block is run, a `text` block is a conversation into which `TYPED` is typed, a `yaml` block is an edit of
the file its first line names; all in one folder, in the order of the text.
"""

from __future__ import annotations

import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import TOP
from tests.console import edited, output, shortened

GUIDES = [TOP / "docs" / "guide.fr.md", TOP / "docs" / "guide.en.md"]
STEP = re.compile(r"```(console|text|yaml)\n(?:\$|#) ([^\n]*)\n(.*?)```", re.S)
TYPED = "y\nq\n"
SETTING_UP = ("git ", "make ")


def step(found: re.Match[str], folder: Path) -> str:
    """A block of a guide as it is once done."""
    kind, first, rest = found.groups()
    if kind == "yaml":
        file = folder / first
        file.write_text(edited(file.read_text(encoding="utf-8"), rest), encoding="utf-8")
        return found[0]
    if first.startswith(SETTING_UP):
        return found[0]
    printed = shortened(output(first, folder, TYPED if kind == "text" else ""), rest)
    return f"```{kind}\n$ {first}\n{printed}```"


def followed(guide: Path, folder: Path) -> str:
    """A guide with what its commands print now, run in a folder that holds the questionnaires and what they write."""
    (folder / "questionnaires").symlink_to(TOP / "questionnaires")
    return STEP.sub(lambda found: step(found, folder), guide.read_text(encoding="utf-8"))


def all_followed(folder: Path) -> list[str]:
    """Both guides, side by side."""
    folders = [folder / guide.stem for guide in GUIDES]
    for each in folders:
        each.mkdir()
    with ThreadPoolExecutor() as pool:
        return list(pool.map(followed, GUIDES, folders))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("guides")


@pytest.fixture(scope="module")
def now(folder: Path) -> dict[str, str]:
    return dict(zip((guide.name for guide in GUIDES), all_followed(folder), strict=True))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_following_it_prints_what_it_says(guide: Path, now: dict[str, str]) -> None:
    assert now[guide.name] == guide.read_text(encoding="utf-8")


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_it_leaves_the_files_it_speaks_of(guide: Path, folder: Path) -> None:
    here = folder / guide.stem
    (blank,) = here.glob("syst*.yaml")
    assert "output_producer: software_by_itself" in blank.read_text(encoding="utf-8")  # what was typed
    for pattern in ("candideo.pdf", "*.docx", "*.ics", "*.xlsx", "*/candideo.questionnaire.yaml"):
        assert list(here.glob(pattern)), pattern


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_command_is_run(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    commands = {found[2].split()[1] for found in STEP.finditer(text) if found[2].startswith("aiact-check ")}
    assert commands == {
        *("questionnaire", "interview", "assess", "questions", "merge", "explain", "whatif", "levers"),
        *("draft", "extract", "diff", "form"),
    }
    assert len(STEP.findall(text)) == text.count("```") // 2


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_what_it_names_exists(guide: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", guide.read_text(encoding="utf-8")):
        assert (guide.parent / target).exists(), target


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        texts = all_followed(Path(scratch))
    for path, text in zip(GUIDES, texts, strict=True):
        path.write_text(text, encoding="utf-8")
