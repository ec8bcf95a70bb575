"""Runs tests in a process of its own, in which modules of the engine are imported changed; no file is touched.

What is heavy and none of ours is imported before the process parts (`warm`), so that it starts in a moment.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOP = Path(__file__).parent.parent
HEAVY = (
    "click.testing", "docx", "hypothesis", "icalendar", "jinja2", "jsonschema", "numpy", "openpyxl", "polars",
    "pydantic", "pypdf", "pypdfium2", "questionary", "weasyprint", "xlsxwriter", "yaml",
)  # fmt: skip
EXAMPLES = 60
"""Hypothesis tries no more inputs in a test, and the same each time."""
STORED = 3 << 30
"""Bytes of memory that a process may take: a change can make it take all there is."""
FAILED, NONE = 1, 5
"""Exit codes of pytest: a test failed; there was none."""


def warm() -> None:
    """Import what every process needs and what is none of ours."""
    for name in HEAVY:
        importlib.import_module(name)
    with _silent():
        pytest.main(["--version"])
    gc.freeze()  # else each process goes over all of it to find what is not used


def source(module: str) -> Path:
    """The file of a module."""
    return TOP / "src" / "aiact_check" / f"{module.replace('.', '/')}.py"


class Importer(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports modules from other trees than those of their files, with names of ours in them."""

    def __init__(self, trees: Mapping[str, ast.Module], names: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.trees, self.names = trees, names or {}

    def find_spec(self, name: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        module = name.removeprefix("aiact_check.")
        return (
            importlib.util.spec_from_file_location(name, source(module), loader=self) if module in self.trees else None
        )

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.removeprefix("aiact_check.")
        module.__dict__.update(self.names.get(name, {}))
        exec(compile(self.trees[name], str(source(name)), "exec"), module.__dict__)


@dataclass
class Reach:
    """What a test takes, in seconds, and the lines it reaches, by module."""

    seconds: float
    lines: dict[str, list[int]]


@dataclass
class _Chosen:
    """Has pytest run these tests in this order, all where none is named, hypothesis quickly; keeps which one failed."""

    order: list[str] = field(default_factory=list)
    failed: str = ""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        from hypothesis import Phase, settings

        if self.order:
            place = {test: index for index, test in enumerate(self.order)}
            items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])
        for function in {getattr(item, "function", None) for item in items}:
            if old := getattr(function, "_hypothesis_internal_use_settings", None):
                function._hypothesis_internal_use_settings = settings(  # type: ignore[union-attr]
                    old,
                    max_examples=min(old.max_examples, EXAMPLES),
                    derandomize=True,
                    database=None,
                    phases=[Phase.explicit, Phase.generate],  # which input is the smallest that fails, nobody asks
                )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed = report.nodeid


@dataclass
class _Watching(_Chosen):
    """Keeps what each test that passes reaches."""

    reached: dict[str, set[int]] = field(default_factory=dict)
    found: dict[str, Reach] = field(default_factory=dict)
    seconds: float = 0.0
    """Of the test itself: what fixtures make for many tests is made once."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.failed = ""
        for lines in self.reached.values():
            lines.clear()
        _forget()
        done = yield
        if not self.failed:
            reached = {module: sorted(lines) for module, lines in self.reached.items() if lines}
            self.found[item.nodeid] = Reach(self.seconds, reached)
        return done

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Iterator[None]:
        begun = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds = time.process_time() - begun


def _forget() -> None:
    """Empty the caches of the engine, so that each test reaches what it needs."""
    for name, module in list(sys.modules.items()):
        if name.startswith("aiact_check."):
            for each in list(vars(module).values()):
                if isinstance(each, functools._lru_cache_wrapper):
                    each.cache_clear()


def marked(tree: ast.Module) -> ast.Module:
    """A module that says which statements and lambdas of its functions are reached, by their lines."""
    blocks: dict[int, list[ast.stmt]] = {}
    lambdas: list[ast.Lambda] = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                parts = [getattr(node, name, None) for name in ("body", "orelse", "finalbody")]
                if not isinstance(node, ast.ClassDef):
                    blocks |= {id(block): block for block in parts if isinstance(block, list)}
        elif isinstance(function, ast.Lambda):
            lambdas.append(function)
    for block in blocks.values():
        block[:] = [each for line in block for each in ((ast.Expr(_mark(line)), line) if _acts(line) else (line,))]
    for each in lambdas:
        both = ast.Tuple([_mark(each), each.body], ast.Load())
        each.body = ast.Subscript(both, ast.Constant(1), ast.Load())
    return ast.fix_missing_locations(tree)


def _acts(line: ast.stmt) -> bool:
    return not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))


def _mark(node: ast.stmt | ast.Lambda) -> ast.Call:
    return ast.Call(ast.Name("_reached", ast.Load()), [ast.Constant(node.lineno)], [])


def watched(modules: Iterable[str], file: Path) -> dict[str, Reach]:
    """What each test of a file reaches of these modules; a test that fails is left out."""
    trees = {module: marked(ast.parse(source(module).read_text("utf-8"))) for module in modules}
    reached: dict[str, set[int]] = {module: set() for module in trees}
    names = {module: {"_reached": lines.add} for module, lines in reached.items()}

    def run() -> str:
        watching = _Watching(reached=reached)
        pytest.main(_arguments([file], "-m", "not network and not browser"), plugins=[watching])
        return json.dumps({test: [reach.seconds, reach.lines] for test, reach in watching.found.items()})

    told = _apart(Importer(trees, names), run, 900)
    return {test: Reach(*each) for test, each in json.loads(told or "{}").items()}


def noticed(module: str, tree: ast.Module, tests: list[str], seconds: float) -> str | None:
    """The test that fails with a module changed, or what else ends the run; None where all pass.

    The tests run in this order until one fails, and may take so many seconds.
    """

    def run() -> str:
        chosen = _Chosen(tests)
        files = dict.fromkeys(TOP / test.split("::")[0] for test in tests)
        code = pytest.main(_arguments(files, "-x"), plugins=[chosen])
        return "" if code in (0, NONE) else chosen.failed or "the import"

    told = _apart(Importer({module: tree}), run, seconds)
    return "the time or the memory" if told is None else told or None


def _arguments(files: Iterable[Path], *more: str) -> list[str]:
    return ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--rootdir={TOP}", *more, *map(str, files)]


def _apart(importer: Importer, run: Callable[[], str], seconds: float) -> str | None:
    """What a function gives in a process of its own; None where that process does not come to its end."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            return told.read_text("utf-8") if told.exists() else None
        with contextlib.suppress(BaseException), _silent():
            limit = int(seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            resource.setrlimit(resource.RLIMIT_DATA, (STORED, STORED))
            signal.alarm(30 * limit)  # of a machine with other work
            _keep_apart(Path(folder))
            sys.meta_path.insert(0, importer)
            partial = Path(folder) / "partial"
            partial.write_text(run(), "utf-8")
            partial.rename(told)
        os._exit(0)


def _keep_apart(folder: Path) -> None:
    """What is kept between runs is read, but what a changed engine keeps is seen by nobody else."""
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aiact-check"
    if kept.is_dir():
        shutil.copytree(kept, folder / "aiact-check")
        (folder / "aiact-check").chmod(0o700)
    os.environ["XDG_CACHE_HOME"] = str(folder)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Nothing printed, not even by programs that are started; nothing to be read."""
    sys.stdout.flush()
    with Path(os.devnull).open("r+") as nowhere:
        before = [os.dup(stream) for stream in range(3)]
        for stream in range(3):
            os.dup2(nowhere.fileno(), stream)
        try:
            yield
        finally:
            sys.stdout.flush()
            for stream, old in enumerate(before):
                os.dup2(old, stream)
                os.close(old)
