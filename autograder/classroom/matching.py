"""Finds the students that a name or a line of a list means: by identifier first, else by name, and never by a guess.

Names are compared without case, accents and punctuation, in any order of their words. A name that is one word, as in
Canvas' files (``lovelaceada``), is compared with the words of others written together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from autograder.classroom.hand_ins import Student
from autograder.classroom.naming import words_of

Thing = TypeVar("Thing")
Term = tuple[str, ...]
"""Something that two students are compared by: what sort of thing it is, and its text."""


class Directory(Generic[Thing]):
    """Things to be found by the students that they are about."""

    def __init__(self, things: Iterable[tuple[Student, Thing]]) -> None:
        self._index: dict[Term, list[tuple[Student, Thing]]] = defaultdict(list)
        for student, thing in things:
            for term in {*_own(student), *_any(student), *_called(student), *_filed(student)}:
                self._index[term].append((student, thing))

    def find(self, wanted: Student) -> list[Thing]:
        """Return all that may be meant by identifiers of one kind, or else of several, or else by name.

        One thing is an answer, several are not, and nobody should choose among them. Nothing is meant by a name, or by
        an identifier of another kind, where an identifier of one kind speaks against it.
        """
        for terms in LEVELS:
            found = {id(pair[1]): pair for term in terms(wanted) for pair in self._index.get(term, ())}
            things = [thing for student, thing in found.values() if terms is _own or not contradict(student, wanted)]
            if things:
                return things
        return []

    def spoken_against(self, wanted: Student) -> list[Thing]:
        """Return those of the same name whose identifier is another one."""
        found = {id(pair[1]): pair for term in _asked(wanted) for pair in self._index.get(term, ())}
        return [thing for student, thing in found.values() if contradict(student, wanted)]


def contradict(one: Student, other: Student) -> bool:
    """Tell if two students have identifiers of the same kind, or addresses, and not the same one."""
    kinds = [(one.ids[kind], other.ids[kind]) for kind in one.ids.keys() & other.ids.keys()]
    return any(_plain(a) != _plain(b) for a, b in [*kinds, (one.email, other.email)] if _plain(a) and _plain(b))


def _plain(text: str) -> str:
    return text.strip().casefold()


def _own(student: Student) -> Iterator[Term]:
    """Identifiers by their kind."""
    for kind, text in {**student.ids, "email": student.email, "key": student.key}.items():
        if _plain(text):
            yield kind, _plain(text)


def _any(student: Student) -> Iterator[Term]:
    """Identifiers of whatever kind, and a name that may be one: folders are called by either."""
    yield from (("any", text) for _, text in _own(student))


def _named_by(student: Student) -> Iterator[Term]:
    """Identifiers of any kind, against those and against names; and the name against identifiers."""
    yield from _any(student)
    yield from (("called", text) for _, text in _own(student))
    yield "any", _plain(student.name)


def _called(student: Student) -> Iterator[Term]:
    yield "called", _plain(student.name)


def _filed(student: Student) -> Iterator[Term]:
    """What a name is found by: its words in the alphabet's order, and written together from each of them on."""
    words = words_of(student.name)
    if len(words) == 1:
        yield "one", words[0]
    elif words:
        yield "words", *sorted(words)
        yield from (("together", "".join(words[k:] + words[:k])) for k in range(len(words)))


def _asked(student: Student) -> Iterator[Term]:
    """What a name is looked for by: only where one of two is one word, words written together count."""
    for sort, *text in _filed(student):
        yield ("one" if sort == "together" else sort), *text
        if sort == "one":
            yield "together", *text


LEVELS: tuple[Callable[[Student], Iterator[Term]], ...] = (_own, _named_by, _asked)
"""What students are compared by, the surest first."""
