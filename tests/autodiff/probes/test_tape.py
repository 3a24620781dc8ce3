"""The tape gives the numbers of the notebook's own way, or says that it cannot; it costs no right operator a point."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from assigned import ASSIGNMENT, MANIFEST, OPERATORS, sandbox
from in_process import provided_with
from mutants import mutants
from specimens import solution_answers, specimen_of, specimens

from autograder.autodiff.probes.batch import NoSingleNumberError
from autograder.autodiff.probes.tape import OffTapeError, in_batches, on_tape
from autograder.autodiff.probes.training import gradient_descent, train
from autograder.autodiff.sealed.training import checks, training_case, with_houses
from autograder.grading import stepwise
from autograder.grading.draws import Draws
from autograder.grading.methods import Judged
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Measured
from autograder.worker.graft import Engine

NARROW = ((4, 4, True), (4, 4, True), (4, 1, False))
"""The notebook's layers with an eighth of the nodes, for four features of a house."""
HOUSES = with_houses(training_case(seed=3, first=40, count=6, epochs=2, learning_rate=1e-4))
CASE = {**HOUSES, "layers": NARROW, "x": [features[:4] for features in HOUSES["x"]]}


def engine(answers: Mapping[str, str]) -> Engine:
    names = provided_with(answers)
    return Engine(**{name: names[name] for name in MANIFEST.engine}, backward=names["Value"].backward)


def answers_of(specimen: str) -> dict[str, str]:
    return dict(specimen_of(specimen).cells)


def trained(engine: Engine) -> Iterator[Measured]:
    return gradient_descent(engine, CASE)


def trained_on_tape(engine: Engine) -> Iterator[Measured]:
    return trained(on_tape(engine))


def trained_in_batches(engine: Engine) -> Iterator[Measured]:
    return train(on_tape(engine), CASE, in_batches)


ON_TAPE = ("nodes_left_over", "numbers_kept_as_nodes", "squares_kept", "relu_as_a_product", "saved_on_the_node")


@pytest.mark.parametrize("answers", [{}, *(answers_of(f"right/{name}") for name in ON_TAPE)], ids=("", *ON_TAPE))
def test_losses_and_gradients_are_those_of_the_notebook(answers: dict[str, str]) -> None:
    searched = [*trained(engine(answers))]
    for quick in (trained_on_tape(engine(answers)), trained_in_batches(engine(answers))):
        for epoch, expected in zip(quick, searched, strict=True):
            assert epoch == pytest.approx(expected, rel=1e-12, abs=1e-12)


def agrees(way: Callable[[Engine], Iterable[Measured]], answers: dict[str, str], right: Sequence[Measured]) -> bool:
    """Tell whether a way of training measures the right numbers with these answers, without an error.

    It is ended after the first epoch with another number.
    """
    try:
        epochs = zip(way(engine(answers)), right, strict=True)
        return all(epoch == pytest.approx(expected) for epoch, expected in epochs)
    except (Exception, NoSingleNumberError):
        return False


def test_what_is_right_on_the_tape_and_in_batches_is_right_in_the_notebook() -> None:
    named = {mutant.name: {mutant.question: mutant.cell} for mutant in mutants()}
    named |= {one.name: dict(one.cells) for one in (*specimens("wrong"), *specimens("right"))}
    del named["wrong/mul_children_in_a_mutable_default"]  # never trained: it fails checks that the training requires
    right, believed = [*trained(engine({}))], 0
    for name, answers in named.items():
        of_operators = answers.keys() <= OPERATORS.keys()
        if of_operators and all(agrees(way, answers, right) for way in (trained_in_batches, trained_on_tape)):
            assert agrees(trained, answers, right), name
            believed += 1
    assert believed > 100


def test_memory_is_free_at_once_without_a_search() -> None:
    taped = on_tape(engine({}))
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
    taped = on_tape(engine({}))
    w = taped.Value(2.0)
    for _ in range(3):
        taped.backward(w * 5)
    assert w.grad == 15.0


def test_a_child_that_is_younger_than_its_user_is_told_before_any_gradient_is_touched() -> None:
    taped = on_tape(engine(answers_of("right/children_added_later")))
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
    taped, right = [*trained_on_tape(engine(answers))], [*trained(engine({}))]
    assert taped[0]["loss"] == pytest.approx(right[0]["loss"])
    assert taped[0] != pytest.approx(right[0])
    assert not agrees(trained_in_batches, answers, right)


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


PLAIN, TAPED, BATCHED = "gradient_descent", "gradient_descent_on_tape", "gradient_descent_in_batches"
CHECKS = {check.id: check for check in checks(training_case(seed=59, first=0, count=20, epochs=4, learning_rate=1e-4))}


def judged(answers: dict[str, str], ids: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """The probes that were run for these checks of the training, in turn, and the outcomes."""
    monkeypatch.setattr(stepwise, "SECONDS", 1.0)
    used: list[str] = []
    stream = Sandbox.stream

    def recorded(self: Sandbox, probe: str, *args: Any, **named: Any) -> Any:
        used.append(probe)
        return stream(self, probe, *args, **named)

    monkeypatch.setattr(Sandbox, "stream", recorded)
    only = replace(ASSIGNMENT, checks=tuple(replace(CHECKS[id], requires=()) for id in ids))
    with sandbox([*(solution_answers() | answers).values()][:3]) as box:
        draws = Draws(only.checks, lambda check: Random(1))
        nothing = Judged(box.load(), {}, {})
        found = stepwise.grade_stepwise(box, nothing, only, draws, follow=False, progress=None)
    assert not any("OffTapeError" in one.message or "NoSingleNumber" in one.message for one in found.values())
    return used, [one.outcome for one in found.values()]


@pytest.mark.parametrize(
    ("answers", "tries", "outcome"),
    [
        (answers_of("right/nodes_left_over"), [TAPED], "passed"),
        (answers_of("right/children_added_later"), [TAPED, PLAIN], "passed"),
        ({"relu": RELU_THAT_TIRES}, [TAPED, PLAIN], "failed"),
        ({"relu": RELU_THAT_TIRES.replace("calls.append(1)", "1 / 0")}, [TAPED, PLAIN], "failed"),
        ({"relu": "def relu(self):\n    while True: pass\nsetattr(Value, 'relu', relu)"}, [TAPED], "failed"),
    ],
    ids=("right", "right, but off the tape", "wrong", "raises", "hangs"),
)
def test_what_is_not_right_on_the_tape_is_judged_by_the_notebooks_way(
    answers: dict[str, str], tries: list[str], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judged(answers, ["training.unseen_seed"], monkeypatch) == (tries, [outcome])


PRODUCT = "self.data * other.data"
CONVERTED = solution_answers()["mul"].replace(PRODUCT, "float(self.data) * float(other.data)")
GOES_ON = (
    solution_answers()["mul"]
    .replace(PRODUCT, "self.data * (0 if big else other.data)")
    .replace(
        "    out = ", "    try:\n        big = self.data > 0.2\n    except Exception:\n        big = False\n    out = "
    )
)


@pytest.mark.parametrize(
    ("answers", "tries", "outcome"),
    [
        ({}, [BATCHED], "passed"),
        (answers_of("right/relu_as_a_product"), [BATCHED], "passed"),
        ({"mul": CONVERTED}, [BATCHED, TAPED], "passed"),
        (answers_of("right/children_added_later"), [BATCHED, TAPED, PLAIN], "passed"),
        ({"mul": GOES_ON}, [BATCHED, TAPED, PLAIN], "failed"),
    ],
    ids=("right", "relu as a product", "converts to float", "off the tape", "wrong for big numbers only"),
)
def test_what_is_not_right_in_batches_is_judged_with_single_numbers(
    answers: dict[str, str], tries: list[str], outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judged(answers, ["training.trajectory"], monkeypatch) == (tries, [outcome])


def test_a_training_in_batches_is_not_believed_where_the_hidden_training_went_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = {"relu": RELU_THAT_TIRES}
    assert judged(answers, ["training.trajectory"], monkeypatch) == ([BATCHED], ["passed"])
    monkeypatch.undo()
    used, outcomes = judged(answers, ["training.trajectory", "training.unseen_seed"], monkeypatch)
    assert (used, outcomes) == ([TAPED, PLAIN, PLAIN], ["failed", "failed"])
