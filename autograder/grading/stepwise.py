"""Checks of probes that report step by step: a longer computation with the student's methods in the course's code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from autograder.grading import compare, diagnosis, follow_through
from autograder.grading.diagnosis import Seen
from autograder.grading.draws import Draws
from autograder.grading.evidence import Outcomes
from autograder.grading.follow_through import Lent
from autograder.grading.methods import Judged, not_reached, out_of_time
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Assignment, Check, Inputs, Observation, Outcome

SECONDS = 180.0
"""Wall time of one run, in seconds. The longest honest run takes 10 s here and 30 s on Gradescope's half a core.

Gradescope itself ends everything after 600 s.
"""

Progress = Callable[[int, int, float], None]
"""Function called after each step, with the step's number from 1, the number of steps, and the first measured value."""

Witness = Callable[[Sequence[Seen]], None]
"""Function called with the observations of checks, once it is certain that they count."""

OVER = ("timed_out", "out_of_time")
"""Statuses of a run that used up its time, so that none is left for another one."""

Tried = dict[str, tuple[Outcome, Seen]]
"""Outcome and observation of each check in one try, by the check's id."""

RIGHT = ("passed", "followed_through")
"""Outcomes of a check that came out right, with lent methods or without."""


def nobody(seen: Sequence[Seen]) -> None:
    """Do nothing, where nobody wants to see the observations."""


def grade_stepwise(
    box: Sandbox,
    judged: Judged,
    assignment: Assignment,
    draws: Draws,
    *,
    follow: bool,
    progress: Progress | None,
    witness: Witness = nobody,
) -> Outcomes:
    """Judge the checks of step-by-step probes, given the outcomes of all methods in ``judged``.

    Without ``follow`` they are run only if all checks that they require passed. With it, the course lends its own
    methods in place of wrong ones, and the try with most points counts. If there is no try, the checks whose
    requirements failed are not reached. The student's code could read the lent methods; so the caller must run nothing
    else of it afterwards. ``witness`` is called with the observations of the try that counts.
    """
    checks = [check for check in assignment.checks if check.sees is not None]  # those that look at single steps
    waiting = [outcome for check in checks if (outcome := not_reached(check, judged.outcomes)) is not None]
    only_own = [] if waiting else [()]  # a single try, in which nothing is lent
    tried: list[Tried] = []
    for lent in follow_through.lendings(judged, checks, assignment) if follow else only_own:
        tried.append(_judged_together(box, checks, assignment, draws, lent, progress))
        if all(outcome.outcome in RIGHT for outcome, _ in tried[-1].values()):
            break
    if not tried:
        return {outcome.check.id: outcome for outcome in waiting}
    best = max(tried, key=_points)
    witness([seen for _, seen in best.values()])
    return {id: outcome for id, (outcome, _) in best.items()}


def _points(tried: Tried) -> int:
    return sum(outcome.score for outcome, _ in tried.values())


def _judged_together(
    box: Sandbox, checks: Sequence[Check], assignment: Assignment, draws: Draws, lent: Lent, progress: Progress | None
) -> Tried:
    """Judge all ``checks``. Checks with the same probe and inputs share one run.

    The run with the fewest quicker probes is the first. If it goes wrong, none is believed in the others.
    """
    tried: Tried = {}
    runs = sorted(_runs(checks, draws), key=lambda run: len(assignment.shortcuts(run[0], run[1])))
    for number, (probe, inputs, together) in enumerate(runs, 1):
        run = _Run(box, assignment, draws, probe, inputs, lent, progress if number == len(runs) else None)
        quickly = all(outcome.outcome in RIGHT for outcome, _ in tried.values())
        tried |= {seen.check.id: (outcome, seen) for outcome, seen in run.judge(together, quickly=quickly)}
    return {check.id: tried[check.id] for check in checks}


def _runs(checks: Sequence[Check], draws: Draws) -> Iterator[tuple[str, Inputs, list[Check]]]:
    """Yield each probe with its inputs, once, and the checks that share this run."""
    runs: list[tuple[str, Inputs, list[Check]]] = []
    for check in checks:
        (inputs,) = draws.inputs(check)
        same = [together for probe, other, together in runs if (probe, other) == (check.probe, inputs)]
        if same:
            same[0].append(check)
        else:
            runs.append((check.probe, inputs, [check]))
    yield from runs


class _Run:
    """Run of a probe on its ``inputs`` in the sandbox, with the methods ``lent``. It stops at the first wrong step."""

    def __init__(
        self,
        box: Sandbox,
        assignment: Assignment,
        draws: Draws,
        probe: str,
        inputs: Inputs,
        lent: Lent,
        progress: Progress | None,
    ) -> None:
        self._box, self._assignment, self._draws = box, assignment, draws
        self._probe, self._inputs, self._lent, self._progress = probe, inputs, lent, progress
        self._steps = assignment.steps(inputs)

    def judge(self, checks: Sequence[Check], *, quickly: bool) -> list[tuple[Outcome, Seen]]:
        """Run the probe and judge each check by the steps that it looks at.

        If ``quickly``, and if the classes are the course's, quicker probes are run first. If not all is right in any of
        them, and time is left, the probe itself is run and only its result counts. So no quicker probe costs a point.
        """
        may_be_quick = quickly and self._box.loaded.mode == "grafted"
        quicker = self._assignment.shortcuts(self._probe, self._inputs) if may_be_quick else ()
        for probe in (*quicker, self._probe):
            observed = self._observe(probe)
            judged = [self._judged(check, observed) for check in checks]
            if all(outcome.outcome in RIGHT for outcome, _ in judged) or observed[-1].status in OVER:
                break
        return judged

    def _observe(self, probe: str) -> list[Observation]:
        """Return the observation of each step, up to the first that is not right."""
        observed: list[Observation] = []
        inputs = self._assignment.completed(self._inputs)
        lent = {question: self._assignment.lent[question] for question in self._lent}
        stream = self._box.stream(probe, inputs, steps=len(self._steps), seconds=SECONDS, lent=lent)
        for observation, wanted in zip(stream, self._steps, strict=False):
            observed.append(observation)
            if observation.status != "returned" or compare.mismatches(wanted, observation.values):
                break
            first = next(observation.values[name] for name in wanted)
            if self._progress is not None and isinstance(first, (int, float)):
                self._progress(len(observed), len(self._steps), first)
        stream.close()
        return observed or [Observation("crashed")]

    def _judged(self, check: Check, observed: Sequence[Observation]) -> tuple[Outcome, Seen]:
        observation = check.sees(observed, len(self._steps)) if check.sees else observed[-1]
        seen = Seen(check, self._inputs, observation)
        return self._outcome(seen), seen

    def _outcome(self, seen: Seen) -> Outcome:
        check = seen.check
        if seen.observation.status == "out_of_time":
            return out_of_time(check)
        if seen.holds:
            lent = self._lent
            return follow_through.in_part(check, lent, self._assignment) if lent else Outcome(check, "passed")
        ran = self._assignment.describe(check.probe, self._inputs)
        failed = diagnosis.failed(seen, ran, self._draws.without_hidden_numbers)
        return follow_through.in_vain(check, self._lent, self._assignment, failed.sign) if self._lent else failed
