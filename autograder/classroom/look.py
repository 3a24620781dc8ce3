"""Submissions that a person should look at, each with its reasons; none of them says that something is wrong."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

from autograder.classroom.records import Marked
from autograder.classroom.sources import answering_functions, nodes, own_cells
from autograder.grading.pipeline import AS_SUBMITTED, FOR_STAFF, GRADER_FAULT
from autograder.vocabulary import OPERATORS, Step

USUAL_IMPORTS = frozenset(
    (
        *("__future__", "IPython", "abc", "autodiff", "collections", "contextlib", "copy", "csv", "dataclasses"),
        *("drawing", "functools", "gc", "google", "grader", "itertools", "logging", "math", "matplotlib", "numbers"),
        *("numpy", "operator", "pathlib", "pytest", "random", "sys", "time", "typing", "urllib", "weakref"),
    )
)
"""What the notebook imports itself, and what harmless answers do."""

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
"""Attributes that lead out of a function."""

CHANGEABLE = frozenset(
    (
        *("choice", "datetime", "gauss", "getpid", "getrandbits", "monotonic", "perf_counter", "process_time"),
        *("randint", "random", "secrets", "time", "time_ns", "uniform", "urandom", "uuid", "uuid4"),
    )
)
"""Names of what gives another value in another run."""

SIGNS = {
    AS_SUBMITTED: "graded as it was submitted, as grafting onto the given class Value did not do",
    "took too long and was left out": "a statement took too long to load",
    "ended the program and was left out": "a statement ended the program while it was loaded",
    "wrote to the grader's channel": "a statement wrote to the grader's channel while it was loaded",
    "The code could not be loaded": "the code could not be loaded",
    "time for one submission was used up": "the time for one submission was used up",
    "no result within the time limit": "a check ran into its time limit",
    "process ended before there was a result": "a check ended its process",
    "wrote to the grader's own channel": "a check wrote to the grader's channel",
}
"""Words of a report -> the reason they give. The words are those of ``grading``, ``sandbox`` and ``feedback``."""

MAX_LISTED = 8
"""Modules that a reason lists."""

_IMPORT = re.compile(r"^[ \t]*(?:import[ \t]+(\w+)\b[\w., ]*|from[ \t]+(\w+)\b[\w.]*[ \t]+import\s.*)$", re.MULTILINE)
_MAYBE_CHANGEABLE = re.compile(rf"\b(?:global|{'|'.join(sorted(CHANGEABLE))})\b")
_WALLS = {step.value for step in (Step.OWN_UID, Step.LANDLOCK, Step.SECCOMP)}


def reasons_to_look(row: Marked) -> list[str]:
    """Why a person should look at this submission."""
    report = row.report
    reasons = [*_faults(report["checks"], report["notes"])]
    if row.result:
        cells = own_cells(row.cells)
        texts = [*report["notes"], *(check["message"] for check in report["checks"])]
        reasons += [reason for words, reason in SIGNS.items() if any(words in text for text in texts)]
        reasons += [*_imports(cells), *_calls(cells), *_changeable(cells), *_inconsistent(report["checks"])]
        missing = _WALLS & set(report["isolation"]["missing"])
        reasons += [f"graded without {', '.join(sorted(missing))}"] if missing else []
    return list(dict.fromkeys(reasons))


def has_fault(report: Any) -> bool:
    """Whether the grader failed somewhere, so that there is no mark yet."""
    return GRADER_FAULT in report["notes"] or any(check["outcome"] == "grader_fault" for check in report["checks"])


def for_staff(note: str) -> bool:
    """Whether a note of a report is not for the student."""
    return note.startswith(FOR_STAFF)


def _faults(checks: list[dict[str, Any]], notes: list[str]) -> Iterator[str]:
    faults = [check["id"] for check in checks if check["outcome"] == "grader_fault"]
    if len(faults) == len(checks):
        yield "the grader failed: no mark yet"
    elif faults or GRADER_FAULT in notes:
        yield f"the grader failed on {', '.join(faults) or 'a part'}: no mark yet"


def _imports(cells: Iterable[str]) -> Iterator[str]:
    found: set[str] = set()
    for cell in cells:
        for node in nodes(cell):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add("." * bool(node.level) + (node.module or "").split(".")[0])
        if not nodes(cell):  # not Python, or too deep to be read: by its lines then
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
    """What may make results differ from run to run: nobody has seen them differ."""
    found: set[str] = set()
    maybe = any(_MAYBE_CHANGEABLE.search(cell) for cell in cells)  # far faster than the trees
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
    """Operators that pass all checks of their own make a training that follows, unless something else decides."""
    operators = [check for check in checks if check["question"] in OPERATORS]
    training = [check for check in checks if check["question"] == "training"]
    if all(check["outcome"] == "passed" for check in operators) and any(c["outcome"] == "failed" for c in training):
        yield (
            "every check of the operators passes, yet the training does not follow: they may keep state, or give other "
            "results from run to run"
        )
