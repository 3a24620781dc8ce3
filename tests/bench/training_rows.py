"""A student's ten epochs: the notebook's loop, the demo's, and the same arithmetic in NumPy."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bench import programs
from bench.measure import Run
from bench.programs import DATA_FOLDER
from bench.workshop import PYTHON, Workshop

NOTEBOOK = "the notebook's loop"
DEMO = "the demo's loop"
NUMPY = "NumPy"
NOTE = """
The whole process: start, imports, data and ten epochs with the losses on the test houses. *The demo's loop* is
`tests/bench/fixtures/demo.py`: recursive `backward` in pre-order, garbage collector on; its layer is mended so that the
loss falls, its gradients are not right, and its last loss is another one in each run. *NumPy* is the same arithmetic in
arrays, as the notebook's last section does it.
""".strip()
DEMO_REPEATS = 2
"""More than a minute each."""
FIRST_LOSS, LAST_LOSS = 497.6749, 96.4032
"""Of the training with right gradients; the demo's backward shares only the first."""

_PROGRAMS: dict[str, Callable[[], str]] = {
    NOTEBOOK: programs.notebook,
    DEMO: programs.demo,
    NUMPY: programs.numpy,
}


def measure(shop: Workshop) -> tuple[dict[str, list[Run]], dict[str, Any]]:
    """Train with each program, one after another, as often as repeats are wanted."""
    runs: dict[str, list[Run]] = {}
    losses: dict[str, list[float]] = {}
    for repeat in range(shop.repeats):
        for name, program in _PROGRAMS.items():
            if name == DEMO and repeat >= DEMO_REPEATS:
                continue
            path = shop.folder / "training.py"
            path.write_text(program(), encoding="utf-8")
            run = shop.run(name, [PYTHON, "-I", path], DATA_FOLDER)
            runs.setdefault(name, []).append(run)
            losses[name] = json.loads(run.output)
            _require_losses(name, losses[name])
    return runs, {"last loss": {name: values[-1] for name, values in losses.items()}}


def _require_losses(name: str, losses: list[float]) -> None:
    """Raise ``ValueError`` unless the training was the assignment's."""
    ends = [round(losses[0], 4), round(losses[-1], 4)]
    if len(losses) != 10 or ends[0] != FIRST_LOSS or (name != DEMO and ends[1] != LAST_LOSS):
        raise ValueError(f"{name} did not train as the assignment does: {losses}")
