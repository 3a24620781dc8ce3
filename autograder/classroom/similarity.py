"""Answers that look alike: a reason to look, never a proof.

Right answers to short questions are naturally equal, and so are common mistakes. So it does not count how much two
students share, but how unusual it is. Functions are split into statements, and in each statement names are replaced by
numbers. A statement that k of n students wrote weighs log2(n / k) bits: the rarer, the more. A pair is named if the
statements that it shares weigh more, by ``MARGIN``, than those of the most similar pair of the class would by chance.
In a small class nothing is unusual enough.
"""

from __future__ import annotations

import ast
import builtins
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import HandIn, Marked
from autograder.classroom.naming import Names
from autograder.classroom.sources import comments, nodes, own_cells

RARE = 0.03
"""Greatest share of the class (at least two students) that may have an unusual statement.

If more have it, it comes from the template or from the lecture.
"""
MOST_OWNERS = 20
"""Greatest number of students who may have an unusual statement, in a class of any size.

More than that is no copying, and the number of pairs grows with the square.
"""
MARGIN = 10.0
"""Bits that a pair must share beyond chance, since the statements of a function do not come independently."""
LEAST_STATEMENTS = 3
"""Least number of statements that a named pair shares; fewer can be a single idea."""
LEAST_NODES = 8
"""Least number of nodes in the syntax tree of a statement that counts; ``return out`` is too small to mean anything."""
LEAST_WORDS = 4
"""Least number of words in a comment that counts."""
MAX_MARKS = 300
"""Maximum number of statements of one student that are kept; answers have about thirty."""
QUOTE = 90
"""Maximum length of a statement that is shown, in characters."""
SHOWN = 4
"""Maximum number of shared statements that are shown."""

Pairs = dict[tuple[int, int], list[int]]
"""Marks of the unusual statements that two students share. A mark is the number that stands for a statement."""

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_OWN_NAMES = frozenset(dir(builtins)) | {ASSIGNMENT.manifest.grafted_on}


@dataclass(frozen=True)
class Alike:
    """Students who share statements that hardly anybody else wrote.

    ``shared`` is the greatest number of statements that two of them share, and ``examples`` are some of these.
    """

    students: tuple[str, ...]
    shared: int
    examples: tuple[str, ...]
    same: bool
    """True if their answers are equal to the letter."""


class Similarity:
    """Collection of the statements of a class; of each student, some dozens of small numbers stay in memory."""

    def __init__(self) -> None:
        self._owners: dict[int, tuple[int, ...]] = {}  # students by mark; empty once a mark is common
        self._words: dict[int, str] = {}
        self._hand_ins: list[HandIn] = []
        self._results: list[str] = []
        self._given = {mark for cell in ASSIGNMENT.cells() for mark, _ in _marks(cell)}

    def add(self, row: Marked) -> None:
        """Add a student's statements and comments."""
        student = len(self._hand_ins)
        self._hand_ins.append(row.hand_in)
        self._results.append(row.result)
        own = dict(mark for cell in own_cells(row.cells) for mark in _marks(cell))
        for mark in [mark for mark in own if mark not in self._given][:MAX_MARKS]:
            owners = self._owners.get(mark)
            if owners is None:
                self._owners[mark] = (student,)
            elif 0 < len(owners) < MOST_OWNERS:
                self._owners[mark] = (*owners, student)
                self._words.setdefault(mark, own[mark])
            elif owners:
                self._owners[mark] = ()
                self._words.pop(mark, None)

    def alike(self, names: Names) -> list[Alike]:
        """Return groups of students, those that share most first; pairs with a student in common form one group."""
        pairs = self._pairs()
        found = [self._group(students, pairs, names) for students in _connected(pairs)]
        return sorted(found, key=lambda one: (-one.shared, one.students))

    def _pairs(self) -> Pairs:
        count = len(self._hand_ins)
        most = max(2, min(MOST_OWNERS, round(RARE * count)))
        shared: dict[tuple[int, int], list[int]] = defaultdict(list)
        for mark, owners in self._owners.items():
            if 1 < len(owners) <= most:
                for pair in combinations(owners, 2):
                    shared[pair].append(mark)
        # The class has n * n / 2 pairs. The best of them shares by chance what one in n * n / 2 does, which is
        # 2 * log2(n) - 1 bits.
        needed = 2 * math.log2(max(count, 2)) - 1 + MARGIN
        return {
            pair: marks
            for pair, marks in shared.items()
            if len(marks) >= LEAST_STATEMENTS
            and sum(math.log2(count / len(self._owners[mark])) for mark in marks) >= needed
        }

    def _group(self, students: tuple[int, ...], pairs: Pairs, names: Names) -> Alike:
        within = [marks for pair, marks in pairs.items() if pair[0] in students]
        marks = sorted({mark for marks in within for mark in marks}, key=lambda mark: (-len(self._words[mark]), mark))
        results = {self._results[student] for student in students}
        hand_ins = [self._hand_ins[student] for student in students]
        examples = [self._words[mark] for mark in marks[:SHOWN]]
        for hand_in in hand_ins:  # a copied statement may contain the name of any of them
            examples = [names.shown(example, hand_in) for example in examples]
        return Alike(
            tuple(sorted(names.called(hand_in.student) for hand_in in hand_ins)),
            max(map(len, within)),
            tuple(examples),
            len(results) == 1 and results != {""},
        )


def _connected(pairs: Pairs) -> list[tuple[int, ...]]:
    group: dict[int, set[int]] = {}
    for first, second in pairs:
        joined = group.get(first, {first}) | group.get(second, {second})
        group |= dict.fromkeys(joined, joined)
    return sorted({tuple(sorted(members)) for members in group.values()})


@lru_cache(maxsize=512)  # many cells are the same in many notebooks
def _marks(cell: str) -> tuple[tuple[int, str], ...]:
    """Return the marks of all statements and comments in a cell that count, each with a text to show."""
    found = [(_number(" ".join(text.lower().split())), "# " + text[:QUOTE]) for text in comments(cell) if _says(text)]
    lines = cell.split("\n")
    for function in nodes(cell):
        if isinstance(function, ast.FunctionDef):
            try:
                found += [(_number(shape), _line(lines, node)) for node, shape in _shapes(function)]
            except RecursionError:  # nested more deeply than anybody writes
                continue
    return tuple(found)


def _says(comment: str) -> bool:
    return len([word for word in comment.split() if word.isalpha()]) >= LEAST_WORDS


def _line(lines: list[str], node: ast.stmt) -> str:
    return lines[node.lineno - 1].strip()[:QUOTE] if node.lineno <= len(lines) else ""


def _shapes(function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, str]]:
    """Yield the statements of a function, each with its shape; small ones and docstrings are left out."""
    for node in (node for inner in function.body for node in _nested(inner)):
        shape = _Shape().of(node)
        if shape.count("(") >= LEAST_NODES and not _is_text(node):
            yield node, shape


def _nested(node: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the statement and those in its blocks; functions and classes within it are not entered."""
    yield node
    if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        for child in ast.iter_child_nodes(node):
            for inner in child.body if isinstance(child, (ast.ExceptHandler, ast.match_case)) else (child,):
                if isinstance(inner, ast.stmt):
                    yield from _nested(inner)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Shape:
    """Writer of a statement's shape: a text without its blocks, with names numbered in the order of appearance."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, node: object) -> str:
        """Return the shape of a node; the number of opening brackets is the number of nodes."""
        if isinstance(node, ast.Name):
            return f"({node.id if node.id in _OWN_NAMES else self._number(node.id)})"
        if isinstance(node, ast.arg):
            return f"({self._number(node.arg)})"
        if isinstance(node, ast.AST):
            fields = (
                self.of(value)
                for name, value in ast.iter_fields(node)
                if name not in ("ctx", "name", "returns", "annotation", "type_comment", "type_params")
                and not (isinstance(node, ast.stmt) and name in _BLOCKS)
            )
            return f"({type(node).__name__} {' '.join(fields)})"
        if isinstance(node, list):
            return "[" + " ".join(map(self.of, node)) + "]"
        if isinstance(node, int) and not isinstance(node, bool):
            return f"{node:x}"  # hexadecimal, as Python refuses to write more than 4,300 decimal digits
        return repr(node).replace("(", "\\")

    def _number(self, name: str) -> str:
        return self._names.setdefault(name, f"v{len(self._names)}")


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
