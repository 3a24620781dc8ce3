"""From the text of a notebook's cell to its statements: those that can be read, and the lines that cannot."""

from __future__ import annotations

import ast
import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

MAX_PIECES = 1000
"""Pieces that a cell which cannot be read as a whole is cut into; an honest one has some dozens."""

MAX_CUT = 200_000
"""Characters of a cell that is cut into them; a longer one that cannot be read is none that a student wrote."""

MAX_CLASSES, MAX_IN_CLASS = 10, 100
"""Classes that cannot be read whose bodies are cut in the same way, and pieces of each."""

MAX_LOOKED_AT = 4000
"""Characters of a cell in which its first line is looked for."""

_KEPT_MAGICS = ("time", "timeit", "capture", "prun", "memit", "debug")
"""Cell magics whose cell is Python all the same."""
_INDENT = re.compile(r"\n*([ \t]+)\S")
_MAGIC = re.compile(r"(?P<indent>\s*)(?:[%!?]|\w[\w, ]*=\s*[%!]|[\w.%]+\?{1,2}\s*$)")
_RUNS = re.compile(
    r"(?P<before>\s*(?:\w[\w, ]*=\s*)?)%(?:time|timeit|prun|memit|debug)\s+"
    r"(?:-\S+\s+(?:\d+\s+)?)*(?P<statement>[^\s-].*)"
)
"""A magic that runs the statement which follows on its line, after options."""
_MARK = re.compile(r"\\.|\"{3}|'{3}|[\"'#\n()\[\]{}]", re.DOTALL)
"""All that decides whether a line begins inside a text or a bracket."""
_CLASS = re.compile(r"class\b[^#]*:[ \t]*(?:#.*)?$")
"""The first line of a class whose body stands below it."""
_BEGINS = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\s#)\]}]")
"""How a line begins that may begin a statement."""


class LeftOut(NamedTuple):
    """Lines of a cell, from ``first`` to ``last``, that are no statements: ``line`` is where Python gives up.

    All count from 1.
    """

    first: int
    last: int
    line: int
    reason: str

    def __str__(self) -> str:
        lines = f"lines {self.first} to {self.last} were" if self.first < self.last else "it was"
        return f"line {self.line} cannot be read: {self.reason}; {lines} left out"


class Readable(NamedTuple):
    """What a cell holds: of a class that cannot be read, the statements of its body that can."""

    statements: list[ast.stmt]
    left_out: list[LeftOut]


class _Piece(NamedTuple):
    """Lines of a cell, the first of them by its number from 0."""

    first: int
    lines: Sequence[str]


def readable(source: str, file: str) -> Readable:
    """Return the statements of a cell, its magics and shell lines blanked, and what of it cannot be read.

    Nothing is lost but the statements that cannot be read themselves. The work is linear in the length of the cell.
    """
    source = without_indent(source.replace("\0", ""))
    if source.lstrip().startswith("%%"):
        source = _without_cell_magics(source)
    try:
        body = ast.parse(source, file).body
    except Exception:  # whatever a text makes the parser raise
        # Only now: a line of a long expression or of a text may well start with a percent sign.
        body, left_out = _statements(_without_magics(source).split("\n"), file)
        return Readable(_one_by_one(body), left_out)
    return Readable(_one_by_one(body), [])


def _statements(lines: Sequence[str], file: str) -> Readable:
    """The statements of ``lines`` at once if that is possible, else piece by piece."""
    whole = _Piece(0, lines)
    if not isinstance(read := _read(whole, file), LeftOut):
        return Readable(read, [])
    if len("\n".join(lines)) > MAX_CUT:
        return Readable([], [read])
    return _in_pieces(whole, file, MAX_PIECES, MAX_CLASSES)


def _in_pieces(whole: _Piece, file: str, most: int, classes: int) -> Readable:
    """What stands of ``whole``, cut into so many pieces at ``most``; so many broken classes are cut in their turn."""
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
                left_out[-1] = left_out[-1]._replace(last=read.last)  # what went wrong first is what is told
            else:
                left_out.append(read)
    return Readable(statements, left_out)


def _of_class(piece: _Piece, file: str) -> Readable | None:
    """The class that is left without the statements of its body that cannot be read; None if nothing of it is."""
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
    """``piece`` before each of these lines."""
    first, last = piece.first, piece.first + len(piece.lines)
    bounds = [first, *(line for line in at if first < line < last), last]
    for here, there in itertools.pairwise(bounds):
        yield _Piece(here, piece.lines[here - first : there - first])


def _reads(piece: _Piece, starts: Sequence[int], file: str, most: int) -> Iterator[list[ast.stmt] | LeftOut]:
    """A piece, or each of its parts: it goes astray in its second line, or in a bracket that it left open."""
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
    """The lines where a statement may begin, each with whether it is outside all brackets; none is inside a text."""
    starts: list[tuple[int, bool]] = []
    quote, depth, line, decorated = "", 0, 0, False
    for mark in _MARK.finditer("\n" + source):
        text, here = mark[0], mark.end() - 1  # in the source, which has no newline before it
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
    """The first line of a cell that is more than a comment, a magic or blank; of others the first that is not blank."""
    lines = [line.strip() for line in source[:MAX_LOOKED_AT].split("\n") if line.strip()]
    return next((line for line in lines if line[0] not in "#%!"), lines[0] if lines else "")


def without_indent(source: str) -> str:
    """A cell that is indented as a whole, which a notebook runs all the same: less what its first line begins with."""
    indent = _INDENT.match(source)
    return "\n".join(line.removeprefix(indent[1]) for line in source.split("\n")) if indent else source


def _one_by_one(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """``import torch, math`` as two imports, so that a module that is not there costs nothing but itself."""
    parts: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.Import):
            parts += [ast.copy_location(ast.Import([alias]), node) for alias in node.names]
        else:
            parts.append(node)
    return parts


def _without_cell_magics(source: str) -> str:
    """A cell that cell magics stand above, with their lines blank; nothing of one in another language."""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if line.strip() and not line.startswith("%%"):
            break
        if line.strip() and line[2:].split(None, 1)[:1] not in [[magic] for magic in _KEPT_MAGICS]:
            return ""
        lines[number] = ""
    return "\n".join(lines)


def _without_magics(source: str) -> str:
    """Magic lines become the statement that they run, or ``pass``, which keeps a block from being empty.

    The lines keep their numbers. One that goes on after a backslash takes the next one with it.
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
