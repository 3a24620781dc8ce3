"""The confinement of a worker: the settings that the driver asks for and both sides must agree on."""

from __future__ import annotations

import os
import sys

from autograder.vocabulary import Isolation, Step

MEMORY = 1 << 30
"""Maximum address space of a worker, in bytes: the training needs 0.2 GiB, and NumPy reserves as much again."""

FIRST_UID = 2_000_000_000
"""Lowest uid of a worker. It is above every real account, and above subordinate and systemd's dynamic uids."""
SLOTS = 16
"""Maximum number of gradings that one process runs at the same time."""

Confinement = frozenset[Step]
"""Steps that a worker is asked to take. Without ``Step.FORK`` it answers every request itself."""

FULL: Confinement = frozenset(Step) - {Step.MEMORY_WATCHDOG} - (frozenset() if hasattr(os, "fork") else {Step.FORK})
"""All steps that a worker can take by itself on this platform; a test may leave some out."""


def own_uid(slot: int) -> int | None:
    """Return the uid for this process's grading number ``slot``, or None if this process is not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    return FIRST_UID + os.getpid() % (1 << 22) * SLOTS + slot % SLOTS


def limits_memory(wanted: Confinement) -> bool:
    """Tell whether the kernel limits the worker's memory. macOS ignores the limit, and Windows has none."""
    return Step.RLIMITS in wanted and sys.platform == "linux"


def separates(isolation: Isolation) -> bool:
    """Tell whether submissions cannot reach each other or the results, by uids or by Landlock with seccomp."""
    return Step.OWN_UID in isolation.applied or {Step.LANDLOCK, Step.SECCOMP} <= set(isolation.applied)
