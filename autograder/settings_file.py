"""Reader of settings files: lines ``name = value`` in sections, a small part of TOML.

Python's own reader of TOML came with Python 3.11, and does not tell in which line a value stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Scalar = str | int | float | bool

_LINE = re.compile(r"\s*(?:\[\s*(?P<section>\w+)\s*\]|(?P<name>[\w-]+)\s*=\s*(?P<value>.*))?\s*")
_DECODER = json.JSONDecoder()


class SettingsError(ValueError):
    """Exception for a setting that must be mended; the message says where it is written."""


@dataclass(frozen=True)
class Entry:
    """A value and the number of its line."""

    value: Any
    line: int


def read(data: bytes, place: str) -> Mapping[tuple[str, str], Entry]:
    """Read a settings file and return its values by section and name; the section is empty before the first head.

    Raises ``SettingsError`` for a line that cannot be read, and for a name that is set twice; the message calls the
    file ``place``.
    """
    found: dict[tuple[str, str], Entry] = {}
    section = ""
    for number, line in enumerate(_text(data, place).splitlines(), start=1):
        here = f"{place}, line {number}"
        match = _LINE.fullmatch(line if "=" in line.partition("#")[0] else line.partition("#")[0])
        if match is None:
            raise SettingsError(f"{here}: write name = value, or a comment that begins with #, not {line.strip()!r}")
        section = match["section"] or section
        if (name := match["name"]) is None:
            continue
        if (earlier := found.get((section, name))) is not None:
            raise SettingsError(f"{here}: {name} is set in line {earlier.line} already")
        found[section, name] = Entry(_value(match["value"], f"{here}: {name}"), number)
    return found


def _text(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SettingsError(f"{place}, line {line}: this is not UTF-8") from None


def _value(text: str, here: str) -> Scalar:
    """Read the text, number, true or false at the beginning of ``text``; only a comment may follow."""
    try:
        value, end = _DECODER.raw_decode(text)
    except ValueError:
        value, end = None, 0
    rest = text[end:].strip()
    if not isinstance(value, Scalar) or (rest and not rest.startswith("#")):
        raise SettingsError(f'{here} must be a text in double quotes such as "x", a number, true or false, not {text}')
    return value
