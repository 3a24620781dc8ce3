"""The question of the product: its checks, and the inputs of the hidden ones."""

from __future__ import annotations

from random import Random

from autograder.autodiff.sealed.operands import distinct, upstream
from autograder.autodiff.sealed.operator_checks import (
    ACCUMULATE_WHY,
    CHILDREN_WHY,
    INDEPENDENT_WHY,
    LOCAL_WHY,
    operator_check,
)
from autograder.vocabulary import Check, Inputs


def _products(generator: Random, names: str, *gradients: str) -> dict[str, float]:
    operands = dict(zip(names, distinct(generator, len(names)), strict=True))
    return operands | {name: upstream(generator) for name in ("upstream", *gradients)}


def products_with_numbers(generator: Random) -> tuple[Inputs, ...]:
    """Return operands a and b, the gradient that a already has, and an upstream gradient.

    Among the numbers b are 0, 1 and -1, for which code may take a short cut.
    """
    cases = [_products(generator, "ab", "a_grad") for _ in range(3)]
    return *cases, *({**cases[0], "b": number} for number in (0, 1, -1))


def squares(generator: Random) -> tuple[Inputs, ...]:
    """Return an operand a of either sign, with the gradient that it already has."""
    cases = [_products(generator, "a", "a_grad") for _ in range(3)]
    return *cases, {name: -number for name, number in cases[0].items()}


def shared_products(generator: Random) -> tuple[Inputs, ...]:
    """Return the operands a, b and c of a larger graph."""
    return tuple(_products(generator, "abc") for _ in range(3))


def independent_products(generator: Random) -> tuple[Inputs, ...]:
    """Return the operands of two products: four different numbers, or the same two numbers in other Values."""
    different = _products(generator, "abcd", "other_upstream")
    return different, different | {"a": -different["a"]}, different | {"c": different["a"], "d": different["b"]}


def wide_products(generator: Random) -> tuple[Inputs, ...]:
    """Return operands of both signs, with zero on either side, small and large ones, and two of the same size."""
    a, b, c, d = distinct(generator, 4)
    small, large, huge = generator.uniform(0.0004, 0.0009), generator.uniform(1e3, 1e4), generator.uniform(1e7, 1e8)
    pairs = [(a, b), (-a, b), (a, -b), (-abs(c), -abs(d)), (0.0, a), (b, 0.0), (small, -large), (large, large + d)]
    return tuple({"a": x, "b": y} for x, y in [*pairs, (small, small / c), (d, d), (c, huge)])


def wide_gradients(generator: Random) -> tuple[Inputs, ...]:
    """Return the operands of ``wide_products`` with upstream gradients."""
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
        cases=({"a": 3.0, "b": -4.0}, {"a": -2.5, "b": -0.125}, {"a": 0.0, "b": 7.0}),
    ),
    operator_check(
        "mul.forward_numbers",
        "A Value can be multiplied by a plain number, from either side",
        2,
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
        ("mul.forward",),
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
        ("mul.node",),
        probe="product_gradients",
        cases=(
            {"a": 3.0, "b": -4.0, "upstream": 0.5},
            {"a": -1.5, "b": 2.5, "upstream": -2.125},
            {"a": 3.0, "b": -4.0, "upstream": -2.0},
        ),
    ),
    operator_check(
        "mul.local_gradients_range",
        "The gradients are right for negative, zero, small and large operands",
        2,
        "hidden",
        LOCAL_WHY,
        ("mul.local_gradients",),
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
        ("mul.local_gradients",),
        probe="product_accumulates",
        cases=({"a": 3.0, "b": -4.0, "a_grad": 10.0, "b_grad": -20.0, "upstream": 0.5},),
    ),
    operator_check(
        "mul.square",
        "x * x gives x the right gradient",
        2,
        "hidden",
        "The same node stands on both sides here, and neither side may be forgotten.",
        ("mul.accumulates",),
        probe="product_square",
        draw=squares,
    ),
    operator_check(
        "mul.shared_graph",
        "Products work inside a larger graph that uses a node several times",
        2,
        "hidden",
        "In a network every activation is used by all units of the next layer.",
        ("mul.forward", "mul.children", "mul.accumulates"),
        probe="product_shared",
        draw=shared_products,
    ),
    operator_check(
        "mul.independent_nodes",
        "Each product keeps its own operands and is computed from their present data",
        1,
        "hidden",
        INDEPENDENT_WHY,
        ("mul.forward", "mul.local_gradients"),
        probe="product_independent",
        draw=independent_products,
    ),
)
WORKS = ("mul.forward", "mul.local_gradients", "mul.accumulates", "mul.children")
"""Checks that the training needs: the operator's value, graph, local gradient and accumulation."""
LENT = """
def __mul__(self, other):
    other = other if isinstance(other, type(self)) else type(self)(other)
    out = type(self)(self.data * other.data, (self, other))

    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad

    out._backward = _backward
    return out
"""
"""Source of the course's own method, which replaces a student's wrong one in follow-through."""
