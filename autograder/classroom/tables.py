"""Tables as CSV: written so that no cell is a formula where a spreadsheet opens them, and read back as they were."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO

MAX_CELL = 1000
"""Characters of a cell: spreadsheets take 32,767, people less."""

_DELIMITERS = ",;\t"
"""What stands between cells; where a comma is in numbers, spreadsheets write semicolons."""

# OWASP, "CSV Injection": what begins a formula, in wide letters too; after a separator as well, for where a
# spreadsheet is set to another one than the comma. Apostrophes before it are counted in, so that one can be taken away.
_BEGINS = r"(^|[;|])(\s*)"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(rf"{_BEGINS}(?='{{0,9}}{_SIGNS})")
_GUARDED = re.compile(rf"{_BEGINS}'(?='{{0,9}}{_SIGNS})")


class TableError(ValueError):
    """A table that cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Line:
    """A line of a table: the number of its first line in the file, and its cells by the names of the columns."""

    number: int
    cells: Mapping[str, str]


def to_csv(heads: Iterable[str], lines: Iterable[Iterable[object]], most: int = MAX_CELL, delimiter: str = ",") -> str:
    """The table as CSV in which no cell is a formula, and none has more than ``most`` characters."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_cell(value, most) for value in one] for one in lines)
    return text.getvalue()


def _cell(value: object, most: int) -> object:
    """An apostrophe before what a spreadsheet would take for a formula says that it is text."""
    if not isinstance(value, str):
        return value
    return _FORMULA.sub(r"\1\2'", "".join(c if c.isprintable() else " " for c in value[:most]))


def plain(cell: str) -> str:
    """The text of a cell, without the apostrophes that keep it from being a formula."""
    return _GUARDED.sub(r"\1\2", cell.strip())


def read(data: bytes, name: str, columns: Sequence[str]) -> list[Line]:
    """The lines of a table that has at least these ``columns``, whose names are compared without case.

    Lines that are empty or begin with # are left out. Raises ``TableError``; ``name`` is what it calls the file.
    """
    return list(lines(io.BytesIO(data), name, columns))


def lines(file: IO[bytes], name: str, columns: Sequence[str]) -> Iterator[Line]:
    """The same, line by line as they are asked for."""
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
    """What stands between the cells of a table with this first line."""
    return max(_DELIMITERS, key=header.count)


def _records(file: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the numbers of their first lines."""
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
