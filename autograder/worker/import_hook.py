"""The modules that the student's code can import in the worker: the standard library, NumPy, and stand-ins.

A stand-in does nothing. The modules are the same wherever a submission is graded, so its score does not depend on what
else is installed. If a submission never names NumPy, it gets a stand-in for it: the provided cells import NumPy, but no
answer needs it.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_DRAW = ("matplotlib", "mpl_toolkits", "seaborn", "igraph")
STAND_INS = frozenset((*_DRAW, "IPython", "ipywidgets", "google", "otter", "tqdm"))
"""Packages that a notebook uses to draw, to show or to check. No answer needs one."""

AVAILABLE = frozenset(sys.stdlib_module_names) | {"numpy"}
_BUILD_DATA = "_sysconfigdata_"
"""Beginning of the name of a module of the standard library that has another name on every system.

``sysconfig`` imports it.
"""


class Inert:
    """Object that accepts every attribute, call and loop, and does nothing."""

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # so that nobody takes it for an array, a buffer or a pickle
        return Inert()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return a single argument that is a function or a sequence, as decorators and progress bars must.

        For other arguments return another inert object.
        """
        return args[0] if len(args) == 1 and (callable(args[0]) or hasattr(args[0], "__iter__")) else Inert()

    def __getitem__(self, key: Any) -> Inert:
        return Inert()

    def __iter__(self) -> Iterator[Inert]:
        return iter((Inert(), Inert()))  # figure, axes = plt.subplots()

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *exception: object) -> None:
        return None


class InertModule(ModuleType):
    """Module in which every name is an inert object."""

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()


class Finder:
    """Import hook that loads ``stand_ins``, leaves the available modules to Python, and refuses all others.

    It does not inherit from a class of ``importlib.abc``, which takes as long to import as everything else here.
    """

    def __init__(self, stand_ins: frozenset[str]) -> None:
        self._stand_ins = stand_ins

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the spec of a stand-in, or None for a module that Python finds itself.

        Raises ``ModuleNotFoundError`` for a module that is not available where submissions are graded.
        """
        package = name.partition(".")[0]
        if package in self._stand_ins:
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]  # as good as an importlib Loader
        if package not in AVAILABLE and not package.startswith(_BUILD_DATA):
            raise ModuleNotFoundError(f"{name} is not available where your notebook is graded", name=name)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make an inert module."""
        return InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Do nothing: an inert module has no code. The import protocol needs this method."""


def install(released: Iterable[str]) -> None:
    """Install the import hook with the stand-ins, and put a copy in place of the module ``builtins``.

    The modules ``released`` with the notebook have stand-ins too, because they only show, draw and check. A student who
    assigns to ``builtins.print`` changes the copy, which only the student's code uses.
    """
    sys.meta_path.insert(0, Finder(STAND_INS.union(released) | ({"numpy"} - sys.modules.keys())))
    copy = ModuleType("builtins")
    vars(copy).update(vars(builtins))
    sys.modules["builtins"] = copy
