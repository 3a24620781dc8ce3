"""The answers that are typed in: the letters and numbers that the grader will read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.wire.answers import bound_in, read_answers

from .filled_in import CHOICES, EVIDENCE
from .saved import _saved


def _written(names: Iterable[str], namespace: Mapping[str, Any]) -> dict[str, Any]:
    typed = _typed(namespace)[1]
    for name in names:
        if name not in typed:
            raise NotImplementedError(f"Question test_vs_train: {name} is still blank")
    return {name: typed[name] for name in names}


def _choice_notes(namespace: Mapping[str, Any]) -> Iterator[str]:
    typed = _typed(namespace)[0]
    for name in CHOICES:
        told = typed.get(name, "still blank")
        is_letter = len(told) == 1
        yield f"– {name} " + (f"= {told!r} is recorded; it is marked when you submit" if is_letter else f"is {told}")


def _typed(namespace: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, float | str]]:
    """Return the letters and the numbers that the grader will read: the typed ones count, not the present values.

    In place of a letter or a number that cannot be read there is a text that tells why.
    """
    saved = _saved()
    return read_answers([*saved.slipped, *_ran(namespace, saved.code)], CHOICES, EVIDENCE)


def _ran(namespace: Mapping[str, Any], code: Sequence[str]) -> list[str]:
    """Return the cells that were run, in the order of the saved ``code``, without older versions of changed cells.

    IPython keeps all cells that were run in ``In``.
    """
    names = (*CHOICES, *EVIDENCE)
    if "In" not in namespace:
        return [f"{name} = {namespace[name]!r}" for name in names if namespace.get(name, ...) is not ...]
    saved = {source.strip(): place for place, source in enumerate(code)}
    kept: list[tuple[int, str]] = []
    later: set[str] = set()
    for source in reversed(list(namespace["In"])):
        own = bound_in(source, names)
        if source.strip() in saved or not own <= later or not own:
            kept.insert(0, (saved.get(source.strip(), len(saved) if own else -1), source))
        later |= own
    return [source for _, source in sorted(kept, key=lambda pair: pair[0])]
