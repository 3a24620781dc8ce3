"""The outcomes of checks, and how a notebook and a terminal show them."""

from __future__ import annotations

import html
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .filled_in import QUESTIONS

PASSED, FAILED, NOT_ATTEMPTED, NOT_REACHED = "passed", "failed", "not attempted", "not reached"
MARKS = {PASSED: "✓", FAILED: "✗", NOT_ATTEMPTED: "–", NOT_REACHED: "–"}


@dataclass(frozen=True)
class Stop:
    """An exception in words, and the student's own line where it arose."""

    kind: type
    words: str
    place: str

    @classmethod
    def of(cls, error: Exception) -> Stop:
        """Make a stop from an exception."""
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
        place = f"in {own[-1].name}, line {own[-1].lineno}: {own[-1].line}" if own else ""
        return cls(type(error), traceback.format_exception_only(type(error), error)[-1].strip(), place)

    def again(self, before: Stop | None) -> str:
        """Return a short sentence if this stop is the same as ``before``, which was told already; else nothing."""
        if before is None or before.kind is not self.kind:
            return ""
        if before.place == self.place != "":
            return "Stops at the same line as above."
        return "Stops with the same error as above." if before.words == self.words else ""

    def __str__(self) -> str:
        return f"{self.words} ({self.place})" if self.place else self.words


@dataclass(frozen=True)
class Outcome:
    """The outcome of a check, with a message and perhaps a hint for the student.

    ``stop`` is the exception that ended the check, if one did.
    """

    row: Mapping[str, Any]
    state: str
    message: str = ""
    hint: str = ""
    stop: Stop | None = None

    def headline(self) -> str:
        """Return one line with the check's sign, title, points and state."""
        points = "1 point" if self.row["points"] == 1 else f"{self.row['points']} points"
        return f"{MARKS[self.state]} {self.row['title']} ({points}): {self.state}"

    def lines(self) -> list[str]:
        """Return the lines of the message, and the hint if a mistake was recognised."""
        return [*self.message.splitlines(), *([f"Hint: {self.hint}"] if self.hint else [])]

    def __str__(self) -> str:
        return printable("\n    ".join([self.headline(), *self.lines()]))

    def _repr_html_(self) -> str:
        pairs = [line.partition(": ") if ": " in line else ("", "", line) for line in self.lines()]
        rows = "".join(f"<dt {_LABEL}>{html.escape(k)}</dt><dd {_TEXT}>{_marked_up(v)}</dd>" for k, _, v in pairs)
        weight = "bold" if self.state == FAILED else "normal"
        details = f"<dl {_DETAILS}>{rows}</dl>" if rows else ""
        return f'<span style="font-weight: {weight}">{html.escape(self.headline())}</span>{details}'


@dataclass(frozen=True)
class Result:
    """The public checks of one question; a notebook shows it as HTML, a terminal as text."""

    question: str
    outcomes: list[Outcome]
    notes: list[str]

    def summary(self) -> str:
        """Return a sentence with the points so far, which says that the hidden checks are not among them."""
        return summary(self.outcomes)

    def __repr__(self) -> str:
        lines = [f"Question {self.question}", *map(str, self.outcomes), *self.notes, self.summary()]
        return printable("\n".join(lines))

    def _repr_html_(self) -> str:
        entries = [outcome._repr_html_() for outcome in self.outcomes] + [html.escape(note) for note in self.notes]
        items = "".join(f"<li>{entry}</li>" for entry in entries)
        earned, total = points_of(self.outcomes)
        bar = f'<meter aria-label="points so far" min="0" max="{total}" value="{earned}" {_BAR}></meter>'
        title = f"<strong>Question {html.escape(self.question)}</strong> {bar} {earned} of {total} points"
        checks = f'<ul style="list-style: none; padding-left: 0">{items}</ul>'
        return f"<div><p>{title}</p>{checks}<p>{self.summary()}</p></div>"


def _marked_up(text: str) -> str:
    """Return ``text`` as HTML, with code in place of what stands between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


_BAR = 'style="width: 10em; margin: 0 0.5em; vertical-align: middle"'
_DETAILS = (
    'style="display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1em; margin: 0.3em 0 0.8em 0.4em; '
    'padding-left: 0.8em; border-left: 3px solid currentColor"'
)
_LABEL = 'style="font-weight: bold; margin: 0; float: none; width: auto; white-space: nowrap"'  # JupyterLab floats it
_TEXT = 'style="margin: 0; float: none; width: auto; overflow-wrap: anywhere"'


@dataclass(frozen=True)
class Help:
    """The answer of ``check`` to an unknown question: a list of the questions."""

    asked: object

    def __repr__(self) -> str:
        problem = f"There is no question {self.asked!r}. " if self.asked else ""
        return f'{problem}Name a question, for example grader.check("mul"). They are: {", ".join(QUESTIONS)}.'


def points_of(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """Add up the points earned so far, and the points of these checks."""
    points = [(outcome.row["points"], outcome.state == PASSED) for outcome in outcomes]
    return sum(each for each, passed in points if passed), sum(each for each, _ in points)


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return a sentence with the points so far, which says that the hidden checks are not among them."""
    earned, total = points_of(outcomes)
    return f"Public checks passed: {earned} of {total} points; the hidden ones run when you submit."


def printable(text: str) -> str:
    """Return ``text`` with signs that the console can show; some Windows consoles have no ✓."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("✓", "+").replace("✗", "x").replace("–", "-")
    return text.encode(encoding, "replace").decode(encoding)
