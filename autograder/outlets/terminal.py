"""A report as text for a terminal or a pipe, and the progress of a training.

Written without a library: it is two pages, and whatever grading imports must also go into the Gradescope container.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, TextIO

from autograder.grading.account import Account
from autograder.vocabulary import Isolation, Outcome, OutcomeName, Report
from autograder.wire.printable import printable

WIDTHS = (60, 100)
"""Narrowest and widest text: below, points no longer fit beside a title; above, lines are hard to read."""

POINTS_WIDTH = 12
"""Columns kept free for the points."""

STATUS_WIDTH = 78
"""Columns of the line that says what is going on: a terminal has 80, and would wrap a longer one."""

_MARKS: dict[OutcomeName, tuple[str, str]] = {
    "passed": ("✓", "32"),
    "followed_through": ("→", "36"),
    "failed": ("✗", "31"),
    "not_attempted": ("–", "33"),
    "not_reached": ("·", "2"),
    "grader_fault": ("!", "35"),
}
"""Outcome -> its mark and the ANSI style of the mark."""

_ASCII = str.maketrans({"✓": "+", "→": ">", "✗": "x", "–": "-", "·": "."})
_BOLD, _DIM = "1", "2"

_Piece = tuple[str, str]
"""Some text and its ANSI style."""


def render(report: Report, *, colour: bool, width: int) -> str:
    """The report as lines of at most ``width`` characters, ANSI styles not counted, with a newline at the end.

    Control and bidirectional characters in any text of the report come out as U+FFFD.
    """
    width = max(WIDTHS[0], min(width, WIDTHS[1]))
    return "".join(_styled(text, style if colour else "") for text, style in _report(report, width))


def render_account(report: Report, account: Account, *, width: int) -> str:
    """All that was run for the checks of a report, with hidden inputs, as lines of at most ``width`` characters."""
    width = max(WIDTHS[0], min(width, WIDTHS[1]))
    pieces = [
        piece for outcome in report.outcomes for piece in _runs(outcome, account.get(outcome.check.id, ()), width)
    ]
    return f"\nAll that was run, hidden inputs too (for the course staff):\n{''.join(text for text, _ in pieces)}"


def _runs(outcome: Outcome, runs: Sequence[Mapping[str, Any]], width: int) -> Iterator[_Piece]:
    if runs:
        yield "\n", ""
        title = f"{_MARKS[outcome.outcome][0]} {outcome.check.id} ({outcome.check.visibility})"
        yield from _row("", title, f"{outcome.score} / {outcome.check.points}", width)
    for run in runs:
        lines = {"Ran": run["ran"], "Expected": run["expected"], "Got": run["got"] or "the same"}
        for label, text in lines.items():
            yield from _text(f"{label}: {text}", "  " if label == "Ran" else "    ", width)


def encodable(text: str, encoding: str) -> str:
    """The text, with marks in ASCII and other characters escaped if ``encoding`` cannot hold it as it is."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def wants_colour(stream: TextIO) -> bool:
    """Whether to style what goes to ``stream``: what decides, and in which order, is the same as for Python itself."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Callable[[int, int, float], None] | None]:
    """A callable that shows a step, of how many, and a number; wiped at the end. None unless that is a terminal."""
    if not _is_live(stream):
        yield None
        return

    with status_line(stream) as show:
        yield lambda step, steps, number: show(
            f"training [{('#' * step).ljust(steps, '.')}] {step} of {steps}: {number:.4g}"
        )


@contextmanager
def status_line(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """A callable that shows what is going on, on one line that is wiped at the end; line by line off a terminal."""

    def show(text: str) -> None:
        stream.write(f"\r{printable(text):<{STATUS_WIDTH}.{STATUS_WIDTH}}" if live else f"{text}\n")
        stream.flush()

    live = _is_live(stream)
    try:
        yield show
    finally:
        if live:
            stream.write("\r" + " " * STATUS_WIDTH + "\r")
            stream.flush()


def _is_live(stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal on which a line can be written again."""
    return os.environ.get("TERM") != "dumb" and stream.isatty()


def _report(report: Report, width: int) -> Iterator[_Piece]:
    yield from _row("", report.submission, f"{report.score} / {report.max_score}", width, _BOLD)
    for question, group in groupby(report.outcomes, key=lambda outcome: outcome.check.question):
        yield from _question(question, list(group), width)
    yield "\n", ""
    for note in report.notes:
        yield from _text(f"For the course staff: {note.text}" if note.audience == "staff" else note.text, "", width)
    yield from _text(_isolation(report.isolation), "", width, _DIM)
    yield from _text(f"Graded in {report.seconds:.1f} s.", "", width, _DIM)


def _question(question: str, outcomes: Sequence[Outcome], width: int) -> Iterator[_Piece]:
    points = sum(outcome.check.points for outcome in outcomes)
    yield "\n", ""
    yield from _row("", question, f"{sum(outcome.score for outcome in outcomes)} / {points}", width, _BOLD)
    shown = ""
    for outcome in outcomes:
        mark, style = _MARKS[outcome.outcome]
        yield f"  {mark} ", style
        yield from _row("    ", outcome.check.title, f"{outcome.score} / {outcome.check.points}", width)
        for text in (outcome.message, f"Hint: {outcome.hint}" if outcome.hint else ""):
            if text and text != shown:  # a blank question says so once, not once a check
                yield from _text(text, "      ", width, "" if outcome.outcome == "failed" else _DIM)
        shown = outcome.message


def _row(margin: str, title: str, points: str, width: int, style: str = "") -> Iterator[_Piece]:
    """A title, wrapped, with its points at the right edge; the first line's margin is there already."""
    first, *rest = textwrap.wrap(printable(title), width - len(margin) - POINTS_WIDTH) or [""]
    yield f"{first}{points:>{width - len(margin) - len(first)}}\n", style
    for line in rest:
        yield f"{margin}{line}\n", style


def _text(text: str, margin: str, width: int, style: str = "") -> Iterator[_Piece]:
    for paragraph in printable(text).split("\n"):
        for line in textwrap.wrap(paragraph, width, initial_indent=margin, subsequent_indent=margin + "  "):
            yield line + "\n", style


def _isolation(isolation: Isolation) -> str:
    applied, missing = ([step.value for step in steps] for steps in (isolation.applied, isolation.missing))
    lacks = f"; missing: {', '.join(missing)}" if missing else ""
    return f"Isolation: {', '.join(applied) or 'none, no code was run'}{lacks}."


def _styled(text: str, style: str) -> str:
    line = text.rstrip("\n")
    return f"\x1b[{style}m{line}\x1b[0m{text[len(line) :]}" if style else text
