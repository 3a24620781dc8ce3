"""Writes what a graded class is for: gradebooks, a report for each student, and one page for the staff."""

from __future__ import annotations

import filecmp
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from autograder import settings
from autograder.classroom import explanations, gradebook_edits, pages, versions
from autograder.classroom.analysis import ClassStatistics, Tally
from autograder.classroom.answers_page import answers_page
from autograder.classroom.attendance import Attendance
from autograder.classroom.gradebook_imports import COURSE, Column, Gradebooks
from autograder.classroom.hand_ins import Marked, Rows
from autograder.classroom.naming import Names, Pseudonyms
from autograder.classroom.result_store import UNFINISHED
from autograder.classroom.similarity import Similarity
from autograder.classroom.staff_page import class_page
from autograder.classroom.student_rows import STAFF, StudentRows
from autograder.classroom.student_view import SCHEMA, by_question, student_view
from autograder.classroom.written_texts import WrittenTexts

_OURS = f'{{"schema": "{SCHEMA}"'
"""How the JSON of a report begins, by which those of an earlier run are known."""


def publish(
    rows: Rows, out: Path, *, anonymous: bool = False, column: Column = COURSE, listed: Attendance | None = None
) -> ClassStatistics:
    """Write the tables of ``Gradebooks``, ``reports/``, ``staff/`` and ``class.html`` into the folder ``out``.

    With ``anonymous``, pseudonyms stand for students in everything but the gradebooks. Files whose content has not
    changed are left as they are; of reports that class mode wrote before, those of no student of today are removed.
    The rows are read once, with ``anonymous`` twice; of each, some short strings and numbers stay in memory.
    """
    names = Pseudonyms(row.hand_in for row in rows()) if anonymous else Names()
    tally, similarity = Tally(names), Similarity()
    books = Gradebooks(column)
    written: set[str] = set()
    met = versions.Versions(out / versions.FOLDER)
    with closing(WrittenTexts(names, anonymous=anonymous)) as texts, closing(StudentRows(names)) as students:
        for row in rows():
            file_name = names.file_name(row.hand_in.student)
            written.add(file_name)
            books.add(row, f"reports/{file_name}.html")
            tally.add(row)
            similarity.add(row)
            texts.add(row)
            students.add(row)
            _write_report(row, names, out / "reports" / file_name)
            _write(out / STAFF / f"{file_name}.html", answers_page(row, met.earlier(row), names))
        explanations.write(out, texts.to_mark())
        for name, table in books.tables().items():
            if name == gradebook_edits.FILE and table is not None:
                gradebook_edits.write(out, table)
            else:
                _write_or_remove(out / name, table)
        _remove_stale(out / "reports", written)
        _remove_stale_pages(out / STAFF, written)
        found = tally.statistics()
        _write_pieces(out / "class.html", class_page(found, similarity.alike(names), texts, students, listed))
    return found


def _write_report(row: Marked, names: Names, path: Path) -> None:
    shown = student_view(row, names, settings.load().visibility_of)
    page = pages.template("student.html").render(shown=shown, questions=by_question(shown))
    _write(path.with_name(path.name + ".html"), page)
    _write(path.with_name(path.name + ".json"), json.dumps(shown) + "\n")


def _write_or_remove(path: Path, text: str | None) -> None:
    """Write a text; where there is none, what an earlier run wrote does not stay beside another class."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _write(path, text)


def _write(path: Path, text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
        _write_pieces(path, [text])


def _write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Write a text that need not be in memory as a whole; whoever looks sees the old file or the new one.

    Nothing waits for the disk, unlike for results: the next run would write the same again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)  # readable by its owner alone
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece.encode("utf-8", "replace"))
        if path.is_file() and filecmp.cmp(temporary, path, shallow=False):
            temporary.unlink()
        else:
            temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _remove_stale(folder: Path, written: set[str]) -> None:
    """Remove the reports of who is no longer in the class, or had another name in an earlier run."""
    for data in _reports(folder):
        if data.stem not in written:
            data.with_suffix(".html").unlink(missing_ok=True)
            data.unlink()


def _remove_stale_pages(folder: Path, written: set[str]) -> None:
    """Remove the staff's pages about who is no longer in the class; nobody keeps anything else there."""
    for page in folder.glob("*.html"):
        if page.stem not in written:
            page.unlink()


def _reports(folder: Path) -> Iterator[Path]:
    """The JSON files that class mode wrote; what else lies there is the instructor's."""
    for path in folder.glob("*.json"):
        if path.is_file() and not path.is_symlink():
            with path.open(encoding="utf-8", errors="replace") as file:
                if file.read(len(_OURS)) == _OURS:
                    yield path
