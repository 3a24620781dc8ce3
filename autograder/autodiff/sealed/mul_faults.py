"""What learners get wrong about the product."""

from __future__ import annotations

from dataclasses import replace

from autograder.autodiff.sealed.error_faults import errors_in_any_operator
from autograder.autodiff.sealed.operator_faults import changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Rule, Step, multiply


def _one_edge(k: int) -> Rule:
    """A product whose gradient reaches only operand ``k``."""

    def rule(a: float, b: float) -> Step:
        step = multiply(a, b)
        return replace(step, edges=step.edges[k : k + 1])

    return rule


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("mul", "__mul__"),
    *errors_in_any_operator("mul", "__mul__"),
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
