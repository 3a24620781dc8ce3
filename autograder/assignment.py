"""Which assignment this package grades: the only place that says so."""

from autograder.autodiff.assignment import AUTODIFF as ASSIGNMENT

__all__ = ["ASSIGNMENT"]
