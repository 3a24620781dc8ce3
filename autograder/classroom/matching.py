"""Search for the students that a name or a line of a list may mean: by identifier, else by name, never by a guess.

Names are compared without case, accents and punctuation, and the order of their words does not matter. If a name is one
word, as in Canvas' files (``lovelaceada``), it is compared with the joined words of other names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from autograder.classroom.hand_ins import Student
from autograder.classroom.naming import words_of

Thing = TypeVar("Thing")
Term = tuple[str, ...]
"""Pair by which students are compared: a kind, such as "email" or "words", and texts of that kind."""


class Directory(Generic[Thing]):
    """Directory of things, each about a student, that finds them by what is known of a student."""

    def __init__(self, things: Iterable[tuple[Student, Thing]]) -> None:
        self._index: dict[Term, list[tuple[Student, Thing]]] = defaultdict(list)
        for student, thing in things:
            for term in {*_own(student), *_any(student), *_called(student), *_filed(student)}:
                self._index[term].append((student, thing))

    def find(self, wanted: Student) -> list[Thing]:
        """Return all things whose student may be the wanted one.

        Identifiers of the same kind are compared first. If none agree, identifiers of any kind are, and then names;
        these two leave out students who have another identifier of the same kind. Only a single result is an answer:
        nobody should choose among several.
        """
        for terms in LEVELS:
            found = {id(pair[1]): pair for term in terms(wanted) for pair in self._index.get(term, ())}
            things = [thing for student, thing in found.values() if terms is _own or not contradict(student, wanted)]
            if things:
                return things
        return []

    def spoken_against(self, wanted: Student) -> list[Thing]:
        """Return the things whose student has the wanted name, but another identifier or address."""
        found = {id(pair[1]): pair for term in _asked(wanted) for pair in self._index.get(term, ())}
        return [thing for student, thing in found.values() if contradict(student, wanted)]


def contradict(one: Student, other: Student) -> bool:
    """Tell if two students have different identifiers of the same kind, or different addresses."""
    kinds = [(one.ids[kind], other.ids[kind]) for kind in one.ids.keys() & other.ids.keys()]
    return any(_plain(a) != _plain(b) for a, b in [*kinds, (one.email, other.email)] if _plain(a) and _plain(b))


def _plain(text: str) -> str:
    return text.strip().casefold()


def _own(student: Student) -> Iterator[Term]:
    """Yield the student's identifiers, each under its own kind."""
    for kind, text in {**student.ids, "email": student.email, "key": student.key}.items():
        if _plain(text):
            yield kind, _plain(text)


def _any(student: Student) -> Iterator[Term]:
    """Yield the student's identifiers under the common kind "any", so that their kinds do not matter."""
    yield from (("any", text) for _, text in _own(student))


def _named_by(student: Student) -> Iterator[Term]:
    """Yield terms that compare any identifier with any other and with names, and the name with identifiers.

    The name of a folder may be a name or an identifier.
    """
    yield from _any(student)
    yield from (("called", text) for _, text in _own(student))
    yield "any", _plain(student.name)


def _called(student: Student) -> Iterator[Term]:
    yield "called", _plain(student.name)


def _filed(student: Student) -> Iterator[Term]:
    """Yield the terms under which a name is filed: its words sorted, and its words joined, beginning with each."""
    words = words_of(student.name)
    if len(words) == 1:
        yield "one", words[0]
    elif words:
        yield "words", *sorted(words)
        yield from (("together", "".join(words[k:] + words[:k])) for k in range(len(words)))


def _asked(student: Student) -> Iterator[Term]:
    """Yield the terms under which a name is looked up; joined words are compared only with a name of one word."""
    for sort, *text in _filed(student):
        yield ("one" if sort == "together" else sort), *text
        if sort == "one":
            yield "together", *text


LEVELS: tuple[Callable[[Student], Iterator[Term]], ...] = (_own, _named_by, _asked)
"""Functions that give the terms to compare students by, the surest first."""
