"""A cell that cannot be read as a whole keeps every statement that can."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from autograder.wire import statements
from autograder.wire.statements import LeftOut, beginning, readable

DEFINITION = "def f():\n    return 1\n\n\nsetattr(C, 'f', f)"


def kept(source: str) -> list[str]:
    return [ast.unparse(node) for node in readable(source, "cell").statements]


def left_out(source: str) -> list[tuple[int, int]]:
    return [(one.first, one.last) for one in readable(source, "cell").left_out]


@pytest.mark.parametrize(
    "below",
    [
        "print f()",
        "print f()\n x = 3",
        "it works for 2, not yet for 3?",
        "a = f(",
        "a = [f(),\n",
        "b = f(1))",
        'text = """never closed\nx = 1',
        "x = 'never closed",
        "for x in range(3)\n    print(x)",
        "while True:",
        "if f() = 1:\n    pass\nelse:\n    pass",
        "\tx = 1\n        y = 2",
        "1x = 3",
        "print(“curly”)",
        "class",
        "@",
        "$ pip install a",
        "(" * 1000 + ")" * 1000,
    ],
)
def test_a_definition_stands_above_whatever_cannot_be_read(below: str) -> None:
    found = readable(f"{DEFINITION}\n{below}", "cell")
    assert [ast.unparse(node) for node in found.statements[:2]] == ["def f():\n    return 1", "setattr(C, 'f', f)"]
    assert found.left_out[0].first >= 6


@pytest.mark.parametrize(
    "above",
    ["print f()", "a = f(", "a = [(f(),", "x = {'a': 1", "b = 'never closed", "try:", "def", "x = y z # (", "# (\nx y"],
)
def test_a_definition_stands_below_whatever_cannot_be_read(above: str) -> None:
    assert kept(f"{above}\n{DEFINITION}")[-2:] == ["def f():\n    return 1", "setattr(C, 'f', f)"]


@pytest.mark.parametrize(
    "statement",
    [
        '"""\nseveral lines\n\nat the left\n"""',
        "x = [\n1,\n2,\n]",
        "@decorator\n@another(\n1)\ndef f():\n    pass",
        "if x:\n    y\n# a comment\nelif z:\n    y\nelse:\n    y",
        "try:\n    x\nexcept E:\n    y\nelse:\n    z\nfinally:\n    w",
        "x = 1 + \\\n2",
        "x = '#(' + \"'''\"",
        "# not ( closed \\\nx = 1",
        "def f():\n    x = '''\ny\n'''\n\n# (\n    return x",
    ],
)
def test_a_statement_of_several_lines_stays_whole(statement: str) -> None:
    assert kept(f"not this one\n{statement}\nnor this one") == [ast.unparse(node) for node in ast.parse(statement).body]


def test_lines_are_numbered_as_in_the_cell() -> None:
    found = readable("\nx = 1\ny z\n\ndef f():\n    pass", "cell")
    assert [node.lineno for node in found.statements] == [2, 5]
    assert found.left_out == [LeftOut(3, 3, 3, "invalid syntax")]


def test_lines_that_follow_upon_one_another_are_told_once() -> None:
    assert left_out("x = 1\nan experiment\n\n# not done\nand its words\ny = 2\nmore words") == [(2, 5), (7, 7)]


def test_half_a_function_is_none() -> None:
    assert kept("def f(self):\n    out = 1\n    retrun out\n    x = 3") == []


def test_a_shell_line_takes_its_continuation_along() -> None:
    source = "!pip install a \\\n    b \\\n    c\nx = 1"
    assert (kept(source), left_out(source)) == (["pass", "x = 1"], [])


def test_a_class_in_a_class_is_left_out_whole() -> None:
    source = "class A:\n    class B:\n        y = = 2\n        z = 3\n    def f(self):\n        return 2"
    assert kept(source) == ["class A:\n\n    def f(self):\n        return 2"]
    assert left_out(source) == [(2, 4)]


def test_what_is_left_out_is_told_by_its_lines() -> None:
    assert str(LeftOut(3, 3, 3, "invalid syntax")) == "line 3 cannot be read: invalid syntax; it was left out"
    told = "line 4 cannot be read: invalid syntax; lines 3 to 5 were left out"
    assert str(LeftOut(3, 5, 4, "invalid syntax")) == told


def test_whatever_the_parser_raises_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(source: str, *rest: Any) -> ast.Module:
        if "\u03b1" in source:
            raise ImportError("no unicodedata to look names up in")
        return before(source, *rest)

    before: Callable[..., ast.Module] = ast.parse
    monkeypatch.setattr(ast, "parse", parse)
    found = readable("\u03b1 = 1\nx = 1", "cell")
    assert found.left_out == [LeftOut(1, 1, 1, "no unicodedata to look names up in")]
    assert len(found.statements) == 1


METHODS = "class C(C):\n    def f(self):\n        return 1\n\n{}\n\n    def h(self):\n        return 3\n\n\nx = 4"


@pytest.mark.parametrize(
    "broken",
    [
        "    def g(self)\n        return 2",
        "    def g(self):\n        retrun 2",
        "    def g(self):\n        return (2",
        "    def g(self):\n        return f(2))",
        "    def g(self):\n      x = 1\n        return 2",
        "    g = 'never closed\n    print g",
        "    def g(self):\n",
        "    @property\n    def g(self:\n        return 2",
    ],
)
def test_of_a_class_the_methods_stand_that_can_be_read(broken: str) -> None:
    found = readable(METHODS.format(broken), "cell")
    one, other = found.statements
    assert isinstance(one, ast.ClassDef)
    assert [(node.name, node.lineno) for node in one.body if isinstance(node, ast.FunctionDef)] == [
        ("f", 2),
        ("h", 5 + broken.count("\n") + 2),
    ]
    assert ast.unparse(other) == "x = 4"
    ((first, last),) = left_out(METHODS.format(broken))
    assert (first, last) == (5, 5 + broken.rstrip().count("\n"))
    assert compile(ast.Module(found.statements, []), "cell", "exec")


def test_two_broken_methods_are_told_apart_and_what_stands_between_them_is_kept() -> None:
    source = "class C:\n  a b\n  x = 1\n  c d\n  def f(self): pass\ne f\ng h"
    assert kept(source) == ["class C:\n    x = 1\n\n    def f(self):\n        pass"]
    assert left_out(source) == [(2, 2), (4, 4), (6, 7)]


@pytest.mark.parametrize("source", ["class C:\n    a b\n    c d", "class C(:\n    x = 1", "class C:\na b", "class C:"])
def test_a_class_of_which_nothing_stands_is_left_out_whole(source: str) -> None:
    assert kept(source) == []
    assert left_out(source) == [(1, source.count("\n") + 1)]


HARD = (
    "a b\n",
    "(\n",
    "x = [\n",
    "a b (\n",
    "a(b;c\n",
    "'''\n",
    "\\\n",
    "@a\n",
    "x\n  y\n",
    "class A:\n  x y\n  z = 1\n",
    "class A:\n  x(\n",
    "!a\\\n",
    "# \\\n",
)


@pytest.mark.parametrize("unit", HARD)
def test_the_work_is_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(source: str, *rest: Any) -> ast.Module:
        parsed.append(len(source))
        return before(source, *rest)

    before: Callable[..., ast.Module] = ast.parse
    parsed: list[int] = []
    monkeypatch.setattr(ast, "parse", parse)
    size = 20_000
    readable(unit * (size // len(unit)), "cell")
    assert sum(parsed) <= 6 * size
    assert len(parsed) <= 4 * statements.MAX_PIECES + 5


def test_a_cell_that_nobody_wrote_is_not_cut() -> None:
    assert kept("x = 1\n" + "a b\n" * (statements.MAX_CUT // 4)) == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n# my answer\n%%time\n  def f(self):\n    pass", "def f(self):"),
        ("# only\n# comments", "# only"),
        ("\n \n", ""),
        ("", ""),
    ],
)
def test_a_cell_is_called_by_its_first_line_of_code(source: str, line: str) -> None:
    assert beginning(source) == line


@pytest.mark.parametrize(
    ("source", "statements"),
    [
        ("%time C.f = g", ["C.f = g"]),
        ("if x:\n    %time C.f = g", ["if x:\n    C.f = g"]),
        ("%timeit -n 1 -r1 setattr(C, 'f', g)", ["setattr(C, 'f', g)"]),
        ("%prun -q -l 5 C.f = g", ["C.f = g"]),
        ("a = %time f()", ["a = f()"]),
        ("%time", ["pass"]),
        ("%timer x = 1", ["pass"]),
        ("%time x = = 1\ny = 2", ["y = 2"]),
        ("%%time\nx = 1", ["x = 1"]),
        ("\n%%capture out\n\n%%time\nx = 1", ["x = 1"]),
        ("%%time\n%%bash\nx = 1", []),
        ("%%writefile a.py\nx = 1", []),
    ],
)
def test_a_magic_that_runs_a_statement_or_wraps_a_cell_loses_nothing(source: str, statements: list[str]) -> None:
    assert kept(source) == statements


def test_many_cell_magics_are_one_pass() -> None:
    assert kept("%%time\n" * 100_000 + "x = 1") == ["x = 1"]
