"""A class of 100: submissions a minute on one core and on two, with and without duplicates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from assigned import OPERATORS
from specimens import ROOT, Notebook, Specimen, skeleton, solution_answers, specimens, with_answers, write

from autograder.classroom.pools import core_numbers
from bench import grading_rows
from bench.measure import Run
from bench.results import Group
from bench.workshop import PYTHON, Command, Workshop

STUDENTS = 100
MIXTURE = {"right": 0.2, "wrong": 0.5, "blank": 0.3}
"""A class some days before the deadline. The right ones cost most: each is trained to the end."""
COPIES = 4
"""In the class with duplicates, students who handed in the same answers."""
DIFFERENT, DUPLICATES = "all different", f"{COPIES} of each"
STOCK = "stock `otter run` in a loop, all different, 1 core"
NOTE = f"""
{STUDENTS} notebooks by `python -m autograder class`: {MIXTURE["right"]:.0%} right, {MIXTURE["wrong"]:.0%} wrong in ways
of the gallery, {MIXTURE["blank"]:.0%} blank. A right one costs ten epochs, so their share decides. *Stock otter* ran
in a loop over a sample of one right, one wrong and one blank submission; its rate is for the same shares.
""".strip()


def name(kind: str, cores: int) -> str:
    """The name of the runs of a class."""
    return f"{kind}, {cores} {'core' if cores == 1 else 'cores'}"


def measure(shop: Workshop) -> tuple[dict[str, list[Run]], dict[str, Any]]:
    """Grade each class once on one core and once on two: a class is its own repetition."""
    runs = {}
    for kind, copies in ((DIFFERENT, 1), (DUPLICATES, COPIES)):
        folder = write_class(shop.new_folder("class"), STUDENTS, copies)
        for cores in (2, 1):
            runs[name(kind, cores)] = [grade(shop, name(kind, cores), folder, cores)]
    return runs, {"students": STUDENTS, "mixture": MIXTURE}


def stock_rate(graded: Group) -> float:
    """Submissions a minute of stock otter for the shares of the class, from its runs on one submission of each kind."""
    seconds = {kind: graded.wall(grading_rows.name(grading_rows.STOCK, kind)).median for kind in MIXTURE}
    return 60 / sum(share * seconds[kind] for kind, share in MIXTURE.items())


def grade(shop: Workshop, what: str, folder: Path, cores: int) -> Run:
    """``python -m autograder class``, into a new folder; every student must be in the gradebook."""
    out = shop.new_folder("out")
    command: Command = [*on_cores(cores), PYTHON, "-m", "autograder", "class", folder, "--out", out]
    run = shop.run(what, command, ROOT)
    rows = (out / "gradebook.csv").read_text(encoding="utf-8").splitlines()[1:]
    students = sum(1 for _ in folder.iterdir())
    if len(rows) != students:
        raise ValueError(f"the gradebook of {students} students has {len(rows)} rows:\n{run.output[-2000:]}")
    return run


def on_cores(count: int) -> list[str]:
    """What makes a command, with all that it starts, run on the first ``count`` cores."""
    return ["taskset", "--cpu-list", ",".join(map(str, core_numbers()[:count]))]


def write_class(folder: Path, students: int, copies: int = 1) -> Path:
    """Write one notebook a student, of which ``copies`` each have the same answers."""
    different = notebooks(students // copies)
    for number in range(students):
        write(different[number % len(different)], folder / f"student_{number:03}.ipynb")
    return folder


def notebooks(count: int) -> list[Notebook]:
    """``count`` different notebooks in the proportions of ``MIXTURE``, in an order that mixes them."""
    wrong = _plain_wrong()
    right = round(count * MIXTURE["right"])
    blank = round(count * MIXTURE["blank"])
    made = [_right(number) for number in range(right)] + [blank_notebook(number) for number in range(blank)]
    made += [wrong[number * len(wrong) // count].notebook() for number in range(count - right - blank)]
    return [made[number * 37 % count] for number in range(count)] if count % 37 else made


def _right(number: int) -> Notebook:
    """The solution as one more student would write it: with another name for the result."""
    answers = solution_answers()
    return with_answers(*((name, re.sub(r"\bout\b", f"result_{number}", answers[name])) for name in OPERATORS))


def blank_notebook(number: int) -> Notebook:
    """The skeleton with a note of the student's own."""
    notebook = skeleton()
    notebook["cells"].append(
        {
            "cell_type": "code",
            "id": "note",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": f"note_{number} = {number}",
        }
    )
    return notebook


def _plain_wrong() -> list[Specimen]:
    """The gallery's wrong specimens that replace answers of the notebook, and nothing else."""
    return [one for one in specimens("wrong") if all(name in solution_answers() for name, _ in one.cells)]
