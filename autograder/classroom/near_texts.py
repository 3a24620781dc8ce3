"""Finds texts that are equal or nearly so, one by one, in time that grows with their number and not with its square.

A text is a set of runs of letters; two are near if they share most of these (Jaccard similarity). It is estimated from
hashes of which the least are compared (MinHash: Broder, 1997, On the resemblance and containment of documents). Texts
that have none of them in common are not compared at all.
"""

from __future__ import annotations

import re
import zlib
from array import array
from random import Random
from typing import Any

import numpy as np

NEAR = 0.7
"""Similarity from which on two texts are near: one word in ten or so is another."""
RUN = 5
"""Letters of a run."""
HASHES = 64
"""Hash functions: the estimate is off by 0.06."""
BANDS, ROWS = 8, 3
"""A text is compared with those that agree in all rows of a band: at ``NEAR`` that are 97 of 100."""

_WORDS = re.compile(r"\w+")
_PRIME = (1 << 31) - 1
_random = Random(5)  # any numbers do; the same in every run
_FACTORS = np.array([_random.randrange(1, _PRIME) for _ in range(HASHES)], dtype=np.uint64)
_TERMS = np.array([_random.randrange(_PRIME) for _ in range(HASHES)], dtype=np.uint64)


class NearTexts:
    """Takes in texts and gives each a group, which those that are near to each other share.

    In memory stays one kilobyte a text.
    """

    def __init__(self) -> None:
        self._signatures = bytearray()
        self._first: dict[int, int] = {}
        self._parents = array("L")

    def add(self, text: str) -> int:
        """Take in a text; returns its number, from 0 on."""
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
        """The number of the group's first text."""
        while self._parents[number] != number:
            number = self._parents[number]
        return number

    def _are_near(self, one: int, other: int) -> bool:
        both = [np.frombuffer(self._signatures, np.uint16, HASHES, 2 * HASHES * number) for number in (one, other)]
        return float(np.mean(both[0] == both[1])) >= NEAR


def _signature(text: str) -> Any:
    """The last bits of the least hash of all runs, under each of the hash functions."""
    plain = " ".join(_WORDS.findall(text.casefold())) or text
    runs = {plain[start : start + RUN] for start in range(max(1, len(plain) - RUN + 1))}
    hashes = np.array([zlib.crc32(run.encode("utf-8", "replace")) % _PRIME for run in sorted(runs)], dtype=np.uint64)
    return ((np.outer(_FACTORS, hashes) + _TERMS[:, None]) % _PRIME).min(axis=1).astype(np.uint16)
