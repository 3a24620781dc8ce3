"""The file ``overrides.csv`` in OUT: points and extensions that people gave; every run applies them.

The file belongs to people. The first run makes it, with examples that have no effect. After that only ``--keep`` writes
to it, and only adds lines at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder import plain_words, settings
from autograder.assignment import ASSIGNMENT
from autograder.classroom import tables
from autograder.classroom.hand_ins import Decision, Student
from autograder.classroom.lateness import Deadline
from autograder.classroom.marks import QUESTIONS, TOTAL, possible
from autograder.classroom.matching import Directory
from autograder.classroom.naming import pseudonym
from autograder.classroom.result_store import write_atomically

FILE = "overrides.csv"
COLUMNS = ("student", "what", "points or grade", "comment")
EXTENSION = "extension"
"""Name in the column "what" of an override that changes the due date instead of points."""

NO_POINTS = "the course gives no points for {}; set them in settings.toml"
"""Message about points for an explanation that has none."""

_POINTS = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?) ?(%?)")


class OverrideError(ValueError):
    """Exception for lines of ``overrides.csv`` that must be mended; the message has a line for each."""


@dataclass(frozen=True)
class Overrides:
    """The overrides of a class: ``extensions`` by student's key, ``decisions`` by key and by what they are about."""

    decisions: Mapping[str, Mapping[str, Decision]] = field(default_factory=dict)
    extensions: Mapping[str, datetime] = field(default_factory=dict)


def most_points() -> dict[str, float]:
    """Return the maximum points of all that an override can be about: checks, questions, explanations and the total."""
    checks = {check.id: check.points for check in ASSIGNMENT.checks}
    questions = {name: ASSIGNMENT.points_of(name) for name in QUESTIONS}
    return {**checks, **questions, **settings.load().explanation_points, TOTAL: possible()}


def points(text: str, most: float) -> float:
    """Read points that a person wrote as a number, or as a grade in percent of ``most``.

    Raises ``ValueError``, whose message says how to write them.
    """
    match = _POINTS.fullmatch(text.strip())
    number = None if match is None else float(match[1].replace(",", ".")) * (most / 100 if match[2] else 1)
    if number is None or number > most:
        raise ValueError(f"write points from 0 to {most:g}, or a grade such as 80%, not {text!r}")
    return number


def create(out: Path) -> None:
    """Make the file with its header and examples, unless there is one."""
    if not (out / FILE).exists():
        write_atomically(out / FILE, _template().encode())


def _template() -> str:
    first, explanation = ASSIGNMENT.checks[0], ASSIGNMENT.manifest.named("text")[0]
    return (
        ",".join(COLUMNS) + "\n"
        "# Lines that begin with # count for nothing. These are examples. The comment is shown to the student.\n"
        f"# ada@example.edu,{first.id},{first.points},The idea is right\n"
        f"# Ada Lovelace,{QUESTIONS[-1]},80%,All checks of a question at once\n"
        f'# ada-lovelace-1,{explanation},3,"A student is a name, an identifier, an address or a page in reports/"\n'
        "# 0012345,total,92.5,Agreed in the office hour; nothing is taken from it for lateness\n"
        "# ada@example.edu,extension,2 days,Ill; a time such as 2026-12-02T23:59 can stand here too\n"
    )


def add(out: Path, lines: Iterable[Sequence[object]]) -> None:
    """Add lines at the end of the file, all of them or none."""
    create(out)
    before = (out / FILE).read_bytes()
    header = before.partition(b"\n")[0].decode("utf-8-sig", "replace")
    text = tables.body(lines, delimiter=tables.delimiter(header))
    write_atomically(out / FILE, before + (b"" if before.endswith(b"\n") else b"\n") + text.encode())


def read(out: Path, students: Iterable[Student], deadline: Deadline) -> Overrides:
    """Read the overrides of a class; of two lines about the same thing, the later one counts.

    Raises ``OverrideError``, whose message names every line with an unknown student or thing, or with wrong points.
    """
    try:
        data = (out / FILE).read_bytes()
    except FileNotFoundError:
        return Overrides()
    try:
        lines = tables.read(data, FILE, COLUMNS)
    except tables.TableError as error:
        raise OverrideError(str(error)) from None
    finder, reader = _Finder(students), _Reader(deadline)
    wrong: list[str] = []
    for line in lines:
        try:
            reader.add(finder.key_of(line.cells["student"]), line)
        except ValueError as error:
            wrong.append(f"{FILE}, line {line.number}: {error}")
    if wrong:
        raise OverrideError(tables.told("overrides that must be mended:", wrong))
    return Overrides(reader.decisions, reader.extensions)


class _Finder:
    """Finder of the students whom the lines of the file name."""

    def __init__(self, students: Iterable[Student]) -> None:
        self._students = list(students)
        self._directory = Directory((student, student) for student in self._students)
        self._pseudonyms = {pseudonym(student.key): student for student in self._students}

    def key_of(self, name: str) -> str:
        """Return the key of the one student whom the text names.

        Raises ``ValueError`` if it names nobody, or several students.
        """
        known = self._pseudonyms.get(name.strip())
        found = [known] if known else self._directory.find(Student("", name.strip())) if name.strip() else []
        if len(found) > 1:
            raise ValueError(f"{name} may be {' or '.join(student.key for student in found)}; write one of these")
        if not found:
            near = plain_words.nearest(name, [text for student in self._students for text in _names(student)])
            raise ValueError(f"nobody in the class is called {name or 'nothing'}{near}")
        return found[0].key


def _names(student: Student) -> Iterator[str]:
    yield from filter(None, (student.name, student.key, student.email, *student.ids.values()))


class _Reader:
    """Collector of decisions and extensions, to which lines are added one by one."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._most = most_points()
        self._names = {name.casefold(): name for name in (*self._most, EXTENSION)}
        self.decisions: dict[str, dict[str, Decision]] = {}
        self.extensions: dict[str, datetime] = {}

    def add(self, key: str, line: tables.Line) -> None:
        """Add a line about the student of that key.

        Raises ``ValueError``, whose message says what is wrong with it.
        """
        wanted, value = line.cells["what"], line.cells["points or grade"]
        what = self._names.get(wanted.casefold(), "")
        if not what:
            if wanted in ASSIGNMENT.manifest.named("text"):
                raise ValueError(NO_POINTS.format(wanted))
            raise ValueError(
                f"there is no {wanted or 'empty thing'} to change{plain_words.nearest(wanted, self._names)}"
            )
        if what == EXTENSION:
            self.extensions[key] = self._deadline.extended(value)
        else:
            decision = Decision(points(value, self._most[what]), line.cells["comment"], f"{FILE}, line {line.number}")
            self.decisions.setdefault(key, {})[what] = decision
