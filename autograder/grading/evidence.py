"""Checks of typed answers: the numbers and letters that intake read from the submission as literals."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.grading import compare
from autograder.vocabulary import Check, Outcome, Submission

Outcomes = dict[str, Outcome]
"""Outcomes by the id of their check."""


def grade_answers(submission: Submission, checks: Iterable[Check]) -> Outcomes:
    """Judge those of the ``checks`` that read a typed answer. No student code runs for this."""
    return {check.id: _judged(check, submission) for check in checks if check.reads}


def _judged(check: Check, submission: Submission) -> Outcome:
    typed = {**submission.evidence, **submission.choices}
    given = {name: typed[name] for name in check.reads if name in typed}
    if not given:
        return Outcome(check, "not_attempted", f"Still blank: {', '.join(check.reads)}.")
    wanted = check.expected({})
    if not compare.mismatches(wanted, given):
        return Outcome(check, "passed")
    shown_wanted, got = compare.compared(wanted, {name: given.get(name, "blank") for name in check.reads})
    public = check.visibility == "public"
    ran = f"read {', '.join(check.reads)} from the notebook"
    return Outcome(check, "failed", compare.four_lines(ran, shown_wanted if public else "", got, check.why))
