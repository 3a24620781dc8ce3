"""The parts of the READMEs that are printed by the grader itself: run as a program, this writes them anew."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from assigned import CHECKS, grade
from documents import documents, with_contents
from specimens import GALLERY, ROOT, path_of, read_specimen, write

from autograder.outlets import terminal

SPECIMEN = path_of("wrong/mul_overwrites")
WIDTH = 100
EXCERPT = 15
"""Lines of the report in the root's README."""
TABLE = GALLERY / "TABLE.md"
WAYS_TABLE = GALLERY / "WAYS.md"


@cache
def report() -> str:
    """Return the report of a submission with one misconception, as a pipe receives it; its last line tells the time."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(read_specimen(SPECIMEN).notebook(), Path(folder) / "autodiff.ipynb")
        return "```text\n" + terminal.render(grade(path), colour=False, width=WIDTH).strip("\n") + "\n```"


def excerpt() -> str:
    """Return the fifteen lines of the report about its one mistake."""
    fence, title, _, question, *lines = report().splitlines()
    failed = next(number for number, line in enumerate(lines) if line.startswith("  ✗"))
    return "\n".join([fence, title, question, "  …", *lines[failed : failed + EXCERPT - 3], "```"])


def rubric() -> str:
    """Return the rubric as a table."""
    rows = [f"| `{check.id}` | {check.points} | {check.visibility} | {check.title} |" for check in CHECKS]
    return "\n".join(["| check | points | | behaviour |", "| --- | --- | --- | --- |", *rows])


def gallery() -> str:
    """Return the tables that ``make gallery`` made."""
    return "\n\n".join(path.read_text(encoding="utf-8").strip("\n") for path in (TABLE, WAYS_TABLE))


THIS_ASSIGNMENT = ROOT / "autograder" / "autodiff" / "README.md"
BLOCKS: dict[str, tuple[Path, Callable[[], str]]] = {
    "excerpt": (ROOT / "README.md", excerpt),
    "report": (THIS_ASSIGNMENT, report),
    "rubric": (THIS_ASSIGNMENT, rubric),
    "gallery": (ROOT / "tests" / "README.md", gallery),
}
"""Name of a block -> the document that shows it, and the function that makes it."""


def block(name: str) -> str:
    """Return the text between the marks of ``name`` in its document.

    Raises ``ValueError`` if the document has no such marks.
    """
    document, _ = BLOCKS[name]
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", document.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{document} has no block {name}")
    return found[1].strip("\n")


def without_seconds(text: str) -> str:
    """Return the text without the one line that differs from run to run."""
    return re.sub(r"^Graded in .*$", "", text, flags=re.MULTILINE)


def main() -> None:
    """Write all blocks, and the lists of sections."""
    for name, (document, make) in BLOCKS.items():
        before, opening, rest = document.read_text(encoding="utf-8").partition(f"<!-- {name} -->")
        _, closing, after = rest.partition(f"<!-- /{name} -->")
        document.write_text(f"{before}{opening}\n\n{make()}\n\n{closing}{after}", encoding="utf-8")
    for one in documents():
        (ROOT / one.name).write_text(with_contents(one), encoding="utf-8")


if __name__ == "__main__":
    main()
