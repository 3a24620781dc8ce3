"""The assignment with a training on a few houses, for what is not about the training itself."""

from __future__ import annotations

from dataclasses import replace

import autograder.assignment
from autograder.autodiff.sealed.training import ABOUT, FULL_TRAINING, checks, reference_training
from autograder.vocabulary import Assignment, Expected, Inputs

HOUSES, EPOCHS = 20, 3
LOSS_FALLS = "training.loss_falls"


def shortened(assignment: Assignment) -> Assignment:
    """Return the assignment with fewer houses and epochs in the training that is the notebook's."""
    short = {**FULL_TRAINING, "count": HOUSES, "epochs": EPOCHS}
    by_id = {check.id: check for check in checks(short)}
    by_id[LOSS_FALLS] = replace(by_id[LOSS_FALLS], expects=_about)
    return replace(assignment, checks=tuple(by_id.get(check.id, check) for check in assignment.checks))


def _about(case: Inputs) -> Expected:
    """Intervals of the first and the last loss, computed late, because most submissions never train."""
    losses = reference_training(case).losses
    return {name: (0.9 * loss, 1.1 * loss) for name, loss in zip(ABOUT, (losses[0], losses[-1]), strict=True)}


def use() -> None:
    """Have everything in this process that imports the assignment from now on get the shortened one."""
    autograder.assignment.ASSIGNMENT = shortened(autograder.assignment.ASSIGNMENT)
