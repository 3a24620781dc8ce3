"""The operator questions: every probe runs in the sandbox, then each check is judged by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.autodiff.sealed import hints
from autograder.autodiff.sealed.criterion import RubricCheck
from autograder.autodiff.sealed.rubric import CHECKS, expected
from autograder.grading import diagnosis
from autograder.grading.diagnosis import Seen
from autograder.grading.draws import Draws
from autograder.sandbox.budget import Budget
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import OPERATORS, Check, Loaded, OperatorState, Outcome

PATIENCE = 2
"""Runs of one operator, of its public and again of its hidden checks, that may come to nothing before the others are
left out: each costs a whole time limit, or the start of another worker."""

SHARE = 1 / 8
"""Of a submission's time for the probes of one operator, in each of two tries: a quarter stays for the training."""
OUT_OF_TIME = (
    "The time for one submission was used up. Look for what takes long in your code, on loading and in each call."
)

Outcomes = dict[str, Outcome]
"""Outcomes by the id of their check."""


def grade_operators(box: Sandbox, loaded: Loaded, draws: Draws) -> Outcomes:
    """Run and judge every check of the three operators, as they were ``loaded`` in the sandbox.

    All public checks are run before the first hidden one: what a student reads of them was said before the code had
    seen anything that is hidden.
    """
    runs = {
        question: _Runs(box, box.budget.part(SHARE), draws)
        for question in OPERATORS
        if loaded.operators.get(question, "missing") in ("ready", "not_a_function")
    }
    for visibility in ("public", "hidden"):
        for question, run in runs.items():
            run.observe(check for check in CHECKS if check.question == question and check.visibility == visibility)
    outcomes: Outcomes = {}
    for question, name in OPERATORS.items():
        checks = [check for check in CHECKS if check.question == question]
        if question in runs:
            outcomes |= _judged(checks, runs[question].seen, draws)
        else:
            outcomes |= {check.id: _not_run(check, name, loaded.operators.get(question)) for check in checks}
    return outcomes


def _not_run(check: RubricCheck, name: str, state: OperatorState | None) -> Outcome:
    """The outcome of a check of an operator that there is none of."""
    if state == "stub":
        return Outcome(check, "not_attempted", f"{name} is still blank.")
    if state == "not_loaded":
        return Outcome(check, "not_reached", OUT_OF_TIME)
    return Outcome(check, "not_attempted", f"No {name} was found in the notebook.")


class _Runs:
    """The probes of one question, run within a ``budget`` on what ``draws`` gives, and what was ``seen``."""

    def __init__(self, box: Sandbox, budget: Budget, draws: Draws) -> None:
        self._box, self._budget, self._draws = box, budget, draws
        self.seen: list[Seen] = []

    def observe(self, checks: Iterable[RubricCheck]) -> None:
        """Run the probes of ``checks`` in turn, until too many came to nothing or the time is used up."""
        lost = 0
        for check in checks:
            for inputs in self._draws.inputs(check):
                if lost < PATIENCE:
                    observation = self._box.observe(check.probe, inputs, self._budget)
                    self.seen.append(Seen(check, inputs, observation))
                    lost += observation.status not in ("returned", "raised", "out_of_time")


def not_reached(check: Check, outcomes: Outcomes) -> Outcome | None:
    """The outcome of a check whose prerequisites did not all pass; None if they did."""
    missing = [outcomes[id].check.title for id in check.requires if outcomes[id].outcome != "passed"]
    if not missing:
        return None
    rest = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
    return Outcome(check, "not_reached", f"Runs once this passes: {missing[0]}{rest}.")


def _judged(checks: Sequence[RubricCheck], seen: Sequence[Seen], draws: Draws) -> Outcomes:
    outcomes: Outcomes = {}
    for check in checks:
        of_check = [one for one in seen if one.check is check]
        outcomes[check.id] = not_reached(check, outcomes) or _outcome(check, of_check, draws)
    failed = [outcome for outcome in outcomes.values() if outcome.outcome == "failed"]
    observed = [one for one in seen if one.observation.status != "out_of_time"]
    fault = diagnosis.diagnose(checks[0].question, observed) if failed else None
    if fault is not None:
        for outcome in failed:
            hint = hints.hint(fault.name) if outcome is failed[0] else ""
            outcomes[outcome.check.id] = replace(outcome, misconception=fault.name, hint=hint)
    return outcomes


def _outcome(check: RubricCheck, seen: Sequence[Seen], draws: Draws) -> Outcome:
    name = OPERATORS[check.question]
    if not seen:
        return Outcome(check, "not_reached", f"Earlier runs of {name} gave no result, so this was not run.")
    for one in seen:
        if one.observation.status == "out_of_time":
            return Outcome(check, "not_reached", OUT_OF_TIME)
        if one.observation.error == "NotImplementedError":
            return Outcome(check, "not_attempted", f"{name} is still blank.")
        wanted = expected(check, one.inputs)
        if not diagnosis.holds(one, wanted):
            return Outcome(check, "failed", diagnosis.message(one, wanted, draws.without_hidden_numbers))
    return Outcome(check, "passed")
