"""Reasons why a person should look at a submission; no reason says that something is wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom.hand_ins import Marked
from autograder.classroom.sources import answering_functions, nodes, own_cells
from autograder.vocabulary import Sign, Step

USUAL_IMPORTS = frozenset(
    (
        *("__future__", "IPython", "abc", "collections", "contextlib", "copy", "csv", "dataclasses", "functools", "gc"),
        *("google", "itertools", "logging", "math", "matplotlib", "numbers", "numpy", "operator", "pathlib", "pytest"),
        *("random", "sys", "time", "typing", "urllib", "weakref"),
        *(name.partition(".")[0] for name in ASSIGNMENT.manifest.released),
    )
)
"""Modules that the notebook imports itself, or that harmless answers import."""

UNUSUAL_CALLS = frozenset(
    ["__import__", "breakpoint", "compile", "delattr", "eval", "exec", "globals", "input", "locals", "open", "vars"]
)
"""Built-in functions that no answer needs."""

INSIDES = frozenset(
    (
        *("__subclasses__", "__globals__", "__code__", "__closure__", "__builtins__", "__mro__", "f_back", "f_globals"),
        *("f_locals", "_getframe", "currentframe", "get_objects", "get_referrers", "settrace", "setprofile"),
    )
)
"""Attributes that lead from a function to the data of others, or to the interpreter."""

CHANGEABLE = frozenset(
    (
        *("choice", "datetime", "gauss", "getpid", "getrandbits", "monotonic", "perf_counter", "process_time"),
        *("randint", "random", "secrets", "time", "time_ns", "uniform", "urandom", "uuid", "uuid4"),
    )
)
"""Names of modules and functions that can give another value in each run."""

GRAFTED_ON = f"class {ASSIGNMENT.manifest.grafted_on}"
SIGNS = {
    Sign.AS_SUBMITTED: f"graded as it was submitted, as grafting onto the given {GRAFTED_ON} did not do",
    Sign.STATEMENT_TIMED_OUT: "a statement took too long to load",
    Sign.STATEMENT_CRASHED: "a statement ended the program while it was loaded",
    Sign.STATEMENT_BROKE_PROTOCOL: "a statement wrote to the grader's channel while it was loaded",
    Sign.NOT_LOADED: "the code could not be loaded",
    Sign.OUT_OF_TIME: "the time for one submission was used up",
    Sign.CHECK_TIMED_OUT: "a check ran into its time limit",
    Sign.CHECK_CRASHED: "a check ended its process",
    Sign.CHECK_BROKE_PROTOCOL: "a check wrote to the grader's channel",
    Sign.LENT_IN_VAIN: "methods that pass their checks go wrong beside the course's own: they may keep state",
}
"""Reason that each sign of a report gives. A fault of the grader is not among them: it is told check by check."""

MAX_LISTED = 8
"""Maximum number of modules that a reason lists."""

_IMPORT = re.compile(r"^[ \t]*(?:import[ \t]+(\w+)\b[\w., ]*|from[ \t]+(\w+)\b[\w.]*[ \t]+import\s.*)$", re.MULTILINE)
_MAYBE_CHANGEABLE = re.compile(rf"\b(?:global|{'|'.join(sorted(CHANGEABLE))})\b")
_WALLS = {step.value for step in (Step.OWN_UID, Step.LANDLOCK, Step.SECCOMP)}


@lru_cache(maxsize=1)
def reasons_to_look(row: Marked) -> tuple[str, ...]:
    """Return the reasons why a person should look at this submission; those of the latest row are kept."""
    report = row.report
    reasons = [*_faults(report)]
    if row.result:
        cells = own_cells(row.cells)
        reasons += [reason for sign, reason in SIGNS.items() if sign.value in report["signs"]]
        reasons += [*_imports(cells), *_calls(cells), *_changeable(cells), *_inconsistent(report["checks"])]
        missing = _WALLS & set(report["isolation"]["missing"])
        reasons += [f"graded without {', '.join(sorted(missing))}"] if missing else []
    return tuple(dict.fromkeys(reasons))


def has_fault(report: Any) -> bool:
    """Tell if the grader failed somewhere in this report, so that there is no mark yet."""
    return Sign.GRADER_FAULT.value in report["signs"]


def _faults(report: Any) -> Iterator[str]:
    faults = [check["id"] for check in report["checks"] if check["outcome"] == "grader_fault"]
    if len(faults) == len(report["checks"]):
        yield "the grader failed: no mark yet"
    elif has_fault(report):
        yield f"the grader failed on {', '.join(faults) or 'a part'}: no mark yet"


def _imports(cells: Iterable[str]) -> Iterator[str]:
    found: set[str] = set()
    for cell in cells:
        for node in nodes(cell):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add("." * bool(node.level) + (node.module or "").split(".")[0])
        if not nodes(cell):  # it is not Python, or nested too deeply to parse: look at its lines instead
            found |= {match[1] or match[2] for match in _IMPORT.finditer(cell)}
    unusual = sorted(found - USUAL_IMPORTS)
    if unusual:
        more = f" and {len(unusual) - MAX_LISTED} more" if len(unusual) > MAX_LISTED else ""
        yield f"imports {', '.join(unusual[:MAX_LISTED])}{more}"


def _calls(cells: Iterable[str]) -> Iterator[str]:
    found = [node for cell in cells for node in nodes(cell)]
    names = {node.func.id for node in found if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    unusual = sorted(names & UNUSUAL_CALLS)
    if unusual:
        yield f"calls {', '.join(unusual)}"
    hidden = {node.attr for node in found if isinstance(node, ast.Attribute) and node.attr in INSIDES}
    if hidden:
        yield f"reaches into Python's insides: {', '.join(sorted(hidden))}"


def _changeable(cells: Iterable[str]) -> Iterator[str]:
    """Yield a reason if an answer uses something that can give other results in each run."""
    found: set[str] = set()
    maybe = any(_MAYBE_CHANGEABLE.search(cell) for cell in cells)  # far faster than walking the syntax trees
    for function in answering_functions(cells) if maybe else ():
        for node in ast.walk(function):
            if isinstance(node, (ast.Name, ast.Attribute)):
                name = node.id if isinstance(node, ast.Name) else node.attr
                found |= {name} & CHANGEABLE
            elif isinstance(node, ast.Global):
                found.add("global")
    if found:
        yield f"results may differ from run to run: its operators use {', '.join(sorted(found))}"


def _inconsistent(checks: list[dict[str, Any]]) -> Iterator[str]:
    """Yield a reason if all checks of the methods pass, but a check of what is computed with them fails.

    Methods that depend on their arguments alone cannot do that.
    """
    own = [check for check in checks if check["question"] in ASSIGNMENT.manifest.methods]
    later = {check.id for check in ASSIGNMENT.checks if check.sees is not None}
    failed = [check for check in checks if check["id"] in later and check["outcome"] == "failed"]
    if failed and all(check["outcome"] == "passed" for check in own):
        yield (
            f"every check of the methods passes, yet {failed[0]['question']} does not follow: they may keep state, "
            "or give other results from run to run"
        )
