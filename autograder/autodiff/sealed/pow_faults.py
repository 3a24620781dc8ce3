"""What learners get wrong about the power."""

from __future__ import annotations

from dataclasses import replace

from autograder.autodiff.sealed.error_faults import errors_in_any_operator
from autograder.autodiff.sealed.operator_faults import changed, forward, in_any_operator, local
from autograder.autodiff.sealed.reference_engine import Fault, Step


def _missing_brackets(a: float, n: float) -> Step:
    """``n * a ** n - 1 * upstream``: without brackets the 1 is not taken from the exponent."""
    step = Step(a**n, ((0, n * a**n),), (0,))
    return replace(step, contribution=lambda upstream, local: local - upstream)


FAULTS: tuple[Fault, ...] = (
    *in_any_operator("pow", "__pow__"),
    *errors_in_any_operator("pow", "__pow__"),
    Fault(
        "pow.no_factor",
        "pow",
        local("pow", lambda a, n: (a ** (n - 1),)),
        hint=(
            "The factor in front is missing from the gradient of your power. What happens to the exponent when x ** 3 "
            "is differentiated? It appears in two places."
        ),
    ),
    Fault(
        "pow.exponent_not_lowered",
        "pow",
        local("pow", lambda a, n: (n * a**n,)),
        hint=(
            "The exponent in the gradient of your power is the old one. What happens to the exponent when x ** 3 is "
            "differentiated?"
        ),
    ),
    Fault(
        "pow.only_squares",
        "pow",
        local("pow", lambda a, n: (2 * a,)),
        hint="The gradient of your power is right for squares only. Which part of 2 * x came from the exponent?",
    ),
    Fault(
        "pow.always_squares",
        "pow",
        lambda a, n: Step(a * a, ((0, 2 * a),), (0,)),
        hint="__pow__ squares the base whatever the exponent is. Where does the exponent come in?",
    ),
    Fault(
        "pow.factor_lowered_too",
        "pow",
        local("pow", lambda a, n: ((n - 1) * a ** (n - 1),)),
        hint=(
            "The factor in front of your gradient is one too small. Differentiate x ** 3 on paper: which number comes "
            "down?"
        ),
    ),
    Fault(
        "pow.exponent_raised",
        "pow",
        local("pow", lambda a, n: (n * a ** (n + 1),)),
        hint=(
            "The exponent in the gradient of your power went up. It does so when x ** 3 is integrated; what happens "
            "when it is differentiated?"
        ),
    ),
    Fault(
        "pow.multiplies_instead",
        "pow",
        local("pow", lambda a, n: (n * a * (n - 1),)),
        hint=(
            "The gradient of your power multiplies by n - 1 where it should raise to a power. Is there a `*` where "
            "`**` was meant?"
        ),
    ),
    Fault(
        "pow.missing_brackets",
        "pow",
        _missing_brackets,
        hint=(
            "Python raises to a power first, then multiplies, then subtracts. Does your gradient subtract the 1 from "
            "the exponent, or from everything before it?"
        ),
    ),
    Fault(
        "pow.subtracts_one",
        "pow",
        local("pow", lambda a, n: (n * a**n - 1,)),
        hint=(
            "Python raises to a power before it subtracts. Does your gradient subtract the 1 from the exponent, or "
            "from the power?"
        ),
    ),
    Fault(
        "pow.exponent_is_child",
        "pow",
        changed("pow", extra_child=True),
        hint="out seems to record the exponent as a child too. The exponent is a constant: no gradient flows to it.",
    ),
    Fault(
        "pow.multiplies",
        "pow",
        forward("pow", lambda a, n: a * n),
        hint="__pow__ multiplies by the exponent instead of raising to it. Is there a `*` where `**` was meant?",
    ),
)
