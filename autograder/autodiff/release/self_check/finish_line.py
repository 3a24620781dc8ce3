"""The overview of all questions, with a verdict on whether the notebook can be submitted."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .filled_in import CHECKS, CHOICES, EVIDENCE, METHODS, QUESTIONS, TEXTS, TOTALS
from .history import _bound, _history, _used
from .measuring import not_attached
from .outcomes import FAILED, NOT_ATTEMPTED, NOT_REACHED, Result, points_of, printable
from .saved import _notebook_file, _saved
from .typed import _typed

NOTHING_RUN = "Nothing has been run in this session: run all cells from the top, then this one again."


@dataclass(frozen=True)
class FinishLine:
    """The points of each question so far, what is left to do before submitting, and how to submit.

    ``missing`` must be done first; ``mistakes`` are the questions in which something is wrong. ``file`` is the name of
    the notebook on disk, or empty if it cannot be seen from here.
    """

    results: list[Result]
    missing: list[str]
    mistakes: list[str]
    file: str

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Return a row for each question: name, points so far, points of its public checks, points of all checks."""
        earned = {result.question: points_of(result.outcomes)[0] for result in self.results}
        public = {name: sum(row["points"] for row in CHECKS if row["question"] == name) for name in QUESTIONS}
        rows = [(name, str(earned.get(name, "–")), str(public[name]), str(TOTALS[name])) for name in QUESTIONS]
        sums = (sum(points.values()) for points in (earned, public, TOTALS))
        return [*rows, ("together", *map(str, sums))]

    def verdict(self) -> str:
        """Tell if the notebook is ready to submit, or ready with mistakes, or not ready."""
        if self.missing:
            return "Not ready to submit."
        if self.mistakes:
            return f"Ready to submit, with mistakes in {_listed(self.mistakes)}."
        return "Ready to submit."

    def advice(self) -> list[str]:
        """List what to do next."""
        if self.missing:
            return self.missing
        return [
            *(["What fails above would cost points. Mend it first, if there is time."] if self.mistakes else []),
            "Restart the kernel and run all cells, so that nothing rests on a cell that is gone; save the notebook.",
            f"Then submit {self.file}, and no other file."
            if self.file
            else "The saved notebook cannot be seen from here: see for yourself that both explanations are written. "
            "Then download it (in Colab: File > Download > Download .ipynb) and submit that one file.",
        ]

    def __repr__(self) -> str:
        lines = [
            f"{name:14}{so_far:>14}{public:>14}{total:>14}" for name, so_far, public, total in (_HEADS, *self.rows())
        ]
        return printable("\n".join([*lines, _HIDDEN, "", self.verdict(), *(f"– {line}" for line in self.advice())]))

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
        body = "".join(
            f'<tr><th scope="row">{name}</th>' + "".join(f"<td>{number}</td>" for number in numbers) + "</tr>"
            for name, *numbers in self.rows()
        )
        items = "".join(f"<li>{html.escape(line)}</li>" for line in self.advice())
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{_HIDDEN}</p>"
        return f"<div>{table}<p><strong>{html.escape(self.verdict())}</strong></p><ul>{items}</ul></div>"


_HEADS = ("question", "points so far", "public points", "all points")
_HIDDEN = "Public points are those of the checks that run here. The hidden checks run when you submit."


def finish_line(namespace: Mapping[str, Any], results: list[Result]) -> FinishLine:
    """Return the overview of a notebook whose checks had these ``results``."""
    if "Value" not in namespace:
        return FinishLine([], [NOTHING_RUN], [], "")
    file = _notebook_file()
    name = file.name if file.is_file() else ""
    blank = [*_blank_answers(namespace, results), *(_blank_texts() if name else ())]
    missing = [f"Still blank: {_listed(blank)}."] if blank else []
    if differing := _not_as_saved(namespace) if name else []:
        missing.append(
            f"{name} on disk is older than what you ran last: {_listed(differing)} differs. Save the notebook (Ctrl+S, "
            "on a Mac Command+S). If it was saved already, run the changed cell once more."
        )
    return FinishLine(results, missing, _mistakes(namespace, results), name)


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _blank_answers(namespace: Mapping[str, Any], results: list[Result]) -> Iterator[str]:
    for result in results:
        blank = any(outcome.state == NOT_ATTEMPTED for outcome in result.outcomes)
        if result.question in METHODS and (blank or not_attached(result.question, namespace)):
            yield result.question
    letters, numbers = _typed(namespace)
    yield from (name for name in (*EVIDENCE, *CHOICES) if name not in {**letters, **numbers})


def _blank_texts() -> Iterator[str]:
    explained = _saved().explained
    for name, _ in TEXTS.values():
        if name not in explained:
            yield f"{name} (in the saved file)"


def _mistakes(namespace: Mapping[str, Any], results: list[Result]) -> list[str]:
    wrong = [
        result.question
        for result in results
        if any(outcome.state in (FAILED, NOT_REACHED) for outcome in result.outcomes)
    ]
    return [*wrong, *(name for name, told in _typed(namespace)[0].items() if len(told) > 1)]


# The cells that were run, beside those that are saved


def _not_as_saved(namespace: Mapping[str, Any]) -> list[str]:
    """Find names whose cell was last run in another form than the saved one: answers, and all that the methods use."""
    wanted = {*_used(namespace), *CHOICES, *EVIDENCE}
    saved = {source.strip() for source in _saved().code}
    differing: list[str] = []
    for source in reversed(_history(namespace)):
        bound = _bound(source) & wanted
        wanted -= bound
        if bound and source.strip() not in saved:
            differing += sorted(bound)
    return differing
