"""The files that a graded class leaves: gradebooks, a report for each student, and pages for the staff."""

from __future__ import annotations

import json
from collections.abc import Iterator
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
from autograder.classroom.result_store import write_atomically, write_pieces
from autograder.classroom.similarity import Similarity
from autograder.classroom.staff_page import class_page
from autograder.classroom.student_rows import STAFF, StudentRows
from autograder.classroom.student_view import SCHEMA, by_question, student_view
from autograder.classroom.written_texts import WrittenTexts

_OURS = f'{{"schema": "{SCHEMA}"'
"""Beginning of the JSON of a report; files of an earlier run are recognised by it."""


def publish(
    rows: Rows, out: Path, *, anonymous: bool = False, column: Column = COURSE, listed: Attendance | None = None
) -> ClassStatistics:
    """Write the gradebooks, ``explanations.csv``, ``reports/``, ``staff/`` and ``class.html`` into the folder ``out``.

    With ``anonymous``, pseudonyms replace names in everything but the gradebooks. Files whose content has not changed
    are left as they are. Reports from an earlier run are removed if their student is no longer in the class. The rows
    are read once, with ``anonymous`` twice; only some short strings and numbers of each stay in memory.
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
        page = class_page(found, similarity.alike(names), texts, students, listed)
        write_pieces(out / "class.html", (piece.encode("utf-8", "replace") for piece in page), durable=False)
    return found


def _write_report(row: Marked, names: Names, path: Path) -> None:
    shown = student_view(row, names, settings.load().visibility_of)
    page = pages.template("student.html").render(shown=shown, questions=by_question(shown))
    _write(path.with_name(path.name + ".html"), page)
    _write(path.with_name(path.name + ".json"), json.dumps(shown) + "\n")


def _write_or_remove(path: Path, text: str | None) -> None:
    """Write a text to a file; for None, remove the file, which an earlier run may have written."""
    if text is None:
        path.unlink(missing_ok=True)
    else:
        _write(path, text)


def _write(path: Path, text: str) -> None:
    """Write a text; it need not be durable, as the next run would write it again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text.encode("utf-8", "replace"), durable=False)


def _remove_stale(folder: Path, written: set[str]) -> None:
    """Remove reports of students who are no longer in the class, or whose file had another name in an earlier run."""
    for data in _reports(folder):
        if data.stem not in written:
            data.with_suffix(".html").unlink(missing_ok=True)
            data.unlink()


def _remove_stale_pages(folder: Path, written: set[str]) -> None:
    """Remove the staff's pages about students who are no longer in the class; the folder is for these pages alone."""
    for page in folder.glob("*.html"):
        if page.stem not in written:
            page.unlink()


def _reports(folder: Path) -> Iterator[Path]:
    """Yield the JSON files in a folder that class mode wrote; all other files belong to the instructor."""
    for path in folder.glob("*.json"):
        if path.is_file() and not path.is_symlink():
            with path.open(encoding="utf-8", errors="replace") as file:
                if file.read(len(_OURS)) == _OURS:
                    yield path
