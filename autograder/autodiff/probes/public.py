"""Probes of the public checks: small programs that run on any engine and report what they measured.

A probe knows no expected value. The same function runs on the student's ``Value``, in the worker and in the student's
own notebook, and on the reference engine, with and without a named fault. Its docstring is a ``str.format`` template
over the inputs, which says what was run as a student would type it. A value whose name ends with ``?`` is 1 for yes or
0 for no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.vocabulary import Measured

# --- the product --------------------------------------------------------------------------------------------------


def product_forward(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803 - the notebook's class
    """out = Value({a}) * Value({b})"""
    out = Value(inputs["a"]) * Value(inputs["b"])
    return {"out.data": out.data}


def product_with_number(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """left = Value({a}) * {b}; right = {b} * Value({a})"""
    left = Value(inputs["a"]) * inputs["b"]
    right = inputs["b"] * Value(inputs["a"])
    return {"left.data": left.data, "right.data": right.data}


def product_node(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); b = Value({b}); out = a * b"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    out = a * b
    return {
        "is out a new Value?": int(isinstance(out, Value) and out is not a and out is not b),
        "a.data": a.data,
        "b.data": b.data,
        "out.grad": out.grad,
    }


def product_children(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """earlier = Value({a}) * Value({b}); a = Value({a}); b = Value({b}); out = a * b; out._prev"""
    _ = Value(inputs["a"]) * Value(inputs["b"])
    a, b = Value(inputs["a"]), Value(inputs["b"])
    out = a * b
    return {
        "is a a child of out?": is_child(a, out),
        "is b a child of out?": is_child(b, out),
        "number of children": len(out._prev),
    }


def product_gradients(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); b = Value({b}); out = a * b; out.grad = {upstream}; out._backward()"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    out = a * b
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


def product_accumulates(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); b = Value({b}); a.grad = {a_grad}; b.grad = {b_grad}; out = a * b; \
out.grad = {upstream}; out._backward()"""
    a, b = Value(inputs["a"]), Value(inputs["b"])
    a.grad, b.grad = inputs["a_grad"], inputs["b_grad"]
    out = a * b
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


# --- the power ----------------------------------------------------------------------------------------------------


def power_forward(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """out = Value({a}) ** {n}"""
    out = Value(inputs["a"]) ** inputs["n"]
    return {"out.data": out.data}


def power_node(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a ** {n}; out._prev"""
    a = Value(inputs["a"])
    return _single_operand_node(Value, a, a ** inputs["n"])


def power_children(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """out = Value({a}) ** {n}; len(out._prev)"""
    return {"number of children": len((Value(inputs["a"]) ** inputs["n"])._prev)}


def power_gradient(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a ** {n}; out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    return _local_gradient(a, a ** inputs["n"], inputs)


def power_accumulates(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); a.grad = {a_grad}; out = a ** {n}; out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    a.grad = inputs["a_grad"]
    return _local_gradient(a, a ** inputs["n"], inputs)


# --- the rectifier ------------------------------------------------------------------------------------------------


def relu_forward(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """out = Value({a}).relu()"""
    return {"out.data": Value(inputs["a"]).relu().data}


def relu_node(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a.relu(); out._prev"""
    a = Value(inputs["a"])
    return _single_operand_node(Value, a, a.relu())


def relu_gradient(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); out = a.relu(); out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    return _local_gradient(a, a.relu(), inputs)


def relu_accumulates(Value: Any, inputs: Mapping[str, Any]) -> Measured:  # noqa: N803
    """a = Value({a}); a.grad = {a_grad}; out = a.relu(); out.grad = {upstream}; out._backward()"""
    a = Value(inputs["a"])
    a.grad = inputs["a_grad"]
    return _local_gradient(a, a.relu(), inputs)


# --- shared by several operators ----------------------------------------------------------------------------------


def is_child(node: Any, out: Any) -> int:
    """Return 1 if ``node`` itself is a child of ``out``, else 0."""
    return int(any(child is node for child in out._prev))


def _single_operand_node(Value: Any, a: Any, out: Any) -> Measured:  # noqa: N803
    return {
        "is out a new Value?": int(isinstance(out, Value) and out is not a),
        "is a a child of out?": is_child(a, out),
        "a.data": a.data,
    }


def _local_gradient(a: Any, out: Any, inputs: Mapping[str, Any]) -> Measured:
    out.grad = inputs["upstream"]
    out._backward()
    return {"a.grad": a.grad}
