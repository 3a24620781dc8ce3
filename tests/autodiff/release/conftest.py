"""The released drawings as students import them, and ``Value`` with operators that were written in two ways."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from assigned import definitions
from made_once import made_once
from readme_commands import start

OUTSIDE = """
def __mul__(self, other):
    other = other if isinstance(other, Value) else Value(other)
    out = Value(self.data * other.data, (self, other))
    def _backward():
        self.grad += other.data * out.grad
        other.grad += self.data * out.grad
    out._backward = _backward
    return out

def __pow__(self, exponent):
    slope = exponent * self.data ** (exponent - 1)
    out = Value(self.data ** exponent, (self,))
    def _backward():
        self.grad += slope * out.grad + 0 * exponent
    out._backward = _backward
    return out

def relu(self):
    out = Value(max(0, self.data), (self,))
    def _backward():
        self.grad += (out.data > 0) * out.grad
    out._backward = _backward
    return out

def double(self):
    out = Value(2 * self.data, (self,))
    def helper():
        self.grad += 2 * out.grad
    out._backward = helper
    return out

def forgotten(self):
    return Value(self.data, (self,))
"""
ATTACHED = OUTSIDE + "for f in (__mul__, __pow__, relu, double, forgotten): setattr(Value, f.__name__, f)\n"
INSIDE = "class Value(Value):\n" + OUTSIDE.replace("\n", "\n    ")


@pytest.fixture(scope="session")
def first_day(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release in which a student has typed the first commands; no test may change what lies there."""
    return made_once(tmp_path_factory, "first-day", lambda folder: start(released, folder)) / "autodiff"


@pytest.fixture(scope="module")
def drawing(released: Path) -> Iterator[ModuleType]:
    """The module as students import it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(released)
        patch.delitem(sys.modules, "drawing", raising=False)
        yield importlib.import_module("drawing")
        sys.modules.pop("drawing", None)


@pytest.fixture(scope="module", params=[ATTACHED, INSIDE], ids=["outside", "inside"])
def value(request: pytest.FixtureRequest) -> Any:
    """``Value`` with operators written outside the class, or inside it."""
    with pytest.MonkeyPatch.context() as patch:
        nothing = dict.fromkeys(("pyplot", "TrainingView", "draw", "picture", "table"))
        for name in ("grader", "drawing", "matplotlib", "matplotlib.pyplot"):
            patch.setitem(sys.modules, name, SimpleNamespace(**nothing))
        namespace: dict[str, Any] = {"__name__": "student"}
        exec(definitions(), namespace)
    exec(request.param, namespace)
    return namespace["Value"]
