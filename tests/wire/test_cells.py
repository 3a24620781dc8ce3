"""Which functions of a cell were left blank."""

from __future__ import annotations

import ast

import pytest

from autograder.wire.cells import stub_functions

BLANK = (
    "raise NotImplementedError",
    "raise NotImplementedError('Question mul: fill this in')",
    "'Return the product.'",
    "'Return the product.'\n    raise NotImplementedError",
    "pass",
    "...",
    "'Return the product.'\n    ...",
)
WRITTEN = (
    "raise ValueError",
    "raise errors.NotImplementedError",
    "raise",
    "return NotImplementedError",
    "return None",
    "return ...",
    "x = ...",
    "pass\n    return self",
    "print(...)",
    "self",
    "'Return the product.'\n    'Really.'",
)


def blank(body: str) -> list[tuple[str, int]]:
    return [*stub_functions(ast.parse(f"def f(self):\n    {body}").body[0])]


@pytest.mark.parametrize("body", BLANK)
def test_a_function_that_does_nothing_is_blank(body: str) -> None:
    assert blank(body) == [("f", 1)]


@pytest.mark.parametrize("body", WRITTEN)
def test_a_function_that_does_anything_is_not(body: str) -> None:
    assert blank(body) == []


def test_every_blank_function_is_found_by_its_first_line() -> None:
    source = "class A:\n    def f(self):\n        pass\n    @property\n    def g(self):\n        ..."
    assert [*stub_functions(ast.parse(source).body[0])] == [("f", 2), ("g", 4)]
