"""Values of a class that are kept in a file, to be read in another order: in memory is where each begins."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import Any


class Spool:
    """JSON values with a key each; they are read in the order of the keys, as often as needed."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed by close()
        self._places: list[tuple[str, int]] = []

    def close(self) -> None:
        """Forget them."""
        self._file.close()

    def add(self, key: str, value: Any) -> None:
        """Keep a value."""
        self._file.seek(0, 2)
        self._places.append((key, self._file.tell()))
        self._file.write(json.dumps(value).encode() + b"\n")

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for key, place in sorted(self._places):
            self._file.seek(place)
            yield key, json.loads(self._file.readline())
