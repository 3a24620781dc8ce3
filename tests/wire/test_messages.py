"""Whatever the worker's channel holds is a message, or breaks the protocol."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.wire import messages
from autograder.wire.messages import BrokenProtocol, Ending, FrameReader, How, Message, MessageReader, Values

REQUEST = b"0123456789abcdef"


def read(body: str) -> list[Message]:
    """What an answer to one probe holds, which is this JSON."""
    line = f'{{"id": "{REQUEST.decode()}", {body}}}\n'
    return list(MessageReader(REQUEST, ["mul"], messages.probe_room(1)).feed(line.encode()))


def next_of(frame: bytes) -> messages.Frame | None:
    reader = FrameReader()
    reader.feed(frame)
    return reader.next(REQUEST)


@given(st.lists(st.binary(max_size=200)))
def test_no_bytes_harm_the_reader_of_frames(chunks: list[bytes]) -> None:
    reader = FrameReader()
    with suppress(BrokenProtocol):
        for chunk in chunks:
            reader.feed(chunk)
            while reader.next(REQUEST):
                pass


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)


@given(st.sampled_from(["values", "raised", "loading", "loaded", "done", "id", ""]), _JSON)
def test_no_json_harms_the_reader_of_messages(kind: str, body: Any) -> None:
    with suppress(BrokenProtocol):
        message = messages.parse(kind, body, {"mul"})
        if isinstance(message, messages.Values):
            assert all(type(value) is not float or math.isfinite(value) for value in message.values.values())


@given(st.binary(max_size=300))
def test_no_bytes_harm_the_reader_of_messages(data: bytes) -> None:
    with suppress(BrokenProtocol):
        list(MessageReader(REQUEST, ["mul"], messages.LOADING_ROOM).feed(data + b"\n"))


@pytest.mark.parametrize(
    "values",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "true",
        "null",
        "[]",
        "{}",
        str(2**53 + 1),
        "9" * 5000,
        '{"a": 1, "b": []}',
    ],
)
def test_a_reply_with_anything_but_plain_numbers_breaks_the_protocol(values: str) -> None:
    with pytest.raises(BrokenProtocol):
        read(f'"values": {{"a": {values}}}')


@pytest.mark.parametrize("number", [0, 1.5, -(2**53), 2**53, 1e308, "numpy.ndarray"])
def test_a_reply_with_plain_numbers_is_read(number: float | str) -> None:
    assert read(f'"values": {{"a": {json.dumps(number)}}}') == [Values({"a": number})]


@pytest.mark.parametrize(
    "body", ['"done": 1', '"done": false', '"finished": true', '"done": true, "values": {}', '"": 1']
)
def test_a_reply_that_is_no_message_breaks_the_protocol(body: str) -> None:
    assert read('"done": true') == [messages.Done()]
    with pytest.raises(BrokenProtocol):
        read(body)


def test_a_frame_is_read_up_to_the_largest() -> None:
    payload = b"x" * messages.MAX_FRAME
    assert next_of(messages.frame(REQUEST, messages.CHILD, payload)) == messages.Frame(messages.CHILD, payload)


@pytest.mark.parametrize(
    "frame",
    [
        messages.frame(REQUEST[::-1], messages.CHILD, b""),
        messages.frame(REQUEST, b"x", b""),
        messages.frame(REQUEST, messages.CHILD, b"x" * (messages.MAX_FRAME + 1)),
        messages.HEADER.pack(REQUEST, messages.END, 2**32 - 1),
    ],
    ids=("of another request", "of no kind", "too long", "too long, and not here yet"),
)
def test_a_frame_that_the_worker_did_not_write_breaks_the_protocol(frame: bytes) -> None:
    with pytest.raises(BrokenProtocol, match="a frame that the worker did not write"):
        next_of(frame)


@pytest.mark.parametrize("ending", [Ending(How.EXITED), Ending(How.KILLED, 9), Ending(How.TIMED_OUT, 0, orphans=True)])
def test_an_ending_is_read_as_it_was_written(ending: Ending) -> None:
    assert Ending.unpacked(ending.packed()) == ending


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\xff\x00\x00", b"\x00\x00\x00\x00"])
def test_what_is_no_ending_breaks_the_protocol(payload: bytes) -> None:
    with pytest.raises(BrokenProtocol, match="no ending"):
        Ending.unpacked(payload)


@pytest.mark.parametrize(
    "look_alikes", [{"pow": "Pow"}, {"mul": 5}, {"mul": "a b"}, {"mul": "M" * 99}, {"mul": "\x1b"}]
)
def test_a_look_alike_that_is_no_name_breaks_the_protocol(look_alikes: dict[str, Any]) -> None:
    loaded = [{"mul": "missing"}, False, [], []]
    assert messages.parse("loaded", [*loaded, {"mul": "Mul"}], {"mul"})
    with pytest.raises(BrokenProtocol):
        messages.parse("loaded", [*loaded, look_alikes], {"mul"})


@pytest.mark.parametrize("depth", [100_000])
def test_a_reply_nested_deep_breaks_the_protocol(depth: int) -> None:
    with pytest.raises(BrokenProtocol):
        list(MessageReader(REQUEST, ["mul"], messages.LOADING_ROOM).feed(b"[" * depth + b"\n"))


@given(st.text())
def test_cleaned_text_is_one_short_printable_line(text: str) -> None:
    assert messages.cleaned(text).isprintable()
    assert len(messages.cleaned(text)) <= messages.MAX_TEXT


def test_a_long_text_is_cut_where_it_can_be_seen() -> None:
    assert messages.cleaned("a" * messages.MAX_TEXT) == "a" * messages.MAX_TEXT
    assert messages.cleaned("a" * (messages.MAX_TEXT + 1)) == "a" * (messages.MAX_TEXT - 1) + "…"
