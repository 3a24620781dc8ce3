"""Groups of texts that are equal or nearly equal, found in time that grows with their number, not with its square.

A text is taken as the set of its runs of ``RUN`` letters; two texts are near if they share most runs (Jaccard
similarity). The similarity is estimated from the least hash values of both sets (MinHash: Broder, 1997, On the
resemblance and containment of documents). Only texts that share some of these values are compared at all.
"""

from __future__ import annotations

import re
import zlib
from array import array
from random import Random
from typing import Any

import numpy as np

NEAR = 0.7
"""Least similarity of two texts that are near; about one word in ten differs then."""
RUN = 5
"""Number of letters in a run."""
HASHES = 64
"""Number of hash functions; with this many, the standard error of the estimate is 0.06."""
BANDS, ROWS = 8, 3
"""Number of bands of hash values, and of values in each; texts are compared only if they agree in a whole band.

Of pairs with the similarity ``NEAR``, 97 of 100 do.
"""

_WORDS = re.compile(r"\w+")
_PRIME = (1 << 31) - 1
_random = Random(5)  # any seed will do, as long as it is the same in every run
_FACTORS = np.array([_random.randrange(1, _PRIME) for _ in range(HASHES)], dtype=np.uint64)
_TERMS = np.array([_random.randrange(_PRIME) for _ in range(HASHES)], dtype=np.uint64)


class NearTexts:
    """Texts that are added one by one, in groups of those that are near to each other.

    About one kilobyte of each text stays in memory.
    """

    def __init__(self) -> None:
        self._signatures = bytearray()
        self._first: dict[int, int] = {}
        self._parents = array("L")

    def add(self, text: str) -> int:
        """Add a text and return its number; the first one is 0."""
        signature, number = _signature(text), len(self._parents)
        self._signatures += signature.tobytes()
        self._parents.append(number)
        for band in range(BANDS):
            key = hash((band, signature[band * ROWS : (band + 1) * ROWS].tobytes()))
            other = self._first.setdefault(key, number)
            if self.group(other) != self.group(number) and self._are_near(other, number):
                older, newer = sorted((self.group(other), self.group(number)))
                self._parents[newer] = older
        return number

    def group(self, number: int) -> int:
        """Return the number of the first text in the group of this text; it stands for the group."""
        while self._parents[number] != number:
            number = self._parents[number]
        return number

    def _are_near(self, one: int, other: int) -> bool:
        both = [np.frombuffer(self._signatures, np.uint16, HASHES, 2 * HASHES * number) for number in (one, other)]
        return float(np.mean(both[0] == both[1])) >= NEAR


def _signature(text: str) -> Any:
    """Return for each hash function the least value over all runs of the text, cut to its last 16 bits."""
    plain = " ".join(_WORDS.findall(text.casefold())) or text
    runs = {plain[start : start + RUN] for start in range(max(1, len(plain) - RUN + 1))}
    hashes = np.array([zlib.crc32(run.encode("utf-8", "replace")) % _PRIME for run in sorted(runs)], dtype=np.uint64)
    return ((np.outer(_FACTORS, hashes) + _TERMS[:, None]) % _PRIME).min(axis=1).astype(np.uint16)
