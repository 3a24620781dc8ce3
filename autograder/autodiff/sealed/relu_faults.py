"""What learners get wrong about the rectifier."""

from __future__ import annotations

from autograder.autodiff.sealed.error_faults import errors_in_any_operator
from autograder.autodiff.sealed.operator_faults import changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Step


def _returns_operand(a: float) -> Step:
    """The operand itself where it is positive, else a new node that remembers nothing."""
    return Step(a, (), (), attach="never", in_place=True) if a > 0 else Step(0.0, (), ())


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("relu", "relu"),
    *errors_in_any_operator("relu", "relu"),
    Fault(
        "relu.mask_inverted",
        "relu",
        local("relu", lambda a: (1.0 if a <= 0 else 0.0,)),
        hint=(
            "relu lets the gradient through where the data is negative and stops it where it is positive. On which "
            "side does the output follow the input?"
        ),
    ),
    Fault(
        "relu.no_mask",
        "relu",
        local("relu", lambda a: (1.0,)),
        hint="relu lets every gradient through. On which side of 0 does the output not depend on the input at all?",
    ),
    Fault(
        "relu.uses_output",
        "relu",
        local("relu", lambda a: (max(a, 0.0),)),
        hint=(
            "relu multiplies the gradient by its output. What is the slope of the line that relu follows for positive "
            "data?"
        ),
    ),
    Fault(
        "relu.mask_from_gradient",
        "relu",
        changed("relu", contribution=lambda up, local: up if up > 0 else 0.0),
        hint=(
            "relu decides by the sign of the upstream gradient. Which number tells on which side of the kink the "
            "operand lies?"
        ),
    ),
    Fault(
        "relu.threshold_at_one",
        "relu",
        lambda a: Step(a if a > 1 else 0.0, ((0, 1.0 if a > 1 else 0.0),), (0,)),
        hint="Your relu has its kink at 1. Where does max(0, x) change from one line to the other?",
    ),
    Fault(
        "relu.absolute_value",
        "relu",
        lambda a: Step(abs(a), ((0, 1.0 if a > 0 else -1.0),), (0,)),
        hint="Your relu turns negative data into positive data; that is the absolute value.",
    ),
    Fault(
        "relu.sign_as_mask",
        "relu",
        local("relu", lambda a: (1.0 if a > 0 else -1.0,)),
        hint=(
            "relu seems to turn the gradient round where the data is negative. By how much does the output change "
            "there when the input changes by a little?"
        ),
    ),
    Fault(
        "relu.leaky",
        "relu",
        lambda a: Step(a if a > 0 else 0.01 * a, ((0, 1.0 if a > 0 else 0.01),), (0,)),
        hint="Your relu lets a little of the negative side through; that is the leaky variant.",
    ),
    Fault(
        "relu.step",
        "relu",
        forward("relu", lambda a: 1.0 if a > 0 else 0.0),
        hint="Your relu returns 1 where the data is positive. Which number should it keep there?",
    ),
    Fault(
        "relu.returns_operand",
        "relu",
        _returns_operand,
        hint=(
            "relu seems to return the operand itself where it is positive. Build a new Value for the result, as the "
            "template does."
        ),
    ),
    Fault(
        "relu.minimum",
        "relu",
        lambda a: Step(min(a, 0.0), ((0, 1.0 if a < 0 else 0.0),), (0,)),
        hint="Your relu keeps the negative side and drops the positive one.",
    ),
)
