"""From the text of a submission's cells to compiled statements, which every process for a probe can run at once.

Runs in the student's own process only, and before any of the student's code.
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
"""Characters of a statement's first line: enough to find it again."""
WHOLE_CELL = -1
"""Stands in the place of a statement's number for parsing its cell."""

_FUTURE_ANNOTATIONS = annotations.compiler_flag  # the name that the import at the top binds

Place = tuple[int, int]
"""Number of the cell, number of the statement in it."""
Announce = Callable[[int, int, str], None]
"""Called with cell, statement and its first line before what may hang or crash."""


class Statement(NamedTuple):
    """One statement of a submission, by its ``place``.

    ``code`` is None where it is not wanted, or has a ``problem``. ``stubs`` are name and first line of each function
    that was left blank in it; ``blank`` is the function's name if it is one of these itself. ``sets_aside`` is whether
    grafting may leave out what it does. A ``remark`` is what the student should know of a statement that is run.
    ``redefines`` is whether it begins the class anew that methods are grafted on.
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
    """The statements of all ``cells``, less those cells of which ``skip`` says that they cannot be parsed."""
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
    """The statement's code, or what is wrong with it."""
    try:
        return compile(ast.Module([node], []), file, "exec", flags=flags, dont_inherit=True), ""
    except Exception as error:  # as above
        name, message, *_ = exception_row(error)
        return None, f"raised {name}: {message}"


def dumped(statements: Sequence[Statement]) -> bytes:
    """``statements`` for another process of the same Python; nothing if they are nested too deeply for that."""
    try:
        return marshal.dumps([tuple(statement) for statement in statements])
    except ValueError:
        return b""


def restored(data: bytes) -> list[Statement]:
    """What ``dumped`` was given."""
    return [Statement(*row) for row in marshal.loads(data)]
