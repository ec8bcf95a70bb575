"""The questionnaire as a page: the same law and verdict as the program's, a conversation for everyone, nothing lost.

`python -m tests.test_form 1000` compares as many random questionnaires as are asked for, with node;
`python -m tests.test_form 1000 chromium` in Chromium itself.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest

from aiact_check.answering import answers, form
from aiact_check.answering.answers import Told, understand
from aiact_check.answering.together import contradicted, ruled_out
from aiact_check.asking import page
from aiact_check.asking.course import next_step
from aiact_check.asking.dialogue import Contradicts, Dialogue
from aiact_check.asking.outlook import possible_answers
from aiact_check.asking.screens import ordinary, sitting, together
from aiact_check.assessing.verdict import decide
from aiact_check.law import compact, rulebase
from aiact_check.law.asked import Question
from aiact_check.law.condition import named
from aiact_check.law.evaluate import Choices, compare
from aiact_check.law.lawbook import RuleBase, normalise
from aiact_check.reading.source import parse
from aiact_check.wording.typeset import typeset
from tests import agreement
from tests.conftest import EXAMPLES, TODAY, TOP
from tests.test_frozen import DAYS, FROZEN, KEYS
from tests.test_law import HIRING, USER

NODE = shutil.which("node")
FIRST = date(2024, 8, 1)
needs_node = pytest.mark.skipif(not NODE, reason="no node")


@cache
def engine() -> str:
    """The page's scripts without the page and its YAML library, and what runs them in a test."""
    parts = [TOP / "questionnaires" / "page" / name for name in page.ENGINE[1:]]
    return "\n".join(part.read_text("utf-8") for part in [*parts, TOP / "tests" / "page" / "driver.js"])


def ran(task: str, base: RuleBase, **given: Any) -> Any:
    """What the page's engine makes of a task."""
    law = page.law(base, FIRST, "en")
    return json.loads(RUN[0](json.dumps({"task": task, "base": law, **given})))


def in_node(given: str) -> str:
    library = (TOP / "questionnaires" / "page" / "js-yaml.min.js").as_posix()
    script = f'const jsyaml = require("{library}");\n{engine()}'
    done = subprocess.run([str(NODE), "-e", script], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_chromium(given: str) -> str:
    from playwright.sync_api import sync_playwright

    from tests.test_page import CHROMIUM

    as_node = """const require = () => ({ readFileSync: () => task }); let said = "";
        const process = { stdout: { write(text) { said = text; } } };"""
    with sync_playwright() as playwright:
        view = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        view.add_script_tag(path=TOP / "questionnaires" / "page" / "js-yaml.min.js")
        return str(view.evaluate(f"(task) => {{ {as_node}\n{engine()}\n return said; }}", given))


RUN = [in_node]
"""Where the page's engine is run."""


@needs_node
def test_every_case_comes_out_as_the_program_has_it(base: RuleBase) -> None:
    files = [file for key in KEYS for file in sorted((agreement.CASES / key).glob("*.yaml"))]
    given = []
    for file in files:
        text = file.read_text("utf-8")
        day = parse(file.name, text.encode()).data["case"]["asserts"].get("as_of", TODAY.isoformat())
        given.append({"text": text, "name": file.stem, "day": day})
    found = dict(zip(files, ran("sure", base, files=given), strict=True))
    for key in KEYS:
        text = "\n".join(found[file] for file in files if file.parent.name == key)
        assert text == (FROZEN / "cases" / f"{key}.txt").read_text("utf-8")


@needs_node
def test_every_example_comes_out_as_the_program_has_it(base: RuleBase) -> None:
    texts = [file.read_text("utf-8") for file in EXAMPLES]
    found = ran("whole", base, files=texts, days=[day.isoformat() for day in DAYS])
    for file, text in zip(EXAMPLES, found, strict=True):
        frozen = (FROZEN / f"{file.stem}.txt").read_text("utf-8")
        assert text + "\n" == "".join(line for line in frozen.splitlines(True) if not line.startswith("conformity:"))


def invented(chance: random.Random, base: RuleBase) -> dict[str, Any]:
    """A questionnaire: that of a case with some answers changed or taken away, or answers thrown together."""
    told = {}
    if chance.random() < 0.7:
        data = parse("", chance.choice(agreement.files()).read_bytes()).data["answers"]
        told = {fact: value["answer"] if isinstance(value, dict) else value for fact, value in data.items()}
        told = {fact: value for fact, value in told.items() if chance.random() < 0.8}
    for fact in chance.sample(list(base.questions), chance.choice((0, 2, 5, 30))):
        told[fact] = an_answer(chance, base.questions[fact])
    return told


def an_answer(chance: random.Random, question: Question) -> Any:
    choices = list(question.choices)
    match question.type:
        case "yes_no":
            return chance.choice([True, False, "unknown", *choices])
        case "choice":
            return chance.choice([*choices, "unknown"])
        case "choices":
            picked = chance.sample(choices, chance.randint(0, min(2, len(choices))))
            return [*picked, *(["unknown"] if chance.random() < 0.2 else [])]
        case "number":
            return chance.choice([0, 9, 49, 250, 20_000_000, 900_000_000, "unknown"])
        case _:
            return chance.choice(["2024-01-15", "2026-08-02", "2027-12-03", "unknown"])


def by_the_program(base: RuleBase, told: dict[str, Any], day: date) -> dict[str, Any]:
    """What the program makes of answers, those set aside left out."""
    given = {f: a for f, value in told.items() if (a := normalise(base.questions[f], value)) is not None}
    while out := {fact for fact, _ in ruled_out(base, given)}:
        given = {fact: answer for fact, answer in given.items() if fact not in out}
    law, verdict = base.law(day), decide(base, given, day)
    step = next_step(base, law, given)
    screen = together(base, law, given, step, ()) if step else None
    return {
        "counts": sorted(given),
        "exclude": [facts for _, facts in contradicted(base, given)],
        "possible": list(verdict.possible),
        "roles": [[role.role, role.finding.value.value] for role in verdict.roles],
        "duties": [[duty.role, duty.rule.id, duty.state, duty.start.date] for duty in verdict.duties],
        "step": [step.fact, step.serves, step.at_least] if step else None,
        "screen": list(screen.ordinary) if screen else None,
    }


def differing(base: RuleBase, count: int, seed: int) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    chance = random.Random(seed)
    told = [invented(chance, base) for _ in range(count)]
    found = ran("next", base, day=TODAY.isoformat(), told=told)
    for given, theirs in zip(told, found, strict=True):
        ours = by_the_program(base, given, TODAY)
        if ours != theirs:
            yield given, ours, theirs


@needs_node
def test_a_body_of_the_union_has_the_ceilings_that_the_program_gives_it(base: RuleBase) -> None:
    head = "company: { name: A }\nsystem: { name: B }\nanswers:\n"
    lines = (
        (USER + HIRING + "does_profiling: true\nis_public_body: true\nis_union_institution: true").strip().splitlines()
    )
    text = head + "".join(f"  {line}\n" for line in lines)
    (found,) = ran("whole", base, files=[text], days=[TODAY.isoformat()])
    verdict = decide(base, understand(parse("", text.encode()), base, "").answers, TODAY)
    ours = [f"penalty: {penalty.rule.id} {penalty.ceiling}" for penalty in verdict.penalties]
    assert [line for line in found.splitlines() if line.startswith("penalty:")] == ours
    assert any(penalty.instead for penalty in verdict.penalties)


@needs_node
def test_every_comparison_of_the_law_comes_out_alike_on_both_sides_of_its_bound(base: RuleBase) -> None:
    law = base.law(TODAY)
    conditions = [version.when for version in law.versions.values()]
    conditions += [question.asked_if for question in base.questions.values()]
    conditions += [start.when for schedule in base.schedules.values() for start in schedule.starts]
    tests = {json.dumps(compact.Compact().test(test)): test for each in conditions for test in named(each).tests}
    pairs, ours = [], []
    for written, test in tests.items():
        for possible in possible_answers(base, law, test.fact):
            answer = possible.answer
            pairs.append([json.loads(written), sorted(answer.chosen) if isinstance(answer, Choices) else answer])
            ours.append(compare(law, test, answer).value)
    assert ran("compared", base, day=TODAY.isoformat(), pairs=pairs) == ours


@needs_node
def test_what_is_asked_next_is_what_the_program_asks(base: RuleBase) -> None:
    assert list(differing(base, 8, 14)) == []


@needs_node
def test_a_conversation_takes_the_course_of_the_program_and_gives_the_answers_back(base: RuleBase) -> None:
    data = parse("", (TOP / "questionnaires" / "examples" / "spam-filter.en.yaml").read_bytes()).data["answers"]
    told = {fact: value["answer"] if isinstance(value, dict) else value for fact, value in data.items()}
    given = {f: a for f, value in told.items() if (a := normalise(base.questions[f], value)) is not None}
    theirs = ran("sitting", base, day=TODAY.isoformat(), told=told)
    ours = [list(fits) for _, fits in sitting(base, base.law(TODAY), given, ordinary(base))]
    assert theirs["asked"] == ours
    back = understand(parse("", theirs["text"].encode()), base, "")
    asked = {fact for facts in ours for fact in facts}
    assert back.answers == {fact: answer for fact, answer in given.items() if fact in asked}


@needs_node
def test_an_answer_changed_does_to_the_others_what_it_does_in_the_program(base: RuleBase) -> None:
    chance = random.Random(7)
    for file in EXAMPLES[:4]:
        text = file.read_text("utf-8")
        facts = chance.sample(list(answers.load(file, base).told), 12)
        changes = [[fact, an_answer(chance, base.questions[fact])] for fact in facts]
        found = ran("changed", base, day=TODAY.isoformat(), text=text, changes=changes)
        for (fact, value), theirs in zip(changes, found, strict=True):
            dialogue = Dialogue(base, TODAY, text)
            said, gone = taken(dialogue, fact, value)
            assert (theirs.get("says"), theirs.get("gone")) == (said, gone)
            if said is None:
                back = understand(parse("", theirs["text"].encode()), base, "")
                kept = {other: told for other, told in dialogue.questionnaire.told.items() if told.value is not None}
                assert (back.told, back.answers) == (kept, dialogue.questionnaire.answers)


def taken(dialogue: Dialogue, fact: str, value: Any) -> tuple[str | None, list[str] | None]:
    """Why an answer cannot be right, or the answers that have to go for it."""
    try:
        return None, dialogue.take(fact, Told(value=value))
    except Contradicts as refused:
        return typeset(refused.says.en, "en"), None


@needs_node
def test_a_file_opened_and_saved_keeps_its_comments_and_all_that_was_not_changed(base: RuleBase) -> None:
    texts = [file.read_text("utf-8") for file in EXAMPLES]
    filled = texts[0].replace("\n", "\r\n").replace("answers:", "# mine\r\nanswers:")
    untouched = [*texts, filled, form.blank(base, "fr")]
    found = ran("kept", base, day=TODAY.isoformat(), texts=[[text, []] for text in untouched])
    assert found == [{"text": text, "kept": True} for text in untouched]


BEFORE = """# ours
company: { name: A }   # the company
system:
  name: B
answers:
  # from the vendor
  described: system  # sure?

  technique:
    answer: [learns_from_data]
    note: |
      # no comment

      but a note
  # open
  output_producer:
"""
AFTER = BEFORE.replace("described: system  # sure?", "described: both  # sure?").replace(
    "output_producer:", "output_producer:\n    answer: software_by_itself\n    note: seen\n  headcount: 85"
)


@needs_node
def test_only_the_answers_that_changed_are_written_into_a_file_that_was_opened(base: RuleBase) -> None:
    changes = [["described", "both"], ["output_producer", "software_by_itself", "seen"], ["headcount", 85]]
    lost = "company: { name: A }\nsystem: { name: B }\nanswers: { described: system }  # in a line\n"
    written, in_a_line, bare = ran(
        "kept",
        base,
        day=TODAY.isoformat(),
        texts=[[BEFORE, changes], [lost, [["described", "both"]]], [lost.split("  #")[0], [["described", "both"]]]],
    )
    assert (written["kept"], written["text"]) == (True, AFTER)
    assert (in_a_line["kept"], bare["kept"]) == (False, True)
    assert understand(parse("", in_a_line["text"].encode()), base, "").told == {"described": Told(value="both")}


NASTY = (
    "plain", "two words", "true", "null", "12", "2026-11-23", "no", "a: b", "a #b", "# c", "- d", "'e'", '"f"', "\\n",
    "g\nh\n\ni", " j ", "« l'élève »", "“curly”", "x\u00a0\u202fy", "x\u2028y", "x\u202ey", "🙂", "{{ }}", "*x", "&y",
    "!z", "<script>alert(1)</script>", "é" * 500,
)  # fmt: skip


@needs_node
def test_what_is_written_is_read_back_by_the_program_word_for_word(base: RuleBase) -> None:
    texts, known = [], ["learns_from_data", "unknown"]
    for text in NASTY:
        evidence = ["a: b", {"link": "https://a.eu/#b"}, {"file": text}]
        data = {
            "lang": "fr", "company": {"name": text}, "system": {"name": "B", "description": text},
            "by": text, "on": "2026-01-02",
            "answers": {"technique": {"answer": known, "note": text, "by": text, "on": "2026-01-03"}},
            "compliance": {"art-4/literacy": {"status": "done", "evidence": evidence, "note": text}},
        }  # fmt: skip
        texts.append(json.dumps(data, ensure_ascii=False))
    for text, found in zip(NASTY, ran("again", base, texts=texts), strict=True):
        assert found["problems"] == []
        back = understand(parse("", found["text"].encode()), base, "")
        expected = Told(value=known, note=text, by=text, on="2026-01-03")
        assert back.told == {"technique": expected}
        assert (back.lang, back.company, back.system) == ("fr", {"name": text}, {"name": "B", "description": text})
        work = back.work["art-4/literacy"]
        assert (work.status, work.note) == ("done", text)
        assert [item.says for item in work.evidence] == ["a: b", "https://a.eu/#b", text]


if __name__ == "__main__":
    if sys.argv[2:] == ["chromium"]:
        RUN[0] = in_chromium
    wrong = list(differing(rulebase.load(), int(sys.argv[1]), 1))
    for given, ours, theirs in wrong[:3]:
        print(
            json.dumps(given), *((key, ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]), sep="\n  "
        )
    print(f"{len(wrong)} of {sys.argv[1]} differ")
