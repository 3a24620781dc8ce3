"""The modules that a submission finds imported: the usual ones, and of the others those that its text mentions.

Every module makes the process for each probe dearer: all of NumPy doubles the time of a fork. What was not imported
beforehand can still be, unless the files of Python are closed to the user that the worker becomes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module

_USUAL = (
    "abc collections contextlib copy dataclasses enum functools gc inspect itertools math numbers operator random re "
    "time typing unicodedata warnings numpy"
)
"""``unicodedata``: the parser itself imports it for names in other letters, and for letters given by their names."""
_OTHERS = (
    "argparse array ast base64 bisect calendar cmath contextvars csv datetime decimal errno fractions getpass glob "
    "graphlib gzip hashlib heapq io json keyword linecache locale logging pathlib pickle platform pprint queue secrets "
    "shlex shutil statistics string struct tempfile textwrap threading timeit tokenize traceback types unittest "
    "urllib.parse uuid weakref zlib"
)
_PARTS_OF_NUMPY = (
    "char core ctypeslib dtypes exceptions f2py fft lib linalg ma matlib polynomial random rec strings testing typing"
)
"""Which NumPy imports when they are first named."""
_IMPORTED = re.compile(r"^(?:import|from)\s+(\w+)", re.MULTILINE)
_STAR = re.compile(r"\bnumpy\s+import\s*\(?\s*\*")


def mentioned(cells: Iterable[str], provided: str) -> list[str]:
    """Which modules beside the usual ones the ``cells`` mention, or the ``provided`` definitions import.

    Of the cells, words count: none of their text is parsed.
    """
    text = "\n".join(cells)
    words = set(re.findall(r"\w+", text))
    everything = _STAR.search(text) is not None
    parts = [part for part in _PARTS_OF_NUMPY.split() if everything or part in words]
    words |= set(_IMPORTED.findall(provided))
    others = [name for name in _OTHERS.split() if name.partition(".")[0] in words]
    return [*others, *(f"numpy.{part}" for part in parts)]


def import_beforehand(others: Sequence[str]) -> None:
    """Import the usual modules, and those of the ``others`` that this Python and this NumPy have."""
    for name in _USUAL.split():
        import_module(name)
    for name in others:
        with suppress(ImportError):
            import_module(name)
