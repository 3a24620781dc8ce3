"""Grades every specimen and every mutant and tabulates what came of them: ``python tests/support/gallery_table.py``.

Specimens go through the command line, each beside a canary tree; with ``--way``, in the ways that are named. Mutants,
which are our own and harmless, are graded in this process, some of them in the sandbox as well.
"""

from __future__ import annotations

import argparse
import compileall
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from equivalent_mutants import NAMES
from mutants import Mutant, mutants
from readme_blocks import TABLE, WAYS_TABLE
from specimens import GALLERY, ROOT, Specimen, specimens
from verdicts import AT_ONCE, Verdict, at_once, computed_faults, computes_both, in_process, in_sandbox
from ways_of_grading import THROUGH_ZIP, WAYS, Zips, grade

from autograder.vocabulary import BOTH

ORDER = ("right", "wrong", "hostile", "broken", "intake")
WAY = "own uid" if os.geteuid() == 0 else "ordinary user"
REFUSED_BY_OTTER = ("intake/", "broken/notebook_renamed")
"""Otter opens a file itself, if its name ends as a notebook's, before any plugin of ours is asked: these never reach us
by ``otter run``."""
TELL_EVERY = 50
"""Specimens: a minute or two."""

TRAINED = 10
"""Every tenth specimen of a kind: the others differ in what comes before, and a training takes ten seconds."""
SANDBOXED = 10
"""Every tenth mutant: a second each."""
TOGETHER = 100
"""Mutants that one process judges in a row, for it remembers the predictions for those of the same question."""

Names = frozenset[str]


@dataclass(frozen=True)
class SpecimenResult:
    """What came of a specimen; ``flaws`` says in which ways it is not as it states, ``breached`` that it did harm."""

    specimen: Specimen
    named: Names
    seconds: float
    flaws: tuple[str, ...]
    breached: bool = False


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
    found = {path.relative_to(GALLERY).parts[0] for path in GALLERY.rglob("*.py")}
    return sorted(found, key=lambda kind: (ORDER.index(kind) if kind in ORDER else len(ORDER), kind))


def specimens_for(way: str) -> list[Specimen]:
    """The specimens that reach the grader in this way."""
    refused = REFUSED_BY_OTTER if way == "otter run" else ()
    return [specimen for specimen in specimens(*kinds()) if not specimen.name.startswith(refused)]


def grade_specimens(way: str) -> list[SpecimenResult]:
    """Grade what every specimen hands in, in one of the ``WAYS``; flaws and how far it is are told on stderr.

    Every tenth of a kind has the notebook's whole training. Each core has two, for some wait for a limit of time to
    pass; those are spread over the whole, lest they wait beside each other. One with other points or words than it
    states is graded once more, alone, since some measure time, and others grade beside them; a breach of the wall is
    final.
    """
    at_a_time = 2 * AT_ONCE if os.geteuid() == 0 else 1  # root gives each grading a uid of its own to be watched by
    done = itertools.count(1)

    with tempfile.TemporaryDirectory() as folder:
        zips = Zips(Path(folder), at_a_time) if way in THROUGH_ZIP else None

        def graded(specimen: Specimen, slot: int) -> SpecimenResult:
            started = time.monotonic()
            seen = grade(specimen, way, zips, slot, short=specimen.name not in trained)
            flaws = seen.differences(specimen)
            seconds, number = time.monotonic() - started, next(done)
            for flaw in flaws:  # at once: the rest takes long
                print(f"{way}: {specimen.name}: {flaw}", file=sys.stderr)
            if number % TELL_EVERY == 0:
                print(f"{way}: {number} of {len(chosen)}", file=sys.stderr)
            return SpecimenResult(specimen, seen.named, seconds, tuple(flaws), breached=bool(seen.flaws))

        def confirmed(result: SpecimenResult) -> SpecimenResult:
            return graded(result.specimen, 0) if result.flaws and not result.breached else result

        chosen = specimens_for(way)
        trained = {one.name for kind in kinds() for one in specimens(kind)[::TRAINED]}
        mixed = random.Random(0).sample(chosen, len(chosen))
        results = {result.specimen.name: result for result in at_once(graded, mixed, at_a_time)}
        return [confirmed(results[specimen.name]) for specimen in chosen]


def grade_mutants() -> list[MutantResult]:
    """Grade all mutants, a sample of them in the sandbox too."""
    sample = mutants()[::SANDBOXED]
    sandboxed = dict(zip(sample, at_once(in_sandbox, sample), strict=True))
    with ProcessPoolExecutor(AT_ONCE) as pool:
        return [*pool.map(_mutant_result, mutants(), map(sandboxed.get, mutants()), chunksize=TOGETHER)]


def _mutant_result(mutant: Mutant, sandboxed: Verdict | None) -> MutantResult:
    verdict = in_process(mutant)
    both = frozenset(name for name in verdict.named if BOTH in name and computes_both(mutant, name))
    return MutantResult(mutant, verdict, computed_faults(mutant) | both, sandboxed)


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


def ways_table(results: Mapping[str, Sequence[SpecimenResult]], commit: str, before: str = "") -> str:
    """One row for each way of grading: the new ones, graded at ``commit``, and of those ``before`` the others."""
    rows = {line.split(" | ")[0].strip("| "): line for line in before.splitlines() if line.startswith("|")}
    for way, of_way in results.items():
        good, seconds = sum(not result.flaws for result in of_way), median(result.seconds for result in of_way)
        rows[way] = f"| {way} | {len(of_way)} | {good} | {seconds:.1f} | {commit} |"
    head = ["| way of grading | specimens | as expected | median seconds | at commit |", f"| --- |{' ---: |' * 4}"]
    return "\n".join([*head, *(rows[way] for way in WAYS if way in rows), ""])


def _commit() -> str:
    """The commit that is graded, as git shortens it."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything; print what is not as expected, then the tables, and write them. Returns 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", action="append", choices=WAYS, help="how to grade; may be given several times")
    ways = parser.parse_args(arguments).way or [WAY]
    compileall.compile_dir(ROOT / "autograder", quiet=1)  # once, and not in each of some thousands of processes
    results = {way: grade_specimens(way) for way in ways}
    flaws = [f"{way}: {one.specimen.name}: {flaw}" for way in ways for one in results[way] for flaw in one.flaws]
    tables = {WAYS_TABLE: ways_table(results, _commit(), WAYS_TABLE.read_text("utf-8") if WAYS_TABLE.is_file() else "")}
    if WAY in ways:
        of_mutants = grade_mutants()
        flaws += [f"{result.mutant.name}: {flaw}" for result in of_mutants for flaw in result.flaws]
        tables[TABLE] = table(results[WAY], of_mutants)
    for path, text in tables.items():
        path.write_text(text, encoding="utf-8")
    print("\n".join([*flaws, *tables.values()]), end="")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
