"""A bad questionnaire gets clear messages with file, line, column and a hint, all at once, and nothing else.

Each file of tests/problems has its messages beside it, in English and then in French: `python -m tests.test_problems`
writes them anew. Read them before they are committed.
"""

from __future__ import annotations

import re
import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiact_check.answering import answers, edit
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading import meant
from aiact_check.reading.problem import Problem, Problems
from aiact_check.reading.source import MAX_BYTES, parse, skim
from aiact_check.text import LANGUAGES
from tests.conftest import TOP

FILES = sorted(file for file in (Path(__file__).parent / "problems").iterdir() if file.suffix != ".txt")
TODAY = date(2026, 11, 26)
HEAD = b"company: { name: A }\nsystem: { name: B }\nanswers: {}\n"


def problems_of(content: bytes, base: RuleBase) -> list[Problem]:
    with pytest.raises(Problems) as found:
        answers.understand(parse("file.yaml", content), base, "")
    return found.value.problems


def messages(file: Path, base: RuleBase) -> str:
    """What is said of a file, in English and then in French."""
    with pytest.raises(Problems) as found:
        answers.load(file, base, TODAY)
    said = ("\n".join(problem.said(lang) for problem in found.value.problems) for lang in LANGUAGES)
    return "\n\n".join(said).replace(str(file), file.name) + "\n"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_messages(file: Path, base: RuleBase) -> None:
    assert messages(file, base) == file.with_suffix(".txt").read_text("utf-8")


def test_there_are_many_mistakes_and_each_message_belongs_to_one() -> None:
    stems = [file.stem for file in FILES]
    assert len(set(stems)) == len(stems) > 60
    assert {file.stem for file in FILES[0].parent.glob("*.txt")} == set(stems)


@pytest.mark.parametrize(
    ("content", "line", "column", "says"),
    [
        (HEAD + b"\xff\xfe", 4, 1, "not in UTF-8"),
        (b"company: \x00", 1, 10, "character"),
        (b"\x89PNG\r\n\x1a\n", 1, 1, "picture"),
        (b"[" * 500, 1, 61, "levels deep"),
        (b"[" * 5000, 1, 1001, "levels deep"),
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
    assert ["too large" in str(problem.message) for problem in found] == [True]
    assert peak < 20_000_000


WITH_REFERENCES = """\
company: { name: A }
system: { name: B }
answers:
  areas: { answer: &areas [employment, unknown], by: &me C. A. }
  does_profiling: { answer: true, by: *me }
compliance:
  art-4/literacy: { status: &state done }
  art-26/7: { status: *state, owner: *me, evidence: &proof [slides] }
  art-27/1: { status: *state, evidence: *proof }
  art-26/2: { status: *state, evidence: *areas }
"""


def test_values_named_once_and_referred_to_are_read_as_if_written_out(base: RuleBase) -> None:
    written_out = re.sub(r"&\w+ ", "", WITH_REFERENCES)
    for name, value in (("me", "C. A."), ("state", "done"), ("proof", "[slides]"), ("areas", "[employment, unknown]")):
        written_out = written_out.replace(f"*{name}", value)
    one, other = (answers.understand(parse("", text.encode()), base, "") for text in (WITH_REFERENCES, written_out))
    assert one == other
    assert one.told["does_profiling"].by == "C. A."


@pytest.mark.parametrize("fact", ["areas", "does_profiling"])
def test_a_change_never_alters_what_else_refers_to_a_value(fact: str, base: RuleBase) -> None:
    before = answers.understand(parse("", WITH_REFERENCES.encode()), base, "")
    try:
        content = edit.put_answer(WITH_REFERENCES, fact, answers.Told(value=None), tuple(base.questions))
    except edit.CannotEdit:
        return
    after = answers.understand(parse("", content.encode()), base, "")
    assert after.work == before.work
    assert fact not in after.answers


@given(st.recursive(st.just("x"), lambda inner: st.lists(inner, max_size=3), max_leaves=12), st.integers(0, 3))
def test_what_a_program_writes_with_references_reads_the_same(value: object, more: int) -> None:
    shared = {"a": value, "b": [value] * more, "c": {"d": value}}
    assert parse("", yaml.dump(shared).encode()).data == shared


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


GOOD = (TOP / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml").read_text("utf-8")
SIGNS = st.text(st.sampled_from("\t\n :,#-?*&!|>%@`'\"[]{}“”é\u00a0\u2028\x00\ufeff0aZ~<="), max_size=6)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good questionnaire in which a few stretches are lost, replaced or moved."""
    text = GOOD
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        put = draw(st.one_of(SIGNS, st.just(text[: draw(st.integers(0, 30))]), st.text(max_size=4)))
        text = text[:start] + put + text[end:]
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "cp1252", "utf-16", "latin-1"]))
    content = text.encode(encoding, "replace")
    cut = draw(st.integers(0, len(content)))
    return content[:cut] if draw(st.booleans()) else content


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_no_damage_ends_in_a_traceback(base: RuleBase, content: bytes) -> None:
    try:
        answers.understand(skim("file.yaml", content), base, "", TODAY)
        return
    except Problems as problems:
        found = problems.problems
    assert found
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found)
    assert all(problem.said(lang) for lang in LANGUAGES for problem in found)


def test_only_a_month_that_exists_is_taken_for_one() -> None:
    told = {"05/2026": "2026-05", "mai 2026": "2026-05", "13/2026": None, "2026-00": None}
    assert {text: meant.month(text) for text in told} == told


if __name__ == "__main__":
    for each in FILES:
        each.with_suffix(".txt").write_text(messages(each, rulebase.load()), "utf-8")
