"""The pictures of the README, taken of the real pages of a small class; run as a program, this takes them anew."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from assigned import ASSIGNMENT, read_submission
from browser import chromium, screenshot
from PIL import Image, ImageChops, ImageStat
from short_training import shortened
from specimens import ROOT, specimen_of

from autograder.classroom.hand_ins import HandIn, Marked, Student
from autograder.classroom.publish import publish
from autograder.grading import pipeline

FOLDER = ROOT / "docs"
MEMBERS = (
    *(
        "right/helper_class",
        "wrong/mul_overwrites",
        "wrong/choices_swapped",
        "right/helper_class",
        "wrong/pow_no_factor",
    ),
    *("wrong/all_operators_blank", "wrong/mul_and_pow", "right/helper_class", "broken/loops_that_mix_up"),
    *(
        "wrong/mul_overwrites",
        "wrong/a_named_and_an_unnamed_one",
        "right/helper_class",
        "wrong/choices_alike_but_wrong",
    ),
)
"""The specimens that the class handed in, a student each."""
PAGES: Mapping[str, tuple[str, int, int]] = {
    "student-page.png": ("reports/s02.html", 820, 830),
    "class-page.png": ("class.html", 1080, 1010),
}
"""Name of a picture -> the page, and how much of it: the width and the height from its top, in pixels."""
COLOURS = 16
COARSE = (64, 64)
ALIKE = 3.0
"""Mean difference of two pictures of the same page, of 255 shades; other fonts make 1.4, another mistake 5."""


def publish_class(folder: Path) -> None:
    """Grade the class, with a short training, and write its pages into ``folder``."""
    rows = list(_rows(folder / "submitted"))
    publish(lambda: iter(rows), folder)


def _rows(folder: Path) -> Iterator[Marked]:
    short, reports = shortened(ASSIGNMENT), {}
    for number, name in enumerate(MEMBERS, 1):
        file = folder / f"s{number:02}" / "autodiff.ipynb"
        file.parent.mkdir(parents=True)
        specimen_of(name).hand_in(file.parent)
        submission = read_submission(file)
        if name not in reports:
            reports[name] = pipeline.grade_submission(submission, assignment=short).to_json()
        hand_in = HandIn(Student(file.parent.name, f"Student {number:02}", "", {}), file)
        yield Marked(hand_in, reports[name], name, submission.cells, submission.explanations)


def take(folder: Path) -> dict[str, bytes]:
    """Return the pictures of the pages in ``folder``, in few colours so that they are small."""
    with chromium() as browser:
        tab = browser.new_page(color_scheme="light")
        taken = {}
        for name, (page, width, height) in PAGES.items():
            tab.set_viewport_size({"width": width, "height": height})
            tab.goto((folder / page).as_uri())
            taken[name] = _small(screenshot(tab))
        return taken


def _small(picture: bytes) -> bytes:
    small = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


def difference(one: bytes, other: bytes) -> float:
    """Return how far two pictures are from each other, seen from afar: 0 to 255."""
    first, second = (Image.open(io.BytesIO(picture)).convert("L").resize(COARSE) for picture in (one, other))
    return ImageStat.Stat(ImageChops.difference(first, second)).mean[0]


def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        publish_class(Path(folder))
        for name, picture in take(Path(folder)).items():
            (FOLDER / name).write_bytes(picture)


if __name__ == "__main__":
    main()
