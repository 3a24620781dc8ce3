"""The reference engine against central differences, and its trajectory against the spec and against itself."""

from __future__ import annotations

import numpy as np
import pytest
from assigned import FAULTS
from expression_programs import Program, Reference, programs, run, run_on, smooth_slopes
from hypothesis import given, settings

from autograder.autodiff import provided
from autograder.autodiff.sealed.numpy_training import initial_parameters, trajectory
from autograder.autodiff.sealed.reference_engine import engine
from autograder.autodiff.sealed.training import FULL_TRAINING, LAYERS, reference_training

Node = engine()

SPEC_LOSSES = [497.6749, 317.8842, 132.0090, 124.7956, 118.5246, 112.9955, 108.0868, 103.7168, 99.8325, 96.4032]


@settings(max_examples=300, deadline=None)
@given(programs())
def test_gradients_agree_with_central_differences(program: Program) -> None:
    result, slopes = smooth_slopes(program)
    data, gradients = run_on(Reference, program)
    assert data == pytest.approx(result)
    assert gradients == pytest.approx(slopes, rel=1e-3, abs=1e-3)


@settings(max_examples=300, deadline=None)
@given(programs())
def test_gradients_agree_with_complex_steps_in_numpy(program: Program) -> None:
    """The imaginary part of f(x + ih) is h f'(x): no difference, so no digits are lost (Squire and Trapp, 1998)."""
    smooth_slopes(program)  # passes over programs with a kink or a pole near by
    leaves, instructions = program
    step = 1e-20
    moved = np.array(leaves)[:, None] + 1j * step * np.eye(len(leaves))
    out = run(list(moved), instructions, lambda x: np.where(x.real > 0, x, 0))
    data, gradients = run_on(Reference, program)
    assert data == pytest.approx(out.real[0])
    assert gradients == pytest.approx(list(out.imag / step), rel=1e-6, abs=1e-6)


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
    run = reference_training(FULL_TRAINING)
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
