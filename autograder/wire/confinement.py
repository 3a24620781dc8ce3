"""How a worker is to be confined: what the driver asks for, and both sides must agree on."""

from __future__ import annotations

import os
import sys

from autograder.vocabulary import Isolation, Step

MEMORY = 1 << 30
"""Bytes of address space: the training needs about 0.2 GiB, and NumPy reserves as much again."""

FIRST_UID = 2_000_000_000
"""Above every real account, subordinate and systemd's dynamic uid."""
SLOTS = 16
"""Gradings that one process may run side by side."""

Confinement = frozenset[Step]
"""The steps that are wanted of a worker. Without ``Step.FORK`` it answers every request itself."""

FULL: Confinement = frozenset(Step) - {Step.MEMORY_WATCHDOG} - (frozenset() if hasattr(os, "fork") else {Step.FORK})
"""All steps that a worker can take by itself here; a test may leave some out."""


def own_uid(slot: int) -> int | None:
    """The uid of this process's grading number ``slot``, or None where only root could switch to it."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    return FIRST_UID + os.getpid() % (1 << 22) * SLOTS + slot % SLOTS


def limits_memory(wanted: Confinement) -> bool:
    """Whether the kernel bounds the worker's memory: macOS takes the limit and ignores it, Windows has none."""
    return Step.RLIMITS in wanted and sys.platform == "linux"


def separates(isolation: Isolation) -> bool:
    """Whether submissions are kept from each other and from the results: by uids, or by Landlock with seccomp."""
    return Step.OWN_UID in isolation.applied or {Step.LANDLOCK, Step.SECCOMP} <= set(isolation.applied)
