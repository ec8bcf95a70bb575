"""What is due: days ahead, duties begun, assessments that a new run would change, and nothing where nothing is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pypdf
import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.cli import main
from aiact_check.cli.due import due
from aiact_check.comparing.causes import Inquiry, Side
from aiact_check.law.lawbook import RuleBase
from aiact_check.reminding import dates
from aiact_check.reminding.due import Due, Examiner
from aiact_check.reminding.reminder import Reminder
from aiact_check.reminding.watched import watch
from aiact_check.reporting import carried
from aiact_check.text import LANGUAGES, Language
from aiact_check.wording import typeset
from tests.conftest import TODAY, TOP

FOLDER = TOP / "questionnaires" / "examples"
SPAM, CHATBOT = FOLDER / "spam-filter.en.yaml", FOLDER / "chatbot-boutique.fr.yaml"
RECRUITMENT, FLOWS = FOLDER / "recrutement-ia-generative.fr.yaml", FOLDER / "flux-electriques.fr.yaml"
LATER = date(2026, 12, 31)
"""After the last day on which an example was answered."""
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)

Save = Callable[..., Path]


@pytest.fixture
def save(base: RuleBase, tmp_path: Path) -> Save:
    """Saves the assessment of a questionnaire on a day, changed as a test wants it."""

    def of(file: Path, day: date, name: str = "x.json", **changed: Any) -> Path:
        told: Any = document.assess(base, answers.load(file, base), day)
        told["law"] |= changed.pop("law", {})
        (tmp_path / name).write_text(json.dumps(told | changed), "utf-8")
        return tmp_path / name

    return of


def look(base: RuleBase, *paths: Path, day: date = TODAY, within: int = 90) -> list[Due]:
    found = watch(base, paths, LATER)
    assert found.problems == []
    examiner = Examiner(base, base.law(day), (day + timedelta(days=within)).isoformat())
    return [examiner.look(system) for system in found.systems]


def said(base: RuleBase, found: list[Due], lang: Language = "en", day: date = TODAY, within: int = 90) -> str:
    until = (day + timedelta(days=within)).isoformat()
    return " ".join(Reminder(base, day.isoformat(), until, found, lang).text().split())


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["due", *map(str, arguments)])


def questionnaire(tmp_path: Path, lines: str, more: str = "", name: str = "q.yaml") -> Path:
    head = "company: { name: Essai }\nsystem: { name: Outil }\nanswers:\n"
    path = tmp_path / name
    path.write_text(head + "".join(f"  {line}\n" for line in lines.strip().splitlines()) + more, "utf-8")
    return path


# Assessments that were made


def test_an_assessment_of_today_under_the_same_rules_has_nothing_to_say(base: RuleBase, save: Save) -> None:
    (due,) = look(base, save(SPAM, TODAY))
    assert not due.is_due
    assert due.again is not None
    assert (due.again.changes, due.again.causes, due.again.older) == ((), frozenset(), False)
    text = said(base, [due])
    assert text.startswith("Nothing new falls due up to 21 February 2027: one system looked at.")
    assert "rules" not in text


def test_a_law_that_moved_dates_is_named_with_what_it_moved(base: RuleBase, save: Save) -> None:
    (due,) = look(base, save(RECRUITMENT, MAY))
    assert due.again
    assert due.again.causes == {"milestone", "rule"}
    assert due.begun == ()
    text = said(base, [due])
    assert "of 1 May 2026" in text
    assert "12 duties moved to another day" in text
    assert "Why: the law changed by Regulation (EU) 2026/1744." in text


def test_duties_begun_since_are_told_with_their_day_and_the_day_as_the_cause(base: RuleBase, save: Save) -> None:
    (due,) = look(base, save(CHATBOT, JULY))
    assert [day.date for day in due.begun] == ["2026-08-02"]
    assert "art-50/1" in due.begun[0].names
    assert due.again
    assert "day" in due.again.causes
    (sooner,) = look(base, save(CHATBOT, date(2026, 8, 2)))
    assert sooner.begun == ()


def test_a_law_counts_as_new_from_its_day_for_what_was_assessed_before_it(base: RuleBase, save: Save) -> None:
    act = base.acts.acts["2026/1744"]
    its_day = date.fromisoformat(act.in_force)
    for made, day, laws in ((-1, 0, (act.short,)), (-2, -1, ()), (0, 0, ()), (0, 1, ())):
        made_on, today = (its_day + timedelta(days=days) for days in (made, day))
        (due,) = look(base, save(SPAM, made_on), day=today)
        assert due.again
        assert due.again.laws == laws


def test_a_passed_day_alone_is_not_put_down_to_the_law(base: RuleBase, save: Save) -> None:
    (due,) = look(base, save(CHATBOT, date(2026, 7, 30)))
    assert due.again
    assert due.again.causes == {"day"}
    assert due.again.laws == ()
    text = said(base, [due])
    assert "Begun since the assessment was made: 2 August 2026" in text
    assert "Assess anew" not in text
    assert "something is due for one of them" in text


def test_other_rules_that_change_nothing_are_told_and_are_not_due(base: RuleBase, save: Save) -> None:
    path = save(SPAM, TODAY, law={"rules_hash": "0" * 64})
    (due,) = look(base, path)
    assert due.again
    assert due.again.older
    assert not due.is_due
    assert "Made under older law or older rules; a new run says the same:" in said(base, [due])


def test_other_rules_that_change_something_are_its_cause(base: RuleBase, save: Save) -> None:
    (due,) = look(base, save(SPAM, TODAY, law={"rules_hash": "0" * 64}, duties=[]))
    assert due.is_due
    assert due.again
    assert due.again.causes == {"rules"}
    assert "One duty gained. Why: the rules of this program changed." in said(base, [due])


def test_the_class_that_a_new_run_gives_is_named(base: RuleBase, save: Save) -> None:
    told = {"classification": {"headline": "undetermined", "tiers": []}}
    (due,) = look(base, save(SPAM, TODAY, law={"rules_hash": "0" * 64}, **told))
    names = {tier: typeset.words("en")["tiers"][tier]["name"] for tier in ("undetermined", "minimal")}
    assert f"Class: was {names['undetermined']}, now {names['minimal']}. Why: " in said(base, [due])


def test_an_assessment_that_looked_ahead_is_compared_with_a_run_that_looks_as_far(base: RuleBase, save: Save) -> None:
    (due,) = look(base, save(RECRUITMENT, date(2028, 1, 1)))
    assert due.again
    assert due.again.changes == ()
    assert due.begun == ()


def test_an_answer_that_was_set_aside_changes_nothing(base: RuleBase, tmp_path: Path) -> None:
    lines = "described: model\ntechnique: [human_rules]\nprovides_model: [own_model]\nmodel_range: narrow"
    told = answers.load(questionnaire(tmp_path, lines), base)
    assert told.aside
    path = tmp_path / "x.json"
    path.write_text(document.as_json(document.assess(base, told, TODAY)), "utf-8")
    (due,) = look(base, path)
    assert due.again
    assert due.again.changes == ()


def test_of_all_assessments_of_a_system_the_latest_counts(base: RuleBase, save: Save, tmp_path: Path) -> None:
    for day in (MAY, JULY, TODAY):
        save(CHATBOT, day, f"{day}.json")
    ran = run(tmp_path, "--as-of", TODAY.isoformat())
    assert ran.exit_code == 0, ran.output
    assert "2 assessments of systems that were assessed again later were left out" in ran.output
    (tmp_path / f"{TODAY}.json").unlink()
    found = watch(base, [tmp_path], LATER)
    assert found.outdated(MAY.isoformat()) == 0
    assert found.outdated(TODAY.isoformat()) == 1
    assert [Path(system.where).stem for system in found.systems] == [JULY.isoformat()]


def test_an_assessment_that_supposes_a_text_is_left_out_and_said(base: RuleBase, save: Save, tmp_path: Path) -> None:
    supposed = {"name": "x", "title": {"en": "X", "fr": "X"}}
    path = save(CHATBOT, JULY, "supposed.json", schema="1+overlay", overlay=supposed)
    save(SPAM, TODAY, "spam.json")
    found = watch(base, [tmp_path], LATER)
    assert (found.supposing, found.others, len(found.systems)) == (1, 0, 1)
    ran = run(path, tmp_path / "spam.json", "--as-of", TODAY.isoformat())
    assert ran.exit_code == 0, ran.output
    assert "supposes a text that is not in force" in ran.output


def test_another_version_is_another_system(base: RuleBase, save: Save, tmp_path: Path) -> None:
    old = json.loads(save(CHATBOT, JULY, "new.json").read_text("utf-8"))
    old["system"]["version"] = "0.1"
    old["as_of"] = MAY.isoformat()
    (tmp_path / "old.json").write_text(json.dumps(old))
    assert watch(base, [tmp_path], LATER).outdated(TODAY.isoformat()) == 0


def test_a_report_says_what_its_assessment_says(base: RuleBase, save: Save, tmp_path: Path) -> None:
    made = save(CHATBOT, JULY)
    writer = pypdf.PdfWriter()
    writer.add_blank_page(10, 10)
    writer.add_attachment(carried.ASSESSMENT, made.read_bytes())
    writer.add_attachment(carried.QUESTIONNAIRE, CHATBOT.read_bytes())
    pdf = tmp_path / "r.pdf"
    writer.write(pdf)
    of_pdf, of_json = look(base, pdf, made)
    assert (of_pdf.begun, of_pdf.ahead, of_pdf.again) == (of_json.begun, of_json.ahead, of_json.again)


@pytest.mark.parametrize("file", [RECRUITMENT, CHATBOT], ids=lambda file: file.stem)
def test_the_kinds_of_causes_are_those_of_the_causes(file: Path, base: RuleBase) -> None:
    given = answers.load(file, base).answers
    inquiry = Inquiry(base, Side(given, base.law(MAY)), Side(given, base.law(date(2028, 9, 1))))
    assert inquiry.changes()
    for change in inquiry.changes():
        assert inquiry.kinds(change) >= {cause.kind for cause in inquiry.causes(change)}


# Days ahead


def test_a_day_counts_from_as_many_days_before_as_asked_and_no_sooner(base: RuleBase) -> None:
    starts = date(2027, 12, 2)
    for before, seen in ((90, True), (91, False), (1, True), (0, False)):
        (due,) = look(base, RECRUITMENT, day=starts - timedelta(days=before))
        assert ("2027-12-02" in [day.date for day in due.ahead]) is seen
    assert "2 December 2027, in one day" in said(
        base, look(base, RECRUITMENT, day=date(2027, 12, 1)), day=date(2027, 12, 1)
    )


def test_what_hangs_on_open_answers_is_a_perhaps_and_due_all_the_same(base: RuleBase, tmp_path: Path) -> None:
    path = questionnaire(tmp_path, "described: system\ntechnique: [learns_from_data]")
    day = date(2027, 12, 1)
    (due,) = look(base, path, day=day)
    assert {ahead.what for ahead in due.ahead} == {"perhaps"}
    assert due.is_due
    assert "Outil: perhaps " in said(base, [due], day=day)


def test_of_several_days_on_which_a_duty_may_start_the_next_one_counts(base: RuleBase, tmp_path: Path) -> None:
    told = CHATBOT.read_text("utf-8")
    for fact, answer in (("first_placed_on", "unknown"), ("union_presence", "[on_union_market]")):
        told = re.sub(rf"^  {fact}:.*\n(?:    .*\n)*", f"  {fact}: {answer}\n", told, flags=re.MULTILINE)
    path = tmp_path / "q.yaml"
    path.write_text(told, "utf-8")
    (before,) = look(base, path, day=date(2026, 7, 30))
    (between,) = look(base, path)
    may = [("perhaps", day.date) for due in (before, between) for day in due.ahead if "art-50/2" in day.names]
    assert may == [("perhaps", "2026-08-02"), ("perhaps", "2026-12-02")]


OWN = """compliance:
  art-4/literacy: {{ status: {status}, due: {due}, evidence: [a list] }}
"""


@pytest.mark.parametrize(
    ("status", "due", "part"),
    [("planned", "2026-11-22", "late"), ("planned", "2026-11-23", "ahead"), ("partly", "2027-02-21", "ahead"),
     ("planned", "2027-02-22", None), ("done", "2026-11-22", None)],
)  # fmt: skip
def test_the_companys_own_dates_count_until_the_work_is_done(
    status: str, due: str, part: str | None, base: RuleBase, tmp_path: Path
) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(SPAM.read_text("utf-8") + OWN.format(status=status, due=due), "utf-8")
    made = document.assess(base, answers.load(path, base), TODAY)
    (tmp_path / "q.json").write_text(document.as_json(made), "utf-8")
    for file in (path, tmp_path / "q.json"):
        (found,) = look(base, file)
        own = {name: [day for day in getattr(found, name) if day.what == "planned"] for name in ("late", "ahead")}
        assert {name for name, days in own.items() if days} == ({part} if part else set())
        assert found.is_due is (part is not None)


def test_a_question_left_undecided_is_asked_again_before_its_day(base: RuleBase, tmp_path: Path) -> None:
    text = FLOWS.read_text("utf-8")
    lines = text.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("  significant_design_change:"))
    lines[place : place + 3] = ["  significant_design_change: not_decided"]
    lines = [line.replace("2027-05-17", "2026-10-01") for line in lines]
    path = tmp_path / "q.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    asked = [day for due in look(base, path, within=2_000) for day in due.ahead if day.what == "ask_again"]
    assert [day.names for day in asked] == [("significant_design_change",)]
    assert asked[0].date > TODAY.isoformat()


def test_rows_of_a_table_are_looked_at_like_questionnaires(base: RuleBase, tmp_path: Path) -> None:
    told = answers.load(RECRUITMENT, base)
    values = {fact: entry.value for fact, entry in told.told.items()}
    table = tmp_path / "t.jsonl"
    table.write_text(json.dumps({"name": told.system["name"], **values}) + "\n", "utf-8")
    day = date(2027, 12, 1)
    (row,), (whole,) = look(base, table, day=day), look(base, RECRUITMENT, day=day)
    assert row.ahead == whole.ahead
    assert row.again is None


# What is said


def test_systems_that_a_day_concerns_alike_stand_together_and_each_once(base: RuleBase, tmp_path: Path) -> None:
    lines = "".join(f'{{"name": "n{number}", "described": "system"}}\n' for number in range(9))
    table, twice = tmp_path / "t.jsonl", tmp_path / "u.jsonl"
    for path in (table, twice):
        path.write_text(lines.replace("{", '{"company": "C", '), "utf-8")
    text = said(base, look(base, table, twice, day=date(2027, 12, 1)), day=date(2027, 12, 1))
    assert text.count("n0, n1, n2 and 6 more: perhaps") == text.count("n0")
    assert "9 systems looked at, something is due for 9 of them." in text


def test_assessments_that_change_alike_stand_together(base: RuleBase, save: Save, tmp_path: Path) -> None:
    for number in range(5):
        save(RECRUITMENT, MAY, f"{number}.json", system={"name": f"n{number}"})
    text = said(base, look(base, tmp_path))
    assert "n0, n1, n2 and 2 more, of 1 May 2026" in text
    assert text.count("Why: ") == 1


def test_a_name_stays_as_it_was_written(base: RuleBase, tmp_path: Path) -> None:
    names = ["a 'b' {c}", 'a "d" {0}', "l'été", "x"]
    table = tmp_path / "t.jsonl"
    table.write_text("".join(json.dumps({"name": name, "described": "system"}) + "\n" for name in names))
    day = date(2027, 12, 1)
    found = look(base, table, day=day)
    assert ", ".join(names[:3]) in said(base, found, "fr", day)
    calendar = dates.ics(Reminder(base, day.isoformat(), "2028-02-29", found[:1], "fr"))
    (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    assert names[0] in str(event["summary"])


@pytest.mark.parametrize(("lang", "says"), [
    ("en", "up to 29 February 2028: 2 December 2027, in one day Candidéo: perhaps 12 duties, among them "),
    ("fr", "jusqu’au 29 février 2028 : 2 décembre 2027, dans un jour Candidéo : peut-être 12 obligations, dont "),
])  # fmt: skip
def test_it_is_said_in_both_languages(lang: Language, says: str, base: RuleBase) -> None:
    day = date(2027, 12, 1)
    assert says in said(base, look(base, RECRUITMENT, day=day), lang, day)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_keeps_its_uids_and_bytes(lang: Language, base: RuleBase, tmp_path: Path) -> None:
    day = date(2027, 12, 1)

    def drawn(found: list[Due], today: date = day) -> bytes:
        return dates.ics(Reminder(base, today.isoformat(), "2028-02-29", found, lang))

    def uids(calendar: bytes) -> list[str]:
        return [str(event["uid"]) for event in icalendar.Calendar.from_ical(calendar).walk("VEVENT")]

    first = drawn(look(base, RECRUITMENT, day=day))
    assert first == drawn(look(base, RECRUITMENT, day=day))
    sooner = drawn(look(base, RECRUITMENT, day=date(2027, 11, 1)), date(2027, 11, 1))
    assert sooner != first
    assert set(uids(first)) <= set(uids(sooner))
    twin = tmp_path / "twin.yaml"
    twin.write_text(RECRUITMENT.read_text("utf-8").replace("name: Candidéo", "name: Jumeau"), "utf-8")
    both = drawn(look(base, RECRUITMENT, twin, day=day))
    assert uids(both) == uids(first)
    (event,) = icalendar.Calendar.from_ical(both).walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 12, 2)
    assert "2" in str(event["summary"])
    assert "Jumeau" in str(event["description"])


# The command


def test_it_ends_with_one_where_something_is_due_and_with_nought_where_nothing_is(save: Save, tmp_path: Path) -> None:
    quiet, loud = save(SPAM, TODAY, "quiet.json"), save(CHATBOT, JULY, "loud.json")
    day = ("--as-of", TODAY.isoformat())
    assert run(quiet, *day).exit_code == 0
    assert run(loud, *day).exit_code == 1
    calendar = tmp_path / "due.ics"
    assert run(quiet, loud, *day, "-o", calendar).exit_code == 1
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert run(quiet, *day, "-o", calendar).exit_code == 2
    assert run(quiet, *day, "-o", calendar, "--force").exit_code == 0


@pytest.mark.parametrize("more", [None, "-o x.txt", "--within -1", "--within soon", "--as-of 1999-01-01"])
def test_wrong_usage_ends_with_two(more: str | None) -> None:
    ran = run(*([] if more is None else ["x.json", *more.split()]))
    assert ran.exit_code == 2
    assert "Error: " in ran.output


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("a.json", "{}", "a.json:1:1: not an assessment"), ("a.json", "[" * 9999, "a.json:1:1: not an assessment"),
     ("a.pdf", "no pdf", "a.pdf:1:1: "), ("a.yaml", "company: 3\n", "a.yaml:1:"), ("a.csv", "nom\n", "a.csv:"),
     ("a.txt", "x", "a.txt:1:1: this kind of file is not read"), ("none.json", None, "none.json:1:1: no such file")],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_does_not_hide_the_rest(
    name: str, content: str | None, says: str, save: Save, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    ran = run(tmp_path / name, save(SPAM, TODAY), "--as-of", TODAY.isoformat())
    assert ran.exit_code == 1
    assert says in ran.output
    assert "ne system looked at" in ran.output


def test_in_a_folder_files_that_carry_no_assessment_are_counted(save: Save, tmp_path: Path) -> None:
    save(SPAM, TODAY)
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "manual.pdf").write_bytes(b"%PDF-1.7")
    ran = run(tmp_path, "--as-of", TODAY.isoformat())
    assert ran.exit_code == 0, ran.output
    assert "2 JSON or PDF files of the folders carry no assessment" in ran.output


def test_a_folder_with_nothing_to_look_at_is_said(tmp_path: Path) -> None:
    ran = run(tmp_path)
    assert ran.exit_code == 1
    assert "There is no assessment, no questionnaire and no table" in ran.output


@pytest.mark.parametrize("page", ["due.md", "due.fr.md"])
def test_its_pages_name_options_that_exist(page: str) -> None:
    known = {option for parameter in due.params for option in parameter.opts} | {"-s"}
    text = (TOP / "docs" / page).read_text("utf-8")
    commands = re.findall(r"aiact-check due ([^|>\n]*)", text)
    assert len(commands) == 3
    for command in commands:
        assert set(re.findall(r"(?<!\S)\[?(--?[a-z]+)", command)) <= known, command
