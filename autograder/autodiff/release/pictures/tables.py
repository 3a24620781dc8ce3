"""Tables for the notebook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from html import escape

from .shown import Shown


def table(caption: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Shown:
    """Return a table of texts: the first column names the rows, and columns of numbers are aligned to the right."""
    right = [all(_is_number(row[k]) for row in rows) for k in range(len(headers))]
    styles = [f' style="text-align: {"right" if numbers else "left"}"' for numbers in right]
    head = "".join(f'<th scope="col"{style}>{escape(text)}</th>' for text, style in zip(headers, styles, strict=True))
    body = ""
    for first, *others in rows:
        cells = "".join(f"<td{style}>{escape(text)}</td>" for text, style in zip(others, styles[1:], strict=True))
        body += f'<tr><th scope="row"{styles[0]}>{escape(first)}</th>{cells}</tr>'
    shown = f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    lines = [
        "  ".join(
            map(lambda text, width, numbers: text.rjust(width) if numbers else text.ljust(width), row, widths, right)
        )
        for row in (headers, *rows)
    ]
    return Shown(shown, "\n".join([caption, *map(str.rstrip, lines)]))


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        return math.isfinite(float(text))
    return False
