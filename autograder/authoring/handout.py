"""What students get besides the notebook: the self-check, made from the rubric's public half, and the zip of it all."""

from __future__ import annotations

import ast
import json
import pprint
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.authoring.hosting import hosting
from autograder.authoring.zipping import write_zip
from autograder.grading import compare, python_errors
from autograder.vocabulary import Check, Inputs, Prediction
from autograder.wire import answers, cells, literals, statements

SELF_CHECK, README = "grader.py", "README.md"
RELEASED = ASSIGNMENT.manifest.released
"""Every file of the student release, by its path in ``assignment/``."""
VERBATIM = tuple(name for name in RELEASED if name != SELF_CHECK and (ASSIGNMENT.templates / name).is_file())
"""Those that are released as they are, but for the README where the course says where its files are."""

_FOR_FILLING = "  # noqa: F401 - for what is filled in"
_FIRST_LINE, _LAST_LINE = "# Filled in by autograder/authoring/handout.py", "# The end of what is filled in."


def write_handout(folder: Path) -> None:
    """Write every released file that is not the notebook or the data into ``folder``."""
    for name in VERBATIM:
        text = (ASSIGNMENT.templates / name).read_text(encoding="utf-8")
        _write(folder / name, hosting(settings.load().files_url).in_readme(text) if name == README else text)
    _write(folder / SELF_CHECK, self_check())


def release(root: Path, out: Path) -> None:
    """Write the student release as a zip: the same files give the same bytes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    name = ASSIGNMENT.manifest.name
    write_zip(out, {f"{name}/{file}": (root / "assignment" / file).read_bytes() for file in RELEASED})


def public_checks() -> list[Check]:
    """The checks that a student may see."""
    return [check for check in ASSIGNMENT.checks if check.visibility == "public"]


def executed_beside() -> str:
    """All that decides what the notebook prints when it is run, but for its own cells."""
    return "\0".join([self_check(), *((ASSIGNMENT.templates / name).read_text(encoding="utf-8") for name in VERBATIM)])


def self_check() -> str:
    """The source of the self-check: its template with whole modules and the public checks filled in."""
    template = (ASSIGNMENT.templates / SELF_CHECK).read_text(encoding="utf-8")
    before, _, rest = template.replace(_FOR_FILLING, "").partition(_FIRST_LINE)
    _, _, after = rest.partition(_LAST_LINE)
    location = sys.modules[ASSIGNMENT.located.__module__]
    used = list(dict.fromkeys(check.probe for check in public_checks() if check.probe))
    parts = [
        before + "# Generated: to change a check, change the rubric and build again.",
        *map(
            _content,
            dict.fromkeys((statements, cells, literals, answers, compare, python_errors, location, *map(_home, used))),
        ),
        _constants(),
        "PROBES: dict[str, Any] = {\n" + "".join(f'    "{name}": {name},\n' for name in used) + "}",
        "# fmt: off\nCHECKS: list[dict[str, Any]] = \\\n" + pprint.pformat(_rows(), width=116, sort_dicts=False),
        "MISTAKES: list[dict[str, Any]] = \\\n"
        + pprint.pformat(_mistakes(), width=116, sort_dicts=False, compact=True),
        "# fmt: on",
    ]
    return "\n\n\n".join(parts) + after


def _constants() -> str:
    """What the self-check must know of the manifest."""
    manifest = ASSIGNMENT.manifest
    lines = {
        "QUESTIONS = ({})": manifest.questions,
        "CHOICES = ({})": manifest.named("letter"),
        "EVIDENCE = ({})": manifest.named("number"),
        "HARMLESS = harmless_calls(({}))": manifest.harmless,
    }
    constants = [line.format(json.dumps(names)[1:-1]) for line, names in lines.items()]
    kinds = "KINDS = {\n" + "".join(f'    "{tag}": "{kind}",\n' for tag, kind in manifest.cell_kinds.items()) + "}"
    return "\n".join([*constants, f"METHODS = {json.dumps(manifest.methods)}", kinds])


def _home(probe: str) -> ModuleType:
    """The module that a probe is defined in: all of it is released."""
    probes = import_module(ASSIGNMENT.manifest.probes)
    return sys.modules[{**probes.ONCE, **probes.STEPWISE}[probe].__module__]


def _content(module: ModuleType) -> str:
    """A module without its docstring and its imports, for the template has what it needs."""
    source = Path(module.__file__ or "").read_text(encoding="utf-8")
    first = next(
        node for node in ast.parse(source).body if not isinstance(node, (ast.Expr, ast.Import, ast.ImportFrom))
    )
    return "\n".join(source.split("\n")[first.lineno - 1 :]).strip("\n")


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


def _case(check: Check, inputs: Inputs) -> dict[str, Any]:
    return {"inputs": dict(inputs), "expected": dict(check.expected(inputs))}


def _mistakes() -> list[dict[str, Any]]:
    """What each known mistake shows on those public cases of its question where it shows: each way once.

    Of mistakes that are alike there, the first one stands for all: their order is that of how often they are met.
    """
    rows: dict[str, dict[str, Any]] = {}
    for one in ASSIGNMENT.misconceptions:
        ways: list[dict[Any, Any]] = []
        for way in one.ways:
            shows = _shown(one.question, way)
            ways += [shows] if any(shows.values()) and shows not in ways else []
        if ways:
            row = {"question": one.question, "hint": one.hint, "ways": ways}
            rows.setdefault(f"{one.question} {json.dumps(ways)}", row)
    return list(rows.values())


def _shown(question: str, way: Prediction) -> dict[Any, Any]:
    """The numbers that are measured by the number of their case, and the cases that stop by the exception."""
    shows: dict[Any, Any] = {}
    checks = [check for check in public_checks() if check.question == question and check.probe]
    cases = [(check, inputs) for check in checks for inputs in check.cases or ({},)]
    for number, (check, inputs) in enumerate(cases):
        predicted = way(check.probe, inputs)
        values = {name: value for name, value in predicted.values.items() if name not in check.free}
        if predicted.status == "raised":
            shows.setdefault(f"{predicted.error}/{python_errors.subject(predicted.detail)}", []).append(number)
        elif compare.mismatches(values, check.expected(inputs)) or len(values) < len(predicted.values):
            shows[number] = values
    return shows


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
