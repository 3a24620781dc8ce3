"""Recognition of a cell's definitions, of other statements that may matter, and of functions that were left blank."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator

DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign)
LOOPS = (ast.For, ast.While)
BLOCKS = (ast.If, ast.Try, ast.With, ast.Match, *LOOPS)
_SHOWS = ("print", "display", "plt", "grader", "help", "input", ".show", ".check")
_SETS_UP = ("np", "random", "gc", "sys", "warnings", "time")


def harmless_calls(own: Iterable[str]) -> frozenset[str]:
    """Return the names of everything that is called only to show something or to set it up.

    They are names of functions and modules, and of methods with a leading dot. ``own`` adds those of the assignment.
    """
    return frozenset((*_SHOWS, *_SETS_UP, *own))


def is_definition(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Tell whether a statement imports something, defines a function or a class, or attaches something to a class.

    A block of such statements counts too. It may also hold assignments and calls of names that are ``harmless``.
    """
    return isinstance(node, DEFINITIONS) or is_setattr(node) or _assigns_attribute(node) or _is_block(node, harmless)


def is_harmless(call: ast.Call, harmless: frozenset[str]) -> bool:
    """Tell whether a call only shows something or sets it up, as calls of the names ``harmless`` do."""
    if isinstance(call.func, ast.Attribute) and f".{call.func.attr}" in harmless:
        return True
    root: ast.expr = call.func
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    return not isinstance(root, ast.Name) or root.id in harmless


def _is_block(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Tell whether ``node`` is a block that holds definitions and their preparation, and nothing that takes time."""
    if not isinstance(node, BLOCKS):
        return False
    inner = [part for part in ast.walk(node) if isinstance(part, ast.stmt) and part is not node]
    return _has_definition(node) and all(_may_stand_in_a_block(part, harmless) for part in _own_statements(inner))


def _has_definition(node: ast.stmt) -> bool:
    parts = [*ast.walk(node)]
    repeats = any(isinstance(part, LOOPS) for part in parts)  # a loop may assign to attributes for minutes
    return any(isinstance(part, DEFINITIONS) or is_setattr(part) for part in parts) or (
        not repeats and any(isinstance(part, ast.Assign) and _assigns_attribute(part) for part in parts)
    )


def _own_statements(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements that a block runs itself, without those in the functions and classes that it defines."""
    inside = {
        id(part)
        for statement in statements
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
        for part in ast.walk(statement)
        if part is not statement
    }
    return (statement for statement in statements if id(statement) not in inside)


def _may_stand_in_a_block(node: ast.stmt, harmless: frozenset[str]) -> bool:
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Call) or is_setattr(node) or is_harmless(node.value, harmless)
    return isinstance(node, (*DEFINITIONS, *ASSIGNMENTS, *BLOCKS, ast.Pass, ast.Raise))


def is_setattr(node: ast.AST) -> bool:
    """Tell whether ``node`` is a call of ``setattr``, which attaches something to a class."""
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "setattr"


def may_matter(node: ast.stmt, harmless: frozenset[str]) -> bool:
    """Tell whether a definition may need a statement that is not run, because it does more than compute and show.

    Such statements are calls, as in ``known.update(...)`` or ``attach("name", f)``, and blocks that define something,
    attach it, choose it with ``if`` or ``try``, assign to an element, or call a function without using its result.
    """
    if isinstance(node, ast.Expr):
        return any(isinstance(part, ast.Call) and not is_harmless(part, harmless) for part in ast.walk(node.value))
    return isinstance(node, BLOCKS) and any(
        isinstance(part, DEFINITIONS)
        or is_setattr(part)
        or (isinstance(part, ast.Expr) and _calls_by_name(part.value, harmless))
        or (isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store))
        or (isinstance(node, ast.If | ast.Try) and isinstance(part, ASSIGNMENTS))
        for part in ast.walk(node)
    )


def attaches(node: ast.AST, attaching: Collection[str]) -> bool:
    """Tell whether ``node`` calls ``setattr``, or one of the functions ``attaching`` without using its result."""
    parts = [part for part in ast.walk(node) if isinstance(part, ast.Expr)]
    calls = [part.value for part in parts if isinstance(part.value, ast.Call)]
    return any(map(is_setattr, parts)) or any(isinstance(c.func, ast.Name) and c.func.id in attaching for c in calls)


def _calls_by_name(node: ast.expr, harmless: frozenset[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not is_harmless(node, harmless)


def mix_up(node: ast.stmt, methods: Collection[str]) -> str:
    """Return a remark on a line that attaches one of the ``methods`` under the name of another; else ""."""
    if is_setattr(node):
        match node.value.args:  # type: ignore[attr-defined]  # is_setattr has looked
            case [_, ast.Constant(value=str(name)), ast.Name(id=function)]:
                if name in methods and function in methods and name != function:
                    return f"attaches {function} under the name {name}: one of the two names is another question's"
    return ""


def look_alike(name: str, others: Iterable[str]) -> str:
    """Return the first of the ``others`` that differs from ``name`` only in case or underscores, or ""."""
    plain = name.strip("_").casefold()
    return next((one for one in others if len(one) < 80 and one.isascii() and one.strip("_").casefold() == plain), "")


def _assigns_attribute(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(isinstance(target, ast.Attribute) for target in node.targets)


def redefines(node: ast.stmt, name: str) -> bool:
    """Tell whether ``node`` defines the class ``name`` anew, without inheriting from the old class of that name."""
    if not isinstance(node, ast.ClassDef) or node.name != name:
        return False
    return not any(isinstance(part, ast.Name) and part.id == name for base in node.bases for part in ast.walk(base))


def stub_functions(node: ast.stmt) -> Iterator[tuple[str, int]]:
    """Yield the name and the first line of every function in ``node`` that was left blank.

    A blank function only raises ``NotImplementedError``, or does nothing.
    """
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef) and _is_stub(inner):
            yield inner.name, min([inner.lineno, *(decorator.lineno for decorator in inner.decorator_list)])


def _is_stub(function: ast.FunctionDef) -> bool:
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and body[0].value.value is not ...:
        body = body[1:]  # its docstring
    return not body or (len(body) == 1 and _does_nothing(body[0]))


def _does_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...
    )
