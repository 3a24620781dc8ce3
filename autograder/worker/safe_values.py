"""Conversion of the student's objects into plain numbers and short texts, without trusting any of their methods.

Every function that is called here on a student's object belongs to a built-in type. It is looked up when this module is
imported, before the student's code can replace it.
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from json.encoder import encode_basestring_ascii as _quoted
from math import isfinite as _isfinite
from sys import exc_info as _exc_info
from types import FunctionType, TracebackType
from typing import Any

from autograder.wire.messages import BUILTIN_EXCEPTIONS, LARGEST_EXACT

CELL_FILE = "<cell {}>"
"""File name under which a cell is compiled. It distinguishes the student's lines from all others in a traceback."""

MAX_MESSAGE = 1000
"""Maximum length of an exception's message that leaves the process, in characters; the driver shortens it further."""

_name_of = type.__dict__["__name__"].__get__
_CELL = re.compile(r"<cell ([0-9]{1,6})>")
_cell_of = _CELL.fullmatch
_mro_of = type.__dict__["__mro__"].__get__
_slice = str.__getitem__
_float_repr = float.__repr__

# Classes are looked up by id, because the class of a student's object may answer `==` and `hash` itself.
_converted: dict[int, Callable[[Any], Any]] = {}
"""Functions that turn another kind of number into a plain one, by the id of its class. ``know_numbers`` fills it."""
_BUILTIN_EXCEPTIONS = {id(getattr(builtins, name)): name for name in BUILTIN_EXCEPTIONS}


def know_numbers() -> None:
    """Let ``scalar`` accept numbers of NumPy, fractions and decimals from now on, if their modules are imported.

    They are converted without anything that the student's code can replace.
    """
    if "numpy" in sys.modules:
        _know_numpy()
    if "fractions" in sys.modules:
        _know_fractions()
    if "decimal" in sys.modules:
        from decimal import Decimal

        if type(Decimal.__float__) is not FunctionType:  # a version in Python reads attributes that anybody may set
            _converted[id(Decimal)] = Decimal.__float__


def _know_numpy() -> None:
    import numpy as np

    array_item, dimensions_of = np.ndarray.item, np.ndarray.__dict__["ndim"].__get__
    _converted.update((id(np.dtype(code).type), np.generic.item) for code in "?efdbhilqBHILQ")
    _converted[id(np.longdouble)] = np.longdouble.__float__  # its ``item`` returns another longdouble
    _converted[id(np.ndarray)] = lambda array: array if dimensions_of(array) else array_item(array)


def _know_fractions() -> None:
    from fractions import Fraction

    numerator, denominator = (Fraction.__dict__[name].__get__ for name in ("_numerator", "_denominator"))

    def quotient(value: Any) -> Any:
        above, below = numerator(value), denominator(value)
        return above / below if type(above) is type(below) is int and below else value

    _converted[id(Fraction)] = quotient


def scalar(value: Any) -> int | float | str:
    """Return ``value`` as a plain number if it is finite and its class is a known one, else a text on what it is.

    A subclass of a known class does not count. An array without dimensions, as ``np.where`` returns, is read as its
    number.
    """
    for _ in range(2):  # twice, because an array may hold one of NumPy's numbers
        if id(type(value)) in _converted:
            value = _converted[id(type(value))](value)
    kind = type(value)
    if kind is float:
        return value if _isfinite(value) else _float_repr(value)
    if kind is int:
        return value if -LARGEST_EXACT <= value <= LARGEST_EXACT else "int beyond 2**53"
    if kind is bool:
        return "bool True" if value else "bool False"
    if value is None:
        return "None"
    return "an object of type " + _slice(_name_of(kind), slice(40))


def exception_row(error: BaseException) -> list[Any]:
    """Return the name of an exception's nearest built-in class, its message, and the line and cell that raised it.

    Only lines of the student's cells count. The line is 0 if the traceback holds none.
    """
    names = [_BUILTIN_EXCEPTIONS.get(id(kind), "") for kind in _mro_of(type(error))]
    name = next((name for name in names if name), "Exception")
    line, cell = _student_line(_exc_info()[2])
    try:
        message = _slice(str(error), slice(MAX_MESSAGE))
    except BaseException:  # its __str__ raises, or took too long and was interrupted
        message = "(its message cannot be read)"
    return [name, message, line, cell]


def _student_line(traceback: TracebackType | None) -> tuple[int, int]:
    line, cell = 0, 0
    while traceback is not None:
        match = _cell_of(traceback.tb_frame.f_code.co_filename)
        if match:
            line, cell = traceback.tb_lineno, int(match[1])
        traceback = traceback.tb_next
    return line, cell


def encoded(value: Any) -> str:
    """Return ``value`` as JSON on one line. It must consist of our own dicts, lists, texts and numbers.

    ``json.dumps`` is not used, because a student can replace its encoder.
    """
    kind = type(value)
    if kind is dict:
        return "{" + ",".join([f"{_quoted(key)}:{encoded(item)}" for key, item in value.items()]) + "}"
    if kind is list:
        return "[" + ",".join([encoded(item) for item in value]) + "]"
    if kind is str:
        return str(_quoted(value))
    if kind is bool:
        return "true" if value else "false"
    return _float_repr(value) if kind is float else int.__repr__(value)
