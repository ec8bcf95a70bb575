"""Breaks the engine's Python in small ways and asks whether a test notices: `make mutants-code COUNT=60`.

Each mutant is one change of one module of MODULES: a comparison turned, `and` for `or`, a `not` dropped, a constant
flipped or moved by one. It is put in place while the module is imported, in a process of its own: no file is touched.
The quick tests judge it first and the slow ones what they let through. What survives is printed, to be looked at: an
equivalent change is no fault.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

TOP = Path(__file__).parent.parent

MODULES = (
    "law.truth", "law.condition", "law.evaluate", "law.exact", "law.lawbook", "assessing.verdict", "answering.answers",
    "reading.meant",
)  # fmt: skip
QUICK = ("test_logic", "test_questionnaire", "test_not_decided", "test_forks", "test_whatif", "test_set_aside")
SLOW = ("test_problems", "test_mended", "test_law", "test_rules", "test_frozen", "test_time")
SECONDS = 300
"""Of work that the tests may take on one mutant: one that never ends is noticed."""
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
}  # fmt: skip


def changes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every small change of a module: the number of the node, and what is done to it."""
    decorators = [each for node in ast.walk(tree) for each in getattr(node, "decorator_list", ())]
    apart = {id(part) for each in decorators for part in ast.walk(each)}  # how a class is made, not what it does
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in apart:
            continue
        match node:
            case ast.Compare(ops=[operator]) | ast.BoolOp(op=operator) | ast.BinOp(op=operator):
                if type(operator) in SWAPPED:
                    yield number, "swap"
            case ast.UnaryOp(op=ast.Not()):
                yield number, "drop"
            case ast.Constant(value=bool() | int()):
                yield number, "flip"
            case ast.IfExp() | ast.If():
                yield number, "negate"


def mutated(tree: ast.Module, number: int, how: str) -> tuple[ast.Module, str]:
    """The module with one change, and where it is."""
    changed = copy.deepcopy(tree)
    node = list(ast.walk(changed))[number]
    before = ast.unparse(node).split("\n")[0]
    match node:
        case ast.Compare():
            node.ops = [SWAPPED[type(node.ops[0])]()]  # type: ignore[list-item]
        case ast.BoolOp() | ast.BinOp():
            node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
        case ast.UnaryOp():
            node.op = ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ast.Constant():
            node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1
        case ast.IfExp() | ast.If():
            node.test = ast.UnaryOp(ast.Not(), node.test)
    ast.fix_missing_locations(changed)
    return changed, f"{node.lineno}: {before}  ->  {ast.unparse(node).split(chr(10))[0]}"  # type: ignore[attr-defined]


class _InPlace(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def survives(name: str, path: Path, tree: ast.Module, tests: Sequence[str]) -> bool:
    """Whether these tests pass with a module changed, in a process of its own."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with contextlib.suppress(BaseException), Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        sys.meta_path.insert(0, _InPlace(name, path, tree))
        files = [str(TOP / "tests" / f"{test}.py") for test in tests]
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *files])))
    os._exit(99)


def sample(count: int, seed: int) -> list[tuple[str, int, str]]:
    """So many changes, spread over the modules by their size."""
    found = []
    for module in MODULES:
        tree = ast.parse(source(module).read_text("utf-8"))
        found += [(module, number, how) for number, how in changes(tree)]
    random.Random(seed).shuffle(found)
    return found[:count]


def source(module: str) -> Path:
    """The file of a module."""
    return TOP / "src" / "aiact_check" / f"{module.replace('.', '/')}.py"


def main(count: int, seed: int = 1) -> int:
    """Judge a sample: how many are noticed, and which are not. A survivor is no failure: it may be equivalent."""
    judged, noticed = Counter[str](), Counter[str]()
    begun = time.monotonic()
    path = source(MODULES[0])
    if not survives(f"aiact_check.{MODULES[0]}", path, ast.parse(path.read_text("utf-8")), (*QUICK, *SLOW)):
        print("The tests fail without any change: nothing can be said.")
        return 1
    for module, number, how in sample(count, seed):
        path = source(module)
        tree, where = mutated(ast.parse(path.read_text("utf-8")), number, how)
        judged[module] += 1
        if survives(f"aiact_check.{module}", path, tree, QUICK) and survives(f"aiact_check.{module}", path, tree, SLOW):
            print(f"survives: {module}:{where}", flush=True)
        else:
            noticed[module] += 1
            print(f"noticed: {module}:{where}", flush=True)
    for module, of in judged.items():
        print(f"{module}: {noticed[module]} of {of}")
    print(f"{noticed.total()} of {judged.total()} noticed, in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
