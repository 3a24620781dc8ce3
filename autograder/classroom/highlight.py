"""Students' code as HTML with its syntax in colour, and the difference between two versions; nothing here runs."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import unified_diff
from functools import lru_cache

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import DiffLexer, PythonLexer

MOST_LINES = 400
"""Lines of a version that are compared: the work grows with the square of what is alike."""

_PLAIN = {"stripnl": False, "ensurenl": False}
_FORMATTER = HtmlFormatter(nowrap=True)
_PYTHON, _DIFF = PythonLexer(**_PLAIN), DiffLexer(**_PLAIN)


@lru_cache(maxsize=256)  # many students hand in the same cell
def python(code: str) -> Markup:
    """The code with a span around each word that has a colour; all else is escaped."""
    return _marked(code, _PYTHON)


def difference(before: Iterable[str], now: Iterable[str]) -> Markup:
    """What changed from the cells of one version to those of another, line by line; empty where nothing did."""
    old, new = ([line for cell in cells for line in cell.split("\n")][:MOST_LINES] for cells in (before, now))
    return _marked("\n".join(unified_diff(old, new, "earlier", "now", lineterm="")), _DIFF)


def _marked(text: str, lexer: Lexer) -> Markup:
    return Markup(highlight(text, lexer, _FORMATTER))  # it escapes all text
