"""What students get besides the notebook: the self-check, made from the rubric's public half, and the zip of it all."""

from __future__ import annotations

import ast
import inspect
import pprint
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder import vocabulary
from autograder.authoring.zipping import write_zip
from autograder.autodiff.probes import operators, training
from autograder.autodiff.sealed import hints
from autograder.autodiff.sealed.criterion import RubricCheck
from autograder.autodiff.sealed.faults import FAULTS
from autograder.autodiff.sealed.reference_engine import Fault
from autograder.autodiff.sealed.rubric import CHECKS, expected
from autograder.grading import compare, diagnosis
from autograder.wire import cells

TEMPLATES = Path(__file__).resolve().parent / "templates"
VERBATIM = ("README.md", "conftest.py", "drawing.py", "requirements.txt", "test_autodiff.py")
RELEASED = tuple(sorted([*VERBATIM, "autodiff.ipynb", "data/boston_housing.csv", "grader.py"]))
"""Every file of the student release, by its path in ``assignment/``."""

_FOR_FILLING = "  # noqa: F401 - for what is filled in"
_FIRST_LINE, _LAST_LINE = "# Filled in by autograder/authoring/handout.py", "# The end of what is filled in."


def write_handout(folder: Path) -> None:
    """Write every released file that is not the notebook or the data into ``folder``."""
    for name in VERBATIM:
        _write(folder / name, (TEMPLATES / name).read_text(encoding="utf-8"))
    _write(folder / "grader.py", self_check())


def release(root: Path, out: Path) -> None:
    """Write the student release as a zip: the same files give the same bytes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    write_zip(out, {f"autodiff/{name}": (root / "assignment" / name).read_bytes() for name in RELEASED})


def public_checks() -> list[RubricCheck]:
    """The checks that a student may see."""
    return [check for check in CHECKS if check.visibility == "public"]


def drawings() -> str:
    """The source of ``drawing.py``, which is released as it is."""
    return (TEMPLATES / "drawing.py").read_text(encoding="utf-8")


def self_check() -> str:
    """The source of ``grader.py``: its template with judging, the public probes and the public checks filled in."""
    template = (TEMPLATES / "grader.py").read_text(encoding="utf-8")
    before, _, rest = template.replace(_FOR_FILLING, "").partition(_FIRST_LINE)
    _, _, after = rest.partition(_LAST_LINE)
    used = list(dict.fromkeys(check.probe for check in public_checks() if check.probe))
    parts = [
        before + "# Generated: to change a check, change the rubric and build again.",
        *_definitions(cells, ("parse", "is_definition")),
        *_definitions(compare, ("four_lines", "compared", "subject")),
        *_definitions(vocabulary, ("Measured",)),
        *_definitions(operators, tuple(name for name in used if name in operators.OPERATOR_PROBES)),
        *_definitions(training, tuple(name for name in used if name in operators.TRAINING_PROBES)),
        "PROBES: dict[str, Any] = {\n" + "".join(f'    "{name}": {name},\n' for name in used) + "}",
        "# fmt: off\nCHECKS: list[dict[str, Any]] = \\\n" + pprint.pformat(_rows(), width=116, sort_dicts=False),
        "MISTAKES: list[dict[str, Any]] = \\\n" + pprint.pformat(_mistakes(), width=116, sort_dicts=False),
        "# fmt: on",
    ]
    return "\n\n\n".join(parts) + after


def _rows() -> list[dict[str, Any]]:
    public = {check.id for check in public_checks()}
    return [
        {
            "id": check.id,
            "question": check.question,
            "title": check.title,
            "points": check.points,
            "why": check.why,
            "requires": tuple(needed for needed in check.requires if needed in public),
            "probe": check.probe,
            "reads": check.reads,
            "cases": [_case(check, inputs) for inputs in check.cases or ({},)],
        }
        for check in public_checks()
    ]


def _case(check: RubricCheck, inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"inputs": dict(inputs), "expected": dict(expected(check, inputs))}


def _mistakes() -> list[dict[str, Any]]:
    """What each known mistake shows on those public cases of its question where it shows, by their numbers."""
    return [
        {"question": fault.question, "hint": hints.hint(fault.name), "shows": shows}
        for fault in FAULTS
        if (shows := dict(_shown(fault)))
    ]


def _shown(fault: Fault) -> Iterator[tuple[int, dict[str, Any] | str]]:
    checks = [check for check in public_checks() if check.question == fault.question and check.probe]
    cases = [(check, inputs) for check in checks for inputs in check.cases or ({},)]
    for number, (check, inputs) in enumerate(cases):
        predicted = diagnosis.observe_reference(check.probe, inputs, fault)
        values = {name: value for name, value in predicted.values.items() if name not in check.between}
        if predicted.status == "raised":
            yield number, f"{predicted.error}/{compare.subject(predicted.detail)}"
        elif compare.mismatches(values, expected(check, inputs)) or len(values) < len(predicted.values):
            yield number, values


def _definitions(module: ModuleType, wanted: tuple[str, ...]) -> Iterator[str]:
    """Yield the source of the ``wanted`` definitions of a module and of all that they use there, in its order."""
    source = inspect.getsource(module)
    body = ast.parse(source).body
    statements = {name: node for node in body for name in _defined(node)}
    used, queue = set(), list(wanted)
    while queue:
        name = queue.pop()
        if name in statements and name not in used:
            used.add(name)
            queue += [node.id for node in ast.walk(statements[name]) if isinstance(node, ast.Name)]
    for node, following in zip(body, [*body[1:], None], strict=True):
        if used.intersection(_defined(node)):
            text = ast.get_source_segment(source, node) or ""
            if isinstance(following, ast.Expr):  # the docstring of a constant
                text += "\n" + (ast.get_source_segment(source, following) or "")
            yield text


def _defined(node: ast.stmt) -> tuple[str, ...]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return (name,)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return (name,)
    return ()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
