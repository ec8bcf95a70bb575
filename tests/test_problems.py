"""A bad questionnaire gets clear messages with file, line, column and a hint, all at once, and nothing else."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from aiact_check import answers
from aiact_check.lawbook import RuleBase
from aiact_check.source import MAX_BYTES, Problem, Problems, parse

FILES = sorted((Path(__file__).parent / "problems").glob("*.yaml"))
HEAD = b"company: { name: A }\nsystem: { name: B }\nanswers: {}\n"


def problems_of(content: bytes, base: RuleBase) -> list[Problem]:
    with pytest.raises(Problems) as found:
        answers.understand(parse("file.yaml", content), base, "")
    return found.value.problems


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_messages(file: Path, base: RuleBase) -> None:
    with pytest.raises(Problems) as found:
        answers.load(file, base)
    said = "\n".join(str(problem).replace(str(file), file.name) for problem in found.value.problems)
    assert said + "\n" == file.with_suffix(".txt").read_text()


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        (HEAD + b"\xff\xfe", 4, 1, "not UTF-8"),
        (b"company: \x00", 1, 10, "character"),
        (b"\x89PNG\r\n\x1a\n", 1, 1, "not UTF-8"),
        (b"[" * 5000, 1, 61, "levels deep"),
        (b"a: " + b"{a: " * 5000, 1, 3 + 60 * 4 - 3, "levels deep"),
    ],
)
def test_files_that_are_not_yaml(content: bytes, line: int, column: int, says: str, base: RuleBase) -> None:
    problem = problems_of(content, base)[0]
    assert says in str(problem.message)
    assert (problem.line, problem.column) == (line, column)


def test_an_alias_bomb_is_refused_before_it_grows(base: RuleBase) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    tracemalloc.start()
    found = problems_of("\n".join(lines).encode(), base)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all("aliases" in str(problem.message) for problem in found)
    assert peak < 20_000_000


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, base: RuleBase) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as stream:
        stream.truncate(50_000_000)
    begun = time.perf_counter()
    with pytest.raises(Problems) as found:
        answers.load(huge, base)
    assert f"{MAX_BYTES:,}" in str(found.value.problems[0].message)
    assert time.perf_counter() - begun < 5


def test_missing_file_and_folder(tmp_path: Path, base: RuleBase) -> None:
    for path, says in ((tmp_path / "no.yaml", "no such file"), (tmp_path, "folder")):
        with pytest.raises(Problems) as found:
            answers.load(path, base)
        assert says in str(found.value.problems[0].message)


def test_odd_but_honest_text_is_taken_as_it_is(base: RuleBase) -> None:
    name = "Ω 漢字 <b>é</b> {{ x }} \u202eabc"
    content = f'\ufeffcompany: {{ name: "{name}" }}\nsystem: {{ name: "{"w" * 5000}" }}\nanswers:\n'.encode()
    questionnaire = answers.understand(parse("file.yaml", content), base, "")
    assert questionnaire.company["name"] == name
    assert len(questionnaire.system["name"]) == 5000
