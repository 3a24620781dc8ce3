"""The time that one submission may take in all, on the clock and of the processor, dealt out to what is run."""

from __future__ import annotations

import math

LEAST_SECONDS = 0.05
"""With less left nothing is begun: an honest probe takes half of it."""


class Budget:
    """Seconds that may still be spent: ``wall`` on the clock, ``cpu`` of the processor; without end if not given.

    What is spent of a part is spent of the whole too.
    """

    def __init__(self, wall: float = math.inf, cpu: float = math.inf, whole: Budget | None = None) -> None:
        self._wall, self._cpu, self._whole = wall, cpu, whole

    @property
    def wall(self) -> float:
        """Seconds left on the clock."""
        return self._wall if self._whole is None else min(self._wall, self._whole.wall)

    @property
    def cpu(self) -> float:
        """Seconds left of the processor."""
        return self._cpu if self._whole is None else min(self._cpu, self._whole.cpu)

    @property
    def is_spent(self) -> bool:
        """Tell if too little is left for anything to be begun."""
        return min(self.wall, self.cpu) < LEAST_SECONDS

    def part(self, share: float) -> Budget:
        """Return a budget of this ``share`` of what there is now, for one of several that must not use up it all."""
        return Budget(share * self.wall, share * self.cpu, self)

    def spend(self, wall: float, cpu: float) -> None:
        """Note that this was spent, here and of the whole."""
        self._wall -= wall
        self._cpu -= cpu
        if self._whole is not None:
            self._whole.spend(wall, cpu)
