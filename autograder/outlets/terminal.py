"""The report as text for a terminal or a pipe, and the progress of a training.

It is written without a library: it has two pages, and every library that grading imports must go into the Gradescope
container too.
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
"""Narrowest and widest text, in columns.

In a narrower one the points do not fit beside a title; in a wider one lines are hard to read.
"""

POINTS_WIDTH = 12
"""Number of columns for the points."""

STATUS_WIDTH = 78
"""Number of columns of the status line. A terminal has 80, and would wrap a longer line."""

_MARKS: dict[OutcomeName, tuple[str, str]] = {
    "passed": ("✓", "32"),
    "followed_through": ("→", "36"),
    "failed": ("✗", "31"),
    "not_attempted": ("–", "33"),
    "not_reached": ("·", "2"),
    "grader_fault": ("!", "35"),
}
"""Mark of each outcome, and the ANSI style of the mark."""

_ASCII = str.maketrans({"✓": "+", "→": ">", "✗": "x", "–": "-", "·": "."})
_BOLD, _DIM = "1", "2"

_Piece = tuple[str, str]
"""Piece of text and its ANSI style."""


def render(report: Report, *, colour: bool, width: int) -> str:
    """Return the report as lines of at most ``width`` characters, without counting ANSI styles.

    A ``width`` outside ``WIDTHS`` is replaced by the nearest one. Control and bidirectional characters in any text of
    the report are replaced by U+FFFD.
    """
    width = max(WIDTHS[0], min(width, WIDTHS[1]))
    return "".join(_styled(text, style if colour else "") for text, style in _report(report, width))


def render_account(report: Report, account: Account, *, width: int) -> str:
    """Return all that was run for a report's checks, with hidden inputs, as lines of at most ``width`` characters.

    A ``width`` outside ``WIDTHS`` is replaced by the nearest one.
    """
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
    """Return the text as it is if ``encoding`` can express it, else with ASCII marks and other characters escaped."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)
    return text


def wants_colour(stream: TextIO) -> bool:
    """Tell whether text for ``stream`` should be coloured. The rules are those of Python itself, in the same order."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and stream.isatty()


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Callable[[int, int, float], None] | None]:
    """Yield a function that shows a step, the number of steps, and a value in a progress bar.

    The bar is wiped at the end. If ``stream`` is no terminal, None is yielded.
    """
    if not _is_live(stream):
        yield None
        return

    with status_line(stream) as show:
        yield lambda step, steps, number: show(
            f"training [{('#' * step).ljust(steps, '.')}] {step} of {steps}: {number:.4g}"
        )


@contextmanager
def status_line(stream: TextIO) -> Iterator[Callable[[str], None]]:
    """Yield a function that shows a text on the status line, which is wiped at the end.

    If ``stream`` is no terminal, each text gets a line of its own.
    """

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
    """Tell whether ``stream`` is a terminal on which a line can be overwritten."""
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
            if text and text != shown:  # a blank question says so once, not at every check
                yield from _text(text, "      ", width, "" if outcome.outcome == "failed" else _DIM)
        shown = outcome.message


def _row(margin: str, title: str, points: str, width: int, style: str = "") -> Iterator[_Piece]:
    """Yield the lines of a wrapped title, with its points at the right edge of the first one.

    The margin of the first line is written already.
    """
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
