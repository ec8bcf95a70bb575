"""The small changes of the engine's code that `make mutants-code` makes, and those that are said to change nothing."""

from __future__ import annotations

import ast
from typing import Any

from tests.conftest import TOP
from tools.in_place import marked, source
from tools.mutants_code import ELSEWHERE, MODULES, equivalent
from tools.mutating import mutants, mutated

CODE = '''
LIMIT = 3

def f(xs, n=1):
    """Says."""
    if n < 2 and xs:
        return [x for x in xs if x]
    xs.clear()
    for x in xs:
        continue
    return (lambda y: y + 1)(max(xs, default=not n))
'''


def test_every_change_has_a_name_and_the_line_that_has_to_be_reached() -> None:
    assert {mutant.name: mutant.reached_at for mutant in mutants(CODE)} == {
        "import: LIMIT = 3  ->  LIMIT = 4": None,
        "import: def f(xs, n=1):  ->  def f(xs, n=2):": None,
        "f: if n < 2 and xs:  ->  if not (n < 2 and xs):": 6,
        "f: n < 2 and xs  ->  n < 2 or xs": 6,
        "f: n < 2  ->  n <= 2": 6,
        "f: n < 2  ->  n < 3": 6,
        "f: [x for x in xs if x]  ->  [x for x in xs if not x]": 7,
        "f: xs.clear()  ->  pass": 8,
        "f: continue  ->  break": 10,
        "f: y + 1  ->  y - 1": 11,
        "f: y + 1  ->  y + 2": 11,
        "f: max(xs, default=not n)  ->  min(xs, default=not n)": 11,
        "f: not n  ->  bool(n)": 11,
    }
    last = [mutant for mutant in mutants(CODE) if mutant.line == 11][-1]
    changed = ast.unparse(mutated(CODE, last))
    assert changed == ast.unparse(ast.parse(CODE)).replace("not n)", "bool(n))")


def test_what_a_test_reaches_is_told_by_the_lines_of_statements_and_lambdas() -> None:
    reached: list[int] = []
    names: dict[str, Any] = {"_reached": reached.append}
    exec(compile(marked(ast.parse(CODE)), "", "exec"), names)
    assert names["f"]([0], 2) == 1
    assert reached == [6, 8, 9, 11, 11]
    assert names["f"].__doc__ == "Says."


def test_what_is_said_to_change_nothing_is_a_change_of_today() -> None:
    for module, changes in equivalent().items():
        known = {mutant.name for mutant in mutants(source(module).read_text("utf-8"))}
        assert changes.keys() <= known, module
        assert all(changes.values())


def test_the_files_left_out_exist() -> None:
    assert all((TOP / "tests" / f"{name}.py").exists() for name in ELSEWHERE)
    assert set(equivalent()) <= set(MODULES)
