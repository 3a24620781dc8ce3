"""Answers that look alike: a reason to look, never a proof.

Right answers to three short functions are naturally equal. So functions are compared after their names have been
replaced, and only shapes that few in the class have are named: that two students share what nobody else wrote.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder import provided
from autograder.cells import parse
from autograder.classroom.records import Marked

LEAST_NODES = 25
"""Of a function's syntax tree: below, there is one way to write it."""
LEAST_COMMENT = 20
"""Characters of a comment that two people do not write by chance."""
RARE = 0.03
"""Share of the class, and at least two: what more have is the template, or what was said in class."""
MAX_CELL = 20_000
"""Characters of a cell that is looked at: parsing takes time, and answers are short."""


@dataclass(frozen=True)
class Alike:
    """Something unusual that the submissions of several students share."""

    what: str
    students: tuple[str, ...]


def alike(rows: Iterable[tuple[str, Marked]]) -> list[Alike]:
    """What few share, the longest lists of things in common first; memory grows by some hashes a student."""
    given = {mark for cell in provided.cells() for mark, _ in _marks(cell)}
    owners: dict[str, list[str]] = defaultdict(list)
    words: dict[str, str] = {}
    same: dict[str, list[str]] = defaultdict(list)
    count = 0
    for called, row in rows:
        count += 1
        if row.result and row.report["score"]:
            same[row.result].append(called)
        own = {mark: what for cell in row.cells for mark, what in _marks(cell) if mark not in given}
        for mark, what in own.items():
            owners[mark].append(called)
            words[mark] = what
    most = max(2, round(RARE * count))
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for students in same.values():
        if len(students) > 1:
            shared[tuple(students)].append("the very same answers")
    for mark, students in owners.items():
        if 1 < len(students) <= most:
            shared[tuple(students)].append(words[mark])
    found = [Alike("; ".join(sorted(set(what))), students) for students, what in shared.items()]
    return sorted(found, key=lambda one: (-len(one.what), one.students))


def _marks(cell: str) -> Iterator[tuple[str, str]]:
    """A hash of everything in a cell that may be unusual, with words for it."""
    if len(cell) > MAX_CELL:
        return
    for comment in _comments(cell):
        text = " ".join(comment.lstrip("# ").split())
        if len(text) >= LEAST_COMMENT and re.search("[a-z]", text):
            yield _hash(text.lower()), f"the comment “{text[:60]}”"
    try:
        body = parse(cell, "cell")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in body:
        for function in ast.walk(node):
            if isinstance(function, ast.FunctionDef) and sum(1 for _ in ast.walk(function)) >= LEAST_NODES:
                yield _hash(shape(function)), f"the shape of {function.name}"


def _comments(cell: str) -> Iterator[str]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(cell).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, SyntaxError):
        return


def shape(function: ast.FunctionDef) -> str:
    """The function's syntax tree with its own names replaced in order, and without docstrings and annotations."""
    names: dict[str, str] = {}
    copied = ast.parse(ast.unparse(function))
    for node in ast.walk(copied):
        if isinstance(node, ast.FunctionDef):
            node.name, node.returns = names.setdefault(node.name, f"f{len(names)}"), None
            if ast.get_docstring(node) is not None and len(node.body) > 1:
                node.body = node.body[1:]
        elif isinstance(node, ast.arg):
            node.arg, node.annotation = names.setdefault(node.arg, f"f{len(names)}"), None
        elif isinstance(node, ast.Name) and node.id not in ("Value", "max", "min", "isinstance", "float", "int"):
            node.id = names.setdefault(node.id, f"f{len(names)}")
    return ast.dump(copied)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:20]
