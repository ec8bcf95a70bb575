"""Small changes of Python code, each with a name that stays while other lines come and go. Pure."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Continue: ast.Break, ast.Break: ast.Continue,
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


@dataclass(frozen=True)
class Mutant:
    """One change of a module."""

    name: str
    """The function, and what the code reads before and after."""
    line: int
    reached_at: int | None
    """The line of the statement or lambda that has to be reached; None where the import reaches it."""
    number: int
    way: int
    """Which node is changed, as `ast.walk` comes to them, and how."""


@dataclass(frozen=True)
class _Place:
    """Where a node stands: in which function, behind which statement or lambda, and what is shown of it."""

    function: str = ""
    reached_at: int | None = None
    shown: ast.AST | None = None


def mutants(text: str) -> Iterator[Mutant]:
    """Every small change of a module's text."""
    tree = ast.parse(text)
    times = Counter[str]()
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    for node, place in _places(tree, _Place()):
        for way in range(_ways(node)):
            assert place.shown is not None
            changed = copy.deepcopy(tree)
            nodes = list(ast.walk(changed))
            old, shown = nodes[numbers[id(node)]], nodes[numbers[id(place.shown)]]
            before = _first_line(shown)
            new = _changed(old, way)
            _replace(changed, old, new)
            name = f"{place.function or 'import'}: {before}  ->  {_first_line(new if shown is old else shown)}"
            times[name] += 1
            again = f" ({times[name]})" if times[name] > 1 else ""
            line = getattr(place.shown, "lineno", 0)
            yield Mutant(name + again, line, place.reached_at, numbers[id(node)], way)


def mutated(text: str, mutant: Mutant) -> ast.Module:
    """The module with one change."""
    tree = ast.parse(text)
    old = list(ast.walk(tree))[mutant.number]
    _replace(tree, old, _changed(old, mutant.way))
    return ast.fix_missing_locations(tree)


def _places(node: ast.AST, place: _Place) -> Iterator[tuple[ast.AST, _Place]]:
    """Each node and its place; not what only tells types or how a class is made."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                here = _place(node, name, child, place)
                yield child, here
                yield from _places(child, here)


def _place(node: ast.AST, name: str, child: ast.AST, place: _Place) -> _Place:
    function, reached_at = place.function, place.reached_at
    if name == "body" and isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".lstrip(".")
    behind = isinstance(node, ast.FunctionDef) and name == "body"
    if (isinstance(child, ast.stmt) and (behind or reached_at)) or (isinstance(node, ast.Lambda) and name == "body"):
        reached_at = (child if isinstance(child, ast.stmt) else node).lineno  # type: ignore[attr-defined]
    small = isinstance(child, ast.Constant | ast.comprehension | ast.keyword | ast.operator | ast.arguments)
    shown = place.shown if small and place.shown else child
    return _Place(function, reached_at, shown)


def _ways(node: ast.AST) -> int:
    """In how many ways a node can be changed."""
    match node:
        case ast.Compare(ops=ops):
            return len(ops)
        case ast.BoolOp(op=operator) | ast.BinOp(op=operator) | ast.AugAssign(op=operator):
            return int(type(operator) in SWAPPED)
        case ast.comprehension(ifs=ifs):
            return len(ifs)
        case ast.Call(func=ast.Name(id=name)):
            return int(name in CALLED)
        case ast.If(test=test) | ast.IfExp(test=test) if _turns(test):
            return 0
        case (
            ast.UnaryOp(op=ast.Not())
            | ast.Constant(value=bool() | int())
            | (ast.IfExp() | ast.If() | ast.Continue() | ast.Break() | ast.Expr(value=ast.Call()))
        ):
            return 1
    return 0


def _turns(test: ast.AST) -> bool:
    """Whether a condition is turned already by what is changed in it, or only tells types."""
    match test:
        case ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.Is() | ast.IsNot() | ast.In() | ast.NotIn()]):
            return True
        case ast.UnaryOp(op=ast.Not()) | ast.Name(id="TYPE_CHECKING"):
            return True
    return False


def _changed(node: ast.AST, way: int) -> ast.AST:
    """The node changed in one of its ways."""
    match node:
        case ast.Compare():
            node.ops[way] = SWAPPED[type(node.ops[way])]()  # type: ignore[call-overload]
        case ast.BoolOp() | ast.BinOp() | ast.AugAssign():
            node.op = SWAPPED[type(node.op)]()  # type: ignore[assignment]
        case ast.comprehension():
            node.ifs[way] = ast.UnaryOp(ast.Not(), node.ifs[way])
        case ast.Call(func=ast.Name() as called):
            called.id = CALLED[called.id]
        case ast.UnaryOp():
            return ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ast.Constant():
            node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1
        case ast.IfExp() | ast.If():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Continue() | ast.Break():
            return SWAPPED[type(node)]()
        case ast.Expr():
            return ast.Pass()
    return node


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    if old is new:
        return
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if each is old else each for each in value]


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0]
