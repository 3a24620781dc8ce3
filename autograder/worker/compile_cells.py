"""Compilation of a submission's cells into statements that every process for a probe can run at once.

It is done in the student's own process only, before any of the student's code runs.
"""

from __future__ import annotations

import ast
import marshal
from collections.abc import Callable, Iterator, Sequence
from types import CodeType
from typing import NamedTuple

from autograder.vocabulary import LoadMode, Manifest
from autograder.wire.cells import harmless_calls, is_definition, may_matter, mix_up, redefines, stub_functions
from autograder.wire.statements import readable
from autograder.worker.choose import is_wanted
from autograder.worker.safe_values import CELL_FILE, exception_row

QUOTE = 60
"""Maximum length of a statement's first line in a message, in characters; it is enough to find the line again."""
WHOLE_CELL = -1
"""Number in place of a statement's number that stands for parsing the whole cell."""

_FUTURE_ANNOTATIONS = annotations.compiler_flag  # ``annotations`` is bound by the import at the top

Place = tuple[int, int]
"""Place of a statement: the number of its cell, and its number in the cell."""
Announce = Callable[[int, int, str], None]
"""Function called before a step that may hang or crash, with the place of the statement and its first line."""


class Statement(NamedTuple):
    """One statement of a submission.

    ``code`` is None if the statement is not to be run or has a ``problem``. ``stubs`` lists the blank functions in it,
    each with its name and first line; ``blank`` is the function's name if the statement is a blank function itself.
    ``sets_aside`` is true if grafting may lose the effect of the statement. ``remark`` is a note to the student on a
    statement that is run. ``redefines`` is true if it defines the class anew that methods are grafted on.
    """

    place: Place
    first_line: str
    code: CodeType | None = None
    is_definition: bool = False
    sets_aside: bool = False
    stubs: tuple[tuple[str, int], ...] = ()
    blank: str = ""
    problem: str = ""
    remark: str = ""
    redefines: bool = False


def read(
    cells: Sequence[str], manifest: Manifest, mode: LoadMode, skip: frozenset[Place], announce: Announce
) -> list[Statement]:
    """Return the compiled statements of all ``cells``, without the cells that ``skip`` excludes as a whole."""
    statements: list[Statement] = []
    flags = 0
    for number, source in enumerate(cells):
        if (number, WHOLE_CELL) not in skip:
            announce(number, WHOLE_CELL, source.partition("\n")[0][:QUOTE])
            for statement in _read_cell(number, source, manifest, mode, flags):
                flags |= statement.code.co_flags & _FUTURE_ANNOTATIONS if statement.code else 0
                statements.append(statement)
    return statements


def _read_cell(number: int, source: str, manifest: Manifest, mode: LoadMode, flags: int) -> Iterator[Statement]:
    lines, file, harmless = source.split("\n"), CELL_FILE.format(number), harmless_calls(manifest.harmless)
    body, left_out = readable(source, file)
    for one in left_out:
        yield Statement((number, WHOLE_CELL), lines[one.line - 1], problem=f"in {one}")
    for position, node in enumerate(body):
        wanted, definition = is_wanted(node, mode, harmless), is_definition(node, harmless)
        stubs = tuple(stub_functions(node))
        code, problem = _compiled(node, file, flags) if wanted else (None, "")
        flags |= code.co_flags & _FUTURE_ANNOTATIONS if code else 0
        own_class = isinstance(node, ast.ClassDef) and node.name == manifest.grafted_on
        yield Statement(
            (number, position),
            lines[min(node.lineno, len(lines)) - 1],
            code,
            definition,
            own_class or (not wanted and may_matter(node, harmless)),
            stubs,
            node.name if stubs and isinstance(node, ast.FunctionDef) else "",
            problem if definition or mode == "as_submitted" else "",
            mix_up(node, manifest.methods.values()),
            redefines(node, manifest.grafted_on),
        )


def _compiled(node: ast.stmt, file: str, flags: int) -> tuple[CodeType | None, str]:
    """Return the code of a statement, or None and a text on what is wrong with it."""
    try:
        return compile(ast.Module([node], []), file, "exec", flags=flags, dont_inherit=True), ""
    except Exception as error:  # the compiler may raise almost anything
        name, message, *_ = exception_row(error)
        return None, f"raised {name}: {message}"


def dumped(statements: Sequence[Statement]) -> bytes:
    """Return the ``statements`` as bytes for another process, or b"" if their code is nested too deeply."""
    try:
        return marshal.dumps([tuple(statement) for statement in statements])
    except ValueError:
        return b""


def restored(data: bytes) -> list[Statement]:
    """Return the statements that ``dumped`` turned into ``data``."""
    return [Statement(*row) for row in marshal.loads(data)]
