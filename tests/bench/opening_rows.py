"""How long a browser takes to open the staff's page of a class, and how large it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from browser import chromium
from class_rows_by_hand import all_of, report, row, rows, student
from playwright.sync_api import Page

from autograder.classroom.hand_ins import Marked
from autograder.classroom.publish import publish
from bench.measure import Run
from bench.workshop import Workshop

STUDENTS = 1000
LETTERS = 400
"""Characters of an explanation: three sentences."""
OPENED = """() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"""
"""Milliseconds from the start of loading until what was loaded is painted, with the script run."""
TYPED = """text => new Promise(done => {
  const box = document.getElementById("find"), started = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input"));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - started), 0));
})"""
NOTE = f"""
`class.html` of {STUDENTS:,} students made by hand: half of them wrong somewhere, a third late, explanations of
{LETTERS} characters each. Opened in Chromium from the disk, until it is painted and its script has run, in a new tab.
""".strip()

_WRONG: tuple[dict[str, str], ...] = (
    {"mul.accumulates": "mul.overwrites", "mul.square": "mul.overwrites"},
    {"pow.chained": "pow.overwrites", "relu.at_zero": ""},
    {**all_of("relu", "training"), "test_vs_train.choice_2": ""},
)


def measure(shop: Workshop) -> tuple[dict[str, list[Run]], dict[str, Any]]:
    """Publish the class and open its page as often as anything is repeated."""
    folder = shop.new_folder("class-of-a-thousand")
    publish(rows(*students()), folder)
    page = folder / "class.html"
    opened, found = [], []
    with chromium() as browser:
        for _ in range(shop.repeats):
            tab = browser.new_page(viewport={"width": 1200, "height": 900})
            opened.append(open_page(tab, page))
            found.append(tab.evaluate(TYPED, "student 7 mul.overwrites") / 1000)
            tab.close()
    facts = {
        "students": STUDENTS,
        "bytes": page.stat().st_size,
        "seconds": median(opened),
        "seconds to find": median(found),
    }
    shop.say(f"  class.html: {facts['bytes'] / 1e6:.1f} MB, opened in {facts['seconds']:.2f} s")
    return {}, facts


def open_page(tab: Page, path: Path) -> float:
    """Seconds until the page is painted and its script has run."""
    tab.goto(path.as_uri())
    return float(tab.evaluate(OPENED)) / 1000


def students() -> Iterator[Marked]:
    """The class."""
    random = Random(1)
    for number in range(STUDENTS):
        words = "".join(random.choice("abcdefgh     ") for _ in range(LETTERS))
        yield row(
            student(
                f"Student {number} of the Class", key=f"student-of-the-class-{number:012x}", email=f"s{number}@a.edu"
            ),
            report(random.choice(_WRONG) if number % 2 else {}, seconds=random.uniform(0.5, 9.0)),
            explanations={"explain_1": words, "explain_2": words[::-1]},
            late=number % 3 == 0,
        )
