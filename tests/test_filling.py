"""A questionnaire's text is changed in one place only: comments, order and spaces stay, and it says what was asked."""

from __future__ import annotations

import difflib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aiact_check.answering import answers, edit
from aiact_check.answering.answers import Told
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from tests.conftest import EXAMPLES, TOP

ORDER = ("technique", "output_producer", "areas", "does_profiling", "headcount", "provides_model")
TEXT = """\
# Kept.
lang: en   # kept too
company: { name: "A, B", place: 'Lyon' }
system: { name: C }

answers:
  # About the technique.
  technique: [learns_from_data]  # a model of ours
  output_producer:
  areas:
    - employment   # recruitment
    # and perhaps others
    - unknown
  does_profiling: { answer: true, note: "why, exactly" }
  headcount:
    answer: 12   # in July
    note: >-
      counted in
      two sites

    # who?
    by: A. B.
# The end.
"""


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line[0] == "-"], [line[2:] for line in lines if line[0] == "+"]


def told(value: Any, **details: str) -> Told:
    return Told(value=value, **details)


@pytest.mark.parametrize(
    ("fact", "answer", "gone", "come"),
    [
        ("output_producer", told("people_only"), ["  output_producer:"], ["  output_producer: people_only"]),
        (
            "technique", told(["human_rules"], note="A: no, #1"),
            ["  technique: [learns_from_data]  # a model of ours"],
            ["  technique:  # a model of ours", "    answer: [human_rules]", '    note: "A: no, #1"'],
        ),
        (
            "areas", told([]),
            ["  areas:", "    - employment   # recruitment", "    # and perhaps others", "    - unknown"],
            ["  # recruitment", "  # and perhaps others", "  areas: []"],
        ),
        (
            "does_profiling", told(False, by="N"), ['  does_profiling: { answer: true, note: "why, exactly" }'],
            ["  does_profiling: { answer: false, by: N }"],
        ),
        ("headcount", told(13, note="x", by="A. B."), ["    answer: 12   # in July", "    note: >-", "      counted in",
         "      two sites"], ["    answer: 13   # in July", "    note: x"]),
        ("headcount", told(12), ["    note: >-", "      counted in", "      two sites", "    by: A. B."], []),
        ("provides_model", told([]), [], ["  provides_model: []"]),
        ("output_producer", told(None), [], []),
    ],
)  # fmt: skip
def test_an_answer_changes_its_own_lines_only(fact: str, answer: Told, gone: list[str], come: list[str]) -> None:
    assert changed(TEXT, edit.put_answer(TEXT, fact, answer, ORDER)) == (gone, come)


def test_a_new_answer_stands_where_its_question_stands() -> None:
    text = edit.put_answer("answers:\n  areas: []  # none\n  headcount: 3\n", "does_profiling", told(True), ORDER)
    assert text == "answers:\n  areas: []  # none\n  does_profiling: true\n  headcount: 3\n"
    text = edit.put_answer("answers:\n  areas: []\n", "technique", told([], note="n"), ORDER)
    assert text == "answers:\n  technique:\n    answer: []\n    note: n\n  areas: []\n"


@pytest.mark.parametrize(
    "head", ["answers:\n", "answers:", "answers: {}\n", "answers: null  # yet\n", "answers: { areas: [], }\n",
             "answers:\r\n  # a\r\n  areas: []\r\n", "\ufeffanswers:\n# x\nby: me\n"],
)  # fmt: skip
def test_the_first_answer_may_come_anywhere(head: str) -> None:
    text = edit.put_answer(head, "headcount", told(3, note="a, b: c"), ORDER)
    assert parse("", text.encode()).data["answers"]["headcount"] == {"answer": 3, "note": "a, b: c"}
    assert ("\r\n" in head) == ("\r\n" in text)
    assert text.startswith("\ufeff") == head.startswith("\ufeff")
    assert "\n" not in text.replace("\r\n", "") or "\r\n" not in head


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_answer_of_an_example_can_be_changed_and_put_back(file: Any, base: RuleBase) -> None:
    text = before = file.read_text(encoding="utf-8")
    order = tuple(base.questions)
    for fact, was in parse("", before.encode()).data["answers"].items():
        was = was if isinstance(was, dict) else {"answer": was}
        text = edit.put_answer(text, fact, told("unknown", note="X"), order)
        text = edit.put_answer(text, fact, told(was.pop("answer"), **was), order)
    assert parse("", text.encode()).data["system"] == parse("", before.encode()).data["system"]
    comments = [line for line in before.splitlines() if line.lstrip().startswith("#")]
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == comments
    source = parse("", text.encode())
    assert answers.understand(source, base, "").answers == answers.load(file, base).answers


def test_a_blank_questionnaire_keeps_every_comment(base: RuleBase) -> None:
    before = (TOP / "questionnaires" / "blank.fr.yaml").read_text(encoding="utf-8")
    text = edit.put_answer(before, "areas", told(["employment"], note="Élise : « oui »"), tuple(base.questions))
    assert changed(before, text) == ([], ["    answer: [employment]", '    note: "Élise : « oui »"'])


ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["", " ", "- a", "a: b", "a #b", "#", "true", "null", "~", "12", "0x1", "{", "]", "@x", "'", '"', "\u2028", "\x85",
     "\x00", "%", "|", "a\nb", "…", "-", "?", ":", "*a", "&a", "!t", "? x", "2026-11-23", "no"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@example(value="-", note="?")
@given(value=ODD | st.booleans() | st.integers(0, 10**20) | st.lists(ODD, max_size=3), note=ODD)
@pytest.mark.parametrize("head", [TEXT, "answers: { technique: }\n"])
def test_any_value_is_read_back_as_it_was_given(head: str, value: Any, note: str) -> None:
    text = edit.put_answer(head, "technique", told(value, note=note), ORDER)
    assert parse("", text.encode()).data["answers"]["technique"] == {"answer": value, "note": note}


def test_a_byte_order_mark_stays_and_moves_nothing() -> None:
    fact, answer = "headcount", told(12)
    assert edit.put_answer(f"\ufeff{TEXT}", fact, answer, ORDER) == "\ufeff" + edit.put_answer(
        TEXT, fact, answer, ORDER
    )


def test_duties_are_added_at_the_end_of_their_block() -> None:
    new = "  # New\n  b/2:\n    status: done\n    # due:\n"
    entry = {"b/2": {"status": "done"}}
    assert edit.append("answers: {}\n", "compliance", new, entry) == f"answers: {{}}\n\ncompliance:\n{new}"
    text = "compliance:\n  a/1:\n    status: done\n    # owner:\n# end\n"
    assert (
        edit.append(text, "compliance", new, entry)
        == f"compliance:\n  a/1:\n    status: done\n    # owner:\n{new}# end\n"
    )
    text = "compliance:   # ours\nanswers:\n"
    assert edit.append(text, "compliance", new, entry) == f"compliance:   # ours\n{new}answers:\n"


def test_what_cannot_be_changed_safely_is_refused_with_the_line_to_write() -> None:
    with pytest.raises(edit.CannotEdit) as refused:
        edit.put_answer("answers: { technique: [\n", "areas", told([]), ORDER)
    assert "areas: []" in refused.value.says.en
