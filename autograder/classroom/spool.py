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

    def add(self, key: str, value: Any) -> None:
        """Add a value under a key."""
        self._file.seek(0, 2)
        self._places.append((key, self._file.tell()))
        self._file.write(json.dumps(value).encode() + b"\n")

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for key, place in sorted(self._places):
            self._file.seek(place)
            yield key, json.loads(self._file.readline())
