"""Mistakes that every operator may have, and what makes a rule of the reference engine into a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.autodiff.sealed.reference_engine import RULES, Fault, Rule, Step


def changed(question: str, **changes: Any) -> Rule:
    """The right rule, but for these fields of its step."""

    def rule(*operands: float) -> Step:
        return replace(RULES[question](*operands), **changes)

    return rule


def local(question: str, derivatives: Callable[..., Sequence[float]]) -> Rule:
    """The right forward value with other local derivatives, one for each edge in order."""

    def rule(*operands: float) -> Step:
        step = RULES[question](*operands)
        edges = tuple((k, d) for (k, _), d in zip(step.edges, derivatives(*operands), strict=True))
        return replace(step, edges=edges)

    return rule


def forward(question: str, value: Callable[..., float]) -> Rule:
    """Another forward value with the right local derivatives."""

    def rule(*operands: float) -> Step:
        return replace(RULES[question](*operands), data=value(*operands))

    return rule


_CHANGES: dict[str, dict[str, Any]] = {
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

_HINTS = {
    "overwrites": (
        "{name} seems to replace the gradient that an operand already has. Compare with the template: what does "
        "`+=` do there that `=` would not?"
    ),
    "no_upstream": (
        "{name} seems to leave out the upstream gradient. The local gradient says how out changes with the "
        "operand; out.grad says how the loss changes with out. The chain rule needs both."
    ),
    "adds_upstream": (
        "{name} seems to add the local gradient and the upstream gradient. How does the chain rule combine two "
        "rates of change that act one after the other?"
    ),
    "called_not_attached": (
        "{name} seems to call its inner function instead of handing it over. `out._backward = _backward` stores "
        "the function for later; brackets after the name run it now, while out.grad is 0."
    ),
    "own_gradient": (
        "{name} seems to read the gradient of the operand where it needs the gradient of out. Which of the two has "
        "already been computed when _backward runs?"
    ),
    "data_as_upstream": (
        "{name} seems to multiply by out.data where the chain rule has out.grad, the upstream gradient."
    ),
    "attached_to_operand": (
        "{name} seems to hand its inner function to an operand. Whose gradient is known first, the operand's or out's, "
        "and so whose _backward must it be?"
    ),
    "no_gradient": (
        "{name} gives its operands no gradient. Either out never receives the inner function: then the line that hands "
        "it over is missing, stands after a `return`, or has `_backward` misspelt, which makes a new attribute without "
        "a word. Or that function, when it runs later, adds nothing to an operand's `grad`."
    ),
    "no_children": (
        "{name} seems not to record its operands as the children of out. Look at the second argument of Value in "
        "the template; an attribute by another name than `_prev` is not looked at."
    ),
    "in_place": (
        "{name} seems to change the operand itself and to return it. Build a new Value for the result, as the "
        "template does."
    ),
    "returns_number": (
        "{name} seems to return a plain number. A number cannot remember its operands; wrap it as the template does."
    ),
    "no_return": "{name} seems to return nothing. Look at the very last line of the template.",
}


def in_any_operator(question: str, name: str) -> Iterator[Fault]:
    """The faults of accumulation and attachment, for the operator ``name``."""
    for kind, change in _CHANGES.items():
        yield Fault(f"{question}.{kind}", question, changed(question, **change), hint=_HINTS[kind].format(name=name))
