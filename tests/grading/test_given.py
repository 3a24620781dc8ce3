"""What every submission is graded with: the notebook's own definitions, and nothing that it runs beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assigned import ASSIGNMENT

from autograder.grading import given


def definitions(*cells: str) -> list[str]:
    return given.definitions(replace(ASSIGNMENT, cells=lambda: cells)).splitlines()


def test_definitions_and_constants_of_all_cells_are_kept_in_order() -> None:
    kept = ["import math", "def half(x):\n    return x / 2", "RATE = 0.1", "names: tuple = ('a', 'b')"]
    assert definitions("\n".join(kept[:2]), "\n".join(kept[2:])) == "\n".join(kept).splitlines()


@pytest.mark.parametrize(
    "statement", ["x = make()", "y = RATE", "z = [RATE, 1]", "later: int", "print(1)", "for i in range(3): pass", "1"]
)
def test_what_is_computed_or_only_announced_is_not(statement: str) -> None:
    assert definitions("RATE = 0.1", statement) == ["RATE = 0.1"]


def test_what_is_attached_to_a_class_is_kept() -> None:
    cell = "class Node:\n    pass\nsetattr(Node, 'half', lambda self: 1)\nNode.third = lambda self: 3"
    assert definitions(cell)[2:] == ["setattr(Node, 'half', lambda self: 1)", "Node.third = lambda self: 3"]


def test_a_line_that_cannot_be_read_is_the_authors_fault() -> None:
    with pytest.raises(SyntaxError, match="line 2 cannot be read"):
        definitions("x = 1\ny = (")
