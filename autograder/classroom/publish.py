"""Writes what a graded class is for: gradebooks, a report for each student, and one page for the staff."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from autograder import config, misconceptions
from autograder.classroom import gradebook, similarity
from autograder.classroom.analysis import LEAST_FOR_DISCRIMINATION, LOW_DISCRIMINATION, ClassStatistics, analyse
from autograder.classroom.records import Marked, Rows
from autograder.classroom.store import write_atomically
from autograder.grading import FOR_STAFF
from autograder.records import QUESTIONS

GUIDE = Path(__file__).resolve().parents[2] / "solutions" / "marking-guide.md"
MARKS = {"passed": "✓", "failed": "✗", "not_attempted": "–", "not_reached": "·", "grader_fault": "!"}
MAX_TEXT = 5000
"""Characters of one text of a student's that a page shows."""
SECTIONS = {
    "scores": "Scores",
    "checks": "Checks",
    "misconceptions": "Misconceptions",
    "look": "To look at by hand",
    "unread": "Not read",
    "alike": "Answers that look alike",
    "time": "Time",
    "written": "Written explanations",
}


def publish(rows: Rows, out: Path, *, anonymous: bool = False) -> None:
    """Write ``gradebook.csv`` (and ``canvas.csv``), ``reports/`` and ``class.html`` into the folder ``out``.

    With ``anonymous``, pseudonyms stand for students in everything but the gradebooks. Files whose content has not
    changed are left as they are; of reports that class mode wrote before, those of no student of today are removed.
    """
    _write(out / "gradebook.csv", gradebook.gradebook(rows()))
    if any("ID" in row.hand_in.student.ids for row in rows()):
        _write(out / "canvas.csv", gradebook.canvas(rows()))
    written = {path for row in rows() for path in _write_reports(row, out / "reports", anonymous)}
    _remove_stale(out / "reports", written)
    _write(out / "class.html", class_page(rows, anonymous))


def called(row: Marked, anonymous: bool) -> str:
    """What a student is called: their name and key, or a pseudonym that stays the same from run to run."""
    student = row.hand_in.student
    if anonymous:
        return pseudonym(student.key)
    return student.name if student.name.casefold() == student.key.casefold() else f"{student.name} ({student.key})"


def pseudonym(key: str) -> str:
    """A name that nobody can trace back without the salt."""
    digest = hmac.new(config.load().salt.encode(), key.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
    return f"student-{digest[:10]}"


# --- one student --------------------------------------------------------------------------------------------------


def _write_reports(row: Marked, folder: Path, anonymous: bool) -> Iterator[Path]:
    name = pseudonym(row.hand_in.student.key) if anonymous else row.hand_in.student.key
    shown = student_view(row.report, config.load().hidden_visibility)
    named = called(row, anonymous) if anonymous else row.hand_in.student.name
    has_fault = any(check["outcome"] == "grader_fault" for check in row.report["checks"])
    page = _template("student.html").render(shown=shown, called=plain(named), late=row.hand_in.late, fault=has_fault)
    for path, text in ((folder / f"{name}.html", page), (folder / f"{name}.json", json.dumps(shown, indent=1))):
        _write(path, text)
        yield path


def student_view(report: Mapping[str, Any], hidden_visibility: str) -> dict[str, Any]:
    """What a student may see of a report: of hidden checks no more than title, outcome and points, or nothing at all.

    Points add up over what is shown, so that nothing betrays what is not.
    """
    every = hidden_visibility != "hidden"
    checks = [check for check in report["checks"] if every or check["visibility"] == "public"]
    shown = [
        {
            "title": check["title"],
            "outcome": check["outcome"].replace("_", " "),
            "mark": MARKS[check["outcome"]],
            "score": check["score"],
            "points": check["points"],
            "question": check["question"],
            "lines": _lines(check) if check["visibility"] == "public" else [],
        }
        for check in checks
    ]
    return {
        "all": every,
        "score": sum(check["score"] for check in shown),
        "max_score": sum(check["points"] for check in shown),
        "notes": [plain(note) for note in report["notes"] if not note.startswith(FOR_STAFF)],
        "questions": [(name, [check for check in shown if check["question"] == name]) for name in QUESTIONS],
    }


def _lines(check: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = [line.partition(": ") for line in check["message"].splitlines()]
    lines = [(label, text) if text else ("", label) for label, _, text in pairs]
    return [
        (plain(label), plain(text)) for label, text in [*lines, *([("Hint", check["hint"])] if check["hint"] else [])]
    ]


# --- the class ----------------------------------------------------------------------------------------------------


def class_page(rows: Rows, anonymous: bool = False) -> str:
    """The page for the staff: one file that needs no network and runs no script."""

    def named() -> Iterator[tuple[str, Marked]]:
        return ((plain(called(row, anonymous)), row) for row in rows())

    found = analyse(named())
    return _template("class.html").render(
        found=_readable(found),
        students=sum(1 for _ in rows()),
        misconceptions=_misconceptions(found),
        alike=[(plain(one.what), ", ".join(one.students)) for one in similarity.alike(named())],
        slowest=[(name, f"{seconds:.1f}") for seconds, name in found.slowest],
        explanations=[(name, _texts(row)) for name, row in named() if row.explanations],
        guide=GUIDE.read_text(encoding="utf-8") if GUIDE.is_file() else "",
        sections=list(SECTIONS.items()),
        low=LOW_DISCRIMINATION,
        least=LEAST_FOR_DISCRIMINATION,
    )


def _readable(found: ClassStatistics) -> ClassStatistics:
    found.to_look_at = [(name, plain(reason)) for name, reason in found.to_look_at]
    found.not_read = [(name, plain(reason)) for name, reason in found.not_read]
    return found


def _misconceptions(found: ClassStatistics) -> list[tuple[str, int, str, list[str]]]:
    rows = [(name, len(who), misconceptions.hint(name), who) for name, who in found.misconceptions.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _texts(row: Marked) -> list[tuple[str, str]]:
    return [(name, plain(text)) for name, text in row.explanations.items()]


# --- files --------------------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """The text without control and bidirectional characters, which could make it read as something else, and cut."""
    kept = "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text[:MAX_TEXT])
    return kept + " …" if len(text) > MAX_TEXT else kept


@lru_cache(maxsize=2)
def _template(name: str) -> jinja2.Template:
    folder = files("autograder.classroom") / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["first_two"] = lambda row: row[:2]
    environment.globals["style"] = Markup((folder / "style.css").read_text(encoding="utf-8"))
    environment.globals["assignment"] = gradebook.ASSIGNMENT
    return environment.get_template(name)


def _write(path: Path, text: str) -> None:
    write_atomically(path, text.encode("utf-8", "replace"))


def _remove_stale(folder: Path, written: set[Path]) -> None:
    """Remove reports of students who are no longer in the class; files that are not ours have other names."""
    for path in folder.glob("*.html"):
        data = path.with_suffix(".json")
        if path not in written and data.is_file():
            path.unlink()
            data.unlink()
