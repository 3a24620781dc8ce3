"""Every single-point mutant of the solution's three functions.

A mutant is the solution with one node of its syntax tree replaced: an operator, an operand, a name, a constant, an
argument, a statement. Whatever a slip of the keyboard or of the mind changes in one place is among them.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from textwrap import dedent
from typing import Any, TypeVar, cast

from assigned import OPERATORS
from specimens import solution_answers

Node = TypeVar("Node", bound=ast.AST)

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.Is, ast.IsNot)
ATTRIBUTES = ("data", "grad")
TWINS = {"max": "min", "isinstance": "issubclass"}


@dataclass(frozen=True)
class Mutant:
    """The answer cell of ``question`` with one change; ``change`` shows it line by line and tells mutants apart."""

    question: str
    change: str
    cell: str

    @property
    def name(self) -> str:
        """What the list of equivalents calls it."""
        return f"{self.question} {self.change}"


@cache
def mutants() -> tuple[Mutant, ...]:
    """All mutants of all three functions; none equals the solution or another one."""
    return tuple(mutant for question in OPERATORS for mutant in _mutants_of(question))


def _mutants_of(question: str) -> Iterator[Mutant]:
    cell = ast.parse(solution_answers()[question])
    function = next(n for n in cell.body if isinstance(n, ast.FunctionDef) and n.name == OPERATORS[question])
    plain = _without_docstring(function)
    names = {node.arg for node in ast.walk(plain) if isinstance(node, ast.arg)} | {"out"}
    original = ast.unparse(plain)
    seen = {original}
    for node in ast.walk(plain):
        for variant in (*_variants(node), *_with_other_name(node, names)):
            source = ast.unparse(_replaced(plain, node, variant))
            if source not in seen and _compiles(source):
                seen.add(source)
                rest = [ast.unparse(other) for other in cell.body if other is not function]
                yield Mutant(question, _change(original, source), "\n\n\n".join([source, *rest]))


def _compiles(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # `is` with a literal, a constant that is called
        try:
            compile(source, "mutant", "exec")
        except SyntaxError:
            return False
    return True


def _change(before: str, after: str) -> str:
    """The lines that differ, with the number of the first: ``4: x += y → x = y``."""
    old, new = before.splitlines(), after.splitlines()
    parts = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lines = dedent("\n".join([*old[i:j], "→", *new[k:m]]) if i == j or k == m else _aligned(old[i:j], new[k:m]))
            parts.append(f"{i + 1}: " + " ".join(" ".join(lines.splitlines()).split()))
    return "; ".join(parts)


def _aligned(old: Sequence[str], new: Sequence[str]) -> str:
    """Old lines, an arrow and new lines; where only the indentation changed, the arrow says which way."""
    if [line.strip() for line in old] == [line.strip() for line in new]:
        return "\n".join([*old, "⇥" if len(new[0]) > len(old[0]) else "⇤"])
    return "\n".join([*old, "→", *new])


# --- the syntax tree ----------------------------------------------------------------------------------------------


def _replaced(tree: Any, old: ast.AST, new: ast.AST) -> Any:
    """A copy of ``tree`` with ``new`` in the place of the node ``old``."""
    if tree is old:
        return new
    if isinstance(tree, list):
        return [_replaced(item, old, new) for item in tree]
    if isinstance(tree, ast.AST):
        return type(tree)(**{name: _replaced(value, old, new) for name, value in vars(tree).items()})
    return tree


def _with(node: Node, **changes: Any) -> Node:
    return type(node)(**(vars(node) | changes))


def _without_docstring(function: ast.FunctionDef) -> ast.FunctionDef:
    has_docstring = ast.get_docstring(function) is not None
    return _with(function, body=function.body[1:] if has_docstring else function.body)


def _expression(text: str, **parts: ast.expr) -> ast.expr:
    """The expression ``text`` with the names in ``parts`` standing for expressions."""
    return cast("ast.expr", _Substitution(parts).visit(ast.parse(text, mode="eval").body))


class _Substitution(ast.NodeTransformer):
    def __init__(self, parts: Mapping[str, ast.expr]) -> None:
        self.parts = parts

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.parts.get(node.id, node)


# --- what can change in one place ---------------------------------------------------------------------------------


def _variants(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp):
        yield from _of_binary_operation(node)
    elif isinstance(node, ast.AugAssign):
        yield from _of_accumulation(node)
    elif isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, (ast.Tuple, ast.List)):
        yield from (_with(node, elts=elements) for elements in (*_of_sequence(node.elts), []))
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node)
    elif isinstance(node, ast.Name) and node.id == "_backward":
        yield from (_expression(text, x=node) for text in ("x()", "lambda: x", "lambda: x()", "None"))
    elif isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.arguments):
        yield from (_with(node, args=arguments) for arguments in _of_sequence(node.args))
        yield _with(node, args=[*node.args, ast.arg(arg="extra")])
    elif isinstance(node, ast.Return) and node.value:
        yield from (_with(node, value=value) for value in (None, _expression("x.data", x=node.value)))
    if isinstance(node, (ast.If, ast.IfExp)):
        yield from _of_condition(node)
    if isinstance(node, (ast.If, ast.FunctionDef)):
        yield from (_with(node, body=body or [ast.Pass()]) for body in _of_block(node.body))


def _tweaked(number: ast.expr) -> Iterator[ast.expr]:
    if not isinstance(number, ast.Constant):
        for text in ("-x", "x + 1", "x - 1", "x * x", "abs(x)", "int(x)", "round(x, 1)", "0", "1"):
            yield _expression(text, x=number)


def _of_binary_operation(node: ast.BinOp) -> Iterator[ast.AST]:
    yield from (_with(node, op=operator()) for operator in ARITHMETIC)
    yield _with(node, left=node.right, right=node.left)
    yield from (node.left, node.right)
    yield from (_with(node, left=left) for left in _tweaked(node.left))
    yield from (_with(node, right=right) for right in _tweaked(node.right))


def _of_accumulation(node: ast.AugAssign) -> Iterator[ast.AST]:
    target = ast.unparse(node.target)
    yield from (_with(node, op=operator()) for operator in ARITHMETIC)
    for value in ("v", "-v", f"{target} + {target} + v", f"max({target}, v)", f"v if {target} == 0 else {target}"):
        yield ast.Assign([node.target], _expression(value, v=node.value), lineno=1)
    yield from (_with(node, value=value) for value in _tweaked(node.value))


def _of_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    (right,) = node.comparators
    yield from (_with(node, ops=[operator()]) for operator in COMPARISONS)
    yield _with(node, left=right, comparators=[node.left])
    yield from (_with(node, left=left) for left in _tweaked(node.left))
    yield from (_with(node, comparators=[other]) for other in _tweaked(right))


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    yield from node.args
    yield from (_with(node, args=arguments) for arguments in (*_of_sequence(node.args), []))
    for k, argument in enumerate(node.args):
        if not isinstance(argument, (ast.Name, ast.Tuple)):
            yield from (_with(node, args=[*node.args[:k], tweak, *node.args[k + 1 :]]) for tweak in _tweaked(argument))
    if isinstance(node.func, ast.Name) and node.func.id in TWINS:
        yield _with(node, func=ast.Name(TWINS[node.func.id], ast.Load()))


def _of_sequence(items: list[Any]) -> Iterator[list[Any]]:
    """One item left out or doubled, or two neighbours exchanged."""
    for k, item in enumerate(items):
        yield items[:k] + items[k + 1 :]
        yield [*items[:k], item, *items[k:]]
    yield from (items[:k] + items[k : k + 2][::-1] + items[k + 2 :] for k in range(len(items) - 1))


def _of_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in ATTRIBUTES:
        yield from (_with(node, attr=attribute) for attribute in (*ATTRIBUTES, "_prev"))
    if isinstance(node.ctx, ast.Load):
        yield node.value


def _with_other_name(node: ast.AST, names: Iterable[str]) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        yield from (_with(node, id=name) for name in sorted(names))


def _of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, (int, float)):
        numbers = (node.value + 1, node.value - 1, -node.value, 0, float(node.value), node.value + 0.5, 1e-3)
        yield from (ast.Constant(number) for number in numbers if repr(number) != repr(node.value))


def _of_condition(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    for text in ("not c", "True", "False"):
        yield _with(node, test=_expression(text, c=node.test))


def _of_block(body: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """One statement left out or doubled, two exchanged, or one moved into or out of the block before or after it."""
    yield from _of_sequence(body)
    for k, (block, after) in enumerate(pairwise(body)):
        if isinstance(block, (ast.If, ast.FunctionDef)):
            yield [*body[:k], _with(block, body=[*block.body, after]), *body[k + 2 :]]
    for k, block in enumerate(body):
        if isinstance(block, (ast.If, ast.FunctionDef)) and len(block.body) > 1:
            yield [*body[:k], _with(block, body=block.body[:-1]), block.body[-1], *body[k + 1 :]]
