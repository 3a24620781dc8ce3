"""The grader's vocabulary: the plain, frozen values that cross from one module to another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path
from random import Random
from typing import Any, Literal

SCHEMA = "autograder-report/3"
"""Name of the layout of a report as JSON."""

Scalar = int | float | str
"""Finite number, or a short text that names what stood in its place (``"nan"``, ``"bool"``, ...)."""

Numbers = Mapping[str, Scalar]
"""Numbers that a probe measured, by name."""

Measured = dict[str, Any]
"""Values that a probe found in the student's process, by name: numbers, or whatever the student's code left there."""

Inputs = Mapping[str, Any]
"""Inputs that a probe is run on, by name; plain JSON values only."""

Draw = Callable[[Random], tuple[Inputs, ...]]
"""Function that makes the inputs of a hidden check from random numbers."""

Interval = tuple[float, float]
"""Lowest and highest number that count as right."""

Expected = Mapping[str, float | Interval | str]
"""Right values by name: a number, an interval in which any number is right, or a letter."""

BOTH = "+"
"""Sign that joins the names of two misconceptions that are met together."""

Visibility = Literal["public", "hidden"]
OutcomeName = Literal["passed", "followed_through", "failed", "not_attempted", "not_reached", "grader_fault"]
ObservationStatus = Literal["returned", "raised", "timed_out", "crashed", "broke_protocol", "out_of_time"]
MethodState = Literal["ready", "stub", "missing", "not_a_function", "not_loaded"]
LoadMode = Literal["grafted", "as_submitted"]


@dataclass(frozen=True)
class Answer:
    """Answer that a student types instead of programming it. It is read as text and never run.

    Its cell has the tag ``answer:<cell>``; several answers may share a cell. An answer of the kind ``"text"`` is marked
    by people; ``explains`` names the answer that it gives reasons for.
    """

    name: str
    question: str
    kind: Literal["letter", "number", "text"]
    cell: str
    explains: str = ""


@dataclass(frozen=True)
class Manifest:
    """Public facts about an assignment that the machinery needs. It goes to the worker, so it holds no secret.

    ``methods`` maps a question to the name of the method that answers it. The methods are grafted onto the class
    ``grafted_on``. ``engine`` lists the classes that probes are run on; that class is the first of them. The methods
    ``kept`` of that class are always the course's own. ``probes`` is the name of the module with the probes.
    ``harmless`` names functions that only show things, and methods that do (these with a leading dot). ``blank`` is the
    text of a text answer's cell before the student writes there. ``released`` lists the files of the student's release
    by their paths in it. ``total`` is the sum of the points of all checks.
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
        """Return the names of the answers of one kind."""
        return tuple(answer.name for answer in self.answers if answer.kind == kind)

    @property
    def cell_kinds(self) -> dict[str, str]:
        """Kind of cell by its tag: markdown for the answers that are texts, code for all others."""
        methods = dict.fromkeys((f"answer:{question}" for question in self.methods), "code")
        return methods | {f"answer:{a.cell}": "markdown" if a.kind == "text" else "code" for a in self.answers}

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Answers that are texts, by the tag of their cell: each has its name and that of the answer it explains."""
        texts = (answer for answer in self.answers if answer.kind == "text")
        return {f"answer:{answer.cell}": (answer.name, answer.explains) for answer in texts}

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Manifest:
        """Return the manifest that ``to_json`` turned into ``values``."""
        tuples = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **tuples, "answers": tuple(Answer(**answer) for answer in values["answers"])})


@dataclass(frozen=True)
class Check:
    """One line of the rubric: a behaviour, its points, and the sentence a student reads.

    ``requires`` lists the ids of checks that must pass first; if one did not, this check is *not reached*.
    ``why`` says why the behaviour matters.

    ``probe`` names the probe that is run. It is empty for a check of typed answers, which ``reads`` names. ``cases``
    are the fixed inputs of a public check; ``draw`` makes the inputs of a hidden check. ``expects`` computes from the
    inputs what is right. ``sees`` is set where the probe reports step by step: it turns the steps into the one
    observation that is compared. ``free`` names values for which several numbers are right.
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
        """Return the inputs to run the probe on; a hidden check draws them from ``generator``."""
        return self.draw(generator) if self.draw else self.cases

    def expected(self, inputs: Inputs) -> Expected:
        """Return the right values for these ``inputs``, by name."""
        return self.expects(inputs) if self.expects else {}


@dataclass(frozen=True)
class Observation:
    """Result of one run of one probe.

    ``error`` is the name of a built-in exception (or ``"Exception"``), so it is safe to show anywhere. ``detail`` is
    text that the student's code chose, with its line. It is cleaned and shortened, and shown for public checks only.
    """

    status: ObservationStatus
    values: Numbers = field(default_factory=dict)
    error: str = ""
    detail: str = ""


class Step(Enum):
    """Step of a worker's confinement. Its value is its name in a report; the steps are taken in this order."""

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
    """Steps of confinement that were applied to the process that ran the student's code, and those that were not."""

    applied: tuple[Step, ...] = ()
    missing: tuple[Step, ...] = ()

    def to_json(self) -> dict[str, list[str]]:
        """Return the names of the steps, as a report and the worker state them."""
        return {"applied": [step.value for step in self.applied], "missing": [step.value for step in self.missing]}

    @classmethod
    def from_json(cls, names: Mapping[str, Sequence[str]]) -> Isolation:
        """Return the isolation that ``to_json`` turned into ``names``.

        Raises ``ValueError`` for the name of an unknown step.
        """
        return cls(tuple(map(Step, names["applied"])), tuple(map(Step, names["missing"])))


class Sign(Enum):
    """Reason for the staff to look at a report. None of them means that the student did anything wrong."""

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
    """Sentence of a report that belongs to no check, and the audience that it is for."""

    text: str
    audience: Literal["student", "staff"] = "student"
    sign: Sign | None = None


@dataclass(frozen=True)
class Loaded:
    """Result of loading a submission in the worker.

    ``methods`` maps each question that a method answers to what was found. ``set_aside`` is true where grafting left
    out something that the methods may need: a class or special methods of the student's, or statements that were not
    run. ``problems`` holds a note to the student for each statement that failed. Where a method was not found,
    ``look_alikes`` names a function whose name differs only in case or underscores.
    """

    mode: LoadMode
    methods: Mapping[str, MethodState]
    set_aside: bool = False
    problems: tuple[Note, ...] = ()
    look_alikes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """Submission after intake: texts and literals, nothing that can run by itself.

    ``cells`` holds the sources of the code cells in order, with their magics. ``choices`` maps ``choice_1`` and
    ``choice_2`` to a letter; ``evidence`` maps the four names of the evidence cell to numbers. Where the student typed
    no letter or no number, the value is a text that tells the student so. A name that is missing or blank is absent.
    ``fingerprint`` is the SHA-256 digest, in hex, of everything that decides the score.
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
    """Result of one check. ``message`` has at most four lines: run, expected, got, why.

    ``misconception`` is the name of one misconception, or of two joined by ``BOTH``. ``earned`` is the number of points
    of a check that followed through: it did not pass, but because of a mistake that already cost its points elsewhere.
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
        """Points earned: all points of the check if it passed, else the number ``earned``."""
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
        """Return the texts of the notes for this audience."""
        return [note.text for note in self.notes if note.audience == audience]

    @property
    def signs(self) -> list[Sign]:
        """Signs of all notes and outcomes, each once."""
        signs = [*(note.sign for note in self.notes), *(outcome.sign for outcome in self.outcomes)]
        if any(outcome.outcome == "grader_fault" for outcome in self.outcomes):
            signs.append(Sign.GRADER_FAULT)
        return list(dict.fromkeys(sign for sign in signs if sign is not None))

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain JSON values, in the layout that ``SCHEMA`` names."""
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
"""Function that predicts what a probe, given by its name, shows on these inputs."""


@dataclass(frozen=True)
class Misconception:
    """Known mistake, with a prediction of what probes show where it is made.

    ``hint`` is for the student and does not give the answer away. Some mistakes can be programmed in several ways that
    give different numbers: ``also_predicts`` holds the predictions for the other ways.
    """

    name: str
    question: str
    hint: str
    predicts: Prediction
    also_predicts: tuple[Prediction, ...] = ()

    @property
    def ways(self) -> tuple[Prediction, ...]:
        """All predictions of the mistake, one for each way in which it can be made."""
        return self.predicts, *self.also_predicts


@dataclass(frozen=True)
class SecretNumber:
    """Number that no released file may contain, known to within ``error``.

    A file contains it where it is written with at least ``digits`` significant digits.
    """

    value: float
    error: float
    digits: int
    name: str


@dataclass(frozen=True)
class Assignment:
    """Assignment as the trusted side knows it, with all answers.

    It is limited to answers that are methods of one class, or short texts; only scalars cross the wall.

    ``pairs`` returns a question's misconceptions that are two of its ``misconceptions`` made together, with joined
    names. ``located`` returns a sentence on where an unknown mistake is. Its argument lists public runs: their inputs,
    and for each number the expected value, the measured value, and whether they agree.

    ``cells`` returns the sources of the notebook's own cells. ``describe`` returns what a probe does with its inputs,
    as a student would type it.

    Three fields are about probes that report step by step. ``completed`` adds the data that their inputs only name.
    ``steps`` returns what is right after each step. ``shortcuts`` returns quicker probes for a run of a probe on some
    inputs. The result of one counts only if all of it is right.

    ``lent`` maps questions to the course's own methods, each as the text of one function. They replace a student's
    wrong methods in follow-through. ``key`` holds the right typed answers, and ``secrets`` returns the numbers to keep
    from students. ``folder`` is the folder of the notebook; ``data`` lists the files in it that decide a score.
    ``templates`` is the folder of the files that are released with the notebook.
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
    shortcuts: Callable[[str, Inputs], Sequence[str]]
    lent: Mapping[str, str]
    key: Mapping[str, float | str]
    secrets: Callable[[], Iterable[SecretNumber]]
    folder: Path
    data: tuple[str, ...]
    templates: Path

    def of(self, question: str) -> tuple[Check, ...]:
        """Return the checks of a question."""
        return tuple(check for check in self.checks if check.question == question)

    def points_of(self, question: str) -> int:
        """Return the sum of the points of a question's checks."""
        return sum(check.points for check in self.of(question))

    def methods_of(self, check: Check) -> tuple[str, ...]:
        """Return the questions with a method whose checks ``check`` requires, each once."""
        questions = dict.fromkeys(each.question for each in self.checks if each.id in check.requires)
        return tuple(question for question in questions if question in self.manifest.methods)
