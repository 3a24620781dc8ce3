"""The questions on test and training loss: numbers and choices that intake read from the submission as literals."""

from __future__ import annotations

from autograder.autodiff.sealed.criterion import RubricCheck
from autograder.autodiff.sealed.rubric import CHOICES, TEST_VS_TRAIN, expected
from autograder.grading import compare
from autograder.grading.operators import Outcomes
from autograder.vocabulary import Outcome, Submission


def grade_answers(submission: Submission) -> Outcomes:
    """Judge the evidence and the two choices; no student code runs for this."""
    return {check.id: _judged(check, submission) for check in TEST_VS_TRAIN}


def _judged(check: RubricCheck, submission: Submission) -> Outcome:
    if check.reads[0] in CHOICES:
        return _choice(check, submission)
    given = {name: submission.evidence[name] for name in check.reads if name in submission.evidence}
    if not given:
        return Outcome(check, "not_attempted", f"Still blank: {', '.join(check.reads)}.")
    wanted = expected(check)
    if not compare.mismatches(wanted, given):
        return Outcome(check, "passed")
    shown_wanted, got = compare.compared(wanted, {name: given.get(name, "blank") for name in check.reads})
    public = check.visibility == "public"
    ran = f"read {', '.join(check.reads)} from the notebook"
    return Outcome(check, "failed", compare.four_lines(ran, shown_wanted if public else "", got, check.why))


def _choice(check: RubricCheck, submission: Submission) -> Outcome:
    (name,) = check.reads
    given = submission.choices.get(name)
    if given is None:
        return Outcome(check, "not_attempted", f"Still blank: {name}.")
    if given == CHOICES[name]:
        return Outcome(check, "passed")
    return Outcome(check, "failed", compare.four_lines(f"read {name} from the notebook", "", given, check.why))
