"""Imports run one way, and the worker never reaches an answer."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "autograder"
MODULES = {path.stem: path for path in PACKAGE.glob("*.py")}

ORDER = ["records", "probes", "reference", "rubric", "feedback", "grading"]
"""Each may import those before it, never those after it."""
SECRET = {
    "reference",
    "trajectory",
    "faults",
    "rubric",
    "feedback",
    "misconceptions",
    "config",
    "provided",
    "grading",
    "training",
    "answers",
    "operator_checks",
}
"""What knows an answer, or leads to one."""
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
import autograder, autograder.classroom
for package in (autograder, autograder.classroom):
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name.split(".")[-1] not in ("__main__", "worker", "otter_plugin"):  # programs, and otter's
            __import__(module.name)
"""


def _imports(module: str) -> set[str]:
    """The package's modules that ``module`` imports, anywhere in its text."""
    return {name.split(".")[1] for name in _imported_names(module) if name.startswith("autograder.")} & set(MODULES)


def _imported_names(module: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _reach(module: str) -> set[str]:
    reached, todo = {module}, [module]
    while todo:
        new = _imports(todo.pop()) - reached
        reached |= new
        todo.extend(new)
    return reached


def test_the_worker_never_reaches_what_knows_an_answer() -> None:
    assert "probes" in _reach("worker")
    assert not _reach("worker") & SECRET


@pytest.mark.parametrize("earlier, later", [(a, b) for k, a in enumerate(ORDER) for b in ORDER[k + 1 :]])
def test_an_arrow_never_points_back(earlier: str, later: str) -> None:
    assert later not in _reach(earlier)


def test_no_module_imports_itself_through_others() -> None:
    for module in MODULES:
        assert all(module not in _reach(imported) for imported in _imports(module))


def test_nothing_imports_the_solutions() -> None:
    assert not [module for module in MODULES if any(n.split(".")[0] == "solutions" for n in _imported_names(module))]


def test_grading_needs_nothing_that_the_container_lacks() -> None:
    for module in _reach("grading"):
        assert not {name.split(".")[0] for name in _imported_names(module)} & HEAVY


def test_only_the_command_line_prints_or_exits() -> None:
    for module, path in MODULES.items():
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert module == "__main__" or not calls & {"print", "exit", "quit"}, module


@pytest.mark.skipif(sys.platform == "win32", reason="there it is imported by every test")
def test_every_module_can_be_imported_where_there_is_no_posix() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_POSIX], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
