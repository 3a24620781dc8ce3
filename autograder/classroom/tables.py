"""Tables as CSV: they are written so that no spreadsheet takes a cell for a formula, and can be read back unchanged."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

MAX_CELL = 1000
"""Maximum length of a cell, in characters; spreadsheets take 32,767, but nobody reads that much."""

_DELIMITERS = ",;\t"
"""Characters that may separate cells; spreadsheets write semicolons in countries that write 0,5 for one half."""

# The signs that begin a formula, with their full-width forms, as OWASP lists them under "CSV Injection". They count
# also after a separator within a cell, since a spreadsheet may be set to separate cells there. Apostrophes before a
# sign are part of the match, so that reading takes away exactly the one that writing added.
_BEGINS = r"(^|[;|])(\s*)"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"{_BEGINS}(?='{{0,9}}{_SIGNS})")
_GUARDED = re.compile(rf"{_BEGINS}'(?='{{0,9}}{_SIGNS})")


class TableError(ValueError):
    """Exception for a table that cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Line:
    """A record of a table: the number of its first line in the file, and its cells by column name."""

    number: int
    cells: Mapping[str, str]


def to_csv(heads: Iterable[str], lines: Iterable[Iterable[object]], most: int = MAX_CELL, delimiter: str = ",") -> str:
    """Write a table as CSV in which no cell is a formula; texts are cut to ``most`` characters."""
    return _written([heads], delimiter) + body(lines, most, delimiter)


def body(lines: Iterable[Iterable[object]], most: int = MAX_CELL, delimiter: str = ",") -> str:
    """Write lines as ``to_csv`` does, without heads."""
    return _written(([_cell(value, most) for value in one] for one in lines), delimiter)


def _written(lines: Iterable[Iterable[object]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(lines)
    return text.getvalue()


def told(head: str, wrong: Sequence[str]) -> str:
    """Return what is wrong with the lines of a table as one message; it begins with ``head`` if there are several."""
    return "\n  ".join([head, *wrong] if len(wrong) > 1 else wrong)


def _cell(value: object, most: int) -> object:
    """Return the cell with an apostrophe before anything that a spreadsheet would take for a formula."""
    if not isinstance(value, str):
        return value
    return _FORMULA.sub(r"\1\2'", "".join(c if c.isprintable() else " " for c in value[:most]))


def plain(cell: str) -> str:
    """Return the text of a cell without the apostrophes that keep it from being a formula."""
    return _GUARDED.sub(r"\1\2", cell.strip())


def read(data: bytes, name: str, columns: Sequence[str]) -> list[Line]:
    """Read the lines of a table that must have at least these ``columns``; case does not matter in their names.

    Lines that are empty or begin with # are left out.

    Raises ``TableError`` if the table cannot be read; its message calls the file ``name``.
    """
    return list(lines(io.BytesIO(data), name, columns))


def lines(file: IO[bytes], name: str, columns: Sequence[str]) -> Iterator[Line]:
    """Yield the lines as ``read`` returns them, but read each only when it is asked for."""
    records = _records(file, name)
    _, heads = next(records, (1, []))
    names = [head.strip().casefold() for head in heads]
    if missing := [column for column in columns if column not in names]:
        raise TableError(f"{name}, line 1: the first line must name the columns {', '.join(columns)}; no {missing[0]}")
    for number, cells in records:
        if any(cell.strip() for cell in cells[len(names) :]):
            raise TableError(f"{name}, line {number}: more cells than columns; put what holds a comma in double quotes")
        values = [plain(cell) for cell in cells] + [""] * (len(names) - len(cells))
        yield Line(number, dict(zip(names, values, strict=False)))


def delimiter(header: str) -> str:
    """Return the separator of a table with this first line: the one that is most frequent in it."""
    return max(_DELIMITERS, key=header.count)


def _records(file: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each record with the number of its first line."""
    texts = _texts(file, name)
    header = next(texts, "")
    reader = csv.reader(chain([header], texts), delimiter=delimiter(header), strict=True)
    number = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        raise TableError(f"{name}, line {number}: {error}") from None


def _texts(file: IO[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(file, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise TableError(f"{name}, line {number}: this is not UTF-8; save it as 'CSV UTF-8'") from None
