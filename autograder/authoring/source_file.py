"""Reading of the one source in ``solutions/``: its cells, tags, solution marks and figures, and their faults.

The source is a jupytext percent file. Answer cells have a tag (``answer:`` and a name). The solution in them stands
between otter's marks. Every question has one cell that calls ``grader.check`` with the question's name.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

import jupytext  # type: ignore[import-untyped]  # it ships no annotations
import nbformat

from autograder.assignment import ASSIGNMENT
from autograder.wire.answers import read_answers

Cell: TypeAlias = nbformat.NotebookNode
Notebook: TypeAlias = nbformat.NotebookNode

MANIFEST = ASSIGNMENT.manifest
SOURCE = Path(f"solutions/{MANIFEST.name}.py")

ANSWERS = {
    **{f"answer:{question}": question for question in MANIFEST.methods},
    **{f"answer:{answer.cell}": answer.question for answer in MANIFEST.answers},
}
"""Question of each answer cell, by the tag of the cell."""

PROVIDED = "provided"
"""Tag of the cells with the definitions that every submission is graded with."""

_MARK = re.compile(r'^\s*(?:"""\s*)?# (BEGIN|END) (SOLUTION|PROMPT)( NO PROMPT)?\s*$')
_LINE_MARK = re.compile(r"\s*# SOLUTION\s*$")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)\)")
_OPTION = re.compile(r"^\s*(?:[-*]\s+)?\*{0,2}([A-Z])[.):]", re.MULTILINE)


class AuthoringError(ValueError):
    """Exception for a source that cannot be built. The message names the question and the cell, and how to mend it."""

    def __init__(self, problem: str, mend: str, number: int = 0, cell: Cell | None = None) -> None:
        where = str(SOURCE)
        if cell is not None:
            first_line = cell.source.strip().partition("\n")[0]
            question = question_of(cell)
            where += f", {f'question {question}, ' if question else ''}cell {number} ({first_line[:60]!r})"
        super().__init__(f"{where}: {problem}. {mend}.")


def read_source(root: Path) -> Notebook:
    """Return the source as a notebook, after checking its cells.

    Raises ``AuthoringError`` for the first fault that an instructor must mend before anything can be built.
    """
    notebook: Notebook = jupytext.reads((root / SOURCE).read_text(encoding="utf-8"), fmt="py:percent")
    for cell in notebook.cells:
        cell.source = cell.source.strip("\n")
    _check_tags(notebook.cells)
    _check_checks(notebook.cells)
    for number, cell in enumerate(notebook.cells, start=1):
        _check_marks(number, cell)
        _check_images(number, cell, root)
    _check_key(notebook.cells)
    return notebook


def tags(cell: Cell) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def answer_tag(cell: Cell) -> str:
    """Return the answer tag of a cell, or ""."""
    return next((tag for tag in tags(cell) if tag.startswith("answer:")), "")


def question_of(cell: Cell) -> str:
    """Return the question whose answer a cell holds, or ""."""
    return ANSWERS.get(answer_tag(cell), "")


def checked_question(cell: Cell) -> str:
    """Return the question that a ``grader.check("…")`` cell checks, or "" for another cell."""
    match = re.fullmatch(r'grader\.check\("(\w+)"\)', cell.source.strip()) if cell.cell_type == "code" else None
    return match.group(1) if match else ""


def without_marks(source: str) -> str:
    """Return ``source`` with the solution in it, but without the marks and the blank stub."""
    lines, in_prompt = [], False
    for line in source.split("\n"):
        mark = _MARK.match(line)
        if mark:
            in_prompt = mark.group(1, 2) == ("BEGIN", "PROMPT")
        elif not in_prompt:
            lines.append(_LINE_MARK.sub("", line))
    return "\n".join(lines)


def solution_lines(source: str) -> Iterator[str]:
    """Yield the lines of ``source`` that belong to the solution, which otter removes."""
    inside = False
    for line in source.split("\n"):
        mark = _MARK.match(line)
        if mark and mark.group(2) == "SOLUTION":
            inside = mark.group(1) == "BEGIN"
        elif inside or _LINE_MARK.search(line):
            yield _LINE_MARK.sub("", line)


def embed_images(source: str, root: Path) -> str:
    """Return markdown with every figure embedded, so that a notebook that is moved or mailed keeps its figures.

    A figure becomes an ``img`` element, because VS Code and nbconvert refuse SVG data in markdown's own ``![]()``.
    """

    def embedded(match: re.Match[str]) -> str:
        data = base64.b64encode((root / SOURCE.parent / match["path"]).read_bytes()).decode()
        alt = html.escape(" ".join(match["alt"].split()))
        return f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}">'

    return _IMAGE.sub(embedded, source)


def _check_tags(cells: Iterable[Cell]) -> None:
    seen: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        for tag in tags(cell):
            if tag not in ANSWERS and tag != PROVIDED:
                known = ", ".join([*ANSWERS, PROVIDED])
                raise AuthoringError(f"the tag {tag!r} is not known", f"Use one of {known}", number, cell)
            if tag in seen and tag != PROVIDED:
                raise AuthoringError(f"a second cell has the tag {tag!r}", "Leave it on one of them", number, cell)
            seen.add(tag)
    for tag, question in ANSWERS.items():
        if tag not in seen:
            raise AuthoringError(f"question {question}: no cell has the tag {tag!r}", f'Write # %% tags=["{tag}"]')


def _check_checks(cells: Iterable[Cell]) -> None:
    found = [checked_question(cell) for cell in cells]
    for question in MANIFEST.questions:
        if found.count(question) != 1:
            problem = f'question {question}: {found.count(question)} cells hold grader.check("{question}")'
            raise AuthoringError(problem, "Give each question exactly one such cell")


def _check_marks(number: int, cell: Cell) -> None:
    is_answer = question_of(cell) != ""
    opened = ""
    for line in cell.source.split("\n"):
        mark = _MARK.match(line)
        if mark is None:
            continue
        if not is_answer:
            mend = "Tag the cell as an answer, or take the mark out"
            raise AuthoringError(f"a solution mark outside the answer cells: {line.strip()}", mend, number, cell)
        edge, kind = mark.group(1, 2)
        if (edge == "BEGIN") == bool(opened) or (edge == "END" and opened != kind):
            mend = "Every # BEGIN has one # END of its kind after it, and they do not nest"
            raise AuthoringError(f"the mark {line.strip()} has no partner", mend, number, cell)
        opened = kind if edge == "BEGIN" else ""
    if opened:
        raise AuthoringError(f"# BEGIN {opened} is never closed", f"Add # END {opened}", number, cell)
    if is_answer and cell.cell_type == "code":
        _check_answer(number, cell)


def _check_answer(number: int, cell: Cell) -> None:
    question = question_of(cell)
    if not any(solution_lines(cell.source)):
        mend = "Mark its solution with # BEGIN SOLUTION NO PROMPT and # END SOLUTION, or # SOLUTION on a line"
        raise AuthoringError("an answer without a marked solution would reach students", mend, number, cell)
    if question in MANIFEST.methods and f'raise NotImplementedError("Question {question}: ' not in cell.source:
        mend = f'Add raise NotImplementedError("Question {question}: …") between # BEGIN PROMPT and # END PROMPT'
        raise AuthoringError("the blank stub does not name its question", mend, number, cell)


def _check_images(number: int, cell: Cell, root: Path) -> None:
    if cell.cell_type != "markdown":
        return
    for image in _IMAGE.finditer(cell.source):
        file = root / SOURCE.parent / image["path"]
        if file.suffix != ".svg" or not file.is_file():
            raise AuthoringError(f"the figure {image['path']} is missing", f"Put an SVG file at {file}", number, cell)
        if not image["alt"].strip():
            mend = f"Describe it: ![what it shows]({image['path']})"
            raise AuthoringError(f"the figure {image['path']} has no alt text", mend, number, cell)


def _check_key(cells: Iterable[Cell]) -> None:
    """Check that the typed answers are those of the rubric, and that each letter is one of the options above it.

    Raises ``AuthoringError`` for the first one that is not.
    """
    options: list[str] = []
    for number, cell in enumerate(cells, start=1):
        if cell.cell_type == "markdown":
            options = _OPTION.findall(cell.source) or options
            continue
        code = [without_marks(cell.source)]
        choices, evidence = read_answers(code, MANIFEST.named("letter"), MANIFEST.named("number"))
        for name, value in {**choices, **evidence}.items():
            if value != (right := ASSIGNMENT.key[name]):
                problem = f"{name} is {value!r} here, and the rubric says {right!r}"
                raise AuthoringError(problem, "Make the source and the rubric agree", number, cell)
        for name, letter in choices.items():
            if letter not in options:
                shown = ", ".join(options) or "none"
                problem = f"the key of {name} is {letter!r}, and the options above are: {shown}"
                raise AuthoringError(problem, "Make it the letter of one of them, as in - **A.** text", number, cell)
