"""A text that is not law laid over the rule base: a drill in YAML alone, and every output says what it supposes."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.assessing import document
from aiact_check.assessing.assessment import Assessment
from aiact_check.cli import common, main
from aiact_check.law import rulebase
from aiact_check.law.lawbook import RuleBase
from aiact_check.law.overlay import Overlaid
from aiact_check.reading.problem import Problems
from aiact_check.reading.source import parse
from aiact_check.reporting import agenda, carried, recheck, report, summary, workbook
from aiact_check.text import Language
from tests.conftest import TODAY, TOP, Assess
from tests.test_law import HIRING, QUIET, USER

PETS = TOP / "tests" / "overlays" / "pets"
SHIPPED = Path("proposals/guidelines-class")
GRID = TOP / "questionnaires" / "examples" / "flux-electriques.fr.yaml"
SPAM = TOP / "questionnaires" / "examples" / "spam-filter.en.yaml"
FROM = date(2031, 3, 1)
MARK: dict[Language, str] = {"en": "SUPPOSED", "fr": "HYPOTHÈSE"}


@pytest.fixture(scope="module")
def pets() -> Overlaid:
    return rulebase.load_with(PETS)


@pytest.fixture(scope="module")
def draft() -> Overlaid:
    return rulebase.load_with(SHIPPED)


@pytest.fixture(scope="module")
def grid(draft: Overlaid) -> Assessment:
    return document.assess(draft, answers.load(GRID, draft), TODAY)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def assess(base: RuleBase, lines: str, day: date = FROM) -> Assessment:
    content = "company: { name: A }\nsystem: { name: B }\nanswers:\n" + "".join(
        f"  {line}\n" for line in lines.split("\n")
    )
    return document.assess(base, answers.understand(parse("x", content.encode()), base, ""), day)


def headline(found: Assessment) -> str:
    return found["classification"]["headline"]


def starts(found: Assessment) -> dict[str, str | None]:
    return {duty["id"]: duty["applies_from"] for duty in found["duties"]}


# The drill


def test_the_text_forbids_asks_and_moves_a_day_beside_the_law_in_force(pets: Overlaid) -> None:
    found = assess(pets, USER + QUIET + "ranks_pets: in_earnest")
    assert (headline(found), headline(found["overlay"]["in_force"])) == ("prohibited", "minimal")
    assert starts(found)["art-5/1-z-duty"] == "2031-06-01"
    tier = next(tier for tier in found["classification"]["tiers"] if tier["tier"] == "prohibited")
    assert tier["start"]["date"] == "2031-06-01"
    asked = assess(pets, USER + QUIET)
    assert headline(asked) == "undetermined"
    assert "ranks_pets" in {question["fact"] for question in asked["open_questions"]}
    moved = assess(pets, USER + HIRING + "does_profiling: true\nfirst_placed_on: 2033-01-01\nranks_pets: no")
    assert starts(moved)["art-26/1"] == "2032-01-01"
    assert starts(moved["overlay"]["in_force"])["art-26/1"] == "2027-12-02"


def test_only_rules_of_the_text_that_bear_on_the_system_are_named(pets: Overlaid) -> None:
    forbidden = {rule["rule"] for rule in assess(pets, USER + QUIET + "ranks_pets: in_earnest")["overlay"]["rules"]}
    assert forbidden == {"art-5", "art-5/1-z", "art-5/1-z-duty"}
    assert assess(pets, USER + QUIET + "ranks_pets: no")["overlay"]["rules"] == []


def test_what_only_the_text_asks_is_no_answer_to_the_law_in_force(pets: Overlaid, base: RuleBase) -> None:
    lines = USER + QUIET + "ranks_pets: in_earnest"
    assert assess(pets, lines)["overlay"]["in_force"]["answers"] == assess(base, USER + QUIET)["answers"]
    with pytest.raises(Problems, match="ranks_pets"):
        assess(base, lines)


def test_a_choice_that_only_the_text_offers_leaves_the_law_in_force_open(tmp_path: Path, base: RuleBase) -> None:
    """Nothing is cleared by an answer that the law in force does not know."""
    folder = copied(tmp_path)
    source = TOP / "questionnaires" / "questions" / "52-infrastructure.yaml"
    text = source.read_text("utf-8").replace(
        "      private_use:\n", "      half: { en: half, fr: moitié }\n      private_use:\n"
    )
    (folder / "questions" / "infrastructure.yaml").write_text(text, "utf-8")
    lines = (
        "areas: [critical_infrastructure]\ninfrastructures: [water]\ninfrastructure_functions: [protects_directly]\n"
    )
    lines += "product_act: []\nsensitive_practices: []\noutputs_and_interactions: []\nranks_pets: no\n"
    found = assess(rulebase.load_with(folder), USER + lines + "infrastructure_importance: half")
    assert headline(found["overlay"]["in_force"]) == "undetermined"


# What it cannot be mistaken for


def test_the_hash_names_the_overlay_and_follows_its_files(tmp_path: Path, pets: Overlaid, base: RuleBase) -> None:
    folder = copied(tmp_path)
    assert pets.hash.endswith("+pets")
    assert rulebase.load_with(folder).hash == pets.hash
    with (folder / "calendar.yaml").open("a") as file:
        file.write("# a word\n")
    assert len({rulebase.load_with(folder).hash, pets.hash, base.hash}) == 3


def test_no_cache_keeps_what_is_not_law(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: RuleBase) -> None:
    monkeypatch.setattr(rulebase, "load", lambda root=None: base)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    rulebase.load_with(PETS)
    assert not list(tmp_path.rglob("*"))
    assert "ranks_pets" not in base.questions


def test_a_document_says_it_and_carries_the_one_under_the_law_in_force(
    grid: Assessment, example: Assess, draft: Overlaid
) -> None:
    assert (grid["schema"], grid["law"]["rules_hash"]) == ("1+overlay", draft.hash)
    assert grid["overlay"]["in_force"] == example("flux-electriques.fr")
    assert (headline(grid), headline(grid["overlay"]["in_force"])) == ("undetermined", "high-risk")
    assert [act["id"] for act in grid["law"]["acts"]] == ["2024/1689", "2026/1744"]
    assert "guidelines-class" not in {text["id"] for text in grid["awaited"]}


def test_every_printed_page_says_it_in_head_and_foot(own: Path) -> None:
    printed = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(own)]
    assert len(printed) > 1
    assert all(text.count("SUPPOSED") >= 2 for text in printed)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_screen_part_event_and_sheet_says_it(grid: Assessment, example: Assess, lang: Language) -> None:
    mark = MARK[lang]
    page = report.html(grid, lang)
    assert f"<title>{mark}" in page
    assert f'role="note">{mark}' in page
    parts = re.split(r"(?m)^##? ", report.markdown(grid, lang))
    assert all(mark in part for part in parts[1:])
    events = agenda.ics(grid, lang).decode().replace("\r\n ", "").split("BEGIN:VEVENT")
    assert len(events) > 1
    assert all(f"SUMMARY:{mark}" in event and event.count(mark) == 2 for event in events[1:])
    uids = {line for event in events for line in event.splitlines() if line.startswith("UID:")}
    assert uids.isdisjoint(agenda.ics(example("flux-electriques.fr"), lang).decode().splitlines())
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(grid, lang)))
    assert all(mark in sheet["A1"].value and mark in sheet.oddHeader.center.text for sheet in book)
    assert summary.text(grid, lang).startswith(mark)


@pytest.mark.parametrize("write", [report.html, report.markdown, summary.text], ids=lambda write: write.__name__)
def test_both_verdicts_stand_side_by_side(grid: Assessment, write: Callable[[Assessment, Language], str]) -> None:
    said = plain(re.sub("<[^>]+>", " ", write(grid, "en"))).lower()
    assert "if the text is adopted: not decided: " in said
    assert "up to 52 duties as provider" in said


def test_nothing_is_said_of_it_without_one(example: Assess) -> None:
    found = example("flux-electriques.fr")
    assert found["schema"] == 1
    said = report.html(found, "en") + report.markdown(found, "en") + summary.text(found, "en")
    assert "SUPPOSED" not in said
    assert "string(supposed)" not in said


def test_a_text_that_changes_nothing_says_so(draft: Overlaid) -> None:
    spam = answers.load(TOP / "questionnaires" / "examples" / "spam-filter.en.yaml", draft)
    said = report.markdown(document.assess(draft, spam, TODAY), "en")
    assert "change nothing for this system" in said


def test_a_portfolio_names_it_in_every_row_and_says_what_would_change(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for given in (GRID, SPAM):
        shutil.copy(given, tmp_path / "in")
    table, page = tmp_path / "x.csv", tmp_path / "x.html"
    result = run("inventory", tmp_path / "in", "--with", SHIPPED, "-o", table, "-o", page, "--lang", "en")
    assert result.exit_code == 0
    assert result.output.startswith("SUPPOSED")
    assert "For one system the class" in result.output
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert [(row["supposes"], row["headline_in_force"], row["headline"]) for row in rows] == [
        ("guidelines-class", "high-risk", "undetermined"),
        ("guidelines-class", "minimal", "minimal"),
    ]
    assert 'role="note">SUPPOSED' in page.read_text("utf-8")


# The commands


def test_diff_puts_the_change_down_to_the_text() -> None:
    said = plain(run("diff", GRID, "--with", SHIPPED, "--lang", "en").output)
    assert said.startswith("SUPPOSED")
    assert "Class: was High risk, now Not decided" in said
    assert "by draft guidelines of 19 May 2026" in said


def test_rules_diff_shows_the_text_against_the_law_in_force() -> None:
    said = plain(run("rules", "diff", FROM, FROM, "--with", PETS, "--lang", "en").output)
    assert said.startswith("SUPPOSED")
    for named in ("art-5/1-z-duty", "ranks_pets", "1 January 2032", "One of the eleven"):
        assert named in said


@pytest.mark.parametrize(
    "arguments",
    [["explain", GRID, "annex-iii/2"], ["explain", GRID], ["questions", GRID, "--open"], ["levers", GRID],
     ["whatif", GRID, "critical_entity_identified=true"], ["rules", "show", "annex-iii/2"]],
    ids=lambda arguments: " ".join(map(str, arguments[:1])),
)  # fmt: skip
def test_what_is_printed_begins_with_the_mark(arguments: list[object]) -> None:
    result = run(*arguments, "--with", SHIPPED, "--lang", "en")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("SUPPOSED")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["assess", GRID, "-o", "-", "--format", "json", "--as-of", "2031-02-28", "--with", PETS], "2031-03-01"),
        (["questions", GRID, "--ask", "vendor", "--with", PETS], "leave out --with"),
        (["diff", GRID, "x.json", "--with", PETS], "NEW is a questionnaire"),
        (["inventory", "--template", "x.xlsx", "--with", PETS], "leave out"),
        (["rules", "diff", FROM, "2031-02-28", "--with", PETS], "2031-03-01"),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_what_makes_no_sense_is_wrong_usage(arguments: list[object], says: str) -> None:
    result = run(*arguments, "--lang", "en")
    assert (result.exit_code, says in result.output) == (2, True)


def test_where_no_day_is_asked_for_the_text_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "today", lambda: TODAY)
    found = json.loads(run("assess", GRID, "-o", "-", "--format", "json", "--with", PETS).stdout)
    assert (found["as_of"], found["overlay"]["in_force"]["as_of"]) == ("2031-03-01", "2031-03-01")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report under an overlay that does not come along."""
    file = tmp_path_factory.mktemp("own") / "own.pdf"
    assert run("assess", SPAM, "-o", file, "--with", PETS).exit_code == 0
    return file


def test_a_report_is_checked_under_the_text_it_supposes(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recheck, "_pages", lambda *_: None)  # drawn again elsewhere, for any report
    checked = run("extract", own, "-o", tmp_path, "--lang", "en", "--with", PETS)
    assert (checked.exit_code, "gives the same assessment" in checked.output) == (0, True), checked.output
    assert "does not say what the law in force says" in checked.output
    compared = run("diff", tmp_path / "own.assessment.json", SPAM, "--lang", "en")
    assert "supposes “Imagined amendment on pets” adopted" in plain(compared.output)


def test_a_report_whose_text_is_not_at_hand_is_said_not_to_be_checked(own: Path, tmp_path: Path) -> None:
    refused = run("extract", own, "-o", tmp_path, "--lang", "en")
    assert (refused.exit_code, "give the folder `pets`" in refused.output) == (1, True)
    assert (tmp_path / "own.assessment.json").exists()


def test_a_plain_report_is_not_checked_under_a_text(
    tmp_path: Path, example: Assess, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = carried.Carried(questionnaire=b"", assessment=b"", document=example("spam-filter.en"), imprint="")
    monkeypatch.setattr(carried, "unpack", lambda pdf: plain)
    assert run("extract", SPAM, "-o", tmp_path / "x", "--with", SHIPPED).exit_code == 2
    assert not (tmp_path / "x").exists()


# What its author gets wrong


def copied(tmp_path: Path) -> Path:
    shutil.copytree(PETS, tmp_path / "pets")
    return tmp_path / "pets"


BROKEN = {
    "calendar.yaml:6:25: `2026/1744`": ("by: pets", "by: 2026/1744"),
    "calendar.yaml:6:37: the Act as of": ("art_113.poi_a", "art_113.poi_z"),
    "overlay.yaml:5:9: `2031-13-01` is no day": ("begins: 2031-03-01", "begins: 2031-13-01"),
    "overlay.yaml:3:1: unknown key": ("title:", "titel:"),
    "overlay.yaml:10:10: awaited.yaml has no text": ("seen: 2026-11-23", "seen: 2026-11-23\nawaited: x"),
    "rules/art-5.yaml:3:7: `kind`": ("kind: classification", "kind: definition"),
    "rules/art-5.yaml:6:3: 2030-01-01 lies before": ("2031-03-01", "2030-01-01"),
    "rules/art-5/1-z.yaml:10:5: no question `ranks_cats`": ("fact: ranks_pets", "fact: ranks_cats"),
    "rules/art-5/1-z.yaml:12:1: a rule has at least": ("for_fun }, then: false", "for_fun }, then: true"),
    "rules/art-5/1-z.yaml:15:5: this example is unknown": ("given: {}, then: unknown", "given: {}, then: true"),
    "rules/art-5/1-z.yaml:2:5: id": ("id: art-5/1-z", "id: art-5/1-y"),
    "rules/art-5/1-z-duty.yaml:11:5: no role": ("[deployer]", "[breeder]"),
}  # fmt: skip


@pytest.mark.parametrize("says", BROKEN)
def test_mistakes_are_said_where_they_stand(says: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    name, (old, new) = says.split(":")[0], BROKEN[says]
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    result = run("assess", GRID, "-o", "-", "--format", "json", "--with", folder, "--lang", "en")
    assert result.exit_code == 1
    assert f"{folder}/{says}" in result.stderr


def test_answers_already_given_stay_readable(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (TOP / "questionnaires" / "questions" / "52-infrastructure.yaml").read_text("utf-8")
    (folder / "questions" / "infrastructure.yaml").write_text(
        text.replace("      private_use:\n", "      other:\n"), "utf-8"
    )
    assert "the choice `private_use` is missing" in run("rules", "show", "art-5", "--with", folder).stderr


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder.rename(folder.parent / "gone"), "no such folder"),
        (lambda folder: (folder / "overlay.yaml").unlink(), "it is no overlay"),
        (lambda folder: (folder / "acts.yaml").write_text("a: 1\n"), "acts.yaml:1:1: an overlay has no such file"),
        (lambda folder: (folder / "rules" / "art-5.yaml").rename(folder / "rules" / "art-5.yml"), "no such file"),
        (lambda folder: (folder / "calendar.yaml").write_bytes(b"\xff\xfe\x00"), "calendar.yaml:1:1"),
    ],
    ids=["missing", "none", "elsewhere", "yml", "bytes"],
)
def test_a_folder_that_is_none_is_refused(make: Callable[[Path], object], says: str, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    make(folder)
    result = run("rules", "show", "art-5", "--with", folder, "--lang", "en")
    assert (result.exit_code, says in result.stderr) == (1, True), result.stderr


def test_the_top_of_the_checkout_is_no_overlay() -> None:
    assert "it is no overlay" in run("rules", "show", "art-5", "--with", TOP, "--lang", "en").stderr
