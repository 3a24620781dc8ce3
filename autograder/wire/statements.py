"""Parsing of a notebook's cell into the statements that can be read and the lines that cannot."""

from __future__ import annotations

import ast
import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MAX_PIECES = 1000
"""Maximum number of pieces that a damaged cell is cut into; an honest cell has some dozens."""

MAX_CUT = 200_000
"""Maximum length of a damaged cell that is cut into pieces, in characters; no student writes a longer cell."""

MAX_CLASSES, MAX_IN_CLASS = 10, 100
"""Maximum number of damaged classes of a cell whose bodies are cut in the same way, and of pieces of each."""

MAX_LOOKED_AT = 4000
"""Number of characters of a cell in which ``beginning`` looks for its first line."""

_KEPT_MAGICS = ("time", "timeit", "capture", "prun", "memit", "debug")
"""Cell magics after which the rest of the cell is still Python."""
_INDENT = re.compile(r"\n*([ \t]+)\S")
_MAGIC = re.compile(r"(?P<indent>\s*)(?:[%!?]|\w[\w, ]*=\s*[%!]|[\w.%]+\?{1,2}\s*$)")
_RUNS = re.compile(
    r"(?P<before>\s*(?:\w[\w, ]*=\s*)?)%(?:time|timeit|prun|memit|debug)\s+"
    r"(?:-\S+\s+(?:\d+\s+)?)*(?P<statement>[^\s-].*)"
)
"""Pattern of a line magic that runs the rest of its line as a statement, with options in between."""
_MARK = re.compile(r"\\.|\"{3}|'{3}|[\"'#\n()\[\]{}]", re.DOTALL)
"""Pattern of the characters that decide whether a line begins inside a string or a bracket."""
_CLASS = re.compile(r"class\b[^#]*:[ \t]*(?:#.*)?$")
"""Pattern of the first line of a class whose body stands below it."""
_BEGINS = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\s#)\]}]")
"""Pattern of the first character of a line at which a statement may begin."""


class LeftOut(NamedTuple):
    """Lines of a cell, from ``first`` to ``last``, that could not be parsed.

    ``line`` is the line where Python gives up, for this ``reason``. All three count from 1.
    """

    first: int
    last: int
    line: int
    reason: str

    def __str__(self) -> str:
        lines = f"lines {self.first} to {self.last} were" if self.first < self.last else "it was"
        return f"line {self.line} cannot be read: {self.reason}; {lines} left out"


class Readable(NamedTuple):
    """Statements of a cell, and the lines of it that could not be parsed.

    Of a class that could not be parsed, the statements of its body that could be are kept.
    """

    statements: list[ast.stmt]
    left_out: list[LeftOut]


class _Piece(NamedTuple):
    """Consecutive lines of a cell. ``first`` is the number of the first one, counted from 0."""

    first: int
    lines: Sequence[str]


def readable(source: str, file: str) -> Readable:
    """Return the statements of a cell without its magics and shell lines, and the lines that cannot be read.

    A line that cannot be read costs its own statement only. The work grows linearly with the length of the cell.
    """
    source = without_indent(source.replace("\0", ""))
    if source.lstrip().startswith("%%"):
        source = _without_cell_magics(source)
    try:
        body = ast.parse(source, file).body
    except Exception:  # the parser may raise almost anything
        # Magics are removed only now: a line of a long expression or of a string may well start with a percent sign.
        body, left_out = _statements(_without_magics(source).split("\n"), file)
        return Readable(_one_by_one(body), left_out)
    return Readable(_one_by_one(body), [])


def _statements(lines: Sequence[str], file: str) -> Readable:
    """Parse ``lines`` as a whole if that is possible, else piece by piece."""
    whole = _Piece(0, lines)
    if not isinstance(read := _read(whole, file), LeftOut):
        return Readable(read, [])
    if len("\n".join(lines)) > MAX_CUT:
        return Readable([], [read])
    return _in_pieces(whole, file, MAX_PIECES, MAX_CLASSES)


def _in_pieces(whole: _Piece, file: str, most: int, classes: int) -> Readable:
    """Parse ``whole`` in ``most`` pieces at most; the first ``classes`` that cannot be parsed are cut in their turn."""
    starts = [(whole.first + line, outside) for line, outside in _starts("\n".join(whole.lines))]
    lines_of_starts = [line for line, _ in starts]
    statements: list[ast.stmt] = []
    left_out: list[LeftOut] = []
    for piece in _cut(whole, [line for line, outside in starts if outside][:most]):
        for read in _reads(piece, lines_of_starts, file, most):
            if not isinstance(read, LeftOut):
                statements += read
                continue
            lines = whole.lines[read.first - 1 - whole.first : read.last - whole.first]
            is_class = classes and _CLASS.match(lines[0])
            classes -= bool(is_class)
            if is_class and (found := _of_class(_Piece(read.first - 1, lines), file)):
                statements += found.statements
                left_out += found.left_out
            elif left_out and not any((node.end_lineno or 0) > left_out[-1].last for node in statements[-1:]):
                left_out[-1] = left_out[-1]._replace(last=read.last)  # the first mistake is the one that is reported
            else:
                left_out.append(read)
    return Readable(statements, left_out)


def _of_class(piece: _Piece, file: str) -> Readable | None:
    """Return the class with those statements of its body that can be parsed, or None if there are none."""
    head, body = piece.lines[0], without_indent("\n" + "\n".join(piece.lines[1:])).split("\n")[1:]
    read = _read(_Piece(piece.first, [f"{head}\n pass"]), file)
    found = _in_pieces(_Piece(piece.first + 1, body), file, MAX_IN_CLASS, 0)
    if isinstance(read, LeftOut) or not found.statements or not isinstance(read[0], ast.ClassDef):
        return None
    read[0].body, read[0].end_lineno = found.statements, piece.first + len(piece.lines)
    return Readable(read, found.left_out)


def _read(piece: _Piece, file: str) -> list[ast.stmt] | LeftOut:
    try:
        body = ast.parse("\n".join(piece.lines), file).body
    except Exception as error:
        line = min(max(getattr(error, "lineno", None) or 1, 1), len(piece.lines))
        used = [number for number, text in enumerate(piece.lines, start=1) if text.strip()] or [1]
        reason = getattr(error, "msg", "") or str(error)
        return LeftOut(piece.first + 1, piece.first + used[-1], piece.first + line, reason)
    return [ast.increment_lineno(node, piece.first) for node in body] if piece.first else body


def _cut(piece: _Piece, at: Sequence[int]) -> Iterator[_Piece]:
    """Yield the parts of ``piece``, cut before each of the lines ``at``."""
    first, last = piece.first, piece.first + len(piece.lines)
    bounds = [first, *(line for line in at if first < line < last), last]
    for here, there in itertools.pairwise(bounds):
        yield _Piece(here, piece.lines[here - first : there - first])


def _reads(piece: _Piece, starts: Sequence[int], file: str, most: int) -> Iterator[list[ast.stmt] | LeftOut]:
    """Yield the result of parsing a piece, or of its parts if it cannot be parsed as a whole.

    If its first line is a statement, the rest is the other part. Else a bracket may have been left open in it, and
    every line at which a statement may begin starts a part: the first ``most`` of them do.
    """
    read = _read(piece, file)
    if not isinstance(read, LeftOut):
        yield read
    elif not isinstance(_read(_Piece(piece.first, piece.lines[:1]), file), LeftOut):
        yield from (_read(part, file) for part in _cut(piece, [piece.first + 1]))
    else:
        first, over = (
            bisect.bisect_right(starts, piece.first),
            bisect.bisect_left(starts, piece.first + len(piece.lines)),
        )
        yield from (_read(part, file) for part in _cut(piece, starts[first : min(over, first + most)]))


def _starts(source: str) -> list[tuple[int, bool]]:
    """Return the lines at which a statement may begin, each with True if it is outside all brackets.

    Lines inside a string are not among them.
    """
    starts: list[tuple[int, bool]] = []
    quote, depth, line, decorated = "", 0, 0, False
    for mark in _MARK.finditer("\n" + source):
        text, here = mark[0], mark.end() - 1  # a position in the source, which has no newline before it
        ends_comment = quote == "#" and text[-1] == "\n"
        if quote:
            over = text == quote or ends_comment or (text == "\n" and len(quote) == 1)
            quote = "" if over else quote
        elif text[0] in "\"'#":
            quote = text
        else:
            depth = max(0, depth + (text in "([{") - (text in ")]}"))
        if not quote and (text == "\n" or ends_comment) and _BEGINS.match(source, here):
            if not decorated:
                starts.append((line, not depth))
            decorated = source[here] == "@" if not depth else decorated
        line += text[-1] == "\n"
    return starts


def beginning(source: str) -> str:
    """Return the first line of a cell that is no comment, no magic and not blank.

    If there is none, return the first line that is not blank, or "".
    """
    lines = [line.strip() for line in source[:MAX_LOOKED_AT].split("\n") if line.strip()]
    return next((line for line in lines if line[0] not in "#%!"), lines[0] if lines else "")


def without_indent(source: str) -> str:
    """Return a cell with the indent of its first line removed from all lines.

    A cell that is indented as a whole runs in a notebook too.
    """
    indent = _INDENT.match(source)
    return "\n".join(line.removeprefix(indent[1]) for line in source.split("\n")) if indent else source


def _one_by_one(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return the statements with ``import torch, math`` split into two imports, so that each can fail by itself."""
    parts: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.Import):
            parts += [ast.copy_location(ast.Import([alias]), node) for alias in node.names]
        else:
            parts.append(node)
    return parts


def _without_cell_magics(source: str) -> str:
    """Return a cell with the lines of its cell magics blanked, or "" if a magic says that it is no Python."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("%%"):
            break
        if line.strip() and line[2:].split(None, 1)[:1] not in [[magic] for magic in _KEPT_MAGICS]:
            return ""
        lines[number] = ""
    return "\n".join(lines)


def _without_magics(source: str) -> str:
    """Return a cell with each magic line replaced by the statement that it runs, or by ``pass``.

    ``pass`` keeps a block from being empty. All lines keep their numbers. If a magic line ends with a backslash, the
    next line is blanked too.
    """
    lines: list[str] = []
    goes_on = False
    for line in source.split("\n"):
        magic = None if goes_on else _MAGIC.match(line)
        if magic and (runs := _RUNS.match(line)):
            lines.append(runs["before"] + runs["statement"])
            continue
        lines.append(f"{magic['indent']}pass" if magic else "" if goes_on else line)
        goes_on = (goes_on or bool(magic)) and line.endswith("\\")
    return "\n".join(lines)
