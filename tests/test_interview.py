"""The interview: few questions, each answer kept at once, nothing lost and nothing assumed."""

from __future__ import annotations

import contextlib
import importlib
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.answering.answers import Told
from aiact_check.answering.reply import NotUnderstood, Reply, cleaned, understood
from aiact_check.asking.course import next_step
from aiact_check.asking.dialogue import Contradicts, Dialogue, begun
from aiact_check.asking.screens import ordinary, sitting
from aiact_check.assessing import document
from aiact_check.assessing.parts import Verdict
from aiact_check.assessing.verdict import decide
from aiact_check.cli import main
from aiact_check.cli.prompts import Keys, asker
from aiact_check.law.evaluate import Answer
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.model import Question
from aiact_check.law.truth import Truth
from aiact_check.reading.source import parse
from tests.conftest import EXAMPLES, TODAY, TOP

PAGE = (TOP / "docs" / "interview.md").read_text(encoding="utf-8")
HEAD = """\
lang: en
company: { name: A }  # ours
system: { name: B }
answers:
  technique: [learns_from_data]
  output_producer: software_by_itself
  system_outputs: [predictions]
  organisation: business_or_body
  establishment: union
  union_presence: [on_union_market]
  on_market_or_in_use: true
  purposes_served: [other_purposes]
  licence: not_free
  company_activities: [uses_under_its_authority]
"""


def run(file: Path, typed: str, *options: str) -> Result:
    return CliRunner().invoke(main, ["interview", str(file), "--as-of", TODAY.isoformat(), *options], input=typed)


def told(file: Path, base: RuleBase) -> dict[str, Any]:
    return {fact: entry.value for fact, entry in answers.load(file, base).told.items()}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(HEAD)
    return file


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_finishing_it_gives_the_headline_of_the_full_questionnaire(base: RuleBase, example: Path) -> None:
    """Whatever was not asked does not matter: with an example's answers, class, sure duties and fines are the same.

    A question that arises only if an unknown answer comes out one way is not asked, so what is not sure may differ.
    """
    full = answers.load(example, base).answers
    law = base.law(TODAY)
    given: dict[str, Answer] = {}
    serves: list[str] = []
    for step, answered in sitting(base, law, full, ordinary(base)):
        assert not set(answered) & set(given), "asked twice"
        serves.append(step.serves)
        given |= {fact: full[fact] for fact, said in answered.items() if said}
    found, expected = decide(base, given, TODAY), decide(base, full, TODAY)
    assert found.possible == expected.possible
    assert list(_sure(found)) == list(_sure(expected))
    if expected.headline != "undetermined":
        assert [penalty.ceiling for penalty in found.penalties] == [each.ceiling for each in expected.penalties]
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {example.name.split('.')[0]} |"))
    to_class = next((place for place, what in enumerate(serves) if what in ("duties", "fines")), len(serves))
    to_end = len(serves)
    assert [row.split(" | ")[place] for place in (2, 4)] == [str(to_class), str(to_end)], "docs/interview.md is stale"


def _sure(verdict: Verdict) -> Iterator[tuple[str, str, str | None]]:
    for duty in verdict.duties:
        if duty.value is Truth.TRUE:
            yield duty.rule.id, duty.role, duty.start.date


def test_the_class_is_asked_for_first_then_duties_then_fines(base: RuleBase) -> None:
    full = answers.load(TOP / "questionnaires" / "examples" / "spam-filter.en.yaml", base).answers
    given: dict[str, Answer] = {}
    serves = []
    while step := next_step(base, base.law(TODAY), given, set(given)):
        serves.append(step.serves)
        given[step.fact] = full[step.fact]
        assert (step.serves == "class") == (step.at_least > 0)
    assert sorted(serves, key=["class", "duties", "fines"].index) == serves
    assert serves[-1] == "fines"


def test_a_new_file_is_made_and_every_answer_stands_in_it_at_once(tmp_path: Path, base: RuleBase) -> None:
    file = tmp_path / "new.yaml"
    result = run(file, "Usine: Est\nTri\n\nL. M.\no\n1 # fiche\n", "--lang", "fr")
    assert result.exit_code == 1
    assert "Toutes les réponses sont dans" in result.output
    made = answers.load(file, base)
    assert made.company["name"] == "Usine: Est"
    assert made.lang == "fr"
    assert made.told["technique"] == Told(value=["learns_from_data"], by="L. M.", on=TODAY.isoformat())
    assert made.told["system_outputs"] == Told(value=["predictions"], note="fiche", by="L. M.", on=TODAY.isoformat())
    assert list(tmp_path.iterdir()) == [file]


def test_ordinary_answers_are_shown_together_and_each_is_written_down_by_itself(file: Path, base: RuleBase) -> None:
    file.write_text("lang: en\ncompany: { name: A }\nsystem: { name: B }\nanswers:\n")
    result = run(file, "1,3\n3\n1\nq\n", "--by", "Karim")
    first = " ".join(result.output[: result.output.index(">")].split())
    for fact, value in base.screens[0].ordinary.items():
        question = base.questions[fact]
        assert f"{question.ask.en} → {document.answer_says(question, value, 'en')}" in first
    found = answers.load(file, base).told
    assert {fact: (entry.value, entry.by) for fact, entry in found.items()} == {
        "technique": (["learns_from_data"], "Karim"),
        "described": ("both", "Karim"),
        "output_producer": ("software_by_itself", "Karim"),
    }


def test_who_describes_a_model_is_asked_nothing_more_of_that_screen(file: Path, base: RuleBase) -> None:
    file.write_text("lang: en\ncompany: { name: A }\nsystem: { name: B }\nanswers:\n")
    result = run(file, "0\n2\nq\n")
    assert told(file, base) == {"described": "model"}
    assert "2. How does the system arrive" not in result.output
    assert "a model on its own" in result.output


def test_one_can_go_back_into_a_screen_question_by_question(base: RuleBase) -> None:
    dialogue = Dialogue(base, TODAY, "lang: en\ncompany: { name: A }\nsystem: { name: B }\nanswers:\n")
    step = dialogue.step()
    assert step
    screen = dialogue.screen(step)
    assert screen
    dialogue.take_together(screen, list(screen.ordinary))
    assert dialogue.number == 2
    assert dialogue.back()
    step = dialogue.step()
    assert step
    assert (step.fact, dialogue.number, dialogue.screen(step)) == ("output_producer", 1, None)
    dialogue.take("output_producer", Told(value="people_only"))
    assert dialogue.questionnaire.answers["technique"]
    assert dialogue.number == 2


def test_what_was_answered_before_stands_on_no_screen(base: RuleBase) -> None:
    dialogue = Dialogue(
        base, TODAY, HEAD.replace("  licence: not_free\n", "").replace("  organisation: business_or_body\n", "")
    )
    step = dialogue.step()
    assert step
    screen = dialogue.screen(step)
    assert screen
    assert set(screen.ordinary) == {"organisation", "licence"}


@pytest.mark.parametrize("typed", ["", "9", "x", "1 2 9", "1.", "-1"])
def test_a_slip_on_a_screen_writes_nothing(file: Path, typed: str, base: RuleBase) -> None:
    file.write_text("lang: en\ncompany: { name: A }\nsystem: { name: B }\nanswers:\n")
    assert run(file, f"{typed}\n").exit_code == 1
    assert told(file, base) == {}


@pytest.mark.parametrize(("typed", "locale", "lang"), [("fr", "C", "fr"), ("", "fr_FR.UTF-8", "fr"), ("", "C", "en")])
def test_the_language_of_a_new_file_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, locale: str, lang: str, base: RuleBase
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    run(tmp_path / "new.yaml", f"{typed}\nA\nB\n\n\nq\n")
    assert answers.load(tmp_path / "new.yaml", base).lang == lang


@pytest.mark.parametrize("typed", ["", "A\n", "A\nB\n", "A\nB\nC\n"])
def test_nothing_is_made_before_the_names_are_known(tmp_path: Path, typed: str) -> None:
    result = run(tmp_path / "new.yaml", typed, "--lang", "en")
    assert result.exit_code == 1
    assert "Nothing was written" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", ["", "\n", "1,99\n", "oui\n"])
def test_an_interruption_or_a_slip_is_no_answer(file: Path, typed: str) -> None:
    assert run(file, typed).exit_code == 1
    assert file.read_text() == HEAD


def test_ctrl_c_loses_nothing(file: Path, monkeypatch: pytest.MonkeyPatch, base: RuleBase) -> None:
    class Impatient:
        left: Iterator[Reply] = iter([Reply("answer", []), Reply("answer", "unknown")])

        def question(self, question: object, present: object) -> Reply:
            for reply in self.left:
                return reply
            raise KeyboardInterrupt

    monkeypatch.setattr(importlib.import_module("aiact_check.cli.prompts"), "asker", lambda lang: Impatient())
    result = run(file, "")
    assert result.exit_code == 1
    assert "unknown" in told(file, base).values()
    assert len(told(file, base)) == 12


def test_it_goes_on_where_it_stopped_and_asks_only_what_is_open(file: Path) -> None:
    first = run(file, "0\nq\n")
    assert first.exit_code == 0
    second = run(file, "q\n")
    asked = [line for line in first.output.splitlines() if line.startswith("2. ")]
    assert asked
    assert asked[0][3:] in [line[3:] for line in second.output.splitlines() if line.startswith("1. ")]
    assert "# ours" in file.read_text()


def test_what_was_left_unknown_is_offered_again_at_the_end(tmp_path: Path, base: RuleBase) -> None:
    file = tmp_path / "mine.yaml"
    source = TOP / "questionnaires" / "examples" / "recrutement-ia-generative.fr.yaml"
    file.write_bytes(source.read_bytes())
    declined = run(file, "n\n")
    assert declined.exit_code == 0
    assert file.read_bytes() == source.read_bytes()
    taken = run(file, "o\nn # non, dit l'éditeur\n?\n", "--by", "Karim")
    assert taken.exit_code == 0, taken.output
    entry = answers.load(file, base).told["significant_design_change"]
    assert (entry.value, entry.note, entry.by) == (False, "non, dit l'éditeur", "Karim")
    assert "aiact-check assess" in taken.output


def test_one_can_go_back_and_what_no_longer_arises_goes(base: RuleBase) -> None:
    dialogue = Dialogue(base, TODAY, HEAD)
    dialogue.take("areas", Told(value=["employment"]))
    dialogue.take("employment_uses", Told(value=["promotion"], note="n"))
    assert dialogue.back()
    assert dialogue.back()
    step = dialogue.step()
    assert step
    assert (step.fact, dialogue.number) == ("areas", 1)
    assert not dialogue.back()
    assert dialogue.take("areas", Told(value=[])) == ["employment_uses"]
    assert "employment_uses" not in dialogue.questionnaire.answers
    step = dialogue.step()
    assert step
    assert step.fact not in ("areas", "employment_uses")


def test_going_back_shows_the_answer_and_keeps_the_note_of_one_that_stays(file: Path, base: RuleBase) -> None:
    result = run(file, "0 # none of it\n<\n0\nq\n")
    assert result.exit_code == 0
    (entry,) = [entry for entry in answers.load(file, base).told.values() if entry.note]
    assert (entry.value, entry.note) == ([], "none of it")
    assert "This is the first question" in run(file, "<\nq\n").output


def test_an_answer_that_contradicts_another_is_not_written(base: RuleBase) -> None:
    dialogue = Dialogue(base, TODAY, HEAD)
    dialogue.take("outputs_and_interactions", Told(value=[]))
    before = dialogue.content
    with pytest.raises(Contradicts) as found:
        dialogue.take("system_outputs", Told(value=["content"]))
    assert found.value.says.en
    assert dialogue.content == before


def test_a_file_changed_by_another_hand_is_not_overwritten(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def question(self, question: object, present: object) -> Reply:
            file.write_text(HEAD + "  areas: []\n")
            return Reply("answer", "unknown")

    monkeypatch.setattr(importlib.import_module("aiact_check.cli.prompts"), "asker", lambda lang: Other())
    result = run(file, "")
    assert result.exit_code == 1
    assert "changed by another program" in result.output
    assert file.read_text() == HEAD + "  areas: []\n"


def test_after_each_answer_it_says_what_the_system_could_still_be(file: Path) -> None:
    text = " ".join(run(file, "0\n0\nq\n").output.split())
    assert "rules out: prohibited" in text
    assert "could be high-risk, under transparency duties or without any specific duty" in text


def test_who_answers_and_when_is_kept_where_it_differs(base: RuleBase) -> None:
    content = begun("en", {"company": "A", "system": "B", "description": "", "by": "Ann"}, TODAY)
    dialogue = Dialogue(base, TODAY, content, by="Ann")
    dialogue.take("technique", Told(value=["learns_from_data"]))
    assert parse("", dialogue.content.encode()).data["answers"]["technique"] == ["learns_from_data"]
    later = Dialogue(base, TODAY.replace(day=24), dialogue.content, by="Bob")
    later.take("output_producer", Told(value="software_by_itself"))
    entry = later.questionnaire.told["output_producer"]
    assert (entry.by, entry.on) == ("Bob", "2026-11-24")


@pytest.mark.parametrize(
    ("fact", "line", "value"),
    [
        ("does_profiling", "y", True), ("does_profiling", "Oui", True), ("does_profiling", "2", False),
        ("does_profiling", "?", "unknown"), ("organisation", "1", "business_or_body"),
        ("organisation", "private_person", "private_person"), ("areas", "0", []),
        ("system_outputs", "3, 1", ["predictions", "recommendations"]),
        ("system_outputs", "2 ?", ["content", "unknown"]), ("headcount", "8 000", 8000),
        ("headcount", "8\u202f000", 8000), ("first_placed_on", "2026-11-23", "2026-11-23"),
    ],
)  # fmt: skip
def test_what_a_line_means(base: RuleBase, fact: str, line: str, value: Any) -> None:
    assert understood(base.questions[fact], line) == Reply("answer", value)
    assert understood(base.questions[fact], f"{line} # why") == Reply("answer", value, "why")


@pytest.mark.parametrize(
    ("fact", "line"),
    [
        ("does_profiling", ""), ("does_profiling", "# only a note"), ("does_profiling", "perhaps"),
        ("organisation", "0"), ("organisation", "9"), ("organisation", "1 2"),
        ("system_outputs", "0 1"), ("system_outputs", "-1"),
        ("headcount", "-3"), ("headcount", "many"), ("headcount", "٣"), ("first_placed_on", "23/11/2026"),
        ("first_placed_on", "2026-02-30"),
    ],
)  # fmt: skip
def test_what_is_no_answer(base: RuleBase, fact: str, line: str) -> None:
    with pytest.raises(NotUnderstood) as found:
        understood(base.questions[fact], line)
    assert found.value.says.en != found.value.says.fr


def test_typed_text_keeps_no_sign_that_does_not_print() -> None:
    assert cleaned(" a\x1b[31m\tb\u202ec\ud800 ") == "a [31m b c"


@contextmanager
def keys(pressed: str) -> Iterator[Keys]:
    """Asking with keys, pressed beforehand."""
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(pressed)
        yield Keys("en")


DOWN, UP, LEFT, ENTER = "\x1b[B", "\x1b[A", "\x1b[D", "\r"


@pytest.mark.parametrize(
    ("pressed", "reply"),
    [
        (ENTER, Reply("answer", [0, 1, 2])),
        (DOWN + " " + ENTER, Reply("answer", [0, 2])),
        ("?", Reply("answer", [])),
        ("<", Reply("back")),
        ("q", Reply("stop")),
    ],
)
def test_ordinary_answers_are_ticked_and_the_tick_can_be_taken_away(pressed: str, reply: Reply) -> None:
    with keys(pressed) as asking:
        assert asking.screen(["A", "B", "C"]) == reply


@pytest.mark.parametrize(
    ("fact", "pressed", "reply"),
    [
        ("does_profiling", ENTER, Reply("answer", True)),
        ("does_profiling", DOWN + ENTER, Reply("answer", False)),
        ("does_profiling", DOWN + DOWN + ENTER, Reply("answer", "unknown")),
        ("does_profiling", "?", Reply("answer", "unknown")),
        ("does_profiling", "<", Reply("back")),
        ("does_profiling", LEFT, Reply("back")),
        ("does_profiling", "q", Reply("stop")),
        ("does_profiling", "#because\r" + DOWN + ENTER, Reply("answer", False, "because")),
        ("organisation", UP + ENTER, Reply("answer", "unknown")),
        ("system_outputs", " " + ENTER, Reply("answer", ["predictions"])),
        ("system_outputs", DOWN + " " + UP + " " + ENTER, Reply("answer", ["predictions", "content"])),
        ("system_outputs", ENTER + UP + " " + ENTER, Reply("answer", "unknown")),
        ("system_outputs", UP + UP + " " + ENTER, Reply("answer", [])),
        ("system_outputs", " " + UP + " " + ENTER, Reply("answer", ["predictions", "unknown"])),
        ("system_outputs", UP + UP + " " + DOWN + DOWN + " " + ENTER + " " + ENTER, Reply("answer", [])),
        ("system_outputs", "#n\r#\x15m\r " + ENTER, Reply("answer", ["predictions"], "m")),
        ("headcount", "x\r\x15120 # July\r", Reply("answer", 120, "July")),
    ],
)
def test_keys(base: RuleBase, fact: str, pressed: str, reply: Reply) -> None:
    with keys(pressed) as asking:
        assert asking.question(base.questions[fact], None) == reply


def test_the_answer_so_far_is_where_one_starts(base: RuleBase) -> None:
    with keys(ENTER * 2) as asking:
        assert asking.question(base.questions["does_profiling"], False) == Reply("answer", False)
        assert asking.question(base.questions["system_outputs"], []) == Reply("answer", [])


@pytest.mark.parametrize(("pressed", "raises"), [("\x03", KeyboardInterrupt), ("\x04", EOFError)])
@pytest.mark.parametrize("fact", ["does_profiling", "system_outputs", "headcount"])
def test_breaking_off_is_no_answer(base: RuleBase, fact: str, pressed: str, raises: type[BaseException]) -> None:
    with keys(pressed) as asking, pytest.raises(raises):
        asking.question(base.questions[fact], None)


@pytest.mark.parametrize(("term", "kind"), [("dumb", "Lines"), ("xterm", "Keys")])
def test_a_dumb_terminal_is_asked_in_lines(monkeypatch: pytest.MonkeyPatch, term: str, kind: str) -> None:
    monkeypatch.setenv("TERM", term)
    terminal: Callable[[], bool] = lambda: True  # noqa: E731
    monkeypatch.setattr("sys.stdin.isatty", terminal)
    monkeypatch.setattr("sys.stdout.isatty", terminal)
    assert type(asker("en")).__name__ == kind


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_answered_the_file_stays_a_questionnaire(base: RuleBase, seed: int) -> None:
    """Any answers, changed and taken back in any order, leave a file that can be read, with every comment."""
    chance = random.Random(seed)
    content = EXAMPLES[seed].read_text(encoding="utf-8")
    comments = [line for line in content.splitlines() if line.lstrip().startswith("#")]
    dialogue = Dialogue(base, TODAY, content, by="A: #b")
    dialogue.take_up(list(dialogue.aside))
    for _ in range(25):
        if chance.random() < 0.3:
            dialogue.back()
        step = dialogue.step()
        fact = step.fact if step and chance.random() < 0.5 else chance.choice(list(base.questions))
        value = chance.choice([*_values(base.questions[fact]), "unknown"])
        with contextlib.suppress(Contradicts):
            gone = dialogue.take(fact, Told(value=value, note=chance.choice([None, "a: b # c", "«\u00a0oui\u00a0»"])))
            assert fact in gone or dialogue.questionnaire.told[fact].value == value
    kept = [line for line in dialogue.content.splitlines() if line.lstrip().startswith("#")]
    assert kept == comments


def _values(question: Question) -> list[Any]:
    choices = list(question.choices)
    values: dict[str, list[Any]] = {
        "yes_no": [True, False],
        "choice": choices,
        "choices": [[], choices[:1], choices[-2:], [*choices[:1], "unknown"]],
        "number": [0, 12, 10**7],
        "date": ["2025-01-01", "2027-12-03"],
    }
    return values[question.type]
