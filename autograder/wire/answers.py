"""The search for typed answers in the cells of a notebook. No student code is run for it.

The last assignment to an answer's name that is not blank wins. It may stand at the top level of any code cell, because
cells lose their tags. This module is released inside the student's self-check, so that it and the grader read alike;
it therefore imports the standard library only.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from autograder.wire.literals import as_letter, as_number, plain_keys, written_out
from autograder.wire.statements import without_indent

MAX_PARSED = 60_000
"""Maximum amount of code that is parsed in all, in characters: a notebook has 30,000, an answer cell 200.

The tree takes 100 times the memory of its text. Up to Python 3.11 the time for an f-string grows with the square of its
length: this much takes 0.5 s, and 200,000 characters take 5 s.
"""

MAX_LINE, MAX_LINES = 1000, 200
"""Maximum length of a line in characters, and maximum number of lines, in a cell that is read line by line.

A cell is read so if it is damaged, or too long to be parsed.
"""

MAX_NAMES = 20
"""Maximum number of other names that answers are made of; each costs a search through the notebook."""

_MAGIC_LINE = re.compile(r"^[ \t]*[%!].*", re.MULTILINE)
_FIRST_WORD = re.compile(r"[\xa0\u3000\u200b\ufeff]*(\w+)")
_CODE = re.compile(r"^(?:(?:def|class)[ \t]+\w|setattr[ \t]*\(|\w[\w.]*(?:,[ \t]*\w[\w.]*)*[ \t]*=(?!=))", re.MULTILINE)
"""Pattern of a line that is found in answers that are code, and hardly ever in a text."""
_PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)

Binding = tuple[str, "ast.expr | None"]
"""Name with the expression that it is bound to, or with None if that is no expression or no Python."""


def read_answers(
    cells: Sequence[str], letters: Sequence[str], numbers: Sequence[str]
) -> tuple[dict[str, str], dict[str, float | str]]:
    """Return the letters and the numbers that are typed as answers in the sources of code cells.

    A name maps to its letter or number. If something else was typed, it maps to a text that says so and what to type
    instead; the text continues a sentence that begins with "choice_1 is". A name that is blank or missing is absent.
    If the notebook computes something under the same name later, the typed value still counts.
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
    """Return those of the ``names`` that a cell assigns to, even if the value is blank."""
    if not any(name in source for name in names):
        return set()
    return {name for name, _ in _of_cell(source, names) if name in names}


def out_of_kind(cells: Iterable[tuple[str, str, Collection[str]]], kinds: Mapping[str, str]) -> dict[int, str]:
    """Return the positions of answer cells that were turned into cells of another kind, each with the answer's tag.

    A cell is given as its kind, its source and its tags. ``kinds`` maps the tag of each answer to the right kind.
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
    """Return a note to the student about a cell that ``out_of_kind`` found."""
    key = {"code": "Y", "markdown": "M"}[kinds[tag]]
    return (
        f"The cell of {tag.partition(':')[2]} is no {kinds[tag]} cell any more, but a {kind} cell. It is read all the "
        f"same. Turn it back: in Jupyter, select it and press Esc, then {key}."
    )


def _bindings(names: Sequence[str], cells: Sequence[str]) -> Iterator[Binding]:
    """Return the bindings of ``names``, and of names that their values are made of, in the order of the cells.

    The cells are read from the last one backwards. So the last ones are read even if all exceed ``MAX_PARSED``.
    """
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
    """Return the bindings at the top level of a cell."""
    source = _MAGIC_LINE.sub("", without_indent(source))
    try:
        return _of_module(source)
    except _PARSE_ERRORS:  # the mistake may stand in another line of the cell
        return _of_lines(source, wanted)


def _of_lines(source: str, wanted: Collection[str]) -> list[Binding]:
    """Return the bindings of the lines that begin with a wanted name, each line parsed by itself."""
    begins = ((_FIRST_WORD.match(line), line) for line in source.split("\n"))
    lines = [line for word, line in begins if word and word[1] in wanted and "=" in plain_keys(line)][-MAX_LINES:]
    return [binding for line in lines for binding in _of_line(line, wanted)]


def _of_line(line: str, wanted: Collection[str]) -> list[Binding]:
    """Return the bindings of a line, as it is or with the characters of a plain keyboard.

    If neither is Python, the wanted names on the left are bound to the text after the sign, if a quote begins there.
    """
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
    """Yield the bindings of an assignment, be it plain, annotated, chained or of a tuple.

    Names that another statement binds are yielded with None.
    """
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
    """Yield each name in a target with the part of ``value`` that it gets, or with None if the shapes differ."""
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
    """Tell whether the notebook computes this value, so that nobody typed it."""
    return node is None or bool(_names(node))


def _is_blank_answer(node: ast.expr | None) -> bool:
    if not isinstance(node, ast.Constant):
        return False
    return node.value in (None, ...) or (isinstance(node.value, str) and not node.value.strip())
