"""Nothing on the trusted side takes more than linear time for what a student hands in: work is counted, not timed.

Every regular expression of the package is found in its source. Each either meets text that students decide, and then
its steps are counted on texts that are made to be hard for it, or stands in a module that meets none, which says why.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import Any

import pytest
from assigned import MANIFEST
from regex_steps import likely, steps
from specimens import ROOT

from autograder.intake import json_reader, notebook_file
from autograder.intake.json_reader import JsonReader
from autograder.intake.submission import Refused

PACKAGE = ROOT / "autograder"
USES = {"compile", "sub", "subn", "findall", "search", "match", "split", "fullmatch", "finditer"}
SEARCHES = {"sub", "subn", "findall", "search", "split", "finditer"}

FIRST = 64
"""Characters of the smallest text: what an expression does once no longer shows in its work."""

DOUBLED = 3
"""Times that the texts made by hand are doubled."""

GROWTH = 2.2
"""Times the work that twice the text may take: 2 and some room, where the square takes 4."""

SLACK = 200
"""Steps more: twice the text may hold one more of what it is made of."""

NO_STUDENT_TEXT = {
    "authoring.source_file": "reads the course's own source",
    "authoring.build": "builds the release from the course's own source",
    "classroom.staff_page": "reads the course's guide for marking",
    "classroom.overrides": "reads what the course's staff wrote",
    "plain_words": "reads the course's settings, and overrides by its staff",
    "settings_file": "reads the course's settings",
    "authoring.decoding": "unwraps the course's own release, in search of leaks",
    "authoring.leaks": "searches the course's own release",
    "authoring.handout": "builds the release from the course's own source",
    "authoring.hosting": "reads the course's own settings and README",
    "settings": "reads the course's own settings",
    "autodiff.release.self_check.outcomes": "runs in the student's own process, on the student's own time",
    "autodiff.release.self_check.running": "runs in the student's own process, on the student's own time",
    "autodiff.release.drawing": "runs in the student's own process, on the student's own time",
}
"""Modules whose expressions never meet what a student hands in, each with the reason."""

Text = Any
Make = Callable[[int], Text]


@dataclass(frozen=True)
class Hard:
    """Texts of about n characters that are made to be hard for an expression.

    ``how`` it is used, where that is not to be seen in its module; ``most`` is the longest text that it is given, where
    that is what bounds its work, with the reason.
    """

    makes: tuple[Make, ...]
    how: str = ""
    most: int = 0
    because: str = ""


def hard(*makes: Make, how: str = "", most: int = 0, because: str = "") -> Hard:
    return Hard(makes, how, most, because)


ON_DISK = "names of files have 255 bytes at most"

EXPRESSIONS: dict[str, Hard] = {
    "wire.answers._CODE": hard(
        lambda n: "a" * n,
        lambda n: "a, " * (n // 3),
        lambda n: "a" + " " * n,
        lambda n: "a." * (n // 2) + "," + " " * n,
        lambda n: "def " * (n // 4),
        lambda n: "setattr\n" * (n // 8),
    ),
    "wire.answers._FIRST_WORD": hard(lambda n: "\xa0" * n, lambda n: "a" * n),
    "wire.answers._MAGIC_LINE": hard(lambda n: " " * n, lambda n: " \n" * (n // 2), lambda n: " %" * (n // 2)),
    "intake.notebook_file._VERSION": hard(lambda n: "3." + "1" * n, lambda n: "3." * (n // 2)),
    "wire.statements._CLASS": hard(
        lambda n: "class" + ":" * n, lambda n: "class:" + " " * n + "x", lambda n: "class" + ": " * (n // 2) + "x"
    ),
    "wire.statements._INDENT": hard(
        lambda n: "\n" * n, lambda n: "\n" * (n // 2) + " " * (n // 2) + "\n", lambda n: " \n" * n
    ),
    "wire.statements._MAGIC": hard(
        lambda n: " " * n,
        lambda n: " " * (n // 2) + "a, " * (n // 6),
        lambda n: "a" + " " * n,
        lambda n: "a" * n + "?" + " " * n + "x",
        lambda n: "a, b = " + " " * n + "x",
    ),
    "wire.statements._MARK": hard(
        lambda n: "\\" * n,
        lambda n: '"' * n,
        lambda n: "'" * n,
        lambda n: "\\\n" * (n // 2),
        lambda n: "([{" * (n // 3),
    ),
    "worker.safe_values._CELL": hard(lambda n: "<cell " + "1" * n, lambda n: "<cell " * (n // 6), how="fullmatch"),
    "wire.statements._RUNS": hard(
        lambda n: " " * n,
        lambda n: "a, b" * (n // 4) + "= %",
        lambda n: "%time" + " " * n,
        lambda n: "%time " + "-n " * (n // 3),
        lambda n: "%time " + "-n 1 " * (n // 5) + "-",
        lambda n: "%time -" + "1" * n + " " * n,
    ),
    "wire.statements._BEGINS": hard(lambda n: "else" * (n // 4), lambda n: " " * n),
    "classroom.exports._NO_LETTERS": hard(lambda n: "-" * n, lambda n: "-a" * (n // 2)),
    **dict.fromkeys(
        ("classroom.tables._FORMULA", "classroom.tables._GUARDED"),
        hard(
            *(lambda n: ";" * n, lambda n: ";" + " " * n, lambda n: "; " * (n // 2), lambda n: " " * n + "="),
            *(lambda n: "'" * n, lambda n: ";'" * (n // 2), lambda n: "; " + "'" * n + "="),
        ),
    ),
    "classroom.review_reasons._IMPORT": hard(
        lambda n: "\n" * n,
        lambda n: " " * n,
        lambda n: "import " + "a" * n + "!",
        lambda n: "import " + "a." * (n // 2) + "!",
        lambda n: "from " + "a" * n,
        lambda n: "from a" + " " * n,
        lambda n: "from a import" + "\n" * n,
        lambda n: "import\n" * (n // 7),
    ),
    "classroom.review_reasons._MAYBE_CHANGEABLE": hard(lambda n: "global" * (n // 6), lambda n: "rando " * (n // 6)),
    "classroom.naming._EMAIL": hard(
        lambda n: "a" * n,
        lambda n: "a" * (n // 2) + "@" + "b" * (n // 2),
        lambda n: "a@" * (n // 2),
        lambda n: "." * n + "@" + "." * n,
        lambda n: "a@a.a/" * (n // 6),
        lambda n: "a@b.c" + "a" * (n // 2) + "@" + "." * (n // 2),
        lambda n: "a@b.c" + "@..." * (n // 4),
    ),
    "classroom.naming._FILE": hard(
        lambda n: "a" * n,
        lambda n: "." * n,
        lambda n: ".py" * (n // 3) + "_",
        lambda n: ".ipynbx" * (n // 7),
    ),
    "classroom.near_texts._WORDS": hard(lambda n: "a" * n, lambda n: "a " * (n // 2), lambda n: "." * n),
    "classroom.naming._WORD": hard(lambda n: "a" * n, lambda n: "a_" * (n // 2)),
    "classroom.platforms._CANVAS": hard(
        lambda n: "1_" * (n // 2),
        lambda n: "_LATE" * (n // 5),
        lambda n: "_1" * (n // 2),
        lambda n: "_" + "1" * n,
        lambda n: "_anon_" * (n // 6),
        how="fullmatch",
        most=255,
        because=ON_DISK,
    ),
    "classroom.platforms._COPY": hard(lambda n: "-" * n, lambda n: "-1" * (n // 2), lambda n: "-" + "1" * n),
    "classroom.platforms._MOODLE": hard(
        lambda n: "_1_assignsubmission_" * (n // 20),
        lambda n: "a_1" * (n // 3),
        lambda n: "_" + "1" * n,
        how="fullmatch",
        most=255,
        because=ON_DISK,
    ),
    "classroom.platforms._SUFFIXES": hard(
        lambda n: ".py" * (n // 3) + "x", lambda n: "." * n, most=255, because=ON_DISK
    ),
    "classroom.platforms._TIME": hard(
        lambda n: "1" * n,
        lambda n: "2026-01-01 10:00:00." + "1" * n,
        lambda n: "2026-01-01 10:00:00" + " " * n,
        lambda n: "2026-01-01 10:00:00 " * (n // 20),
    ),
    "classroom.result_store._KEY": hard(lambda n: "a" * n, lambda n: "a" * 32 + "-" * n),
    "classroom.unpacking._UNSAFE": hard(lambda n: "?" * n, lambda n: "a" * n),
    "grading.draws._NUMBER": hard(
        lambda n: "1" * n,
        lambda n: "1." * (n // 2),
        lambda n: "1e" * (n // 2),
        lambda n: "1.1e+1111" * (n // 9),
        lambda n: "1." + "1" * n + "e",
    ),
    "outlets.gradescope._LABEL": hard(lambda n: "A" + "a " * (n // 2), lambda n: "Aa:" * (n // 3)),
    "outlets.gradescope._MARKDOWN": hard(lambda n: "*" * n, lambda n: "a" * n),
    "intake.json_reader._BRACKET": hard(lambda n: b"[" * n, lambda n: b"a" * n),
    "intake.json_reader._SCALAR": hard(lambda n: b"9" * n, lambda n: b"9," * (n // 2)),
    "intake.json_reader._SPACE": hard(lambda n: b" " * n, lambda n: b"\n" * n + b"x"),
    "grading.python_errors._QUOTED": hard(lambda n: "'" * n, lambda n: "'" + "a" * n, lambda n: "'a" * (n // 2)),
    "grading.python_errors._NOT_A_NUMBER": hard(
        lambda n: "must be real number, not " * (n // 25), lambda n: "must be real number, not " + "a" * n
    ),
    "intake.notebook_file._COMMENT": hard(lambda n: "#" * n, lambda n: "\n" * n, lambda n: "# \n" * (n // 3)),
    "intake.notebook_file._MARKDOWN": hard(lambda n: "[" * n, lambda n: "[md" * (n // 3)),
    "intake.notebook_file._MARKER": hard(
        lambda n: b"#" * n,
        lambda n: b"\n" * n,
        lambda n: b"\n# %%" * (n // 5),
        lambda n: b"# %%" + b" " * n,
        lambda n: b"\n# %%%" * (n // 6),
    ),
    "intake.notebook_file._TAG": hard(lambda n: "answer:" * (n // 7), lambda n: "answer:" + "a" * n),
    "wire.explanations._explained()": hard(
        lambda n: "choice_1\n" * (n // 9), lambda n: "choice_" * (n // 7), lambda n: "\n" * n, how="search"
    ),
    "wire.explanations._label()": hard(
        lambda n: "*" * n,
        lambda n: "*Your explanation" * (n // 17),
        lambda n: "Your explanation" + "*" * n,
        lambda n: "***Your explanatio" * (n // 18),
        how="search",
    ),
    "wire.explanations._placeholder()": hard(
        lambda n: "*" * n, lambda n: "*Replace this line by one or two sentences" * (n // 42), how="search"
    ),
    "wire.literals._LONE": hard(
        lambda n: "a" + " " * n,
        lambda n: "a " * (n // 2),
        lambda n: "a      and" * (n // 10),
        lambda n: "A." * (n // 2),
        lambda n: "a" + " and" * (n // 4),
    ),
    "wire.literals._OPTION": hard(
        lambda n: "A" + " " * n, lambda n: "A" + "." * n + "x", lambda n: "A" + " ." * (n // 2), lambda n: "A" * n
    ),
    "wire.literals._PREFIX": hard(lambda n: "my option" + " " * n, lambda n: "answer is" + ":=" * (n // 2)),
    "wire.literals._REASON": hard(
        lambda n: "A" + " " * n,
        lambda n: "A" + "-" * n,
        lambda n: "A" + " ," * (n // 2),
        lambda n: "A" + " -" * (n // 2),
    ),
    "wire.literals._SENTENCE_END": hard(lambda n: "." * n, lambda n: ". " * (n // 2), how="search"),
    "wire.preload._DOTTED": hard(lambda n: "a" * n, lambda n: "a." * (n // 2), lambda n: "." * n),
    "wire.preload._IMPORTED": hard(
        lambda n: "import\n" * (n // 7), lambda n: "import" + "\n" * n, lambda n: "from " * (n // 5)
    ),
    "wire.preload._STAR": hard(
        lambda n: "numpy import" + " " * n,
        lambda n: "numpy" + " " * n,
        lambda n: "numpy import(" + " " * n,
        lambda n: "numpy import " * (n // 13),
    ),
    "wire.preload._WORD": hard(lambda n: "a" * n, lambda n: "a " * (n // 2)),
    "wire.printable._ESCAPE": hard(
        lambda n: "\x1b" * n,
        lambda n: "\x1b]" * (n // 2),
        lambda n: "\x1b]" + "a" * n,
        lambda n: "\x1b[" + "0" * (n // 2) + " " * (n // 2),
    ),
    "wire.messages._NAME": hard(lambda n: "a" * n, lambda n: "a" * 80 + "\n" * n),
    "wire.messages._TAG": hard(lambda n: "a" * n, lambda n: "*" * 80 + "\n" * n),
}
"""Module and name of each expression that meets what a student hands in, with what is hard for it."""

MOST_STEPS = 200_000
"""Steps that an expression may take on the longest text that it is given: a twentieth of a second at most."""


# Every expression is listed


@dataclass(frozen=True)
class Use:
    module: str
    line: int
    name: str
    """The constant that an expression is compiled to at the top of its module, or the function that returns it for an
    assignment, which ends in brackets; empty anywhere else."""


@cache
def modules() -> dict[str, ast.Module]:
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def uses(module: str, tree: ast.Module) -> Iterator[Use]:
    """Every call of a function of ``re`` in a module."""
    names = {
        id(node.value): node.targets[0].id
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    } | {
        id(node.body[-1].value): f"{node.name}()"
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_of_re(node.func):
            is_compiled = isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
            yield Use(module, node.lineno, names.get(id(node), "") if is_compiled else "")


def _is_of_re(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
        and node.attr in USES
    )


@cache
def found() -> list[Use]:
    return [use for module, tree in modules().items() for use in uses(module, tree)]


def meeting() -> list[Use]:
    """Those that meet what a student hands in."""
    return [use for use in found() if use.module not in NO_STUDENT_TEXT]


def test_expressions_come_from_re_under_its_own_name() -> None:
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in ("re", "fnmatch"), module
            if isinstance(node, ast.Import):
                assert all(alias.asname is None for alias in node.names if alias.name == "re"), module
                assert all(alias.name != "fnmatch" for alias in node.names), module


def test_every_expression_that_meets_student_text_is_a_constant_with_a_name() -> None:
    assert [f"{use.module}, line {use.line}" for use in meeting() if not use.name] == []


def test_every_expression_that_meets_student_text_is_listed() -> None:
    assert sorted(f"{use.module}.{use.name}" for use in meeting() if use.name) == sorted(EXPRESSIONS)


def test_a_module_is_called_free_of_student_text_only_where_it_has_expressions() -> None:
    assert set(NO_STUDENT_TEXT) - {use.module for use in found()} <= {"authoring.build", "autodiff.release.drawing"}


def test_an_expression_that_is_not_listed_is_found() -> None:
    tree = ast.parse("import re\n_NEW = re.compile('a')\ndef f(text):\n    return re.sub('b', '', text)")
    assert [use.name for use in uses("new", tree)] == ["_NEW", ""]


# Every expression is linear

OF_THIS_ASSIGNMENT: dict[str, object] = {
    "wire.explanations._explained()": MANIFEST.named("letter"),
    "wire.explanations._label()": MANIFEST.blank,
    "wire.explanations._placeholder()": MANIFEST.blank,
}
"""What an expression that depends on the assignment is made from."""


def expression(name: str) -> re.Pattern[Any]:
    module, _, constant = name.rpartition(".")
    pattern = getattr(importlib.import_module(f"autograder.{module}"), constant.removesuffix("()"))
    if constant.endswith("()"):
        pattern = pattern(OF_THIS_ASSIGNMENT[name])
    assert isinstance(pattern, re.Pattern)
    return pattern


def how_used(name: str) -> set[str]:
    """How an expression is used in its module: searched for, or matched at the beginning or as a whole."""
    module, _, constant = name.rpartition(".")
    methods = {
        node.attr
        for node in ast.walk(modules()[module])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == constant
    }
    given = {EXPRESSIONS[name].how} - {""}
    return {"search" if method in SEARCHES else method for method in methods & USES} | given


def grows(pattern: re.Pattern[Any], make: Make, how: str, doubled: int = DOUBLED) -> list[int]:
    """The steps for texts of sizes that double."""
    return [steps(pattern, make(FIRST << times), how) for times in range(doubled + 1)]


def is_linear(counted: list[int]) -> bool:
    return all(counted[at + 1] <= GROWTH * counted[at] + SLACK for at in range(len(counted) - 1))


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_takes_linear_work(name: str) -> None:
    pattern, listed = expression(name), EXPRESSIONS[name]
    ways = how_used(name)
    assert ways, f"say how {name} is used"
    for how in ways:
        for number, make in enumerate((*listed.makes, *likely(pattern))):
            if listed.most:
                text = make(listed.most)[: listed.most]
                assert steps(pattern, text, how) <= MOST_STEPS, f"{name}, {how}: text {number}, {text[:40]!r}"
                continue
            doubled = DOUBLED if number < len(listed.makes) else 1  # of those that are made there are many
            counted = grows(pattern, make, how, doubled=doubled)
            assert is_linear(counted), f"{name}, {how}: text {number}, {make(40)!r}: {counted}"


OLD: dict[str, tuple[re.Pattern[Any], Make, str]] = {
    "outputs": (
        re.compile(rb'(?P<opening>[\[{]+)|(?P<closing>[\]}]+)|(?:[^"\[\]{}]*"[^"]*"){1,1000}'),
        lambda n: b"1.5, " * (n // 5),
        "search",
    ),
    "labels": (re.compile(r"\**Your explanation:?\**:?", re.IGNORECASE), lambda n: "*" * n, "search"),
    "magics": (
        re.compile(r"(?P<indent>\s*)(?:[%!?]|[\w, ]+=\s*[%!]|[\w.%]+\?{1,2}\s*$)"),
        lambda n: " " * n,
        "match",
    ),
    "imports": (
        re.compile(r"^\s*(?:import\s+(\w+)[\w., ]*|from\s+(\w+)[\w.]*\s+import\s.*)$", re.MULTILINE),
        lambda n: "import " + "a" * n + "!",
        "search",
    ),
    "stars": (re.compile(r"\bnumpy\s+import\s*\(?\s*\*"), lambda n: "numpy import" + " " * n, "search"),
    "addresses": (re.compile(r"[^\s@]+@[^\s@]+\.\w+"), lambda n: "a" * n, "search"),
}
"""Expressions that once stood in the package and took the square of what they were given."""


@pytest.mark.parametrize("name", OLD)
def test_the_expressions_of_old_are_found_out(name: str) -> None:
    pattern, make, how = OLD[name]
    assert not is_linear(grows(pattern, make, how, doubled=1))
    assert any(not is_linear(grows(pattern, text, how, doubled=1)) for text in likely(pattern))


# The reader of notebooks is linear

CELL = b'{"cells": [{"cell_type": "code", "source": "x = 1", "outputs": '
SOURCE = b'{"cells": [{"cell_type": "code", "source": ['
TAGS = b'{"cells": [{"metadata": {"tags": ['


def filled(unit: bytes, start: bytes = b"", end: bytes = b"") -> Make:
    return lambda n: start + unit * (n // len(unit)) + end


FILES: dict[str, Make] = {
    "empty lists": filled(b"[],", b"[", b"[]]"),
    "empty lists in outputs": filled(b"[],", CELL + b"[", b"[]]}]}"),
    "empty objects in metadata": filled(b"{},", b'{"metadata": [', b'{}], "cells": []}'),
    "lines of one letter": filled(b'"x",', SOURCE, b'""]}]}'),
    "lines of escapes": filled(rb'"\"\\\u00e4",', SOURCE, b'""]}]}'),
    "tags": filled(b'"",', TAGS, b'""]}}]}'),
    "keys": filled(b'"": 1,', b"{", b'"": 1}'),
    "keys of a cell": filled(b'"source": "",', b'{"cells": [{', b'"": 1}]}'),
    "cells that are empty": filled(b"{},", b'{"cells": [', b"{}]}"),
    "wire.cells": filled(b'{"cell_type": "code", "source": "x"},', b'{"cells": [', b"{}]}"),
    "worksheets": filled(b'{"cells": [{}]},', b'{"worksheets": [', b"{}]}"),
    "quotes": filled(b'"'),
    "quotes in outputs": filled(b'"', CELL + b"["),
    "backslashes": filled(b"\\", CELL + b'"'),
    "escaped quotes": filled(b'\\"', CELL + b'"'),
    "escaped quotes in a source": filled(b'\\"', SOURCE + b'"', b'"]}]}'),
    "strings that end in a backslash": filled(rb'"\\",', CELL + b"[", b'""]}]}'),
    "brackets that open": filled(b"[", CELL),
    "brackets that close": filled(b"]", CELL + b"["),
    "brackets in turn": filled(b"[]", CELL + b"["),
    "braces": filled(b'{"a":', CELL),
    "blanks": filled(b" ", CELL),
    "numbers": filled(b"1.5, ", CELL + b"[", b"1]}]}"),
    "a number": filled(b"9", b'{"a": ', b', "cells": []}'),
    "a broken byte in each line": filled(b'"\xe4",', SOURCE, b'""]}]}'),
    "UTF-16": lambda n: b"\xff\xfe" + ("[],".encode("utf-16-le")) * (n // 6),
    "UTF-32": lambda n: "\ufeff".encode("utf-32-le") + "[],".encode("utf-32-le") * (n // 12),
    "random bytes": lambda n: CELL + bytes((i * i * 7 + i // 3) % 256 for i in range(n)),
}
SCRIPTS: dict[str, Make] = {
    "markers": filled(b"# %%\n"),
    "markers of markdown": filled(b"# %% [markdown]\n# x\n"),
    "blank lines": filled(b"\n"),
    "asterisks": filled(b"*"),
    "hashes": filled(b"#"),
    "a long marker": filled(b"answer:", b"# %% "),
    "old newlines": filled(b"\r# %%"),
    "broken bytes": filled(b"# %%\n\xe4\n"),
}


SIZES = (8_000, 16_000)
"""Bytes of the files."""

MOST_CELLS = 300
"""Number of cells that are read here: fewer than the larger of the files of cells has."""


@pytest.fixture(autouse=True)
def _fewer_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook_file, "MAX_CELLS", MOST_CELLS)


class Counted(bytes):
    """A file that counts the bytes that are cut out of it: all that is done at C speed is done to those."""

    cut = 0

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        self.cut += len(part) if isinstance(part, bytes) else 1
        return part


def work(read: Callable[[bytes], object], data: bytes) -> int:
    """The bytes that are cut out of a file to be looked at, and the lines of ours that are run for it."""
    lines = 0
    own = {json_reader.__file__, notebook_file.__file__}

    def call(frame: FrameType, event: str, argument: object) -> Any:
        return line if frame.f_code.co_filename in own else None

    def line(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return line

    counted, before = Counted(data), sys.gettrace()
    sys.settrace(call)
    try:
        read(counted)
    except Refused:
        pass
    finally:
        sys.settrace(before)
    return counted.cut + lines


@pytest.mark.parametrize("name", FILES)
def test_reading_a_notebook_takes_linear_work(name: str) -> None:
    counted = [work(notebook_file.read_notebook, FILES[name](n)) for n in SIZES]
    assert is_linear(counted), counted


@pytest.mark.parametrize("name", SCRIPTS)
def test_reading_a_script_takes_linear_work(name: str) -> None:
    counted = [work(notebook_file.read_percent, SCRIPTS[name](n)) for n in SIZES]
    assert is_linear(counted), counted


@pytest.mark.parametrize("size", [2, 20, 1000, 30_000, 200_000])
def test_passing_over_a_value_costs_what_the_value_is_long(size: int) -> None:
    """However much follows it: many small values in a large file are cheap."""
    data = b'["' + b"[" * size + b'"' + b", 1" * 10 + b"]" + b" " * 10**6
    assert work(lambda data: JsonReader(data).skip(), data) <= 6 * size + 1000


def test_a_reader_that_begins_again_is_found_out() -> None:
    def quadratic(data: bytes) -> None:
        for at in range(0, len(data), 100):
            data[at:].count(b"[")

    assert not is_linear([work(quadratic, b"[" * n) for n in (8_000, 16_000, 32_000)])
