"""The training question: the student's operators in the provided network, epoch by epoch beside NumPy."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.autodiff.sealed.criterion import RubricCheck
from autograder.autodiff.sealed.hidden_inputs import FULL_TRAINING
from autograder.autodiff.sealed.rubric import TRAINING, expected, with_houses
from autograder.grading import compare, diagnosis
from autograder.grading.diagnosis import Seen
from autograder.grading.draws import Draws
from autograder.grading.operators import OUT_OF_TIME, Outcomes, not_reached
from autograder.sandbox.sandbox import Sandbox
from autograder.vocabulary import Inputs, Observation, Outcome

SECONDS = 180.0
"""Wall time for one training: ten epochs take 10 s here, 30 s on Gradescope's half a core; it ends all at 600 s."""

Progress = Callable[[int, float], None]
"""Called after each epoch with its number, from 1, and its loss."""

OVER = ("timed_out", "out_of_time")
"""How a training ends that has had its time: there is none for another one."""

LOSS_FALLS, FIRST_GRADIENT, TRAJECTORY, UNSEEN_SEED = TRAINING


def grade_training(box: Sandbox, operators: Outcomes, draws: Draws, progress: Progress | None = None) -> Outcomes:
    """Judge the checks of the training; none is reached unless the ``operators`` work."""
    waiting = {check.id: not_reached(check, operators) for check in TRAINING}
    if any(waiting.values()):
        return {check.id: outcome for check in TRAINING if (outcome := waiting[check.id])}
    full = _trained(
        box, draws, FULL_TRAINING, ((LOSS_FALLS, _ends), (FIRST_GRADIENT, _first), (TRAJECTORY, _losses)), progress
    )
    (unseen_case,) = draws.inputs(UNSEEN_SEED)
    unseen = _trained(box, draws, unseen_case, ((UNSEEN_SEED, _losses),))
    return {outcome.check.id: outcome for outcome in (*full, *unseen)}


def _trained(
    box: Sandbox,
    draws: Draws,
    case: Inputs,
    checks: Sequence[tuple[RubricCheck, Callable[[Sequence[Observation]], Observation]]],
    progress: Progress | None = None,
) -> list[Outcome]:
    """Train on ``case``; judge each check by what its function makes of the observations.

    On the tape first where the engine is ours. Unless all is right there, it is trained once more as the notebook does,
    and that alone counts: the tape can cost nobody a point.
    """
    for on_tape in (True, False) if box.loaded.mode == "grafted" else (False,):
        observations = _train(box, case, on_tape, progress)
        outcomes = [_judged(draws, check, case, seen_by(observations)) for check, seen_by in checks]
        if all(outcome.outcome == "passed" for outcome in outcomes) or observations[-1].status in OVER:
            break
    return outcomes


def _train(box: Sandbox, case: Inputs, on_tape: bool, progress: Progress | None) -> list[Observation]:
    """The observations of a training by epoch, up to the first that is not the one of gradient descent."""
    observations: list[Observation] = []
    reference = expected(TRAJECTORY, case)
    stream = box.stream(TRAJECTORY.probe, with_houses(case), seconds=SECONDS, on_tape=on_tape)
    for epoch, (observation, wanted) in enumerate(zip(stream, reference.values(), strict=False), start=1):
        observations.append(observation)
        loss = observation.values.get("loss")
        if observation.status != "returned" or not compare.agrees(wanted, loss):
            break
        if progress is not None and isinstance(loss, (int, float)):
            progress(epoch, loss)
    stream.close()
    return observations or [Observation("crashed")]


def _first(observations: Sequence[Observation]) -> Observation:
    return observations[0]


def _losses(observations: Sequence[Observation]) -> Observation:
    if observations[-1].status != "returned":
        return observations[-1]
    losses = {
        f"loss of epoch {epoch}": o.values.get("loss", "missing") for epoch, o in enumerate(observations, start=1)
    }
    return Observation("returned", losses)


def _ends(observations: Sequence[Observation]) -> Observation:
    """The first and the last loss; where training was stopped early, what stood in the way of the last."""
    losses = _losses(observations)
    if losses.status != "returned":
        return losses
    values = list(losses.values.values())
    first, last = values[0], values[-1]
    if len(observations) < FULL_TRAINING["epochs"]:
        last = f"unknown: stopped after epoch {len(observations)}, whose loss is not that of gradient descent"
    return Observation("returned", {"first loss": first, "last loss": last})


def _judged(draws: Draws, check: RubricCheck, case: Inputs, observation: Observation) -> Outcome:
    if observation.status == "out_of_time":
        return Outcome(check, "not_reached", OUT_OF_TIME)
    wanted = expected(check, case)
    seen = Seen(check, case, observation)
    if diagnosis.holds(seen, wanted):
        return Outcome(check, "passed")
    return Outcome(check, "failed", diagnosis.message(seen, wanted, draws.without_hidden_numbers))
