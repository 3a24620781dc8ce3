"""Small classes made by hand: the rows that grading would give, without grading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assigned import CHECKS
from specimens import solution_answers

from autograder.classroom.hand_ins import HandIn, Marked, Rows, Student
from autograder.vocabulary import Isolation, Note, Outcome, OutcomeName, Report, Step

WALLS = Isolation((Step.OWN_UID, Step.LANDLOCK, Step.SECCOMP))
OPERATORS = ("mul", "pow", "relu")


def student(name: str, *, key: str = "", email: str = "", ids: Mapping[str, str] | None = None) -> Student:
    """A student, whose key is made of the name."""
    return Student(key or "-".join(name.lower().split()), name, email, ids or {})


def report(
    failing: Mapping[str, str] | None = None,
    *,
    outcome: OutcomeName = "failed",
    messages: Mapping[str, str] | None = None,
    notes: Sequence[Note | str] = (),
    seconds: float = 2.0,
) -> dict[str, Any]:
    """The report of a submission that passes all checks but ``failing``: check -> misconception or nothing."""
    failing, messages = failing or {}, messages or {}
    outcomes = tuple(
        Outcome(check, outcome, messages.get(check.id, ""), "A hint." if failing[check.id] else "", failing[check.id])
        if check.id in failing
        else Outcome(check, "passed", messages.get(check.id, ""))
        for check in CHECKS
    )
    return Report(
        "autodiff.ipynb",
        outcomes,
        WALLS,
        seconds,
        tuple(note if isinstance(note, Note) else Note(note) for note in notes),
    ).to_json()


def answers(**replaced: str) -> tuple[str, ...]:
    """The solution's code cells, except where one is replaced."""
    cells = {name: source for name, source in solution_answers().items() if not name.startswith("explain")}
    return tuple({**cells, **replaced}.values())


def row(
    who: Student | str,
    marks: Mapping[str, Any] | None = None,
    *,
    cells: Sequence[str] | None = None,
    explanations: Mapping[str, str] | None = None,
    result: str = "",
    judged_before: Mapping[str, Any] | None = None,
    **hand_in: Any,
) -> Marked:
    """A graded row; all points where ``marks`` says nothing else."""
    who = student(who) if isinstance(who, str) else who
    handed = HandIn(who, Path("autodiff.ipynb"), **hand_in)
    own = answers() if cells is None else tuple(cells)
    before = None if judged_before is None else judged_before["score"]
    texts = explanations or {}
    return Marked(handed, marks or report(), result or who.key, own, texts, before, judged_before=judged_before)


def unread(who: Student | str, reason: str, *, file: Path | None = None, **hand_in: Any) -> Marked:
    """The row of a submission that could not be read."""
    who = student(who) if isinstance(who, str) else who
    outcomes = tuple(Outcome(check, "not_attempted", "The submission could not be read.") for check in CHECKS)
    refusal = Report("autodiff.ipynb", outcomes, notes=(Note(reason),)).to_json()
    return Marked(HandIn(who, file, problem="" if file else reason, **hand_in), refusal)


def rows(*made: Marked) -> Rows:
    """A class of these, in the order of their keys."""
    return lambda: iter(sorted(made, key=lambda one: one.hand_in.student.key))


def all_of(*questions: str) -> dict[str, str]:
    """All checks of these questions, for ``report``."""
    return {check.id: "" for check in CHECKS if check.question in questions}


def texts(folder: Path) -> dict[Path, str]:
    """Every file below the folder, by its path within."""
    return {
        path.relative_to(folder): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def ids(checks: Iterable[Any]) -> list[str]:
    """The ids of a report's checks."""
    return [check["id"] for check in checks]
