"""Students' code as HTML with its syntax in colour, and the difference between two versions. No student code runs."""

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
"""Maximum number of lines of a version that are compared: the work can grow with the square of their number."""

_PLAIN = {"stripnl": False, "ensurenl": False}
_FORMATTER = HtmlFormatter(nowrap=True)
_PYTHON, _DIFF = PythonLexer(**_PLAIN), DiffLexer(**_PLAIN)


@lru_cache(maxsize=256)  # many students hand in the same cell
def python(code: str) -> Markup:
    """Return Python code as HTML with a span around each coloured word; the code itself is escaped."""
    return _marked(code, _PYTHON)


def difference(before: Iterable[str], now: Iterable[str]) -> Markup:
    """Return the line-by-line difference between the cells of two versions as HTML; empty if there is none."""
    old, new = ([line for cell in cells for line in cell.split("\n")][:MOST_LINES] for cells in (before, now))
    return _marked("\n".join(unified_diff(old, new, "earlier", "now", lineterm="")), _DIFF)


def _marked(text: str, lexer: Lexer) -> Markup:
    return Markup(highlight(text, lexer, _FORMATTER))  # Pygments escapes all text
