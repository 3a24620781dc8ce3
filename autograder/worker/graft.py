"""Makes the classes that probes run on: the provided ones with a student's operators grafted on, or their ``Value``.

Runs in the student's own process only; what it uses of other modules it took before the student's code could patch it.
A ``namespace`` is that of the student's cells, ``given`` the provided ``Value`` that it began with.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

from autograder.vocabulary import OPERATORS

attributes_of = type.__dict__["__dict__"].__get__
"""The attributes of a class itself, whatever its metaclass makes of ``__dict__``."""
_bases_of = type.__dict__["__bases__"].__get__


class Provided:
    """The provided definitions, run in this process as often as somebody needs them untouched.

    Raises what they raise: they are the author's.
    """

    def __init__(self, code: CodeType) -> None:
        self._code = code
        self._notebook: ModuleType | None = None
        self._definitions: dict[str, Any] | None = None

    def prepare(self) -> None:
        """Run them beforehand: a process that is forked from this one has them at once, and changes its own copy."""
        self._notebook, self._definitions = self._run_as_notebook(), self._run({"__name__": "provided"})

    def notebook(self) -> ModuleType:
        """A module ``__main__`` with the definitions and the built-ins that they may change, to run cells in."""
        notebook, self._notebook = self._notebook or self._run_as_notebook(), None
        return notebook

    def definitions(self) -> dict[str, Any]:
        """The definitions once more, with the real built-ins, which the student cannot assign to."""
        definitions, self._definitions = self._definitions or self._run({"__name__": "provided"}), None
        return definitions

    def _run_as_notebook(self) -> ModuleType:
        module = ModuleType("__main__")
        vars(module)["__builtins__"] = sys.modules["builtins"]
        self._run(vars(module))
        return module

    def _run(self, namespace: dict[str, Any]) -> dict[str, Any]:
        exec(self._code, namespace)
        return namespace


@dataclass
class Engine:
    """What probes run on: the three classes of the notebook, and what runs backward from the node that it is given."""

    Value: Any
    Layer: Any
    Network: Any
    backward: Any


def as_submitted(provided: Provided, namespace: Mapping[str, Any], given: type) -> Engine:
    """The student's ``Value`` as it is, in the ``provided`` network: what judges a training is never the student's."""
    fresh = provided.definitions()
    backward = attributes_of(fresh["Value"])["backward"]
    value = fresh["Value"] = namespace.get("Value")
    if isinstance(value, type) and value is not given:
        # The provided cells that attach __add__ and the others come after the student's class in the notebook.
        for name, attribute in attributes_of(given).items():
            if type(attribute) is FunctionType and name not in attributes_of(value):
                setattr(value, name, attribute)
    if isinstance(value, type):
        type.__setattr__(value, "backward", backward)
    return Engine(value, fresh["Layer"], fresh["Network"], backward)


def grafted(provided: Provided, namespace: dict[str, Any], given: type, operators: Mapping[str, Any]) -> Engine:
    """The ``provided`` classes, with those of the student's ``operators`` that are not None on ``Value``.

    The student's functions are told of it: every name in ``namespace`` for their ``Value`` now means this one.
    """
    fresh = provided.definitions()
    fresh["Value"] = pristine = _restored(given, fresh["Value"])
    theirs = namespace.get("Value")
    own = {*attributes_of(pristine), *vars(pristine(0))}  # a property `grad` would replace every node's own
    for name, attribute in attributes_of(theirs).items() if isinstance(theirs, type) else ():
        if not name.startswith("__") and name not in own:
            setattr(pristine, name, attribute)  # helpers that an operator may call
    for name, function in operators.items():
        if function is not None:
            setattr(pristine, name, function)
    classes = [one for one in (given, theirs) if isinstance(one, type)]
    for name, thing in [*namespace.items()]:  # the globals of the student's functions
        if name == "Value" or any(thing is one for one in classes):
            namespace[name] = pristine
    return Engine(pristine, fresh["Layer"], fresh["Network"], attributes_of(pristine)["backward"])


def leaves_out_methods(provided: Provided, namespace: Mapping[str, Any], given: type) -> bool:
    """Whether ``given`` was given special methods that grafting leaves out: new ones, or others than ``provided``."""
    theirs = namespace.get("Value")
    if theirs is not given:
        return False  # told by its class statement
    before = attributes_of(provided.definitions()["Value"])
    now = {name: it for name, it in attributes_of(theirs).items() if type(it) is FunctionType}
    special = {name for name in now if name.startswith("__") and name not in OPERATORS.values()}
    return any(name not in before or now[name].__code__ != before[name].__code__ for name in special)


def _restored(given: type, fresh: type) -> type:
    """``given``, which closures and subclasses of the student's hold on to, with all attributes as they were.

    The ``fresh`` class itself where the student's code gave theirs another metaclass or base.
    """
    if type(given) is not type or _bases_of(given) != (object,):
        return fresh
    provided = {name: it for name, it in attributes_of(fresh).items() if name not in ("__dict__", "__weakref__")}
    own = {*vars(fresh(0))}
    for name in [*attributes_of(given)]:
        if name in own or (name.startswith("__") and name not in attributes_of(fresh)):
            type.__delattr__(given, name)
    for name, attribute in provided.items():
        type.__setattr__(given, name, attribute)
    return given
