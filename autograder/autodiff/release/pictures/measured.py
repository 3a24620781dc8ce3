"""Measurement of what each `_backward` of a graph does: it is called, and what it does is undone."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from typing import Any

from .nodes import FIELDS, _children, _headline, _is_value, _labels, _number, _operation, _remembered


class Graph:
    """The nodes of a graph, each after its children, with their names and what their `_backward` does.

    All other lists and methods refer to a node by its place in the list of nodes.
    """

    def __init__(self, nodes: list[Any], names: dict[int, str]) -> None:
        place = {id(node): k for k, node in enumerate(nodes)}
        self.nodes = nodes
        labels = _labels(nodes, names)
        self.labels = [labels[id(node)] for node in nodes]
        self.headlines = [_headline(node, labels) for node in nodes]
        self.children = [list(dict.fromkeys(place[id(child)] for child in _children(node))) for node in nodes]
        self.order = [k for k in reversed(range(len(nodes))) if self.children[k]]  # the order of backward, no leaves
        self.title = f"Graph of {self.labels[-1]}: {len(nodes)} node{'s' if len(nodes) > 1 else ''}"
        self.silent = {k for k in self.order if not _operation(nodes[k])}  # nodes without a `_backward` of their own
        self.data = [_number(node.data) for node in nodes]
        self.now = self.grads()
        remembered = {id(thing): thing for node in nodes for thing in _remembered(node).values()}
        self.others = [thing for key, thing in remembered.items() if key not in place and _is_value(thing)]
        with self.undone():
            self.back = {k: self._measure(k) for k in self.order}

    def called(self, k: int) -> str:
        """Return the name of a node as it stands in a sentence."""
        number = self.labels[k] == self.data[k]
        return f"the number {self.labels[k]}" if number else self.labels[k]

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo at the end of the context all that has happened to a Value in it; what is printed there is not shown."""
        nodes = [*self.nodes, *self.others]
        before = [(node, field, getattr(node, field)) for node in nodes for field in FIELDS]
        try:
            with redirect_stdout(io.StringIO()):
                yield
        finally:
            for node, field, content in before:
                setattr(node, field, content)

    def _measure(self, k: int) -> list[Back]:
        """Measure what the `_backward` of node `k` hands to each of its children."""
        children = [self.nodes[child] for child in self.children[k]]
        once, twice = (_handed_back(self.nodes[k], children, upstream) for upstream in (1, 2))
        return [Back.of(*grads) for grads in zip(once, twice, strict=True)]

    def grads(self) -> list[str]:
        """Return the present grads of all nodes."""
        return [_number(node.grad) for node in self.nodes]

    def words(self, grads: Sequence[str]) -> list[str]:
        """Return a line of text for each node."""
        lines = zip(self.headlines, self.data, grads, strict=True)
        return [f"{headline}: data {data}, grad {grad}" for headline, data, grad in lines]

    def derivatives(self) -> list[str]:
        """Return a sentence for each arrow back."""
        edges = [
            (k, child, back) for k in self.order for child, back in zip(self.children[k], self.back[k], strict=True)
        ]
        return [f"Back from {self.labels[k]} to {self.labels[child]}: {back}" for k, child, back in edges]


@dataclass(frozen=True)
class Back:
    """The gradient that a child receives: the upstream gradient times `factor`, or always `plus`.

    If both are None, it is neither.
    """

    factor: float | None = None
    plus: float | None = None

    @classmethod
    def of(cls, once: Any, twice: Any) -> Back:
        """Find what explains the grads that the upstream gradients 1 and 2 led to."""
        with suppress(TypeError, ValueError):
            first, second = float(once), float(twice)
            if math.isclose(second, 2 * first):
                return cls(factor=first)
            if math.isclose(second, first):
                return cls(plus=first)
        return cls()

    def __str__(self) -> str:
        if self.factor is not None:
            return f"× {self.factor:.4g}"
        return "?" if self.plus is None else f"+ {self.plus:.4g}"


def _handed_back(node: Any, children: list[Any], upstream: int) -> list[Any]:
    """Call `_backward` with the children's grads at 0, and return these grads; they are None if it raises an error."""
    for child in children:
        child.grad = 0
    node.grad = upstream
    try:
        node._backward()
    except Exception:
        return [None] * len(children)
    return [child.grad for child in children]
