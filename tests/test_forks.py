"""What each answer to an open question would bring is the verdict on that answer; what an amendment changed is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.amended import amended
from aiact_check.assessing.said import answer_says, text
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from tests.conftest import EXAMPLES, TODAY


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_a_fork_is_the_verdict_on_that_answer(path: Path, base: RuleBase) -> None:
    written = path.read_text(encoding="utf-8")
    told = answers.understand(parse(path.name, written.encode()), base, "")
    for opened in document.assess(base, told, TODAY)["open_questions"]:
        question = base.questions[opened["fact"]]
        values = [True, False] if question.type == "yes_no" else list(question.choices)
        for fork, value in zip(opened["forks"], values, strict=False):
            source = parse(path.name, written.encode())
            source.data["answers"][opened["fact"]] = value
            found = document.assess(base, answers.understand(source, base, ""), TODAY)
            owed = {duty["id"] for duty in found["duties"] if duty["state"] != "depends"}
            assert fork["says"]["en"] == answer_says(question, value, "en")
            assert fork["headline"] == found["classification"]["headline"]
            assert fork["possible"] == found["classification"]["possible"]
            assert fork["duties"] == len(owed)
            assert fork["depends"] == len({duty["id"] for duty in found["duties"]} - owed)
            assert fork["exempt"] == len({exemption["id"] for exemption in found["exemptions"]})
            assert fork["open"] == len(found["open_questions"])


def test_every_open_question_of_yes_or_no_that_decides_first_is_forked(base: RuleBase) -> None:
    told = answers.load(next(path for path in EXAMPLES if path.stem.startswith("recrutement")), base)
    first, second = document.assess(base, told, TODAY)["open_questions"]
    assert [fork["says"]["en"] for fork in first["forks"]] == ["yes", "no"]
    assert [fork["exempt"] for fork in first["forks"]] == [0, 11]
    assert second["forks"] == []


def test_a_rule_is_amended_where_its_wording_is_not_of_the_first_act(base: RuleBase) -> None:
    first, last = sorted(act.in_force for act in base.acts.acts.values())
    for rule in base.rules.values():
        before, after = amended(rule, base.acts, first), amended(rule, base.acts, last)
        assert before is None
        assert (after is None) == (last not in rule.versions)
        if after:
            assert after["change"] == ("new" if min(rule.versions) == last else "reworded")
            assert after["since"] == last
            assert (after["was"] is None) == (after["now"] is None)
            assert after["was"] is None or after["was"] != after["now"]


def test_a_reworded_duty_keeps_what_it_said(base: RuleBase) -> None:
    said = amended(base.rules["art-4/literacy"], base.acts, date(2026, 11, 23).isoformat())
    assert said is not None
    assert said["was"] is not None
    duty = base.law(TODAY).versions["art-4/literacy"].duty
    assert duty is not None
    assert said["now"] == text(duty)
