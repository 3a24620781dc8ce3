"""The files that students get besides the notebook: the self-check, made from the public checks, and the zip of all."""

from __future__ import annotations

import ast
import json
import pprint
import re
import sys
from collections.abc import Iterable
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
from autograder.wire import answers, cells, explanations, literals, statements

SELF_CHECK, README = "grader.py", "README.md"
RELEASED = ASSIGNMENT.manifest.released
"""Paths in ``assignment/`` of all files of the student release."""
TEMPLATES = tuple(name for name in RELEASED if name != SELF_CHECK and (ASSIGNMENT.templates / name).is_file())
"""Paths of the files that ``templates`` holds, beside the self-check's; the notebook and its data have no template."""

STAND_IN = "filled_in"
"""The module that stands for what is filled into the self-check here."""

_PLACE = r"# Here the build puts the modules in (\w+)/.*\n"
"""The line of a template in the place of which the modules of a folder are put, with the name of that folder."""
_WIDTH = 116


def write_handout(folder: Path) -> None:
    """Write all released files except the notebook and the data into ``folder``."""
    for name in TEMPLATES:
        text = _released(name)
        _write(folder / name, hosting(settings.load().files_url).in_readme(text) if name == README else text)
    _write(folder / SELF_CHECK, self_check())


def release(root: Path, out: Path) -> None:
    """Write the student release as a zip, compressed, because every student downloads it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    name = ASSIGNMENT.manifest.name
    write_zip(out, {f"{name}/{file}": (root / "assignment" / file).read_bytes() for file in RELEASED}, compressed=True)


def public_checks() -> list[Check]:
    """Return the checks that a student may see."""
    return [check for check in ASSIGNMENT.checks if check.visibility == "public"]


def executed_beside() -> str:
    """Return the texts that the notebook's outputs depend on, joined, apart from its own cells."""
    return "\0".join([self_check(), *map(_released, TEMPLATES)])


def self_check() -> str:
    """Return the source of the self-check: its modules, those that it shares with the grader, and the public checks."""
    template = _template(SELF_CHECK)
    before, folder, after = re.split(_PLACE, template)
    docstring, _, own = before.partition('"""\n\n')
    own_modules = _modules(folder)
    location = sys.modules[ASSIGNMENT.located.__module__]
    used = list(dict.fromkeys(check.probe for check in public_checks() if check.probe))
    common = dict.fromkeys(
        (statements, cells, literals, answers, explanations, compare, python_errors, location, *map(_home, used))
    )
    shared = [Path(module.__file__ or "").read_text(encoding="utf-8") for module in common]
    parts = [
        f'{docstring}"""\n\n{_imports([own, *own_modules, *shared])}',
        _content(own),
        "# Generated: to change a check, change the rubric and build again.",
        *map(_titled, own_modules),
        *map(_content, shared),
        _constants(),
        "PROBES: dict[str, Any] = {\n" + "".join(f'    "{name}": {name},\n' for name in used) + "}",
        "# fmt: off\nCHECKS: list[dict[str, Any]] = \\\n" + pprint.pformat(_rows(), width=116, sort_dicts=False),
        "MISTAKES: list[dict[str, Any]] = \\\n"
        + pprint.pformat(_mistakes(), width=116, sort_dicts=False, compact=True),
        "# fmt: on",
    ]
    return "\n\n\n".join(parts) + "\n" + after


def _released(name: str) -> str:
    """Return the text of a template; where it says so, with the modules of a folder joined to it."""
    before, *joined = re.split(_PLACE, _template(name))
    if not joined:
        return before
    docstring, _, own = before.partition('"""\n\n')
    modules = _modules(joined[0])
    parts = [f'{docstring}"""\n\n{_imports([own, *modules])}', _content(own), *map(_titled, modules)]
    return "\n\n\n".join(parts) + "\n" + joined[1]


def _modules(folder: str) -> list[str]:
    """Return the sources of the modules in a folder of the templates, by the alphabet."""
    paths = sorted((ASSIGNMENT.templates / folder).glob("*.py"))
    return [path.read_text(encoding="utf-8") for path in paths if path.stem != STAND_IN]


def _imports(sources: Iterable[str]) -> str:
    """Return all imports from the standard library in these modules' ``sources``, in the linter's order."""
    plain: set[str] = set()
    names: dict[str, set[str]] = {}
    for node in (node for source in sources for node in ast.parse(source).body):
        if isinstance(node, ast.Import):
            plain |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and _is_standard(node.module or ""):
            names.setdefault(node.module or "", set()).update(alias.name for alias in node.names)
    future = names.pop("__future__")
    lines = [f"from {module} import {', '.join(sorted(names[module], key=_kind))}" for module in sorted(names)]
    imports = "\n".join([*(f"import {module}" for module in sorted(plain)), *lines])
    return f"from __future__ import {', '.join(future)}\n\n{imports}"


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def _kind(name: str) -> tuple[bool, bool, str]:
    """Return a key that sorts constants first, then classes, then functions, each by the alphabet."""
    return not name.isupper(), name[0].islower(), name


def _template(name: str) -> str:
    return (ASSIGNMENT.templates / name).read_text(encoding="utf-8")


def _titled(source: str) -> str:
    """Return the content of a module, below a line with the first line of its docstring."""
    title = (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0].rstrip(".")
    return f"# --- {title} ".ljust(_WIDTH, "-") + "\n\n\n" + _content(source)


def _constants() -> str:
    """Return the source of the self-check's constants, which come from the manifest."""
    manifest = ASSIGNMENT.manifest
    lines = {
        "QUESTIONS = ({})": manifest.questions,
        "CHOICES = ({})": manifest.named("letter"),
        "EVIDENCE = ({})": manifest.named("number"),
        "HARMLESS = harmless_calls(({}))": manifest.harmless,
    }
    constants = [line.format(json.dumps(names)[1:-1]) for line, names in lines.items()]
    totals = {question: ASSIGNMENT.points_of(question) for question in manifest.questions}
    tables = {"METHODS": manifest.methods, "KINDS": manifest.cell_kinds, "TEXTS": manifest.texts, "TOTALS": totals}
    return "\n".join(
        [
            *constants,
            f"BLANK = {json.dumps(manifest.blank)}",
            "# fmt: off",
            *(f"{name} = {pprint.pformat(dict(table), width=116, sort_dicts=False)}" for name, table in tables.items()),
            "# fmt: on",
        ]
    )


def _home(probe: str) -> ModuleType:
    """Return the module that defines a probe. All of it is released."""
    probes = import_module(ASSIGNMENT.manifest.probes)
    return sys.modules[{**probes.ONCE, **probes.STEPWISE}[probe].__module__]


def _content(source: str) -> str:
    """Return the source of a module without its docstring and its imports."""
    apart = (ast.Expr, ast.Import, ast.ImportFrom)
    first = next(node for node in ast.parse(source).body if not isinstance(node, apart))
    start = min([first.lineno, *(decorator.lineno for decorator in getattr(first, "decorator_list", []))])
    return "\n".join(source.split("\n")[start - 1 :]).strip("\n")


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
    """Return a row for each known mistake: its question, its hint, and the ways in which it shows in public cases.

    If several mistakes show alike, only the first has a row. They are ordered by how often students make them.
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
    """Return what a mistake shows in the public cases of its question.

    A case with wrong numbers maps its number to them. An exception maps to the list of the cases that it stops.
    """
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
