"""A worker that breaks the conversation is ended before anything else is asked, and its time is charged."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from assigned import MANIFEST

from autograder.sandbox import conversation
from autograder.sandbox.budget import Budget
from autograder.sandbox.conversation import Broken, Link
from autograder.sandbox.worker_process import Gone
from autograder.vocabulary import Isolation, Step
from autograder.wire import messages
from autograder.wire.confinement import FULL
from autograder.wire.messages import Done, Ending, How, Message

READY = Isolation(tuple(FULL), ())
EXITED = Ending(How.EXITED).packed()

Answer = Callable[[bytes], list[bytes]]
"""What the channel holds after a request, by the request's id; nothing means that the worker is gone."""


@dataclass
class Worker:
    """A worker that answers each request as it is told, and notes how it was taken down."""

    answer: Answer
    isolation: Isolation = READY
    seconds: float = 0.0
    output: str = ""
    taken_down: list[bool] = field(default_factory=list)
    replies: list[bytes] = field(default_factory=list)

    def write(self, data: bytes, seconds: float) -> None:
        request = json.loads(data)
        id = request["id"].encode("ascii")
        if "confinement" in request:
            self.replies.append(messages.frame(id, messages.READY, json.dumps(self.isolation.to_json()).encode()))
        elif "probe" in request:
            self.seconds += 7.0
            self.replies += self.answer(id)

    def read(self, deadline: float) -> bytes:
        if not self.replies:
            raise Gone
        return self.replies.pop(0)

    def is_quiet(self) -> bool:
        return not self.replies

    def cpu_seconds(self) -> float:
        return self.seconds

    def take_down(self, *, by_uid: bool) -> bool:
        self.taken_down.append(by_uid)
        return True


def says(**body: object) -> Answer:
    """The answer of a student's process that says this and exits."""
    return lambda id: [
        messages.frame(id, messages.CHILD, json.dumps({"id": id.decode(), **body}).encode() + b"\n"),
        messages.frame(id, messages.END, EXITED),
    ]


def gone(id: bytes) -> list[bytes]:
    return []


def forged(id: bytes) -> list[bytes]:
    return [messages.frame(id[::-1], messages.CHILD, b"")]


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Callable[[Worker, Budget], Iterator[Message | Broken]]:
    """A function that asks a worker for one probe."""

    def ask(worker: Worker, budget: Budget) -> Iterator[Message | Broken]:
        monkeypatch.setattr(conversation, "WorkerProcess", lambda uid: worker)
        link = Link(MANIFEST, "", [], FULL, grace=1.0, slot=0)
        return link.request({"probe": "product_forward"}, 10.0, messages.probe_room(1), budget)

    return ask


Talk = Callable[[Worker, Budget], Iterator[Message | Broken]]


def test_an_honest_worker_stays_and_its_time_is_charged(talk: Talk) -> None:
    worker, budget = Worker(says(done=True)), Budget(100.0, 100.0)
    assert [*talk(worker, budget)] == [Done()]
    assert worker.taken_down == []
    assert budget.cpu == 93.0


@pytest.mark.parametrize(
    ("answer", "status"),
    [(forged, "broke_protocol"), (says(values={"a": True}), "broke_protocol"), (gone, "crashed")],
    ids=("a frame of another request", "no number", "gone"),
)
def test_a_worker_that_breaks_off_is_down_before_that_is_told(answer: Answer, status: str, talk: Talk) -> None:
    worker, budget = Worker(answer), Budget(100.0, 100.0)
    told = talk(worker, budget)
    first = next(told)
    assert isinstance(first, Broken)
    assert first.status == status
    assert worker.taken_down == [True]
    assert [*told] == []
    assert budget.cpu == pytest.approx(93.0, abs=0.5)  # its own seconds, more than on the clock


def test_a_worker_is_swept_by_its_uid_only_if_it_has_one_of_its_own(talk: Talk) -> None:
    without = Isolation(tuple(FULL - {Step.OWN_UID}), (Step.OWN_UID,))
    worker = Worker(gone, without)
    assert [*talk(worker, Budget())]
    assert worker.taken_down == [False]


def test_a_reader_that_stops_early_ends_the_worker(talk: Talk) -> None:
    worker = Worker(says(values={"a": 1.0}))
    with closing(talk(worker, Budget())) as told:  # type: ignore[type-var]  # it is a generator
        next(told)
    assert worker.taken_down == [True]


def test_after_a_spent_budget_nothing_is_asked(talk: Talk) -> None:
    worker = Worker(says(done=True))
    assert [*talk(worker, Budget(0.0, 0.0))] == [Broken("out_of_time")]
    assert worker.seconds == 0.0
