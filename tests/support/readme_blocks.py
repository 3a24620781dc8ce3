"""The parts of the README that are printed by the grader itself: run as a program, this writes them anew."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from assigned import CHECKS, grade
from specimens import GALLERY, ROOT, path_of, read_specimen, write

from autograder.outlets import terminal

README = ROOT / "README.md"
SPECIMEN = path_of("wrong/mul_overwrites")
WIDTH = 100
TABLE = GALLERY / "TABLE.md"
WAYS_TABLE = GALLERY / "WAYS.md"


def report() -> str:
    """The report of a submission with one misconception, as a pipe receives it; its last line tells the time."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(read_specimen(SPECIMEN).notebook(), Path(folder) / "autodiff.ipynb")
        return "```text\n" + terminal.render(grade(path), colour=False, width=WIDTH).strip("\n") + "\n```"


def rubric() -> str:
    """The rubric as a table."""
    rows = [f"| `{check.id}` | {check.points} | {check.visibility} | {check.title} |" for check in CHECKS]
    return "\n".join(["| check | points | | behaviour |", "| --- | --- | --- | --- |", *rows])


def gallery() -> str:
    """The tables that ``make gallery`` made."""
    return "\n\n".join(path.read_text(encoding="utf-8").strip("\n") for path in (TABLE, WAYS_TABLE))


def block(name: str) -> str:
    """What stands in the README between the marks of ``name``."""
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", README.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"README.md has no block {name}")
    return found[1].strip("\n")


def without_seconds(text: str) -> str:
    """The text without the one line that differs from run to run."""
    return re.sub(r"^Graded in .*$", "", text, flags=re.MULTILINE)


def main() -> None:
    """Write all blocks."""
    text = README.read_text(encoding="utf-8")
    for name, content in {"report": report(), "rubric": rubric(), "gallery": gallery()}.items():
        block(name)
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        text = re.sub(pattern, lambda m, c=content: f"{m[1]}\n{c}\n\n{m[2]}", text, flags=re.DOTALL)  # type: ignore[misc]
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
