"""Mistakes that learners make with the rectifier."""

from __future__ import annotations

import math

from autograder.autodiff.sealed.operator_faults import backward, changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Node, Step


def _returns_operand(a: float) -> Step:
    """Return the operand itself if it is positive, else a new node without children."""
    return Step(a, (), (), attach="never", in_place=True) if a > 0 else Step(0.0, (), ())


def _mask_from_own_gradient(out: Node, a: Node) -> None:
    a.grad += out.grad if a.grad > 0 else 0.0


def _overwrites_when_positive(out: Node, a: Node) -> None:
    a.grad = out.grad if a.data > 0 else a.grad


def _overwrites_when_negative(out: Node, a: Node) -> None:
    a.grad = a.grad + out.grad if a.data > 0 else 0.0


def _quotient(out: Node, a: Node) -> None:
    a.grad += out.data / a.data * out.grad


def _logistic(a: float) -> float:
    return 1 / (1 + math.exp(-max(a, -50.0)))


def _mask_from_both(a: float) -> Step:
    return Step(max(a, 0.0), ((0, 1.0 if a > 0 else 0.0),), (0,), lambda up, local: max(up, 0.0) * local)


def _changes_operand(a: float) -> Step:
    """Write 0 into the data of a negative operand."""
    return Step(max(a, 0.0), ((0, 1.0 if a > 0 else 0.0),), (0,), writes_back=True)


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("relu", "relu"),
    Fault(
        "relu.mask_inverted",
        local("relu", lambda a: (1.0 if a <= 0 else 0.0,)),
        hint=(
            "relu lets the gradient through where the data is negative and stops it where it is positive. On which "
            "side does the output follow the input?"
        ),
    ),
    Fault(
        "relu.no_mask",
        local("relu", lambda a: (1.0,)),
        hint="relu lets every gradient through. On which side of 0 does the output not depend on the input at all?",
    ),
    Fault(
        "relu.uses_output",
        local("relu", lambda a: (max(a, 0.0),)),
        hint=(
            "relu multiplies the gradient by its output. What is the slope of the line that relu follows for positive "
            "data?"
        ),
    ),
    Fault(
        "relu.mask_from_gradient",
        changed("relu", contribution=lambda up, local: up if up > 0 else 0.0),
        hint=(
            "relu decides by the sign of the upstream gradient. Which number tells on which side of the kink the "
            "operand lies?"
        ),
    ),
    Fault(
        "relu.threshold_at_one",
        lambda a: Step(a if a > 1 else 0.0, ((0, 1.0 if a > 1 else 0.0),), (0,)),
        hint="Your relu has its kink at 1. Where does max(0, x) change from one line to the other?",
    ),
    Fault(
        "relu.absolute_value",
        lambda a: Step(abs(a), ((0, 1.0 if a > 0 else -1.0),), (0,)),
        hint="Your relu turns negative data into positive data; that is the absolute value.",
    ),
    Fault(
        "relu.sign_as_mask",
        local("relu", lambda a: (1.0 if a > 0 else -1.0,)),
        hint=(
            "relu seems to turn the gradient round where the data is negative. By how much does the output change "
            "there when the input changes by a little?"
        ),
    ),
    Fault(
        "relu.leaky",
        lambda a: Step(a if a > 0 else 0.01 * a, ((0, 1.0 if a > 0 else 0.01),), (0,)),
        hint="Your relu lets a little of the negative side through; that is the leaky variant.",
    ),
    Fault(
        "relu.step",
        forward("relu", lambda a: 1.0 if a > 0 else 0.0),
        hint="Your relu returns 1 where the data is positive. Which number should it keep there?",
    ),
    Fault(
        "relu.returns_operand",
        _returns_operand,
        hint=(
            "relu seems to return the operand itself where it is positive. Build a new Value for the result, as the "
            "template does."
        ),
    ),
    Fault(
        "relu.minimum",
        lambda a: Step(min(a, 0.0), ((0, 1.0 if a < 0 else 0.0),), (0,)),
        hint="Your relu keeps the negative side and drops the positive one.",
    ),
    Fault(
        "relu.overwrites_when_positive",
        changed("relu", inner=backward(_overwrites_when_positive)),
        hint=(
            "relu keeps the gradient that a negative operand has, and replaces that of a positive one. What does "
            "`+=` do in the template that `=` would not?"
        ),
    ),
    Fault(
        "relu.overwrites_when_negative",
        changed("relu", inner=backward(_overwrites_when_negative)),
        hint=(
            "relu seems to set the gradient of a negative operand to 0. Nothing is added to it here, but what "
            "other paths brought must stay."
        ),
    ),
    Fault(
        "relu.mask_from_own_gradient",
        changed("relu", inner=backward(_mask_from_own_gradient)),
        hint=(
            "relu decides by the sign of the operand's own gradient. Which number tells on which side of the kink"
            " the operand lies?"
        ),
    ),
    Fault(
        "relu.mask_from_both",
        _mask_from_both,
        hint=(
            "relu stops negative gradients on the positive side, too. There the output follows the input, "
            "whichever sign the gradient has."
        ),
    ),
    Fault(
        "relu.mask_at_one",
        local("relu", lambda a: (1.0 if a > 1 else 0.0,)),
        hint="The value of your relu has its kink at 0, and its gradient seems to have it at 1.",
    ),
    Fault(
        "relu.quotient",
        changed("relu", inner=backward(_quotient)),
        hint="Your gradient fails where the data is exactly 0: it divides by it. Compare instead of dividing.",
    ),
    Fault(
        "relu.leaky_tenth",
        lambda a: Step(a if a > 0 else 0.1 * a, ((0, 1.0 if a > 0 else 0.1),), (0,)),
        hint="Your relu lets a tenth of the negative side through; that is the leaky variant.",
    ),
    Fault(
        "relu.leaky_gradient",
        local("relu", lambda a: (1.0 if a > 0 else 0.01,)),
        hint="The value of your relu is right; its gradient is that of the leaky variant.",
    ),
    Fault(
        "relu.identity",
        forward("relu", lambda a: a),
        hint="Your relu hands the data on unchanged. What should become of a negative number?",
    ),
    Fault(
        "relu.absolute_value_with_mask",
        forward("relu", abs),
        hint="The gradient of your relu is right; its value is the absolute value.",
    ),
    Fault(
        "relu.minimum_with_mask",
        forward("relu", lambda a: min(a, 0.0)),
        hint="The gradient of your relu is right; its value keeps the negative side and drops the positive one.",
    ),
    Fault(
        "relu.at_least_one",
        forward("relu", lambda a: max(a, 1.0)),
        hint="The value of your relu is never below 1. With which number must the data be compared?",
    ),
    Fault(
        "relu.six",
        lambda a: Step(min(max(a, 0.0), 6.0), ((0, 1.0 if 0 < a < 6 else 0.0),), (0,)),
        hint="Your relu is cut off at 6; that is another variant. Does the line on the positive side end?",
    ),
    Fault(
        "relu.softplus",
        lambda a: Step(max(a, 0.0) + math.log1p(math.exp(-abs(a))), ((0, _logistic(a)),), (0,)),
        hint="Your relu is softplus, its smooth cousin. Where has relu a kink?",
    ),
    Fault(
        "relu.sigmoid",
        lambda a: Step(_logistic(a), ((0, _logistic(a) * (1 - _logistic(a))),), (0,)),
        hint="Your relu is the logistic function. What does relu do with a large number?",
    ),
    Fault(
        "relu.tanh",
        lambda a: Step(math.tanh(a), ((0, 1 - math.tanh(a) ** 2),), (0,)),
        hint="Your relu is the hyperbolic tangent. What does relu do with a large number?",
    ),
    Fault(
        "relu.elu",
        lambda a: Step(a if a > 0 else math.exp(a) - 1, ((0, 1.0 if a > 0 else math.exp(a)),), (0,)),
        hint="Your relu has an exponential on the negative side; that is another variant.",
    ),
    Fault(
        "relu.child_when_positive",
        lambda a: Step(max(a, 0.0), ((0, 1.0 if a > 0 else 0.0),), (0,) if a > 0 else ()),
        hint="relu records its operand only where that is positive. The graph is the same on both sides of 0.",
    ),
    Fault(
        "relu.changes_operand",
        _changes_operand,
        hint=(
            "relu makes a new Value, but changes the data of its operand as well. Compute the result without "
            "assigning to self.data."
        ),
    ),
)
