"""The grader's vocabulary: the plain, frozen values that cross from one module to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

SCHEMA = "autodiff-report/1"

QUESTIONS = ("mul", "pow", "relu", "training", "test_vs_train")
"""The questions in the order of the notebook."""

OPERATORS = {"mul": "__mul__", "pow": "__pow__", "relu": "relu"}
"""Question name -> name of the method the student writes."""

Scalar = int | float | str
"""A finite plain number, or a short text that says what stood in its place (``"nan"``, ``"bool"``, ...)."""

Numbers = Mapping[str, Scalar]
"""What a probe measured, by name."""

Measured = dict[str, Any]
"""What a probe saw, in the student's process: names to numbers, or to whatever the code left in their place."""

Inputs = Mapping[str, Any]
"""What a probe is run on; plain JSON values only."""

Visibility = Literal["public", "hidden"]
OutcomeName = Literal["passed", "failed", "not_attempted", "not_reached", "grader_fault"]
ObservationStatus = Literal["returned", "raised", "timed_out", "crashed", "broke_protocol", "out_of_time"]
OperatorState = Literal["ready", "stub", "missing", "not_a_function", "not_loaded"]
LoadMode = Literal["grafted", "as_submitted"]


@dataclass(frozen=True)
class Check:
    """One line of the rubric: a behaviour, its points, and the sentence a student reads.

    ``requires`` lists the ids of checks that must pass first; if one did not, this check is *not reached*.
    ``why`` says why the behaviour matters.
    """

    id: str
    question: str
    title: str
    points: int
    visibility: Visibility
    why: str
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Observation:
    """What one run of one probe showed.

    ``error`` is the name of a built-in exception (or ``"Exception"``): safe to show anywhere. ``detail`` is text the
    student's code chose (its message and line): already cleaned and shortened, shown for public checks only.
    """

    status: ObservationStatus
    values: Numbers = field(default_factory=dict)
    error: str = ""
    detail: str = ""


class Step(Enum):
    """A step of the confinement, by what a report calls it; they are taken in this order."""

    RLIMITS = "rlimits"
    NETWORK_NAMESPACE = "network namespace"
    OWN_UID = "own uid"
    NO_NEW_PRIVILEGES = "no new privileges"
    PARENT_DEATH_SIGNAL = "parent-death signal"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    FORK = "a process for each probe"
    MEMORY_WATCHDOG = "memory watchdog"


@dataclass(frozen=True)
class Isolation:
    """The confinement steps that hold for the process that ran the student's code, and those that do not."""

    applied: tuple[Step, ...] = ()
    missing: tuple[Step, ...] = ()

    def to_json(self) -> dict[str, list[str]]:
        """The steps by name, as a report and the worker tell them."""
        return {"applied": [step.value for step in self.applied], "missing": [step.value for step in self.missing]}

    @classmethod
    def from_json(cls, names: Mapping[str, Sequence[str]]) -> Isolation:
        """The isolation that ``to_json`` gave; raises ``ValueError`` for a step that there is none of."""
        return cls(tuple(map(Step, names["applied"])), tuple(map(Step, names["missing"])))


@dataclass(frozen=True)
class Loaded:
    """What came of loading a submission in the worker.

    ``operators`` tells for each operator question what was found; ``set_aside`` whether grafting left something aside
    that they may build on (a class ``Value`` or special methods of the student's, statements that were not run);
    ``problems`` are sentences for the student, one for each statement that failed.
    """

    mode: LoadMode
    operators: Mapping[str, OperatorState]
    set_aside: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A submission after intake: text and literals, nothing that can run by itself.

    ``cells`` are the sources of the code cells in order (magics and all). ``choices`` maps ``choice_1``/``choice_2`` to
    a letter, ``evidence`` the four names of the evidence cell to a number; a text in place of a number, or a letter
    that is none, is what the student should be told. A name that is missing or left blank is absent.
    ``fingerprint`` is the hex SHA-256 of everything that decides the score.
    """

    name: str
    cells: tuple[str, ...]
    choices: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, Scalar] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True)
class Outcome:
    """The result of one check. ``message`` has at most four lines: run, expected, got, why."""

    check: Check
    outcome: OutcomeName
    message: str = ""
    hint: str = ""
    misconception: str = ""

    @property
    def score(self) -> int:
        """Points earned: all of the check's points when it passed, else none."""
        return self.check.points if self.outcome == "passed" else 0


@dataclass(frozen=True)
class Report:
    """The report of one submission: the same for Gradescope, otter, the command line and a class."""

    submission: str
    outcomes: tuple[Outcome, ...]
    isolation: Isolation = Isolation()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        """Points earned."""
        return sum(outcome.score for outcome in self.outcomes)

    @property
    def max_score(self) -> int:
        """Points that can be earned."""
        return sum(outcome.check.points for outcome in self.outcomes)

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values, in the layout that ``SCHEMA`` names."""
        return {
            "schema": SCHEMA,
            "submission": self.submission,
            "score": self.score,
            "max_score": self.max_score,
            "isolation": self.isolation.to_json(),
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "checks": [
                {
                    "id": outcome.check.id,
                    "question": outcome.check.question,
                    "title": outcome.check.title,
                    "points": outcome.check.points,
                    "score": outcome.score,
                    "outcome": outcome.outcome,
                    "visibility": outcome.check.visibility,
                    "message": outcome.message,
                    "hint": outcome.hint,
                    "misconception": outcome.misconception,
                }
                for outcome in self.outcomes
            ],
        }
