"""Grades every specimen and every mutant and tabulates what came of them: ``python tests/gallery_table.py``.

Specimens go through the command line, each beside a canary tree. Mutants, which are our own and harmless, are graded in
this process, some of them in the sandbox as well.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from canary import grade_beside_canary
from mutants_equivalent import NAMES
from mutation import Mutant, mutants
from readme_blocks import TABLE
from specimens import GALLERY, Specimen, specimens
from verdicts import AT_ONCE, Verdict, at_once, computed_faults, in_process, in_sandbox

from autograder import grading
from autograder.submission import Refused

ORDER = ("right", "wrong", "hostile", "broken", "intake")
WAY = "own uid" if os.geteuid() == 0 else "ordinary user"
SPECIMENS_AT_ONCE = AT_ONCE if WAY == "own uid" else 1
"""The ordinary user is one and the same: what one submission left would be counted with the other's."""

SANDBOXED = 10
"""Every tenth mutant: a second each."""

Names = frozenset[str]


@dataclass(frozen=True)
class SpecimenResult:
    """What came of a specimen; ``flaws`` says in which ways it is not as it states."""

    specimen: Specimen
    named: Names
    seconds: float
    flaws: tuple[str, ...]


@dataclass(frozen=True)
class MutantResult:
    """What came of a mutant; ``computes`` are the named faults that it truly is, ``sandboxed`` is for the sample."""

    mutant: Mutant
    verdict: Verdict
    computes: Names
    sandboxed: Verdict | None = None

    @property
    def outcome(self) -> str:
        """Killed, equivalent, or survived where it should not."""
        if self.verdict.lost:
            return "killed"
        return "equivalent" if self.mutant.name in NAMES else "survived"

    @property
    def flaws(self) -> list[str]:
        """What is wrong with the verdict."""
        flaws = [f"is named {fault}, which it is not" for fault in self.verdict.named - self.computes]
        if self.outcome == "survived":
            flaws.append("survived")
        if self.outcome == "killed" and self.mutant.name in NAMES:
            flaws.append("is listed as equivalent, but was killed")
        if self.sandboxed not in (None, self.verdict):
            flaws.append(f"differs in the sandbox: {self.sandboxed}")
        return flaws


def kinds() -> list[str]:
    """The gallery's folders that hold specimens, in the order of the table."""
    found = {path.parent.name for path in GALLERY.glob("*/*.py")}
    return sorted(found, key=lambda kind: (ORDER.index(kind) if kind in ORDER else len(ORDER), kind))


def grade_specimen(specimen: Specimen, slot: int) -> SpecimenResult:
    """Grade what the specimen hands in; the command line's own process takes the place of the ``slot``."""
    started = time.monotonic()
    flaws: list[str] = []
    try:
        graded = grade_beside_canary(specimen, WAY)
        report = graded.report
        left = {"changed": graded.changed, "left running": graded.survivors, "leaked": graded.leaked}
        flaws += [f"{what}: {which}" for what, which in left.items() if which]
    except Refused as refusal:
        report = grading.refuse(specimen.name, str(refusal)).to_json()
    named = frozenset(check["misconception"] for check in report["checks"] if check["misconception"])
    flaws += _differences(specimen, report, named)
    return SpecimenResult(specimen, named, time.monotonic() - started, tuple(flaws))


def _differences(specimen: Specimen, report: dict[str, Any], named: Names) -> list[str]:
    lost = {check["id"] for check in report["checks"] if check["outcome"] != "passed"}
    differences = {
        "lost besides": lost - specimen.loses,
        "kept": specimen.loses - lost,
        "named besides": named - specimen.names,
        "did not name": specimen.names - named,
    }
    words = [*report["notes"], *(check[part] for check in report["checks"] for part in ("message", "hint"))]
    silent = specimen.says not in "\n".join(words)
    said = [f"did not say {specimen.says!r}"] if silent else []
    return [f"{what} {', '.join(sorted(ids))}" for what, ids in differences.items() if ids] + said


def grade_mutants() -> list[MutantResult]:
    """Grade all mutants, a sample of them in the sandbox too."""
    sample = mutants()[::SANDBOXED]
    sandboxed = dict(zip(sample, at_once(in_sandbox, sample), strict=True))
    return [MutantResult(m, in_process(m), computed_faults(m), sandboxed.get(m)) for m in mutants()]


# --- the table ----------------------------------------------------------------------------------------------------


def table(of_specimens: Sequence[SpecimenResult], of_mutants: Sequence[MutantResult]) -> str:
    """The three tables: specimens by kind, mutants, and how good the diagnosis is over both."""
    diagnosis = _diagnosis_rows(
        [(result.specimen.names, result.named) for result in of_specimens],
        [(result.computes, result.verdict.named) for result in of_mutants],
    )
    return "\n".join([*_specimen_rows(of_specimens), "", *_mutant_rows(of_mutants), "", *diagnosis, ""])


def _specimen_rows(results: Sequence[SpecimenResult]) -> list[str]:
    rows = ["| kind | specimens | as expected | median seconds |", "| --- | ---: | ---: | ---: |"]
    for kind in dict.fromkeys(result.specimen.kind for result in results):
        own = [result for result in results if result.specimen.kind == kind]
        good = sum(not result.flaws for result in own)
        rows.append(f"| {kind} | {len(own)} | {good} | {median(result.seconds for result in own):.1f} |")
    return rows


def _mutant_rows(results: Sequence[MutantResult]) -> list[str]:
    outcomes = [result.outcome for result in results]
    counts = [str(outcomes.count(outcome)) for outcome in ("killed", "equivalent", "survived")]
    return [
        "| mutants of the solution | killed | equivalent | survived |",
        "| ---: | ---: | ---: | ---: |",
        f"| {len(results)} | {' | '.join(counts)} |",
    ]


def _diagnosis_rows(*groups: Sequence[tuple[Names, Names]]) -> list[str]:
    """One row for specimens and one for mutants, each given as pairs: the faults that are there, and those named."""
    rows = ["| diagnosis of | faults | named | precision | recall |", "| --- | ---: | ---: | ---: | ---: |"]
    for group, pairs in zip(("specimens", "mutants"), groups, strict=True):
        there, named = (sum(len(pair[k]) for pair in pairs) for k in (0, 1))
        right = sum(len(faults & names) for faults, names in pairs)
        shares = [f"{right / of:.1%}" if of else "–" for of in (named, there)]
        rows.append(f"| {group} | {there} | {named} | {' | '.join(shares)} |")
    return rows


def main() -> int:
    """Run everything; print what is not as expected, then the table, and write it. Returns 0 if all is well."""
    of_specimens = at_once(grade_specimen, specimens(*kinds()), SPECIMENS_AT_ONCE)
    of_mutants = grade_mutants()
    flaws = [f"{result.specimen.name}: {flaw}" for result in of_specimens for flaw in result.flaws]
    flaws += [f"{result.mutant.name}: {flaw}" for result in of_mutants for flaw in result.flaws]
    TABLE.write_text(table(of_specimens, of_mutants), encoding="utf-8")
    print("\n".join([*flaws, table(of_specimens, of_mutants)]), end="")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
