"""The course's list of students, as Gradescope, Canvas, Moodle or a spreadsheet writes it.

Columns are recognised by their heads. Gradescope's roster has First Name, Last Name, Email, SID, Role; Canvas'
gradebook has Student, ID, SIS User ID, SIS Login ID, Section; Moodle's list of participants has First name, Last name,
ID number, Email address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom import tables
from autograder.classroom.hand_ins import Student

MOST_BYTES = 50 * 2**20
"""Maximum size of a list, in bytes; a million students need less."""

NAME = ("name", "student", "full name", "student name")
FIRST = ("first name", "firstname", "given name", "preferred/first name")
LAST = ("last name", "lastname", "surname", "family name")
EMAIL = ("email", "email address", "e-mail", "e-mail address", "mail")
ROLE = ("role", "roles")
SECTION = ("section", "sections")
IDENTIFIERS = {
    **dict.fromkeys(("sid", "student id", "student number", "matriculation number"), "SID"),
    "id": "ID",
    "sis user id": "SIS User ID",
    "sis login id": "SIS Login ID",
    "identifier": "Identifier",
    "id number": "ID number",
    "idnumber": "ID number",
    "username": "Username",
}
"""Name of the identifier in a column, by the column's head in small letters."""

_NOBODY = ("points possible", "student, test", "test student")
"""Beginnings of the names in Canvas' gradebook that are no students."""


class RosterError(ValueError):
    """Exception for a list that cannot be used; the message says why, and in which line if it is one."""


@dataclass(frozen=True)
class Entry:
    """A line of the list and its student; the student's key is provisional, not the one in the class."""

    student: Student
    line: int


def read_roster(path: Path) -> list[Entry]:
    """Read the students of the list, in its order.

    Raises ``RosterError``, whose message names the line to mend.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RosterError(f"{path} is larger than {MOST_BYTES >> 20} MB")
        lines = tables.read(path.read_bytes(), str(path), ())
    except OSError as error:
        raise RosterError(f"{path} cannot be read ({error.strerror})") from None
    except tables.TableError as error:
        raise RosterError(str(error)) from None
    if not lines or not {*NAME, *LAST, *EMAIL, *IDENTIFIERS}.intersection(lines[0].cells):
        raise RosterError(f"{path}, line 1: names no students; it needs a column such as Name, SID or Email, and lines")
    entries = [entry for line in lines if (entry := _entry(path, line)) is not None]
    _require_different(path, entries)
    return entries


def _entry(path: Path, line: tables.Line) -> Entry | None:
    """Return the student of a line; None for staff, and for lines that are about no student."""
    values = {head: cell for head, cell in line.cells.items() if cell}
    last = _first(values, LAST)
    name = _first(values, NAME) or " ".join(filter(None, (_first(values, FIRST), last)))
    role = _first(values, ROLE).casefold()
    if name.casefold().startswith(_NOBODY) or (role and "student" not in role):
        return None
    ids = {IDENTIFIERS[head]: value for head, value in values.items() if head in IDENTIFIERS}
    email = _first(values, EMAIL)
    if not (name or ids or email):
        raise RosterError(f"{path}, line {line.number}: names nobody")
    called = name or email or next(iter(ids.values()))
    student = Student(f"line {line.number}", called, email, ids, _first(values, SECTION), last)
    return Entry(student, line.number)


def _first(values: Mapping[str, str], heads: tuple[str, ...]) -> str:
    return next((values[head] for head in heads if head in values), "")


def _require_different(path: Path, entries: list[Entry]) -> None:
    """Check that no two lines have the same identifier or address: one student could get the other's mark.

    Raises ``RosterError`` for the first line that repeats one.
    """
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        for kind, text in {**entry.student.ids, "email address": entry.student.email}.items():
            if text:
                first = seen.setdefault((kind, text.casefold()), entry.line)
                if first != entry.line:
                    raise RosterError(f"{path}, line {entry.line}: the {kind} {text} stands in line {first} already")
