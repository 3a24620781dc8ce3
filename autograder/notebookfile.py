"""Turns the bytes of a submitted file into cells, or says in words a student understands why they are none.

The standard library's json reads the notebook, not nbformat: nbformat refuses a file with one null cell, a null
metadata field or a format number it does not know, which would cost a student every point for a slip of some tool; it
takes 7 s for 100,000 cells; and it would add 0.15 s to every start. What nbformat knows about old formats and matters
here is that cells stood in worksheets and code was called ``input``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

MAX_TEXT_BYTES = 32 * 2**20
"""What may be left of a file without its outputs: a course notebook has 0.1 MB, with pasted photographs perhaps 20."""

MAX_STEPS = 20_000_000
"""Runs of brackets or strings stepped over to find the end of a list of outputs: 6 s; 100 MB of text have 50,000."""

MAX_CELLS = 1_000
"""Cells kept: the notebook has about 100, and every probe loads them all again."""

MAX_CODE = 1_000_000
"""Characters of code kept in all: the notebook has about 30,000."""

_FOREIGN = (
    (b"PK", "a zip archive", "Unpack it and submit the .ipynb file that is inside."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and submit the .ipynb file that is inside."),
    (b"%PDF", "a PDF document", "Submit the notebook itself: File > Download (.ipynb)."),
    (b"<", "a web page (HTML)", "Submit the notebook itself: File > Download (.ipynb), not File > Save as a page."),
)
_OUTPUTS_OR_STRING = re.compile(rb'(?P<outputs>"outputs"\s*:\s*(?=\[))|"[^"]*"')
_BRACKETS_OR_STRINGS = re.compile(rb'(?P<opening>[\[{]+)|(?P<closing>[\]}]+)|(?:[^"\[\]{}]*"[^"]*"){1,1000}')
_MARKER = re.compile(r"^# ?%%(?!%)(.*)$", re.MULTILINE)


class Refused(Exception):  # noqa: N818 - an answer to the student, no error of the program
    """A submission that cannot be read; the text tells the student what is wrong and what to do."""


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook: ``kind`` is ``"code"`` or ``"markdown"``, ``tags`` those of its metadata."""

    kind: str
    source: str
    tags: frozenset[str] = frozenset()


def read_notebook(data: bytes) -> tuple[list[Cell], list[str]]:
    """Return the cells of an .ipynb file in order, and notes on what was unusual; raises Refused if there are none."""
    start = data[:512].lstrip()
    for prefix, what, mend in _FOREIGN:
        if start.startswith(prefix):
            raise Refused(f"The file is {what}, not a notebook. {mend}")
    encoding = json.detect_encoding(data[:4])
    if not encoding.startswith("utf-8"):  # UTF-16 and UTF-32; from here on quotes and brackets are single bytes
        data = data.decode(encoding, "replace").encode()
    text, notes = decode(_without_outputs(data))
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise Refused("The notebook is nested too deeply to be read. Download it again and submit it.") from None
    except ValueError as error:
        raise Refused(_explain(error, text)) from None
    return _cells(notebook, notes), notes


def read_percent(data: bytes) -> tuple[list[Cell], list[str]]:
    """Return the cells of a Python file in the percent format; without any ``# %%`` line it is a single code cell."""
    text, notes = decode(data)
    text = _cleaned(text)
    first, *rest = _MARKER.split(text)
    cells = [Cell("code", first)] + [_percent_cell(*pair) for pair in zip(rest[::2], rest[1::2], strict=True)]
    return _bounded(cells, notes), notes


def decode(data: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8, UTF-16 and UTF-32, with or without a byte order mark, and whatever else as Latin-1, with a note."""
    if len(data) > MAX_TEXT_BYTES:
        limit = MAX_TEXT_BYTES >> 20
        raise Refused(
            f"Without its outputs the file is still larger than {limit} MB. Remove large images and data from it."
        )
    try:
        return data.decode(json.detect_encoding(data)), []
    except UnicodeDecodeError:
        return data.decode("latin-1"), ["The file is not UTF-8; it was read as Latin-1."]


def _without_outputs(data: bytes) -> bytes:
    """Cut the lists of outputs from a JSON text, so that 100 MB of them never become Python objects.

    Works on any bytes: where the text is no JSON the parser says so afterwards. 100 MB of outputs take about 1 s.
    """
    # Masking escapes keeps every offset and leaves only the quotes that open or close a string.
    masked = data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    kept, position = bytearray(), 0
    match = _OUTPUTS_OR_STRING.search(masked)
    while match and len(kept) + match.end() - position <= MAX_TEXT_BYTES:
        end = match.end()
        if match["outputs"]:
            kept += data[position:end] + b"[]"
            position = end = _end_of_list(masked, end)
        match = _OUTPUTS_OR_STRING.search(masked, end)
    return bytes(kept + data[position:])


def _end_of_list(masked: bytes, start: int) -> int:
    """Where the list that opens at ``start`` has ended; the end of the text if it never does."""
    depth = 0
    for step, match in enumerate(_BRACKETS_OR_STRINGS.finditer(masked, start)):
        if step > MAX_STEPS:
            raise Refused("The outputs of the notebook are too large. Clear all outputs, save, and submit again.")
        if match["opening"]:
            depth += len(match["opening"])
        elif match["closing"]:
            depth -= len(match["closing"])
            if depth <= 0:
                return match.end() + depth  # the last of the brackets may close what is around the list
    return len(masked)


def _explain(error: ValueError, text: str) -> str:
    again = "Open the notebook, save it, and submit the .ipynb file again."
    if not text.strip():
        return f"The file is empty. {again}"
    if isinstance(error, json.JSONDecodeError):
        if not text.lstrip().startswith("{"):
            return f"The file is not a notebook: its text is not JSON. {again}"
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            return f"The notebook ends in the middle: saving or uploading it was cut off. {again}"
        return f"The notebook is damaged in line {error.lineno} ({error.msg}). {again}"
    return f"The notebook is damaged. {again}"


def _cells(notebook: Any, notes: list[str]) -> list[Cell]:
    """The readable cells of a parsed notebook of any format, with a note on the others."""
    read = [_cell(raw) for raw in _raw_cells(notebook, notes)]
    cells = [cell for cell in read if cell is not None]
    if len(cells) < len(read):
        notes.append(f"Cells that could not be read and were skipped: {len(read) - len(cells)}.")
    return _bounded(cells, notes)


def _raw_cells(notebook: Any, notes: list[str]) -> list[Any]:
    """The list of cells of a notebook; up to format 3 it stood in worksheets."""
    if isinstance(notebook, dict):
        if isinstance(notebook.get("cells"), list):
            return list(notebook["cells"])
        worksheets = notebook.get("worksheets")
        if isinstance(worksheets, list):
            notes.append("The notebook is in an old format (version 3 or less); its cells were read all the same.")
            sheets = [sheet.get("cells") for sheet in worksheets if isinstance(sheet, dict)]
            return [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    raise Refused("The file holds no list of cells, so it is no notebook. Submit the .ipynb file you worked in.")


def _cell(raw: Any) -> Cell | None:
    if not isinstance(raw, dict):
        return None
    kind = raw.get("cell_type")
    source = raw.get("source", raw.get("input"))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or not isinstance(kind, str):
        return None
    metadata = raw.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    names = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    return Cell(kind, _cleaned(source).rstrip(), frozenset(names))


def _cleaned(text: str) -> str:
    """Text with plain newlines, without NULs, and without the lone surrogates that no encoder takes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode()


def _percent_cell(header: str, body: str) -> Cell:
    tags = frozenset(re.findall(r"answer:\w+", header))
    if re.search(r"\[(markdown|md)\]", header):
        return Cell("markdown", re.sub(r"^# ?", "", body.strip(), flags=re.MULTILINE), tags)
    return Cell("raw" if "[raw]" in header else "code", body.lstrip("\n").rstrip(), tags)


def _bounded(cells: list[Cell], notes: list[str]) -> list[Cell]:
    """The code and markdown cells that are not blank, as far as the limits go."""
    kept: list[Cell] = []
    skipped = code = 0
    for cell in cells:
        if cell.kind not in ("code", "markdown") or not cell.source.strip():
            continue
        size = len(cell.source) if cell.kind == "code" else 0
        if len(kept) >= MAX_CELLS or code + size > MAX_CODE:
            skipped += 1
            continue
        code += size
        kept.append(cell)
    if skipped:
        limits = f"only {MAX_CELLS:,} cells and {MAX_CODE:,} characters of code are read"
        notes.append(f"Cells that were skipped: {skipped}; {limits}.")
    return kept
