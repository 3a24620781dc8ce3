"""Copied odd answers are found whatever the names in them, and nobody is named for what is natural."""

from __future__ import annotations

import ast
from functools import cache

import pytest
from class_rows_by_hand import answers, row
from specimens import specimens

from autograder.classroom.naming import Names
from autograder.classroom.similarity import Alike, Similarity
from autograder.classroom.sources import own_cells

pytestmark = pytest.mark.xdist_group("similarity")  # the gallery's answers are read and parsed once

Cells = tuple[str, ...]

ODD = """
def __pow__(self, exponent):
    steps = [self.data for _ in range(abs(exponent))] if isinstance(exponent, int) else None
    result = self.data**exponent if steps is None or exponent < 0 else 1.0
    for step in (steps or []) if exponent > 0 else []:
        result = result * step  # go one step further
    out = Value(result, tuple([self]))

    def _backward():
        lowered = exponent - 1 if exponent != 0 else 1
        self.grad = self.grad + (exponent * (self.data**lowered)) * float(out.grad)

    out._backward = _backward
    return out


setattr(Value, "__pow__", __pow__)
"""


@cache
def gallery() -> dict[str, Cells]:
    """The code cells of the gallery's right answers."""
    return {
        specimen.name: tuple(
            "".join(cell["source"]) for cell in specimen.notebook()["cells"] if cell["cell_type"] == "code"
        )
        for specimen in specimens("right")
    }


def alike(members: dict[str, Cells]) -> list[Alike]:
    similarity = Similarity()
    for name, cells in members.items():
        similarity.add(row(name, cells=cells))
    return similarity.alike(Names())


def renamed(cells: Cells) -> Cells:
    """The cells as somebody hands them in who does not want to be found: other names, no comments, other spacing."""
    own = set(own_cells(cells))
    return tuple(_renamed(cell) if cell in own else cell for cell in cells)


def _renamed(cell: str) -> str:
    try:
        tree = ast.parse(cell)
    except SyntaxError:  # a cell with magics
        return cell
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            names = [node.arg for node in ast.walk(function) if isinstance(node, ast.arg)]
            names += [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
            new = {name: f"mine_{k}" for k, name in enumerate(dict.fromkeys(names))}
            for node in ast.walk(function):
                if isinstance(node, ast.Name):
                    node.id = new.get(node.id, node.id)
                elif isinstance(node, ast.arg):
                    node.arg, node.annotation = new[node.arg], None
    return ast.unparse(tree)


def test_nobody_in_the_gallery_of_right_answers_is_named() -> None:
    assert len(gallery()) >= 53
    assert alike(gallery()) == []


def test_a_class_of_right_answers_that_are_equal_to_the_character_is_not_named() -> None:
    members: dict[str, Cells] = {f"S{k}": answers() for k in range(60)}
    assert alike(members) == []


def test_two_with_the_same_right_answers_in_a_class_of_others_are_not_named() -> None:
    cells = answers(relu=answers()[2].replace("max(0, self.data)", "self.data if self.data > 0 else 0.0"))
    assert alike({**gallery(), "Ada": cells, "Bob": cells}) == []


@pytest.mark.parametrize(
    "name", ["saved_on_the_node", "power_by_cases", "walrus", "numpy_functions", "subclasses_of_value", "helper_class"]
)
def test_a_copied_odd_answer_is_found_whatever_its_variables_are_called(name: str) -> None:
    original = f"right/{name}"
    (found,) = alike({**gallery(), "copy": renamed(gallery()[original])})
    assert {one.split(" (")[0] for one in found.students} == {"copy", original}
    assert found.shared >= 5
    assert not found.same


def test_of_all_odd_answers_only_the_copied_one_is_named_with_its_copy() -> None:
    for original, cells in gallery().items():
        for found in alike({**gallery(), "copy": renamed(cells)}):
            assert {one.split(" (")[0] for one in found.students} == {"copy", original}


def test_a_ring_is_one_group_and_shows_what_it_shares() -> None:
    odd = answers(pow=ODD)
    (found,) = alike({**gallery(), "Ada": odd, "Bob": renamed(odd)})
    assert found.students == ("Ada", "Bob")
    assert found.examples
    assert all(len(example) <= 100 for example in found.examples)


def test_answers_that_are_equal_to_the_character_are_said_to_be() -> None:
    similarity = Similarity()
    for name, cells in gallery().items():
        similarity.add(row(name, cells=cells))
    for name in ("Ada", "Bob"):
        similarity.add(row(name, cells=answers(pow=ODD), result="equal"))
    (found,) = similarity.alike(Names())
    assert found.same


def test_what_many_share_is_no_sign() -> None:
    odd = answers(pow=ODD)
    assert alike({**gallery(), **{f"S{k}": odd for k in range(30)}}) == []


def test_in_a_small_class_nothing_is_unusual() -> None:
    odd = answers(pow=ODD)
    assert alike({"Ada": odd, "Bob": odd, "Cy": answers()}) == []


@pytest.mark.parametrize(
    "cell",
    [
        "x = " + "-" * 15_000 + "1",
        "x = " + "+".join("1" * 9_000),
        "f(" * 5_000,
        "\0\ud800",
        "x" * 2**20,
        "#" * 15_000,
        "x = f(1, 2, 0x" + "f" * 15_000 + ", 4, 5, 6)",
        'x = "\\d" is 1',
    ],
)
def test_cells_that_nobody_writes_are_passed_over(cell: str) -> None:
    code = "def f():\n    " + cell
    assert alike({"Ada": (*answers(), cell, code), "Bob": (*answers(), cell, code)}) == []


def test_pairs_do_not_grow_with_a_class_that_shares_everything() -> None:
    similarity = Similarity()
    for k in range(500):
        similarity.add(row(f"S{k}", cells=answers(pow=ODD.replace("1.0", str(k // 2)))))
    kept = [owners for owners in similarity._owners.values() if owners]
    assert sum(map(len, kept)) < 3 * 500
