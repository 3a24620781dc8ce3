"""The build of everything that is generated: the skeleton, the self-check, the executed solution, otter's autograder.

``otter assign`` removes the solutions, so that only otter decides what a solution mark means.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.authoring import handout, leaks, source_file
from autograder.authoring.consistency import check_assignment
from autograder.authoring.hosting import hosting
from autograder.authoring.source_file import (
    MANIFEST,
    AuthoringError,
    Cell,
    Notebook,
    answer_tag,
    checked_question,
    question_of,
    tags,
)
from autograder.vocabulary import Check

NAME = MANIFEST.notebook
ASSIGN_SECONDS = 120
"""Time limit for ``otter assign``, in seconds; it takes about 5 s."""
CELL_SECONDS = 300
"""Time limit for one cell, in seconds. The slowest one trains the network, in 10 to 15 s on a free core."""

_OTTER = {
    "init_cell": False,
    "export_cell": False,
    "check_all_cell": False,
    "run_tests": False,
    "tests": {"files": True, "ok_format": False},
}
"""Settings of the assignment for otter. They switch off otter's own cells, which would require students to install it.

The released ``grader.check`` cells are in the source.
"""

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
_BUILT_FROM = "built_from"


def build(root: Path, tell: Callable[[str], None] = lambda line: None) -> None:
    """Write ``assignment/`` and the executed solution in ``solutions/`` anew.

    The solution is executed only if its cells, the self-check or a released template have changed. ``tell`` is called
    with a text before each long step.

    Raises ``AuthoringError`` for a fault in the source, ``consistency.AssignmentError`` for checks that do not fit
    together, and ``leaks.LeakError`` if the release would hold a secret.
    """
    write_release(root)
    assignment, solution = root / "assignment", solution_notebook(root)
    target = root / "solutions" / NAME
    executed = _read(target) if target.is_file() else None
    if executed is not None and executed.metadata.get(_BUILT_FROM) == built_from(solution):
        _take_outputs(solution, executed)
    else:
        execute(solution, assignment, tell)
    _write(target, solution)


def write_release(root: Path) -> None:
    """Write ``assignment/`` anew, and search it for secrets.

    Raises the same exceptions as ``build``.
    """
    check_assignment(ASSIGNMENT)
    assignment = root / "assignment"
    with tempfile.TemporaryDirectory() as folder:
        skeleton = student_notebook(root, assign(root, Path(folder)))
    _write(assignment / NAME, skeleton)
    handout.write_handout(assignment)
    leaks.check(assignment, root)


def master_notebook(root: Path, config: Mapping[str, Any] | None = None) -> Notebook:
    """Return the source as a master notebook for ``otter assign``. ``config`` adds to the assignment's settings.

    Raises ``AuthoringError`` for a fault in the source.
    """
    cells = [_cell("raw", "# ASSIGNMENT CONFIG\n" + json.dumps({**_OTTER, **(config or {})}))]
    for cell in source_file.read_source(root).cells:
        if question := question_of(cell):
            cells += _question(question, _solution(cell))
        else:
            cells.append(cell)
        if question := checked_question(cell):
            tests = [test for check in ASSIGNMENT.of(question) for test in _tests(check)]
            cells += _question(question, _block("TESTS", tests))
    return _notebook(cells)


def assign(root: Path, out: Path, config: Mapping[str, Any] | None = None) -> Path:
    """Run ``otter assign`` and return ``out``, which then holds the folders ``student/`` and ``autograder/``.

    ``config`` adds to the assignment's settings.

    Raises ``AuthoringError`` for a fault in the source, and ``RuntimeError`` with otter's output if otter fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        master = Path(folder) / NAME
        _write(master, master_notebook(root, config))
        command = [sys.executable, "-m", "otter", "assign", str(master), str(out), "--no-run-tests", "--no-pdfs"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=ASSIGN_SECONDS)
    if run.returncode:
        raise RuntimeError(f"otter assign failed:\n{run.stdout}{run.stderr}")
    return out


def student_notebook(root: Path, assigned: Path) -> Notebook:
    """Return the skeleton: otter's student notebook with its figures embedded and without otter's traces.

    Raises ``AuthoringError`` if a blank stub does not raise ``NotImplementedError``.
    """
    notebook = _normalised(_read(assigned / "student" / NAME), root)
    hosting(settings.load().files_url).fill_in(notebook.cells)
    for number, cell in enumerate(notebook.cells, start=1):
        question = question_of(cell)
        if question in MANIFEST.methods and f'raise NotImplementedError("Question {question}' not in cell.source:
            mend = "Put the raise between # BEGIN PROMPT and # END PROMPT, after # END SOLUTION"
            raise AuthoringError("the blank stub does not raise NotImplementedError", mend, number, cell)
    return notebook


def solution_notebook(root: Path) -> Notebook:
    """Return the solution as a notebook that is not yet executed: the source without its marks."""
    source = source_file.read_source(root)
    for cell in source.cells:
        if cell.cell_type == "code":
            cell.source = source_file.without_marks(cell.source)
    return _normalised(source, root)


def built_from(solution: Notebook) -> str:
    """Return a digest of all that decides the solution's outputs: its cells, the self-check and released templates."""
    parts = [cell.source for cell in _code(solution)]
    return hashlib.sha256("\0".join([*parts, handout.executed_beside()]).encode()).hexdigest()


def execute(solution: Notebook, assignment: Path, tell: Callable[[str], None] = lambda line: None) -> None:
    """Run the solution and keep its outputs. It runs where students run theirs, beside the self-check and the data."""
    code = _code(solution)

    def begins(cell: Cell, cell_index: int) -> None:
        if cell in code:
            tell(f"running cell {code.index(cell) + 1} of {len(code)}: " + cell.source.strip().partition("\n")[0])

    digest = built_from(solution)
    inline = "module://matplotlib_inline.backend_inline"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": inline}
    client = NotebookClient(
        solution,
        timeout=CELL_SECONDS,
        record_timing=False,  # else every run would give other bytes
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],  # without a warning about encryption on the loopback device
        on_cell_execute=begins,
    )
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder) / NAME  # which the self-check looks at, in place of the skeleton in ``assignment``
        _write(saved, solution)
        client.execute(cwd=str(assignment), env={**environment, "JPY_SESSION_NAME": str(saved)})
    for cell in solution.cells:
        cell.metadata.pop("execution", None)
    solution.metadata = {**_METADATA, _BUILT_FROM: digest}


def _take_outputs(solution: Notebook, executed: Notebook) -> None:
    """Copy the outputs from ``executed``, which has the same code; only the prose of the solution has changed."""
    for cell, before in zip(_code(solution), _code(executed), strict=True):
        cell.outputs, cell.execution_count = before.outputs, before.execution_count
    solution.metadata = executed.metadata


def _code(notebook: Notebook) -> list[Cell]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def as_text(notebook: Notebook) -> str:
    """Return the notebook as the text of an ``.ipynb`` file."""
    write: Callable[..., str] = nbformat.writes
    return write(notebook).rstrip("\n") + "\n"


def _question(name: str, cells: list[Cell]) -> list[Cell]:
    config = json.dumps({"name": name, "check_cell": False})
    return [_cell("raw", f"# BEGIN QUESTION\n{config}"), *cells, _cell("raw", "# END QUESTION")]


def _block(kind: str, cells: list[Cell]) -> list[Cell]:
    return [_cell("raw", f"# BEGIN {kind}"), *cells, _cell("raw", f"# END {kind}")]


def _solution(cell: Cell) -> list[Cell]:
    if cell.cell_type == "code":
        return _block("SOLUTION", [cell])
    prompt = _cell("markdown", MANIFEST.blank, metadata={"tags": tags(cell)})
    return [*_block("PROMPT", [prompt]), *_block("SOLUTION", [cell])]


def shares(check: Check) -> int:
    """Return the number of equal shares of a check's points: one for each method that it computes with."""
    return len(ASSIGNMENT.methods_of(check)) if check.sees else 1


def _tests(check: Check) -> Iterator[Cell]:
    """Yield tests in otter's exception format that read the trusted ``report``, one for each share of the points.

    There is a test for each share because otter pays all of a test's points or none.
    """
    count = shares(check)
    for share in range(1, count + 1):
        name = check.id.replace(".", "_") + (f"_{share}_of_{count}" if count > 1 else "")
        yield _cell(
            "code",
            f'''""" # BEGIN TEST CONFIG
points: {check.points // count}
hidden: {str(check.visibility == "hidden").lower()}
""" # END TEST CONFIG
def test_{name}(report):
    [check] = [check for check in report["checks"] if check["id"] == "{check.id}"]
    if check["score"] < {share * check.points // count}:
        raise AssertionError(check["message"])''',
        )


def _normalised(notebook: Notebook, root: Path) -> Notebook:
    """Return the notebook with predictable cell ids, our tags only, embedded figures, and no outputs."""
    return _notebook([_normalised_cell(number, cell, root) for number, cell in enumerate(notebook.cells, start=1)])


def _normalised_cell(number: int, cell: Cell, root: Path) -> Cell:
    kept = [tag for tag in tags(cell) if tag in source_file.ANSWERS or tag == source_file.PROVIDED]
    name = (answer_tag(cell) or f"cell-{number:03}").replace(":", "-")
    source = source_file.embed_images(cell.source, root) if cell.cell_type == "markdown" else cell.source
    return _cell(cell.cell_type, source, id=name, metadata={"tags": kept} if kept else {})


# --- nbformat's functions have no annotations; these do -----------------------------------------------------------


def _cell(kind: str, source: str, **fields: Any) -> Cell:
    make: Callable[..., Cell] = getattr(nbformat.v4, f"new_{kind}_cell")
    return make(source, **fields)


def _notebook(cells: list[Cell]) -> Notebook:
    make: Callable[..., Notebook] = nbformat.v4.new_notebook
    return make(cells=cells, metadata=_METADATA)


def _read(path: Path) -> Notebook:
    read: Callable[..., Notebook] = nbformat.reads
    return read(path.read_text(encoding="utf-8"), as_version=4)


def _write(path: Path, notebook: Notebook) -> None:
    nbformat.validate(notebook)
    path.write_text(as_text(notebook), encoding="utf-8", newline="\n")
