"""The total time that one submission may take, on the clock and of the processor, and its parts."""

from __future__ import annotations

import math

LEAST_SECONDS = 0.05
"""Least time with which a run is started, in seconds; an honest probe takes half of it."""


class Budget:
    """Seconds that may still be spent: ``wall`` on the clock and ``cpu`` of the processor. The default is no limit.

    A budget may be a part of a ``whole``; then every second spent counts in both.
    """

    def __init__(self, wall: float = math.inf, cpu: float = math.inf, whole: Budget | None = None) -> None:
        self._wall, self._cpu, self._whole = wall, cpu, whole

    @property
    def wall(self) -> float:
        """Seconds on the clock that are left."""
        return self._wall if self._whole is None else min(self._wall, self._whole.wall)

    @property
    def cpu(self) -> float:
        """Seconds of processor time that are left."""
        return self._cpu if self._whole is None else min(self._cpu, self._whole.cpu)

    @property
    def is_spent(self) -> bool:
        """True if less than ``LEAST_SECONDS`` are left on the clock or of the processor."""
        return min(self.wall, self.cpu) < LEAST_SECONDS

    def part(self, share: float) -> Budget:
        """Return a part of this budget: the ``share`` of the seconds that are left now."""
        return Budget(share * self.wall, share * self.cpu, self)

    def spend(self, wall: float, cpu: float) -> None:
        """Subtract these seconds from this budget and from its whole."""
        self._wall -= wall
        self._cpu -= cpu
        if self._whole is not None:
            self._whole.spend(wall, cpu)
