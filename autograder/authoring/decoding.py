"""The search for hidden texts in bytes, which are unpacked, decoded, unescaped and reversed again and again."""

from __future__ import annotations

import base64
import codecs
import hashlib
import html
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import unquote

DEPTH = 5
"""Maximum number of layers that are removed: a zip, its notebook, an attachment, base64 and zlib inside each other."""
MAX_UNPACKED = 4 * 2**20
"""Maximum size of one unpacked layer, in bytes; the whole release has 0.3 MB."""
ZLIB_OR_GZIP = 32 + zlib.MAX_WBITS
"""Setting of zlib that accepts the headers of both formats."""
SHORTEST_RUN = 12
"""Minimum length of a run of characters that is decoded; a shorter one holds no secret."""

_BASE64 = re.compile(rf"[A-Za-z0-9+/_-]{{{SHORTEST_RUN},}}")
_BASE32 = re.compile(r"[A-Z2-7]{16,}")
_BASE85 = re.compile(rf"[!-~]{{{SHORTEST_RUN},}}")
_HEX = re.compile(rf"[0-9a-fA-F]{{2}}[ :]?(?:[0-9a-fA-F]{{2}}[ :]?){{{SHORTEST_RUN - 1},}}")
_CODES = re.compile(r"\d\d\d?[,;\s]+(?:\d{2,3}[,;\s]+){7,}\d{2,3}")
"""Like the one above it begins apart from its repeated part, for most places of a text to be ruled out at once."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3}))")
_SIMPLE_ESCAPE = re.compile(r"""\\([nrt"'\\/])""")
_DEFLATED = re.compile(rb"x[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_GEOMETRY = re.compile(r'="[-+\s\d.,MmLlHhVvCcSsQqTtAaZz]*"')
_UNPRINTABLE = re.compile(r"[^\x09\x0a\x0d\x20-\x7e\u00a0-\ufffc]")
_NOT_ASCII = re.compile(r"[^\x09\x0a\x0d\x20-\x7e]")


def texts(data: bytes, innocent: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the layers and the text of every text in ``data``. The layers hide it, as in ``zip > base64``.

    For a text that is not hidden they are "". Bytes whose SHA-256 is among ``innocent`` are skipped.
    """
    seen: set[str | bytes] = set()
    queue: list[tuple[tuple[str, ...], str | bytes]] = [((), data)]
    while queue:
        layers, found = queue.pop()
        if found in seen or (isinstance(found, bytes) and hashlib.sha256(found).hexdigest() in innocent):
            continue
        seen.add(found)
        if isinstance(found, str):
            yield " > ".join(layers), found
        if len(layers) < DEPTH:
            inner = _in_text(found) if isinstance(found, str) else _in_bytes(found)
            queue += [((*layers, layer) if layer else layers, each) for layer, each in inner]


def _in_bytes(data: bytes) -> Iterator[tuple[str, str | bytes]]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield f"zip entry {entry.filename}", archive.open(entry).read(MAX_UNPACKED)
            yield "zip comment", archive.comment
            data = _between_entries(data, archive.infolist())
    for match in _DEFLATED.finditer(data):
        decompress = zlib.decompressobj(ZLIB_OR_GZIP).decompress
        yield from _attempt("zlib or gzip", decompress, data[match.start() :], MAX_UNPACKED)
    text = data.decode("utf-8-sig", "replace")
    if _is_text(text, _UNPRINTABLE):
        yield "", _GEOMETRY.sub("", text) if "<svg" in text else text
    if b"\0" in data:
        wide = (data.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be"))
        yield from (("UTF-16", text) for text in wide if _is_text(text, _NOT_ASCII))


def _between_entries(data: bytes, entries: Iterable[zipfile.ZipInfo]) -> bytes:
    """Return the bytes of a zip without the content of its entries, which is searched separately."""
    rest, position = b"", 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        lengths = data[entry.header_offset + 26 : entry.header_offset + 30]  # of name and extra field
        start = entry.header_offset + 30 + sum(struct.unpack("<HH", lengths))
        rest += data[position:start]
        position = max(position, start + entry.compress_size)
    return rest + data[position:]


def _is_text(text: str, foreign: re.Pattern[str]) -> bool:
    """Tell whether fewer than a quarter of the characters are ``foreign``. In random bytes most would be."""
    return len(foreign.findall(text)) * 4 < len(text)


def _in_text(text: str) -> Iterator[tuple[str, str | bytes]]:
    yield "reversed", text[::-1]
    yield "rot13", codecs.encode(text, "rot13")
    if "%" in text:
        yield "URL encoding", unquote(text)
    if "&" in text:
        yield "HTML entities", html.unescape(text)
    if "\\" in text:
        yield "escapes", _SIMPLE_ESCAPE.sub(_unescaped, _ESCAPE.sub(_character, text))
    if text.lstrip()[:1] in ("{", "[", '"'):
        yield from _in_json(text)
    unwrapped = "".join(text.replace("\\n", "").replace('"', "").replace("'", "").split())
    for source in dict.fromkeys((text, unwrapped)):
        yield from _runs(source)


def _in_json(text: str) -> Iterator[tuple[str, str | bytes]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    yield from (("JSON text", each) for each in _strings(value))


def _strings(value: Any) -> Iterator[str]:
    """Yield every text in a JSON value. A list of texts is also yielded as one, as notebooks keep lines in lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _strings(each)
    elif isinstance(value, list):
        if value and all(isinstance(each, str) for each in value):
            yield "".join(value)
        for each in value:
            yield from _strings(each)


def _runs(text: str) -> Iterator[tuple[str, bytes]]:
    for run in _BASE64.findall(text):
        standard = run.translate({ord("-"): "+", ord("_"): "/"})
        for start in range(4):  # the first characters of the run may not belong to the encoding
            yield from _attempt("base64", base64.b64decode, _padded(standard[start:], 4))
    for run in _BASE32.findall(text):
        yield from _attempt("base32", base64.b32decode, _padded(run, 8))
    for run in _BASE85.findall(text):
        yield from _attempt("base85", base64.b85decode, run)
    for run in _HEX.findall(text):
        yield from _attempt("hexadecimal", bytes.fromhex, run.replace(":", " "))
    for run in _CODES.findall(text):
        yield from _attempt("character codes", bytes, [int(code) for code in re.findall(r"\d+", run)])


def _padded(run: str, block: int) -> str:
    whole = len(run) - (len(run) % block == 1)  # a single character encodes nothing
    return run[:whole] + "=" * (-whole % block)


def _attempt(layer: str, decode: Callable[..., bytes], *arguments: Any) -> Iterator[tuple[str, bytes]]:
    try:
        decoded = decode(*arguments)
    except (ValueError, zlib.error):  # the text is not in this encoding
        return
    if decoded:
        yield layer, decoded


def _character(match: re.Match[str]) -> str:
    unicode, byte, octal = match.groups()
    return chr(int(octal, 8)) if octal else chr(int(unicode or byte, 16))


def _unescaped(match: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r", "t": "\t"}.get(match.group(1), match.group(1))
