"""The messages between the driver and the worker, and how the driver reads them without trusting a byte.

The driver sends JSON lines. The worker answers in frames: the id of the request, a kind, a length, and the payload.
Only the worker writes frames. What the student's process wrote travels *inside* frames of the kind ``CHILD``, so it can
neither end a request nor pretend to answer another one. These inner bytes are JSON lines again, each with the
request's id.
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
"""Maximum payload of a frame, in bytes: as much as one read of a pipe returns."""
MAX_LINE = 256 * 1024
"""Maximum length of one message of the student's process, in bytes.

Once parsed it takes at most 20 times as much memory. The longest honest message lists all statements that did not load,
and is shorter.
"""
MAX_NAMES = 2000
"""Maximum number of values in one observation: several times as many as the largest probe reports."""
MAX_TEXT = 300
"""Maximum length of a sentence that quotes the student's code, in characters."""
MAX_PROBLEMS = 20
"""Maximum number of sentences about statements that did not load; nobody would read more."""

LARGEST_EXACT = 2**53
"""Largest whole number that is accepted. Above it floats cannot represent every whole number."""

_NAME = re.compile(r"[\x20-\x7e]{1,80}")
_TAG = re.compile(r"[\w .+*-]{1,80}", re.ASCII)
_STATES = ("ready", "stub", "missing", "not_a_function")


class BrokenProtocol(Exception):  # noqa: N818 - it is a finding about the student's code, not an error of the grader
    """Exception for bytes on the worker's channel that an undisturbed worker would not have written."""


@dataclass(frozen=True)
class Frame:
    """One unit on the worker's channel."""

    kind: bytes
    payload: bytes


class How(Enum):
    """Way in which a process that answered a request ended."""

    EXITED = 0
    KILLED = 1
    TIMED_OUT = 2


@dataclass(frozen=True)
class Ending:
    """Content of a frame of the kind ``END``: how the process that answered a request ended.

    ``signal`` is the number of the signal that killed it, else 0. ``orphans`` is true if it left processes behind.
    """

    how: How
    signal: int = 0
    orphans: bool = False

    def packed(self) -> bytes:
        """Return the payload of the frame."""
        return _ENDING.pack(self.how.value, self.signal, self.orphans)

    @classmethod
    def unpacked(cls, payload: bytes) -> Ending:
        """Return the ending that ``packed`` turned into ``payload``.

        Raises ``BrokenProtocol`` for any other payload.
        """
        try:
            how, signal, orphans = _ENDING.unpack(payload)
            return cls(How(how), signal, orphans)
        except (struct.error, ValueError) as error:
            raise BrokenProtocol("no ending") from error


@dataclass(frozen=True)
class Loading:
    """Message that the student's process is about to run this statement, or to parse this cell if it has number -1."""

    cell: int
    statement: int
    quote: str


@dataclass(frozen=True)
class LoadedMessage:
    """Message that the definitions are loaded.

    ``slow`` lists the statements to leave out from now on, as pairs of cell and statement numbers. ``problems`` pairs
    a sentence with True if it is about a statement that took too long. ``look_alikes`` maps questions without a method
    to a function that is almost called as the method should be.
    """

    methods: dict[str, MethodState]
    set_aside: bool
    problems: tuple[tuple[str, bool], ...]
    slow: tuple[tuple[int, int], ...]
    look_alikes: dict[str, str]


@dataclass(frozen=True)
class Values:
    """Message with the values that a probe measured: all of them, or those of one step."""

    values: dict[str, Scalar]


@dataclass(frozen=True)
class Raised:
    """Message that the student's code raised an exception.

    ``line`` counts from 1 within the ``cell``; it is 0 if it is not known.
    """

    error: str
    message: str
    line: int
    cell: int


@dataclass(frozen=True)
class Done:
    """Message that a step-by-step probe ended."""


Message = Loading | LoadedMessage | Values | Raised | Done


@dataclass(frozen=True)
class Room:
    """Limits of the answer to one request: the kinds of messages in it, their number, and their size in bytes."""

    kinds: tuple[type[Message], ...]
    messages: int
    size: int


LOADING_ROOM = Room((Loading, LoadedMessage, Raised), 10_000, 8 << 20)
"""Limits for loading, with one message for each statement: a hundred times as many as a long notebook has.

A message takes at most 800 bytes.
"""


def probe_room(cases: int) -> Room:
    """Return the limits for a probe that reports once for each of its ``cases``.

    The values of a case take less than 1 KB. An exception's message takes 12 KB if every letter is escaped.
    """
    return Room((Values, Raised, Done), cases + 1, (31 + cases) << 10)


def stepwise_room(steps: int) -> Room:
    """Return the limits for a probe with one message for each step, of which the first may hold some 600 numbers."""
    return Room((Values, Raised, Done), steps + 1, (64 << 10) + 256 * steps)


def frame(request: bytes, kind: bytes, payload: bytes) -> bytes:
    """Return the bytes of one frame."""
    return HEADER.pack(request, kind, len(payload)) + payload


class FrameReader:
    """Reader that cuts a byte stream into frames. It keeps at most one frame and one read in memory."""

    def __init__(self) -> None:
        self._pending = b""

    @property
    def is_empty(self) -> bool:
        """True if no byte is left over."""
        return not self._pending

    def feed(self, data: bytes) -> None:
        """Append what was read from the channel."""
        self._pending += data

    def next(self, request: bytes) -> Frame | None:
        """Return the next whole frame, or None if it has not arrived in full.

        Raises ``BrokenProtocol`` if it is not a frame of ``request``.
        """
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
    """Reader that turns the bytes of the student's process into messages, within the limits ``room``.

    ``questions`` are the questions that a message on what was loaded must cover.
    """

    def __init__(self, request: bytes, questions: Iterable[str], room: Room) -> None:
        self._request, self._questions, self._room = request.decode("ascii"), set(questions), room
        self._pending = b""
        self._messages = self._size = 0

    @property
    def is_empty(self) -> bool:
        """True if no unfinished message is left over."""
        return not self._pending

    def feed(self, data: bytes) -> Iterator[Message]:
        """Yield the messages that ``data`` completes.

        Raises ``BrokenProtocol`` at the first line that is no message, or that exceeds the limits.
        """
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
    """Return the message that ``body`` holds.

    Raises ``BrokenProtocol`` if it holds none.
    """
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
    """Return ``name`` if it is the name of a built-in exception, else ``"Exception"``."""
    return name if name in BUILTIN_EXCEPTIONS else "Exception"


def _builtin_exceptions() -> frozenset[str]:
    namespace = vars(__import__("builtins"))
    return frozenset(n for n, v in namespace.items() if isinstance(v, type) and issubclass(v, BaseException))


BUILTIN_EXCEPTIONS = _builtin_exceptions()
"""Names of the built-in exceptions. They are safe to show anywhere, because no student can choose them."""


def cleaned(text: str, limit: int = MAX_TEXT) -> str:
    """Return ``text`` as one printable line of at most ``limit`` characters, without terminal escapes."""
    line = printable(" ".join(without_escapes(text[: 4 * limit]).split()), kept="")
    return line if len(line) <= limit else line[: limit - 1] + "…"
