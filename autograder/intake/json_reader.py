"""A JSON reader that takes values one by one from the bytes, and passes over a value that nobody needs.

``json.loads`` turns 32 MB of empty lists into 1.1 GB of objects, fails at a number of 5,000 digits and at a nesting of
1,000, and needs the whole text in one encoding. This reader costs at most some passes at C speed over each byte, and a
few steps for each value. It never goes back, and nothing in it is recursive. A value that is passed over is not
checked: to find its end it is enough to count brackets and quotes.
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
"""Maximum number of values that are visited one by one; each takes 10 microseconds at most.

1,000 cells with 30,000 lines have 40,000 values.
"""

FIRST_BLOCK = 64
"""Size of the first block in which the end of a value is looked for, in bytes. Most values are shorter."""

LARGEST_BLOCK = 2**16
"""Maximum size of such a block, in bytes. Its parts take up to ten times the memory."""

LONGEST_KEY = 100
"""Maximum length of a key that is returned, in bytes. A longer key is returned as an empty text."""

_BACKSLASH = ord("\\")
_SPACE = re.compile(rb"[ \t\r\n]*")
_SCALAR = re.compile(rb"[-+.\w]+")
_LONGEST_ESCAPE = len(r"\u2202")
_DECODER = json.JSONDecoder(strict=False)  # it accepts newlines and tabs in strings, which do no harm
_BRACKET = re.compile(rb"[][{}]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = bytes.maketrans(b"[{]}", b"\x01\x01\xff\xff")
"""Table that turns brackets into signed bytes: 1 for an opening one, -1 for a closing one."""


class JsonError(Exception):
    """Exception for a text that is no JSON; ``at`` is the place of the fault, in bytes."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class JsonEndsError(JsonError):
    """Exception for a text that ends in the middle of a value."""


class TooManyValuesError(Exception):
    """Exception for a text with more than ``MAX_VALUES`` values to visit."""


def decode(raw: bytes, is_whole: bool = True) -> tuple[str, bool]:
    """Return the text of bytes in UTF-8, or else in Latin-1, and whether it was UTF-8.

    If ``is_whole`` is false, the bytes are the beginning of a text and may end in the middle of a character.
    """
    try:
        return codecs.utf_8_decode(raw, "strict", is_whole)[0], True
    except UnicodeDecodeError:
        return raw.decode("latin-1"), False


class JsonReader:
    """Position in a JSON text that only moves forward.

    In a loop over ``members`` or ``elements``, each value must be read or skipped before the next step.
    """

    def __init__(self, data: bytes | bytearray) -> None:
        self._data = data
        self._at = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        self._values = 0
        self.is_latin_1 = False
        """True once some string was no UTF-8 and therefore read as Latin-1."""

    def peek(self) -> bytes:
        """Return the first byte of the next value or sign, such as ``b"["``, without passing it.

        Raises ``JsonEndsError`` at the end of the text.
        """
        self._pass_space()
        if self._at == len(self._data):
            raise JsonEndsError("The text ends", self._at)
        return bytes(self._data[self._at : self._at + 1])

    def begins(self, byte: bytes) -> bool:
        """Tell whether the next value begins with this byte. If not, the value is skipped."""
        if self.peek() == byte:
            return True
        self.skip()
        return False

    def members(self) -> Iterator[str]:
        """Yield the keys of the next object, each when its value is the next one to read."""
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
        """Read a list. Before each of its values None is yielded, and the caller must then read exactly that value."""
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
        """Read the next value, and return it if it is a string of at most ``most`` bytes, else None."""
        if not self.begins(b'"'):
            return None
        text, is_whole = self.beginning(most)
        return text if is_whole else None

    def beginning(self, most: int) -> tuple[str, bool]:
        """Return the beginning of the next string, at most ``most`` bytes of it, and whether that is all of it."""
        start = self._at + 1
        self._at = self._end_of_string(start)
        size = self._at - 1 - start
        raw = bytes(self._data[start : start + min(size, most)])
        return self._decoded(raw, start, is_whole=size <= most), size <= most

    def small(self, limit: int) -> object:
        """Pass over the next value, and return it if it is JSON of at most ``limit`` bytes, else None."""
        start = self._at
        self.skip()
        if self._at - start <= limit:
            with suppress(ValueError, RecursionError):
                return json.loads(self._data[start : self._at])
        return None

    def skip(self) -> None:
        """Pass over the next value, of whatever kind."""
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
        """Check that the text ends here.

        Raises ``JsonError`` otherwise.
        """
        self._pass_space()
        if self._at < len(self._data):
            raise JsonError("Extra data", self._at)

    def _pass_space(self) -> None:
        match = _SPACE.match(self._data, self._at)
        self._at = match.end() if match else self._at  # the pattern always matches

    def _take(self, byte: bytes, what: str) -> None:
        if not self._took(byte):
            raise JsonError(f"Expecting {what}", self._at)

    def _took(self, byte: bytes) -> bool:
        """Tell whether this byte comes next, and pass it if so."""
        is_next = self.peek() == byte
        self._at += is_next
        return is_next

    def _count(self) -> None:
        self._values += 1
        if self._values > MAX_VALUES:
            raise TooManyValuesError

    def _decoded(self, raw: bytes, at: int, is_whole: bool) -> str:
        """Return the text of a string that stands at the place ``at``.

        If it is only a beginning, an escape that is cut in two is left out.

        Raises ``JsonError`` for an escape that JSON does not know.
        """
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
        """Yield the bytes from ``start`` on in growing blocks, each with its place.

        Escaped quotes and backslashes are masked, and no block ends in the middle of an escape. So every quote in a
        block opens or closes a string.
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
        """Return the place after the string whose first character stands at ``start``."""
        end = self._data.find(b'"', start)
        if end == start or (end > start and self._data[end - 1] != _BACKSLASH):
            return end + 1
        for place, block in self._blocks(start):
            end = block.find(b'"')
            if end >= 0:
                return place + end + 1
        raise JsonEndsError("The text ends", len(self._data))

    def _end_of_brackets(self, start: int) -> int:
        """Return the place after the list or object that opens at ``start``."""
        depth, inside = 0, False  # ``inside`` a string
        for place, block in self._blocks(start):
            parts = block.split(b'"')  # they are outside and inside of strings by turns
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
    """Return the place in a block of the bracket with this number, counted from 0.

    Brackets inside strings do not count. ``parts`` is the block split at its quotes; ``inside`` is true if the first
    part is inside a string.
    """
    blanked = (b" " * len(part) if at % 2 != inside else part for at, part in enumerate(parts))
    return next(islice(_BRACKET.finditer(b'"'.join(blanked)), number, None)).start()
