"""Many systems at once: what is read, what is said of what cannot be, what is written, and how a run goes on."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from click.testing import CliRunner, Result

from aiact_check.answering import answers
from aiact_check.cli import main
from aiact_check.inventory import found as finding
from aiact_check.inventory import listing, portfolio_report, sheets, template
from aiact_check.inventory.columns import ABOUT, Headings
from aiact_check.inventory.complete import complete
from aiact_check.inventory.found import Found, examiner
from aiact_check.inventory.gathered import Gathered, gather
from aiact_check.inventory.portfolio import Portfolio
from aiact_check.law.lawbook import RuleBase
from aiact_check.text import LANGUAGES, Language
from aiact_check.wording.view import View
from tests.conftest import TODAY, TOP, Assess

EXAMPLES = TOP / "questionnaires" / "examples"
LATER = date(2026, 12, 31)
"""After the last day on which an example was answered."""
DAY = ("--as-of", TODAY.isoformat())

Read = Callable[..., Gathered]


@pytest.fixture
def read(base: RuleBase, tmp_path: Path) -> Read:
    """What is read of a table with this content."""

    def of(name: str, content: str | bytes) -> Gathered:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return gather(base, [path])

    return of


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., bytes]:
    """A workbook of these rows, changed before it is saved."""

    def of(*rows: list[Any], change: Callable[[Any], object] = lambda book: None) -> bytes:
        book: Any = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        change(book)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return of


def told(base: RuleBase, gathered: Gathered, row: int = 0) -> answers.Questionnaire:
    """The questionnaire that a row comes to."""
    source = gathered.entries[row].told
    assert not isinstance(source, Path)
    return answers.understand(source, base, "", TODAY)


def wrong(base: RuleBase, gathered: Gathered) -> list[str]:
    """All that is wrong, as it is said."""
    examine = examiner(base, TODAY, TODAY)
    said = [str(problem) for problem in gathered.problems]
    return said + [problem["en"] for entry in gathered.entries for problem in examine(entry)["problems"]]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["inventory", *map(str, arguments), *DAY])


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def made(base: RuleBase, gathered: Gathered, lang: Language = "en") -> Portfolio:
    examine = examiner(base, TODAY, LATER)
    systems = [examine(entry) for entry in gathered.entries]
    return Portfolio(base, systems, TODAY.isoformat(), lang, ["table.csv"])


# Reading


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_heading_of_the_template_is_understood(base: RuleBase, lang: Language) -> None:
    headings = Headings(base)
    for column in (*ABOUT, *base.questions):
        assert headings.column(headings.shown(column, lang)) == column
        assert headings.column(column) == column


@pytest.mark.parametrize(("lang", "name"), [("fr", "recrutement-ia-generative.fr"), ("en", "planned-training.en")])
def test_a_template_filled_from_its_lists_says_the_same_as_the_questionnaire(
    lang: Language, name: str, base: RuleBase, read: Read
) -> None:
    questionnaire = answers.load(EXAMPLES / f"{name}.yaml", base)
    book: Any = openpyxl.load_workbook(io.BytesIO(template.xlsx(base, lang)))
    systems, explanations = book.worksheets
    ids: dict[str, str] = {}
    offered: dict[str, dict[str, str]] = {}
    fact = ""
    for heading, column, _, words, choice, *_ in explanations.iter_rows(min_row=3, values_only=True):
        fact = column or fact
        if heading:
            ids[heading] = fact
        if words:
            offered.setdefault(fact, {})[choice] = words
    values = {fact: told.value for fact, told in questionnaire.told.items() if told.value is not None}
    for cell in systems[1]:
        column = ids[cell.value]
        if column == "name":
            systems.cell(2, cell.column).value = questionnaire.system["name"]
        elif column in values:
            systems.cell(2, cell.column).value = _typed(values[column], offered.get(column, {}))
    stream = io.BytesIO()
    book.save(stream)
    gathered = read("filled.xlsx", stream.getvalue())
    assert gathered.problems == gathered.remarks == []
    assert told(base, gathered).answers == questionnaire.answers


def _typed(value: Any, words: dict[str, str]) -> Any:
    """An answer as a person picks it from the list, or types it where there is none."""
    if isinstance(value, list):
        return "; ".join(words[choice] for choice in value) or words["[]"]
    if isinstance(value, bool):
        return words[str(value).lower()]
    if isinstance(value, str) and value[:4].isdigit():
        return date.fromisoformat(value)
    return words.get(value, value)


def test_the_lists_of_the_template_stand_on_its_own_sheet(base: RuleBase) -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(template.xlsx(base, "en")))
    systems, explanations = book.worksheets
    lists = [rule for rule in systems.data_validations.dataValidation if rule.type == "list"]
    kinds = [question.type for question in base.questions.values()]
    assert len(lists) == sum(kind in ("yes_no", "choice", "choices") for kind in kinds)
    for rule in lists:
        first, last = (int(part.rpartition("$")[2]) for part in rule.formula1.split("!")[1].split(":"))
        offered = [explanations.cell(line, 4).value for line in range(first, last + 1)]
        assert offered[-1] == "unknown"
        assert all(offered)


CSV_OF_ALL_SORTS = {
    "semicolons": "nom;areas;effectif\nCandidéo;employment;12 000\n",
    "commas": "name,areas,headcount\nCandidéo,[employment],12000\n",
    "tabs": "name\tareas\theadcount\nCandidéo\temployment\t12000,00\n",
    "in words": "Système;Domaine d'utilisation;headcount\nCandidéo;employment;12000.0\n",
    "a semicolon in a heading in quotes": 'name,areas,"headcount"\n"Candidéo","employment","12000"\n',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("content", CSV_OF_ALL_SORTS.values(), ids=CSV_OF_ALL_SORTS)
def test_a_csv_is_read_as_spreadsheets_write_it(content: str, encoding: str, base: RuleBase, read: Read) -> None:
    label = base.questions["areas"].label.fr
    gathered = read("t.csv", content.replace("Domaine d'utilisation", label).encode(encoding))
    assert gathered.problems == []
    questionnaire = told(base, gathered)
    assert questionnaire.system["name"] == "Candidéo"
    assert questionnaire.told["areas"].value == ["employment"]
    assert questionnaire.answers["headcount"] == 12_000
    assert bool(gathered.remarks) == (encoding in ("cp1252", "utf-16"))


def test_several_choices_stand_in_one_cell_by_id_or_label(base: RuleBase, read: Read) -> None:
    labels = base.questions["areas"].choices
    with_semicolon = next(choice for choice, label in labels.items() if ";" in label.fr)
    cells = ["employment; education", "[employment, education]", f"{labels[with_semicolon].fr}; employment"]
    lines = "".join(f'"{number}","{cell}"\n' for number, cell in enumerate(cells))
    gathered = read("t.csv", f"name,areas\n{lines}")
    values = [told(base, gathered, row).told["areas"].value for row in range(3)]
    both = [choice for choice in labels if choice in (with_semicolon, "employment")]
    assert values == [["education", "employment"]] * 2 + [both]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("", None), ("unknown", "unknown"), ("inconnu", "unknown"), ("[]", []), ("aucun de ces cas", []), ("none", []),
     ("employment; inconnu", ["employment", "unknown"])],
)  # fmt: skip
def test_empty_and_unknown_are_never_no_and_none_is(cell: str, value: Any, base: RuleBase, read: Read) -> None:
    answered = told(base, read("t.csv", f"name,areas\nx,{cell}\n")).told
    assert (answered["areas"].value if "areas" in answered else None) == value


def test_json_lines_take_lists_and_plain_values(base: RuleBase, read: Read) -> None:
    line = {"name": "Candidéo", "areas": ["employment"], "headcount": 85, "does_profiling": True, "technique": None}
    questionnaire = told(base, read("t.jsonl", json.dumps(line) + "\n\n"))
    assert questionnaire.told["areas"].value == ["employment"]
    assert questionnaire.answers["headcount"] == 85
    assert questionnaire.answers["does_profiling"] is True
    assert "technique" not in questionnaire.answers


def test_a_workbook_gives_days_and_whole_numbers(base: RuleBase, read: Read, workbook: Callable[..., bytes]) -> None:
    content = workbook(["name", "first_placed_on", "headcount", "version"], [365, date(2025, 9, 15), 85.0, 4.0])
    questionnaire = told(base, read("t.xlsx", content))
    assert questionnaire.answers == {"first_placed_on": "2025-09-15", "headcount": 85}
    assert questionnaire.system == {"name": "365", "version": "4"}


def test_a_folder_is_searched_at_any_depth_and_a_table_in_it_is_only_remarked(base: RuleBase, tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for place in (tmp_path, deep, tmp_path / ".git"):
        (place / "x.yaml").write_bytes((EXAMPLES / "spam-filter.en.yaml").read_bytes())
    (deep / "result.csv").write_text("name\nx\n")
    (deep / "out.csv").write_text("name\nx\n")
    gathered = gather(base, [tmp_path], [deep / "out.csv"])
    assert [entry.where for entry in gathered.entries] == [str(tmp_path / "x.yaml"), str(deep / "x.yaml")]
    assert [Path(remark.file).name for remark in gathered.remarks] == ["result.csv"]


# What is wrong


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        ("name,headcount\nok,3\nbad,few\n", "t.csv:3:2", "takes a whole number"),
        ("name,headcount\nbad,\"9,5\"\n", "t.csv:2:2", "`9` or `10`"),
        ("name,areas\nbad,emploiment\n", "t.csv:2:2", "write `employment`"),
        ("name,first_placed_on\nbad,15/09/2025\n", "t.csv:2:2", "write `2025-09-15`"),
        ("name,techniqe\nx,\n", "t.csv:1:2", "did you mean `technique`"),
        ("name,technique,technique\nx,,\n", "t.csv:1:3", "twice, first in column 2"),
        ("headcount\n3\n", "t.csv:1:1", "no column says what the systems are called"),
        ("name,headcount\n,3\n", "t.csv:2:1", "names no system"),
        ("name,headcount\nx,3,y\n", "t.csv:2:3", "`y` stands below no heading"),
        ('name,headcount\nx,"3\n', "t.csv:2:1", "a quote is opened and not closed"),
        ('name,"headcount\nx,3\n', "t.csv:1:1", "a quote is opened and not closed"),
        ("name,areas\nx,employment;[]\n", "t.csv:2:2", "`[]` is not a choice"),
        ("\ufeff", "t.csv:1:1", "no system in this table"),
        (",,\n\n", "t.csv:1:1", "no system in this table"),
        ("", "t.csv:1:1", "no system in this table"),
        ("name,headcount\n", "t.csv:1:1", "no system in this table"),
        ("name,on\nx,2999-01-01\n", "t.csv:2:2", "still to come"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_table_is_said_at_its_cell(
    content: str, place: str, says: str, base: RuleBase, read: Read
) -> None:
    said = wrong(base, read("t.csv", content))
    assert any(f"{place}: " in problem and says in problem for problem in said), said


@pytest.mark.parametrize(("name", "hint"), [("t.jsonl", "one system a line"), ("t.csv", "the first line holds")])
def test_an_empty_table_says_what_a_full_one_looks_like(name: str, hint: str, base: RuleBase, read: Read) -> None:
    (said,) = wrong(base, read(name, "\n\n"))
    assert f"{name}:1:1: there is no system in this table" in said
    assert hint in said


def test_an_empty_workbook_and_one_with_headings_alone_say_so(
    base: RuleBase, read: Read, workbook: Callable[..., bytes]
) -> None:
    for content in (workbook(), workbook(["name", "headcount"])):
        (said,) = wrong(base, read("t.xlsx", content))
        assert "t.xlsx:1:A: there is no system in this table" in said


def test_headings_merged_or_made_by_formulas_are_said(
    base: RuleBase, read: Read, workbook: Callable[..., bytes]
) -> None:
    content = workbook(["name", "", "=A1"], ["x"], change=lambda book: book.active.merge_cells("A1:B1"))
    said = wrong(base, read("t.xlsx", content))
    assert any(":1:B: this cell is merged into A1:B1" in problem for problem in said)
    assert any(":1:C: this formula has no result" in problem for problem in said)


def test_a_day_written_as_a_number_is_said_once(base: RuleBase, read: Read, workbook: Callable[..., bytes]) -> None:
    (said,) = wrong(base, read("t.xlsx", workbook(["name", "first_placed_on"], ["x", 45915])))
    assert "2025-09-15" in said


def test_remarks_on_rows_are_printed_each_once(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    rows = "".join(f"n{number},model,human_rules\n" for number in range(30))
    table.write_text(f"name,described,technique,frob\nn0,model,,\n{rows}")
    ran = run(table)
    assert ran.output.count("names the same system") == 1
    assert f"{table}:3: {table}:2 names the same system of the same company" in ran.output
    assert "… and 11 more remarks" in ran.output
    assert ran.output.count("no question is called `frob`") == 1


@pytest.mark.parametrize(
    "line",
    ["{", "[1]", "3", '{"name": "x", "name": "y"}', '{"name": "x", "frob": 1}', '{"headcount": NaN}', "[" * 9999],
)
def test_a_bad_line_of_json_lines_does_not_stop_the_rest(line: str, base: RuleBase, read: Read) -> None:
    gathered = read("t.jsonl", f'{line}\n{{"name": "good", "described": "model"}}\n')
    assert any("t.jsonl:1:" in problem for problem in wrong(base, gathered))
    assert told(base, gathered, 1).system["name"] == "good"


def test_answers_that_exclude_each_other_are_said_at_their_row(base: RuleBase, read: Read) -> None:
    gathered = read("t.csv", "name,areas,described\nok,,model\nboth,employment,model\n")
    (said,) = wrong(base, gathered)
    assert "t.csv:3:" in said
    assert "exclude each other: `described`, `areas`" in said


def test_an_answer_whose_question_does_not_arise_is_set_aside_and_remarked(base: RuleBase, read: Read) -> None:
    (row,) = listing.rows(made(base, read("t.csv", "name,described,technique\nx,model,human_rules\n")))
    assert row["headline"] == "model"
    assert "t.csv:2:3" in row["remarks"][0]
    assert "technique" in row["remarks"][0]


def test_a_workbook_says_what_it_hides(base: RuleBase, read: Read, workbook: Callable[..., bytes]) -> None:
    def change(book: Any) -> None:
        book.active.merge_cells("A3:A4")
        book.create_sheet("Secret").sheet_state = "hidden"

    content = workbook(
        ["name", "headcount", "first_placed_on"],
        ["sum", "=40+45", None],
        ["merged", 3, None],
        [None, 4, None],
        ["number", 5, 45915],
        change=change,
    )
    gathered = read("t.xlsx", content)
    said = wrong(base, gathered)
    assert [str(remark) for remark in gathered.remarks if "Secret" in str(remark)]
    assert any(":2:B: this formula has no result" in problem for problem in said)
    assert any(":4:A: this cell is merged into A3:A4" in problem for problem in said)
    assert any(":5:C: a day is asked for, and 45915" in problem and "2025-09-15" in problem for problem in said)
    assert len(gathered.entries) == 4


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0" + bytes(600), b"%PDF-1.7"])
def test_what_is_no_workbook_is_said(content: bytes, base: RuleBase, read: Read) -> None:
    assert any("no workbook that can be read" in problem for problem in wrong(base, read("t.xlsx", content)))


def test_a_workbook_with_a_cell_far_out_is_not_gone_through(
    base: RuleBase, read: Read, workbook: Callable[..., bytes]
) -> None:
    def change(book: Any) -> None:
        book.active["AAA900000"] = "stray"

    said = wrong(base, read("t.xlsx", workbook(["name", "described"], ["x", "model"], change=change)))
    assert [problem.split(": ")[0].rsplit(":", 2)[1:] for problem in said] == [["900000", "AAA"]]


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(
    base: RuleBase, read: Read, workbook: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook(["name", "described"], ["x", "model"])
    assert wrong(base, read("t.xlsx", content)) == []
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1_000)
    assert any("too large to be unpacked" in problem for problem in wrong(base, read("t.xlsx", content)))


def test_a_bad_row_stays_with_its_problem_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("name,described,headcount\ngood,model,3\nbad,model,few\nlast,model,4\n")
    ran = run(table, "-o", tmp_path / "out.csv")
    assert ran.exit_code == 1
    assert "t.csv:3:3: `headcount` takes a whole number" in ran.stderr
    assert "1 problem; what it concerns stays in the table" in ran.stderr
    good, bad, last = rows(tmp_path / "out.csv")
    assert [row["headline"] for row in (good, bad, last)] == ["model", "", "model"]
    assert "takes a whole number" in bad["problems"]
    assert not good["problems"]


def test_systems_of_the_same_name_are_both_kept_and_remarked(base: RuleBase, read: Read) -> None:
    gathered = read("t.csv", "name,company,described\nx,A,model\nx,B,model\nx,A,model\n")
    systems = complete(gathered, made(base, gathered).found)
    assert [bool(system["remarks"]) for system in systems] == [False, False, True]
    assert "t.csv:2 names the same system" in systems[2]["remarks"][0]["en"]
    assert all(system["result"] for system in systems)


def test_what_is_wrong_with_a_whole_table_stands_in_the_result(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,described,frob\nx,model,1\n")
    (tmp_path / "b.csv").write_text("")
    (tmp_path / "c.xlsx").write_text("no workbook")
    ran = run(*(tmp_path / name for name in ("a.csv", "b.csv", "c.xlsx", "d.csv")), "-o", tmp_path / "out.csv")
    assert ran.exit_code == 1
    assert "4 problems" in ran.stderr
    found = {Path(row["where"]).name: row for row in rows(tmp_path / "out.csv")}
    assert "`frob`" in found["a.csv:2"]["remarks"]
    assert found["a.csv:2"]["headline"] == "model"
    for name, says in (("b.csv", "no system"), ("c.xlsx", "no workbook"), ("d.csv", "no such file")):
        assert says in found[name]["problems"]
        assert not found[name]["headline"]


# Writing


@pytest.mark.parametrize("name", ["recrutement-ia-generative.fr", "emotions-equipe.fr", "modele-ouvert.fr"])
def test_a_row_says_what_the_report_of_the_system_says(name: str, base: RuleBase, example: Assess) -> None:
    assessment: Any = example(name)
    view = View(assessment, "en")
    (row,) = listing.rows(made(base, gather(base, [EXAMPLES / f"{name}.yaml"])))
    assert row["headline"] == assessment["classification"]["headline"]
    assert row["possible"] == assessment["classification"]["possible"]
    assert row["roles"] == view.roles["true"]
    assert row["roles_possible"] == view.roles["unknown"]
    assert (row["duties_apply"], row["duties_come"]) == (len(view.due), len(view.upcoming))
    assert row["duties_depend"] == len(view.maybe)
    assert row["next_date"] == (view.upcoming[0]["applies_from"] if view.upcoming else None)
    assert row["fine_ceiling_eur"] == (view.worst["penalty"]["ceiling_eur"] if view.worst else None)
    assert row["open_questions"] == len(assessment["open_questions"])
    assert row["first_question"] == next((asked["fact"] for asked in assessment["open_questions"]), None)


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "<script>alert(1)</script>"])
def test_what_a_user_wrote_is_never_a_formula_or_markup(name: str, base: RuleBase, read: Read) -> None:
    quoted = name.replace('"', '""')
    portfolio = made(base, read("t.csv", f'name,described\n"{quoted}",model\n'))
    written = list(csv.reader(io.StringIO(listing.as_csv(portfolio).decode())))
    assert not written[1][1].startswith(listing.FORMULAS)
    assert written[1][1].removeprefix("'") == name
    book = zipfile.ZipFile(io.BytesIO(listing.xlsx(portfolio)))
    assert not any(b"<f>" in book.read(part) for part in book.namelist())
    assert "<script" not in portfolio_report.html(portfolio)
    assert json.loads(listing.json_lines(portfolio))["name"] == name


def test_signs_that_no_file_can_hold_are_replaced(tmp_path: Path) -> None:
    table = tmp_path / "t.jsonl"
    table.write_text('{"name": "a\\ud800b", "described": "model", "x\\udfff": 1}\n')
    outputs = [tmp_path / f"out.{form}" for form in ("csv", "jsonl", "xlsx", "html")]
    ran = run(table, *(part for output in outputs for part in ("-o", output)))
    assert ran.exit_code == 1
    assert "no question is called `x?`" in ran.stderr
    assert rows(outputs[0])[0]["name"] == "a?b"
    assert all(output.stat().st_size for output in outputs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_is_in_words_and_the_same_twice(lang: Language, base: RuleBase) -> None:
    portfolio = made(base, gather(base, [EXAMPLES / "emotions-equipe.fr.yaml"]), lang)
    content = listing.xlsx(portfolio)
    assert content == listing.xlsx(portfolio)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    head, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    shown = dict(zip(head, row, strict=True))
    assert shown[{"en": "Class", "fr": "Classe"}[lang]] == {"en": "Prohibited", "fr": "Interdit"}[lang]
    assert len(shown) == len(listing.COLUMNS)


# The portfolio


@pytest.fixture(scope="module")
def systems(base: RuleBase, tmp_path_factory: pytest.TempPathFactory) -> list[Found]:
    """A handful of systems of each kind, one of them not to be read, two that contradict each other."""
    table = tmp_path_factory.mktemp("systems") / "t.csv"
    table.write_text(
        "name;company;supplier;owner;technique;described;headcount\n"
        "Tri;Alpha;Éditions Réseau;C. Alvarez;learns_from_data;system;\n"
        "tri;Beta;Editions reseau;;human_rules;system;\n"
        "Tri;Gamma;Autre;;human_rules;system;\n"
        "Illisible;Beta;;;;;beaucoup\n",
        encoding="utf-8",
    )
    names = ("emotions-equipe.fr", "recrutement-ia-generative.fr", "imagerie-medicale.fr", "spam-filter.en")
    gathered = gather(base, [*(EXAMPLES / f"{name}.yaml" for name in names), table])
    examine = examiner(base, TODAY, TODAY)
    return [examine(entry) for entry in gathered.entries]


@pytest.fixture(scope="module", params=LANGUAGES)
def portfolio(request: pytest.FixtureRequest, base: RuleBase, systems: list[Found]) -> Portfolio:
    return Portfolio(base, systems, TODAY.isoformat(), request.param, ["examples", "t.csv"])


def test_a_portfolio_counts_every_system_once(portfolio: Portfolio) -> None:
    assert len(portfolio.read) + len(portfolio.unread) == len(portfolio.found) == 8
    assert sum(one.sure for one in portfolio.classes) + len(portfolio.undecided) == len(portfolio.read)
    by_tier = {one.tier: one for one in portfolio.classes}
    assert (by_tier["prohibited"].sure, by_tier["high-risk"].sure) == (1, 2)
    assert by_tier["prohibited"].perhaps == sum("prohibited" in r["possible"] for _, r in portfolio.undecided) > 0
    start = {"en": "7 systems: one", "fr": "7 systèmes : un"}[portfolio.lang]
    assert portfolio.headline.replace("\u00a0", " ").startswith(start)


def test_what_is_prohibited_comes_before_high_risk_before_what_may_be(portfolio: Portfolio) -> None:
    headlines = [result["headline"] for _, result in portfolio.urgent]
    assert headlines[:3] == ["prohibited", "high-risk", "high-risk"]
    assert headlines[3] == "undetermined"


def test_the_questions_asked_first_are_those_on_which_undecided_classes_hang(portfolio: Portfolio) -> None:
    assert 1 <= len(portfolio.asked) <= 5
    for asked in portfolio.asked:
        hanging = [found for found, result in portfolio.undecided if asked.fact in result["class_open"]]
        assert asked.hangs == len(hanging) > 0
    chosen = {asked.fact for asked in portfolio.asked}
    assert portfolio.covered == sum(set(result["class_open"]) <= chosen for _, result in portfolio.undecided)


def test_the_days_ahead_say_how_many_systems_they_touch(portfolio: Portfolio) -> None:
    assert portfolio.days
    for day in portfolio.days:
        assert day.date > TODAY.isoformat()
        assert day.sure == sum(day.date in result["dates"] for _, result in portfolio.read)
    assert any(day.sure for day in portfolio.days)
    assert any(day.perhaps for day in portfolio.days)


def test_one_supplier_is_compared_with_itself_only(portfolio: Portfolio) -> None:
    (found,) = portfolio.contradictions
    assert (found.product, found.supplier) == ("Tri", "Éditions Réseau")
    assert [len(where) for _, where in found.answers] == [1, 1]


def test_work_is_summed_up_over_all_systems(base: RuleBase, tmp_path: Path) -> None:
    spam = (EXAMPLES / "spam-filter.en.yaml").read_text(encoding="utf-8")
    for name, work in (("a", "{ status: done, owner: Z }"), ("b", "{ status: planned, due: 2026-01-01 }")):
        (tmp_path / f"{name}.yaml").write_text(f"{spam}\ncompliance:\n  art-4/literacy: {work}\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(spam, encoding="utf-8")
    portfolio = made(base, gather(base, [tmp_path]))
    assert portfolio.work == {"done": 1, "planned": 1, "unsaid": 1}
    assert portfolio.look == {"no-evidence": 1, "past-due": 1}
    assert [found["owner"] for found in portfolio.found] == ["Z", None, None]


def test_the_page_names_what_cannot_be_read_and_speaks_one_language(portfolio: Portfolio) -> None:
    page = portfolio_report.html(portfolio)
    assert "t.csv:5:7" in page
    assert f'<html lang="{portfolio.lang}">' in page
    for part in ("classes", "open", "dates", "systems", "contradictions", "unread", "method"):
        assert f'id="portfolio_{part}"' in page
    assert 'id="portfolio_work"' not in page, "nothing is recorded"
    assert "C. Alvarez" in page
    lines = portfolio_report.lines(portfolio)
    assert "ClimatÉquipe" in lines


def test_the_pdf_is_tagged_carries_the_table_and_is_the_same_twice(base: RuleBase, systems: list[Found]) -> None:
    first, again = (
        portfolio_report.pdf(Portfolio(base, systems, TODAY.isoformat(), "fr", ["t.csv"])) for _ in range(2)
    )
    assert first == again
    reader = pypdf.PdfReader(io.BytesIO(first))
    (table,) = reader.attachments["inventory.csv"]
    assert [row["name"] for row in csv.DictReader(io.StringIO(table.decode()))][-1] == "Illisible"
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert "Rapport de portefeuille" in reader.pages[0].extract_text()


# A run


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, out = tmp_path / "t.csv", tmp_path / "out.jsonl"
    table.write_text("name,described,headcount\n" + "".join(f"s{n},model,{n}\n" for n in range(6)))
    whole = run(table, "-o", tmp_path / "whole.jsonl")
    assert whole.exit_code == 0, whole.output
    examined: list[str] = []
    make = finding.examiner

    def stopping(*arguments: Any) -> Callable[[Any], Found]:
        examine = make(*arguments)

        def one(entry: Any) -> Found:
            if len(examined) == 3:
                raise KeyboardInterrupt
            examined.append(entry.where)
            return examine(entry)

        return one

    with monkeypatch.context() as patch:
        patch.setattr(finding, "examiner", stopping)
        stopped = run(table, "-o", out)
    assert stopped.exit_code == 130
    assert "Stopped after 3 of 6 systems" in stopped.output
    assert "--resume" in stopped.output
    assert not out.exists()
    assert run(table, "-o", out).exit_code == 2, "what was finished is not thrown away unasked"
    resumed = run(table, "-o", out, "--resume")
    assert "3 of 6 systems were finished before" in resumed.output
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_a_row_that_changed_and_another_day_are_worked_out_anew(tmp_path: Path, base: RuleBase) -> None:
    from aiact_check.inventory.kept import Kept

    table = tmp_path / "t.csv"
    table.write_text("name,described\na,model\nb,model\n")
    before = gather(base, [table]).entries
    examine = examiner(base, TODAY, TODAY)
    with Kept(tmp_path / "o.csv", base, "2026-11-23") as kept:
        for entry in before:
            kept.add(entry, examine(entry))
    with (tmp_path / "o.csv.part").open("a") as stream:
        stream.write('{"digest": "cut sho')
    table.write_text("name,described\na,model\nb,system\n")
    after = gather(base, [table]).entries
    again = Kept(tmp_path / "o.csv", base, "2026-11-23")
    assert again.load()
    assert [again.get(entry) is not None for entry in after] == [True, False]
    assert not Kept(tmp_path / "o.csv", base, "2026-11-24").load()


def test_a_progress_bar_is_drawn_on_a_terminal_only(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("name,described\na,model\n")
    command = [sys.executable, "-m", "aiact_check", "inventory", str(table), *DAY]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    terminal, end = pty.openpty()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=end, env=environment, check=True)
    os.close(end)
    drawn = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert "100%" in drawn
    piped = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert piped.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Name a folder of questionnaires or a table"),
        (("x", "-o", "x.docx"), "The suffix of x.docx"),
        (("x", "--resume"), "--resume goes on with the file of an output"),
        (("x", "--template", "t.xlsx"), "--template writes an empty table"),
        (("--template", "t.csv"), "The suffix of t.csv"),
    ],
)
def test_wrong_usage_is_said(arguments: tuple[str, ...], says: str) -> None:
    ran = run(*arguments)
    assert ran.exit_code == 2
    assert says in ran.output


@pytest.mark.parametrize(
    ("rows", "en", "fr"),
    [("a,model\nb,model\n", "2 models", "2 modèles"), ("a,system\n", "One system", "Un système"),
     ("a,model\nb,both\n", "One system and one model", "Un système et un modèle")],
)  # fmt: skip
def test_a_model_is_counted_as_a_model(rows: str, en: str, fr: str, base: RuleBase, read: Read) -> None:
    gathered = read("t.csv", f"name,described\n{rows}")
    assert made(base, gathered).systems == en
    assert made(base, gathered, "fr").systems == fr
    assert made(base, gathered).decided == 0


def test_of_what_is_not_decided_that_comes_first_which_answers_point_to(base: RuleBase, read: Read) -> None:
    lines: list[dict[str, Any]] = [
        {"name": "a"},
        {"name": "b", "sensitive_practices": []},
        {"name": "c", "areas": ["employment", "unknown"]},
        {"name": "d", "product_act": ["medical_devices", "unknown"]},
        {"name": "e", "areas": [], "product_act": []},
    ]
    gathered = read("t.jsonl", "".join(json.dumps(line | {"described": "system"}) + "\n" for line in lines))
    order = [found["name"] for found, _ in made(base, gathered).urgent]
    assert order[:1] == ["d"]
    assert order.index("c") < order.index("a") < order.index("e")


def test_where_no_duty_is_in_force_the_report_says_none(base: RuleBase, read: Read) -> None:
    gathered = read("t.csv", "name,described\na,system\n")
    assert "aucun n’en a" in portfolio_report.html(made(base, gathered, "fr"))


def test_an_empty_folder_and_a_missing_file_are_said(tmp_path: Path) -> None:
    assert run(tmp_path).exit_code == 1
    assert "no questionnaire and no table" in run(tmp_path).output
    missing = run(tmp_path / "none.csv")
    assert missing.exit_code == 1
    assert "none.csv:1:1: no such file" in missing.output
