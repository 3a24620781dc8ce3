"""Measures what reading a file takes, in a process that was forked for it.

``main`` takes the file and the number of values that may be visited. It prints, in a line each, the megabytes of memory
beyond what there was before, the seconds of the processor, the number of cells, and the refusal.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from assigned import read_submission

from autograder.intake import json_reader, notebook_file
from autograder.intake.submission import Refused


def peak() -> int:
    """The peak of this process's memory, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def main() -> int:
    """Measure, and print what was found."""
    path, values = Path(sys.argv[1]), int(sys.argv[2])
    json_reader.MAX_VALUES = values
    notebook_file.MAX_VALUES = values  # type: ignore[attr-defined] # its own name for it
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins here
    before, started, cells, told = peak(), time.process_time(), 0, ""
    try:
        cells = len(read_submission(path).cells)
    except Refused as refusal:
        told = str(refusal)
    print(peak() - before, time.process_time() - started, cells, told, sep="\n")
    return 0
