"""Tables in Parquet: read and written as the other kinds are, by either engine, and each kind of bad input said."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from aiact_check.cli import main
from aiact_check.cli.common import today
from aiact_check.inventory import columnar, kept_parts, shares, streamed
from aiact_check.inventory.kept_parts import KeptParts
from aiact_check.law.lawbook import RuleBase
from tests.conftest import TODAY
from tests.invented import examples, systems, table

DAY = ("--as-of", TODAY.isoformat())
ENGINES = ("python", "columns")
FORMS = ("parquet", "csv", "jsonl")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments), *DAY])


def inventory(*arguments: str | Path) -> Result:
    return run("inventory", *arguments)


def odd_table() -> pl.DataFrame:
    """A table with everything that is out of the ordinary."""
    rows: list[dict[str, Any]] = [
        {"name": "A", "is_public_body": "oui", "areas": "employment; education", "headcount": 12.0},
        {"name": " B ", "is_public_body": "unknown", "areas": "none", "headcount": None, "company": "Other"},
        {"name": "Wrong number", "headcount": -1.0},
        {"name": "Wrong choice", "areas": "emploiement"},
        {"name": None, "areas": "employment"},
        {"name": "A", "first_placed_on": date(2025, 1, 2)},
        {"name": "Set aside", "areas": "[]", "employment_uses": "recruitment_or_selection"},
        {"name": "Excluding", "described": "model", "company_activities": "uses_under_its_authority"},
        {"name": "=1+1", "lang": "fr", "on": "2026-11-01", "supplier": "S"},
        {"name": "Tomorrow", "on": "2999-01-01"},
        {"name": "Large", "annual_turnover_eur": "9" * 30, "is_public_body": "no"},
        {"name": "B", "company": "Other", "significant_design_change": "not_decided"},
        {
            "name": "Larger",
            "annual_turnover_eur": "9" * 30,
            "areas": "[]",
            "employment_uses": "recruitment_or_selection",
        },
    ]
    return pl.DataFrame(rows, schema={
        "name": pl.String, "company": pl.String, "lang": pl.String, "on": pl.String, "supplier": pl.String,
        "is_public_body": pl.String, "areas": pl.String, "headcount": pl.Float64, "first_placed_on": pl.Date,
        "employment_uses": pl.String, "described": pl.String, "company_activities": pl.String,
        "annual_turnover_eur": pl.String, "significant_design_change": pl.String, "colour": pl.String,
    })  # fmt: skip


def test_both_engines_write_the_same_bytes(base: RuleBase, tmp_path: Path) -> None:
    odd = odd_table()
    odd.write_parquet(tmp_path / "odd.parquet")
    pl.DataFrame({"headcount": [1, 2]}).write_parquet(tmp_path / "bare.parquet")
    paths = [tmp_path / f"{name}.parquet" for name in ("bare", "odd", "like")]
    table(base, list(itertools.islice(systems(4), 6))).write_parquet(tmp_path / "like.parquet")
    said = {}
    for engine in ENGINES:
        forms = [argument for form in ("parquet", "csv", "jsonl") for argument in ("-o", tmp_path / f"{engine}.{form}")]
        said[engine] = inventory(*paths, "--engine", engine, *forms)
        assert said[engine].exit_code == 1, said[engine].output
    for form in ("csv", "jsonl"):
        assert (tmp_path / f"columns.{form}").read_bytes() == (tmp_path / f"python.{form}").read_bytes()
    results = [pl.read_parquet(tmp_path / f"{engine}.parquet") for engine in ENGINES]
    assert results[0].equals(results[1])
    assert results[0].schema == results[1].schema
    wrong, right = (set(said[engine].stderr.splitlines()) for engine in ENGINES)
    assert wrong == right
    assert results[0].height == 2 + odd.height + 6
    assert "'=1+1" in (tmp_path / "columns.csv").read_text("utf-8")
    larger = results[1].row(by_predicate=pl.col("name") == "Larger", named=True)
    assert "does not arise" in larger["remarks"][0]


def test_a_ceiling_beyond_what_a_cell_holds_is_said_and_not_lost_without_a_word(base: RuleBase, tmp_path: Path) -> None:
    told = next(told for told in examples() if told.get("annual_turnover_eur"))
    frame = table(base, [{**told, "headcount": 9_000}]).with_columns(pl.lit("9" * 30).alias("annual_turnover_eur"))
    frame.write_parquet(tmp_path / "t.parquet")
    for engine in ENGINES:
        for form in FORMS:
            inventory(tmp_path / "t.parquet", "--engine", engine, "-o", tmp_path / f"{engine}.{form}")
        row = pl.read_parquet(tmp_path / f"{engine}.parquet").row(0, named=True)
        assert row["fine_amount_eur"]
        assert row["fine_ceiling_eur"] is None
        assert "larger than a cell of the table can hold" in row["remarks"][0]
    for form in FORMS:
        assert (tmp_path / f"columns.{form}").read_bytes() == (tmp_path / f"python.{form}").read_bytes()


def test_parquet_is_chosen_to_be_worked_out_in_columns_and_says_how_many(base: RuleBase, tmp_path: Path) -> None:
    table(base, list(itertools.islice(systems(6), 5))).write_parquet(tmp_path / "like.parquet")
    result = inventory(tmp_path / "like.parquet", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 0
    assert "Systems: 5" in result.output
    assert pl.read_parquet(tmp_path / "out.parquet")["where"].to_list()[-1].endswith("like.parquet:5")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"name": ["A"], "areas": [{"x": 1}]}, ":1:2: the column `areas` is nested"),
        ({"name": ["A"], "areas": [[["x"]]]}, ":1:2: the column `areas` is nested"),
        ({"name": ["A"], "is_public_body": [b"x"]}, ":1:2: the column `is_public_body` is nested"),
        ({"name": [], "headcount": []}, ":1:1: there is no system in this table"),
        ({"headcount": [1]}, ":1:1: no column says what the systems are called"),
        ({"name": ["A"], "colour": ["red"]}, ":1:2: no question is called `colour`"),
        ({"name": ["A", "B"], "headcount": [5, -7]}, ":2:2: `headcount` takes a whole number"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(columns: dict[str, Any], says: str, engine: str, tmp_path: Path) -> None:
    pl.DataFrame(columns).write_parquet(tmp_path / "t.parquet")
    result = inventory(tmp_path / "t.parquet", "--engine", engine, "-o", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert f"t.parquet{says}" in result.stderr
    assert (tmp_path / "out.csv").read_text("utf-8").count("t.parquet") >= 1


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("content", [b"", b"hello", b"PAR1" + b"\0" * 40 + b"PAR1"])
def test_what_is_no_parquet_is_said(content: bytes, engine: str, tmp_path: Path) -> None:
    (tmp_path / "t.parquet").write_bytes(content)
    result = inventory(tmp_path / "t.parquet", "--engine", engine, "-o", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert "t.parquet:1:1: this is no Parquet file that can be read" in result.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_a_file_broken_in_its_middle_is_said_and_loses_nothing_read_before(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columnar, "READ_AHEAD", 4)
    frame = pl.DataFrame({"name": [f"System {place}" for place in range(8)]})
    frame.write_parquet(tmp_path / "t.parquet", compression="uncompressed", row_group_size=4, statistics=False)
    content = bytearray((tmp_path / "t.parquet").read_bytes())
    place = content.index(b"System 5")
    content[place - 20 : place + 20] = b"\xff" * 40
    (tmp_path / "t.parquet").write_bytes(content)
    result = inventory(tmp_path / "t.parquet", "--engine", engine, "-o", tmp_path / "out.parquet")
    assert result.exit_code == 1
    assert "t.parquet:1:1: this is no Parquet file that can be read" in result.stderr
    rows = pl.read_parquet(tmp_path / "out.parquet")
    before = ["System 0", "System 1", "System 2", "System 3"] if engine == "columns" else []
    assert rows["name"].to_list() == [*before, "t.parquet"]
    assert "no Parquet file" in rows["problems"][-1][0]
    assert rows["headline"].null_count() == 1


def test_one_wrong_cell_in_many_batches_is_said_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shares, "BATCH", 200)
    rows = {"name": [f"S{place}" for place in range(300)], "headcount": [5] * 211 + [-7] + [5] * 88}
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    result = inventory(tmp_path / "t.parquet", "-o", tmp_path / "out.parquet")
    assert "t.parquet:212:2: `headcount`" in result.stderr
    found = pl.read_parquet(tmp_path / "out.parquet")
    assert found.height == 300
    assert found["headline"].null_count() == 1


def test_without_the_libraries_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / "t.parquet")
    (tmp_path / "t.csv").write_text("name\nA\n")
    monkeypatch.setattr(columnar, "is_there", lambda: False)
    result = inventory(tmp_path / "t.parquet", "-o", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert "pip install 'aiact-check[tables]'" in result.stderr
    result = inventory(tmp_path / "t.csv", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 2
    assert "pip install 'aiact-check[tables]'" in result.stderr


def test_columns_that_cannot_do_what_is_asked_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("name\nA\n")
    pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / "t.parquet")
    for arguments in (["t.csv", "-o", "out.csv"], ["t.parquet", "-o", "out.pdf"], ["t.parquet"]):
        paths = [tmp_path / part if "." in part else part for part in arguments]
        result = inventory(*paths, "--engine", "columns")
        assert result.exit_code == 2
        assert "--engine columns reads Parquet tables" in result.stderr


def test_a_row_of_any_table_is_proved_like_a_questionnaire(tmp_path: Path) -> None:
    frame = pl.DataFrame({"name": ["Aa", "Bb", "Bb"], "system_outputs": ["none_of_these", "content", None]})
    frame.write_parquet(tmp_path / "t.parquet")
    frame.write_csv(tmp_path / "t.csv")
    frame.write_ndjson(tmp_path / "t.jsonl")
    frame.write_excel(tmp_path / "t.xlsx")
    frame_rows = {".parquet": 2, ".csv": 3, ".jsonl": 2, ".xlsx": 3}
    proofs = {run("explain", tmp_path / f"t{form}", "--row", str(row)).output.replace(", t\n", "\n")
              for form, row in frame_rows.items()}  # fmt: skip
    assert len(proofs) == 1
    assert next(iter(proofs)).startswith("Bb\n")
    assert run("explain", tmp_path / "t.parquet", "tiers/high-risk", "--system", "Aa").output.split("\n")[1] == "Aa, t"


@pytest.mark.parametrize(
    ("form", "arguments", "says"),
    [
        ("parquet", ["--system", "Bb"], "names several systems `Bb`: choose one with --row, of 2, 3"),
        ("csv", ["--system", "Aaa"], "Did you mean `Aa`?"),
        ("parquet", ["--system", "Aaa"], "Did you mean `Aa`?"),
        ("parquet", ["--row", "9"], "has no system in row 9"),
        ("xlsx", ["--row", "9"], "has no system in row 9"),
        ("xlsx", ["--system", "Bb"], "choose one with --row, of 3, 4"),
        ("parquet", [], "holds many systems"),
        ("yaml", ["--row", "1"], "is no table"),
    ],
)
def test_a_row_that_is_not_there_is_said(form: str, arguments: list[str], says: str, tmp_path: Path) -> None:
    frame = pl.DataFrame({"name": ["Aa", "Bb", "Bb"]})
    frame.write_parquet(tmp_path / "t.parquet")
    frame.write_csv(tmp_path / "t.csv")
    frame.write_excel(tmp_path / "t.xlsx")
    result = run("explain", tmp_path / f"t.{form}", *arguments)
    assert result.exit_code == 2, result.output
    assert says in result.stderr


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Ctrl-C is heard, also where the tests run in the background of a shell, which has programs ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | Path]:
    """A run in columns over two tables, which Ctrl-C stopped after one part of three; what it was asked for."""
    monkeypatch.setattr(shares, "BATCH", 8)
    odd_table().write_parquet(tmp_path / "odd.parquet")
    pl.DataFrame({"name": ["A", "B", "X"], "company": ["odd"] * 3}).write_parquet(tmp_path / "more.parquet")
    asked = [*(tmp_path / f"{name}.parquet" for name in ("odd", "more")),
             *(part for form in FORMS for part in ("-o", tmp_path / f"out.{form}"))]  # fmt: skip
    keep = KeptParts._keep

    def interrupted(self: KeptParts, head: dict[str, Any]) -> None:
        keep(self, head)
        if len(self.parts) == 1:
            signal.raise_signal(signal.SIGINT)

    with monkeypatch.context() as patched:
        patched.setattr(KeptParts, "_keep", interrupted)
        result = inventory(*asked)
    assert result.exit_code == 130
    assert "Stopped after 8 of 16 systems" in result.output
    assert not (tmp_path / "out.parquet").exists()
    return asked


def test_a_run_in_columns_that_was_stopped_goes_on_to_the_same_bytes(
    stopped: list[str | Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = inventory(*stopped)
    assert refused.exit_code == 2
    assert "--resume" in refused.stderr
    worked_out, rows = shares.Sharing._worked_out, []

    def counted(self: shares.Sharing, one: Any, batch: pl.DataFrame, *others: Any) -> pl.DataFrame:
        rows.append(batch.height)
        return worked_out(self, one, batch, *others)

    with monkeypatch.context() as patched:
        patched.setattr(shares.Sharing, "_worked_out", counted)
        resumed = inventory(*stopped, "--resume")
    assert rows == [5, 3]
    assert resumed.output.startswith("8 systems were finished before")
    assert not list(tmp_path.glob("*.part"))
    results = [(tmp_path / f"out.{form}").read_bytes() for form in FORMS]
    whole = inventory(*stopped, "--force")
    assert [(tmp_path / f"out.{form}").read_bytes() for form in FORMS] == results
    assert resumed.stdout.split("\n")[1:] == whole.stdout.split("\n")
    assert resumed.stderr == whole.stderr
    assert resumed.exit_code == whole.exit_code == 1


def test_a_run_over_what_has_changed_begins_anew(base: RuleBase, stopped: list[str | Path], tmp_path: Path) -> None:
    def taken_up() -> bool:
        fresh = streamed.Streamed(base, TODAY, today(), "en")
        return KeptParts(tmp_path / "out.parquet", fresh, [Path(part) for part in stopped[:2]], TODAY).load()

    def broken(file: Path, content: bytes | None) -> bool:
        before = file.read_bytes()
        file.write_bytes(content) if content is not None else file.unlink()
        found = taken_up()
        file.write_bytes(before)
        return found

    kept = tmp_path / "out.parquet.part"
    assert taken_up()
    assert not broken(kept / "state.json", b"{")
    assert not broken(kept / "state.json", b"[]")
    assert not broken(kept / "state.json", b'{"head": {}}')
    assert not broken(kept / "0.parquet", None)
    assert not broken(tmp_path / "odd.parquet", (tmp_path / "more.parquet").read_bytes())
    (kept / "0.parquet").unlink()
    assert "all systems are worked out anew" in inventory(*stopped, "--resume").output
    assert pl.read_parquet(tmp_path / "out.parquet").height == 16


def test_what_one_engine_left_the_other_does_not_take_up(stopped: list[str | Path], tmp_path: Path) -> None:
    kept = tmp_path / "out.parquet.part"
    result = inventory(*stopped, "--resume", "--engine", "python")
    assert result.exit_code == 2
    assert "go on with --engine columns" in result.stderr
    (kept / "mine.txt").write_text("not the program's")
    result = inventory(*stopped, "--force", "--engine", "python")
    assert result.exit_code == 1
    assert (kept / "mine.txt").exists()
    (kept / "mine.txt").unlink()
    kept.rmdir()
    kept.write_text("")
    result = inventory(*stopped, "--resume", "--engine", "columns")
    assert result.exit_code == 2
    assert "go on with --engine python" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_said_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_parts, "_beside", lambda _: Path("/dev/full"))
    pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / "t.parquet")
    result = inventory(tmp_path / "t.parquet", "-o", tmp_path / "out.parquet")
    assert result.exit_code == 1
    assert "No space left on device" in result.stderr
    assert len(result.output.splitlines()) == 1
    frame = pl.DataFrame({"name": [f"{place}" for place in range(9_000)]})
    frame.write_parquet(tmp_path / "part.parquet")
    with pytest.raises(OSError, match="/dev/full"):
        columnar.merge([tmp_path / "part.parquet"], Path("/dev/full"))


def test_a_run_in_columns_that_is_stopped_at_once_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(*_: Any) -> Any:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(streamed.Streamed, "over", at_once)
    pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / "t.parquet")
    result = inventory(tmp_path / "t.parquet", "-o", tmp_path / "out.parquet", "-o", tmp_path / "out.csv")
    assert result.exit_code == 130
    assert "nothing was written" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]
