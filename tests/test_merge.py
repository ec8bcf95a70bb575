"""`aiact-check merge`: two people fill what they know, and one file comes out, or every difference is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.cli import main
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from tests.conftest import EXAMPLES

HEAD = "company: { name: A }\nsystem: { name: B }\n"
OURS = f"""\
lang: en
{HEAD}by: Ann
on: 2026-11-20
answers:
  technique: [learns_from_data]  # ours
  output_producer:
  areas: [employment, unknown]
  does_profiling: {{ answer: true, note: the score }}
  licence: unknown
compliance:
  art-4/literacy: {{ status: not-started, owner: Ann }}
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.yaml").write_text(OURS)
    return tmp_path / "a.yaml", tmp_path / "b.yaml"


def run(*arguments: object, exits: int = 0) -> Result:
    result = CliRunner().invoke(main, ["merge", *map(str, arguments)])
    assert result.exit_code == exits, result.output
    return result


def merged(files: tuple[Path, Path], theirs: str, *options: str, base: RuleBase | None = None) -> Any:
    files[1].write_text(theirs)
    printed = run(*files, *options).stdout
    if base:
        answers.understand(parse("merged", printed.encode()), base, "")
    return parse("merged", printed.encode()).data


@pytest.mark.parametrize("decided", ["true", "false"])
def test_what_one_had_not_decided_the_other_decides(decided: str, tmp_path: Path) -> None:
    for name, value in (("a", "not_decided"), ("b", decided)):
        (tmp_path / f"{name}.yaml").write_text(f"{HEAD}answers: {{ significant_design_change: {value} }}\n")
    for order in ("ab", "ba"):
        printed = run(*(tmp_path / f"{name}.yaml" for name in order)).stdout
        assert parse("", printed.encode()).data["answers"] == {"significant_design_change": decided == "true"}


def test_what_one_left_open_the_other_fills(files: tuple[Path, Path], base: RuleBase) -> None:
    theirs = f"""{HEAD}by: Bob
on: 2026-11-22
answers:
  output_producer: {{ answer: software_by_itself, note: saw it }}
  areas: [employment, education]
  licence: not_free
  technique: unknown
  headcount: 12
"""
    found = merged(files, theirs, base=base)["answers"]
    signed = {"by": "Bob", "on": "2026-11-22"}
    assert found == {
        "technique": ["learns_from_data"],
        "output_producer": {"answer": "software_by_itself", "note": "saw it", **signed},
        "areas": {"answer": ["education", "employment"], **signed},
        "does_profiling": {"answer": True, "note": "the score"},
        "licence": {"answer": "not_free", **signed},
        "headcount": {"answer": 12, **signed},
    }


def test_the_first_files_text_stays_and_nothing_is_written_by_default(files: tuple[Path, Path]) -> None:
    files[1].write_text(f"{HEAD}answers: {{ does_profiling: true }}\n")
    assert run(*files).stdout == OURS
    assert files[0].read_text() == OURS


def test_notes_of_both_are_kept(files: tuple[Path, Path]) -> None:
    theirs = f"""{HEAD}answers:
  does_profiling: {{ answer: true, note: also the ranking }}
  technique: {{ answer: unknown, note: ask the vendor }}
  licence: {{ answer: not_free, note: invoice }}
"""
    found = merged(files, theirs)["answers"]
    assert found["does_profiling"]["note"] == "the score / also the ranking"
    assert found["technique"] == {"answer": ["learns_from_data"], "note": "ask the vendor"}
    assert found["licence"]["by"] == str(files[1]), "who did not sign is not taken for Ann"


def test_all_differences_are_said_at_once_and_nothing_is_written(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text(
        "company: { name: A }\nsystem: { name: C }\nanswers:\n"
        "  technique: { answer: [human_rules], by: Bob, on: 2026-11-22, note: code }\n"
        "  does_profiling: false\n  areas: [education]\n"
        "compliance:\n  art-4/literacy: { status: done, owner: Bob }\n"
    )
    said = run(*files, "-o", tmp_path / "c.yaml", exits=1).output
    for expected in (
        f"{files[0]}:7:3: [learns_from_data] (Ann, 2026-11-20)",
        f"{files[1]}:4:3: [human_rules] (Bob, 2026-11-22, code)",
        f"{files[0]}:10:3: true (Ann, 2026-11-20, the score)",
        f"{files[1]}:5:3: false",
        f"{files[0]}:9:3: [employment, unknown]",
        f"{files[0]}:3:11: B",
        "art-4/literacy: owner",
        "5 differences; nothing was written",
    ):
        assert expected in said
    assert not (tmp_path / "c.yaml").exists()


@pytest.mark.parametrize(("word", "profiling", "owner"), [("first", True, "Ann"), ("second", False, "Bob")])
def test_one_may_say_whose_word_counts(files: tuple[Path, Path], word: str, profiling: bool, owner: str) -> None:
    theirs = f"""{HEAD}answers: {{ does_profiling: false }}
compliance:
  art-4/literacy: {{ status: partly, owner: Bob, evidence: [Plan] }}
  art-26/7: {{ status: done }}
"""
    found = merged(files, theirs, "--prefer", word)
    answer = found["answers"]["does_profiling"]
    assert answer["answer"] is profiling
    assert found["compliance"]["art-4/literacy"] == {"status": "partly", "owner": owner, "evidence": ["Plan"]}
    assert found["compliance"]["art-26/7"] == {"status": "done"}


def test_answers_that_do_not_go_together_are_a_difference_too(files: tuple[Path, Path]) -> None:
    files[0].write_text(f"{HEAD}answers:\n  areas: []\n")
    files[1].write_text(f"{HEAD}answers:\n  employment_uses: [promotion]\n")
    said = run(*files, exits=1).output
    assert f"{files[1]}:4:3: [promotion]" in said
    assert f"{files[0]}:4:3: []" in said
    files[0].write_text(f"{HEAD}answers:\n  outputs_and_interactions: []\n")
    files[1].write_text(f"{HEAD}answers:\n  system_outputs: [content]\n")
    assert f"{files[1]}:4:3: [content]" in run(*files, exits=1).output


def test_the_result_may_be_written_and_says_where(files: tuple[Path, Path], tmp_path: Path) -> None:
    files[1].write_text(f"{HEAD}answers: {{ headcount: 3 }}\n")
    assert "Answers taken from" in run(*files, "-o", tmp_path / "c.yaml").output
    run(*files, "-o", tmp_path / "c.yaml", exits=2)
    run(*files, "-o", files[0], "--force")
    assert "headcount:" in files[0].read_text()


def test_what_is_said_is_said_in_french_too(files: tuple[Path, Path]) -> None:
    files[1].write_text(f"{HEAD}answers: {{ does_profiling: false }}\n")
    assert "1 différence ; rien n’a été écrit" in run(*files, "--lang", "fr", exits=1).output.replace("\u00a0", " ")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_file_split_in_two_comes_together_again(file: Path, base: RuleBase, tmp_path: Path) -> None:
    source = parse(str(file), file.read_bytes())
    told = source.data["answers"]
    head = "\n".join(f"{key}: {value!r}" for key, value in {"company": {"name": "A"}, "system": {"name": "B"}}.items())
    lines = [f"  {fact}: {_flow(value)}" for fact, value in told.items()]
    for name, half in (("a", lines[::2]), ("b", lines[1::2])):
        (tmp_path / f"{name}.yaml").write_text(f"{head}\nanswers:\n" + "\n".join(half) + "\n", encoding="utf-8")
    run(tmp_path / "a.yaml", tmp_path / "b.yaml", "-o", tmp_path / "c.yaml")
    assert answers.load(tmp_path / "c.yaml", base).answers == answers.load(file, base).answers


def _flow(value: Any) -> str:
    value = value["answer"] if isinstance(value, dict) else value
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value).lower() if value is not None else ""
