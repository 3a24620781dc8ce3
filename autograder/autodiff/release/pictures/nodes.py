"""The graph of a Value: its nodes, and how each of them was computed."""

from __future__ import annotations

import itertools
import math
from contextlib import suppress
from typing import Any

MOST_NODES = 60
"""Maximum number of nodes in a drawing; more do not fit on a page."""
FIELDS = ("data", "grad", "_prev", "_backward")
"""Attributes by which a Value is recognised."""
SIGNS = {"__add__": "+", "__mul__": "×", "__sub__": "-", "__truediv__": "/", "__pow__": "**"}


def _is_value(thing: Any) -> bool:
    return all(hasattr(thing, field) for field in FIELDS)


def _topological(value: Any) -> list[Any]:
    """List the nodes of the graph, each after its children; the last is `value`.

    Raises `OverflowError` for more than `MOST_NODES` nodes, and `RecursionError` for a node computed from itself.
    """
    order: list[Any] = []
    seen, done = {id(value)}, set()
    path = [(value, iter(_children(value)))]
    while path:
        node, children = path[-1]
        child = next(children, None)
        if child is None:
            order.append(node)
            done.add(id(node))
            path.pop()
        elif id(child) not in seen:
            seen.add(id(child))
            path.append((child, iter(_children(child))))
        elif id(child) not in done:
            raise RecursionError
        if len(seen) > MOST_NODES:
            raise OverflowError
    return order


def _children(node: Any) -> list[Any]:
    """Return the children of a node, in the order of the operation if `_backward` remembers its operands.

    The set `_prev` does not tell: it has no order, and for `x * x` it holds `x` once.
    """
    known = _remembered(node)
    found = [child for child in _iterated(getattr(node, "_prev", ())) if _is_value(child)]
    operands = [known[name] for name in ("self", "other") if any(known.get(name) is child for child in found)]
    others = [child for child in found if not any(child is operand for operand in operands)]
    return operands + sorted(others, key=lambda child: _number(child.data))


def _iterated(things: Any) -> list[Any]:
    """Return the things in a set or list, as many as a drawing may have; none if it is neither."""
    with suppress(TypeError):
        return list(itertools.islice(things, MOST_NODES + 1))
    return []


def _remembered(node: Any) -> dict[str, Any]:
    """Return the variables that `_backward` remembers from the function in which it was defined."""
    names = getattr(getattr(node._backward, "__code__", None), "co_freevars", ())
    known = {}
    for name, cell in zip(names, getattr(node._backward, "__closure__", None) or (), strict=False):
        with suppress(ValueError):  # a variable that has no value yet
            known[name] = cell.cell_contents
    return known


def _operation(node: Any) -> str:
    """Return the sign or name of the function that made `_backward`; empty if the node has none of its own."""
    if not callable(node._backward):
        return ""
    path = getattr(node._backward, "__qualname__", type(node._backward).__name__)
    maker, inside, _ = path.rpartition(".<locals>.")
    name = (maker if inside else path).rpartition(".")[2]
    return "" if name == "__init__" else SIGNS.get(name, name.strip("_"))


def _headline(node: Any, labels: dict[int, str]) -> str:
    """Return the name of a node and, if it was computed, how."""
    strangers = [type(thing).__name__ for thing in _iterated(getattr(node, "_prev", ())) if not _is_value(thing)]
    label, children = labels[id(node)], _children(node)
    if strangers:
        return f"{label}: an object of type {strangers[0]} among its children"
    operands = [labels[id(child)] for child in children]
    operation = _operation(node)
    if not operands:
        return label
    if not operation:
        return f"{label}: no _backward attached to a result of {', '.join(operands)}"
    if operation == "**" and len(operands) == 1:
        exponent = _exponent(node, children[0])
        return f"{label} = {operands[0]} ** {exponent}" if exponent else f"{label} = power of {operands[0]}"
    if operation in SIGNS.values() and len(operands) == 2:
        return f"{label} = {operands[0]} {operation} {operands[1]}"
    return f"{label} = {operation}({', '.join(operands)})"


def _exponent(node: Any, base: Any) -> str:
    """Return the exponent of a power: a number that `_backward` remembers and that gives the node's data.

    It is empty if there is none.
    """
    for number in _remembered(node).values():
        with suppress(TypeError, ArithmeticError):
            if isinstance(number, (int, float)) and math.isclose(base.data**number, node.data):
                return _number(number)
    return ""


def _labels(nodes: list[Any], names: dict[int, str]) -> dict[int, str]:
    free = (name for k in itertools.count(1) if (name := f"v{k}") not in names.values())
    return {id(node): names.get(id(node)) or (next(free) if _children(node) else _number(node.data)) for node in nodes}


def _number(number: Any) -> str:
    try:
        return format(float(number), ".6g")
    except (TypeError, ValueError):
        return f"an object of type {type(number).__name__}"
