"""What the benchmark measured: a group of runs for each row of the table, kept as JSON until the page is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.figures import Spread, spread
from bench.measure import Run


@dataclass(frozen=True)
class Group:
    """Runs by what was run, and facts that are no runs (counts, sizes, exponents).

    ``when`` is the date of the whole benchmark that the group is from.
    """

    when: str
    runs: Mapping[str, list[Run]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)

    def wall(self, name: str) -> Spread:
        """Seconds from start to end."""
        return spread(run.wall for run in self.runs[name])

    def cpu(self, name: str) -> Spread:
        """Seconds of CPU time, all processes together."""
        return spread(run.cpu for run in self.runs[name])

    def peak(self, name: str) -> Spread:
        """Bytes of memory, all processes together."""
        return spread(run.peak for run in self.runs[name])


@dataclass(frozen=True)
class Results:
    """All groups by name, and the machine they were measured on."""

    machine: Mapping[str, str]
    groups: Mapping[str, Group]


def write(results: Results, path: Path) -> None:
    """Keep the results in a file, without what the commands printed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    silent = {
        name: {what: [replace(run, output="") for run in runs] for what, runs in group.runs.items()}
        for name, group in results.groups.items()
    }
    groups = {name: replace(group, runs=silent[name]) for name, group in results.groups.items()}
    path.write_text(json.dumps(asdict(replace(results, groups=groups)), indent=1), encoding="utf-8")


def read(path: Path) -> Results:
    """The results in a file; none if there is no file."""
    if not path.is_file():
        return Results({}, {})
    kept = json.loads(path.read_text(encoding="utf-8"))
    groups = {
        name: Group(
            group["when"],
            {what: [Run(**run) for run in runs] for what, runs in group["runs"].items()},
            group["facts"],
        )
        for name, group in kept["groups"].items()
    }
    return Results(kept["machine"], groups)
