"""The making of the classes that probes run on: provided ones with a student's methods, or the student's own class.

It happens in the student's own process only. All that it uses of other modules was imported before the student's code
could patch it. In all functions, ``namespace`` holds the names that the student's cells define. ``given`` is the
provided class for the methods, as it stood in that namespace before the cells ran.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import CodeType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

from autograder.vocabulary import Manifest

attributes_of = type.__dict__["__dict__"].__get__
"""Function that returns the attributes of a class itself, even if its metaclass replaces ``__dict__``."""
_mro_of = type.__dict__["__mro__"].__get__
_bases_of = type.__dict__["__bases__"].__get__


def lineage(owner: object) -> list[type]:
    """Return a class and the classes that it inherits from, in Python's order and without ``object``.

    For a value that is no class the list is empty.
    """
    return [kind for kind in _mro_of(owner) if kind is not object] if isinstance(owner, type) else []


Engine = SimpleNamespace
"""Namespace that probes run on: the classes of the manifest's ``engine``, and the methods ``kept`` of the course's."""
Methods = Mapping[str, Any]
"""Functions by the name of the method that each becomes, or None where there is no function."""


class Provided:
    """Provided definitions of a ``manifest``. They are run again whenever an untouched copy is needed.

    An exception that they raise is passed on, because it is the author's fault.
    """

    def __init__(self, manifest: Manifest, code: CodeType) -> None:
        self.manifest = manifest
        self._code = code
        self._notebook: ModuleType | None = None
        self._definitions: dict[str, Any] | None = None

    def prepare(self) -> None:
        """Run the definitions beforehand. Every process forked later has them at once, as a copy of its own."""
        self._notebook, self._definitions = self._run_as_notebook(), self._run({"__name__": "provided"})

    def notebook(self) -> ModuleType:
        """Return a module ``__main__`` with the definitions, to run the student's cells in.

        Its built-ins are the copy that the student's code may change.
        """
        notebook, self._notebook = self._notebook or self._run_as_notebook(), None
        return notebook

    def definitions(self) -> dict[str, Any]:
        """Return another copy of the definitions, with the real built-ins, which the student cannot change."""
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


def lent_methods(manifest: Manifest, lent: Mapping[str, str]) -> dict[str, FunctionType]:
    """Return the methods that the course lends, by name, each made from the text of one function.

    Call it before any of the student's code is run, which could change the tools that make them.
    """
    methods: dict[str, FunctionType] = {}
    for question, source in lent.items():
        namespace: dict[str, Any] = {}
        exec(source, namespace)
        methods[manifest.methods[question]] = next(it for it in namespace.values() if type(it) is FunctionType)
    return methods


def as_submitted(provided: Provided, namespace: Mapping[str, Any], given: type, lent: Methods) -> Engine:
    """Return an engine with the student's own class and the other ``provided`` classes.

    In the student's class only the methods ``kept`` and ``lent`` are replaced by the course's. So the student's code
    never takes part in judging itself.
    """
    fresh, name = provided.definitions(), provided.manifest.grafted_on
    kept = {method: attributes_of(fresh[name])[method] for method in provided.manifest.kept}
    theirs = fresh[name] = namespace.get(name)
    if isinstance(theirs, type) and theirs is not given:
        # In the notebook, the provided cells that attach further methods come after the student's class.
        has = {method for kind in lineage(theirs) for method in attributes_of(kind)}
        for method, attribute in attributes_of(given).items():
            if type(attribute) is FunctionType and method not in has:
                setattr(theirs, method, attribute)
    if isinstance(theirs, type):
        for method, attribute in (*kept.items(), *lent.items()):
            type.__setattr__(theirs, method, attribute)
    return _engine(provided.manifest, fresh, kept)


def grafted(provided: Provided, namespace: dict[str, Any], given: type, methods: Methods) -> Engine:
    """Return an engine of the ``provided`` classes, with the student's ``methods`` grafted on.

    Methods that are None are left out. Every name in ``namespace`` that meant the student's class now means the grafted
    one, so that the student's functions use it.
    """
    fresh, grafted_on = provided.definitions(), provided.manifest.grafted_on
    fresh[grafted_on] = pristine = _restored(given, fresh[grafted_on])
    theirs = namespace.get(grafted_on)
    own = {*attributes_of(pristine), *vars(pristine(0))}  # attributes of objects too: a property would replace them
    for kind in reversed([kind for kind in lineage(theirs) if kind is not given]):
        for name, attribute in attributes_of(kind).items():
            if not name.startswith("__") and name not in own:
                setattr(pristine, name, attribute)  # helpers that a method may call
    for name, function in methods.items():
        if function is not None:
            setattr(pristine, name, function)
    classes = [one for one in (given, theirs) if isinstance(one, type)]
    for name, thing in [*namespace.items()]:  # the globals of the student's functions
        if name == grafted_on or any(thing is one for one in classes):
            namespace[name] = pristine
    kept = {method: attributes_of(pristine)[method] for method in provided.manifest.kept}
    return _engine(provided.manifest, fresh, kept)


def _engine(manifest: Manifest, definitions: Mapping[str, Any], kept: Mapping[str, Any]) -> Engine:
    return SimpleNamespace(**{name: definitions[name] for name in manifest.engine}, **kept)


def leaves_out_methods(provided: Provided, namespace: Mapping[str, Any], given: type) -> bool:
    """Tell whether the student attached special methods to ``given`` that grafting leaves out.

    A special method counts if it is new, or differs from the ``provided`` one.
    """
    manifest = provided.manifest
    theirs = namespace.get(manifest.grafted_on)
    if theirs is not given:
        return False  # a class of the student's own is noticed by its class statement
    before = attributes_of(provided.definitions()[manifest.grafted_on])
    now = {name: it for name, it in attributes_of(theirs).items() if type(it) is FunctionType}
    special = {name for name in now if name.startswith("__") and name not in manifest.methods.values()}
    return any(name not in before or now[name].__code__ != before[name].__code__ for name in special)


def _restored(given: type, fresh: type) -> type:
    """Give ``given`` back all the attributes that it had before the student's code ran, and return it.

    The student's closures and subclasses refer to this very class. If the student's code gave it another metaclass or
    base class, return the ``fresh`` class instead.
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
