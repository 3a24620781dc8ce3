"""The choice of the statements of a submission that are run."""

from __future__ import annotations

import ast

from autograder.vocabulary import LoadMode
from autograder.wire.cells import ASSIGNMENTS, is_definition


def is_wanted(node: ast.stmt, mode: LoadMode, harmless: frozenset[str]) -> bool:
    """Tell whether a statement is run in this mode.

    As submitted, every statement is run; grafted, only definitions and assignments are.
    """
    return mode == "as_submitted" or is_definition(node, harmless) or isinstance(node, ASSIGNMENTS)
