"""The SQL of the law on Spark says what columns say. Only where PySpark is installed: it needs a JDK and minutes.

`pip install pyspark` (not in the lock: 450 MB to download, and compiling the query takes Spark a minute or two).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aiact_check.inventory import typed
from aiact_check.inventory.wanted import Wanted
from aiact_check.law import sql
from aiact_check.law.frames import Compiled
from aiact_check.law.lawbook import RuleBase
from tests.invented import examples

spark_sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install pyspark (needs a JDK)")


def test_sql_says_the_same_on_spark_as_columns(base: RuleBase, tmp_path: Path) -> None:
    law = base.law(date(2026, 11, 29))
    wanted = Wanted(base, law)
    conditions = {name: wanted.conditions[name] for both in wanted.tiers.values() for name in both}
    frame = typed.frame(base, [{}, *examples()])
    frame.write_parquet(tmp_path / "answers.parquet")
    spark = spark_sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        spark.read.parquet(str(tmp_path)).createOrReplaceTempView("answers")
        said = [tuple(row) for row in spark.sql(sql.text(law, conditions, "answers")).collect()]
    finally:
        spark.stop()
    assert said == Compiled(law, conditions).over(frame.lazy()).collect().rows()
