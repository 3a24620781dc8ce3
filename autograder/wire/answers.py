"""Finds what is typed as an answer in the cells of a notebook, so that nothing of the student's is run for it.

The last assignment that is not blank wins, wherever at the top level of a code cell it stands: tags get lost. Standard
library only: this module is released inside the student's self-check, so that it and the grader read alike.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from autograder.wire.literals import as_letter, as_number, plain_keys, written_out
from autograder.wire.statements import without_indent

MAX_PARSED = 60_000
"""Characters of code parsed in all: a notebook has 30,000, an answer cell 200.

The tree takes 100 times the memory of its text, and up to Python 3.11 the time for an f-string grows with the square
of its length: this much takes 0.5 s, and 200,000 take 5 s.
"""

MAX_LINE, MAX_LINES = 1000, 200
"""Characters of a line, and lines, of a cell that is read line by line, as it is damaged or too long to be parsed."""

MAX_NAMES = 20
"""Names that are looked for because an answer is made of them: each costs a search through the notebook."""

_MAGIC_LINE = re.compile(r"^[ \t]*[%!].*", re.MULTILINE)
_FIRST_WORD = re.compile(r"[\xa0\u3000\u200b\ufeff]*(\w+)")
_CODE = re.compile(r"^(?:(?:def|class)[ \t]+\w|setattr[ \t]*\(|\w[\w.]*(?:,[ \t]*\w[\w.]*)*[ \t]*=(?!=))", re.MULTILINE)
"""A line as answers in code have one, and a text hardly ever."""
_PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)

Binding = tuple[str, "ast.expr | None"]
"""A name with the expression that it is bound to; with None where that is no expression, or no Python."""


def read_answers(
    cells: Sequence[str], letters: Sequence[str], numbers: Sequence[str]
) -> tuple[dict[str, str], dict[str, float | str]]:
    """Return the letters and the numbers found in the sources of code cells.

    A name maps to its letter or number, or to what stood there and what to type instead; a blank or missing one is
    absent. The text goes on from "choice_1 is". What is typed is not lost to what is computed under the same name.
    """
    answers = {*letters, *numbers}
    known: dict[str, float | str] = {}
    typed: dict[str, float | str | None] = {}
    for name, node in _bindings((*letters, *numbers), cells):
        value = None if node is None else written_out(node, known)
        if name in answers and (_is_blank_answer(node) or (value is None and name in known and _is_computed(node))):
            continue
        if name in answers:
            typed[name] = value
        if value is None:
            known.pop(name, None)
        else:
            known[name] = value
    return (
        {name: as_letter(name, typed[name]) for name in letters if name in typed},
        {name: as_number(name, typed[name]) for name in numbers if name in typed},
    )


def bound_in(source: str, names: Collection[str]) -> set[str]:
    """Return those of the names that a cell assigns something to, be it blank."""
    if not any(name in source for name in names):
        return set()
    return {name for name, _ in _of_cell(source, names) if name in names}


def out_of_kind(cells: Iterable[tuple[str, str, Collection[str]]], kinds: Mapping[str, str]) -> dict[int, str]:
    """Return the places of cells that hold an answer but became cells of another kind, each with the answer's tag.

    A cell is its kind, its source and its tags; ``kinds`` tells for each tag of an answer which kind its cell has.
    """
    cells = list(cells)
    whole = {tag for kind, _, tags in cells for tag in tags if kinds.get(tag) == kind}
    places = {
        tag: place
        for place, (_, source, tags) in enumerate(cells)
        for tag in sorted({*tags} & kinds.keys() - whole)
        if bool(_CODE.search(source)) == (kinds[tag] == "code")
    }
    return {place: tag for tag, place in places.items()}


def told_of_kind(tag: str, kind: str, kinds: Mapping[str, str]) -> str:
    """Return what to tell a student about a cell that ``out_of_kind`` found."""
    key = {"code": "Y", "markdown": "M"}[kinds[tag]]
    return (
        f"The cell of {tag.partition(':')[2]} is no {kinds[tag]} cell any more, but a {kind} cell. It is read all the "
        f"same. Turn it back: in Jupyter, select it and press Esc, then {key}."
    )


def _bindings(names: Sequence[str], cells: Sequence[str]) -> Iterator[Binding]:
    """What cells bind that name an answer, or a name that an answer is made of; the last ones have first call."""
    wanted = dict.fromkeys(names)
    most, left = len(names) + MAX_NAMES, MAX_PARSED
    found: list[list[Binding]] = []
    for source in reversed(cells):
        if not any(name in source for name in wanted):
            continue
        is_short = len(source) <= left
        left -= len(source) if is_short else 0
        found.append(_of_cell(source, wanted) if is_short else _of_lines(source, wanted))
        for name, node in reversed(found[-1]):
            if name in wanted and node is not None and len(wanted) < most:
                wanted |= dict.fromkeys(_names(node)[: most - len(wanted)])
    return (binding for of_cell in reversed(found) for binding in of_cell)


def _of_cell(source: str, wanted: Collection[str]) -> list[Binding]:
    """The bindings at the top level of a cell."""
    source = _MAGIC_LINE.sub("", without_indent(source))
    try:
        return _of_module(source)
    except _PARSE_ERRORS:  # the mistake may stand in another line of the cell
        return _of_lines(source, wanted)


def _of_lines(source: str, wanted: Collection[str]) -> list[Binding]:
    """The bindings of those lines alone that begin with a wanted name, each by itself."""
    begins = ((_FIRST_WORD.match(line), line) for line in source.split("\n"))
    lines = [line for word, line in begins if word and word[1] in wanted and "=" in plain_keys(line)][-MAX_LINES:]
    return [binding for line in lines for binding in _of_line(line, wanted)]


def _of_line(line: str, wanted: Collection[str]) -> list[Binding]:
    """The bindings of a line, or of one that is typed on another keyboard; of no Python, a text that begins there."""
    plain = plain_keys(line[:MAX_LINE]).strip()
    for text in (line, plain) if len(line) <= MAX_LINE else ():
        try:
            return _of_module(text)
        except _PARSE_ERRORS:
            continue
    left, _, right = plain.partition("=")
    begun = ast.Constant(right) if right.lstrip()[:1] in ("'", '"') else None
    return [(name, begun) for part in left.split(",") if (name := part.partition(":")[0].strip()) in wanted]


def _of_module(source: str) -> list[Binding]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as an invalid escape in a string: the student's business
        body = ast.parse(source.replace("\0", "")).body
    return [binding for statement in body for binding in _of_statement(statement)]


def _of_statement(statement: ast.stmt) -> Iterator[Binding]:
    """The bindings of an assignment: plain, annotated, chained or of a tuple; of other statements the names alone."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _unpacked(target, statement.value)
    elif isinstance(statement, ast.AnnAssign):
        if statement.value is not None:
            yield from _unpacked(statement.target, statement.value)
    elif isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name, None
    else:
        parts = (part for part in ast.walk(statement) if isinstance(part, ast.Name))
        yield from ((part.id, None) for part in parts if isinstance(part.ctx, ast.Store))


def _unpacked(target: ast.expr | None, value: ast.expr | None) -> Iterator[Binding]:
    """The names in a target with what each is given; None where the shapes differ."""
    if isinstance(target, ast.Name):
        yield target.id, value
    names, values = _elements(target), _elements(value)
    for name, each in zip(names, values if len(values) == len(names) else [None] * len(names), strict=True):
        yield from _unpacked(name, each)


def _elements(node: ast.expr | None) -> Sequence[ast.expr | None]:
    return node.elts if isinstance(node, ast.Tuple | ast.List) else []


def _names(node: ast.expr) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def _is_computed(node: ast.expr | None) -> bool:
    """Whether the notebook computes this, so that it was not typed in."""
    return node is None or bool(_names(node))


def _is_blank_answer(node: ast.expr | None) -> bool:
    if not isinstance(node, ast.Constant):
        return False
    return node.value in (None, ...) or (isinstance(node.value, str) and not node.value.strip())
