"""Mistakes that learners make with the power."""

from __future__ import annotations

import math
from collections.abc import Callable

from autograder.autodiff.sealed.operator_faults import backward, changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Node, Rule, Step


def _missing_brackets(a: float, n: float) -> Step:
    """Use the gradient ``n * a ** n - 1 * upstream``: without brackets the 1 is not subtracted from the exponent."""
    step = Step(a**n, ((0, n * a**n),), (0,))
    return step.but(contribution=lambda upstream, local: local - upstream)


def _changes_operand(a: float, n: float) -> Step:
    """Write the power into the base's data, from which the gradient is computed later."""

    def does(out: Node, base: Node) -> None:
        base.grad += n * base.data ** (n - 1) * out.grad

    return Step(a**n, ((0, 0.0),), (0,), writes_back=True, inner=backward(does))


def _by_the_base(local: Callable[[float, float, float], float]) -> Rule:
    """Return the rule of a power whose local gradient is computed from base, exponent and power in its inner function.

    There it may raise.
    """

    def rule(a: float, n: float) -> Step:
        def does(out: Node, base: Node) -> None:
            base.grad += local(base.data, n, out.data) * out.grad

        return Step(a**n, ((0, 0.0),), (0,), inner=backward(does))

    return rule


def _upstream_inside(a: float, n: float) -> Step:
    def does(out: Node, base: Node) -> None:
        base.grad += n * (base.data * out.grad) ** (n - 1)

    return Step(a**n, ((0, 0.0),), (0,), inner=backward(does))


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("pow", "__pow__"),
    Fault(
        "pow.no_factor",
        local("pow", lambda a, n: (a ** (n - 1),)),
        hint=(
            "The factor in front is missing from the gradient of your power. What happens to the exponent when x ** 3 "
            "is differentiated? It appears in two places."
        ),
    ),
    Fault(
        "pow.exponent_not_lowered",
        local("pow", lambda a, n: (n * a**n,)),
        hint=(
            "The exponent in the gradient of your power is the old one. What happens to the exponent when x ** 3 is "
            "differentiated?"
        ),
    ),
    Fault(
        "pow.only_squares",
        local("pow", lambda a, n: (2 * a,)),
        hint="The gradient of your power is right for squares only. Which part of 2 * x came from the exponent?",
    ),
    Fault(
        "pow.always_squares",
        lambda a, n: Step(a * a, ((0, 2 * a),), (0,)),
        hint="__pow__ squares the base whatever the exponent is. Where does the exponent come in?",
    ),
    Fault(
        "pow.factor_lowered_too",
        local("pow", lambda a, n: ((n - 1) * a ** (n - 1),)),
        hint=(
            "The factor in front of your gradient is one too small. Differentiate x ** 3 on paper: which number comes "
            "down?"
        ),
    ),
    Fault(
        "pow.exponent_raised",
        local("pow", lambda a, n: (n * a ** (n + 1),)),
        hint=(
            "The exponent in the gradient of your power went up. It does so when x ** 3 is integrated; what happens "
            "when it is differentiated?"
        ),
    ),
    Fault(
        "pow.multiplies_instead",
        local("pow", lambda a, n: (n * a * (n - 1),)),
        hint=(
            "The gradient of your power multiplies by n - 1 where it should raise to a power. Is there a `*` where "
            "`**` was meant?"
        ),
    ),
    Fault(
        "pow.missing_brackets",
        _missing_brackets,
        hint=(
            "Python raises to a power first, then multiplies, then subtracts. Does your gradient subtract the 1 from "
            "the exponent, or from everything before it?"
        ),
    ),
    Fault(
        "pow.subtracts_one",
        local("pow", lambda a, n: (n * a**n - 1,)),
        hint=(
            "Python raises to a power before it subtracts. Does your gradient subtract the 1 from the exponent, or "
            "from the power?"
        ),
    ),
    Fault(
        "pow.exponent_is_child",
        changed("pow", extra_children=1),
        hint="out seems to record the exponent as a child too. The exponent is a constant: no gradient flows to it.",
    ),
    Fault(
        "pow.multiplies",
        forward("pow", lambda a, n: a * n),
        hint="__pow__ multiplies by the exponent instead of raising to it. Is there a `*` where `**` was meant?",
    ),
    Fault(
        "pow.power_itself",
        local("pow", lambda a, n: (a**n,)),
        hint=(
            "The local gradient of your power seems to be the power itself. Differentiate x ** 3 on paper: what "
            "happens to the exponent?"
        ),
    ),
    Fault(
        "pow.times_exponent",
        local("pow", lambda a, n: (n * a,)),
        hint=(
            "The local gradient of your power multiplies base and exponent. That is right for squares only; "
            "differentiate x ** 3 on paper."
        ),
    ),
    Fault(
        "pow.swapped_in_gradient",
        _by_the_base(lambda a, n, out: a * n ** (a - 1)),
        hint=(
            "In the gradient of your power, base and exponent seem to have changed places. Which of the two "
            "moves, and which is a constant?"
        ),
    ),
    Fault(
        "pow.exponent_to_the_base",
        forward("pow", lambda a, n: n**a),
        hint="__pow__ seems to raise the exponent to the base. Which of the two is self?",
    ),
    Fault(
        "pow.by_logarithm",
        _by_the_base(lambda a, n, out: a**n * math.log(a)),
        hint=(
            "Your gradient has a logarithm, as that of an exponential function. Here the base moves and the "
            "exponent is a constant."
        ),
    ),
    Fault(
        "pow.quotient",
        _by_the_base(lambda a, n, out: n * out / a),
        hint=(
            "Your gradient fails where the base is 0: it divides the power by it. Can you lower the exponent "
            "without dividing?"
        ),
    ),
    Fault(
        "pow.factor_inside",
        _by_the_base(lambda a, n, out: (n * a) ** (n - 1)),
        hint="The factor in front of your gradient seems to be raised to the power as well. Look at the brackets.",
    ),
    Fault(
        "pow.upstream_inside",
        _upstream_inside,
        hint="The upstream gradient seems to be raised to a power too. Look at the brackets.",
    ),
    Fault(
        "pow.uses_output",
        _by_the_base(lambda a, n, out: n * out ** (n - 1)),
        hint="The gradient of your power seems to use out.data where the data of the base belongs.",
    ),
    Fault(
        "pow.wrong_one_lowered",
        local("pow", lambda a, n: ((n - 1) * a**n,)),
        hint=(
            "Your gradient lowers the factor in front and keeps the exponent. Differentiate x ** 3 on paper: "
            "which of the two becomes a 2?"
        ),
    ),
    Fault(
        "pow.integrates",
        _by_the_base(lambda a, n, out: a ** (n + 1) / (n + 1)),
        hint=(
            "The gradient of your power is its integral. What happens to the exponent when x ** 3 is differentiated?"
        ),
    ),
    Fault(
        "pow.derivative_of_add",
        local("pow", lambda a, n: (1.0,)),
        hint=(
            "The gradient of your power is that of a sum: it is handed on as it came. By how much does x ** 3 "
            "change when x grows by a little?"
        ),
    ),
    Fault(
        "pow.absolute_base",
        forward("pow", lambda a, n: abs(a) ** n),
        hint="__pow__ seems to drop the sign of the base. What is (-2) ** 3?",
    ),
    Fault(
        "pow.absolute_base_in_gradient",
        local("pow", lambda a, n: (n * abs(a) ** (n - 1),)),
        hint=(
            "The gradient of your power seems to drop the sign of the base. On which side of 0 does x ** 2 fall "
            "when x grows?"
        ),
    ),
    Fault(
        "pow.integer_exponent_in_gradient",
        local("pow", lambda a, n: (int(n) * a ** int(n - 1) if n else 0.0,)),
        hint="The gradient of your power seems to cut the exponent off to a whole number. It may be 0.5, too.",
    ),
    Fault(
        "pow.whole_part_of_gradient",
        local("pow", lambda a, n: (n * a ** (n - 1) // 1 if n else 0.0,)),
        hint="The gradient of your power seems to be rounded down to a whole number. Is there a `//`?",
    ),
    Fault(
        "pow.positive_exponent",
        forward("pow", lambda a, n: a ** abs(n)),
        hint="__pow__ seems to drop the sign of the exponent. What is 2 ** -1?",
    ),
    Fault(
        "pow.forward_by_logarithm",
        forward("pow", lambda a, n: math.exp(n * math.log(a))),
        hint="__pow__ seems to take a logarithm of the base, which a negative number does not have.",
    ),
    Fault(
        "pow.changes_operand",
        _changes_operand,
        hint=(
            "__pow__ makes a new Value, but changes the data of the base as well. Compute the power without "
            "assigning to self.data."
        ),
    ),
)
