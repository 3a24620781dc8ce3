"""The operator questions: every probe runs in the sandbox, then each check is judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from autograder import feedback, misconceptions
from autograder.criterion import RubricCheck
from autograder.feedback import Seen
from autograder.records import OPERATORS, Check, Loaded, Outcome
from autograder.rubric import CHECKS, expected
from autograder.sandbox import Sandbox

PATIENCE = 2
"""Runs of one operator that may come to nothing before its other probes are left out: each costs a whole time limit, or
the start of another worker."""

Generators = Callable[[Check], Random]
Outcomes = dict[str, Outcome]
"""Outcomes by the id of their check."""


def grade_operators(box: Sandbox, loaded: Loaded, generators: Generators) -> Outcomes:
    """Run and judge every check of the three operators, as they were ``loaded`` in the sandbox."""
    outcomes: Outcomes = {}
    for question, name in OPERATORS.items():
        checks = [check for check in CHECKS if check.question == question]
        state = loaded.operators.get(question, "missing")
        if state == "stub":
            outcomes |= {check.id: Outcome(check, "not_attempted", f"{name} is still blank.") for check in checks}
        elif state == "missing":
            text = f"No {name} was found in the notebook."
            outcomes |= {check.id: Outcome(check, "not_attempted", text) for check in checks}
        else:
            outcomes |= _judged(checks, list(_observed(box, checks, generators)))
    return outcomes


def not_reached(check: Check, outcomes: Outcomes) -> Outcome | None:
    """The outcome of a check whose prerequisites did not all pass; None if they did."""
    missing = [outcomes[id].check.title for id in check.requires if outcomes[id].outcome != "passed"]
    if not missing:
        return None
    rest = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
    return Outcome(check, "not_reached", f"Runs once this passes: {missing[0]}{rest}.")


def _observed(box: Sandbox, checks: Sequence[RubricCheck], generators: Generators) -> Iterator[Seen]:
    lost = 0
    for check in checks:
        for inputs in check.inputs(generators(check)):
            observation = box.observe(check.probe, inputs)
            yield Seen(check, inputs, observation)
            lost += observation.status not in ("returned", "raised")
            if lost == PATIENCE:
                return


def _judged(checks: Sequence[RubricCheck], seen: Sequence[Seen]) -> Outcomes:
    outcomes: Outcomes = {}
    for check in checks:
        of_check = [one for one in seen if one.check is check]
        outcomes[check.id] = not_reached(check, outcomes) or _outcome(check, of_check)
    failed = [outcome for outcome in outcomes.values() if outcome.outcome == "failed"]
    fault = feedback.diagnose(checks[0].question, seen) if failed else None
    if fault is not None:
        for outcome in failed:
            hint = misconceptions.hint(fault.name) if outcome is failed[0] else ""
            outcomes[outcome.check.id] = replace(outcome, misconception=fault.name, hint=hint)
    return outcomes


def _outcome(check: RubricCheck, seen: Sequence[Seen]) -> Outcome:
    name = OPERATORS[check.question]
    if not seen:
        return Outcome(check, "not_reached", f"Earlier runs of {name} gave no result, so this was not run.")
    for one in seen:
        if one.observation.error == "NotImplementedError":
            return Outcome(check, "not_attempted", f"{name} is still blank.")
        wanted = expected(check, one.inputs)
        if not feedback.holds(one, wanted):
            return Outcome(check, "failed", feedback.message(one, wanted))
    return Outcome(check, "passed")
