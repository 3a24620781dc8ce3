"""All probes by name: those that report once, and those that report step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from autograder.autodiff.probes import hidden, public
from autograder.autodiff.probes.tape import gradient_descent_in_batches, gradient_descent_on_tape
from autograder.autodiff.probes.training import gradient_descent
from autograder.vocabulary import Inputs, Measured

Probe = Callable[[Any, Inputs], Measured]
StepwiseProbe = Callable[[Any, Inputs], Iterator[Measured]]

ONCE: dict[str, Probe] = {
    probe.__name__: probe
    for probe in (
        public.product_forward,
        public.product_with_number,
        public.product_node,
        public.product_children,
        public.product_gradients,
        hidden.product_gradient_with_number,
        public.product_accumulates,
        hidden.product_square,
        hidden.product_shared,
        hidden.product_independent,
        public.power_forward,
        public.power_node,
        public.power_children,
        public.power_gradient,
        public.power_accumulates,
        hidden.power_chained,
        hidden.power_independent,
        public.relu_forward,
        public.relu_node,
        public.relu_gradient,
        public.relu_accumulates,
        hidden.relu_used_twice,
        hidden.relu_independent,
    )
}
"""Probes that report once. They are called with the class that the methods are grafted on, and the inputs."""
STEPWISE: dict[str, StepwiseProbe] = {
    probe.__name__: probe for probe in (gradient_descent, gradient_descent_on_tape, gradient_descent_in_batches)
}
"""Probes that report step by step. They are called with the engine, which has all classes, and the inputs."""


def describe(probe: str, inputs: Inputs) -> str:
    """Return what ``probe`` runs on ``inputs``, as a student would type it."""
    function = ONCE.get(probe) or STEPWISE[probe]
    return (function.__doc__ or "").format(**inputs)
