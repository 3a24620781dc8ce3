"""The steps of `backward`: the node that is visited, and what it adds to the grads of its children."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from .measured import Back, Graph
from .nodes import _number

LONGEST_ERROR = 200
"""Maximum length of an exception's text, in characters."""
LONGEST_SUM = 20
"""Maximum length of a sum that is shown in a node, in characters."""


@dataclass(frozen=True)
class State:
    """The grads at one moment of `backward`, what has just happened in words, and the node that was `visited`."""

    name: str
    words: str
    grads: list[str]
    visited: int | None = None


def _states(graph: Graph) -> list[State]:
    """Return the present state, and then the states of `backward` from node to node, if all grads begin at 0."""
    size, result = len(graph.nodes), graph.labels[-1]
    start = ["0"] * (size - 1) + ["1"]
    states = [State("start", f"Start: {result} gets the grad 1, every other grad is 0.", start)]
    with graph.undone():
        for node in (*graph.nodes, *graph.others):
            node.grad = 0
        graph.nodes[-1].grad = 1
        for number, k in enumerate(graph.order, start=1):
            state, goes_on = _visit(graph, k, number)
            states.append(state)
            if not goes_on:
                break
        else:
            words = f"{len(graph.order) + 1}. The leaves have no children and add nothing: done."
            states.append(State("leaves", words, graph.grads()))
    return [State("now", _now(graph, states[-1].grads), graph.now), *states]


def _now(graph: Graph, end: list[str]) -> str:
    """Tell if the present grads are those that `backward` makes."""
    if set(graph.now) == {"0"}:
        return "Now: every grad is 0, as before backward."
    result = graph.labels[-1]
    if graph.now == end:
        return f"Now: the grads are those of {result}.backward()."
    return f"Now: the grads are not those that {result}.backward() makes where all begin at 0."


def _visit(graph: Graph, k: int, number: int) -> tuple[State, bool]:
    """Call the `_backward` of node `k` and tell what it did, and whether `backward` would go on."""
    name, visitor = f"{number} {graph.labels[k]}", f"{number}. {graph.labels[k]} (grad {_number(graph.nodes[k].grad)})"
    everyone = [*graph.nodes, *graph.others]
    before = [node.grad for node in everyone]
    try:
        graph.nodes[k]._backward()
    except Exception as error:
        text = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_ERROR]
        return State(name, f"{visitor}: its _backward raises {text}. There backward ends.", graph.grads(), k), False
    grads, received = graph.grads(), []
    for child, back in zip(graph.children[k], graph.back[k], strict=True):
        words, grads[child] = _received(graph.called(child), before[k], back, before[child], graph.nodes[child].grad)
        received.append(words)
    strays = [j for j, node in enumerate(everyone) if node.grad is not before[j] and j not in (k, *graph.children[k])]
    stray = " It changes the grad of {} too, which is not among its children."
    named = [graph.labels[j] if j < len(graph.nodes) else "a Value" for j in strays[:1]]
    return State(name, f"{visitor} {'; '.join(received)}." + "".join(map(stray.format, named)), grads, k), True


def _received(label: str, upstream: Any, back: Back, before: Any, after: Any) -> tuple[str, str]:
    """Return in words what a child received, and its grad, as a short sum if it had one before."""
    had, has = _number(before), _number(after)
    with suppress(TypeError, ValueError):
        part = back.factor * upstream if back.plus is None else back.plus
        given = (
            f"{_number(upstream)} × {_number(back.factor)} = {_number(part)}" if back.plus is None else _number(part)
        )
        if math.isclose(after, before + part, abs_tol=1e-12):
            total = f"{had} + {_number(part)} = {has}"
            fits = before and len(total) <= LONGEST_SUM
            return f"adds {given} to {label}" + (f": {total}" if before else ""), total if fits else has
        if math.isclose(after, part):
            return f"sets the grad of {label} to {given}, and the {had} that was there is lost", has
    return (
        f"changes the grad of {label} from {had} to {has}" if after is not before else f"adds nothing to {label}",
        has,
    )
