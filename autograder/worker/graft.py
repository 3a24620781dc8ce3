"""Makes the classes that probes run on: the provided ones with a student's methods grafted on, or the student's own.

Runs in the student's own process only; what it uses of other modules it took before the student's code could patch it.
A ``namespace`` is that of the student's cells, ``given`` the provided class, to graft on, that it began with.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import CodeType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

from autograder.vocabulary import Manifest

attributes_of = type.__dict__["__dict__"].__get__
"""The attributes of a class itself, whatever its metaclass makes of ``__dict__``."""
_mro_of = type.__dict__["__mro__"].__get__
_bases_of = type.__dict__["__bases__"].__get__


def lineage(owner: object) -> list[type]:
    """A class with those that it inherits from, in the order in which Python looks; ``object`` and others have none."""
    return [kind for kind in _mro_of(owner) if kind is not object] if isinstance(owner, type) else []


Engine = SimpleNamespace
"""What probes run on: the classes that the manifest calls the engine, and the methods that are never the student's."""
Methods = Mapping[str, Any]
"""Functions, or None where there is none, by the name of the method that each is to be."""


class Provided:
    """The provided definitions of a ``manifest``, run in this process as often as somebody needs them untouched.

    Raises what they raise: they are the author's.
    """

    def __init__(self, manifest: Manifest, code: CodeType) -> None:
        self.manifest = manifest
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


def lent_methods(manifest: Manifest, lent: Mapping[str, str]) -> dict[str, FunctionType]:
    """Make the methods that the course lends, each from the text of one function, by the name of the method.

    To be called before any of the student's code is run, which could change what makes them.
    """
    methods: dict[str, FunctionType] = {}
    for question, source in lent.items():
        namespace: dict[str, Any] = {}
        exec(source, namespace)
        methods[manifest.methods[question]] = next(it for it in namespace.values() if type(it) is FunctionType)
    return methods


def as_submitted(provided: Provided, namespace: Mapping[str, Any], given: type, lent: Methods) -> Engine:
    """The student's class as it is, but for what is ``lent``, among the ``provided`` ones.

    So what judges it is never the student's.
    """
    fresh, name = provided.definitions(), provided.manifest.grafted_on
    kept = {method: attributes_of(fresh[name])[method] for method in provided.manifest.kept}
    theirs = fresh[name] = namespace.get(name)
    if isinstance(theirs, type) and theirs is not given:
        # The provided cells that attach further methods come after the student's class in the notebook.
        has = {method for kind in lineage(theirs) for method in attributes_of(kind)}
        for method, attribute in attributes_of(given).items():
            if type(attribute) is FunctionType and method not in has:
                setattr(theirs, method, attribute)
    if isinstance(theirs, type):
        for method, attribute in (*kept.items(), *lent.items()):
            type.__setattr__(theirs, method, attribute)
    return _engine(provided.manifest, fresh, kept)


def grafted(provided: Provided, namespace: dict[str, Any], given: type, methods: Methods) -> Engine:
    """The ``provided`` classes, with those of the ``methods`` that are not None on the one to graft on.

    The student's functions are told of it: every name in ``namespace`` for their class now means this one.
    """
    fresh, grafted_on = provided.definitions(), provided.manifest.grafted_on
    fresh[grafted_on] = pristine = _restored(given, fresh[grafted_on])
    theirs = namespace.get(grafted_on)
    own = {*attributes_of(pristine), *vars(pristine(0))}  # a property would replace an attribute of every object
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
    """Whether ``given`` was given special methods that grafting leaves out: new ones, or others than ``provided``."""
    manifest = provided.manifest
    theirs = namespace.get(manifest.grafted_on)
    if theirs is not given:
        return False  # told by its class statement
    before = attributes_of(provided.definitions()[manifest.grafted_on])
    now = {name: it for name, it in attributes_of(theirs).items() if type(it) is FunctionType}
    special = {name for name in now if name.startswith("__") and name not in manifest.methods.values()}
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
