"""The file ``explanations.csv``: students' written answers, with columns in which people enter points and comments.

The next run reads these columns. A mark belongs to one text of one student. A student who hands in another text gets a
new line; the old line moves to the end with its mark, which does not count for the new text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from autograder import plain_words, settings
from autograder.assignment import ASSIGNMENT
from autograder.classroom import overrides, tables
from autograder.classroom.hand_ins import Decision
from autograder.classroom.result_store import write_pieces

FILE = "explanations.csv"
HEADS = ("id", "explanation", "student", "letter", "alike", "text", "points", "of", "comment", "note")
NEEDED = ("id", "explanation", "points", "comment")
"""Columns that the file must have to be read."""
MAX_TEXT = 6000
"""Maximum length of a cell, in characters; intake keeps 5,000 of an explanation."""
DIGITS = 10
"""Number of hexadecimal digits of a line's id: with 100,000 lines, two ids are equal with a probability of 0.5%."""
NO_LONGER = "an earlier text, or of somebody who left: does not count"
"""Note on a line whose text no student of the class has today."""

TEXTS = ASSIGNMENT.manifest.named("text")
"""Names of the answers that are texts."""


class MarkError(ValueError):
    """Exception for lines of ``explanations.csv`` that must be mended; the message has a line for each."""


@dataclass(frozen=True)
class Given:
    """A line of ``explanations.csv`` as people left it; ``points`` is None while there are none."""

    cells: Mapping[str, str]
    points: float | None
    number: int

    @property
    def is_marked(self) -> bool:
        """True if somebody entered points or a comment, which must not be lost."""
        return bool(self.cells["points"] or self.cells["comment"])


@dataclass(frozen=True)
class Text:
    """A text to be listed.

    ``name`` is the explanation's; ``called`` is the student, or empty if markers must not know; ``letter`` tells
    whether the student's letter is right; ``alike`` is the number of texts that are nearly the same, this one included.
    """

    id: str
    name: str
    called: str
    letter: str
    alike: int
    text: str


Marks = Mapping[str, Given]
"""Lines of the file, by their ids."""


def id_of(key: str, name: str, text: str) -> str:
    """Return the id of a student's text; it does not show who wrote the text, and changes only with its words."""
    parts = "\0".join((key, name, " ".join(text.split())))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def read(out: Path) -> Marks:
    """Read the lines in which people entered points or a comment.

    Raises ``MarkError``, whose message names every line that is wrong.
    """
    found: dict[str, Given] = {}
    wrong: list[str] = []
    try:
        with (out / FILE).open("rb") as file:
            for line in tables.lines(file, FILE, NEEDED):
                wrong += _take_in(line, found)
    except FileNotFoundError:
        return {}
    except tables.TableError as error:
        wrong.append(str(error))
    if wrong:
        raise MarkError(tables.told("marks that must be mended:", wrong))
    return found


def _take_in(line: tables.Line, found: dict[str, Given]) -> list[str]:
    """Put the line into ``found`` if it is marked; return what is wrong with it, as a list of at most one message."""
    id = line.cells["id"]
    try:
        given = Given(line.cells, _points(line.cells), line.number)
        if given.is_marked and id in found:
            raise ValueError(f"line {found[id].number} is about the same text, {id}")
    except ValueError as error:
        return [f"{FILE}, line {line.number}: {error}"]
    if given.is_marked:
        found[id] = given
    return []


def _points(cells: Mapping[str, str]) -> float | None:
    name, most = cells["explanation"], settings.load().explanation_points
    if not cells["points"]:
        return None
    if not cells["id"]:
        raise ValueError("the id is missing, so nobody knows whose points these are")
    if name not in TEXTS:
        raise ValueError(f"there is no explanation {name or 'without a name'}{plain_words.nearest(name, TEXTS)}")
    if name not in most:
        raise ValueError(overrides.NO_POINTS.format(name))
    return overrides.points(cells["points"], most[name])


def marks_of(key: str, texts: Mapping[str, str], marks: Marks) -> dict[str, Decision]:
    """Return the marks of a student's texts, by explanation."""
    found = {}
    for name, text in texts.items():
        given = marks.get(id_of(key, name, text))
        if given is not None and given.points is not None:
            found[name] = Decision(given.points, given.cells["comment"], f"{FILE}, line {given.number}")
    return found


def write(out: Path, texts: Iterable[Text]) -> None:
    """Write the file anew with these texts; keep all marks, also those that were entered while this run graded.

    A file that cannot be read is left as it is, for somebody to mend.
    """
    with suppress(MarkError):
        known, listed = dict(read(out)), iter(texts)
        first = next(listed, None)
        if first or known:
            write_pieces(out / FILE, (piece.encode("utf-8", "replace") for piece in _pieces(first, listed, known)))


def _pieces(first: Text | None, others: Iterator[Text], known: dict[str, Given]) -> Iterator[str]:
    """Yield the table line by line: the texts first, then the marked lines of texts that are no longer there."""
    most = settings.load().explanation_points
    yield tables.to_csv(HEADS, [])
    for text in chain([first] if first else [], others):
        given = known.pop(text.id, None)
        points, comment = (given.cells["points"], given.cells["comment"]) if given else ("", "")
        alike, of = f"{text.alike} alike" if text.alike > 1 else "", f"{most.get(text.name, 0):g}"
        yield _line([text.id, text.name, text.called, text.letter, alike, text.text, points, of, comment, ""])
    for given in known.values():
        yield _line([*(given.cells.get(head, "") for head in HEADS[:-1]), NO_LONGER])


def _line(cells: Iterable[object]) -> str:
    return tables.body([cells], MAX_TEXT)
