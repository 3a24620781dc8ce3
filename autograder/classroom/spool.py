"""Storage in a file for values that are read in another order than written; only their places stay in memory."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import Any


class Spool:
    """File of JSON values with keys; they can be read in the order of the keys, as often as needed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed by close()
        self._places: list[tuple[str, int]] = []

    def close(self) -> None:
        """Close the file, which removes it."""
        self._file.close()

    def add(self, key: str, value: Any) -> int:
        """Add a value under a key; return its place in the file."""
        place = self._file.seek(0, 2)
        self._places.append((key, place))
        self._file.write(json.dumps(value).encode() + b"\n")
        return place

    def at(self, place: int) -> Any:
        """Return the value at a place."""
        self._file.seek(place)
        return json.loads(self._file.readline())

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for key, place in sorted(self._places):
            yield key, self.at(place)
