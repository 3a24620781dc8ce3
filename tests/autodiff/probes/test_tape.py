"""The tape gives the numbers of the notebook's own way, or says that it cannot; it costs no right operator a point."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from assigned import ASSIGNMENT, CHECKS, MANIFEST, sandbox
from in_process import provided_with
from specimens import solution_answers, specimen_of

from autograder.autodiff.probes.tape import OffTapeError, dot_products, on_tape, sums_of_products
from autograder.autodiff.probes.training import gradient_descent
from autograder.autodiff.sealed.training import training_case, with_houses
from autograder.grading import stepwise
from autograder.grading.draws import Draws
from autograder.grading.methods import Judged
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Measured
from autograder.worker.graft import Engine

CASE = with_houses(training_case(seed=3, first=40, count=12, epochs=3, learning_rate=1e-4))


def engine(answers: Mapping[str, str]) -> Engine:
    names = provided_with(answers)
    return Engine(**{name: names[name] for name in MANIFEST.engine}, backward=names["Value"].backward)


def answers_of(specimen: str) -> dict[str, str]:
    return dict(specimen_of(specimen).cells)


def trained(engine: Engine) -> list[Measured]:
    return list(gradient_descent(engine, CASE))


ON_TAPE = ("nodes_left_over", "numbers_kept_as_nodes", "squares_kept", "relu_as_a_product", "saved_on_the_node")


@pytest.mark.parametrize("answers", [{}, *(answers_of(f"right/{name}") for name in ON_TAPE)], ids=("", *ON_TAPE))
def test_losses_and_gradients_are_those_of_the_notebook(answers: dict[str, str]) -> None:
    for taped, searched in zip(
        trained(on_tape(engine(answers), sums_of_products)), trained(engine(answers)), strict=True
    ):
        assert taped == pytest.approx(searched, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("name", ["", "nodes_left_over", "relu_as_a_product", "saved_on_the_node"])
def test_losses_and_gradients_in_dot_products_are_those_of_the_notebook(name: str) -> None:
    answers = answers_of(f"right/{name}") if name else {}
    for quick, searched in zip(trained(on_tape(engine(answers), dot_products)), trained(engine(answers)), strict=True):
        assert quick == pytest.approx(searched, rel=1e-12, abs=1e-12)


def test_a_neuron_of_dot_products_runs_no_multiplication_of_the_class() -> None:
    broken = engine({"mul": "def __mul__(self, other):\n    1 / 0\nsetattr(Value, '__mul__', __mul__)"})
    quick = on_tape(broken, dot_products)
    [output] = quick.Layer(2, 1, add_relu=False)([1.0, 2.0])
    assert len(output._prev) == 3  # the bias and two weights; numbers are no nodes
    with pytest.raises(ZeroDivisionError):
        on_tape(broken, sums_of_products).Layer(2, 1, add_relu=False)([1.0, 2.0])


@pytest.mark.parametrize(
    ("lent", "quicker"),
    [
        ((), "gradient_descent_on_tape"),
        (("pow", "relu"), "gradient_descent_on_tape"),
        (("mul",), "gradient_descent_in_dot_products"),
        (("mul", "relu"), "gradient_descent_in_dot_products"),
    ],
)
def test_dot_products_are_for_a_training_with_the_course_s_own_multiplication(
    lent: tuple[str, ...], quicker: str
) -> None:
    assert ASSIGNMENT.shortcut("gradient_descent", lent) == quicker


def test_memory_is_free_at_once_without_a_search() -> None:
    taped = on_tape(engine({}), sums_of_products)
    gc.disable()
    try:
        a, b = taped.Value(2.0), taped.Value(3.0)
        product = a * b
        node = weakref.ref(product)
        taped.backward((product + 1) ** 2)
        del product
        assert node() is None
        assert (a.grad, b.grad) == (42.0, 28.0)
    finally:
        gc.enable()


def test_a_second_graph_begins_anew() -> None:
    taped = on_tape(engine({}), sums_of_products)
    w = taped.Value(2.0)
    for _ in range(3):
        taped.backward(w * 5)
    assert w.grad == 15.0


def test_a_child_that_is_younger_than_its_user_is_told_before_any_gradient_is_touched() -> None:
    taped = on_tape(engine(answers_of("right/children_added_later")), sums_of_products)
    a = taped.Value(2.0)
    with pytest.raises(OffTapeError):
        taped.backward((a * 3).relu())
    assert a.grad == 0


ON_A_STACK = """
saved = []
def relu(self):
    out = Value(max(0, self.data), (self,))
    saved.append(self)
    def _backward():
        node = saved.pop()
        if node.data > 0:
            node.grad += out.grad
    out._backward = _backward
    return out
setattr(Value, "relu", relu)
"""


@pytest.mark.parametrize(
    "answers", [{"relu": ON_A_STACK}, answers_of("wrong/mul_mutable_default")], ids=["relu", "mul"]
)
def test_who_counts_on_the_order_in_which_nodes_are_made_is_wrong_on_the_tape_too(answers: dict[str, str]) -> None:
    taped, right = trained(on_tape(engine(answers), sums_of_products)), trained(engine({}))
    assert taped[0]["loss"] == pytest.approx(right[0]["loss"])
    assert taped[0] != pytest.approx(right[0])


RELU_THAT_TIRES = """
calls = []
def relu(self):
    calls.append(1)
    out = Value(max(self.data, 0) if len(calls) < 500 else 0, (self,))
    def _backward():
        self.grad += (self.data > 0) * out.grad
    out._backward = _backward
    return out
setattr(Value, "relu", relu)
"""


@pytest.mark.parametrize(
    ("answers", "tries", "outcome"),
    [
        (answers_of("right/nodes_left_over"), [True], "passed"),
        (answers_of("right/children_added_later"), [True, False], "passed"),
        ({"relu": RELU_THAT_TIRES}, [True, False], "failed"),
        ({"relu": RELU_THAT_TIRES.replace("calls.append(1)", "1 / 0")}, [True, False], "failed"),
        ({"relu": "def relu(self):\n    while True: pass\nsetattr(Value, 'relu', relu)"}, [True], "failed"),
    ],
    ids=("right", "right, but off the tape", "wrong", "raises", "hangs"),
)
def test_what_is_not_right_on_the_tape_is_judged_by_the_notebooks_way(
    answers: dict[str, str], tries: list[bool], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepwise, "SECONDS", 1.0)
    used: list[bool] = []
    stream = Sandbox.stream

    def recorded(self: Sandbox, probe: str, *args: Any, **named: Any) -> Any:
        used.append(probe.endswith("_on_tape"))
        return stream(self, probe, *args, **named)

    monkeypatch.setattr(Sandbox, "stream", recorded)
    (unseen,) = (check for check in CHECKS if check.id == "training.unseen_seed")
    only = replace(ASSIGNMENT, checks=(replace(unseen, requires=()),))
    with sandbox([*(solution_answers() | answers).values()][:3]) as box:
        draws = Draws(only.checks, lambda check: Random(1))
        nothing = Judged(box.load(), {}, {})
        found = stepwise.grade_stepwise(box, nothing, only, draws, follow=False, progress=None)
        (judged,) = found.values()
    assert (used, judged.outcome) == (tries, outcome)
    assert "OffTapeError" not in judged.message
