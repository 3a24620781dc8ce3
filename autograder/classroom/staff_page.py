"""``class.html``, the page for the staff: one file that needs no network and runs no script."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment import ASSIGNMENT
from autograder.classroom import pages
from autograder.classroom.analysis import ClassStatistics
from autograder.classroom.discrimination import LEAST_FOR_DISCRIMINATION, LOW_DISCRIMINATION
from autograder.classroom.hand_ins import Marked
from autograder.classroom.naming import Names
from autograder.classroom.similarity import Alike

GUIDE = Path(__file__).resolve().parents[2] / "solutions" / "marking-guide.md"
TEXTS = tuple(answer for answer in ASSIGNMENT.manifest.answers if answer.kind == "text")
EXPLANATIONS = {
    text.name: next((check.id for check in ASSIGNMENT.checks if check.reads == (text.explains,)), "") for text in TEXTS
}
"""Written answer -> the check of the letter that it explains."""
HINTS = {one.name: one.hint for one in ASSIGNMENT.misconceptions}


@dataclass(frozen=True)
class Written:
    """A student's explanation of one letter; ``letter`` says whether the letter is right."""

    called: str
    text: str
    letter: str


class Explanations:
    """The written explanations of a class, kept in a file: in memory is where each begins."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed by close()
        self._places: dict[str, list[tuple[str, int]]] = {name: [] for name in EXPLANATIONS}

    def close(self) -> None:
        """Forget them."""
        self._file.close()

    def add(self, row: Marked) -> None:
        """Keep what a student wrote."""
        outcomes = {check["id"]: check["outcome"] for check in row.report["checks"]}
        called = self._names.called(row.hand_in.student)
        for name, check in EXPLANATIONS.items():
            if text := row.explanations.get(name):
                self._places[name].append((called, self._file.tell()))
                outcome = pages.OUTCOMES.get(outcomes.get(check, ""), ("", ""))[1]
                letter = {"passed": "right letter", "failed": "wrong letter", "blank": "no letter"}.get(outcome, "")
                line = json.dumps([self._names.shown(text, row.hand_in), letter])
                self._file.write(line.encode() + b"\n")

    def count(self, name: str) -> int:
        """How many explained this letter."""
        return len(self._places[name])

    def of(self, name: str) -> Iterator[Written]:
        """The explanations of one letter, in the order of what the students are called."""
        for called, place in sorted(self._places[name]):
            self._file.seek(place)
            text, letter = json.loads(self._file.readline())
            yield Written(called, text, letter)


def class_page(found: ClassStatistics, alike: list[Alike], explanations: Explanations) -> Iterator[str]:
    """The page, piece by piece."""
    general, guides = _guide()
    return pages.template("class.html").generate(
        found=found,
        questions=[
            (name, [one for one in found.checks if one.check.question == name])
            for name in ASSIGNMENT.manifest.questions
        ],
        indistinct=[one for one in found.checks if one.verdict],
        misconceptions=[(name, HINTS[name], who) for name, who in found.misconceptions],
        alike=alike,
        general=general,
        written=[(name, guides.get(name, ""), explanations.count(name), explanations.of(name)) for name in guides],
        low=LOW_DISCRIMINATION,
        least=LEAST_FOR_DISCRIMINATION,
    )


def _guide() -> tuple[Any, dict[str, Any]]:
    """The marking guide as HTML: what holds for both explanations, and the part about each.

    A part begins with a heading that says so, "## Explanation 1: ...". What stands elsewhere holds for both.
    """
    text = GUIDE.read_text(encoding="utf-8") if GUIDE.is_file() else ""
    general, parts = [], dict.fromkeys(EXPLANATIONS, "")
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE):
        number = re.match(r"## Explanation (\d)", part)
        name = TEXTS[int(number[1]) - 1].name if number and 0 < int(number[1]) <= len(TEXTS) else ""
        if name in parts:
            parts[name] += part
        else:
            general.append(part)
    return (
        pages.markdown("".join(general), top=3),
        {name: pages.markdown(part, top=3) for name, part in parts.items()},
    )
