"""BENCHMARKS.md, and in it the table of the main ratios."""

from __future__ import annotations

from collections.abc import Iterable

from documents import contents

from bench import class_rows, container_rows, growth_rows, opening_rows, training_rows
from bench import grading_rows as grading
from bench.figures import MEGABYTE, table
from bench.results import Group, Results
from bench.targets import rows, targets

_SUBJECT = "`make bench` measures the grader beside stock otter and the notebook beside the demo."
_HEAD = ("", "measured", "target", "met")
_RUN_HEAD = ("", "runs", "wall, s", "CPU, s", "memory, MB")
_METHOD = """
Each figure is the median of its runs, with the least and the most in brackets. Every run is a new process. *Wall* is
the time from its start to its end. *CPU* is the kernel's own sum over the process and all that it started, taken as
each ends; orphans are adopted and count too. *Memory* is the largest sum, over all processes alive at the same moment
and over all runs, of their proportional set sizes (a page that n processes share counts 1/n in each), read up to twenty
times a second from `/proc/PID/smaps_rollup`. Python's bytecode is cached, as it is for a user from the second run on. A
row with a run whose score or losses are not the right ones is not written.
"""


def render(results: Results) -> str:
    """The whole page."""
    sections = {
        "grade": ("Grading one submission", _grading),
        "student": ("A student's ten epochs", _training),
        "setup": ("Setting up the container", _set_up),
        "class": ("A class", _class),
        "growth": ("Growth", _growth),
        "opening": ("The staff's page of a class", _opening),
    }
    titles = ["The main ratios", "Method", *(title for name, (title, _) in sections.items() if name in results.groups)]
    parts = [
        "# Benchmarks",
        _origin(results),
        contents(titles),
        "## The main ratios",
        ratios(results),
        "## Method",
        _METHOD.strip(),
    ]
    for name, (title, section) in sections.items():
        if name in results.groups:
            parts += [f"## {title}", section(results.groups[name], results)]
    return "\n\n".join(parts) + "\n"


def ratios(results: Results) -> str:
    """The table of targets."""
    return table(_HEAD, rows(targets(results)))


def _origin(results: Results) -> str:
    dates = sorted({group.when for group in results.groups.values()})
    how = "in one run" if len(dates) == 1 else f"in {len(dates)} runs of some rows each"
    lines = [f"{_SUBJECT} Written by it on {dates[-1]}, measured {how}."]
    lines += [f"- {name}: {value}" for name, value in results.machine.items()]
    return "\n".join([lines[0], "", *lines[1:]])


def _runs(group: Group, names: Iterable[str]) -> str:
    found = [name for name in names if name in group.runs]
    return table(_RUN_HEAD, [(name, *_costs(group, name)) for name in found])


def _costs(group: Group, name: str) -> tuple[str, str, str, str]:
    peaks = [run.peak / MEGABYTE for run in group.runs[name]]
    return (
        str(len(peaks)),
        group.wall(name).text(2),
        group.cpu(name).text(2),
        f"{max(peaks):.0f}",
    )


def _grading(group: Group, results: Results) -> str:
    parts = []
    for submission in grading.SUBMISSIONS:
        ways = [grading.name(way, submission) for way in grading.COMMANDS]
        floor = [grading.FLOOR] if submission == "right" else []
        parts.append(_runs(group, [*ways, *floor]))
    return "\n\n".join([grading.NOTE, *parts])


def _training(group: Group, results: Results) -> str:
    ours = group.cpu(training_rows.NOTEBOOK).median
    others = [
        f"- {name}: {group.cpu(name).median / ours:.3g} times the CPU time of the notebook's loop, last loss "
        f"{group.facts['last loss'][name]:.4f}"
        for name in group.runs
    ]
    return "\n\n".join([training_rows.NOTE, _runs(group, group.runs), "\n".join(others)])


def _set_up(group: Group, results: Results) -> str:
    ours, otter = group.facts["ours"], group.facts["otter"]
    sizes = [
        (name, f"{facts['packages']:.0f}", *(f"{facts[what] / MEGABYTE:.0f}" for what in ("downloaded", "installed")))
        for name, facts in ((container_rows.SET_UP, ours), (container_rows.OTTER_PIP, otter))
    ]
    apt = otter["apt"]
    counted = f"{apt['packages']} packages, {apt['downloaded'] / MEGABYTE:.0f} MB to download on this machine"
    more = [
        f"- `apt-get install {apt['asked']}`: {counted}, by `apt-get install --print-uris`"
        if apt["status"] == 0
        else f"- `apt-get install {apt['asked']}`: apt could not say here",
        *(f"- `{line}`: not counted; it cannot be told without running it" for line in otter["fetches"]),
    ]
    head = ("", "packages", "downloaded, MB", "installed, MB")
    return "\n\n".join(
        [container_rows.NOTE, _runs(group, group.runs), table(head, sizes), container_rows.MORE, "\n".join(more)]
    )


def _class(group: Group, results: Results) -> str:
    students = group.facts["students"]
    lines = [(name, f"{60 * students / group.wall(name).median:.0f}", *_costs(group, name)[1:]) for name in group.runs]
    if "grade" in results.groups:
        lines.append((class_rows.STOCK, f"{class_rows.stock_rate(results.groups['grade']):.1f}", "", "", ""))
    head = ("", "submissions a minute", "wall, s", "CPU, s", "memory, MB")
    return "\n\n".join([class_rows.NOTE, table(head, lines)])


def _growth(group: Group, results: Results) -> str:
    rows = [
        (what, ", ".join(f"{size:,.0f}: {second:.3g}" for size, second in group.facts["seconds"][what]), f"{power:.3f}")
        for what, power in group.facts["exponents"].items()
    ]
    intro = (
        f"Seconds by size (of graphs and trainings, the least of {growth_rows.REPEATS}), and the exponent of the "
        "power law that\nfits them best (least squares of the logarithms)."
    )
    return "\n\n".join([intro, table(("", "seconds", "exponent"), rows)])


def _opening(group: Group, results: Results) -> str:
    facts = group.facts
    line = (
        f"{facts['students']:,}",
        f"{facts['bytes'] / MEGABYTE:.1f}",
        f"{facts['seconds']:.2f}",
        f"{facts['seconds to find']:.2f}",
    )
    return "\n\n".join(
        [opening_rows.NOTE, table(("students", "MB", "seconds to open", "seconds to find some"), [line])]
    )
