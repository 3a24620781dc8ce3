"""Functions that make text chosen by a student safe to show, above all in a terminal."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
"""Pattern of ECMA-48 for a control sequence, an operating system command with its text, or any other escape."""


def without_escapes(text: str) -> str:
    """Return ``text`` without the sequences that colour a terminal, move its cursor or set its title."""
    return _ESCAPE.sub("", text)


def printable(text: str, kept: str = "\n") -> str:
    """Return ``text`` with U+FFFD in place of every unprintable character that is not in ``kept``."""
    return "".join(c if c.isprintable() or c in kept else "\N{REPLACEMENT CHARACTER}" for c in text)
