"""Intake: what becomes answers, which file of a folder is graded, and what is refused."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from assigned import MANIFEST, find_submission, read_submission
from notebooks_by_hand import (
    ANSWERED,
    MUL,
    PLACEHOLDER,
    code,
    intake,
    markdown,
    notebook,
    refusal,
    save,
)
from specimens import ROOT

from autograder.intake import json_reader, submission
from autograder.intake.submission import Refused


def explanations(folder: Path, *cells: Any) -> Mapping[str, str]:
    return intake(folder, notebook(*cells)).explanations


def test_an_explanation_is_found_by_its_tag(tmp_path: Path) -> None:
    cells = [markdown("Mine.", "answer:explain_2"), markdown("**Your explanation:**\n\nOurs.", "answer:explain_1")]
    assert explanations(tmp_path, *cells) == {"explain_1": "Ours.", "explain_2": "Mine."}


def test_an_untouched_explanation_is_absent(tmp_path: Path) -> None:
    assert explanations(tmp_path, code("choice_1 = ..."), markdown(PLACEHOLDER, "answer:explain_1")) == {}


# The explanations


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


# Answers whose cell is of another kind


def test_an_answer_in_a_cell_of_text_is_read_and_the_first_note_says_so(tmp_path: Path) -> None:
    text, raw = markdown(MUL, "answer:mul"), {**markdown("choice_1 = 'B'", "answer:choice_1"), "cell_type": "raw"}
    read = intake(tmp_path, notebook(code("x = 1"), text, raw, 3))
    assert read.cells == ("x = 1", MUL, "choice_1 = 'B'")
    assert read.choices == {"choice_1": "B"}
    assert read.notes[0].startswith("The cell of mul is no code cell any more, but a markdown cell. It is read all the")
    assert read.notes[1].startswith("The cell of choice_1 is no code cell any more, but a raw cell.")
    assert read.notes[2].startswith("Cells that could not be read")


def test_an_explanation_in_a_code_cell_is_read_and_is_no_code(tmp_path: Path) -> None:
    read = intake(tmp_path, notebook(code("x = 1"), code("**Your explanation:**\n\nMine.", "answer:explain_1")))
    assert (read.cells, read.explanations) == (("x = 1",), {"explain_1": "Mine."})
    assert read.notes[0].startswith("The cell of explain_1 is no markdown cell any more, but a code cell.")


def test_raw_cells_without_an_answer_are_passed_over(tmp_path: Path) -> None:
    cells = [{**markdown("choice_1 = 'B'", *tags), "cell_type": "raw"} for tags in ((), ("mine",))]
    assert intake(tmp_path, notebook(code("x = 1"), *cells)).choices == {}


def test_answers_in_the_text_of_a_percent_file_are_read(tmp_path: Path) -> None:
    text = b"# %% [markdown] tags=[\"answer:choice_1\"]\n# choice_1 = 'B'\n"
    assert intake(tmp_path, text, "autodiff.py").choices == {"choice_1": "B"}


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


# Which file of a folder


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


# The Python of the notebook


@pytest.mark.parametrize(
    ("version", "is_told"),
    [
        (f"3.{sys.version_info.minor + 1}.0", True),
        ("3.99", True),
        (f"3.{sys.version_info.minor}.99", False),
        ("3.8.1", False),
        ("2.7.18", False),
        ("4.0", False),
        ("3.999999", False),
        ("", False),
        (3.99, False),
        ("9" * 100_000, False),
    ],
)
def test_a_notebook_of_a_newer_python_is_told_so(version: Any, is_told: bool, tmp_path: Path) -> None:
    metadata = {"kernelspec": {"version": "3.99"}, "language_info": {"name": "python", "version": version}}
    notes = intake(tmp_path, notebook(code(MUL), metadata=metadata)).notes
    assert [note.startswith("The notebook was saved with Python 3.") for note in notes] == [True] * is_told


@pytest.mark.parametrize("metadata", [None, [], "3.99", {"language_info": []}, {"language_info": "3.99"}])
def test_metadata_of_any_shape_says_nothing(metadata: Any, tmp_path: Path) -> None:
    assert intake(tmp_path, notebook(code(MUL), metadata=metadata)).notes == ()
