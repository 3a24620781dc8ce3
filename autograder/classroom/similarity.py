"""Answers that look alike: a reason to look, never a proof.

Right answers to short questions are naturally equal, and so are common mistakes. So what counts is not how much
two students share but how unusual it is. Functions are taken apart into statements, each statement's names are replaced
by numbers, and a statement that k of n students wrote weighs log2(n / k) bits, as much as it would take for two to meet
in it by chance. A pair is named when it shares more bits than the best of all pairs of the class would by chance, and
then some. In a small class nothing is unusual enough.
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
"""Share of the class, and two at least: what more have is the template, or was said in the lecture."""
MOST_OWNERS = 20
"""Students with the same statement, in a class of any size: pairs grow with the square, and more is no copying."""
MARGIN = 10.0
"""Bits beyond chance: statements of one function do not come about independently of each other."""
LEAST_STATEMENTS = 3
"""Shared by a pair: fewer are one idea."""
LEAST_NODES = 8
"""Of a statement's syntax tree: ``return out`` says nothing."""
LEAST_WORDS = 4
"""Of a comment."""
MAX_MARKS = 300
"""Statements of one student that are kept; answers have about thirty."""
QUOTE = 90
"""Characters of a statement that is shown."""
SHOWN = 4
"""Statements that are shown of what is shared."""

Pairs = dict[tuple[int, int], list[int]]
"""Two students -> the marks of the unusual statements that they share."""

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
_OWN_NAMES = frozenset(dir(builtins)) | {ASSIGNMENT.manifest.grafted_on}


@dataclass(frozen=True)
class Alike:
    """Students who share what hardly anybody else wrote; ``examples`` are some of the ``shared`` statements."""

    students: tuple[str, ...]
    shared: int
    examples: tuple[str, ...]
    same: bool
    """Whether their answers are equal to the character."""


class Similarity:
    """Gathers the statements of a class: some dozens of small numbers a student stay in memory."""

    def __init__(self) -> None:
        self._owners: dict[int, tuple[int, ...]] = {}  # mark -> students; none once it is common
        self._words: dict[int, str] = {}
        self._hand_ins: list[HandIn] = []
        self._results: list[str] = []
        self._given = {mark for cell in ASSIGNMENT.cells() for mark, _ in _marks(cell)}

    def add(self, row: Marked) -> None:
        """Add what a student wrote."""
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
        """The groups that share most first; a group is what pairs that have a student in common make."""
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
        # Of n * n / 2 pairs, one has by chance what one in n * n / 2 has: 2 * log2(n) - 1 bits.
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
        for hand_in in hand_ins:  # what one copied may hold the other's name
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
    """A number for everything in a cell that may be unusual, with its text."""
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
    """The statements of a function, each with its shape; those that are too small are left out."""
    for node in (node for inner in function.body for node in _nested(inner)):
        shape = _Shape().of(node)
        if shape.count("(") >= LEAST_NODES and not _is_text(node):
            yield node, shape


def _nested(node: ast.stmt) -> Iterator[ast.stmt]:
    """The statement and those in its blocks, but not those of a function or class, which come by themselves."""
    yield node
    if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        for child in ast.iter_child_nodes(node):
            for inner in child.body if isinstance(child, (ast.ExceptHandler, ast.match_case)) else (child,):
                if isinstance(inner, ast.stmt):
                    yield from _nested(inner)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Shape:
    """A statement without its blocks as a text, in which names are numbers in the order of their appearance."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def of(self, node: object) -> str:
        """The shape; every node is one opening bracket."""
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
            return f"{node:x}"  # Python writes no more than 4,300 decimal digits
        return repr(node).replace("(", "\\")

    def _number(self, name: str) -> str:
        return self._names.setdefault(name, f"v{len(self._names)}")


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
