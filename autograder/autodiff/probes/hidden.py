"""Probes of the hidden checks, which no student is told about.

A probe knows no expected value. The same function runs on the student's ``Value`` in the worker, and on the reference
engine, with and without a named fault. Its docstring is a ``str.format`` template over the inputs, which says what was
run as a student would type it. A value whose name ends with ``?`` is 1 for yes or 0 for no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.autodiff.probes.public import is_child
from autograder.vocabulary import Measured

# --- the product --------------------------------------------------------------------------------------------------


def product_gradient_with_number(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a * {b}; out.grad = {upstream}; out._backward(); \
then with a.grad = {a_grad} beforehand, for a * {b} and for a * Value({b})"""
    a = Value(inputs["a"])
    out = a * inputs["b"]
    out.grad = inputs["upstream"]
    out._backward()
    values_only = int(all(isinstance(child, Value) for child in out._prev))
    graph = {"is a a child of out?": is_child(a, out), "are all children of out Values?": values_only}
    measured = {"a.grad": a.grad, "a.data": a.data, **graph}
    # Another check judges if products add at all. Here the path for plain numbers must add only if other products do.
    added = _adds(Value, inputs["b"], inputs) or not _adds(Value, Value(inputs["b"]), inputs)
    return measured | {"does it add if other products do?": int(added)}


def product_square(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """x = Value({a}); x.grad = {a_grad}; out = x * x; out.grad = {upstream}; out._backward()"""
    x = Value(inputs["a"])
    x.grad = inputs["a_grad"]
    out = x * x
    out.grad = inputs["upstream"]
    out._backward()
    return {"x.grad": x.grad}


def product_shared(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a, b, c = Value({a}), Value({b}), Value({c}); y = a * b; u = y * c; z = c * (u * u) + a; z.backward()"""
    a, b, c = Value(inputs["a"]), Value(inputs["b"]), Value(inputs["c"])
    y = a * b
    u = y * c
    z = c * (u * u) + a
    _run_backward(Value, z)
    return {"z.data": z.data, "a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


def product_independent(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a, b, c, d = Value({a}), Value({b}), Value({c}), Value({d}); p = a * b; q = c * d; later = a * d, c * b; \
p.grad = {upstream}; q.grad = {other_upstream}; p._backward(); q._backward(); \
a.grad = b.grad = 0; p._backward(); a.data *= 2; again = a * b"""
    a, b, c, d = (Value(inputs[name]) for name in "abcd")
    p, q = a * b, c * d
    _ = a * d, c * b  # later products with the same operands must not matter
    p.grad, q.grad = inputs["upstream"], inputs["other_upstream"]
    p._backward()
    q._backward()
    gradients = {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad, "d.grad": d.grad}
    data = {"a.data": a.data, "d.data": d.data, "p.data": p.data, "p.grad": p.grad, "children of a": len(a._prev)}
    a.grad = b.grad = 0
    p._backward()
    second = {"a.grad of a second p._backward()": a.grad, "b.grad of a second p._backward()": b.grad}
    a.data *= 2
    return gradients | data | second | {"again.data": (a * b).data}


# --- the power ----------------------------------------------------------------------------------------------------


def power_chained(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """x = Value({a}); y = x ** {n}; z = y ** {m} + x; z.backward()"""
    x = Value(inputs["a"])
    y = x ** inputs["n"]
    z = y ** inputs["m"] + x
    _run_backward(Value, z)
    return {"z.data": z.data, "x.grad": x.grad}


def power_independent(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a, b = Value({a}), Value({b}); p = a ** {n}; q = b ** {m}; later = a ** 7, b ** 7; \
p.grad = {upstream}; q.grad = {other_upstream}; p._backward(); q._backward(); \
a.grad = 0; p._backward(); a.data *= 2; again = a ** {n}"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    p, q = a ** inputs["n"], b ** inputs["m"]
    _ = a**7, b**7
    measured = _independent_nodes(a, b, p, q, inputs)
    a.data *= 2
    return measured | {"again.data": (a ** inputs["n"]).data}


# --- the rectifier ------------------------------------------------------------------------------------------------


def relu_used_twice(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a, b, c = Value({a}), Value({b}), Value({a}); t = a + b; u = t.relu() + t.relu(); s = u + u + c.relu(); \
s.backward()"""
    a, b, c = Value(inputs["a"]), Value(inputs["b"]), Value(inputs["a"])
    t = a + b
    u = t.relu() + t.relu()  # they are alike, because backward may take them in either order
    s = u + u + c.relu()
    _run_backward(Value, s)
    return {"a.grad": a.grad, "b.grad": b.grad, "c.grad": c.grad}


def relu_independent(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a, b = Value({a}), Value({b}); p = a.relu(); q = b.relu(); \
p.grad = {upstream}; q.grad = {other_upstream}; p._backward(); q._backward(); \
a.grad = 0; p._backward(); a.data *= -2; again = a.relu()"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    measured = _independent_nodes(a, b, a.relu(), b.relu(), inputs)
    a.data *= -2
    return measured | {"again.data": a.relu().data}


# --- shared by several operators ----------------------------------------------------------------------------------


def _adds(Value: Any, factor: Any, inputs: Mapping[str, Any]) -> bool:  # noqa: N803
    """Tell whether a product adds to the gradient that its operand already has."""
    before, after = Value(inputs["a"]), Value(inputs["a"])
    after.grad = inputs["a_grad"]
    for a in (before, after):
        out = a * factor
        out.grad = inputs["upstream"]
        out._backward()
    return bool(abs(after.grad - before.grad - inputs["a_grad"]) <= 1e-6 * (1 + abs(before.grad)))


def _run_backward(Value: Any, root: Any) -> None:  # noqa: N803
    """Run the ``backward`` of the class itself, even if an instance, a subclass or a metaclass has another one."""
    own = type.__dict__["__dict__"].__get__(Value).get("backward")
    (own or Value.backward)(root)


def _independent_nodes(a: Any, b: Any, p: Any, q: Any, inputs: Mapping[str, Any]) -> Measured:
    p.grad, q.grad = inputs["upstream"], inputs["other_upstream"]
    p._backward()
    q._backward()
    gradients = {"a.grad": a.grad, "b.grad": b.grad, "p.grad": p.grad}
    data = {"a.data": a.data, "b.data": b.data, "p.data": p.data, "children of a": len(a._prev)}
    a.grad = 0
    p._backward()
    return gradients | data | {"a.grad of a second p._backward()": a.grad}
