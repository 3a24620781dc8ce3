"""The grader's vocabulary: the plain, frozen values that cross from one module to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any, Literal

SCHEMA = "autograder-report/3"
"""The layout of a report as JSON."""

Scalar = int | float | str
"""A finite plain number, or a short text that says what stood in its place (``"nan"``, ``"bool"``, ...)."""

Numbers = Mapping[str, Scalar]
"""What a probe measured, by name."""

Measured = dict[str, Any]
"""What a probe saw, in the student's process: names to numbers, or to whatever the code left in their place."""

Inputs = Mapping[str, Any]
"""What a probe is run on; plain JSON values only."""

Draw = Callable[[Random], tuple[Inputs, ...]]
"""Makes the inputs of a hidden check from random numbers."""

Interval = tuple[float, float]
"""Lowest and highest of the numbers that are right."""

Expected = Mapping[str, float | Interval | str]
"""What is right, by name: a number, any number of an interval, or just this letter."""

BOTH = "+"
"""Between the names of two misconceptions that are met at once."""

Visibility = Literal["public", "hidden"]
OutcomeName = Literal["passed", "followed_through", "failed", "not_attempted", "not_reached", "grader_fault"]
ObservationStatus = Literal["returned", "raised", "timed_out", "crashed", "broke_protocol", "out_of_time"]
MethodState = Literal["ready", "stub", "missing", "not_a_function", "not_loaded"]
LoadMode = Literal["grafted", "as_submitted"]


@dataclass(frozen=True)
class Answer:
    """What a student types or writes instead of programming it: read as text, never run.

    ``cell`` names the tag of its cell, ``answer:<cell>``; several answers may share one. A ``text`` ``explains`` the
    answer of that name, and is marked by people.
    """

    name: str
    question: str
    kind: Literal["letter", "number", "text"]
    cell: str
    explains: str = ""


@dataclass(frozen=True)
class Manifest:
    """What the machinery must know of an assignment. Nothing in it is secret: it goes to the worker.

    ``methods`` maps a question to the method that its answer is. They are grafted onto the class ``grafted_on``, the
    first of the classes ``engine`` that probes are run on; its methods ``kept`` are never the student's. ``probes`` is
    the module of the probes. ``harmless`` are functions that a notebook only looks at things with, and methods, which
    begin with a dot. ``blank`` is what the cell of a text holds before anything is written. ``released`` are the files
    of the student's release, by their path in it. ``total`` are the points of all checks.
    """

    name: str
    title: str
    questions: tuple[str, ...]
    methods: Mapping[str, str]
    grafted_on: str
    engine: tuple[str, ...]
    kept: tuple[str, ...]
    probes: str
    harmless: tuple[str, ...]
    answers: tuple[Answer, ...]
    blank: str
    released: tuple[str, ...]
    total: int

    @property
    def notebook(self) -> str:
        """The file name of the notebook."""
        return f"{self.name}.ipynb"

    def named(self, kind: str) -> tuple[str, ...]:
        """The names of the answers of one kind."""
        return tuple(answer.name for answer in self.answers if answer.kind == kind)

    @property
    def cell_kinds(self) -> dict[str, str]:
        """The kind of the cell that each tag of an answer marks: texts are markdown, all others code."""
        methods = dict.fromkeys((f"answer:{question}" for question in self.methods), "code")
        return methods | {f"answer:{a.cell}": "markdown" if a.kind == "text" else "code" for a in self.answers}

    def to_json(self) -> dict[str, Any]:
        """The manifest as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Manifest:
        """The manifest that ``to_json`` gave."""
        tuples = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **tuples, "answers": tuple(Answer(**answer) for answer in values["answers"])})


@dataclass(frozen=True)
class Check:
    """One line of the rubric: a behaviour, its points, and the sentence a student reads.

    ``requires`` lists the ids of checks that must pass first; if one did not, this check is *not reached*.
    ``why`` says why the behaviour matters.

    ``probe`` names the probe that is run; it is empty for a check of the answers that ``reads`` names. ``cases`` are
    the fixed inputs of a public check, ``draw`` makes those of a hidden one. ``expects`` tells from the inputs what is
    right. Of a probe that reports step by step, ``sees`` makes of the steps what is compared with that. What is
    expected of the names in ``free`` is a choice among several right numbers.
    """

    id: str
    question: str
    title: str
    points: int
    visibility: Visibility
    why: str
    requires: tuple[str, ...] = ()
    probe: str = ""
    reads: tuple[str, ...] = ()
    cases: tuple[Inputs, ...] = ()
    draw: Draw | None = None
    expects: Callable[[Inputs], Expected] | None = None
    sees: Callable[[Sequence[Observation], int], Observation] | None = None
    free: frozenset[str] = frozenset()

    def inputs(self, generator: Random) -> tuple[Inputs, ...]:
        """The inputs to run the probe on; ``generator`` decides those of a hidden check."""
        return self.draw(generator) if self.draw else self.cases

    def expected(self, inputs: Inputs) -> Expected:
        """What is right on these ``inputs``, by name."""
        return self.expects(inputs) if self.expects else {}


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


class Sign(Enum):
    """Something in a report that a person of the staff should look at; none says that anything is wrong."""

    AS_SUBMITTED = "graded_as_submitted"
    STATEMENT_TIMED_OUT = "statement_timed_out"
    STATEMENT_CRASHED = "statement_crashed"
    STATEMENT_BROKE_PROTOCOL = "statement_broke_protocol"
    NOT_LOADED = "not_loaded"
    OUT_OF_TIME = "out_of_time"
    CHECK_TIMED_OUT = "check_timed_out"
    CHECK_CRASHED = "check_crashed"
    CHECK_BROKE_PROTOCOL = "check_broke_protocol"
    LENT_IN_VAIN = "lent_in_vain"
    GRADER_FAULT = "grader_fault"


@dataclass(frozen=True)
class Note:
    """A sentence of a report that belongs to no check, and whom it is for."""

    text: str
    audience: Literal["student", "staff"] = "student"
    sign: Sign | None = None


@dataclass(frozen=True)
class Loaded:
    """What came of loading a submission in the worker.

    ``methods`` tells for each question that a method answers what was found; ``set_aside`` whether grafting left
    something aside that they may build on (a class or special methods of the student's, statements that were not run);
    ``problems`` are for the student, one for each statement that failed. ``look_alikes`` names, where a method was not
    found, one that differs from it in case or underscores only.
    """

    mode: LoadMode
    methods: Mapping[str, MethodState]
    set_aside: bool = False
    problems: tuple[Note, ...] = ()
    look_alikes: Mapping[str, str] = field(default_factory=dict)


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
    """The result of one check. ``message`` has at most four lines: run, expected, got, why.

    ``misconception`` is the name of one, or of two joined by ``BOTH``.
    ``earned`` are the points of a check that followed through: it did not pass, for a mistake that counts elsewhere.
    """

    check: Check
    outcome: OutcomeName
    message: str = ""
    hint: str = ""
    misconception: str = ""
    sign: Sign | None = None
    earned: int = 0

    @property
    def score(self) -> int:
        """Points earned: all of the check's points when it passed."""
        return self.check.points if self.outcome == "passed" else self.earned


@dataclass(frozen=True)
class Report:
    """The report of one submission: the same for Gradescope, otter, the command line and a class."""

    submission: str
    outcomes: tuple[Outcome, ...]
    isolation: Isolation = Isolation()
    seconds: float = 0.0
    notes: tuple[Note, ...] = ()

    @property
    def score(self) -> int:
        """Points earned."""
        return sum(outcome.score for outcome in self.outcomes)

    @property
    def max_score(self) -> int:
        """Points that can be earned."""
        return sum(outcome.check.points for outcome in self.outcomes)

    def notes_for(self, audience: Literal["student", "staff"]) -> list[str]:
        """The texts of the notes for the student, or for the staff."""
        return [note.text for note in self.notes if note.audience == audience]

    @property
    def signs(self) -> list[Sign]:
        """What the staff should look at, each once."""
        signs = [*(note.sign for note in self.notes), *(outcome.sign for outcome in self.outcomes)]
        if any(outcome.outcome == "grader_fault" for outcome in self.outcomes):
            signs.append(Sign.GRADER_FAULT)
        return list(dict.fromkeys(sign for sign in signs if sign is not None))

    def to_json(self) -> dict[str, Any]:
        """The report as plain JSON values, in the layout that ``SCHEMA`` names."""
        return {
            "schema": SCHEMA,
            "submission": self.submission,
            "score": self.score,
            "max_score": self.max_score,
            "isolation": self.isolation.to_json(),
            "seconds": round(self.seconds, 3),
            "notes": self.notes_for("student"),
            "for_staff": self.notes_for("staff"),
            "signs": [sign.value for sign in self.signs],
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


Prediction = Callable[[str, Inputs], Observation]
"""Tells what a probe shows on these inputs."""


@dataclass(frozen=True)
class Misconception:
    """A mistake that can be told by what it shows: ``predicts`` says what a probe shows of whoever makes it.

    ``hint`` is for the student, and does not give the answer away. ``also_predicts`` are other ways in which the same
    mistake shows.
    """

    name: str
    question: str
    hint: str
    predicts: Prediction
    also_predicts: tuple[Prediction, ...] = ()

    @property
    def ways(self) -> tuple[Prediction, ...]:
        """All ways in which the mistake shows."""
        return self.predicts, *self.also_predicts


@dataclass(frozen=True)
class SecretNumber:
    """A number that no student may be given, known to within ``error``.

    It counts as found where it is written with as many significant ``digits``.
    """

    value: float
    error: float
    digits: int
    name: str


@dataclass(frozen=True)
class Assignment:
    """An assignment as the trusted side knows it, with all answers.

    Its limit: answers are methods that are grafted onto one class, or short texts, and only scalars cross the wall.

    ``pairs`` gives the misconceptions that are two of a question's ``misconceptions`` at once, their names joined.
    ``located`` says where a mistake is that no misconception explains: it is given the inputs of public runs, and of
    each number what was expected, what was measured, and whether they agree.
    ``cells`` gives the sources of the notebook's own cells. ``describe`` says what a probe does with its inputs, as a
    student would type it. For probes that report step by step, ``completed`` adds the data that their inputs name,
    ``steps`` says what is right after each step, and ``shortcuts`` maps one to a quicker one, which counts only where
    all of it comes out right. ``lent`` are the course's own methods by question, each as the text of one function,
    which stand in for a student's wrong ones where a mistake is followed through. ``key`` are the right answers that
    are typed in, ``secrets`` the numbers that are to be kept from students. ``folder`` is where the notebook lies,
    ``data`` are the files in it that decide a score, and ``templates`` is the folder of what is released with the
    notebook.
    """

    manifest: Manifest
    checks: tuple[Check, ...]
    misconceptions: tuple[Misconception, ...]
    pairs: Callable[[str], Iterable[Misconception]]
    located: Callable[[Sequence[tuple[Inputs, Mapping[str, tuple[Any, Any, bool]]]]], str]
    cells: Callable[[], tuple[str, ...]]
    describe: Callable[[str, Inputs], str]
    completed: Callable[[Inputs], Inputs]
    steps: Callable[[Inputs], Sequence[Expected]]
    shortcuts: Mapping[str, str]
    lent: Mapping[str, str]
    key: Mapping[str, float | str]
    secrets: Callable[[], Iterable[SecretNumber]]
    folder: Path
    data: tuple[str, ...]
    templates: Path

    def of(self, question: str) -> tuple[Check, ...]:
        """The checks of a question."""
        return tuple(check for check in self.checks if check.question == question)

    def methods_of(self, check: Check) -> tuple[str, ...]:
        """The questions answered by methods of which ``check`` requires something, each once."""
        questions = dict.fromkeys(each.question for each in self.checks if each.id in check.requires)
        return tuple(question for question in questions if question in self.manifest.methods)
