"""Intake: what becomes answers, what is refused, and how much of the machine it may take."""

from __future__ import annotations

import codecs
import io
import json
import math
import os
import subprocess
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from assigned import MANIFEST, find_submission, read_submission
from specimens import ROOT

from autograder.intake import json_reader, literals, notebook_file, submission, zip_file
from autograder.intake.submission import Refused
from autograder.vocabulary import Submission

MUL = "def __mul__(self, other):\n    return Value(self.data * other.data)"
STUB = 'def __mul__(self, other):\n    raise NotImplementedError("Question mul: write the product")'
PLACEHOLDER = "**Your explanation:**\n\n*Replace this line by one or two sentences.*"


def code(source: Any, *tags: str, **fields: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {"tags": list(tags)}, "outputs": [], **fields}


def markdown(source: str, *tags: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {"tags": list(tags)}}


def notebook(*cells: Any, **fields: Any) -> dict[str, Any]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **fields}


def save(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def intake(folder: Path, content: Any, name: str = "autodiff.ipynb") -> Submission:
    return read_submission(save(folder / name, content))


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_submission(path)
    return str(caught.value)


# The answers


def choice(source: str, folder: Path) -> str | None:
    return intake(folder, notebook(code(source))).choices.get("choice_1")


def test_answers_in_a_cell_that_is_too_long_to_be_parsed_are_read_line_by_line(tmp_path: Path) -> None:
    long = "# what I tried\n" * 5000 + 'choice_1 = "A"\ntrain_before = 497.7\n' + f"text = {'x' * 5000!r}\n"
    assert len(long) > literals.MAX_PARSED
    read = intake(tmp_path, notebook(code('choice_1 = "B"\ntest_after = 106.7'), code(long)))
    assert (read.choices, read.evidence) == ({"choice_1": "A"}, {"train_before": 497.7, "test_after": 106.7})


@pytest.mark.parametrize("typed", ["'D'", "'d'", '" d) "', "'(D)'", "'D.'", "'D:'", "'''D'''"])
def test_a_letter_is_read_however_it_is_dressed(tmp_path: Path, typed: str) -> None:
    assert choice(f"choice_1 = {typed}  # I think", tmp_path) == "D"


@pytest.mark.parametrize("typed", ["D", "4", "'F'", "'A or D'", "['D']", "b'D'", "f'D'", "input()", "True", ") D"])
def test_a_choice_that_is_no_letter_gets_words_that_say_what_to_type(tmp_path: Path, typed: str) -> None:
    assert (
        choice(f"choice_1 = {typed}", tmp_path) == 'not a letter from A to E in quotes (type it as in choice_1 = "A")'
    )


@pytest.mark.parametrize("blank", ["choice_1 = ...", "choice_1 = None", "choice_1 = '  '", "choice_1: str", "x = 'D'"])
def test_a_blank_choice_is_absent(tmp_path: Path, blank: str) -> None:
    assert choice(blank, tmp_path) is None


def evidence(source: str, folder: Path) -> Mapping[str, Any]:
    return intake(folder, notebook(code(source))).evidence


@pytest.mark.parametrize(
    "source, value",
    [
        ("train_before = 497.7", 497.7),
        ("train_before = 498", 498.0),
        ("train_before = -(1 + 2) * 3 / 2 - 0.5", -5.0),
        ("train_before = +497.7", 497.7),
        ("train_before = '497.7'", 497.7),
        ("train_before = float('497.7')", 497.7),
        ("train_before = np.float64(497.7)", 497.7),
        ("train_before = round(497.6749, 1)", 497.7),
        ("train_before = round(497.6749)", 498.0),
        ("train_before: float = 497.7", 497.7),
        ("x = train_before = 497.7", 497.7),
        ("train_before, test_before = 497.7, 522.5", 497.7),
        ("[test_before, train_before] = (522.5, 497.7)", 497.7),
        ("train_before = 497.7; test_before = 522.5", 497.7),
        ("train_before = (\n    497.7\n)", 497.7),
        ("train_before = 22.5 ** 2 // 1 % 1000", 506.0),
        ("train_before = abs(-497.7)", 497.7),
        ("train_before = round(497.6749, ndigits=1)", 497.7),
        ("train_before = np.round(497.6749, decimals=1)", 497.7),
        ("(train_before, test_before), x = (497.7, 522.5), 1", 497.7),
        ("  train_before = 497.7\n  test_before = 522.5", 497.7),
    ],
)
def test_an_expression_of_literals_is_evaluated(tmp_path: Path, source: str, value: float) -> None:
    assert evidence(source, tmp_path)["train_before"] == value


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "loss(network).data",
            "x",
            "497,7",
            "497.7 k$",
            "True",
            "1e999",
            "'nan'",
            "'many'",
            "[1]",
            "1j",
            "1 if 1 else 2",
        ),
        *(
            "1 / 0",
            "10 ** 999",
            "(-8) ** 0.5",
            "1 << 9",
            "1e308 * 10",
            "round(1.5, places=1)",
            "round(1.5, 1, 1)",
            "round('inf', 1)",
            "9" * 5000,
        ),
        *("-" * 50_000 + "1", "1" + " + 1" * 12_000, "(" * 10_000 + "1" + ")" * 10_000, "1" + ".a" * 25_000),
    ],
    ids=lambda typed: typed[:20],
)
def test_anything_else_gets_words_that_say_what_to_type(tmp_path: Path, typed: str) -> None:
    told = evidence(f"train_before = {typed}", tmp_path)["train_before"]
    assert told == "not a number written out (type it with a decimal point, as in train_before = 12.3)"


def test_an_unpacked_call_tells_each_name(tmp_path: Path) -> None:
    assert set(evidence("train_before, test_before = measure(network)", tmp_path)) == {"train_before", "test_before"}


def test_the_last_assignment_that_is_not_blank_wins(tmp_path: Path) -> None:
    cells = [code("train_before = 1.0"), code("train_before = 2.0\ntrain_before = 3.0"), code("train_before = ...")]
    assert intake(tmp_path, notebook(*cells)).evidence == {"train_before": 3.0}


def test_answers_survive_magics_and_mistakes_in_their_own_cell(tmp_path: Path) -> None:
    source = "%matplotlib inline\n!ls\nfor for\ntrain_before = 497.7\nchoice_1 = 'B'\nchoice_2 = 'C"
    read = intake(tmp_path, notebook(code(source)))
    assert read.evidence == {"train_before": 497.7}
    assert read.choices["choice_1"] == "B"
    assert read.choices["choice_2"].startswith("not a letter")


def test_an_invalid_escape_in_a_cell_warns_nobody(tmp_path: Path) -> None:
    assert choice("pattern = '\\d'\nchoice_1 = 'B'", tmp_path) == "B"


def test_a_huge_cell_that_names_an_answer_does_not_hide_the_others(tmp_path: Path) -> None:
    huge = "choice_1 = 'A'\n" + "x = 1\n" * 50_000
    cells = [code("choice_1 = 'B'\nchoice_2 = 'C'"), code(huge)]
    assert intake(tmp_path, notebook(*cells)).choices == {"choice_1": "A", "choice_2": "C"}


# The explanations


def explanations(folder: Path, *cells: Any) -> Mapping[str, str]:
    return intake(folder, notebook(*cells)).explanations


def test_an_explanation_is_found_by_its_tag(tmp_path: Path) -> None:
    cells = [markdown("Mine.", "answer:explain_2"), markdown("**Your explanation:**\n\nOurs.", "answer:explain_1")]
    assert explanations(tmp_path, *cells) == {"explain_1": "Ours.", "explain_2": "Mine."}


def test_an_untouched_explanation_is_absent(tmp_path: Path) -> None:
    assert explanations(tmp_path, code("choice_1 = ..."), markdown(PLACEHOLDER, "answer:explain_1")) == {}


def test_an_explanation_that_lost_its_tag_is_found_by_its_label_below_its_choice(tmp_path: Path) -> None:
    cells = [
        code("choice_2 = 'C'"),
        code("1"),
        markdown("Which numbers speak for it?"),
        markdown("**Your explanation:** x"),
    ]
    assert explanations(tmp_path, *cells) == {"explain_2": "x"}


def test_the_placeholder_is_the_one_that_the_build_writes() -> None:
    assert MANIFEST.blank == PLACEHOLDER


# What decides the score


def test_the_fingerprint_depends_on_code_and_answers_only(tmp_path: Path) -> None:
    plain = notebook(code(MUL), code("choice_1 = 'B'"))
    dressed = notebook(
        markdown("# Title"),
        code(
            MUL.replace("\n", "\r\n").splitlines(keepends=True),
            "answer:mul",
            outputs=[{"text": "6"}],
            execution_count=3,
        ),
        code("choice_1 = 'B'\n", id="abc"),
        metadata={"kernelspec": {"name": "python3"}},
    )
    assert intake(tmp_path, plain).fingerprint == intake(tmp_path, dressed, "renamed.ipynb").fingerprint
    assert (
        intake(tmp_path, plain).fingerprint != intake(tmp_path, notebook(code(MUL), code("choice_1 = 'C'"))).fingerprint
    )


def test_the_notebooks_of_this_repository_are_read_in_full() -> None:
    solution = read_submission(ROOT / "solutions" / "autodiff.ipynb")
    assert (len(solution.choices), len(solution.evidence), len(solution.explanations)) == (2, 4, 2)
    skeleton = read_submission(ROOT / "assignment" / "autodiff.ipynb")
    assert (skeleton.choices, skeleton.evidence, skeleton.explanations, skeleton.notes) == ({}, {}, {}, ())


# Formats and encodings


def test_format_3_with_worksheets_is_read(tmp_path: Path) -> None:
    sheets = [{"cells": [{"cell_type": "code", "input": [MUL, "\n"], "language": "python"}]}, None, {"cells": 3}]
    read = intake(tmp_path, {"nbformat": 3, "worksheets": sheets})
    assert read.cells == (MUL,)
    assert "old format" in read.notes[0]


@pytest.mark.parametrize("version", [99, None, "four", -1])
def test_the_number_of_the_format_does_not_matter(tmp_path: Path, version: Any) -> None:
    assert intake(tmp_path, notebook(code(MUL), nbformat=version)).cells == (MUL,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["autodiff.ipynb", "autodiff.py"])
def test_unicode_is_read_in_any_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    source = "x = 'größer ∂ 🙂'"
    text = json.dumps(notebook(code(source)), ensure_ascii=False) if name.endswith(".ipynb") else source
    read = intake(tmp_path, text.encode(encoding), name)
    assert (read.cells, read.notes) == ((source,), ())


def test_latin_1_is_read_with_a_note(tmp_path: Path) -> None:
    text = json.dumps(notebook(code("x = 'größer'")), ensure_ascii=False)
    read = intake(tmp_path, text.encode("latin-1"))
    assert read.cells == ("x = 'größer'",)
    assert read.notes == ("The file is not UTF-8; it was read as Latin-1.",)


def test_nul_bytes_and_lone_surrogates_leave_a_cell_that_can_be_encoded(tmp_path: Path) -> None:
    read = intake(tmp_path, notebook(code("x = 1\0\n# \ud800")))
    assert read.cells == ("x = 1\n# ?",)


def test_a_percent_file_is_read_like_its_notebook(tmp_path: Path) -> None:
    text = f"""# ---
# jupyter: {{}}
# ---

# %% [markdown] tags=["answer:explain_1"]
# **Your explanation:**
#
# Because.

# %% tags=["answer:mul"]
{MUL}

# %% [raw]
# nothing

#%%
choice_1 = "B"
"""
    read = intake(tmp_path, text.encode(), "autodiff.py")
    assert read.cells[1:] == (MUL, 'choice_1 = "B"')
    assert (read.choices, read.explanations) == ({"choice_1": "B"}, {"explain_1": "Because."})


# Honest mishaps and odd cells


@pytest.mark.parametrize(
    "cell",
    [None, 3, [], {}, code(None), code(3), code(["a", 1]), {"cell_type": None, "source": "x"}, {"cell_type": "code"}],
    ids=repr,
)
def test_a_cell_that_cannot_be_read_costs_only_itself(tmp_path: Path, cell: Any) -> None:
    read = intake(tmp_path, notebook(cell, code(MUL)))
    assert read.cells == (MUL,)
    assert read.notes == ("Cells that could not be read and were skipped: 1.",)


@pytest.mark.parametrize(
    "fields",
    [{"metadata": None}, {"metadata": {"tags": 3}}, {"metadata": {"tags": [None, {}]}}, {"outputs": None}, {"odd": {}}],
    ids=repr,
)
def test_null_and_unknown_fields_of_a_cell_do_not_matter(tmp_path: Path, fields: dict[str, Any]) -> None:
    assert intake(tmp_path, notebook({**code(MUL), **fields})).cells == (MUL,)


def test_of_a_duplicate_field_the_last_counts(tmp_path: Path) -> None:
    text = '{"cells": [{"cell_type": "code", "cell_type": "code", "source": "1", "source": "2"}]}'
    assert intake(tmp_path, text.encode()).cells == ("2",)


def test_outputs_of_any_shape_are_ignored(tmp_path: Path) -> None:
    outputs = [{"text": ['"outputs": [', "\\", '\\"', "]"], "outputs": [[{}]]}, {"data": {"a": "}" * 9}}]
    nested = code(MUL, outputs=outputs, metadata={"outputs": 3, "source": "no"})
    assert intake(tmp_path, notebook(nested, code('x = "\\"outputs\\": ["'), nested)).cells == (
        MUL,
        'x = "\\"outputs\\": ["',
        MUL,
    )


# Refusals

TEXT = json.dumps(notebook(code(MUL))).encode()


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"import math\n", "not JSON"),
        (b"\xff\xfe\xfa", "not JSON"),
        (bytes(range(256)), "not JSON"),
        (TEXT[:-30], "ends in the middle"),
        (TEXT[: TEXT.index(b"self")], "ends in the middle"),
        (TEXT.replace(b'"cells":', b'"cells"'), "damaged in line 1"),
        (TEXT.replace(b"]}", b"] x}"), "damaged in line 1"),
        (TEXT + b"\n{}", "damaged in line 2"),
        (b'{"cells": [{"source": "\\x"}]}', "damaged in line 1"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "no list of cells"),
        (b"[" * 100_000, "not JSON"),
        (b'{"cells":' * 100_000, "ends in the middle"),
        (b"[" * 100_000 + b"]" * 100_000, "no list of cells"),
        (b"[]", "no list of cells"),
        (b"null", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"cells": "code"}', "no list of cells"),
        (b"PK\x03\x04rest", "a zip archive"),
        (b"\x1f\x8brest", "a gzip archive"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
    ],
    ids=lambda value: repr(value[:20]),
)
def test_what_is_no_notebook_is_refused_with_its_reason(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in refusal(save(tmp_path / "autodiff.ipynb", content))


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "autodiff.ipynb"
    link.symlink_to("/etc/passwd")
    assert "is a link" in refusal(link)


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "autodiff.ipynb")
    assert "a pipe" in refusal(tmp_path / "autodiff.ipynb")


@pytest.mark.parametrize("path", ["/dev/zero", "/"])
def test_devices_and_folders_are_refused(path: str) -> None:
    assert "a folder, a pipe or a device" in refusal(Path(path))


def test_a_missing_file_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_submission(tmp_path / "autodiff.ipynb")


# Size


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "autodiff.ipynb"
    with path.open("wb") as file:
        file.truncate(submission.MAX_FILE_BYTES + 1)
    assert "Clear all outputs" in refusal(path)


def test_more_values_than_can_be_visited_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_reader, "MAX_VALUES", 1000)
    lines = notebook(code(["x\n"] * 1000))
    assert "more than" in refusal(save(tmp_path / "autodiff.ipynb", lines))


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


PEAK = """
import random, sys, time
from pathlib import Path
from autograder.intake import json_reader, notebook_file
from functools import partial
from autograder.autodiff.manifest import MANIFEST
from autograder.intake import submission
from autograder.intake.submission import Refused

read_submission = partial(submission.read_submission, manifest=MANIFEST)
parse_submission = partial(submission.parse_submission, manifest=MANIFEST)

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024

def begin():
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins here
    return peak(), time.process_time()
"""


def measured(program: str, *arguments: str) -> list[str]:
    """The lines that a program of its own prints, which knows ``PEAK``; it needs no site's packages."""
    command = [sys.executable, "-S", "-c", PEAK + program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=True)
    return done.stdout.splitlines()


MEASURE = """
before, started = begin()
read = read_submission(Path(sys.argv[1]))
print(len(read.cells), peak() - before, sep="\\n")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process from /proc")
@pytest.mark.parametrize("text", ["1.5\n", '"[0, 1]"\n', "🙂"], ids=["numbers", "quotes", "wide characters"])
def test_a_hundred_megabytes_of_outputs_take_three_times_that_in_memory_at_most(tmp_path: Path, text: str) -> None:
    line = json.dumps(text, ensure_ascii=False) + ","
    lines = (line * 200).encode()
    start, end = json.dumps(notebook(code(MUL))).encode().split(b'"outputs": []')
    path = tmp_path / "autodiff.ipynb"
    with path.open("wb") as file:
        file.write(start + b'"outputs": [{"text": [')
        for _ in range(100 * 2**20 // len(lines)):
            file.write(lines)
        file.write(b'""]}]' + end)
    cells, megabytes = map(int, measured(MEASURE, str(path)))
    assert cells == 1
    assert 100 <= megabytes <= 320


SIZE = 32 * 2**20
MEASURE_BYTES = """
name, start, unit, end = sys.argv[1], *map(bytes.fromhex, sys.argv[2:5])
size, json_reader.MAX_VALUES = map(int, sys.argv[5:])
notebook_file.MAX_VALUES = json_reader.MAX_VALUES
data = start + (unit * (size // len(unit)) if unit else random.Random(1).randbytes(size)) + end
before, started = begin()
told = ""
try:
    parse_submission(name, data)
except Refused as refusal:
    told = str(refusal)
print(peak() - before, time.process_time() - started, told, sep="\\n")
"""
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
VISITED = {
    *(f"notebook of {name}" for name in ("tags", "keys", "keys of a cell", "worksheets")),
    *(f"notebook of {name}" for name in ("cells", "empty cells", "cells that do not count")),
    *(f"notebook of lines of {name}" for name in ("nothing", "escapes", "broken bytes")),
    *(f"script of {name}" for name in ("markers", "markers of cells", "markers of texts")),
}
"""Files that are refused for the number of their values. Their cost is linear in it, which the tests of linear work
show, so a tenth of the number tells, with a tenth of the time and the memory; the others have all of it."""
ANY_BYTES = [
    *(pytest.param(f"notebook of {name}", *parts, id=f"notebook of {name}") for name, parts in HOSTILE.items()),
    *(pytest.param(f"script of {name}", *parts, id=f"script of {name}") for name, parts in SCRIPTS.items()),
]


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process from /proc")
@pytest.mark.parametrize("name, start, unit, end", ANY_BYTES)
def test_any_bytes_are_read_or_refused_in_seconds_and_in_three_times_their_size(
    name: str, start: bytes, unit: bytes, end: bytes
) -> None:
    """32 MB of them; the file itself is one of the three, and seconds are the processor's, with room for a slow one."""
    file, part = "a.ipynb" if name.startswith("notebook") else "a.py", 10 if name in VISITED else 1
    values = json_reader.MAX_VALUES // part
    megabytes, seconds, told = measured(MEASURE_BYTES, file, start.hex(), unit.hex(), end.hex(), str(SIZE), str(values))
    assert float(megabytes) < 2 * SIZE / 2**20 / part
    assert float(seconds) < 15 / part
    assert part == 1 or f"more than {values:,}" in told


# Which file of a folder


def zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


ANSWERED = json.dumps(notebook(code(MUL), code("choice_1 = 'B'"))).encode()
BLANK = json.dumps(notebook(code(STUB), code("choice_1 = ..."))).encode()
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


def test_two_notebooks_with_equal_claims_are_refused_by_name(tmp_path: Path) -> None:
    save(tmp_path / "a.ipynb", ANSWERED)
    save(tmp_path / "b.ipynb", notebook(code(MUL), code("choice_1 = 'C'")))
    with pytest.raises(Refused, match=r"a\.ipynb, b\.ipynb"):
        find_submission(tmp_path)


@pytest.mark.parametrize(
    "name", ["readme.md", "grader.py", ".hidden.ipynb", "a/b/c/too_deep.ipynb", "x.ipynb/inside.txt"]
)
def test_a_folder_without_a_notebook_is_refused(tmp_path: Path, name: str) -> None:
    save(tmp_path / name, ANSWERED)
    with pytest.raises(Refused, match="No notebook was found"):
        find_submission(tmp_path)


def test_a_link_that_is_the_only_notebook_is_found_and_then_refused(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").symlink_to("/etc/passwd")
    assert "is a link" in refusal(find_submission(tmp_path))


def test_a_link_beside_the_notebook_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").symlink_to("/etc/passwd")
    save(tmp_path / "b.ipynb", ANSWERED)
    assert find_submission(tmp_path).name == "b.ipynb"


def test_a_crowd_of_notebooks_is_refused(tmp_path: Path) -> None:
    for number in range(submission.MAX_CANDIDATES + 1):
        save(tmp_path / f"{number}.ipynb", ANSWERED)
    with pytest.raises(Refused, match="More than 20 notebooks"):
        find_submission(tmp_path)


# Zips


def test_the_notebook_in_a_zip_is_read_and_nothing_is_written(tmp_path: Path) -> None:
    names = {"../../evil.ipynb": BLANK, "autodiff/autodiff.ipynb": ANSWERED, "__MACOSX/._autodiff.ipynb": b"x"}
    read = intake(tmp_path, zipped(names), "submission.zip")
    assert (read.name, read.choices) == ("autodiff.ipynb", {"choice_1": "B"})
    assert [path.name for path in tmp_path.rglob("*")] == ["submission.zip"]


def test_a_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_file, "MAX_UNPACKED_BYTES", 10**6)
    bomb = zipped({"a.ipynb": b"0" * 10**7})
    assert len(bomb) < 20_000
    assert "too large" in refusal(save(tmp_path / "bomb.zip", bomb))


def test_a_bomb_whose_directory_claims_that_it_is_small_unfolds_no_further_than_that(tmp_path: Path) -> None:
    bomb = bytearray(zipped({"a.ipynb": b"0" * 10**7}))
    for header, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = bomb.index(header) + size_at
        bomb[place : place + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    try:
        refusal(save(tmp_path / "bomb.zip", bytes(bomb)))
        assert tracemalloc.get_traced_memory()[1] < 10**6
    finally:
        tracemalloc.stop()


def test_many_files_together_are_a_bomb_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_file, "MAX_UNPACKED_BYTES", 10**6)
    bomb = zipped({f"{number}.ipynb": b"0" * 300_000 for number in range(9)})
    assert "too large" in refusal(save(tmp_path / "bomb.zip", bomb))


def test_a_large_zip_is_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_file, "MAX_ARCHIVE_BYTES", 10)
    assert "larger than" in refusal(save(tmp_path / "large.zip", zipped({"a.ipynb": ANSWERED})))


def test_a_crowd_of_files_in_a_zip_is_refused_unlisted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_file, "MAX_ENTRIES", 10)
    crowd = zipped({"a.ipynb": ANSWERED, **{f"{number}.txt": b"" for number in range(10)}})
    assert "more than 10 files" in refusal(save(tmp_path / "crowd.zip", crowd))


def _encrypted() -> bytes:
    data = bytearray(zipped({"a.ipynb": ANSWERED}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _oddly_compressed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("a.ipynb", ANSWERED)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content, told",
    [
        (b"", "cannot be read"),
        (zipped({"a.ipynb": ANSWERED})[:-40], "cannot be read"),
        (zipped({"a.ipynb": ANSWERED}).replace(ANSWERED[:1], b"\0"), "cannot be read"),
        (_encrypted(), "cannot be read"),
        (_oddly_compressed(), "not a common one"),
        (zipped({"readme.txt": b"x", "a.zip": zipped({"a.ipynb": ANSWERED})}), "No notebook was found"),
    ],
    ids=["empty", "truncated", "damaged", "encrypted", "another compression", "a zip in the zip"],
)
def test_a_zip_that_gives_no_notebook_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in refusal(save(tmp_path / "submission.zip", content))
