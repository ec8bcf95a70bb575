"""An invented amendment, entered in YAML alone: it moves a date, adds a prohibition and renames a term."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.reading.source import parse
from tests.conftest import TOP
from tests.test_law import HIRING, QUIET, USER

DAY = "2031-03-01"
PROHIBITION = """\
id: art-5/1-z
kind: classification
title: {{ en: Ranking of pets, fr: Classement des animaux }}
versions:
  {day}:
    by: 2031/1
    cite: art_5.par_1
    reads: {{ en: Pets may not be ranked., fr: Il est interdit de classer les animaux. }}
    when: {{ fact: ranks_pets }}
    applies: pets
examples:
  - {{ given: {{ ranks_pets: true }}, then: true, as_of: {day} }}
  - {{ given: {{ ranks_pets: false }}, then: false, as_of: {day} }}
"""
DUTY = """\
id: art-5/1-z-duty
kind: obligation
tier: prohibited
title: {{ en: Do not rank pets, fr: Ne pas classer les animaux }}
versions:
  {day}:
    by: 2031/1
    cite: art_5.par_1
    reads: {{ en: Pets may not be ranked., fr: Il est interdit de classer les animaux. }}
    who: [deployer]
    when: {{ rule: art-5/1-z }}
    duty: {{ en: Stop., fr: Cesser. }}
    evidence: [ {{ en: Decision to stop, fr: Décision d'arrêt }} ]
    applies: pets
    penalty: art-99/3
"""
QUESTION = """\
group: { id: pets, title: { en: Pets, fr: Animaux }, known_by: [owner] }
questions:
  ranks_pets:
    type: yes_no
    ask: { en: "Does it rank pets?", fr: "Classe-t-il des animaux ?" }
    label: { en: ranks pets, fr: classe des animaux }
    help: { en: Cats count., fr: Les chats comptent. }
    cite: [art_5.par_1]
"""


def amend(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"{file.name} has no {old!r}"
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> RuleBase:
    root = tmp_path_factory.mktemp("law")
    shutil.copytree(TOP / "rules", root / "rules")
    shutil.copytree(TOP / "questionnaires" / "questions", root / "questionnaires" / "questions")
    rules = root / "rules"
    act = f"""
  2031/1:
    title: {{ en: Regulation (EU) 2031/1, fr: Règlement (UE) 2031/1 }}
    short: {{ en: Regulation (EU) 2031/1, fr: règlement (UE) 2031/1 }}
    published: 2031-02-01
    in_force: {DAY}
    eli: http://data.europa.eu/eli/reg/2031/1/oj
"""
    with (rules / "acts.yaml").open("a", encoding="utf-8") as acts:
        acts.write(act.lstrip("\n"))
    moved = f"      {DAY}: {{ by: 2031/1, cite: art_113.poi_c.poi_i, date: 2032-01-01, confidence: settled }}\n"
    now = "      2026-07-27: { by: 2026/1744, cite: art_113.poi_c.poi_i, date: 2027-12-02, confidence: settled }\n"
    pets = f"""milestones:
  pets:
    title: {{ en: Pets, fr: Animaux }}
    versions:
      {DAY}: {{ by: 2031/1, cite: art_113.poi_a, date: 2031-06-01, confidence: settled }}
"""
    amend(rules / "calendar.yaml", (now, now + moved), ("milestones:\n", pets))
    amend(
        rules / "calendar.yaml",
        (
            "            - { rule: art-5/1-h }\n",
            "            - { rule: art-5/1-h }\n            - { rule: art-5/1-z }\n",
        ),
    )
    (rules / "art-5" / "1-z.yaml").write_text(PROHIBITION.format(day=DAY), encoding="utf-8")
    (rules / "art-5" / "1-z-duty.yaml").write_text(DUTY.format(day=DAY), encoding="utf-8")
    (root / "questionnaires" / "questions" / "99-pets.yaml").write_text(QUESTION, encoding="utf-8")
    reworded = f"""  {DAY}:
    by: 2031/1
    cite: art_5.par_1
    reads: {{ en: Ranking pets too., fr: Le classement des animaux aussi. }}
    when: {{ any: [ {{ rule: art-5/1-f }}, {{ rule: art-5/1-z }} ] }}
"""
    amend(rules / "art-5.yaml", ("versions:\n", "versions:\n" + reworded))
    amend(rules / "roles" / "deployer.yaml", ("fr: Déployeur", "fr: Utilisateur professionnel"))
    return rulebase.load(root)


def assess(base: RuleBase, lines: str, day: date) -> Assessment:
    content = "company: { name: A }\nsystem: { name: B }\nanswers:\n" + "".join(
        f"  {line}\n" for line in lines.split("\n")
    )
    return document.assess(base, answers.understand(parse("x", content.encode()), base, ""), day)


def test_the_date_moves_on_the_day_the_amendment_comes_into_force(amended: RuleBase) -> None:
    lines = USER + HIRING + "does_profiling: true\nfirst_placed_on: 2033-01-01\nranks_pets: false"
    for day, expected in ((date(2031, 2, 28), "2027-12-02"), (date(2031, 3, 1), "2032-01-01")):
        duties = {duty["id"]: duty["applies_from"] for duty in assess(amended, lines, day)["duties"]}
        assert duties["art-26/1"] == expected


def test_the_new_prohibition_is_in_the_headline_the_duties_and_the_questions(amended: RuleBase) -> None:
    found = assess(amended, USER + QUIET + "ranks_pets: true", date(2031, 3, 1))
    assert found["classification"]["headline"] == "prohibited"
    duty = next(duty for duty in found["duties"] if duty["id"] == "art-5/1-z-duty")
    assert (duty["state"], duty["applies_from"]) == ("upcoming", "2031-06-01")
    asked = assess(amended, USER + QUIET, date(2031, 3, 1))
    assert "ranks_pets" in [question["fact"] for question in asked["open_questions"]]
    assert assess(amended, USER + QUIET, date(2031, 2, 28))["classification"]["headline"] == "minimal"


def test_the_term_is_the_new_one(amended: RuleBase) -> None:
    found = assess(amended, USER + QUIET, date(2031, 3, 1))
    assert [role["finding"]["title"]["fr"] for role in found["roles"] if role["value"] == "true"] == [
        "Utilisateur professionnel"
    ]
