"""From the one source to everything generated: the skeleton, the self-check, the executed solution, otter's autograder.

``otter assign`` takes the solutions out, so that there is one definition of what a solution mark means.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_raw_cell

from autograder import authoring, handout, leaks
from autograder.authoring import AuthoringError, answer_tag, checked_question, question_of, tags
from autograder.records import OPERATORS
from autograder.rubric import CHECKS, RubricCheck

NAME = "autodiff.ipynb"
EXPLANATION = "**Your explanation:**\n\n*Replace this line by one or two sentences.*"
"""What an explanation cell holds while it is blank."""

ASSIGN_SECONDS = 120
"""``otter assign`` takes about 5 s."""
CELL_SECONDS = 300
"""The slowest cell trains the network: 10 to 15 s on a free core."""

_OTTER = {
    "init_cell": False,
    "export_cell": False,
    "check_all_cell": False,
    "run_tests": False,
    "tests": {"files": True, "ok_format": False},
}
"""The released ``grader.check`` cells stand in the source; otter's own cells would ask students to install otter."""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_BUILT_FROM = "built_from"


def build(root: Path) -> None:
    """Write ``assignment/`` and ``solutions/autodiff.ipynb`` anew.

    The solution is executed only if it, the self-check or the data has changed. Raises ``AuthoringError`` for what an
    instructor must mend, and ``leaks.Leak`` if the release would hold a secret.
    """
    assignment = root / "assignment"
    with tempfile.TemporaryDirectory() as folder:
        skeleton = student_notebook(root, assign(root, Path(folder)))
    _write(assignment / NAME, skeleton)
    handout.write_handout(assignment)
    leaks.check(root)
    solution = solution_notebook(root)
    target = root / "solutions" / NAME
    if not target.is_file() or nbformat.read(target, as_version=4).metadata.get(_BUILT_FROM) != built_from(solution):
        execute(solution, assignment)
        _write(target, solution)


def master_notebook(root: Path, config: Mapping[str, Any] | None = None) -> NotebookNode:
    """Return the source as an ``otter assign`` master; ``config`` adds to the assignment's settings.

    Raises ``AuthoringError``.
    """
    cells = [new_raw_cell("# ASSIGNMENT CONFIG\n" + json.dumps({**_OTTER, **(config or {})}))]
    for cell in authoring.read_source(root).cells:
        if question := question_of(cell):
            cells += _question(question, _solution(cell))
        else:
            cells.append(cell)
        if question := checked_question(cell):
            tests = [_test(check) for check in CHECKS if check.question == question]
            cells += _question(question, _block("TESTS", tests))
    return new_notebook(cells=cells, metadata=_METADATA)


def assign(root: Path, out: Path, config: Mapping[str, Any] | None = None) -> Path:
    """Run ``otter assign`` and return ``out``, which then holds its folders ``student/`` and ``autograder/``.

    Raises ``AuthoringError`` for a fault in the source, ``RuntimeError`` with otter's output if otter fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        master = Path(folder) / NAME
        nbformat.write(master_notebook(root, config), master)
        command = [sys.executable, "-m", "otter", "assign", str(master), str(out), "--no-run-tests", "--no-pdfs"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=ASSIGN_SECONDS)
    if run.returncode:
        raise RuntimeError(f"otter assign failed:\n{run.stdout}{run.stderr}")
    return out


def student_notebook(root: Path, assigned: Path) -> NotebookNode:
    """Return the skeleton: otter's student notebook with its figures inside and without otter's traces."""
    notebook = _normalised(nbformat.read(assigned / "student" / NAME, as_version=4), root)
    for number, cell in enumerate(notebook.cells, start=1):
        question = question_of(cell)
        if question in OPERATORS and f'raise NotImplementedError("Question {question}' not in cell.source:
            mend = "Put the raise between # BEGIN PROMPT and # END PROMPT, after # END SOLUTION"
            raise AuthoringError("the blank stub does not raise NotImplementedError", mend, number, cell)
    return notebook


def solution_notebook(root: Path) -> NotebookNode:
    """Return the solution, not yet executed: the source without its marks."""
    source = authoring.read_source(root)
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.source = authoring.without_marks(cell.source)
    return _normalised(source, root)


def built_from(solution: NotebookNode) -> str:
    """A digest of what decides the outputs of the solution: its own cells and the released self-check."""
    parts = [cell.source for cell in solution.cells if cell.cell_type == "code"]
    return hashlib.sha256("\0".join([*parts, handout.self_check()]).encode()).hexdigest()


def execute(solution: NotebookNode, assignment: Path) -> None:
    """Run the solution where students run theirs, beside the self-check and the data, and keep its outputs."""
    digest = built_from(solution)
    inline = "module://matplotlib_inline.backend_inline"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": inline}
    client = NotebookClient(solution, timeout=CELL_SECONDS, record_timing=False, coalesce_streams=True)
    client.execute(cwd=str(assignment), env=environment)
    for cell in solution.cells:
        cell.metadata.pop("execution", None)
    solution.metadata = {**_METADATA, _BUILT_FROM: digest}


def _question(name: str, cells: list[NotebookNode]) -> list[NotebookNode]:
    config = json.dumps({"name": name, "check_cell": False})
    return [new_raw_cell(f"# BEGIN QUESTION\n{config}"), *cells, new_raw_cell("# END QUESTION")]


def _block(kind: str, cells: list[NotebookNode]) -> list[NotebookNode]:
    return [new_raw_cell(f"# BEGIN {kind}"), *cells, new_raw_cell(f"# END {kind}")]


def _solution(cell: NotebookNode) -> list[NotebookNode]:
    if cell.cell_type == "code":
        return _block("SOLUTION", [cell])
    prompt = new_markdown_cell(EXPLANATION, metadata={"tags": tags(cell)})
    return [*_block("PROMPT", [prompt]), *_block("SOLUTION", [cell])]


def _test(check: RubricCheck) -> NotebookNode:
    """An exception-format test that reads the trusted ``report``; otter pastes it, so it holds no ``"`` of ours."""
    return nbformat.v4.new_code_cell(
        f'''""" # BEGIN TEST CONFIG
points: {check.points}
hidden: {str(check.visibility == "hidden").lower()}
""" # END TEST CONFIG
def test_{check.id.replace(".", "_")}(report):
    [check] = [check for check in report["checks"] if check["id"] == "{check.id}"]
    if check["outcome"] != "passed":
        raise AssertionError(check["message"])'''
    )


def _normalised(notebook: NotebookNode, root: Path) -> NotebookNode:
    """The notebook with predictable cell ids, our tags only, figures inside, and no outputs."""
    return new_notebook(cells=list(_normalised_cells(notebook, root)), metadata=_METADATA)


def _normalised_cells(notebook: NotebookNode, root: Path) -> Iterator[NotebookNode]:
    for number, cell in enumerate(notebook.cells, start=1):
        kept = [tag for tag in tags(cell) if tag in authoring.ANSWERS or tag == authoring.PROVIDED]
        fields: dict[str, Any] = {"id": (answer_tag(cell) or f"cell-{number:03}").replace(":", "-")}
        fields["metadata"] = {"tags": kept} if kept else {}
        if cell.cell_type == "markdown":
            yield new_markdown_cell(authoring.embed_images(cell.source, root), **fields)
        else:
            yield nbformat.v4.new_code_cell(cell.source, **fields)


def _write(path: Path, notebook: NotebookNode) -> None:
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8", newline="\n")
