"""Loading of a saved notebook in a terminal: its definitions are run."""

from __future__ import annotations

import ast
import linecache
from pathlib import Path
from types import FunctionType
from typing import Any

from autograder.wire.cells import attaches, is_definition, redefines, stub_functions
from autograder.wire.statements import readable

from .filled_in import HARMLESS, METHODS
from .history import _names_in
from .outcomes import Stop, points_of, printable
from .running import check_in
from .saved import NOTEBOOK, _saved_in


def load_notebook(path: Path | None = None) -> dict[str, Any]:
    """Run the definitions in a saved notebook and return its names.

    Imports, functions, classes, ``setattr`` lines and assignments without a call are run one by one, so that a mistake
    in one does not stop the others. Training, plots and prints are not run. A statement that fails only because it
    needs them is not reported.
    """
    path = path or NOTEBOOK
    saved = _saved_in(path)
    namespace: dict[str, Any] = {"__name__": "notebook", "In": saved.code}
    answers = _Answers(namespace)
    attaching: set[str] = set()
    not_run: set[str] = set()
    for told in saved.notes:
        print(printable(told))
    for number, source in enumerate(saved.code, start=1):
        name = f"{path.name}, code cell {number}"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        statements, left_out = readable(source, name)
        for one in left_out:
            print(printable(f"{name}, {one}."))
        for statement in statements:
            if not _is_quick(statement, attaching):
                not_run |= _names_in(statement, ast.Store)
                continue
            answers.look_at(statement, name)
            try:
                exec(compile(ast.Module([statement], []), name, "exec", dont_inherit=True), namespace)
            except Exception as error:
                if told := _complaint(statement, error, not_run):
                    print(printable(f"{name}: {told}"))
                not_run |= _names_in(statement, ast.Store)
            else:
                not_run -= _names_in(statement, ast.Store)
            answers.put_back(statement)
    answers.put_back_class()
    return namespace


def _complaint(statement: ast.stmt, error: Exception, not_run: set[str]) -> str:
    """Return the message about a statement that raised an exception.

    ``not_run`` are the names that would be bound by statements that were not run, or that raised an exception. A
    statement that needs one of these has no message, unless it attaches something.
    """
    needs = (_names_in(statement, ast.Load) | {getattr(error, "name", "")}) & not_run
    if not needs:
        return str(Stop.of(error))
    if attaches(statement, ()):
        return f"line {statement.lineno} attaches {', '.join(sorted(needs))}, which only a call in the notebook makes."
    return ""


class _Answers:
    """Keeper of the answers: a later blank or experiment in the notebook does not replace them, as in the grader."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._blank: set[tuple[str, str, int]] = set()
        self._function: Any = None
        self._class: Any = None

    def look_at(self, statement: ast.stmt, file: str) -> None:
        """Note the answers that this statement may replace; it is run next."""
        stubs = [*stub_functions(statement)]
        self._blank |= {(name, file, line) for name, line in stubs}
        name = statement.name if stubs and isinstance(statement, ast.FunctionDef) else ""
        owner = self._namespace.get("Value")
        found = [getattr(owner, name, None), self._namespace.get(name)] if name in METHODS.values() else []
        self._function = next((one for one in found if self._is_real(one)), None)
        if redefines(statement, "Value") and self._written(owner):
            self._class = self._class or owner

    def put_back(self, statement: ast.stmt) -> None:
        """Put an answer back that a blank function has just replaced."""
        if self._function is not None and isinstance(statement, ast.FunctionDef):
            self._namespace[statement.name] = self._function

    def put_back_class(self) -> None:
        """Put the class with the answers back if the class that replaced it earns no more points."""
        if self._class is not None:
            last, after = self._namespace.get("Value"), self._points()
            self._namespace["Value"] = self._class
            if after > self._points():
                self._namespace["Value"] = last

    def _points(self) -> int:
        checked = [check_in(self._namespace, question) for question in METHODS]
        return sum(points_of(result.outcomes)[0] for result in checked)

    def _written(self, owner: Any) -> set[str]:
        return {name for name in METHODS.values() if self._is_real(getattr(owner, name, None))}

    def _is_real(self, function: Any) -> bool:
        if not isinstance(function, FunctionType):
            return False
        code = function.__code__
        return (code.co_name, code.co_filename, code.co_firstlineno) not in self._blank


def _is_quick(statement: ast.stmt, attaching: set[str]) -> bool:
    """Tell if a statement defines or attaches something, or assigns without a call.

    Statements with other calls are left out, since they may train for minutes. Functions that attach something are
    added to ``attaching``.
    """
    if attaches(statement, attaching):
        if isinstance(statement, ast.FunctionDef):
            attaching.add(statement.name)
        return True
    calls = any(isinstance(part, ast.Call) for part in ast.walk(statement))
    return is_definition(statement, HARMLESS) or (isinstance(statement, (ast.Assign, ast.AnnAssign)) and not calls)
