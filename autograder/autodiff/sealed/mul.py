"""The question of the product: its checks, the inputs of the hidden ones, and what learners get wrong about it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from autograder.autodiff.sealed.operands import distinct, upstream
from autograder.autodiff.sealed.operator_checks import (
    ACCUMULATE_WHY,
    CHILDREN_WHY,
    INDEPENDENT_WHY,
    LOCAL_WHY,
    operator_check,
)
from autograder.autodiff.sealed.operator_faults import changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Rule, Step, multiply
from autograder.vocabulary import Check, Inputs


def _products(generator: Random, names: str, *gradients: str) -> dict[str, float]:
    operands = dict(zip(names, distinct(generator, len(names)), strict=True))
    return operands | {name: upstream(generator) for name in ("upstream", *gradients)}


def products(generator: Random) -> tuple[Inputs, ...]:
    """Operands a and b, and the upstream gradient; either operand with both signs."""
    cases = [_products(generator, "ab") for _ in range(3)]
    return *cases, {name: -number for name, number in cases[0].items()}


def products_with_numbers(generator: Random) -> tuple[Inputs, ...]:
    """The same with numbers b for which it is tempting to take a short cut: 0, 1 and -1."""
    cases = [_products(generator, "ab", "a_grad") for _ in range(3)]
    return *cases, *({**cases[0], "b": number} for number in (0, 1, -1))


def squares(generator: Random) -> tuple[Inputs, ...]:
    """An operand a of either sign, and the gradient that it has already."""
    cases = [_products(generator, "a", "a_grad") for _ in range(3)]
    return *cases, {name: -number for name, number in cases[0].items()}


def shared_products(generator: Random) -> tuple[Inputs, ...]:
    """Operands a, b and c of a graph."""
    return tuple(_products(generator, "abc") for _ in range(3))


def independent_products(generator: Random) -> tuple[Inputs, ...]:
    """Two products: of four different numbers, and of the same two numbers held by other Values; of either sign."""
    different = _products(generator, "abcd", "other_upstream")
    return different, different | {"a": -different["a"]}, different | {"c": different["a"], "d": different["b"]}


def wide_products(generator: Random) -> tuple[Inputs, ...]:
    """Both signs, zero on either side, small and large, and two operands of the same size."""
    a, b, c, d = distinct(generator, 4)
    small, large, huge = generator.uniform(0.0004, 0.0009), generator.uniform(1e3, 1e4), generator.uniform(1e7, 1e8)
    pairs = [(a, b), (-a, b), (a, -b), (-abs(c), -abs(d)), (0.0, a), (b, 0.0), (small, -large), (large, large + d)]
    return tuple({"a": x, "b": y} for x, y in [*pairs, (small, small / c), (d, d), (c, huge)])


def wide_gradients(generator: Random) -> tuple[Inputs, ...]:
    """The same operands with upstream gradients."""
    return tuple({**operands, "upstream": upstream(generator)} for operands in wide_products(generator))


# --- the checks ---------------------------------------------------------------------------------------------------

CHECKS: tuple[Check, ...] = (
    operator_check(
        "mul.forward",
        "A product of two Values holds the right number",
        2,
        "public",
        "Everything later is computed from these values.",
        probe="product_forward",
        cases=({"a": 3.0, "b": -4.0}, {"a": -2.5, "b": -1.5}, {"a": 0.0, "b": 7.0}),
    ),
    operator_check(
        "mul.forward_numbers",
        "A Value can be multiplied by a plain number, from either side",
        3,
        "public",
        "A network multiplies its weights by plain numbers, the features of a house.",
        probe="product_with_number",
        cases=({"a": 3.0, "b": 4}, {"a": -1.5, "b": 2.5}, {"a": 2.0, "b": 0}),
    ),
    operator_check(
        "mul.forward_range",
        "Products are right for negative, zero, small and large operands",
        2,
        "hidden",
        "The features of the houses run from 0 to several hundred.",
        probe="product_forward",
        draw=wide_products,
    ),
    operator_check(
        "mul.node",
        "A product is a new Value and leaves its operands as they were",
        2,
        "public",
        "If an operand changed, every other expression that uses it would change with it.",
        probe="product_node",
        cases=({"a": 3.0, "b": -4.0},),
    ),
    operator_check(
        "mul.children",
        "A product records both operands as its children",
        3,
        "public",
        CHILDREN_WHY,
        probe="product_children",
        cases=({"a": 3.0, "b": -4.0},),
    ),
    operator_check(
        "mul.local_gradients",
        "Each operand of a product receives the right gradient",
        4,
        "public",
        LOCAL_WHY,
        probe="product_gradients",
        cases=({"a": 3.0, "b": -4.0, "upstream": 0.5}, {"a": -1.5, "b": 2.5, "upstream": -2.0}),
    ),
    operator_check(
        "mul.local_gradients_range",
        "The gradients are right for negative, zero, small and large operands",
        2,
        "hidden",
        LOCAL_WHY,
        probe="product_gradients",
        draw=wide_gradients,
    ),
    operator_check(
        "mul.gradient_with_number",
        "A Value multiplied by a plain number is a child of the product and receives its gradient",
        1,
        "hidden",
        "The features of a house are plain numbers, and the weights that they are multiplied by learn from them.",
        probe="product_gradient_with_number",
        draw=products_with_numbers,
    ),
    operator_check(
        "mul.accumulates",
        "A gradient that an operand already has is kept",
        3,
        "public",
        ACCUMULATE_WHY,
        probe="product_accumulates",
        cases=({"a": 3.0, "b": -4.0, "a_grad": 10.0, "b_grad": -20.0, "upstream": 0.5},),
    ),
    operator_check(
        "mul.square",
        "x * x gives x the right gradient",
        2,
        "hidden",
        "The same node stands on both sides here, and neither side may be forgotten.",
        ("mul.local_gradients", "mul.accumulates"),
        probe="product_square",
        draw=squares,
    ),
    operator_check(
        "mul.shared_graph",
        "Products work inside a larger graph that uses a node several times",
        2,
        "hidden",
        "In a network every activation is used by all units of the next layer.",
        ("mul.children", "mul.local_gradients", "mul.accumulates"),
        probe="product_shared",
        draw=shared_products,
    ),
    operator_check(
        "mul.independent_nodes",
        "Each product keeps its own operands and is computed from their present data",
        1,
        "hidden",
        INDEPENDENT_WHY,
        ("mul.local_gradients",),
        probe="product_independent",
        draw=independent_products,
    ),
)
WORKS = ("mul.forward", "mul.local_gradients", "mul.accumulates", "mul.children")
"""What training needs: the operator's value, graph, local gradient and accumulation."""


# --- what learners get wrong --------------------------------------------------------------------------------------


def _one_edge(k: int) -> Rule:
    """A product whose gradient reaches only operand ``k``."""

    def rule(a: float, b: float) -> Step:
        step = multiply(a, b)
        return replace(step, edges=step.edges[k : k + 1])

    return rule


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("mul", "__mul__"),
    Fault(
        "mul.swapped",
        "mul",
        local("mul", lambda a, b: (a, b)),
        hint=(
            "Each operand seems to receive its own data as local gradient. Hold one operand fixed and move the other "
            "by a little: by how much does the product change?"
        ),
    ),
    Fault(
        "mul.derivative_of_add",
        "mul",
        local("mul", lambda a, b: (1.0, 1.0)),
        hint=(
            "The gradient of your product is that of a sum. Hold one operand fixed and move the other by a little: by "
            "how much does the product change?"
        ),
    ),
    Fault(
        "mul.uses_output",
        "mul",
        local("mul", lambda a, b: (a * b, a * b)),
        hint=(
            "The gradient of your product seems to use the product itself. Hold one operand fixed and move the other "
            "by a little: by how much does the product change?"
        ),
    ),
    Fault(
        "mul.left_only",
        "mul",
        _one_edge(0),
        hint="Only the left operand seems to receive a gradient. A product depends on both of its operands.",
    ),
    Fault(
        "mul.right_only",
        "mul",
        _one_edge(1),
        hint="Only the right operand seems to receive a gradient. A product depends on both of its operands.",
    ),
    Fault(
        "mul.all_to_left",
        "mul",
        lambda a, b: Step(a * b, ((0, b), (0, a)), (0, 1)),
        hint=(
            "Both contributions of your product seem to go to the left operand. Which operand does each line of your "
            "_backward belong to?"
        ),
    ),
    Fault(
        "mul.missing_left_child",
        "mul",
        changed("mul", children=(1,)),
        hint="The left operand is not among the children of out, so backward() cannot reach what lies behind it.",
    ),
    Fault(
        "mul.missing_right_child",
        "mul",
        changed("mul", children=(0,)),
        hint="The right operand is not among the children of out, so backward() cannot reach what lies behind it.",
    ),
    Fault(
        "mul.copy_of_add",
        "mul",
        lambda a, b: Step(a + b, ((0, 1.0), (1, 1.0)), (0, 1)),
        hint="__mul__ still does all that __add__ does: value and gradients are those of a sum.",
    ),
    Fault(
        "mul.adds",
        "mul",
        forward("mul", lambda a, b: a + b),
        hint="__mul__ computes the sum of its operands. Was the template's first line copied as it was?",
    ),
    Fault(
        "mul.numbers_not_wrapped",
        "mul",
        multiply,
        wraps=False,
        hint=(
            "__mul__ seems to need a Value on its right-hand side. The template turns a plain number into a Value "
            "before it uses .data."
        ),
    ),
)
