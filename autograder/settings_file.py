"""Reads files of settings: lines ``name = value`` in sections, a small part of TOML, with the line of each value.

Python's own reader of TOML is there from 3.11 on only, and tells no lines.
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
    """A setting that must be mended; the message names the file and the line."""


@dataclass(frozen=True)
class Entry:
    """A value, and the number of its line."""

    value: Any
    line: int


def read(data: bytes, place: str) -> Mapping[tuple[str, str], Entry]:
    """The values by section (empty before the first) and name; ``place`` is what an error calls the file.

    Raises ``SettingsError`` for a line that is none, and for a name that is set twice.
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
    """The text, number, true or false that stands before the end of the line or a comment."""
    try:
        value, end = _DECODER.raw_decode(text)
    except ValueError:
        value, end = None, 0
    rest = text[end:].strip()
    if not isinstance(value, Scalar) or (rest and not rest.startswith("#")):
        raise SettingsError(f'{here} must be a text in double quotes such as "x", a number, true or false, not {text}')
    return value
