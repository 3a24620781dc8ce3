"""Rooms: what each may import, that imports run one way, and that the worker never reaches an answer."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from specimens import ROOT

from autograder.classroom.result_store import deciding

PACKAGE = ROOT / "autograder"
NOT_OURS_TO_IMPORT = ("autograder.autodiff.release.", "autograder.authoring.container.")
"""Files that become a part of something else: of the student's release, or of the zip for Gradescope."""

VALUES = {"vocabulary", "settings", "plain_words"}
BELOW_GRADING = {*VALUES, "wire", "sandbox", "intake"}
ABOVE = {*BELOW_GRADING, "grading", "assignment"}
MAY_IMPORT: dict[str, set[str]] = {
    "": set(),
    "vocabulary": set(),
    "settings": {"plain_words", "settings_file"},
    "settings_file": set(),
    "plain_words": set(),
    "assignment": {"autodiff"},
    "wire": VALUES,
    "autodiff.probes": {"vocabulary"},
    "autodiff": {"vocabulary", "autodiff.probes"},
    "worker": {*VALUES, "wire"},
    "sandbox": {*VALUES, "wire"},
    "intake": {*VALUES, "wire"},
    "grading": BELOW_GRADING,
    "outlets": {*BELOW_GRADING, "grading"},
    "classroom": ABOVE,
    "authoring": ABOVE,
    "__main__": {*ABOVE, "outlets", "classroom", "authoring"},
}
"""Room (or module at the top) -> the rooms that it may import beside itself. What is not listed is forbidden."""

HEAVY = {"otter", "jupytext", "nbconvert", "nbformat", "matplotlib", "pandas"}
"""What grading one notebook must not load: it is not installed in the container."""

WITHOUT_POSIX = """
import asyncio, concurrent.futures.process, multiprocessing.pool, os, pkgutil, signal, subprocess, sys, types
import nbclient, nbformat, jupytext, psutil  # made for the real platform, and imported for it
sys.modules.update(dict.fromkeys(["fcntl", "grp", "pwd", "resource", "termios"]), msvcrt=types.ModuleType("msvcrt"))
for module, names in {
    os: "fork geteuid getuid sched_getaffinity sched_setaffinity setpgid killpg chown fchmod O_NOFOLLOW O_NONBLOCK",
    signal: "pthread_sigmask setitimer SIGALRM SIGKILL",
}.items():
    for name in names.split():
        delattr(module, name)
sys.platform = "win32"
for name in sys.argv[1:]:
    __import__(name)
"""
PROGRAMS = {"autograder.__main__", "autograder.worker.main", "autograder.outlets.otter_plugin"}
"""Modules that run when they are imported, and one that needs otter."""


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    name: path for path in sorted(PACKAGE.rglob("*.py")) if not (name := _name(path)).startswith(NOT_OURS_TO_IMPORT)
}


def room_of(module: str) -> str:
    """The room that a module stands in; a module at the top is one of its own."""
    _, *parts = module.split(".")
    return ".".join(parts[: 2 if parts[:2] == ["autodiff", "probes"] else 1])


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def _imported_names(module: str) -> set[str]:
    """The modules that a module imports anywhere in its text, and the names that it takes from them."""
    names: set[str] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@cache
def imports_of(module: str) -> frozenset[str]:
    """The package's own modules that a module imports."""
    return frozenset(_imported_names(module) & MODULES.keys())


def reach(module: str) -> set[str]:
    """A module with all that it imports, directly or not."""
    reached, todo = {module}, [module]
    while todo:
        new = imports_of(todo.pop()) - reached
        reached |= new
        todo.extend(new)
    return reached


def _forbidden() -> Iterator[tuple[str, str]]:
    for module in MODULES:
        for imported in imports_of(module):
            packages = imported != "autograder" and room_of(imported) != room_of(module)
            if packages and room_of(imported) not in MAY_IMPORT[room_of(module)]:
                yield module, imported


def test_every_module_stands_in_a_room_that_has_a_rule() -> None:
    assert {room_of(module) for module in MODULES} == set(MAY_IMPORT)


def test_no_room_imports_another_one_unless_it_may() -> None:
    assert list(_forbidden()) == []


def test_an_import_that_is_not_allowed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MAY_IMPORT, "grading", BELOW_GRADING - {"sandbox"})
    assert ("autograder.grading.pipeline", "autograder.sandbox.sandbox") in list(_forbidden())


def test_the_process_that_runs_student_code_holds_no_answer() -> None:
    program = (
        "import sys; from autograder.worker import main; from autograder.autodiff.probes import by_name;"
        "print(*sorted(name for name in sys.modules if name.startswith('autograder.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent, check=True
    )
    rooms = {room_of(module) for module in done.stdout.split()}
    assert rooms == {"worker", "wire", "vocabulary", "autodiff", "autodiff.probes"}
    assert [module for module in done.stdout.split() if room_of(module) == "autodiff"] == ["autograder.autodiff"]


WORDS = re.compile(r"\b(?:mul|pow|relu|Value|houses?|loss|losses|__mul__|__pow__)\b")
"""What only this assignment is about."""
OF_PYTHON = {"wire/literals.py": {"mul", "pow"}}
"""Functions of the standard library of that name."""


def test_only_its_own_room_speaks_of_the_assignment() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE).as_posix()
        if path.is_file() and path.suffix != ".pyc" and not name.startswith("autodiff/") and path.suffix != ".lock":
            words = set(WORDS.findall(path.read_text(encoding="utf-8"))) - OF_PYTHON.get(name, set())
            found |= {name: words} if words else {}
    assert found == {}


def test_one_module_alone_says_which_assignment_it_is() -> None:
    inside = [module for module in MODULES if room_of(module).startswith("autodiff")]
    users = {module for module in MODULES if module not in inside and imports_of(module) & {*inside}}
    assert users == {"autograder.assignment"}


def test_results_are_kept_for_as_long_as_nothing_changes_that_decides_a_score() -> None:
    roots = (
        "grading.pipeline",
        "assignment",
        "worker.main",
        "intake.reader",
        "autodiff.probes.by_name",
        "grading.account",
    )
    decide = set().union(*(reach(f"autograder.{root}") for root in roots))
    of_rooms = {module for module in MODULES if MODULES[module].name == "__init__.py"}
    assert {_name(path) for path in deciding()} - of_rooms == decide - of_rooms


def test_a_room_says_what_it_is_for_and_hands_nothing_on() -> None:
    for module, path in MODULES.items():
        if path.name == "__init__.py":
            assert [type(node) for node in _tree(module).body] == [ast.Expr], module


def test_no_module_imports_itself_through_others() -> None:
    for module in MODULES:
        assert all(module not in reach(imported) for imported in imports_of(module)), module


def test_nothing_imports_the_solutions() -> None:
    assert not [module for module in MODULES if any(n.split(".")[0] == "solutions" for n in _imported_names(module))]


def test_grading_needs_nothing_that_the_container_lacks() -> None:
    for module in reach("autograder.grading.pipeline"):
        assert not {name.split(".")[0] for name in _imported_names(module)} & HEAVY, module


def test_only_the_command_line_prints_or_exits() -> None:
    for module in MODULES:
        calls = {
            node.func.id
            for node in ast.walk(_tree(module))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert module == "autograder.__main__" or not calls & {"print", "exit", "quit"}, module


@pytest.mark.skipif(sys.platform == "win32", reason="there it is imported by every test")
def test_every_module_can_be_imported_where_there_is_no_posix() -> None:
    names = sorted(MODULES.keys() - PROGRAMS)
    done = subprocess.run([sys.executable, "-c", WITHOUT_POSIX, *names], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
