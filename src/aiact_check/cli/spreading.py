"""`aiact-check inventory` on Spark: folders of Parquet files into a folder of Parquet files, by many machines."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aiact_check.cli.common import stop, tell, today
from aiact_check.cli.spoken import say
from aiact_check.cli.streaming import INTERRUPTED, account_for
from aiact_check.cli.writing import as_any_new_folder, there

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from aiact_check.inventory.shares import Account
    from aiact_check.inventory.spread import Spread
    from aiact_check.law.lawbook import RuleBase
    from aiact_check.text import Language

SUFFIX = ".parquet"
LIBRARIES = ("pyspark", "pyarrow", "pandas", "polars", "numpy")
WRITTEN_BY_SPARK = ("part-", ".part-", "_SUCCESS", "._SUCCESS")
BY_SUBMIT = ("PYSPARK_GATEWAY_PORT", "SPARK_REMOTE", "SPARK_CONNECT_MODE_ENABLED")
"""What is set where something else than this program has started Spark."""


def check(paths: Sequence[Path], outputs: Sequence[Path], resume: bool, force: bool) -> None:
    """What is asked for must make sense before Spark is started."""
    if resume or len(outputs) != 1 or outputs[0].suffix.lower() not in ("", SUFFIX) or not paths:
        raise click.UsageError(say("cli.says.spark_only"))
    if not all(find_spec(name) for name in LIBRARIES):
        from aiact_check.inventory.spread import EXTRA

        raise click.UsageError(say("cli.says.no_spark_extra", extra=EXTRA))
    if not any(name in os.environ for name in BY_SUBMIT) and not _java():
        raise click.UsageError(say("cli.says.no_java"))
    target = outputs[0].resolve()
    for path in paths:
        if target == path.resolve() or path.resolve() in target.parents or target in path.resolve().parents:
            raise click.UsageError(say("cli.says.spark_in_itself", output=outputs[0], path=path))
    if there(outputs[0]):
        if not force:
            raise click.UsageError(say("cli.says.exists", file=outputs[0]))
        if not target.is_dir() or not all(file.name.startswith(WRITTEN_BY_SPARK) for file in target.iterdir()):
            stop(say("cli.says.no_result", folder=outputs[0]))


def _java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return (Path(home) / "bin" / "java").exists() if home else shutil.which("java") is not None


def run(base: RuleBase, paths: Sequence[Path], outputs: Sequence[Path], day: date, lang: Language) -> None:
    """Work out the files of folders and write the result; anything wrong ends the program with an error."""
    from aiact_check.inventory.spread import Order, Spread

    target = outputs[0].resolve()
    files = list(dict.fromkeys(str(file) for path in paths for file in _files(path)))
    if not files:
        stop(say("cli.says.no_parquet_there", folder=paths[0]))
    order = Order(base.hash, day.isoformat(), today().isoformat(), lang, str(Path.cwd()))
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name[:40]}.") as folder:
            as_any_new_folder(Path(folder))  # workers may run as somebody else
            account = _spread(lambda: Spread(_session(), order, files), Path(folder) / "result")
            _put(Path(folder) / "result", target, Path(folder) / "before")
    except KeyboardInterrupt:
        tell("inventory.says.stopped_whole", lang)
        sys.exit(INTERRUPTED)
    except OSError as error:
        stop(say("cli.says.unwritable", file=outputs[0], why=error.strerror))
    account_for(account, base, day, outputs, lang)


def _put(made: Path, target: Path, before: Path) -> None:
    """Put a folder in its place; what was there goes, but not before the new one is there."""
    if target.exists():
        target.replace(before)
    try:
        made.replace(target)
    except BaseException:
        if before.exists():
            before.replace(target)
        raise


def _files(path: Path) -> Iterator[Path]:
    """The Parquet files of a folder, at any depth; as Spark has it, what begins with a dot or a line below is not."""
    if not path.is_dir():
        yield path
        return
    for top, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        yield from (Path(top) / name for name in sorted(names)
                    if name.lower().endswith(SUFFIX) and not name.startswith((".", "_")))  # fmt: skip


def _session() -> SparkSession:
    """Spark as it was started for this program, or else on the cores of this machine."""
    from pyspark.sql import SparkSession

    logging.disable(logging.ERROR)  # what Ctrl-C interrupts is said in a line
    builder = SparkSession.builder.appName("aiact-check inventory")
    if any(name in os.environ for name in BY_SUBMIT):
        return builder.getOrCreate()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    quiet = {"spark.ui.enabled": "false", "spark.log.level": "OFF", "spark.ui.showConsoleProgress": "false"}
    return builder.config(map=quiet).getOrCreate()


def _spread(begin: Callable[[], Spread], target: Path) -> Account:
    """The work itself; what Spark says of a failure, be it one to start, is said in a line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    from aiact_check.inventory.spread import OtherRules

    try:
        return begin().write(f"file://{target}")
    except (PySparkException, Py4JError) as error:
        if OtherRules.__name__ in str(error):
            stop(say("cli.says.spark_other_rules"))
        stop(say("cli.says.spark_failed", why=_why(str(error))))


def _why(error: str) -> str:
    """The line of a long report that says what happened: the first that names an error, or else the first."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    ends = [line for line in lines if line.partition(":")[0].endswith(("Error", "Exception"))]
    return (ends or lines or [error])[0][:300]
