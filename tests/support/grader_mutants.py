"""Changes the grader in one place at a time, and lists the changes that no test notices.

``python tests/support/grader_mutants.py`` takes some hours and prints each mutant with the test that kills it, or
``SURVIVED``. Those that ``grader_survivors.py`` explains are not run. ``--only wire/literals`` looks at one module,
``--most 2000`` at nearly all mutants. ``--idle --only classroom`` asks the other way round: which tests in the file of
a module fail for none of its mutants?
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import grader_survivors
import pytest
from specimens import ROOT

ROOMS = ("grading", "sandbox", "wire", "autodiff/sealed")
"""Rooms that judge or hold the wall."""
HOSTILE = "tests/end_to_end/test_hostile.py"
TESTS = {
    "grading": ("tests/grading",),
    "sandbox": ("tests/sandbox", "tests/worker", HOSTILE),
    "wire": ("tests/wire", "tests/worker", "tests/intake/test_submission.py", "tests/autodiff/release", HOSTILE),
    "autodiff/sealed": ("tests/autodiff", "tests/grading"),
}
"""Tests of each room, the quickest first. Those of all rooms follow."""
OF_ALL = ("tests/end_to_end/test_mutants.py", "tests/end_to_end/test_gallery.py")
LEFT_OUT = ("sandbox/cleanup",)
"""Modules that are not changed: a mutant may end the processes of others, and remove their files, outside the copy.

Fifteen of ``sandbox/cleanup`` were tried by hand, in namespaces of their own for processes and for mounts.
"""
ATTACKED = ("sandbox", "worker")
"""Rooms whose tests are attacks. After a first failure they must not go on, against a wall that may be broken."""
SAMPLE = 240
"""Size of the sample, over all modules."""
SEED = 17
Operators = dict[type[Any], type[Any]]

MOST_SECONDS = 900
"""Maximum time of the tests of one mutant, in seconds of wall time. A mutant that makes them last longer is killed."""
IDLE_SECONDS = 120
"""The same for one module's own tests, when those are looked for that never fail. Such a mutant is passed over."""
COMPARISONS: Operators = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
NEGATIONS: Operators = {ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In}
ARITHMETIC: Operators = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
}
SETS: Operators = {ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}


@dataclass(frozen=True)
class GraderMutant:
    """One module of the grader with one change; ``line`` is where, from 1."""

    module: str
    line: int
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        """Module and change. The line is left out, since it moves when others do."""
        return f"{self.module}: {self.before} → {self.after}"


def module_name(path: Path) -> str:
    """Return the name of a module of the package, with its room."""
    return path.relative_to(ROOT / "autograder").with_suffix("").as_posix()


def module_path(module: str) -> Path:
    """Return where a module of that name, with its room, is in the package."""
    return ROOT / "autograder" / f"{module}.py"


def tests_of(module: str) -> str:
    """Return the module's own file of tests, from the root of the repository, or "" if it has none."""
    room, name = module.rsplit("/", 1)
    file = f"tests/{room}/test_{name}.py"
    return file if (ROOT / file).is_file() else ""


def mutants_of(module: Path) -> Iterator[GraderMutant]:
    """Yield all mutants of a module."""
    source = module.read_text(encoding="utf-8")
    name = module_name(module)
    for node in _code(ast.parse(source)):
        for variant in _variants(node):
            changed = _replaced(source, node, variant)
            yield GraderMutant(name, node.lineno, _shown(ast.unparse(node)), _shown(variant), changed)


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:60]} … {line[-37:]}"


def _code(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Yield the expressions and statements that run; annotations, decorators, imports and texts are left out."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, (ast.Import, ast.ImportFrom, ast.JoinedStr)) or _is_for_types(child):
                continue
            if isinstance(child, (ast.expr, ast.stmt)):
                yield child
            if isinstance(child, ast.AST):
                yield from _code(child)


def _is_for_types(node: object) -> bool:
    """Tell whether a statement is for the type checker or the command line alone: a block, or the name of a type."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and isinstance(node.targets[0], ast.Name):
        name = node.targets[0].id.lstrip("_")
        return name[0].isupper() and not name.isupper()
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'")


def _variants(node: ast.AST) -> Iterator[str]:
    """Yield what may stand in the place of ``node``, as source."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for table in (COMPARISONS, NEGATIONS):
            if other := table.get(type(node.ops[0])):
                yield ast.unparse(ast.Compare(node.left, [other()], node.comparators))
    elif isinstance(node, ast.BoolOp):
        yield ast.unparse(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
        yield from (ast.unparse(ast.BoolOp(node.op, [v for v in node.values if v is not left])) for left in node.values)
    elif isinstance(node, ast.BinOp):
        for operators in (ARITHMETIC, SETS):
            if other := operators.get(type(node.op)):
                yield ast.unparse(ast.BinOp(node.left, other(), node.right))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield ast.unparse(node.operand)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield str(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        yield repr(node.value + 1)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield "return None"
    elif isinstance(node, (ast.Assign, ast.AugAssign, ast.Raise, ast.Break, ast.Continue, ast.Delete)) or (
        isinstance(node, ast.Expr) and not isinstance(node.value, (ast.Constant, ast.Yield, ast.YieldFrom))
    ):
        yield "pass"
    if isinstance(node, ast.IfExp):
        yield f"({ast.unparse(node.body)})"
        yield f"({ast.unparse(node.orelse)})"


def _replaced(source: str, node: ast.expr | ast.stmt, text: str) -> str:
    """Return ``source`` with ``text`` in the place of ``node``, in brackets where it is an expression."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    assert node.end_lineno is not None and node.end_col_offset is not None
    begin, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
    new = f"({text})" if isinstance(node, ast.expr) else text
    data = source.encode()
    return (data[:begin] + new.encode() + data[end:]).decode()


def sample(only: str = "", most: int = SAMPLE) -> list[GraderMutant]:
    """Return a sample over all modules, the same at every run: each module has its share, and two at least."""
    chosen: list[GraderMutant] = []
    paths = [path for room in ROOMS for path in sorted((ROOT / "autograder" / room).glob("*.py"))]
    everything = {path: distinct(path) for path in paths if module_name(path) not in LEFT_OUT}
    total = sum(map(len, everything.values()))
    for path, found in everything.items():
        if only and only not in path.as_posix():
            continue
        share = max(2, round(most * len(found) / total))
        draw = random.Random(f"{SEED} {path.name}")
        chosen += sorted(draw.sample(found, min(share, len(found))), key=lambda mutant: mutant.line)
    return chosen


@cache
def distinct(path: Path) -> list[GraderMutant]:
    """Return the mutants of a module; of those that are called the same, the first."""
    return list({mutant.name: mutant for mutant in reversed(list(mutants_of(path)))}.values())[::-1]


# --- running them -------------------------------------------------------------------------------------------------


class Copy:
    """A copy of the repository in which the tests run."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)  # ordinary users have tests too
        self.root = folder / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "dist", "build", "__pycache__", ".*_cache", ".hypothesis")
        shutil.copytree(ROOT, self.root, ignore=ignored, symlinks=True)
        self._time = 1_000_000_000

    def write(self, module: str, source: str) -> None:
        """Write a module. Its time differs at every call, so that no compiled file of another mutant passes for it."""
        path = self.root / "autograder" / f"{module}.py"
        path.write_text(source, encoding="utf-8")
        self._time += 10
        os.utime(path, (self._time, self._time))

    @contextmanager
    def _changed(self, mutant: GraderMutant) -> Iterator[None]:
        """Put the mutant in the place of its module, for the time of a ``with``."""
        self.write(mutant.module, mutant.source)
        try:
            yield
        finally:
            self.write(mutant.module, module_path(mutant.module).read_text(encoding="utf-8"))

    def killed_by(self, mutant: GraderMutant) -> str:
        """Return the first test that fails, ``time`` if the tests last too long, or "" if all pass."""
        with self._changed(mutant):
            return next(filter(None, map(self.first_failure, self._stages(mutant.module))), "")

    def broken_by_itself(self, modules: Iterable[str]) -> str:
        """Return the first test that fails for these modules as they are: it would seem to kill every mutant."""
        stages = dict.fromkeys(tuple(files) for module in modules for files in self._stages(module))
        return next(filter(None, map(self.first_failure, stages)), "")

    def _stages(self, module: str) -> Iterator[list[str]]:
        """Yield the tests by what they cost: those of the module's name, the short ones of its room, the others."""
        if own := tests_of(module):
            yield [own]
        room = module.rsplit("/", 1)[0]
        for length in ("not long", "long") if TESTS[room] else ():
            yield ["-m", length, *TESTS[room]]
        for files in OF_ALL:
            yield [files]

    def first_failure(self, files: Sequence[str]) -> str:
        """Run the tests in ``files``, up to the first that fails, and return its name; options may stand before."""
        try:
            code, printed = self._run(["-x", "-p", "no:cacheprovider", *files], MOST_SECONDS)
        except subprocess.TimeoutExpired:
            return "time"
        if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return ""
        failed = [line.split()[1] for line in printed.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return failed[0] if failed else f"ended with {code}"

    def idle(self, module: str, file: str) -> list[str]:
        """Return the tests in ``file`` that fail for no mutant of the module. One that has failed is not run again.

        pytest keeps account of both: its cache lists all tests, and those that failed when they last ran.
        """
        cache = self.root / "cache"
        shutil.rmtree(cache, ignore_errors=True)

        def listed(kind: str) -> set[str]:
            found = cache / "v" / "cache" / kind
            return set(json.loads(found.read_text(encoding="utf-8"))) if found.is_file() else set()

        self._run(["-o", f"cache_dir={cache}", file], MOST_SECONDS)
        for mutant in distinct(module_path(module)):
            if left := listed("nodeids") - listed("lastfailed"):
                with self._changed(mutant), suppress(subprocess.TimeoutExpired):
                    self._run(["-o", f"cache_dir={cache}", *sorted(left)], IDLE_SECONDS)
        return sorted(listed("nodeids") - listed("lastfailed"))

    def _run(self, arguments: Iterable[str], seconds: float) -> tuple[int, str]:
        """Run pytest in the copy, in one process, and return its exit status and what it printed.

        Raises ``subprocess.TimeoutExpired`` after so many ``seconds``; then nothing of it is left.
        """
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "--tb=no", *arguments]
        paths = os.pathsep.join(str(self.root / folder) for folder in ("", "tests/support", "tests"))
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
        with subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, start_new_session=True,
        ) as process:  # fmt: skip
            try:
                printed = process.communicate(timeout=seconds)[0]
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return process.returncode, printed


def own_tests(only: str) -> Iterator[tuple[str, str]]:
    """Yield each module outside ``ATTACKED`` whose path holds ``only``, with its own file of tests where it has one."""
    for path in sorted((ROOT / "autograder").glob("*/*.py")):
        file = tests_of(module_name(path))
        if file and only in path.as_posix() and path.parent.name not in ATTACKED:
            yield module_name(path), file


def main() -> int:
    """Run the sample and print each mutant with the test that kills it.

    Returns 1 if one survived, and 2 if a test fails without any.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="part of the module's path")
    parser.add_argument("--most", type=int, default=SAMPLE, help="size of the sample over all modules")
    parser.add_argument(
        "--idle", action="store_true", help="list the tests that fail for no mutant of their own module"
    )
    arguments = parser.parse_args()
    survived = False
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        if arguments.idle:
            for module, file in own_tests(arguments.only):
                print(module, *copy.idle(module, file), sep="\n    ", flush=True)
            return 0
        chosen = sample(arguments.only, arguments.most)
        if broken := copy.broken_by_itself(mutant.module for mutant in chosen):
            print(f"Nothing can be told: {broken} fails for the grader as it is", flush=True)
            return 2
        for number, mutant in enumerate(chosen, 1):
            explained = grader_survivors.NAMES.get(mutant.name, "")
            found = f"explained: {explained}" if explained else copy.killed_by(mutant) or "SURVIVED"
            print(f"{number}/{len(chosen)} {mutant.line} {mutant.name} | {found}", flush=True)
            survived |= found == "SURVIVED"
    return int(survived)


if __name__ == "__main__":
    sys.exit(main())
