"""Checks of the student's methods. Every probe runs in the sandbox first; then each check is judged by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.grading import diagnosis
from autograder.grading.diagnosis import Seen
from autograder.grading.draws import Draws
from autograder.grading.evidence import Outcomes
from autograder.grading.repeated import told_once
from autograder.sandbox.budget import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Assignment, Check, Loaded, MethodState, Outcome, Sign

PATIENCE = 2
"""Number of runs without a result after which the other runs of a method are left out.

Public and hidden checks are counted apart. Each such run costs a whole time limit, or the start of another worker.
"""

SHARE = 1 / 8
"""Share of a submission's time that the probes of one method may take in one try.

Three methods in two tries leave a quarter for what follows.
"""
BLANK = "NotImplementedError"
"""Name of the exception that a stub raises. A method that raises it counts as not attempted."""
OUT_OF_TIME = (
    "The time for one submission was used up. Look for what takes long in your code, on loading and in each call."
)


@dataclass(frozen=True)
class Judged:
    """Outcomes of all checks of methods. ``seen`` holds all runs by question, if its method was run."""

    loaded: Loaded
    outcomes: Outcomes
    seen: Mapping[str, Sequence[Seen]]

    @property
    def attempted(self) -> frozenset[str]:
        """Questions whose method is a function that ended each time and was never blank."""
        return frozenset(
            question
            for question, seen in self.seen.items()
            if self.loaded.methods[question] == "ready" and all(_ended(one) for one in seen)
        )


def _ended(seen: Seen) -> bool:
    observation = seen.observation
    return observation.status in ("returned", "raised") and observation.error != BLANK


def grade_methods(box: Sandbox, loaded: Loaded, assignment: Assignment, draws: Draws) -> Judged:
    """Run and judge every check of the methods that were ``loaded`` in the sandbox.

    All public checks run before the first hidden one. So the student's code chose what is shown of public checks before
    it saw anything hidden.
    """
    methods = assignment.manifest.methods
    runs = {
        question: _Runs(box, box.budget.part(SHARE), draws)
        for question in methods
        if loaded.methods.get(question, "missing") in ("ready", "not_a_function")
    }
    for visibility in ("public", "hidden"):
        for question, run in runs.items():
            run.observe(check for check in assignment.of(question) if check.visibility == visibility)
    outcomes: Outcomes = {}
    for question, name in methods.items():
        state = loaded.methods.get(question)
        if question in runs:
            seen = runs[question].seen
            judged = told_once(_judged(assignment, question, seen, draws), seen)
            outcomes |= _diagnosed(assignment, question, judged, seen) if state == "ready" else judged
        else:
            other = loaded.look_alikes.get(question, "")
            outcomes |= {check.id: _not_run(check, name, state, other) for check in assignment.of(question)}
    return Judged(loaded, outcomes, {question: run.seen for question, run in runs.items()})


def _not_run(check: Check, name: str, state: MethodState | None, other: str) -> Outcome:
    """Return the outcome of a check whose method cannot be run.

    ``other`` is the name of a function that is almost called as the method should be, or empty.
    """
    if state == "stub":
        return Outcome(check, "not_attempted", f"{name} is still blank.")
    if state == "not_loaded":
        return out_of_time(check)
    instead = f"A function {other} was found; the question asks for {name}." if other else ""
    return Outcome(check, "not_attempted", instead or f"No {name} was found in the notebook.")


class _Runs:
    """Runs of one question's probes. All of them share one ``budget`` of time; ``seen`` collects what they showed."""

    def __init__(self, box: Sandbox, budget: Budget, draws: Draws) -> None:
        self._box, self._budget, self._draws = box, budget, draws
        self.seen: list[Seen] = []

    def observe(self, checks: Iterable[Check]) -> None:
        """Run the probes of ``checks`` in turn, until ``PATIENCE`` runs gave no result.

        Runs for which no time is left are recorded as out of time.
        """
        lost = 0
        for check in checks:
            cases = self._draws.inputs(check)
            for inputs, observation in zip(cases, self._box.observe(check.probe, cases, self._budget), strict=True):
                self.seen.append(Seen(check, inputs, observation))
                lost += observation.status not in ("returned", "raised", "out_of_time")
                if lost == PATIENCE:
                    return


def _is_half_blank(seen: Seen) -> bool:
    """Tell whether the run reached the ``raise`` line of the blank, which the student's function still contains.

    A ``NotImplementedError`` with another message is the student's own and does not count.
    """
    blank = f"Question {seen.check.question}:"
    return seen.observation.error == BLANK and seen.observation.detail.startswith(blank)


def out_of_time(check: Check) -> Outcome:
    """Return the outcome of a check for which no time was left."""
    return Outcome(check, "not_reached", OUT_OF_TIME, sign=Sign.OUT_OF_TIME)


def not_reached(check: Check, outcomes: Outcomes) -> Outcome | None:
    """Return the outcome of a check whose prerequisites did not all pass, or None if they did."""
    missing = [outcomes[id].check.title for id in check.requires if outcomes[id].outcome != "passed"]
    if not missing:
        return None
    rest = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
    return Outcome(check, "not_reached", f"Runs once this passes: {missing[0]}{rest}.")


def _judged(assignment: Assignment, question: str, seen: Sequence[Seen], draws: Draws) -> Outcomes:
    outcomes: Outcomes = {}
    for check in assignment.of(question):
        of_check = [one for one in seen if one.check is check]
        outcomes[check.id] = not_reached(check, outcomes) or _outcome(assignment, check, of_check, draws)
    return outcomes


def _diagnosed(assignment: Assignment, question: str, judged: Outcomes, seen: Sequence[Seen]) -> Outcomes:
    """Return the outcomes of a question, with the mistake named at all failed checks and a hint at the first one.

    If no known mistake fits, the hint says where the mistake is.
    """
    outcomes = dict(judged)
    failed = [outcome for outcome in outcomes.values() if outcome.outcome == "failed"]
    observed = [one for one in seen if one.observation.status != "out_of_time"]  # the others were never run
    misconception = diagnosis.diagnose(assignment, question, observed) if failed else None
    if misconception is not None:
        for outcome in failed:
            hint = misconception.hint if outcome is failed[0] else ""
            outcomes[outcome.check.id] = replace(outcome, misconception=misconception.name, hint=hint)
    elif failed:
        outcomes[failed[0].check.id] = replace(failed[0], hint=diagnosis.where(assignment, observed))
    return outcomes


def _outcome(assignment: Assignment, check: Check, seen: Sequence[Seen], draws: Draws) -> Outcome:
    name = assignment.manifest.methods[check.question]
    if not seen:
        return Outcome(check, "not_reached", f"Earlier runs of {name} gave no result, so this was not run.")
    for one in seen:
        if one.observation.status == "out_of_time":
            return out_of_time(check)
        if _is_half_blank(one):
            return Outcome(check, "not_attempted", f"{name} still runs into the line that stood in the blank.")
        if not one.holds:
            ran = assignment.describe(check.probe, one.inputs)
            return diagnosis.failed(one, ran, draws.without_hidden_numbers)
    return Outcome(check, "passed")
