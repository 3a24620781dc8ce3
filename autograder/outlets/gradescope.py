"""The report as Gradescope's ``results.json``.

Format: https://gradescope-autograders.readthedocs.io/en/latest/specs/. A student does not see hidden checks, or a total
that would reveal them, until the date that the instructor chose in ``settings.toml``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autograder import settings
from autograder.grading import pipeline
from autograder.vocabulary import SCHEMA, Assignment, Manifest, Outcome, Report
from autograder.wire.printable import printable

_HIDDEN_UNTIL = {
    "after_published": "are hidden until the grades are published",
    "after_due_date": "are hidden until the due date",
    "hidden": "are not shown",
}
VisibilityOf = Callable[[str], str]
"""Function from a question to the setting of when its hidden checks are shown."""
_LABEL = re.compile(r"^([A-Z][a-z ]*):")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&~|#!$@/^\"]")


def run(root: Path, assignment: Assignment) -> None:
    """Grade the submission in ``root/submission`` and write the result to ``root/results/results.json`` in one step.

    If the grader raises, the exception is passed on and the file stays as it was. It is then the ``fault.json`` that
    ``run_autograder`` put there first.
    """
    report = pipeline.grade(root / "submission", assignment)
    replacement = root / "results" / "results.json.new"
    replacement.write_text(
        json.dumps(results(report, assignment.manifest, settings.load().visibility_of), indent=1), encoding="utf-8"
    )
    replacement.replace(replacement.with_suffix(""))


def results(report: Report, manifest: Manifest, visibility_of: VisibilityOf) -> dict[str, Any]:
    """Return the report in Gradescope's format, without a total, because Gradescope adds up the tests itself.

    A check that met a fault of the grader has no score, so that nobody takes it for a zero.

    Raises ``ValueError`` if a score or the total is out of bounds.
    """
    _check_bounds(report, manifest)
    tests = []
    for number, question in enumerate(manifest.questions, start=1):
        own = [outcome for outcome in report.outcomes if outcome.check.question == question]
        tests += [_test(outcome, f"{number}.{i}", visibility_of(question)) for i, outcome in enumerate(own, start=1)]
    tests += map(_for_staff, report.notes_for("staff"))
    return {
        "output": _summary(report, manifest, visibility_of),
        "output_format": "md",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "execution_time": round(report.seconds, 1),
        "tests": tests,
        "extra_data": {
            "schema": SCHEMA,
            "isolation": report.to_json()["isolation"],
            "misconceptions": {o.check.id: o.misconception for o in report.outcomes if o.misconception},
        },
    }


def literal(text: str) -> str:
    """Return markdown that shows exactly ``text``: no markup, no HTML, no terminal escapes and no links."""
    return _MARKDOWN.sub(lambda match: f"&#{ord(match[0])};", printable(text))


def _check_bounds(report: Report, manifest: Manifest) -> None:
    """Check that the points add up to the assignment's total, and that no score exceeds its check's points.

    Raises ``ValueError`` otherwise.
    """
    if report.max_score != manifest.total:
        raise ValueError(f"the checks add up to {report.max_score} points, not {manifest.total}")
    for outcome in report.outcomes:
        if outcome.check.question not in manifest.questions or not 0 <= outcome.score <= outcome.check.points:
            raise ValueError(f"{outcome.check.id}: {outcome.score} of {outcome.check.points} points cannot be")


def _test(outcome: Outcome, number: str, hidden_visibility: str) -> dict[str, Any]:
    check = outcome.check
    score = {} if outcome.outcome == "grader_fault" else {"score": outcome.score}
    return {
        "name": f"{check.question}: {check.title}",
        "number": number,
        **score,
        "max_score": check.points,
        "status": "passed" if outcome.score == check.points else "failed",
        "visibility": "visible" if check.visibility == "public" else hidden_visibility,
        "output": _output(outcome),
        "output_format": "md",
        "tags": [check.question, outcome.outcome],
    }


def _for_staff(note: str) -> dict[str, Any]:
    """Return a note to the staff as a hidden test without points.

    Gradescope has no other part of a result that it shows to the staff alone.
    """
    return {
        "name": "For the course staff",
        "score": 0,
        "max_score": 0,
        "status": "passed",
        "visibility": "hidden",
        "output": literal(note),
        "output_format": "md",
        "tags": ["staff"],
    }


def _output(outcome: Outcome) -> str:
    lines = outcome.message.split("\n") if outcome.message else []
    if outcome.hint:
        lines.append(f"Hint: {outcome.hint}")
    return "\n\n".join(_LABEL.sub(r"**\1:**", literal(line)) for line in lines)


def _summary(report: Report, manifest: Manifest, visibility_of: VisibilityOf) -> str:
    public = [outcome for outcome in report.outcomes if outcome.check.visibility == "public"]
    hidden = [outcome for outcome in report.outcomes if outcome.check.visibility == "hidden"]
    rows = [_row(question, [o for o in public if o.check.question == question]) for question in manifest.questions]
    parts = [
        "\n".join(["| question | public checks passed | points |", "| --- | --- | --- |", *rows, _row("all", public)]),
        *(_hidden([o for o in hidden if visibility_of(o.check.question) == when], when) for when in _HIDDEN_UNTIL),
    ]
    if any(outcome.outcome == "grader_fault" for outcome in report.outcomes):
        parts.append("Some checks have **no score**: the grader failed on them. Please tell the course staff.")
    return "\n\n".join(
        [*filter(None, parts), "\n".join(f"- {literal(note)}" for note in report.notes_for("student"))]
    ).rstrip()


def _hidden(outcomes: Sequence[Outcome], when: str) -> str:
    """Return a sentence on how many checks are hidden until then, or "" if none are."""
    points = sum(outcome.check.points for outcome in outcomes)
    return f"{len(outcomes)} more checks, worth {points} points, {_HIDDEN_UNTIL[when]}." if outcomes else ""


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    passed = sum(outcome.outcome == "passed" for outcome in outcomes)
    score, points = sum(o.score for o in outcomes), sum(o.check.points for o in outcomes)
    return f"| {literal(name)} | {passed} of {len(outcomes)} | {score} of {points} |"
