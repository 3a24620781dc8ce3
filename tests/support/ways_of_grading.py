"""The four ways in which a submission is graded, each told what a specimen must get: what differs are the flaws.

``own uid`` and ``ordinary user`` are the command line under the two confinements; ``run_autograder`` is Gradescope's
start script from the unpacked zip, ``otter run`` is otter with the zip. All run beside a canary tree.
"""

from __future__ import annotations

import html
import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assigned import CHECKS, FAULTS, HINTS, QUESTIONS, refuse
from canary_tree import STOLEN, USERS, Canary, canary_tree, grade_beside_canary
from specimens import ROOT, Specimen
from zip_ways import run_autograder, run_otter, set_up

from autograder.authoring import build, package
from autograder.intake.submission import Refused
from autograder.vocabulary import BOTH

WAYS = (*USERS, "run_autograder", "otter run")
CROSS = "\N{CROSS MARK}"
"""Before a test that failed, in otter's text."""
THROUGH_ZIP = ("run_autograder", "otter run")


@dataclass(frozen=True)
class Found:
    """What a way of grading made of a submission: points by check, misconceptions named, words said, and other flaws.

    ``followed`` are the checks that followed through, or None where that cannot be told.
    """

    points: Mapping[str, int]
    followed: frozenset[str] | None
    named: frozenset[str]
    words: str
    flaws: tuple[str, ...] = ()

    def differences(self, specimen: Specimen) -> list[str]:
        """In which respects this is not what the specimen states."""
        stated = specimen.points
        differences = {
            "other points for": [f"{id} ({got})" for id, got in self.points.items() if got != stated[id]],
            "followed through or not": (specimen.follows.keys() ^ self.followed) if self.followed is not None else (),
            "named besides": self.named - specimen.names,
            "did not name": specimen.names - self.named,
        }
        said = [] if flat(specimen.says) in flat(self.words) else [f"did not say {specimen.says!r}"]
        return [*self.flaws, *(f"{what} {', '.join(sorted(ids))}" for what, ids in differences.items() if ids), *said]


def grade(specimen: Specimen, way: str, zips: Zips | None = None, slot: int = 0, *, short: bool = False) -> Found:
    """Grade what the specimen hands in, with a ``short`` training if that is enough.

    ``slot`` tells apart what runs at the same time.
    """
    try:
        if zips is None:
            return _by_command_line(specimen, way, short=short)
        with canary_tree() as tree:
            otter = way == "otter run"
            if otter:
                seen = zips.run_otter(specimen, tree, short=short)
            else:
                seen = zips.run_autograder(specimen, tree, slot, short=short)
            changed, leaked = tree.changed(), tree.secret in seen.words or STOLEN in seen.words
        flaws = [f"changed: {changed}"] * bool(changed) + ["leaked"] * leaked
        return replace(seen, flaws=tuple(flaws))
    except Refused as refusal:
        return _of_report(refuse(specimen.name, str(refusal)).to_json())
    except Exception as error:  # one specimen that no report came of does not end the gallery
        return Found({}, None, frozenset(), "", (f"{type(error).__name__}: {error}",))


def _by_command_line(specimen: Specimen, way: str, *, short: bool) -> Found:
    graded = grade_beside_canary(specimen, way, short=short)
    left = {"changed": graded.changed, "left running": graded.survivors, "leaked": graded.leaked}
    return _of_report(graded.report, tuple(f"{what}: {which}" for what, which in left.items() if which))


def _of_report(report: Mapping[str, Any], flaws: tuple[str, ...] = ()) -> Found:
    checks = report["checks"]
    words = [*report["notes"], *report["for_staff"], *(check[part] for check in checks for part in ("message", "hint"))]
    return Found(
        {check["id"]: check["score"] for check in checks},
        frozenset(check["id"] for check in checks if check["outcome"] == "followed_through"),
        frozenset(check["misconception"] for check in checks if check["misconception"]),
        "\n".join(words),
        flaws,
    )


# --- through the zip ----------------------------------------------------------------------------------------------


class Zips:
    """The zip as Gradescope and otter have it: unpacked and set up once for each slot; and one that trains shortly."""

    def __init__(self, folder: Path, slots: int) -> None:
        self._folder = folder
        self._files = {short: folder / f"autograder{'-short' * short}.zip" for short in (False, True)}
        package.make_autograder(ROOT, self._files[False])
        _shorten(self._files[False], self._files[True])
        self._containers = {
            (slot, short): set_up(file, folder / f"container{slot}{'short' * short}")
            for short, file in self._files.items()
            for slot in range(slots)
        }

    def run_autograder(self, specimen: Specimen, tree: Canary, slot: int, *, short: bool) -> Found:
        """What ``results.json`` says of the specimen."""
        root = self._containers[slot, short]
        shutil.rmtree(root / "submission", ignore_errors=True)
        tree.folder_of(specimen).rename(root / "submission")  # a copy would stop at a pipe
        results = run_autograder(root)
        tests = [test for test in results["tests"] if "staff" not in test["tags"]]
        pairs = list(zip(CHECKS, tests, strict=True))
        points = {check.id: test.get("score", 0) for check, test in pairs}
        followed = frozenset(check.id for check, test in pairs if "followed_through" in test["tags"])
        named = frozenset(results["extra_data"]["misconceptions"].values())
        words = "\n".join([results["output"], *(test["output"] for test in results["tests"])])
        return Found(points, followed, named, re.sub(r"\*\*([A-Z][a-z ]*:)\*\*", r"\1", html.unescape(words)))

    def run_otter(self, specimen: Specimen, tree: Canary, *, short: bool) -> Found:
        """What otter makes of the specimen."""
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            results = run_otter(self._files[short], tree.hand_in(specimen), Path(folder))
        named = _named_in(flat(results["printed"]))
        of_questions = (BOTH.join(name for name in named if name.startswith(f"{q}.")) for q in QUESTIONS)
        return Found(_points_in(results), None, frozenset(of_questions) - {""}, results["printed"])


def _shorten(zip_file: Path, target: Path) -> None:
    """Write the zip once more, with the training shortened and nothing else changed."""
    shortened = "from autograder.autodiff.assignment import AUTODIFF\nfrom autograder.short_training import shortened\n"
    changed = {
        "autograder/short_training.py": (Path(__file__).with_name("short_training.py")).read_text(encoding="utf-8"),
        "autograder/assignment.py": f"{shortened}\nASSIGNMENT = shortened(AUTODIFF)\n",
    }
    with zipfile.ZipFile(zip_file) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            if entry.filename not in changed:
                new.writestr(entry, old.read(entry))
        for name, text in changed.items():
            new.writestr(name, text)


def _named_in(printed: str) -> list[str]:
    """The names of the mistakes whose hints were printed, in the order of the rubric; a hint may be part of another."""
    found: set[str] = set()
    for fault in sorted(FAULTS, key=lambda fault: -len(HINTS[fault.name])):
        hint = flat(HINTS[fault.name])
        if hint in printed:
            found.add(fault.name)
            printed = printed.replace(hint, "")
    return [fault.name for fault in FAULTS if fault.name in found]


def _points_in(results: Mapping[str, Any]) -> dict[str, int]:
    """The points by check in otter's text: it numbers its tests by question, and each is one share of a check."""
    outputs = {test["name"]: test["output"] for test in results["tests"]}
    points = {check.id: check.points for check in CHECKS}
    for question in QUESTIONS:
        shares = [(c, build.shares(c)) for c in CHECKS if c.question == question for _ in range(build.shares(c))]
        if "All test cases passed!" not in outputs[question]:
            for number in re.findall(rf"{question} - (\d+) result:\n\s*{CROSS}", outputs[question]):
                check, count = shares[int(number) - 1]
                points[check.id] -= check.points // count
    return points


def flat(text: str) -> str:
    """The text without line breaks, which depend on the width it was printed at."""
    return " ".join(text.split())
