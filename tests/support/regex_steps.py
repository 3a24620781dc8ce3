"""Counts the steps that a regular expression takes, with a matcher of our own that backtracks as Python's does.

``re`` tells no work, and time is no measure on a machine that others share. This matcher walks the tree into which
``re`` itself parses an expression, tries the same ways in the same order, and counts every look at a character and
every way that it tries. It is slow, and knows only what the grader's expressions contain. Python's own matcher never
takes more of these steps: where it is cleverer it takes fewer.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

IS_OLD = sys.version_info < (3, 11)
ops: Any = import_module("sre_constants" if IS_OLD else "re._constants")
parser: Any = import_module("sre_parse" if IS_OLD else "re._parser")

Text = Any
"""``str`` or ``bytes``, as the expression is."""
Rest = Callable[[int], "int | None"]
"""Matches what comes after a place; returns where the match ends, or None."""
Node = Callable[[int, Rest], "int | None"]
"""Matches itself at a place, then the rest."""
Test = Callable[[int], bool]
"""Whether the character of this code belongs."""

_T = TypeVar("_T")


class Work:
    """An expression and the steps that it has taken."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.steps = 0
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        self._is_dotall = bool(pattern.flags & re.DOTALL)  # once: an enum's `&` is slow
        self._is_multiline = bool(pattern.flags & re.MULTILINE)
        self._ignores_case = bool(pattern.flags & re.IGNORECASE)
        self._is_bytes = isinstance(pattern.pattern, bytes)
        self._is_ascii = self._is_bytes or bool(pattern.flags & re.ASCII)
        self._text: list[int] = []
        self._match = self._sequence(list(self.tree))

    def spans(self, text: Text, how: str) -> list[tuple[int, int]]:
        """Where it matches: everywhere (``search``), at the beginning (``match``) or the whole (``fullmatch``)."""
        self._text = list(text) if self._is_bytes else list(map(ord, text))
        return list(self._found(how))

    def _found(self, how: str) -> Iterator[tuple[int, int]]:
        size = len(self._text)
        if how != "search":
            end = self._match(0, lambda at: at if how == "match" or at == size else None)
            if end is not None:
                yield 0, end
            return
        start, empty_at = 0, -1  # a match that is empty does not come twice at one place
        while start <= size:
            end = self._match(start, lambda at: None if at == start == empty_at else at)  # noqa: B023 - called at once
            if end is None:
                start += 1
                continue
            yield start, end
            empty_at = end if end == start else -1
            start = end

    def _sequence(self, items: list[Any]) -> Node:
        nodes = [self._node(*item) for item in items]

        def run(at: int, rest: Rest, first: int = 0) -> int | None:
            if first == len(nodes):
                return rest(at)
            return nodes[first](at, lambda after: run(after, rest, first + 1))

        return run

    def _node(self, op: Any, value: Any) -> Node:
        test = self._test(op, value)
        if test is not None:
            return self._character(test)
        if op is ops.AT:
            return self._place(value)
        if op is ops.SUBPATTERN:
            assert not value[1] and not value[2], "flags inside of an expression"
            return self._sequence(list(value[3]))
        if op is ops.BRANCH:
            return self._branch([self._sequence(list(branch)) for branch in value[1]])
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            return self._repeat(op is ops.MAX_REPEAT, *value)
        if op in (ops.ASSERT, ops.ASSERT_NOT):
            return self._look(op is ops.ASSERT, *value)
        raise NotImplementedError(f"{op} in an expression: teach it to tests/support/regex_steps.py")

    def _character(self, test: Test) -> Node:
        def run(at: int, rest: Rest) -> int | None:
            self.steps += 1
            return rest(at + 1) if at < len(self._text) and test(self._text[at]) else None

        return run

    def _branch(self, branches: list[Node]) -> Node:
        def run(at: int, rest: Rest) -> int | None:
            for branch in branches:
                self.steps += 1
                end = branch(at, rest)
                if end is not None:
                    return end
            return None

        return run

    def _look(self, wanted: bool, direction: int, items: Any) -> Node:
        inner, width = self._sequence(list(items)), items.getwidth()[0] if direction < 0 else 0

        def run(at: int, rest: Rest) -> int | None:
            self.steps += 1
            found = at >= width and inner(at - width, lambda after: after) is not None
            return rest(at) if found == wanted else None

        return run

    def _repeat(self, is_greedy: bool, least: int, most: Any, items: Any) -> Node:
        most = sys.maxsize if most is ops.MAXREPEAT else int(most)
        test = self._test(*items[0]) if len(items) == 1 else None
        if test is not None:
            return self._greedy(test, least, most) if is_greedy else self._lazy(test, least, most)
        inner = self._sequence(list(items))

        def run(at: int, rest: Rest, count: int = 0) -> int | None:
            self.steps += 1

            def again(after: int) -> int | None:
                return run(after, rest, count + 1) if after > at or count < least else None

            if count < least:
                return inner(at, again)
            if not is_greedy:
                end = rest(at)
                return inner(at, again) if end is None and count < most else end
            end = inner(at, again) if count < most else None
            return rest(at) if end is None else end

        return run

    def _greedy(self, test: Test, least: int, most: int) -> Node:
        def run(at: int, rest: Rest) -> int | None:
            end, last = at, min(len(self._text), at + most)
            while end < last and test(self._text[end]):
                end += 1
            self.steps += end - at + 1
            for after in range(end, at + least - 1, -1):
                self.steps += 1
                found = rest(after)
                if found is not None:
                    return found
            return None

        return run

    def _lazy(self, test: Test, least: int, most: int) -> Node:
        def run(at: int, rest: Rest) -> int | None:
            for after in range(at, min(len(self._text), at + most) + 1):
                self.steps += 1
                found = rest(after) if after >= at + least else None
                if found is not None:
                    return found
                if after == len(self._text) or not test(self._text[after]):
                    return None
            return None

        return run

    def _place(self, where: Any) -> Node:
        is_word = _Known(lambda code: self._is_category("WORD", code))

        def is_there(at: int) -> bool:
            text, size = self._text, len(self._text)
            if where is ops.AT_BEGINNING_STRING or where is ops.AT_BEGINNING:
                is_line = where is ops.AT_BEGINNING and self._is_multiline
                return at == 0 or (is_line and text[at - 1] == _NEWLINE)
            if where is ops.AT_END_STRING:
                return at == size
            if where is ops.AT_END:
                is_line = at == size - 1 or self._is_multiline
                return at == size or (is_line and text[at] == _NEWLINE)
            before = at > 0 and is_word[text[at - 1]]
            after = at < size and is_word[text[at]]
            return (before != after) == (where is ops.AT_BOUNDARY)

        def run(at: int, rest: Rest) -> int | None:
            self.steps += 1
            return rest(at) if is_there(at) else None

        return run

    def _test(self, op: Any, value: Any) -> Test | None:
        """The test of one character; None for whatever is more than that."""
        test = self._test_of(op, value)
        return test and _Known(test).__getitem__

    def _test_of(self, op: Any, value: Any) -> Test | None:
        if op is ops.ANY:
            return lambda code: self._is_dotall or code != _NEWLINE
        if op is ops.LITERAL or op is ops.RANGE:
            low, high = (value, value) if op is ops.LITERAL else value
            return lambda code: any(low <= same <= high for same in self._cases(code))
        if op is ops.NOT_LITERAL:
            return lambda code: value not in self._cases(code)
        if op is ops.CATEGORY:
            name = str(value).removeprefix("CATEGORY_")
            return lambda code: self._is_category(name.removeprefix("NOT_"), code) != name.startswith("NOT_")
        if op is ops.IN:
            negated = value[0][0] is ops.NEGATE
            tests = [self._test_of(*item) for item in value[negated:]]
            return lambda code: any(each is not None and each(code) for each in tests) != negated
        return None

    def _cases(self, code: int) -> tuple[int, ...]:
        if not self._ignores_case:
            return (code,)
        return (code, *(ord(same) for same in (chr(code).lower(), chr(code).upper()) if len(same) == 1))

    def _is_category(self, name: str, code: int) -> bool:
        character = chr(code)
        if self._is_ascii and code > 127:
            return False
        if name == "SPACE":
            return character in " \t\n\r\f\v" if self._is_ascii else character.isspace()
        return character.isdecimal() if name == "DIGIT" else character.isalnum() or character == "_"


class _Known(dict[int, bool]):
    """What a test says of each character; it is asked once."""

    def __init__(self, test: Test) -> None:
        self._asked = test

    def __missing__(self, code: int) -> bool:
        self[code] = self._asked(code)
        return self[code]


_NEWLINE = ord("\n")


def steps(pattern: re.Pattern[Any], text: Text, how: str) -> int:
    """Return the steps that the expression takes on this text; fails where its matches are not those of ``re``."""

    def run() -> int:
        work = _work(pattern)
        before = work.steps
        spans = work.spans(text, how)
        if how == "search":
            expected = [match.span() for match in pattern.finditer(text)]
        else:
            found = getattr(pattern, how)(text)
            expected = [found.span()] if found else []
        assert spans == expected, f"{pattern.pattern!r} on {text[:80]!r}: {spans[:3]}, not {expected[:3]}"
        return work.steps - before

    return _deep(run)


_work = cache(Work)


def _deep(run: Callable[[], _T]) -> _T:
    """Run something that calls itself once for every character."""
    results: list[_T] = []
    errors: list[BaseException] = []

    def guarded() -> None:
        try:
            results.append(run())
        except BaseException as error:
            errors.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(512 << 20)
    sys.setrecursionlimit(1_000_000)
    try:
        thread = threading.Thread(target=guarded)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if errors:
        raise errors[0]
    return results[0]


def likely(pattern: re.Pattern[Any]) -> list[Callable[[int], Text]]:
    """Makers of texts of about n characters that may be hard for the expression, told from the expression itself.

    Runs of each character that it knows, and the beginnings of a match, over and over and before such a run; all end
    with what belongs to no match.
    """
    tree = list(parser.parse(pattern.pattern, pattern.flags))
    beginnings = [""]
    for op, value in tree:
        beginnings.append(beginnings[-1] + _sample(op, value))
    runs = list(dict.fromkeys(_characters(tree)))[:12]
    units = [*runs, *(beginning for beginning in dict.fromkeys(beginnings) if beginning)]

    def made(beginning: str, unit: str, end: str) -> Callable[[int], Text]:
        def make(n: int) -> Text:
            text = beginning + unit * (n // len(unit)) + end
            return text.encode("latin-1") if isinstance(pattern.pattern, bytes) else text

        return make

    alone = [made("", unit, "\0") for unit in units]
    return alone + [made(beginning, unit, "\0") for beginning in dict.fromkeys(beginnings[1:]) for unit in runs]


_OF_CATEGORIES = {"SPACE": " ", "DIGIT": "1", "WORD": "a", "NOT_SPACE": "a", "NOT_WORD": "-", "NOT_DIGIT": "a"}


def _sample(op: Any, value: Any) -> str:
    """A short text that the node matches."""
    if op is ops.SUBPATTERN:
        return "".join(_sample(*item) for item in value[3])
    if op is ops.BRANCH:
        return "".join(_sample(*item) for item in value[1][0])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
        least, most, items = value
        return "".join(_sample(*item) for item in items) * int(max(least, min(1, int(most))))
    return next(_characters([(op, value)]), "")


def _characters(items: Any) -> Iterator[str]:
    """One character for each literal, range and category in a part of an expression."""
    for op, value in items:
        if op is ops.LITERAL:
            yield chr(value)
        elif op is ops.RANGE:
            yield chr(value[0])
        elif op is ops.CATEGORY:
            yield _OF_CATEGORIES[str(value).removeprefix("CATEGORY_")]
        elif op in (ops.ANY, ops.NOT_LITERAL):
            yield "x"
        elif op is ops.IN:
            yield from "x" if value[0][0] is ops.NEGATE else _characters(value)
        elif op is ops.SUBPATTERN:
            yield from _characters(value[3])
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _characters(branch)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            yield from _characters(value[2])
