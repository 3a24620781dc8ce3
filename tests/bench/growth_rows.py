"""How the cost grows with the size of the work: exponents of a power law fitted to the measured times."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from assigned import OPERATORS, sandbox
from specimens import solution_answers, write

from autograder.autodiff.sealed.training import LEARNING_RATE, training_case, with_houses
from autograder.sandbox.sandbox import Sandbox
from bench import class_rows, programs
from bench.figures import exponent
from bench.measure import Run
from bench.programs import DATA_FOLDER
from bench.workshop import PYTHON, Workshop

HOUSES_OF_GRAPH = (2, 19, 195, 1949)
"""One house makes 513 nodes: graphs of 10³ to 10⁶ nodes."""
EPOCHS = (2, 4, 8, 16)
HOUSES = (50, 101, 202, 404)
STUDENTS = (20, 40, 80, 160)
CORES = 2
REPEATS = 5
"""Of each graph and training; the least counts, for all above it is other programs' and a cold cache's doing, and that
weighs most on the smallest. A class is large enough to be measured once."""

_GRAPHS = """
import json
from time import process_time

def nodes_of(root):
    seen, todo = {{root}}, [root]
    while todo:
        for child in todo.pop()._prev - seen:
            seen.add(child)
            todo.append(child)
    return len(seen)

def measure(houses):
    rows = [k % len(x_train) for k in range(houses)]
    with garbage_collector_paused():
        started = process_time()
        loss = mean_squared_error(build_network(), x_train[rows], y_train[rows])
        built = process_time()
        loss.backward()
        walked = process_time()
        return nodes_of(loss), built - started, walked - built

for houses in {houses}:
    least = [min(column) for column in zip(*(measure(houses) for _ in range({repeats})))]
    print(json.dumps(least), flush=True)
"""


def measure(shop: Workshop) -> tuple[dict[str, list[Run]], dict[str, Any]]:
    """Seconds by size for each kind of growth, and the exponents."""
    graphs = _graphs(shop)
    seconds = {
        "nodes: building the graph": {nodes: built for nodes, built, _ in graphs},
        "nodes: backward": {nodes: walked for nodes, _, walked in graphs},
        "epochs: the grader's training": _trainings(shop, "epochs", EPOCHS, count=101),
        "houses: the grader's training": _trainings(shop, "count", HOUSES, epochs=4),
        "students: a class of blank notebooks": _classes(shop),
    }
    exponents = {what: exponent(list(of_size), list(of_size.values())) for what, of_size in seconds.items()}
    listed = {what: [[size, second] for size, second in of_size.items()] for what, of_size in seconds.items()}
    return {}, {"seconds": listed, "exponents": exponents}


def _graphs(shop: Workshop) -> list[tuple[int, float, float]]:
    """Nodes, seconds to build and seconds of ``backward``, with the notebook's ``Value``."""
    program = shop.folder / "graphs.py"
    program.write_text(
        programs.definitions() + _GRAPHS.format(houses=HOUSES_OF_GRAPH, repeats=REPEATS), encoding="utf-8"
    )
    run = shop.run("graphs", [PYTHON, "-I", program], DATA_FOLDER)
    return [tuple(json.loads(line)) for line in run.output.splitlines()]


def _trainings(shop: Workshop, varied: str, sizes: tuple[int, ...], **fixed: int) -> Mapping[int, float]:
    """Seconds of a training in the sandbox by size, the least of some."""
    shop.say(f"  the grader's training by {varied}")
    answers = [solution_answers()[name] for name in OPERATORS]
    seconds: dict[int, list[float]] = {size: [] for size in sizes}
    with sandbox(answers) as box:
        box.load()
        for size in [*sizes] * REPEATS:
            case = training_case(seed=59, first=0, learning_rate=LEARNING_RATE, **{**fixed, varied: size})
            seconds[size].append(_seconds_of_training(box, with_houses(case)))
    return {size: min(of_size) for size, of_size in seconds.items()}


def _seconds_of_training(box: Sandbox, case: Mapping[str, Any]) -> float:
    started = time.perf_counter()
    observed = list(box.stream("gradient_descent_on_tape", case, steps=case["epochs"], seconds=100))
    if len(observed) != case["epochs"] or observed[-1].status != "returned":
        raise ValueError(f"the training ended with {observed[-1]}")
    return time.perf_counter() - started


def _classes(shop: Workshop) -> Mapping[int, float]:
    """Seconds of a class by its size."""
    seconds = {}
    for students in STUDENTS:
        folder = shop.new_folder("class")
        for number in range(students):
            write(class_rows.blank_notebook(number), folder / f"student_{number:03}.ipynb")
        seconds[students] = class_rows.grade(shop, f"class of {students} blank notebooks", folder, CORES).wall
    return seconds
