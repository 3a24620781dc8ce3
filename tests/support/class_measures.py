"""Measures class mode on this machine: run as a program, it prints the figures that the README quotes.

Nothing else should run meanwhile; time of the processor is given beside that of the clock, which shows whether it did.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.class_rows import on_cores
from class_folders import make_cheap_class, make_class, measured
from specimens import ROOT

from autograder.classroom.result_store import Store

STUDENTS = 300
CHEAP_SIZES = (300, 3000)
MANY = 100_000
SECONDS = 3600


def run(source: Path, out: Path, cores: int, *, cheap: bool = False) -> tuple[float, float, str]:
    """Seconds of the clock, of the processor, and what the command printed, on so many cores for all its processes."""
    program = [str(ROOT / "tests" / "support" / "class_folders.py")] if cheap else ["-m", "autograder", "class"]
    command = [*on_cores(cores), sys.executable, *program, str(source), "--out", str(out)]
    environment = {**os.environ, "CLASS_JOURNAL": os.devnull}
    used, started = os.times(), time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS, check=True
    )
    spent = os.times()
    processor = spent.children_user + spent.children_system - used.children_user - used.children_system
    return time.monotonic() - started, processor, done.stdout


def speed(folder: Path) -> None:
    """A class on one core and on two, a second run over it, and what the longest gradings cost."""
    different = len({row.specimen for row in make_class(folder / "class", STUDENTS, measured()).values()})
    clock = {cores: run(folder / "class", folder / f"out{cores}", cores) for cores in (1, 2)}
    again = run(folder / "class", folder / "out2", 2)
    results = Store(folder / "out1" / "results")
    seconds = sorted(results.read(key)["seconds"] for key in results)
    print(f"{STUDENTS} students, {different} different hand-ins, {len(seconds)} of them graded")
    for cores, (elapsed, processor, _) in clock.items():
        print(f"{cores} core{'s'[: cores - 1]}: {elapsed:.1f} s, {processor:.1f} s of the processor")
    print(f"two cores are {clock[1][0] / clock[2][0]:.2f} times as fast as one")
    print(f"a second run over the finished class: {again[0]:.1f} s, {again[1]:.1f} s of the processor")
    print(f"one grading: {median(seconds):.2f} s (median), {max(seconds):.1f} s (the longest, a full training)")
    print(f"{MANY:,} full trainings: {MANY * max(seconds) / 3600:.0f} hours of a core")


def memory(folder: Path) -> None:
    """The driver's peak of memory, and its own time a student, for classes of different sizes."""
    for size in CHEAP_SIZES:
        make_cheap_class(folder / f"class{size}", size)
        seconds, _, printed = run(folder / f"class{size}", folder / f"out{size}", 2, cheap=True)
        peak = re.search(r"peak (\d+) kB", printed)
        assert peak
        again = run(folder / f"class{size}", folder / f"out{size}", 2, cheap=True)[0]
        print(f"{size} students: peak {int(peak[1]) / 1024:.0f} MB, {1000 * seconds / size:.1f} ms each, ", end="")
        print(f"{1000 * again / size:.1f} ms each in a second run")


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory(prefix="class-measures-") as name:
        for measure in (memory, speed):
            measure(Path(name))


if __name__ == "__main__":
    main()
