"""Makes text that a student chose safe to show, in a terminal above all."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
"""ECMA-48: a control sequence, an operating system command with its text, or any other escape."""


def without_escapes(text: str) -> str:
    """``text`` without the sequences that colour a terminal, move its cursor or set its title."""
    return _ESCAPE.sub("", text)


def printable(text: str, kept: str = "\n") -> str:
    """``text`` with U+FFFD for every character that is not shown as itself, but for those ``kept``."""
    return "".join(c if c.isprintable() or c in kept else "\N{REPLACEMENT CHARACTER}" for c in text)
