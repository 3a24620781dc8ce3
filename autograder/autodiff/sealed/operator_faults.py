"""Mistakes that every operator may have, and functions that turn a rule of the reference engine into a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograder.autodiff.sealed.reference_engine import RULES, Fault, Node, Rule, Step

Inner = Callable[[], None]
Push = Callable[[Callable[[], None], Node, Sequence[Node]], Inner]


def changed(question: str, **changes: Any) -> Rule:
    """Return the right rule of a question with these fields of its step changed."""

    def rule(*operands: float) -> Step:
        return RULES[question](*operands).but(**changes)

    return rule


def local(question: str, derivatives: Callable[..., Sequence[float]]) -> Rule:
    """Return a rule with the right forward value and other local derivatives, one for each edge in order."""

    def rule(*operands: float) -> Step:
        step = RULES[question](*operands)
        edges = tuple((k, d) for (k, _), d in zip(step.edges, derivatives(*operands), strict=True))
        return step.but(edges=edges)

    return rule


def forward(question: str, value: Callable[..., float]) -> Rule:
    """Return a rule with another forward value and the right local derivatives."""

    def rule(*operands: float) -> Step:
        return RULES[question](*operands).but(data=value(*operands))

    return rule


def backward(does: Callable[..., None]) -> Push:
    """Return a change of the inner function, which then calls ``does`` with the new node and its operands.

    It uses the values that these hold when it runs.
    """
    return lambda push, out, operands: lambda: does(out, *operands)


def _once(push: Inner, out: Node, operands: Sequence[Node]) -> Inner:
    left = [push]
    return lambda: left.pop()() if left else None


def _recursive(push: Inner, out: Node, operands: Sequence[Node]) -> Inner:
    def inner() -> None:
        push()
        for operand in operands:
            operand._backward()  # type: ignore[misc]  # as in the engine

    return inner


def _leaves_only(push: Inner, out: Node, operands: Sequence[Node]) -> Inner:
    def inner() -> None:
        inner_nodes = {operand: operand.grad for operand in operands if operand._prev}
        push()
        for operand, before in inner_nodes.items():
            operand.grad = before

    return inner


_CHANGES: dict[str, dict[str, Any]] = {
    "overwrites": {"push": "overwrite"},
    "no_upstream": {"contribution": lambda upstream, local: local},
    "adds_upstream": {"contribution": lambda upstream, local: upstream + local},
    "own_gradient": {"upstream": "operand.grad"},
    "data_as_upstream": {"upstream": "out.data"},
    "called_not_attached": {"attach": "called"},
    "no_gradient": {"attach": "never"},
    "attached_to_operand": {"attach": "to_operand"},
    "no_children": {"children": ()},
    "in_place": {"in_place": True, "children": (), "attach": "never"},
    "returns_number": {"returns": "number"},
    "no_return": {"returns": "nothing"},
    "subtracts": {"contribution": lambda upstream, local: -upstream * local},
    "twice": {"contribution": lambda upstream, local: 2 * upstream * local},
    "multiplies_gradient": {"push": "multiply"},
    "into_out": {"into_out": True},
    "once": {"inner": _once},
    "recursive": {"inner": _recursive},
    "leaves_only": {"inner": _leaves_only},
}

"""Fields of a step that each kind of fault changes.

The commonest kinds come first: if two cannot be told apart on public inputs, the self-check names the first one.
"""

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
    "subtracts": (
        "The gradients of {name} have the right size and the wrong sign. Where does your _backward subtract, or put a "
        "minus, that the chain rule does not have?"
    ),
    "twice": (
        "Each contribution of {name} arrives doubled. Is a line of your _backward there twice, or a factor 2 that the "
        "chain rule does not have?"
    ),
    "multiplies_gradient": (
        "{name} seems to multiply the gradient that an operand already has. That is 0 at first; how do contributions "
        "combine?"
    ),
    "into_out": (
        "{name} seems to add the contributions to out's own gradient. To whose gradient does the contribution belong: "
        "that of out, or that of what out was computed from?"
    ),
    "once": (
        "_backward of {name} seems to work the first time only. Something remembers that it has run; backward() may "
        "run again, after the gradients were set to 0."
    ),
    "recursive": (
        "_backward of {name} seems to call the _backward of its operands. backward() calls each of them already, in "
        "its turn, so that they run more than once now."
    ),
    "leaves_only": (
        "{name} seems to give a gradient to leaves only. An operand in the middle of the graph needs its gradient too: "
        "what would it hand on otherwise?"
    ),
}


def in_any_operator(question: str, name: str) -> Iterator[Fault]:
    """Yield the faults that every operator may have, for the operator ``name``."""
    for kind, change in _CHANGES.items():
        yield Fault(f"{question}.{kind}", changed(question, **change), hint=_HINTS[kind].format(name=name))
