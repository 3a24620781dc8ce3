"""The rubric's expectations as ordinary otter tests, for a notebook that otter executes itself.

Each check becomes one exception-format test with its points and its visibility: the same probe, inputs that are drawn
once and for all as an instructor would write them down, the same numbers and the same tolerance.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from random import Random
from typing import Any

from assigned import CHOICES, expected

from autograder.autodiff.probes.by_name import ONCE
from autograder.grading import compare
from autograder.vocabulary import Check, Inputs

_COMPARE = f"""
for name, wanted in expected.items():
    low, high = wanted if isinstance(wanted, tuple) else (wanted, wanted)
    got = measured.get(name)
    near = math.isclose(got, low, rel_tol={compare.REL_TOL}, abs_tol={compare.ABS_TOL})
    if not (near or low <= got <= high):
        raise AssertionError(name)
"""
_TRAINING = {
    "training.loss_falls": (
        "train_losses",
        "measured = {'first loss': train_losses[0], 'last loss': train_losses[-1]}",
    ),
    "training.trajectory": (
        "train_losses",
        "measured = {f'loss of epoch {k}': loss for k, loss in enumerate(train_losses, start=1)}",
    ),
    "training.first_gradient": (
        "build_network, mean_squared_error, x_train, y_train",
        """
network = build_network()
mean_squared_error(network, x_train, y_train).backward()
names = dict(zip(expected, network.parameters))
measured = {name: parameter.grad for name, parameter in names.items()}""",
    ),
    "training.unseen_seed": (
        "build_network, mean_squared_error, x_train, y_train",
        """
network, measured = build_network(case['seed']), {}
houses = slice(case['first'], case['first'] + case['count'])
for epoch in range(1, case['epochs'] + 1):
    loss = mean_squared_error(network, x_train[houses], y_train[houses])
    measured[f'loss of epoch {epoch}'] = loss.data
    network.zero_grad()
    loss.backward()
    network.update(case['learning_rate'])""",
    ),
}


def test_cell(check: Check) -> str:
    """The source of the test cell of a check, for ``otter assign``."""
    parameters, body = _test(check)
    return (
        f'""" # BEGIN TEST CONFIG\npoints: {check.points}\nhidden: {str(check.visibility == "hidden").lower()}\n'
        f'""" # END TEST CONFIG\ndef test_{check.id.replace(".", "_")}({parameters}):\n'
        + textwrap.indent(f"import math\n{body}", "    ")
    )


def _test(check: Check) -> tuple[str, str]:
    """What a test takes from the notebook, and what it does with it."""
    inputs = check.inputs(Random(check.id))
    if check.id in _TRAINING:
        [case] = inputs
        parameters, measure = _TRAINING[check.id]
        return parameters, f"case, expected = {_plain(case)!r}, {dict(expected(check, case))!r}\n{measure}{_COMPARE}"
    if check.probe:
        cases = [(dict(one), dict(expected(check, one))) for one in inputs]
        run = textwrap.indent(f"measured = {check.probe}(Value, inputs)" + _COMPARE, "    ")
        return "Value", f"{_probe(check.probe)}\nfor inputs, expected in {cases!r}:\n{run}"
    [name, *_] = check.reads
    if name in CHOICES:
        return name, f"if {name} != '{CHOICES[name]}':\n    raise AssertionError('{name}')"
    measured = ", ".join(f"'{name}': {name}" for name in check.reads)
    return ", ".join(check.reads), f"expected, measured = {dict(expected(check))!r}, {{{measured}}}{_COMPARE}"


def _plain(case: Inputs) -> Inputs:
    return {name: value for name, value in case.items() if name != "layers"}


def _probe(name: str) -> str:
    """The source of a probe and of what it calls, without annotations and docstrings."""
    functions = {name: ONCE[name]}
    for function in [*functions.values()]:
        _add_called(function, functions)
    return "\n".join(_bare(inspect.getsource(one)) for one in functions.values())


def _add_called(function: Callable[..., Any], functions: dict[str, Callable[..., Any]]) -> None:
    for name in function.__code__.co_names:
        called = function.__globals__.get(name)
        if inspect.isfunction(called) and name not in functions:
            functions[name] = called
            _add_called(called, functions)


def _bare(source: str) -> str:
    [function] = ast.parse(source).body
    if not isinstance(function, ast.FunctionDef):
        raise TypeError(source)
    function.returns = None
    for argument in function.args.args:
        argument.annotation = None
    if ast.get_docstring(function) is not None:
        del function.body[0]
    return ast.unparse(function)
