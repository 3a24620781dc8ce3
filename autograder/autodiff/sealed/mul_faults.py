"""Mistakes that learners make with the product."""

from __future__ import annotations

from collections.abc import Callable

from autograder.autodiff.sealed.operator_faults import backward, changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Node, Rule, Step, multiply

Contribution = Callable[[Node, Node, Node], float]
"""Function of the product and its operands that returns the contribution to the gradient of one of them."""


def _one_edge(k: int) -> Rule:
    """Return the rule of a product whose gradient reaches only operand ``k``."""

    def rule(a: float, b: float) -> Step:
        step = multiply(a, b)
        return step.but(edges=step.edges[k : k + 1])

    return rule


def _adding(to_left: Contribution, to_right: Contribution) -> Rule:
    """Return the rule of a product with these contributions. They are computed when the inner function runs."""

    def does(out: Node, a: Node, b: Node) -> None:
        a.grad += to_left(out, a, b)
        b.grad += to_right(out, a, b)

    return changed("mul", inner=backward(does))


def _accumulates_left_only(out: Node, a: Node, b: Node) -> None:
    a.grad += b.data * out.grad
    b.grad = a.data * out.grad


def _accumulates_right_only(out: Node, a: Node, b: Node) -> None:
    a.grad = b.data * out.grad
    b.grad += a.data * out.grad


def _into_data(out: Node, a: Node, b: Node) -> None:
    a.data += b.data * out.grad
    b.data += a.data * out.grad


def _clears_upstream(out: Node, a: Node, b: Node) -> None:
    a.grad += b.data * out.grad
    b.grad += a.data * out.grad
    out.grad = 0.0


def _changes_operand(a: float, b: float) -> Step:
    """Write the product into the left operand's data, from which the right operand's gradient is computed later."""

    def does(out: Node, left: Node, right: Node) -> None:
        left.grad += right.data * out.grad
        right.grad += left.data * out.grad

    return multiply(a, b).but(writes_back=True, inner=backward(does))


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("mul", "__mul__"),
    Fault(
        "mul.swapped",
        local("mul", lambda a, b: (a, b)),
        hint=(
            "Each operand seems to receive its own data as local gradient. Hold one operand fixed and move the other "
            "by a little: by how much does the product change?"
        ),
    ),
    Fault(
        "mul.derivative_of_add",
        local("mul", lambda a, b: (1.0, 1.0)),
        hint=(
            "The gradient of your product is that of a sum. Hold one operand fixed and move the other by a little: by "
            "how much does the product change?"
        ),
    ),
    Fault(
        "mul.uses_output",
        local("mul", lambda a, b: (a * b, a * b)),
        hint=(
            "The gradient of your product seems to use the product itself. Hold one operand fixed and move the other "
            "by a little: by how much does the product change?"
        ),
    ),
    Fault(
        "mul.left_only",
        _one_edge(0),
        hint="Only the left operand seems to receive a gradient. A product depends on both of its operands.",
    ),
    Fault(
        "mul.right_only",
        _one_edge(1),
        hint="Only the right operand seems to receive a gradient. A product depends on both of its operands.",
    ),
    Fault(
        "mul.all_to_left",
        lambda a, b: Step(a * b, ((0, b), (0, a)), (0, 1)),
        hint=(
            "Both contributions of your product seem to go to the left operand. Which operand does each line of your "
            "_backward belong to?"
        ),
    ),
    Fault(
        "mul.all_to_right",
        lambda a, b: Step(a * b, ((1, b), (1, a)), (0, 1)),
        hint=(
            "Both contributions of your product seem to go to the right operand. Which operand does each line of your "
            "_backward belong to?"
        ),
    ),
    Fault(
        "mul.left_twice",
        lambda a, b: Step(a * b, ((0, b), (0, b)), (0, 1)),
        hint="The left operand seems to receive its contribution twice, and the right one none. Is one line a copy?",
    ),
    Fault(
        "mul.right_twice",
        lambda a, b: Step(a * b, ((1, a), (1, a)), (0, 1)),
        hint="The right operand seems to receive its contribution twice, and the left one none. Is one line a copy?",
    ),
    Fault(
        "mul.missing_left_child",
        changed("mul", children=(1,)),
        hint="The left operand is not among the children of out, so backward() cannot reach what lies behind it.",
    ),
    Fault(
        "mul.missing_right_child",
        changed("mul", children=(0,)),
        hint="The right operand is not among the children of out, so backward() cannot reach what lies behind it.",
    ),
    Fault(
        "mul.copy_of_add",
        lambda a, b: Step(a + b, ((0, 1.0), (1, 1.0)), (0, 1)),
        hint="__mul__ still does all that __add__ does: value and gradients are those of a sum.",
    ),
    Fault(
        "mul.adds",
        forward("mul", lambda a, b: a + b),
        hint="__mul__ computes the sum of its operands. Was the template's first line copied as it was?",
    ),
    Fault(
        "mul.numbers_not_wrapped",
        multiply,
        wraps=False,
        hint=(
            "__mul__ seems to need a Value on its right-hand side. The template turns a plain number into a Value "
            "before it uses .data."
        ),
    ),
    Fault(
        "mul.overwrites_right",
        changed("mul", inner=backward(_accumulates_left_only)),
        hint=(
            "The left operand keeps the gradient that it already has, and the right one seems to lose it. Compare"
            " the two lines of your _backward."
        ),
    ),
    Fault(
        "mul.overwrites_left",
        changed("mul", inner=backward(_accumulates_right_only)),
        hint=(
            "The right operand keeps the gradient that it already has, and the left one seems to lose it. Compare"
            " the two lines of your _backward."
        ),
    ),
    Fault(
        "mul.no_upstream_right",
        _adding(lambda out, a, b: b.data * out.grad, lambda out, a, b: a.data),
        hint=(
            "The right operand seems to receive its local gradient alone. Compare the two lines of your "
            "_backward: what does only one of them have?"
        ),
    ),
    Fault(
        "mul.no_upstream_left",
        _adding(lambda out, a, b: b.data, lambda out, a, b: a.data * out.grad),
        hint=(
            "The left operand seems to receive its local gradient alone. Compare the two lines of your _backward:"
            " what does only one of them have?"
        ),
    ),
    Fault(
        "mul.both_by_right",
        local("mul", lambda a, b: (b, b)),
        hint=(
            "Both operands of your product seem to receive the same local gradient, made from the right operand. "
            "Was one line copied from the other?"
        ),
    ),
    Fault(
        "mul.both_by_left",
        local("mul", lambda a, b: (a, a)),
        hint=(
            "Both operands of your product seem to receive the same local gradient, made from the left operand. "
            "Was one line copied from the other?"
        ),
    ),
    Fault(
        "mul.uses_sum",
        local("mul", lambda a, b: (a + b, a + b)),
        hint=(
            "The gradient of your product seems to use the sum of its operands. Hold one operand fixed and move "
            "the other by a little: by how much does the product change?"
        ),
    ),
    Fault(
        "mul.right_subtracted",
        local("mul", lambda a, b: (b, -a)),
        hint=(
            "The gradient of the right operand has the wrong sign. That would be right for a difference; is there"
            " a minus in a product?"
        ),
    ),
    Fault(
        "mul.divides",
        _adding(lambda out, a, b: out.grad / b.data, lambda out, a, b: out.grad / a.data),
        hint=(
            "__mul__ seems to divide the upstream gradient by a number. Hold one operand fixed and move the other"
            " by a little: by how much does the product change?"
        ),
    ),
    Fault(
        "mul.quotient",
        _adding(lambda out, a, b: out.data / a.data * out.grad, lambda out, a, b: out.data / b.data * out.grad),
        hint=(
            "Your gradients fail where an operand is 0: they divide the product by it. Can you say how the "
            "product changes without dividing?"
        ),
    ),
    Fault(
        "mul.other_gradient",
        _adding(lambda out, a, b: b.grad * out.grad, lambda out, a, b: a.grad * out.grad),
        hint="The gradient of your product seems to use the grad of the other operand where its data belongs.",
    ),
    Fault(
        "mul.into_data",
        changed("mul", inner=backward(_into_data)),
        hint=(
            "_backward of your product seems to change the data of the operands. Which attribute does the "
            "template's _backward add to?"
        ),
    ),
    Fault(
        "mul.clears_upstream",
        changed("mul", inner=backward(_clears_upstream)),
        hint=(
            "_backward of your product seems to set the gradient of out back to 0. It was not yours to change: "
            "the caller may still need it."
        ),
    ),
    Fault(
        "mul.changes_operand",
        _changes_operand,
        hint=(
            "__mul__ makes a new Value, but changes the data of the left operand as well. Compute the product "
            "without assigning to self.data."
        ),
    ),
    Fault(
        "mul.copies",
        changed("mul", children=(), extra_children=2, attach="never"),
        hint=(
            "The children of out are new Values that look like the operands. The gradient goes to these copies; "
            "the operands themselves get none."
        ),
    ),
    Fault(
        "mul.extra_child",
        changed("mul", extra_children=1),
        hint="out has a child too many. Which Values was it computed from?",
    ),
)
