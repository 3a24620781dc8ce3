"""Reads JSON piece by piece out of its bytes, so that what nobody asks for is passed over and never built.

``json.loads`` turns 32 MB of empty lists into 1.1 GB of objects, fails at a number of 5,000 digits and at a nesting of
1,000, and needs the whole text in one encoding. This reader costs at most some passes at C speed over each byte and a
few steps a value. It never goes back, and nothing in it calls itself. A value that is passed over is not checked: its
brackets and quotes are counted, which is enough to find its end.
"""

from __future__ import annotations

import codecs
import json
import operator
import re
from array import array
from collections.abc import Iterator
from contextlib import suppress
from itertools import accumulate, islice

MAX_VALUES = 250_000
"""Values that are visited one by one, 10 microseconds each at most: 1,000 cells and 30,000 lines are 40,000."""

FIRST_BLOCK = 64
"""Bytes that are looked at first for the end of a value: most values are shorter, and a small block costs little."""

LARGEST_BLOCK = 2**16
"""Bytes that are looked at in one piece, at most: its parts take up to ten times the memory."""

LONGEST_KEY = 100
"""Bytes of a key that is told from others; every longer one comes as an empty text."""

_BACKSLASH = ord("\\")
_SPACE = re.compile(rb"[ \t\r\n]*")
_SCALAR = re.compile(rb"[-+.\w]+")
_LONGEST_ESCAPE = len(r"\u2202")
_DECODER = json.JSONDecoder(strict=False)  # a newline or a tab in a string does no harm
_BRACKET = re.compile(rb"[][{}]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
"""Turns brackets into the bytes of signed numbers: 1 opens, -1 closes."""


class JsonError(Exception):
    """A text that is no JSON; ``at`` is the place in bytes."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class JsonEndsError(JsonError):
    """A text that ends before its values do."""


class TooManyValuesError(Exception):
    """More than ``MAX_VALUES`` values would have to be visited."""


def decode(raw: bytes, is_whole: bool = True) -> tuple[str, bool]:
    """Return the text of some UTF-8, else of Latin-1, and whether it was UTF-8.

    Where it is not the whole of a text, it may end in the middle of a character.
    """
    try:
        return codecs.utf_8_decode(raw, "strict", is_whole)[0], True
    except UnicodeDecodeError:
        return raw.decode("latin-1"), False


class JsonReader:
    """A place in a JSON text that only moves forward.

    Whoever takes an object or a list apart must read or ``skip`` each of its values before asking for the next.
    """

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        self._at = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        self._values = 0
        self.is_latin_1 = False
        """True once some string was no UTF-8 and therefore read as Latin-1."""

    def peek(self) -> bytes:
        """Return the first byte of what comes next, such as ``b"["``; raises JsonEndsError at the end."""
        self._pass_space()
        if self._at == len(self._data):
            raise JsonEndsError("The text ends", self._at)
        return bytes(self._data[self._at : self._at + 1])

    def begins(self, byte: bytes) -> bool:
        """Return whether the value that comes next begins with this byte; any other is passed over."""
        if self.peek() == byte:
            return True
        self.skip()
        return False

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that comes next, each when its value comes next."""
        self._take(b"{", "an object")
        if self._took(b"}"):
            return
        while True:
            if self.peek() != b'"':
                raise JsonError("Expecting property name enclosed in double quotes", self._at)
            key = self.text(LONGEST_KEY) or ""
            self._take(b":", "':' delimiter")
            self._count()
            yield key
            if self._took(b"}"):
                return
            self._take(b",", "',' delimiter")

    def elements(self) -> Iterator[None]:
        """Stop at each value of the list that comes next."""
        self._take(b"[", "a list")
        if self._took(b"]"):
            return
        while True:
            self._count()
            yield
            if self._took(b"]"):
                return
            self._take(b",", "',' delimiter")

    def text(self, most: int) -> str | None:
        """Return the string that comes next; None where it is longer than ``most`` bytes, and for any other value."""
        if not self.begins(b'"'):
            return None
        text, is_whole = self.beginning(most)
        return text if is_whole else None

    def beginning(self, most: int) -> tuple[str, bool]:
        """Return the string that comes next, or what its first ``most`` bytes hold, and whether that is all of it."""
        start = self._at + 1
        self._at = self._end_of_string(start)
        size = self._at - 1 - start
        raw = bytes(self._data[start : start + min(size, most)])
        return self._decoded(raw, start, is_whole=size <= most), size <= most

    def small(self, limit: int) -> object:
        """Pass over a value, and return it if it takes no more bytes than ``limit`` and is JSON; else None."""
        start = self._at
        self.skip()
        if self._at - start <= limit:
            with suppress(ValueError, RecursionError):
                return json.loads(self._data[start : self._at])
        return None

    def skip(self) -> None:
        """Pass over the value that comes next, whatever it is."""
        first = self.peek()
        if first == b'"':
            self._at = self._end_of_string(self._at + 1)
        elif first in b"[{":
            self._at = self._end_of_brackets(self._at)
        else:
            match = _SCALAR.match(self._data, self._at)
            if match is None:
                raise JsonError("Expecting value", self._at)
            self._at = match.end()

    def finish(self) -> None:
        """Check that nothing follows; raises JsonError otherwise."""
        self._pass_space()
        if self._at < len(self._data):
            raise JsonError("Extra data", self._at)

    def _pass_space(self) -> None:
        match = _SPACE.match(self._data, self._at)
        self._at = match.end() if match else self._at  # it always matches

    def _take(self, byte: bytes, what: str) -> None:
        if not self._took(byte):
            raise JsonError(f"Expecting {what}", self._at)

    def _took(self, byte: bytes) -> bool:
        """Tell if this byte comes next; then it is passed."""
        is_next = self.peek() == byte
        self._at += is_next
        return is_next

    def _count(self) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise TooManyValuesError

    def _decoded(self, raw: bytes, at: int, is_whole: bool) -> str:
        """The text of a string; where only its beginning is given, without an escape that is cut in two."""
        text, is_utf_8 = decode(raw, is_whole)
        self.is_latin_1 |= not is_utf_8
        if "\\" not in text:
            return text
        message = ""
        for cut in range(1 if is_whole else _LONGEST_ESCAPE):
            try:
                return str(_DECODER.decode(f'"{text[: len(text) - cut]}"'))
            except json.JSONDecodeError as error:
                message = error.msg
        raise JsonError(message, at)

    def _blocks(self, start: int) -> Iterator[tuple[int, bytes]]:
        """Yield the text from ``start`` on in growing blocks, each with its place.

        In them every quote opens or closes a string: escapes are masked, and none is cut in two.
        """
        size = FIRST_BLOCK
        while start < len(self._data):
            block = bytes(self._data[start : start + size]).replace(b"\\\\", b"__").replace(b'\\"', b"__")
            if block.endswith(b"\\") and start + len(block) < len(self._data):
                block = block[:-1]
            yield start, block
            start += len(block)
            size = min(2 * size, LARGEST_BLOCK)

    def _end_of_string(self, start: int) -> int:
        """The place after the string whose first character stands at ``start``."""
        end = self._data.find(b'"', start)
        if end == start or (end > start and self._data[end - 1] != _BACKSLASH):
            return end + 1
        for place, block in self._blocks(start):
            end = block.find(b'"')
            if end >= 0:
                return place + end + 1
        raise JsonEndsError("The text ends", len(self._data))

    def _end_of_brackets(self, start: int) -> int:
        """The place after the list or object that opens at ``start``."""
        depth, inside = 0, False  # inside a string
        for place, block in self._blocks(start):
            parts = block.split(b'"')  # by turns outside and inside of strings
            brackets = b"".join(parts[inside::2]).translate(None, _NO_BRACKETS)
            closing = brackets.count(b"]") + brackets.count(b"}")
            if closing >= depth:
                depths = accumulate(array("b", brackets.translate(_STEPS)), initial=depth)
                with suppress(ValueError):
                    last = operator.indexOf(islice(depths, 1, None), 0)
                    return place + _place_of_bracket(parts, inside, last) + 1
            depth += len(brackets) - 2 * closing
            inside ^= len(parts) % 2 == 0
        raise JsonEndsError("The text ends", len(self._data))


def _place_of_bracket(parts: list[bytes], inside: bool, number: int) -> int:
    """Where in a block the bracket of this number stands, counted from 0, those inside strings left out."""
    blanked = (b" " * len(part) if at % 2 != inside else part for at, part in enumerate(parts))
    return next(islice(_BRACKET.finditer(b'"'.join(blanked)), number, None)).start()
