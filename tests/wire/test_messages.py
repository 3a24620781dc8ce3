"""Whatever the worker's channel holds is a message, or breaks the protocol."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.wire import messages
from autograder.wire.messages import BrokenProtocol, FrameReader, MessageReader


@given(st.lists(st.binary(max_size=200)))
def test_no_bytes_harm_the_reader_of_frames(chunks: list[bytes]) -> None:
    reader = FrameReader()
    with suppress(BrokenProtocol):
        for chunk in chunks:
            reader.feed(chunk)
            while reader.next(b"0123456789abcdef"):
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
        list(MessageReader(b"0123456789abcdef", ["mul"], messages.LOADING_ROOM).feed(data + b"\n"))


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
    line = '{"id": "0123456789abcdef", "values": {"a": ' + values + "}}\n"
    with pytest.raises(BrokenProtocol):
        list(MessageReader(b"0123456789abcdef", ["mul"], messages.LOADING_ROOM).feed(line.encode()))


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
        list(MessageReader(b"0123456789abcdef", ["mul"], messages.LOADING_ROOM).feed(b"[" * depth + b"\n"))


@given(st.text())
def test_cleaned_text_is_one_short_printable_line(text: str) -> None:
    assert messages.cleaned(text).isprintable()
    assert len(messages.cleaned(text)) <= messages.MAX_TEXT
