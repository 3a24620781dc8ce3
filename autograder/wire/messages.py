"""What the driver and the worker say to each other, and how the driver reads it without trusting a byte.

The driver sends JSON lines. The worker answers in frames: the id of the request, a kind, a length, and the payload.
Only the worker writes frames; what the student's process wrote travels *inside* frames of kind ``CHILD``, so it can
neither end a request nor speak for another one. Those inner bytes are JSON lines again, each with the request's id.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from autograder.vocabulary import MethodState, Scalar
from autograder.wire.printable import printable, without_escapes

HEADER = struct.Struct("!16scI")
ID_LENGTH = 16
_ENDING = struct.Struct("!BB?")
READY, CHILD, END, FAULT = b"r", b"c", b"e", b"f"

MAX_FRAME = 64 * 1024
"""Bytes in a frame: what one read of a pipe returns at most."""
MAX_LINE = 256 * 1024
"""Bytes in one message of the student's process, which become 20 times as much memory at most; the longest honest one,
all that did not load, stays below."""
MAX_NAMES = 2000
"""Numbers in one observation: several times those of a gradient that one would look at as a whole."""
MAX_TEXT = 300
"""Characters of a sentence that quotes the student's code: a message, not a page."""
MAX_PROBLEMS = 20
"""Sentences on what did not load; more would not be read."""

LARGEST_EXACT = 2**53
"""Beyond it a float no longer tells neighbouring whole numbers apart, so nothing honest is lost."""

_NAME = re.compile(r"[\x20-\x7e]{1,80}")
_TAG = re.compile(r"[\w .+*-]{1,80}", re.ASCII)
_STATES = ("ready", "stub", "missing", "not_a_function")


class BrokenProtocol(Exception):  # noqa: N818 - it is a finding, not an error of ours
    """The bytes on the worker's channel are not what the worker would have written."""


@dataclass(frozen=True)
class Frame:
    """One unit on the worker's channel."""

    kind: bytes
    payload: bytes


class How(Enum):
    """How a process that answered a request came to its end."""

    EXITED = 0
    KILLED = 1
    TIMED_OUT = 2


@dataclass(frozen=True)
class Ending:
    """What a frame of kind ``END`` holds: the ``signal`` is what killed it, ``orphans`` are processes left behind."""

    how: How
    signal: int = 0
    orphans: bool = False

    def packed(self) -> bytes:
        """The payload of the frame."""
        return _ENDING.pack(self.how.value, self.signal, self.orphans)

    @classmethod
    def unpacked(cls, payload: bytes) -> Ending:
        """The ending that ``packed`` gave; ``BrokenProtocol`` if there is none."""
        try:
            how, signal, orphans = _ENDING.unpack(payload)
            return cls(How(how), signal, orphans)
        except (struct.error, ValueError) as error:
            raise BrokenProtocol("no ending") from error


@dataclass(frozen=True)
class Loading:
    """The student's process is about to run this statement (number -1: to parse this cell)."""

    cell: int
    statement: int
    quote: str


@dataclass(frozen=True)
class LoadedMessage:
    """The definitions are loaded; ``slow`` are the statements to leave out from now on.

    ``problems`` pairs a sentence with whether it is about a statement that took too long. ``look_alikes`` are names of
    functions that are almost called as a question asks.
    """

    methods: dict[str, MethodState]
    set_aside: bool
    problems: tuple[tuple[str, bool], ...]
    slow: tuple[tuple[int, int], ...]
    look_alikes: dict[str, str]


@dataclass(frozen=True)
class Values:
    """What a probe measured: at the end, or in one epoch."""

    values: dict[str, Scalar]


@dataclass(frozen=True)
class Raised:
    """The student's code raised; ``line`` counts from 1 within the ``cell``, 0 when it is not known."""

    error: str
    message: str
    line: int
    cell: int


@dataclass(frozen=True)
class Done:
    """A training probe came to its end."""


Message = Loading | LoadedMessage | Values | Raised | Done


@dataclass(frozen=True)
class Room:
    """What the answer to one request may hold: kinds of messages, how many in all, and how many bytes."""

    kinds: tuple[type[Message], ...]
    messages: int
    size: int


LOADING_ROOM = Room((Loading, LoadedMessage, Raised), 10_000, 8 << 20)
"""One message a statement: a hundred times those of a long notebook. The longest first line takes 800 bytes."""
PROBE_ROOM = Room((Values, Raised, Done), 2, 32 << 10)
"""What was measured, under 1 KB, or an exception with its message, 12 KB where every letter is escaped; and the end."""


def stepwise_room(steps: int) -> Room:
    """Return the room for one message a step, of which the first may hold as many as 600 numbers."""
    return Room((Values, Raised, Done), steps + 1, (64 << 10) + 256 * steps)


def frame(request: bytes, kind: bytes, payload: bytes) -> bytes:
    """The bytes of one frame."""
    return HEADER.pack(request, kind, len(payload)) + payload


class FrameReader:
    """Cuts a byte stream into the frames of one request at a time; holds at most one frame and one read."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def is_empty(self) -> bool:
        """Whether no byte waits."""
        return not self._pending

    def feed(self, data: bytes) -> None:
        """Append what was read from the channel."""
        self._pending += data

    def next(self, request: bytes) -> Frame | None:
        """The next whole frame, if there is one; ``BrokenProtocol`` if it is not a frame of ``request``."""
        if len(self._pending) < HEADER.size:
            return None
        owner, kind, length = HEADER.unpack_from(self._pending)
        if owner != request or kind not in (READY, CHILD, END, FAULT) or length > MAX_FRAME:
            raise BrokenProtocol("a frame that the worker did not write")
        end = HEADER.size + length
        if len(self._pending) < end:
            return None
        payload, self._pending = self._pending[HEADER.size : end], self._pending[end:]
        return Frame(kind, payload)


class MessageReader:
    """Turns the bytes of the student's process into messages, as far as there is ``room`` for them.

    ``questions`` are those for which it must tell what it loaded.
    """

    def __init__(self, request: bytes, questions: Iterable[str], room: Room) -> None:
        self._request, self._questions, self._room = request.decode("ascii"), set(questions), room
        self._pending = b""
        self._messages = self._size = 0

    @property
    def is_empty(self) -> bool:
        """Whether no half message waits."""
        return not self._pending

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that ``data`` completes; ``BrokenProtocol`` at the first that is none, or is one too many."""
        self._size += len(data)
        if self._size > self._room.size:
            raise BrokenProtocol("more than was asked for")
        *lines, self._pending = (self._pending + data).split(b"\n")
        if len(self._pending) > MAX_LINE:
            raise BrokenProtocol("a message that is too long")
        for line in lines:
            message = self._message(line)
            self._messages += 1
            if self._messages > self._room.messages or not isinstance(message, self._room.kinds):
                raise BrokenProtocol("more than was asked for")
            yield message

    def _message(self, line: bytes) -> Message:
        if len(line) > MAX_LINE:
            raise BrokenProtocol("a message that is too long")
        try:
            content = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise BrokenProtocol("not a message") from error
        if type(content) is not dict or content.pop("id", None) != self._request or len(content) != 1:
            raise BrokenProtocol("not a message of this request")
        ((kind, body),) = content.items()
        return parse(kind, body, self._questions)


def parse(kind: str, body: Any, questions: set[str]) -> Message:
    """The message that ``body`` holds; ``BrokenProtocol`` if it holds none."""
    if kind == "values":
        return Values(_values(body))
    if kind == "raised":
        error, message, line, cell = _row(body, str, str, int, int)
        return Raised(builtin_name(error), cleaned(message), max(line, 0), max(cell, 0))
    if kind == "loading":
        cell, statement, quote = _row(body, int, int, str)
        return Loading(cell, statement, cleaned(quote))
    if kind == "loaded":
        return _loaded(questions, *_row(body, dict, bool, list, list, dict))
    if kind == "done" and body is True:
        return Done()
    raise BrokenProtocol("an unknown message")


def _row(body: Any, *types: type) -> list[Any]:
    if type(body) is not list or [type(item) for item in body] != list(types):
        raise BrokenProtocol("a message of the wrong shape")
    return body


def _values(body: Any) -> dict[str, Scalar]:
    if type(body) is not dict or len(body) > MAX_NAMES:
        raise BrokenProtocol("no numbers by name")
    return {_checked_name(name): _scalar(value) for name, value in body.items()}


def _checked_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BrokenProtocol("a name that no probe uses")
    return name


def _identifier(name: Any) -> str:
    if type(name) is not str or not _NAME.fullmatch(name) or not name.isidentifier():
        raise BrokenProtocol("a name that no function has")
    return name


def _scalar(value: Any) -> Scalar:
    if type(value) is float and math.isfinite(value):
        return value
    if type(value) is int and abs(value) <= LARGEST_EXACT:
        return value
    if type(value) is str:
        return value if _TAG.fullmatch(value) else "an object"
    raise BrokenProtocol("a value that is no plain number")


def _loaded(
    questions: set[str],
    methods: dict[str, Any],
    set_aside: bool,
    problems: list[Any],
    slow: list[Any],
    look_alikes: dict[str, Any],
) -> LoadedMessage:
    if set(methods) != questions or not all(state in _STATES for state in methods.values()):
        raise BrokenProtocol("methods in an unknown state")
    if len(problems) > MAX_PROBLEMS:
        raise BrokenProtocol("more problems than would be read")
    if not questions.issuperset(look_alikes):
        raise BrokenProtocol("a look-alike of no method")
    return LoadedMessage(
        {question: cast(MethodState, state) for question, state in methods.items()},
        set_aside,
        tuple((cleaned(text), timed_out) for text, timed_out in (_row(item, str, bool) for item in problems)),
        tuple((cell, statement) for cell, statement in (_row(item, int, int) for item in slow)),
        {question: _identifier(name) for question, name in look_alikes.items()},
    )


def _refuse(constant: str) -> float:
    raise ValueError(constant)


def builtin_name(name: str) -> str:
    """``name`` if it is a built-in exception's, else ``"Exception"``."""
    return name if name in BUILTIN_EXCEPTIONS else "Exception"


def _builtin_exceptions() -> frozenset[str]:
    namespace = vars(__import__("builtins"))
    return frozenset(n for n, v in namespace.items() if isinstance(v, type) and issubclass(v, BaseException))


BUILTIN_EXCEPTIONS = _builtin_exceptions()
"""Names that are safe to show anywhere, as no student can choose them."""


def cleaned(text: str, limit: int = MAX_TEXT) -> str:
    """``text`` on one line, without terminal escapes or unprintable characters, at most ``limit`` characters."""
    line = printable(" ".join(without_escapes(text[: 4 * limit]).split()), kept="")
    return line if len(line) <= limit else line[: limit - 1] + "…"
