"""Marks that someone typed into ``gradebook.csv`` after it was written: they are found, listed, and kept if wanted.

``OUT/.autograder`` has a copy of the gradebook as it was last written. A new copy takes the place of the old one only
after the gradebook itself was written. So a run that is killed in between leaves both, and the gradebook equals one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom import gradebook, overrides, tables
from autograder.classroom.hand_ins import Student
from autograder.classroom.marks import TOTAL
from autograder.classroom.naming import pseudonym
from autograder.classroom.overrides import Overrides
from autograder.classroom.result_store import write_atomically

FILE = "gradebook.csv"
COMMENT = f"typed into {FILE}"
"""Comment of an override that ``--keep`` makes."""
LISTED = 20
"""Maximum number of edited cells that are listed."""
_COPY, _NEXT = Path(".autograder", "gradebook.last.csv"), Path(".autograder", "gradebook.next.csv")


class EditedError(ValueError):
    """Exception for a gradebook that was changed by hand; the message names the cells and says what can be done."""


@dataclass(frozen=True)
class Edit:
    """A cell that was changed by hand.

    ``key`` is the student's, ``what`` the question, explanation or total that an override can change. ``key`` is empty
    if the student is unknown, ``what`` if the change cannot become an override.
    """

    student: str
    key: str
    column: str
    before: str
    after: str
    what: str = ""

    def __str__(self) -> str:
        return f"{self.student}: {self.column}: {self.before or 'empty'} -> {self.after or 'empty'}"


def write(out: Path, text: str) -> None:
    """Write the gradebook and its copy; a gradebook that was edited meanwhile is first copied to another name."""
    data = text.encode("utf-8", "replace")
    if _bytes(out / FILE) == _bytes(out / _COPY) == data:
        return
    if _is_foreign(out) or _was_edited(out):
        _set_aside(out)
    write_atomically(out / _NEXT, data)
    write_atomically(out / FILE, data)
    (out / _NEXT).replace(out / _COPY)


def settle(out: Path, students: Iterable[Student], known: Overrides, *, keep: bool, discard: bool) -> list[str]:
    """Make sure that no mark typed into the gradebook is lost; return lines for the terminal that say what was done.

    With ``keep``, typed marks become overrides; with ``discard`` they do not. In both cases the edited file is copied
    to another name.

    Raises ``EditedError`` if there are edits and neither was asked for.
    """
    keys = {name: one.key for one in students for name in (one.key, pseudonym(one.key))}
    if _is_foreign(out):
        return [
            f"{FILE} is of an earlier version of the grader, or not of the grader; it is now {_set_aside(out).name}."
        ]
    edits = [edit for edit in find(out, keys) if not _is_known(edit, known)]
    if not edits:
        return []
    if not (keep or discard):
        raise EditedError(
            f"{FILE} was changed by hand since it was written:\n  " + "\n  ".join(_listed(edits)) + "\nRun again with "
            f"--keep to keep these marks in {overrides.FILE}, or with --discard to write over them."
        )
    aside = _set_aside(out)
    kept = [edit for edit in edits if keep and edit.what]
    if kept:
        overrides.add(out, [(edit.key, edit.what, edit.after, COMMENT) for edit in kept])
    lost = [edit for edit in edits if edit not in kept]
    return [
        *(f"Kept in {overrides.FILE}: {edit}" for edit in _listed(kept)),
        *(f"Not kept: {edit}" for edit in _listed(lost)),
        f"The gradebook as it was edited is now {aside.name}.",
    ]


def find(out: Path, keys: Mapping[str, str]) -> list[Edit]:
    """Find the cells that were changed since the gradebook was written.

    ``keys`` has each student's key by the name of the student's page. The list is empty if there is no copy to compare
    with, as for a gradebook of an earlier version of the grader.

    Raises ``EditedError`` if the file cannot be read.
    """
    copies, data = _copies(out), _bytes(out / FILE)
    if data is None or not copies or data in copies:
        return []
    try:
        return min((_differences(copy, data, keys) for copy in copies), key=len)
    except tables.TableError as error:
        raise EditedError(f"{error}. It was changed by hand; mend it, or move it away") from None


def _is_foreign(out: Path) -> bool:
    """Tell if there is a gradebook but no copy of it, so that nobody knows what was edited."""
    return (out / FILE).exists() and not _copies(out)


def _was_edited(out: Path) -> bool:
    try:
        return bool(find(out, {}))
    except EditedError:
        return True


def _copies(out: Path) -> list[bytes]:
    """Return the copies: one, or two if a run was killed while it wrote the gradebook."""
    return [copy for copy in (_bytes(out / _COPY), _bytes(out / _NEXT)) if copy is not None]


def _differences(copy: bytes, data: bytes, keys: Mapping[str, str]) -> list[Edit]:
    """Return the cells that differ; lines of the same student are found by the page in the column Report."""
    before, after = (_by_student(table) for table in (copy, data))
    columns = {name.casefold(): name for name in gradebook.heads()}
    parts = {column.casefold(): part for part, column in gradebook.parts().items()} | {"total score": TOTAL}
    found = []
    for report, cells in after.items():
        old = before.get(report, {})
        for column, cell in cells.items():
            if columns.get(column) in gradebook.NOT_MARKS or _same(old.get(column, ""), cell):
                continue
            what, key = parts.get(column, ""), keys.get(Path(report).stem, "")
            page = Path(report).stem
            name = page if key not in ("", page) else cells.get("name") or page  # no name where pages have pseudonyms
            what = what if key and _is_mark(cell, what) else ""
            found.append(Edit(name, key, columns.get(column, column), old.get(column, ""), cell, what))
    return found


def _by_student(data: bytes) -> dict[str, Mapping[str, str]]:
    lines = tables.read(data, FILE, ["report"])
    return {line.cells["report"] or f"line {line.number}": line.cells for line in lines}


def _same(one: str, other: str) -> bool:
    """Tell if two cells are equal as texts or as numbers, such as 27 and 27.0."""
    if one == other:
        return True
    with suppress(ValueError):
        return float(one.replace(",", ".")) == float(other.replace(",", "."))
    return False


def _is_mark(cell: str, what: str) -> bool:
    with suppress(KeyError, ValueError):
        overrides.points(cell, overrides.most_points()[what])
        return True
    return False


def _is_known(edit: Edit, known: Overrides) -> bool:
    """Tell if an override has the typed mark already, as after a run with ``--keep`` that was interrupted."""
    decision = known.decisions.get(edit.key, {}).get(edit.what)
    return decision is not None and _same(f"{decision.points:g}", edit.after)


def _set_aside(out: Path) -> Path:
    """Copy the gradebook to ``gradebook-edited-1.csv`` or the next free number, and return the path.

    If a copy with the same content is there, it serves.
    """
    data = (out / FILE).read_bytes()
    for path in _names(out):
        if not path.exists() or path.read_bytes() == data:
            write_atomically(path, data)
            return path
    raise AssertionError("the names never end")


def _names(out: Path) -> Iterator[Path]:
    number = 1
    while True:
        yield out / f"gradebook-edited-{number}.csv"
        number += 1


def _listed(edits: list[Edit]) -> list[str]:
    more = [f"... and {len(edits) - LISTED} more"] if len(edits) > LISTED else []
    return [*map(str, edits[:LISTED]), *more]


def _bytes(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None
