"""What the student's imports find in the worker: the standard library, NumPy, and stand-ins that do nothing.

The same modules are there wherever a submission is graded, so its score does not depend on what else is installed.
NumPy too is a stand-in for a submission that never names it: the provided cells import it, but no answer needs it.
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
"""Packages of a notebook's surroundings: to draw, to show, to check. No answer needs one."""

AVAILABLE = frozenset(sys.stdlib_module_names) | {"numpy"}
_BUILD_DATA = "_sysconfigdata_"
"""How a module of the standard library begins that is called otherwise on every system: `sysconfig` imports it."""


class Inert:
    """Takes every attribute, call and loop, and does nothing."""

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # so that nobody takes it for an array, a buffer or a pickle
        return Inert()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Let a decorator's function, and what a progress bar wraps, pass through."""
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
    """A module whose every name is inert."""

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()


class Finder:
    """Finds and loads ``stand_ins``, lets the available modules be found as usual, and refuses every other one.

    It is not derived from the classes of ``importlib.abc``, which take as long to import as all else here.
    """

    def __init__(self, stand_ins: frozenset[str]) -> None:
        self._stand_ins = stand_ins

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Part of the import protocol; ``ModuleNotFoundError`` for a module that no submission may count on."""
        package = name.partition(".")[0]
        if package in self._stand_ins:
            return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]  # as good as an importlib Loader
        if package not in AVAILABLE and not package.startswith(_BUILD_DATA):
            raise ModuleNotFoundError(f"{name} is not available where your notebook is graded", name=name)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Part of the import protocol."""
        return InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Part of the import protocol."""


def install(released: Iterable[str]) -> None:
    """Put the stand-ins in front of every other module of this process, and a copy in place of ``builtins``.

    The modules that are ``released`` with the notebook have stand-ins too: they show, draw and check.
    A student who assigns to ``builtins.print`` changes the copy, which only the student's code looks into.
    """
    sys.meta_path.insert(0, Finder(STAND_INS.union(released) | ({"numpy"} - sys.modules.keys())))
    copy = ModuleType("builtins")
    vars(copy).update(vars(builtins))
    sys.modules["builtins"] = copy
