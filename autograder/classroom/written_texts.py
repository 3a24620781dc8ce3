"""The written explanations of a class, gathered row by row; near-identical ones stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.assignment import ASSIGNMENT
from autograder.classroom import pages
from autograder.classroom.explanations import TEXTS, Text, id_of
from autograder.classroom.hand_ins import Marked
from autograder.classroom.naming import Names
from autograder.classroom.near_texts import NearTexts
from autograder.classroom.spool import Spool

_EXPLAINED = {answer.name: answer.explains for answer in ASSIGNMENT.manifest.answers}
LETTERS = {
    name: next((check.id for check in ASSIGNMENT.checks if check.reads == (_EXPLAINED[name],)), "") for name in TEXTS
}
"""Id of the check of the letter that each written answer explains."""


@dataclass(frozen=True)
class Written:
    """A student's explanation of a letter.

    ``letter`` tells if the letter is right, ``alike`` is the number of nearly equal explanations, this one included,
    and ``mark`` is the mark in words, empty if there is none.
    """

    called: str
    text: str
    letter: str
    alike: int = 1
    mark: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    called: str
    id: str
    number: int
    at: int


class WrittenTexts:
    """Collection of the explanations of a class.

    The texts are in a file; only their places, and the numbers to compare them by, are in memory.
    """

    def __init__(self, names: Names, *, anonymous: bool = False) -> None:
        self._names, self._anonymous = names, anonymous
        self._spool = Spool()
        self._near = {name: NearTexts() for name in TEXTS}
        self._places: dict[str, list[_Place]] = {name: [] for name in TEXTS}

    def close(self) -> None:
        """Close the file that holds the texts."""
        self._spool.close()

    def add(self, row: Marked) -> None:
        """Add a student's explanations."""
        outcomes = {check["id"]: check["outcome"] for check in row.report["checks"]}
        called, key = self._names.called(row.hand_in.student), row.hand_in.student.key
        for name, check in LETTERS.items():
            if text := row.explanations.get(name):
                number = self._near[name].add(text)
                outcome = pages.OUTCOMES.get(outcomes.get(check, ""), ("", ""))[1]
                letter = {"passed": "right letter", "failed": "wrong letter", "blank": "no letter"}.get(outcome, "")
                kept = [self._names.shown(text, row.hand_in), letter, _mark(row, name, self._names)]
                place = self._spool.add(name, kept)
                self._places[name].append(_Place(called, id_of(key, name, text), number, place))

    def count(self, name: str) -> int:
        """Return the number of texts of this explanation."""
        return len(self._places[name])

    def of(self, name: str) -> Iterator[Written]:
        """Yield the texts of one explanation in the order of the students' names; nearly equal ones stand together."""
        for place, alike, (text, letter, mark) in self._ordered(name, blind=False):
            yield Written(place.called, text, letter, alike, mark)

    def to_mark(self) -> Iterator[Text]:
        """Yield all texts as they are to be marked; nearly equal ones stand together.

        If the class is anonymous, they have no names, and their order is random but the same in every run.
        """
        for name in TEXTS:
            for place, alike, (text, letter, _) in self._ordered(name, blind=self._anonymous):
                yield Text(place.id, name, "" if self._anonymous else place.called, letter, alike, text)

    def _ordered(self, name: str, *, blind: bool) -> Iterator[tuple[_Place, int, list[str]]]:
        near, places = self._near[name], self._places[name]
        sizes = Counter(near.group(place.number) for place in places)
        first: dict[int, str] = {}
        for place in places:
            group, own = near.group(place.number), place.id if blind else place.called
            first[group] = min(first.get(group, own), own)

        def order(place: _Place) -> tuple[str, int, str]:
            group = near.group(place.number)
            return first[group], group, place.id if blind else place.called

        for place in sorted(places, key=order):
            yield place, sizes[near.group(place.number)], self._spool.at(place.at)


def _mark(row: Marked, name: str, names: Names) -> str:
    """Return the points and the comment of a text in words; empty if it is not marked."""
    decision = row.by_hand.overrides.get(name) or row.by_hand.written.get(name)
    if decision is None:
        return ""
    comment = names.shown(decision.comment, row.hand_in)
    return f"{decision.points:g} points{f': {comment}' if comment else ''}"
