"""On Spark the table is the one that columns write, row by row; and what is refused before Spark is started.

What needs Spark is left out where PySpark is missing: `pip install 'aiact-check[spark]'` (not in the lock: 650 MB with
what it brings) and a JDK. `python -m tests.test_spark 20000` compares as many invented systems.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest
from click.testing import Result

from aiact_check.cli import spreading
from aiact_check.inventory import typed
from aiact_check.inventory.shares import Sharing
from aiact_check.law import rulebase, sql
from aiact_check.law.condition import Condition
from aiact_check.law.frames import Compiled
from aiact_check.law.lawbook import RuleBase
from tests.conftest import TODAY
from tests.invented import cases, examples, systems, table
from tests.test_parquet import inventory, odd_table, run

needs_spark = pytest.mark.skipif(
    not all(map(find_spec, spreading.LIBRARIES)) or shutil.which("java") is None,
    reason="PySpark or a JDK is missing: pip install 'aiact-check[spark]'",
)


def differing(files: Sequence[Path], folder: Path) -> tuple[int, list[str]]:
    """How many rows Spark and columns write of some files, and which differ."""
    (folder / "in").mkdir()
    for file in files:
        shutil.copy(file, folder / "in" / file.name)
    inside = sorted((folder / "in").iterdir())
    said = [inventory(folder / "in", "--engine", "spark", "-o", folder / "spark"),
            inventory(*inside, "--engine", "columns", "-o", folder / "columns.parquet")]  # fmt: skip
    assert (folder / "spark" / "_SUCCESS").exists(), said[0].output
    written = sorted((folder / "spark").glob("*.parquet")), [folder / "columns.parquet"]
    frames = [pl.read_parquet(parts, glob=False) for parts in written]
    assert frames[0].schema == frames[1].schema
    rows = [sorted(frame.iter_rows(), key=str) for frame in frames]
    different = [f"{one} / {other}" for one, other in zip(*rows, strict=True) if one != other]
    counted = [[line for line in told.stdout.splitlines() if line.startswith(("Systems", " "))] for told in said]
    assert counted[0] == counted[1]
    wrong = [{line for line in told.stderr.splitlines() if ".parquet:" in line or "problems" in line} for told in said]
    assert wrong[0] == wrong[1]
    assert said[0].exit_code == said[1].exit_code
    return len(rows[0]), different


@needs_spark
def test_on_spark_the_table_is_the_one_that_columns_write(base: RuleBase, tmp_path: Path) -> None:
    (tmp_path / "t [1]").mkdir()
    files = [tmp_path / "t [1]" / f"{name}.parquet" for name in ("all é", "few", "odd", "bare")]
    table(base, [dict(one) for one in (*examples(), *cases())]).write_parquet(files[0])
    table(base, list(itertools.islice(systems(4), 6))).with_columns(company=pl.lit("Company 1")).write_parquet(files[1])
    odd_table().write_parquet(files[2])
    pl.DataFrame({"headcount": [1, 2]}).write_parquet(files[3])
    for name, content in {"none.parquet": b"PAR1", "empty.parquet": b""}.items():
        files.append(tmp_path / "t [1]" / name)
        files[-1].write_bytes(content)
    (tmp_path / "w [1]").mkdir()
    rows, different = differing(files, tmp_path / "w [1]")
    assert different == []
    assert rows > len(examples()) + len(cases())


@needs_spark
def test_a_run_on_spark_that_fails_leaves_nothing_and_says_why_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aiact_check.inventory import spread

    (tmp_path / "in").mkdir()
    pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / "in" / "t.parquet")
    whole = spread.Order
    monkeypatch.setattr(spread, "Order", lambda _, *others: whole("other", *others))
    result = inventory(tmp_path / "in", "--engine", "spark", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "install the same one everywhere" in result.stderr
    assert "Traceback" not in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    monkeypatch.setattr(spread, "Order", lambda rules, _, *others: whole(rules, "never", *others))
    result = inventory(tmp_path / "in", "--engine", "spark", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "Spark stopped, and nothing was written: " in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@needs_spark
def test_sql_says_the_same_on_spark_as_columns(base: RuleBase, tmp_path: Path) -> None:
    from pyspark.sql import SparkSession

    law = base.law(date(2026, 11, 29))
    conditions: dict[str, Condition] = {"prohibited": {"rule": "tiers/prohibited"}}  # all take Spark minutes
    frame = typed.frame(base, [{}, *examples()])
    frame.write_parquet(tmp_path / "answers.parquet")
    spark = SparkSession.builder.config("spark.ui.enabled", "false").getOrCreate()
    spark.read.parquet(str(tmp_path)).createOrReplaceTempView("answers")
    said = [tuple(row) for row in spark.sql(sql.text(law, conditions, "answers")).collect()]
    assert said == Compiled(law, conditions).over(frame.lazy()).collect().rows()


# What is refused before Spark is started


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark as if it were installed, and never started."""
    monkeypatch.setattr(spreading, "find_spec", lambda _: True)
    monkeypatch.setattr(spreading, "_java", lambda: True)
    monkeypatch.setattr(spreading, "_session", lambda: pytest.fail("Spark was started"))


def refused(folder: Path, *arguments: str) -> Result:
    parts = [str(folder / part) if part.startswith(("in", "out")) else part for part in arguments]
    return run("inventory", *parts, "--engine", "spark")


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["in", "-o", "out.csv"], 2, "give a single -o FOLDER"),
        (["in", "-o", "out.pdf"], 2, "give a single -o FOLDER"),
        (["in", "-o", "out", "-o", "out2"], 2, "give a single -o FOLDER"),
        (["in"], 2, "give a single -o FOLDER"),
        (["-o", "out"], 2, "give a single -o FOLDER"),
        (["in", "-o", "out", "--resume"], 2, "without --resume"),
        (["in", "-o", "in", "--force"], 2, "lie in each other"),
        (["in", "-o", "in/result"], 2, "lie in each other"),
        (["in/t.parquet", "-o", "in", "--force"], 2, "lie in each other"),
        (["in", "-o", "out.there"], 2, "give a single -o FOLDER"),
        (["in", "-o", "out_there"], 2, "exists. Add --force"),
        (["in", "-o", "out_there", "--force"], 1, "holds more than a result"),
        (["in_none", "-o", "out"], 1, "holds no Parquet file"),
        (["in", "-o", "out", "--lang", "fr"], 2, "donnez"),
    ],
)
def test_what_makes_no_sense_is_refused_before_spark_is_started(
    arguments: list[str], code: int, says: str, tmp_path: Path
) -> None:
    for name in ("in", "in_none/_hidden", "out_there"):
        (tmp_path / name).mkdir(parents=True)
        pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / name / "t.parquet")
    if "fr" in arguments:
        arguments = [*arguments, "--resume"]
    result = refused(tmp_path, *arguments)
    assert result.exit_code == code, result.output
    assert says in " ".join(result.stderr.split())
    assert (tmp_path / "out_there" / "t.parquet").exists()


def test_without_pyspark_or_java_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.setattr(spreading, "find_spec", lambda name: name != "pyspark")
    result = refused(tmp_path, "in", "-o", "out")
    assert result.exit_code == 2
    assert "pip install 'aiact-check[spark]'" in result.stderr
    monkeypatch.setattr(spreading, "find_spec", lambda _: True)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    result = refused(tmp_path, "in", "-o", "out")
    assert result.exit_code == 2
    assert "Java 17" in result.stderr


def test_a_worker_reads_a_file_from_where_the_user_is_and_calls_it_as_the_user_does(
    base: RuleBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pl.DataFrame({"name": ["A"]}).write_parquet(tmp_path / "t.parquet")
    monkeypatch.chdir("/")
    one = Sharing(base, TODAY, TODAY, "en", tmp_path).opened(Path("t.parquet"))
    assert one.frame is not None
    assert one.frame.collect().height == 1
    assert one.table.file == "t.parquet"
    assert one.table.problems == []


def test_a_new_result_takes_the_place_of_one_before_or_leaves_it_there(tmp_path: Path) -> None:
    made, target, before = (tmp_path / name for name in ("made", "target", "before"))
    for folder in (made, target):
        folder.mkdir()
        (folder / folder.name).touch()
    spreading._put(made, target, before)
    assert (target / "made").exists()
    assert (before / "target").exists()
    with pytest.raises(OSError, match="made"):
        spreading._put(made, target, tmp_path / "aside")  # it is not there any more
    assert (target / "made").exists()


def compare(count: int) -> int:
    """Compare so many invented systems, in two files; how many differ."""
    base = rulebase.load()
    with tempfile.TemporaryDirectory() as folder:
        told = list(itertools.islice(systems(9), count))
        half = table(base, told[: count // 2]), table(base, told[count // 2 :])
        files = [Path(folder) / "one.parquet", Path(folder) / "two.parquet"]
        for file, frame in zip(files, half, strict=True):
            frame.write_parquet(file)
        rows, different = differing(files, Path(folder))
    print(*different[:10], f"{rows} rows compared, {len(different)} differ", sep="\n")
    return len(different)


if __name__ == "__main__":
    sys.exit(bool(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)))
