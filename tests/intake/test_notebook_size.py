"""Files of any size are read or refused in seconds, in a few times their size in memory."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest
from assigned import find_submission, read_submission
from forks import Forks
from notebooks_by_hand import ANSWERED, BLANK, MUL, code, intake, markdown, notebook, save, zipped

from autograder.intake import json_reader, notebook_file


def test_what_is_passed_over_may_be_of_any_size_and_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MAX_VALUES", 100)
    image = {"image.png": {"image/png": "iVBORw0KGgo" * 100_000}}
    skipped = [code(MUL, outputs=[[]] * 10_000, attachments=image), code("choice_1 = 'B'")]
    text = json.dumps(notebook(*skipped, metadata={"widgets": {"digits": "here", "odd": [math.nan, "\\", '"[']}}))
    text = text.replace('"here"', "9" * 5000 + ", " + '"deep": ' + "[" * 100_000 + "]" * 100_000)
    read = intake(tmp_path, text.encode())
    assert (read.cells, read.choices) == ((MUL, "choice_1 = 'B'"), {"choice_1": "B"})
    assert read.notes == ()


def test_a_broken_byte_in_an_output_costs_nothing(tmp_path: Path) -> None:
    data = json.dumps(notebook(code("x = 'größer'", outputs=["HERE"])), ensure_ascii=False).encode()
    read = intake(tmp_path, data.replace(b"HERE", b"\xff\xfe"))
    assert (read.cells, read.notes) == (("x = 'größer'",), ())


@pytest.mark.parametrize("filler", ["x", "ü", "🙂", "\\\\", "\\u2202", '\\"', "\\ud83d\\ude42"])
@pytest.mark.parametrize("shift", range(12))
def test_an_explanation_with_a_huge_image_is_kept_in_part(
    tmp_path: Path, filler: str, shift: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook_file, "MAX_SOURCE_BYTES", 100)
    cell = json.dumps(markdown("Because. " + "HERE", "answer:explain_1")).replace("HERE", "y" * shift + filler * 100)
    read = intake(tmp_path, json.dumps(notebook("CELL")).replace('"CELL"', cell).encode())
    assert read.explanations["explain_1"].startswith("Because.")
    assert read.notes == ()


def test_code_beyond_the_limit_is_skipped_with_a_note(tmp_path: Path) -> None:
    read = intake(tmp_path, notebook(code("#" * (notebook_file.MAX_CODE + 1)), code(MUL)))
    assert read.cells == (MUL,)
    assert read.notes[0].startswith("Cells that were skipped: 1")


def test_twenty_thousand_cells_are_bounded(tmp_path: Path) -> None:
    path = save(tmp_path / "autodiff.ipynb", notebook(*[code(f"x = {i}") for i in range(20_000)]))
    started = time.process_time()
    read = read_submission(path)
    assert len(read.cells) == notebook_file.MAX_CELLS
    assert read.notes[0].startswith("Cells that were skipped: 19000")
    assert time.process_time() - started < 2


pytestmark = pytest.mark.xdist_group("sizes")  # one process forks the measurements

SIZE = 32 * 2**20


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """What starts a measurement without its imports."""
    with Forks("reading_measures") as made:
        yield made


def measured(forks: Forks, path: Path, values: int = json_reader.MAX_VALUES) -> tuple[int, float, int, str]:
    """Megabytes and seconds that reading the file takes, its cells and its refusal; the file is removed."""
    process = forks.start("reading_measures", str(path), str(values))
    printed, _ = process.communicate(120)
    path.unlink()
    assert process.returncode == 0, printed
    megabytes, seconds, cells, told = printed.removesuffix("\n").split("\n", 3)
    return int(megabytes), float(seconds), int(cells), told


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process from /proc")
@pytest.mark.parametrize("text", ["1.5\n", '"[0, 1]"\n', "🙂"], ids=["numbers", "quotes", "wide characters"])
def test_outputs_take_three_times_their_size_in_memory_at_most(forks: Forks, tmp_path: Path, text: str) -> None:
    line = json.dumps(text, ensure_ascii=False) + ","
    lines = (line * 200).encode()
    start, end = json.dumps(notebook(code(MUL))).encode().split(b'"outputs": []')
    path = tmp_path / "autodiff.ipynb"
    with path.open("wb") as file:
        file.write(start + b'"outputs": [{"text": [')
        for _ in range(SIZE // len(lines)):
            file.write(lines)
        file.write(b'""]}]' + end)
    megabytes, _, cells, _ = measured(forks, path)
    assert cells == 1
    assert SIZE <= megabytes * 2**20 <= 3.2 * SIZE


CELL = b'{"cells": [{"cell_type": "code", "source": "x = 1", "outputs": '


SOURCE = b'{"cells": [{"cell_type": "code", "source": ['


HOSTILE = {
    "empty lists": (b"[", b"[],", b"[]]"),
    "empty lists in outputs": (CELL + b"[", b"[],", b"[]]}]}"),
    "empty lists in metadata": (b'{"metadata": [', b"[],", b'[]], "cells": []}'),
    "brackets that open": (CELL, b"[", b""),
    "brackets in turn": (CELL + b"[", b"[]", b""),
    "lines of nothing": (SOURCE, b'"",', b'""]}]}'),
    "lines of one wide letter": (SOURCE, '"🙂",'.encode(), b'""]}]}'),
    "lines of escapes": (SOURCE, rb'"\u2202\"\\",', b'""]}]}'),
    "lines of broken bytes": (SOURCE, b'"\xe4",', b'""]}]}'),
    "one line": (SOURCE + b'"', "🙂".encode(), b'"]}]}'),
    "tags": (b'{"cells": [{"metadata": {"tags": [', b'"",', b'""]}}]}'),
    "keys": (b"{", b'"": 1,', b'"": 1}'),
    "keys of a cell": (b'{"cells": [{', b'"source": "",', b'"": 1}]}'),
    "empty cells": (b'{"cells": [', b"{},", b"{}]}"),
    "cells": (b'{"cells": [', b'{"cell_type": "code", "source": "x"},', b"{}]}"),
    "cells that do not count": (b'{"cells": [', b'{"cell_type": "raw", "source": "x"},', b"{}]}"),
    "long texts": (
        b'{"cells": [',
        b'{"cell_type": "markdown", "source": "' + b"a" * 9_990 + '🙂"},'.encode(),
        b"{}]}",
    ),
    "worksheets": (b'{"worksheets": [', b'{"cells": [{"cell_type": "code", "input": "x"}]},', b"{}]}"),
    "quotes": (CELL + b"[", b'"', b""),
    "backslashes": (CELL + b'"', b"\\", b""),
    "escaped quotes": (SOURCE + b'"', b'\\"', b'"]}]}'),
    "blanks": (CELL, b" ", b""),
    "numbers": (CELL + b"[", b"1.5, ", b"1]}]}"),
    "a number": (b'{"a": ', b"9", b', "cells": []}'),
    "random bytes": (CELL, b"", b""),
    "UTF-16": (b"\xff\xfe" + '{"a": "'.encode("utf-16-le"), "中".encode("utf-16-le"), b""),
    "UTF-32": ('\ufeff{"a": ['.encode("utf-32-le"), "[],".encode("utf-32-le"), b""),
}


SCRIPTS = {
    "markers": (b"", b"# %%\n", b""),
    "markers of cells": (b"", b"# %%\nx\n", b""),
    "markers of texts": (b"", b"# %% [markdown]\n# x\n", b""),
    "blank lines": (b"", b"\n", b""),
    "asterisks": (b"", b"*", b""),
    "wide letters": (b"", "🙂".encode(), b""),
    "UTF-16": (b"\xff\xfe", "# %%\n中\n".encode("utf-16-le"), b""),
    "random bytes": (b"", b"", b""),
}


TENTHS = (
    *(f"notebook of {name}" for name in ("tags", "keys", "keys of a cell", "worksheets")),
    *(f"notebook of {name}" for name in ("cells", "empty cells", "cells that do not count")),
    *(f"notebook of lines of {name}" for name in ("nothing", "escapes", "broken bytes")),
    *(f"script of {name}" for name in ("markers", "markers of cells", "markers of texts")),
)
"""Files that are refused for the number of their values."""


QUARTERS = (
    *(f"notebook of {name}" for name in ("empty lists", "empty lists in outputs", "empty lists in metadata")),
    *("notebook of brackets in turn", "notebook of quotes", "script of UTF-16"),
)
"""Files with very many values that nobody reads, and one of wide cells."""


PARTS = dict.fromkeys(TENTHS, 10) | dict.fromkeys(QUARTERS, 4)
"""How much smaller than the others some files are, and all their limits.

Their cost is linear in the number of values, which the tests of linear work show.
"""


ANY_BYTES = [
    *(pytest.param(f"notebook of {name}", *parts, id=f"notebook of {name}") for name, parts in HOSTILE.items()),
    *(pytest.param(f"script of {name}", *parts, id=f"script of {name}") for name, parts in SCRIPTS.items()),
]


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process from /proc")
@pytest.mark.parametrize("name, start, unit, end", ANY_BYTES)
def test_any_bytes_are_read_or_refused_in_seconds_and_in_three_times_their_size(
    forks: Forks, tmp_path: Path, name: str, start: bytes, unit: bytes, end: bytes
) -> None:
    """32 MB of them; seconds are the processor's, with room for a slow one."""
    part = PARTS.get(name, 1)
    size, values = SIZE // part, json_reader.MAX_VALUES // part
    path = tmp_path / ("a.ipynb" if name.startswith("notebook") else "a.py")
    path.write_bytes(start + (unit * (size // len(unit)) if unit else Random(1).randbytes(size)) + end)
    megabytes, seconds, _, told = measured(forks, path, values)
    assert megabytes < 3 * size / 2**20
    assert seconds < 15 / part
    assert name not in TENTHS or f"more than {values:,}" in told


OTHER = json.dumps(notebook(code("print('another lecture')"))).encode()


@pytest.mark.parametrize(
    "files, found",
    [
        ({"renamed (1).ipynb": ANSWERED}, "renamed (1).ipynb"),
        ({"autodiff.ipynb.txt": ANSWERED}, "autodiff.ipynb.txt"),
        ({"my folder/autodiff/a.ipynb": ANSWERED}, "my folder/autodiff/a.ipynb"),
        ({"a.ipynb": ANSWERED, "b.ipynb": BLANK, "c.ipynb": OTHER}, "a.ipynb"),
        ({"b.ipynb": BLANK, "c.ipynb": OTHER}, "b.ipynb"),
        ({"a.ipynb": ANSWERED, "copy/a.ipynb": ANSWERED}, "a.ipynb"),
        ({"a.ipynb": b"broken", "b.ipynb": BLANK}, "b.ipynb"),
        ({"a.ipynb": b"broken"}, "a.ipynb"),
        ({"a.ipynb": ANSWERED, ".ipynb_checkpoints/a.ipynb": OTHER, "__MACOSX/._a.ipynb": OTHER}, "a.ipynb"),
        ({"a.ipynb": ANSWERED, "a.zip": b"", "solve.py": b"x = 1"}, "a.ipynb"),
        (
            {"a.ipynb": ANSWERED, "tests": b"", "otter/x.py": b"", "numpy.py": b"", "data/boston_housing.csv": b""},
            "a.ipynb",
        ),
        ({"all.zip": zipped({"a.ipynb": ANSWERED}), "grader.py": b""}, "all.zip"),
        (
            {"autodiff.py": MUL.encode(), "grader.py": b"x", "test_autodiff.py": b"x", "conftest.py": b"x"},
            "autodiff.py",
        ),
        ({"autodiff.py": MUL.encode(), "numpy.py": b"x = 1"}, "autodiff.py"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_the_file_with_the_answers_is_found(tmp_path: Path, files: Mapping[str, bytes], found: str) -> None:
    for name, content in files.items():
        save(tmp_path / name, content)
    assert find_submission(tmp_path) == tmp_path / found
