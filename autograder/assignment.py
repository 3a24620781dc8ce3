"""The assignment that this package grades. No other module chooses it."""

from autograder.autodiff.assignment import AUTODIFF as ASSIGNMENT

__all__ = ["ASSIGNMENT"]
