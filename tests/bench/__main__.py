"""``make bench``, or in the folder ``tests`` ``python -m bench [--only ROW ...] [--repeats N]``."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
from specimens import ROOT

from bench import class_rows, container_rows, grading_rows, growth_rows, opening_rows, page, training_rows
from bench.measure import CommandFailed, Run
from bench.results import Group, Results, read, write
from bench.targets import targets
from bench.workshop import Workshop

KEPT = ROOT / "build" / "bench.json"
PAGE = ROOT / "BENCHMARKS.md"
REPEATS = 3
"""Enough for a median; the demo and stock otter take more than a minute each time."""

Measure = Callable[[Workshop], tuple[dict[str, list[Run]], dict[str, Any]]]
ROWS: dict[str, Measure] = {
    "grade": grading_rows.measure,
    "student": training_rows.measure,
    "setup": container_rows.measure,
    "class": class_rows.measure,
    "growth": growth_rows.measure,
    "opening": opening_rows.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the rows that are wanted and write the page; 1 if a row could not be measured."""
    options = _options(arguments)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as for a user, whose second run finds the bytecode of the first
    load = f"{os.getloadavg()[0]:.1f} at the start (a quiet machine: 0)"
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    kept = read(KEPT)
    groups, failed = dict(kept.groups) if options.only else {}, []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        shop = Workshop(Path(folder), options.repeats, _say)
        for row in options.only or ROWS:
            _say(f"{row}")
            started = time.monotonic()
            try:
                runs, facts = ROWS[row](shop)
            except (CommandFailed, ValueError, OSError, subprocess.SubprocessError) as error:
                _say(f"  {row} could not be measured: {error}")
                failed.append(row)
                continue
            groups[row] = Group(when, runs, facts)
            write(Results({**machine(), "load": load}, groups), KEPT)
            _say(f"  {row} took {time.monotonic() - started:.0f} s")
    results = read(KEPT)
    if groups:
        PAGE.write_text(page.render(results), encoding="utf-8")
    for target in targets(results):
        _say("  ".join(target.row()))
    return 1 if failed else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and write BENCHMARKS.md.")
    parser.add_argument("--only", nargs="+", choices=[*ROWS], metavar="ROW", help=f"only these of {', '.join(ROWS)}")
    parser.add_argument("--repeats", type=int, default=REPEATS, help=f"runs of each command ({REPEATS})")
    return parser.parse_args(arguments)


def _say(text: str) -> None:
    print(f"{datetime.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def machine() -> dict[str, str]:
    """The machine and the versions that the figures depend on."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    packages = ("numpy", "otter-grader", "psutil")
    return {
        "commit": commit.stdout.strip() or "unknown",
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "versions": ", ".join([f"Python {platform.python_version()}", *(f"{p} {version(p)}" for p in packages)]),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


if __name__ == "__main__":
    sys.exit(main())
