"""The assignment with a training on a few houses, for what is not about the training itself."""

from __future__ import annotations

from dataclasses import replace

import autograder.assignment
from autograder.autodiff.sealed.training import FULL_TRAINING, checks, reference_training
from autograder.vocabulary import Assignment

HOUSES, EPOCHS = 20, 3


def shortened(assignment: Assignment) -> Assignment:
    """Return the assignment with fewer houses and epochs in the training that is the notebook's."""
    short = {**FULL_TRAINING, "count": HOUSES, "epochs": EPOCHS}
    losses = reference_training(short).losses
    about = {name: (0.9 * loss, 1.1 * loss) for name, loss in (("first loss", losses[0]), ("last loss", losses[-1]))}
    by_id = {check.id: check for check in checks(short, about)}
    return replace(assignment, checks=tuple(by_id.get(check.id, check) for check in assignment.checks))


def use() -> None:
    """Have everything in this process that imports the assignment from now on get the shortened one."""
    autograder.assignment.ASSIGNMENT = shortened(autograder.assignment.ASSIGNMENT)
