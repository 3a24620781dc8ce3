"""Conversion of a submitted file's bytes into cells, or into a refusal in words that a student understands.

Our own reader takes only the needed fields from a notebook. Outputs, attachments and most metadata are passed over,
whatever they hold. nbformat is not used: it refuses a file with one null cell, a null metadata field or an unknown
format number, and such a slip of some tool must not cost a student every point. In old formats, cells are in worksheets
and code is called ``input``; that is all of nbformat's knowledge that matters here.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from dataclasses import dataclass, replace
from itertools import chain

from autograder.intake.json_reader import MAX_VALUES, JsonEndsError, JsonError, JsonReader, TooManyValuesError, decode

MAX_CELLS = 1_000
"""Maximum number of cells that are kept: the notebook has about 100, and every probe loads them all again."""

MAX_CODE = 1_000_000
"""Maximum amount of code that is kept in all, in characters: the notebook has about 30,000."""

MAX_MARKDOWN = 10_000
"""Maximum length of a text cell that is kept, in characters: twice as much as is kept of an explanation."""

MAX_METADATA_BYTES = 64_000
"""Maximum size of a notebook's metadata that are read, in bytes: front ends write some hundreds."""

MAX_SOURCE_BYTES = 4 * MAX_CODE
"""Maximum size of a cell's source, or of a line of it, that is decoded, in bytes.

``MAX_CODE`` characters in UTF-8 take no more.
"""

MAX_TAGS = 20
"""Maximum number of tags that are kept of a cell: the notebook's cells have one."""

MAX_WORD_BYTES = 100
"""Maximum length of a tag and of a cell's kind, in bytes; ours are shorter."""

MAX_HEADER = 1000
"""Number of bytes of a ``# %%`` line in which tags are looked for."""

_PIECE = 2**20
"""Number of bytes that are converted from UTF-16 or UTF-32 at a time."""

_FOREIGN = (
    (b"PK", "a zip archive", "Unpack it and submit the .ipynb file that is inside."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and submit the .ipynb file that is inside."),
    (b"%PDF", "a PDF document", "Submit the notebook itself: File > Download (.ipynb)."),
    (b"<", "a web page (HTML)", "Submit the notebook itself: File > Download (.ipynb), not File > Save as a page."),
)
_MARKER = re.compile(rb"#(?<![^\r\n]#) ?%%(?!%)([^\r\n]*)")
_TAG = re.compile(r"answer:\w+")
_MARKDOWN = re.compile(r"\[(?:markdown|md)\]")
_COMMENT = re.compile(r"^# ?", re.MULTILINE)
_LATIN_1 = "The file is not UTF-8; it was read as Latin-1."
_OLD_FORMAT = "The notebook is in an old format (version 3 or less); its cells were read all the same."
_VERSION = re.compile(r"3\.([1-9][0-9]?)(?:\.|$)")
_NEWER = "a statement that only the newer one can read was left out."
_NO_LIST = "The file holds no list of cells, so it is no notebook. Submit the .ipynb file you worked in."
_FEWER = "Remove what is not yours, save, and submit again."
_AGAIN = "Open the notebook, save it, and submit the .ipynb file again."


class Refused(Exception):  # noqa: N818 - it is an answer to the student, not an error of the program
    """Exception for a submission that cannot be read. Its text tells the student what is wrong and what to do."""


@dataclass(frozen=True)
class Cell:
    """Cell of a notebook. ``kind`` is ``"code"``, ``"markdown"`` or ``"raw"``; ``tags`` come from its metadata."""

    kind: str
    source: str
    tags: frozenset[str] = frozenset()


class _Cells:
    """Collection of the cells that are not blank, within the limits, and the numbers of cells that are missing.

    Raw cells are kept only if they have the tag of an answer, because a slip of the keyboard turns any cell into a raw
    one.
    """

    def __init__(self) -> None:
        self.kept: list[Cell] = []
        self.skipped = 0
        self.unreadable = 0
        self._code = 0

    @property
    def is_full(self) -> bool:
        return len(self.kept) >= MAX_CELLS

    def add(self, cell: Cell, is_whole: bool) -> None:
        """Keep a cell if it is not blank and the limits allow it. Code is kept in full, or else counted as skipped.

        Of a text the beginning is kept.
        """
        if not (cell.kind in ("code", "markdown") or _is_raw_answer(cell)) or not cell.source.strip():
            return
        if cell.kind != "code":
            cell = replace(cell, source=cell.source[:MAX_MARKDOWN])
        size = len(cell.source) if cell.kind == "code" else 0
        if self.is_full or self._code + size > MAX_CODE or (size and not is_whole):
            self.skipped += 1
            return
        self._code += size
        self.kept.append(cell)

    def join(self, others: _Cells) -> None:
        """Add the cells of another worksheet."""
        self.skipped += others.skipped
        self.unreadable += others.unreadable
        for cell in others.kept:
            self.add(cell, is_whole=True)

    def notes(self) -> list[str]:
        """Return notes to the student on how many cells are missing, and why."""
        notes = []
        if self.unreadable:
            notes.append(f"Cells that could not be read and were skipped: {self.unreadable}.")
        if self.skipped:
            limits = f"only {MAX_CELLS:,} cells and {MAX_CODE:,} characters of code are read"
            notes.append(f"Cells that were skipped: {self.skipped}; {limits}.")
        return notes


def _is_raw_answer(cell: Cell) -> bool:
    return cell.kind == "raw" and any(_TAG.fullmatch(tag) for tag in cell.tags)


def read_notebook(data: bytes) -> tuple[list[Cell], list[str]]:
    """Return the cells of an .ipynb file in order, and notes to the student on anything unusual.

    Raises ``Refused`` if the file is no notebook, is damaged, or has too many cells, lines and fields.
    """
    start = data[:512].lstrip()
    for prefix, what, mend in _FOREIGN:
        if start.startswith(prefix):
            raise Refused(f"The file is {what}, not a notebook. {mend}")
    text = _as_utf_8(data)
    reader = JsonReader(text)
    try:
        cells, notes = _notebook(reader)
        reader.finish()
    except JsonEndsError:
        raise Refused(f"The notebook ends in the middle: saving or uploading it was cut off. {_AGAIN}") from None
    except JsonError as error:
        line = text.count(b"\n", 0, error.at) + 1
        raise Refused(f"The notebook is damaged in line {line} ({error}). {_AGAIN}") from None
    except TooManyValuesError:
        raise Refused(f"The notebook has more than {MAX_VALUES:,} cells, lines and fields. {_FEWER}") from None
    return cells.kept, [*([_LATIN_1] if reader.is_latin_1 else []), *notes, *cells.notes()]


def read_percent(data: bytes) -> tuple[list[Cell], list[str]]:
    """Return the cells of a Python file in the percent format, and notes to the student on anything unusual.

    A file without any ``# %%`` line is a single code cell.

    Raises ``Refused`` if the file has too many cells.
    """
    text = _as_utf_8(data)
    cells, is_latin_1 = _Cells(), False
    header, start = "", len(codecs.BOM_UTF8) if text.startswith(codecs.BOM_UTF8) else 0
    for number, marker in enumerate(chain(_MARKER.finditer(text, start), [None])):
        if number > MAX_VALUES:
            raise Refused(f"The file has more than {MAX_VALUES:,} cells. {_FEWER}")
        end = marker.start() if marker else len(text)
        body, is_whole = bytes(text[start : min(end, start + MAX_SOURCE_BYTES)]), end - start <= MAX_SOURCE_BYTES
        if body.strip():
            source, is_utf_8 = decode(body, is_whole)
            is_latin_1 |= not is_utf_8
            cells.add(_percent_cell(header, _cleaned(source)), is_whole)
        if marker:
            start = marker.end()
            header = text[marker.start(1) : min(start, marker.start(1) + MAX_HEADER)].decode("utf-8", "replace")
    return cells.kept, [*([_LATIN_1] if is_latin_1 else []), *cells.notes()]


def _as_utf_8(data: bytes) -> bytes | bytearray:
    """Return the bytes of a file in UTF-8, in which quotes and brackets are single bytes.

    A file in UTF-16 or UTF-32 is converted; any other is returned as it is.
    """
    encoding = json.detect_encoding(data[:4])
    if encoding.startswith("utf-8"):
        return data
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = bytearray()
    for start in range(0, len(data), _PIECE):  # all at once would take six times the file
        text += decoder.decode(data[start : start + _PIECE]).encode("utf-8", "replace")
    text += decoder.decode(b"", final=True).encode()
    return text


def _notebook(reader: JsonReader) -> tuple[_Cells, list[str]]:
    """Return the cells of a notebook of any format, and notes. Up to format 3 the cells are in worksheets.

    Raises ``Refused`` if there is no list of cells.
    """
    try:
        first = reader.peek()
    except JsonEndsError:
        raise Refused(f"The file is empty. {_AGAIN}") from None
    if first != b"{":
        raise Refused(_NO_LIST if _is_json(reader) else f"The file is not a notebook: its text is not JSON. {_AGAIN}")
    cells: _Cells | None = None
    worksheets: _Cells | None = None
    notes: list[str] = []
    for key in reader.members():
        if key == "cells":
            cells = _read_cells(reader)
        elif key == "worksheets":
            worksheets = _read_worksheets(reader)
        elif key == "metadata":
            notes = _newer_python(_read_version(reader))
        else:
            reader.skip()
    if cells is not None:
        return cells, notes
    if worksheets is None:
        raise Refused(_NO_LIST)
    return worksheets, [*notes, _OLD_FORMAT]


def _read_version(reader: JsonReader) -> str:
    """Return the version of Python that the notebook was saved with, or "" if it does not say so."""
    metadata = reader.small(MAX_METADATA_BYTES)
    language = metadata.get("language_info") if isinstance(metadata, dict) else None
    version = language.get("version") if isinstance(language, dict) else None
    return version if isinstance(version, str) else ""


def _newer_python(version: str) -> list[str]:
    """Return a note if the notebook was saved with a newer Python than this one, which also runs the worker."""
    saved, here = _VERSION.match(version), sys.version_info
    if not saved or int(saved[1]) <= here.minor:
        return []
    return [f"The notebook was saved with Python 3.{saved[1]} and graded with 3.{here.minor}: {_NEWER}"]


def _is_json(reader: JsonReader) -> bool:
    try:
        reader.skip()
        reader.finish()
    except JsonError:
        return False
    return True


def _read_worksheets(reader: JsonReader) -> _Cells | None:
    if not reader.begins(b"["):
        return None
    joined = _Cells()
    for _ in reader.elements():
        cells: _Cells | None = None
        for key in reader.members() if reader.begins(b"{") else ():
            if key == "cells":
                cells = _read_cells(reader)
            else:
                reader.skip()
        if cells is not None:
            joined.join(cells)
    return joined


def _read_cells(reader: JsonReader) -> _Cells | None:
    if not reader.begins(b"["):
        return None
    cells = _Cells()
    for _ in reader.elements():
        if cells.is_full:
            reader.skip()
            cells.skipped += 1
        elif reader.begins(b"{"):
            _read_cell(reader, cells)
        else:
            cells.unreadable += 1
    return cells


def _read_cell(reader: JsonReader, cells: _Cells) -> None:
    """Read a cell and add it to ``cells``. Of fields with the same name the last one counts, as usual in JSON."""
    kind: str | None = None
    tags: frozenset[str] = frozenset()
    sources: dict[str, tuple[str, bool] | None] = {}
    for key in reader.members():
        if key == "cell_type":
            kind = reader.text(MAX_WORD_BYTES)
        elif key in ("source", "input"):
            sources[key] = _read_source(reader)
        elif key == "metadata":
            tags = _read_tags(reader)
        else:
            reader.skip()
    source = sources.get("source", sources.get("input"))
    if kind is None or source is None:
        cells.unreadable += 1
    else:
        cells.add(Cell(kind, _cleaned(source[0]).rstrip(), tags), is_whole=source[1])


def _read_source(reader: JsonReader) -> tuple[str, bool] | None:
    """Return the text of a cell and whether it is complete, or None if it is no text.

    Of a text that is longer than ``MAX_CODE`` only the beginning is read.
    """
    if reader.peek() == b'"':
        return reader.beginning(MAX_SOURCE_BYTES)
    if not reader.begins(b"["):
        return None
    lines: list[str] = []
    size, is_text, is_whole = 0, True, True
    for _ in reader.elements():
        is_text = reader.peek() == b'"' and is_text
        if not is_text or size > MAX_CODE:
            reader.skip()
            is_whole = False
            continue
        line, is_line_whole = reader.beginning(MAX_SOURCE_BYTES)
        is_whole = is_whole and is_line_whole
        size += len(line)
        if line:
            lines.append(line)
    return ("".join(lines), is_whole) if is_text else None


def _read_tags(reader: JsonReader) -> frozenset[str]:
    """Return the tags in the metadata of a cell."""
    tags: set[str] = set()
    for key in reader.members() if reader.begins(b"{") else ():
        if key != "tags":
            reader.skip()
            continue
        tags = set()
        for _ in reader.elements() if reader.begins(b"[") else ():
            tag = reader.text(MAX_WORD_BYTES)
            if tag is not None and len(tags) < MAX_TAGS:
                tags.add(tag)
    return frozenset(tags)


def _cleaned(text: str) -> str:
    """Return ``text`` with plain newlines, without NULs, and without lone surrogates, which cannot be encoded."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _percent_cell(header: str, body: str) -> Cell:
    tags = frozenset(_TAG.findall(header)[:MAX_TAGS])
    if _MARKDOWN.search(header):
        return Cell("markdown", _COMMENT.sub("", body.strip()), tags)
    return Cell("raw" if "[raw]" in header else "code", body.lstrip("\n").rstrip(), tags)
