"""The reference engine against central differences, and its trajectory against the spec and against itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder import provided
from autograder.faults import FAULTS
from autograder.inputs import FULL_TRAINING, LAYERS
from autograder.reference import engine, initial_parameters, trajectory
from autograder.rubric import reference_training

Node = engine()
Program = tuple[list[float], list[tuple[str, int, Any]]]

SPEC_LOSSES = [497.6749, 317.8842, 132.0090, 124.7956, 118.5246, 112.9955, 108.0868, 103.7168, 99.8325, 96.4032]


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Leaves, and instructions that each append a value computed from earlier ones."""
    leaves = draw(st.lists(st.floats(0.3, 2.0).map(lambda x: round(x, 3)), min_size=2, max_size=4))
    instructions: list[tuple[str, int, Any]] = []
    for k in range(draw(st.integers(1, 8))):
        earlier = st.integers(0, len(leaves) + k - 1)
        kind = draw(st.sampled_from(["add", "add_number", "mul", "mul_number", "pow", "relu", "negative"]))
        argument: Any = draw(earlier) if kind in ("add", "mul") else None
        if kind in ("add_number", "mul_number"):
            argument = draw(st.sampled_from([-1.5, 0.5, 2.0]))
        if kind == "pow":
            argument = draw(st.sampled_from([2, 3, -1, 0.5]))
        instructions.append((kind, draw(earlier), argument))
    return leaves, instructions


def run(leaves: list[Any], instructions: list[tuple[str, int, Any]], relu: Callable[[Any], Any]) -> Any:
    """The last value of the program plus every leaf, so that each leaf has a gradient."""
    values = list(leaves)
    for kind, k, argument in instructions:
        x = values[k]
        if kind in ("add", "add_number"):
            values.append(x + (values[argument] if kind == "add" else argument))
        elif kind in ("mul", "mul_number"):
            values.append(x * (values[argument] if kind == "mul" else argument))
        elif kind == "pow":
            values.append(x**argument)
        else:
            values.append(relu(x) if kind == "relu" else x * -1.0)
    out = values[-1]
    for leaf in leaves:
        out = out + leaf * leaf
    return out


def plain(leaves: list[float], instructions: list[tuple[str, int, Any]]) -> float:
    return float(run(leaves, instructions, lambda x: max(x, 0.0)))


@settings(max_examples=300, deadline=None)
@given(programs())
def test_gradients_agree_with_central_differences(program: Program) -> None:
    leaves, instructions = program
    steps = [1e-5, 2e-5]
    try:
        slopes = [
            [
                (
                    plain([*leaves[:k], leaves[k] + h, *leaves[k + 1 :]], instructions)
                    - plain([*leaves[:k], leaves[k] - h, *leaves[k + 1 :]], instructions)
                )
                / (2 * h)
                for k in range(len(leaves))
            ]
            for h in steps
        ]
    except (TypeError, ZeroDivisionError, OverflowError):
        assume(False)  # a root of a negative number, or a pole
    assume(all(math.isclose(a, b, rel_tol=1e-4, abs_tol=1e-4) for a, b in zip(*slopes, strict=True)))
    assume(all(abs(slope) < 1e6 for slope in slopes[0]))
    nodes = [Node(leaf) for leaf in leaves]
    try:
        out = run(nodes, instructions, lambda x: x.relu())
    except ZeroDivisionError:
        assume(False)  # the slope of a root at exactly 0
    out.backward()
    assert out.data == pytest.approx(plain(leaves, instructions))
    assert [node.grad for node in nodes] == pytest.approx(slopes[0], rel=1e-3, abs=1e-3)


def test_a_node_shared_by_two_users_passes_its_gradient_on_once() -> None:
    a = Node(3.0)
    b = a * 2
    (b + b * 3).backward()
    assert a.grad == 8


def test_a_chain_of_many_nodes_needs_no_recursion() -> None:
    x = out = Node(1.0)
    for _ in range(20_000):
        out = out + x
    out.backward()
    assert x.grad == 20_001


def test_the_trajectory_is_the_one_of_the_spec() -> None:
    run = reference_training(*(FULL_TRAINING[name] for name in ("seed", "first", "count", "learning_rate", "epochs")))
    assert run.losses == pytest.approx(SPEC_LOSSES, rel=1e-6)


def test_the_first_gradient_agrees_with_central_differences_in_every_parameter() -> None:
    x, y = provided.training_houses(0, 404)
    named = trajectory(59, LAYERS, x, y, learning_rate=1e-4, epochs=1).first_gradient
    parameters = initial_parameters(59, LAYERS)

    def loss() -> float:
        h = x
        for (weights, biases), (_, _, relu) in zip(parameters, LAYERS, strict=True):
            h = h @ weights + biases
            h = np.maximum(h, 0) if relu else h
        return float(np.mean((h[:, 0] - y) ** 2))

    step, checked = 1e-6, 0
    for k, pair in enumerate(parameters):
        for kind, array in zip(("weights", "biases"), pair, strict=True):
            for index in np.ndindex(array.shape):
                centre = array[index]
                array[index] = centre + step
                up = loss()
                array[index] = centre - step
                down = loss()
                array[index] = centre
                name = f"layers[{k}].{kind}" + "".join(f"[{i}]" for i in index) + ".grad"
                assert named[name] == pytest.approx((up - down) / (2 * step), rel=1e-3, abs=1e-2), name
                checked += 1
    assert checked == len(named) == 261


def test_there_are_at_least_twenty_faults_with_names_of_their_own() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20
