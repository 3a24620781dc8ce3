"""``explanations.csv``: what students wrote, with columns for points and a comment that are read back at the next run.

A mark belongs to one text of one student. Who hands in another text gets a new line; the old one stays at the end with
its mark, which does not count for the new text.
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
"""The columns that must be there when it is read back."""
MAX_TEXT = 6000
"""Characters of a cell: intake keeps 5,000 of an explanation."""
DIGITS = 10
"""Hexadecimal, of a line's id: two of 100,000 have the same with a probability of 0.5%."""
NO_LONGER = "an earlier text, or of somebody who left: does not count"

TEXTS = tuple(answer.name for answer in ASSIGNMENT.manifest.answers if answer.kind == "text")
"""The written answers."""


class MarkError(ValueError):
    """Lines of ``explanations.csv`` that must be mended; the message has a line for each."""


@dataclass(frozen=True)
class Given:
    """The line of a text as people left it: its cells, and the points, None while there are none."""

    cells: Mapping[str, str]
    points: float | None
    number: int

    @property
    def is_marked(self) -> bool:
        """Whether people wrote anything that must not be lost."""
        return bool(self.cells["points"] or self.cells["comment"])


@dataclass(frozen=True)
class Text:
    """A text to be listed: of which explanation, by whom (empty where nobody shall know), and how many are alike."""

    id: str
    name: str
    called: str
    letter: str
    alike: int
    text: str


Marks = Mapping[str, Given]
"""The lines by their ids."""


def id_of(key: str, name: str, text: str) -> str:
    """The id of a student's text: it tells nothing of who wrote it, and stays the same as long as the text does."""
    parts = "\0".join((key, name, " ".join(text.split())))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def read(out: Path) -> Marks:
    """The lines that people wrote in; raises ``MarkError`` with every one that cannot be read."""
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
        raise MarkError("\n  ".join(["marks that must be mended:", *wrong] if len(wrong) > 1 else wrong))
    return found


def _take_in(line: tables.Line, found: dict[str, Given]) -> list[str]:
    """Keep what people wrote in a line; what is wrong with it, if anything."""
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
    if not most.get(name):
        raise ValueError(f"the course gives no points for {name}; set them in settings.toml")
    return overrides.points(cells["points"], most[name])


def marks_of(key: str, texts: Mapping[str, str], marks: Marks) -> dict[str, Decision]:
    """The marks of what this student wrote, by explanation."""
    found = {}
    for name, text in texts.items():
        given = marks.get(id_of(key, name, text))
        if given is not None and given.points is not None:
            found[name] = Decision(given.points, given.cells["comment"], f"{FILE}, line {given.number}")
    return found


def write(out: Path, texts: Iterable[Text]) -> None:
    """List the texts, with the marks that are in the file now, also those typed since it was read.

    A file that cannot be read stays as it is, for somebody to mend.
    """
    with suppress(MarkError):
        known, listed = dict(read(out)), iter(texts)
        first = next(listed, None)
        if first or known:
            write_pieces(out / FILE, (piece.encode("utf-8", "replace") for piece in _pieces(first, listed, known)))


def _pieces(first: Text | None, others: Iterator[Text], known: dict[str, Given]) -> Iterator[str]:
    """The table line by line: the texts, and then what is known of others."""
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
    return tables.to_csv(HEADS, [cells], MAX_TEXT).partition("\n")[2]
