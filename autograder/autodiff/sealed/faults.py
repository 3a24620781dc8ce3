"""The named faults: what learners get wrong, each as a rule of the reference engine that computes what it computes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.autodiff.sealed.reference_engine import RULES, Fault, Rule, Step, multiply


def _changed(question: str, **changes: Any) -> Rule:
    def rule(*operands: float) -> Step:
        return replace(RULES[question](*operands), **changes)

    return rule


def _local(question: str, derivatives: Callable[..., Sequence[float]]) -> Rule:
    """The right forward value with other local derivatives, one for each edge in order."""

    def rule(*operands: float) -> Step:
        step = RULES[question](*operands)
        edges = tuple((k, d) for (k, _), d in zip(step.edges, derivatives(*operands), strict=True))
        return replace(step, edges=edges)

    return rule


def _forward(question: str, value: Callable[..., float]) -> Rule:
    """Another forward value with the right local derivatives."""

    def rule(*operands: float) -> Step:
        return replace(RULES[question](*operands), data=value(*operands))

    return rule


def _one_edge(k: int) -> Rule:
    """A product whose gradient reaches only operand ``k``."""

    def rule(a: float, b: float) -> Step:
        step = multiply(a, b)
        return replace(step, edges=step.edges[k : k + 1])

    return rule


def _missing_brackets(a: float, n: float) -> Step:
    """``n * a ** n - 1 * upstream``: without brackets the 1 is not taken from the exponent."""
    step = Step(a**n, ((0, n * a**n),), (0,))
    return replace(step, contribution=lambda upstream, local: local - upstream)


def _returns_operand(a: float) -> Step:
    """The operand itself where it is positive, else a new node that remembers nothing."""
    return Step(a, (), (), attach="never", in_place=True) if a > 0 else Step(0.0, (), ())


def _in_any_operator(question: str) -> Iterator[Fault]:
    """The faults of accumulation and attachment, which every operator can have."""
    changes: dict[str, dict[str, Any]] = {
        "overwrites": {"push": "overwrite"},
        "no_upstream": {"contribution": lambda upstream, local: local},
        "adds_upstream": {"contribution": lambda upstream, local: upstream + local},
        "own_gradient": {"upstream": "operand.grad"},
        "data_as_upstream": {"upstream": "out.data"},
        "called_not_attached": {"attach": "called"},
        "attached_to_operand": {"attach": "to_operand"},
        "no_gradient": {"attach": "never"},
        "no_children": {"children": ()},
        "in_place": {"in_place": True, "children": (), "attach": "never"},
        "returns_number": {"returns": "number"},
        "no_return": {"returns": "nothing"},
    }
    for name, change in changes.items():
        yield Fault(f"{question}.{name}", question, _changed(question, **change))


FAULTS: tuple[Fault, ...] = (
    *_in_any_operator("mul"),
    Fault("mul.swapped", "mul", _local("mul", lambda a, b: (a, b))),
    Fault("mul.derivative_of_add", "mul", _local("mul", lambda a, b: (1.0, 1.0))),
    Fault("mul.uses_output", "mul", _local("mul", lambda a, b: (a * b, a * b))),
    Fault("mul.left_only", "mul", _one_edge(0)),
    Fault("mul.right_only", "mul", _one_edge(1)),
    Fault("mul.all_to_left", "mul", lambda a, b: Step(a * b, ((0, b), (0, a)), (0, 1))),
    Fault("mul.missing_left_child", "mul", _changed("mul", children=(1,))),
    Fault("mul.missing_right_child", "mul", _changed("mul", children=(0,))),
    Fault("mul.copy_of_add", "mul", lambda a, b: Step(a + b, ((0, 1.0), (1, 1.0)), (0, 1))),
    Fault("mul.adds", "mul", _forward("mul", lambda a, b: a + b)),
    Fault("mul.numbers_not_wrapped", "mul", multiply, wraps=False),
    *_in_any_operator("pow"),
    Fault("pow.no_factor", "pow", _local("pow", lambda a, n: (a ** (n - 1),))),
    Fault("pow.exponent_not_lowered", "pow", _local("pow", lambda a, n: (n * a**n,))),
    Fault("pow.only_squares", "pow", _local("pow", lambda a, n: (2 * a,))),
    Fault("pow.always_squares", "pow", lambda a, n: Step(a * a, ((0, 2 * a),), (0,))),
    Fault("pow.factor_lowered_too", "pow", _local("pow", lambda a, n: ((n - 1) * a ** (n - 1),))),
    Fault("pow.exponent_raised", "pow", _local("pow", lambda a, n: (n * a ** (n + 1),))),
    Fault("pow.multiplies_instead", "pow", _local("pow", lambda a, n: (n * a * (n - 1),))),
    Fault("pow.missing_brackets", "pow", _missing_brackets),
    Fault("pow.subtracts_one", "pow", _local("pow", lambda a, n: (n * a**n - 1,))),
    Fault("pow.exponent_is_child", "pow", _changed("pow", extra_child=True)),
    Fault("pow.multiplies", "pow", _forward("pow", lambda a, n: a * n)),
    *_in_any_operator("relu"),
    Fault("relu.mask_inverted", "relu", _local("relu", lambda a: (1.0 if a <= 0 else 0.0,))),
    Fault("relu.no_mask", "relu", _local("relu", lambda a: (1.0,))),
    Fault("relu.uses_output", "relu", _local("relu", lambda a: (max(a, 0.0),))),
    Fault("relu.mask_from_gradient", "relu", _changed("relu", contribution=lambda up, local: up if up > 0 else 0.0)),
    Fault("relu.threshold_at_one", "relu", lambda a: Step(a if a > 1 else 0.0, ((0, 1.0 if a > 1 else 0.0),), (0,))),
    Fault("relu.absolute_value", "relu", lambda a: Step(abs(a), ((0, 1.0 if a > 0 else -1.0),), (0,))),
    Fault("relu.sign_as_mask", "relu", _local("relu", lambda a: (1.0 if a > 0 else -1.0,))),
    Fault("relu.leaky", "relu", lambda a: Step(a if a > 0 else 0.01 * a, ((0, 1.0 if a > 0 else 0.01),), (0,))),
    Fault("relu.step", "relu", _forward("relu", lambda a: 1.0 if a > 0 else 0.0)),
    Fault("relu.returns_operand", "relu", _returns_operand),
    Fault("relu.minimum", "relu", lambda a: Step(min(a, 0.0), ((0, 1.0 if a < 0 else 0.0),), (0,))),
)
