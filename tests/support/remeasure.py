"""Lets specimens state what they get: ``make specimens`` rewrites the heads that differ.

For when a check is added or changed. Nothing is judged here: whether what a specimen gets now is right, the diff tells.
Patterns are those of the shell, such as ``wrong/mul*``; without one, all specimens are graded.
"""

from __future__ import annotations

import fnmatch
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from assigned import CHECKS
from specimens import ALL_IDS, POINTS, Specimen, path_of, specimens
from verdicts import AT_ONCE, at_once
from ways_of_grading import Found, grade

ORDER = [check.id for check in CHECKS]
KINDS = ("right", "wrong", "broken", "hostile", "intake")


def patterns(lost: Iterable[str]) -> str:
    """The shortest head line for these checks: ``*`` for all, ``mul.*`` for all of a question."""
    left = set(lost)
    if left == ALL_IDS:
        return "*"
    words = []
    for id in (id for id in ORDER if id in left):
        question = id.partition(".")[0]
        own = {other for other in ALL_IDS if other.startswith(f"{question}.")}
        word = f"{question}.*" if own <= left else id
        words += [word] if word not in words else []
    return " ".join(words) or "nothing"


def follows(followed: Mapping[str, int]) -> str:
    """The shortest head line for checks that earn so many points: those of the same share together."""
    shares: dict[Fraction, list[str]] = {}
    for id, points in followed.items():
        shares.setdefault(Fraction(points, POINTS[id]), []).append(id)
    words = [(word, share) for share, ids in shares.items() for word in patterns(ids).split()]
    return " ".join(word if share == 1 else f"{word}={share}" for word, share in words)


def rewritten(text: str, specimen: Specimen, seen: Found) -> str:
    """The file of a specimen with what it gets in its head; as it was where that states the same already."""
    head, mark, rest = text.partition("\n# %% ")
    followed = {id: seen.points[id] for id in seen.followed or ()}
    if seen.points != specimen.points or followed != specimen.follows:
        lost = {id for id, points in seen.points.items() if not points}
        lines = f"# loses: {patterns(lost)}" + (f"\n# follows: {follows(followed)}" if followed else "")
        head = re.sub(r"^# follows: .*\n?", "", head, flags=re.MULTILINE)
        head = re.sub(r"^# loses: .*$", lines, head, flags=re.MULTILINE)
    if seen.named != specimen.names:
        head = re.sub(r"^# names: .*\n?", "", head, flags=re.MULTILINE)
        if seen.named:
            names = f"# names: {' '.join(sorted(seen.named))}"
            head = re.sub(r"^(# loses: .*(\n# follows: .*)?)$", rf"\1\n{names}", head, flags=re.MULTILINE)
    return head + mark + rest


def main(wanted: Sequence[str]) -> None:
    """Grade the specimens, and rewrite the heads that state something else."""
    chosen = [one for one in specimens(*KINDS) if not wanted or any(fnmatch.fnmatch(one.name, p) for p in wanted)]
    way, most = ("own uid", AT_ONCE) if os.geteuid() == 0 else ("ordinary user", 1)
    found = at_once(lambda specimen, slot: grade(specimen, way, None, slot, short=True), chosen, most)
    changed = 0
    for specimen, seen in zip(chosen, found, strict=True):
        path = path_of(specimen.name)
        before = path.read_text(encoding="utf-8")
        after = rewritten(before, specimen, seen)
        if seen.flaws:
            print(f"{specimen.name}: {'; '.join(seen.flaws)}", file=sys.stderr)
        elif after != before:
            path.write_text(after, encoding="utf-8")
            print(f"rewritten: {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
            changed += 1
    print(f"{len(chosen)} specimens graded, {changed} heads rewritten. Read the diff.")


if __name__ == "__main__":
    main(sys.argv[1:])
