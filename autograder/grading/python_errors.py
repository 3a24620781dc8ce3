"""Recognition of the mistake behind one of Python's own error messages.

This module is released inside the student's self-check, so that mistakes are recognised there too; it therefore imports
the standard library only. A student's code can raise any message that it likes. So a message may decide on a hint, and
on nothing else.
"""

from __future__ import annotations

import re

_QUOTED = re.compile(r"'([\w.]+)'")
_NOT_A_NUMBER = re.compile(r"must be real number, not (\w+)")

_NO_ATTRIBUTE = "' object has no attribute '"
_OBJECT_IS_NOT = {
    "' object is not iterable": "not iterable",
    "' object is not callable": "not callable",
    "' object is not subscriptable": "not subscriptable",
}
_ARGUMENTS = {
    "() takes ": "too many arguments",
    "() missing ": "missing argument",
    "() got an unexpected keyword argument ": "unknown argument",
}
_IN_PLACE_OF_A_NUMBER = (
    "unsupported operand type(s) for ",
    "' not supported between instances of '",
    "bad operand type for ",
    "() argument must be ",
    "' does not support ufuncs",
)
_OPERANDS = "unsupported operand type(s) for *: "
_POWER = "unsupported operand type(s) for ** or "


def subject(detail: str) -> str:
    """Return a few words for the mistake that one of Python's error messages reports, or "" for another message.

    All types of plain numbers are called ``number``. The words are the same in all versions of Python from 3.10 on.
    """
    types = [_type(name) for name in _QUOTED.findall(detail)]
    if _NO_ATTRIBUTE in detail and len(types) > 1:
        return f"{types[1]} of number" if types[0] == "number" else f"attribute of {types[0]}"
    for words, about in _OBJECT_IS_NOT.items():
        if words in detail and types:
            return f"{types[0]} {about}"
    for words, about in _ARGUMENTS.items():
        function, found, _ = detail.partition(words)
        if found:
            return f"{about}{_owner(function)}"
    return _not_a_number(detail, types)


def _not_a_number(detail: str, types: list[str]) -> str:
    """Return a few words for a value that stands where Python needs a plain number, or ""."""
    named = _NOT_A_NUMBER.search(detail)
    if named is not None:
        return f"{named[1]} as number"
    others = [name for name in types if name != "number"]
    if not others or not any(words in detail for words in _IN_PLACE_OF_A_NUMBER):
        return ""
    if len(others) > 1 and _OPERANDS in detail and len({*types}) == 1:
        return f"{others[0]} with its like"  # the operator itself is missing or refuses; Python asks for no number
    is_exponent = _POWER in detail and types[0] == "number"
    return f"{others[0]} as {'exponent' if is_exponent else 'number'}"


def _type(name: str) -> str:
    return "number" if name in ("int", "float", "bool") or name.startswith("numpy.") else name


def _owner(function: str) -> str:
    """Return `` of <class>`` if the wrong arguments were given to a class, else ""."""
    before, found, _ = function.rpartition(".__init__")
    return f" of {before.rpartition(' ')[2].rpartition('.')[2]}" if found else ""
