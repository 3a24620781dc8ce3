"""The modules that are imported before a submission runs: the usual ones, and others that its text mentions.

Every imported module slows down the process for each probe: NumPy doubles the time of a fork. Where the student's
process may open no file, a module that was not imported beforehand cannot be imported later. NumPy then has a stand-in.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

_USUAL = (
    "abc collections contextlib copy dataclasses enum functools gc inspect itertools math numbers operator random re "
    "time typing unicodedata warnings"
)
"""Modules that are always imported. The parser itself needs ``unicodedata`` for names that are not ASCII."""
_OTHERS = (
    "argparse array ast base64 bisect calendar cmath contextvars csv datetime decimal errno fractions getpass glob "
    "graphlib gzip hashlib heapq io json keyword linecache locale logging pathlib pickle platform pprint queue secrets "
    "shlex shutil statistics string struct tempfile textwrap threading timeit tokenize traceback types unittest "
    "urllib.parse uuid weakref zlib"
)
_NAMES_OF_NUMPY = {"numpy", "np"}
"""Names by which a text mentions NumPy. The provided cells import it under the second one."""
_PARTS_OF_NUMPY = (
    "char core ctypeslib dtypes exceptions f2py fft lib linalg ma matlib polynomial random rec strings testing typing"
)
"""Submodules that NumPy imports only when they are first named."""
_PACKAGES = ("numpy", "py_landlock", "pyseccomp")
_IMPORTED = re.compile(r"^(?:import|from)\s+(\w+)", re.MULTILINE)
_STAR = re.compile(r"\bnumpy\s+import\s*(?:\(\s*)?\*")
_DOTTED = re.compile(r"\w+(?:\.\w+)*")
_WORD = re.compile(r"\w+")

MOST = 60
"""Maximum number of import lines that are looked at; importing the whole standard library would take a second."""
MAX_LINE = 200
"""Maximum number of characters of an import line that are looked at."""
_UNWANTED = {"antigravity", "idlelib", "test", "this", "tkinter", "turtle", "turtledemo"}
"""Modules that do something when they are imported, or that need a screen."""
_STANDARD = frozenset(sys.stdlib_module_names) - _UNWANTED


def mentioned(cells: Iterable[str], provided: str) -> list[str]:
    """Return the modules, apart from the usual ones, that the ``cells`` mention or the ``provided`` source imports.

    The text of the cells is searched for words only; it is not parsed.
    """
    text = "\n".join(cells)
    words = set(_WORD.findall(text))
    everything = _STAR.search(text) is not None
    numpy = ["numpy"] if words & _NAMES_OF_NUMPY else []
    parts = [f"numpy.{part}" for part in _PARTS_OF_NUMPY.split() if numpy and (everything or part in words)]
    words |= set(_IMPORTED.findall(provided))
    others = [name for name in _OTHERS.split() if name.partition(".")[0] in words]
    return [*dict.fromkeys([*others, *_imported(text)]), *numpy, *parts]


def _imported(text: str) -> Iterator[str]:
    """Yield the modules of the standard library that are named in import lines.

    For ``from a import b`` also ``a.b`` is yielded, as ``b`` may be a submodule.
    """
    lines = dict.fromkeys(line[:MAX_LINE] for line in text.splitlines() if "import" in line)
    for before, _, after in (line.partition("import") for line in islice(lines, MOST)):
        words, named = _DOTTED.findall(before), _DOTTED.findall(after)
        is_from = "from" in words
        for module in words if is_from else named:  # the word "from" itself is no module
            if module.partition(".")[0] in _STANDARD:
                yield module
                yield from (f"{module}.{name}" for name in named if is_from and "." not in name)


@lru_cache(maxsize=1)
def folders() -> tuple[str, ...]:
    """Return the folders of the packages that the worker may need.

    The worker is told them and starts without a search for packages, which takes half of the time.
    """
    specs = [find_spec(name) for name in _PACKAGES]
    packages = [Path(spec.origin) for spec in specs if spec is not None and spec.origin is not None]
    homes = (path.parent.parent if path.name == "__init__.py" else path.parent for path in packages)
    return tuple(dict.fromkeys(map(str, homes)))


def import_beforehand(others: Sequence[str]) -> None:
    """Import the usual modules, and those of the ``others`` that exist in this Python and this NumPy."""
    for name in _USUAL.split():
        import_module(name)
    for name in others:
        with suppress(Exception):  # a module of another system, or a word that is no module
            _import(name)


def _import(name: str) -> None:
    """Import a module. If there is no such module, look its name up in its parent, which may import it then."""
    try:
        import_module(name)
    except ImportError:
        module, _, attribute = name.rpartition(".")
        getattr(sys.modules[module], attribute)
