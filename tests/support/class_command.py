"""The command ``class`` at work: started without its imports, watched, and what it printed and wrote."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from forks import GONE, Fork, Forks

CHEAP = ("class_folders",)
"""The command with cheap gradings, to be forked."""
REAL = ("autograder.__main__", "class")
"""The command with real gradings, to be forked."""
KILLS = 12
SECONDS = 120
"""For a cheap class on a busy machine; about 3 s otherwise."""


def command(source: Path, out: Path, *more: str, jobs: int = 1) -> list[str]:
    """The arguments of the command ``class``."""
    return [str(source), "--out", str(out), "--jobs", str(jobs), *more]


@contextmanager
def start(
    forks: Forks, source: Path, out: Path, *more: str, jobs: int = 1, program: tuple[str, ...] = CHEAP
) -> Iterator[Fork]:
    """Start a class, with cheap gradings unless another program is named; at the end it is killed if it still runs."""
    driver = forks.start(*program, *command(source, out, *more, jobs=jobs))
    try:
        yield driver
    finally:
        driver.kill()
        driver.communicate(GONE)


def finish(driver: Fork, status: int = 0) -> str:
    """What a command prints until its end."""
    printed = driver.communicate(SECONDS)[0]
    assert driver.returncode == status, printed
    return printed


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == len({line["Name"] for line in lines})
    return {line["Name"]: line for line in lines}


def counts(printed: str) -> tuple[int, ...]:
    """Students, results graded, results stored before, and submissions that could not be read."""
    found = re.search(r"(\d+) students .*?: (\d+) results graded in .*?, (\d+) were stored, (\d+) submissions", printed)
    assert found, printed
    return tuple(map(int, found.groups()))


def until(
    condition: Callable[[], object],
    process: Fork | None = None,
    *,
    seconds: float = SECONDS,
    pause: float = 0.01,
) -> None:
    """Wait for the condition, or for the process to end; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not condition() and (process is None or process.poll() is None):
        assert time.monotonic() < deadline
        time.sleep(pause)
