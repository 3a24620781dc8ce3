"""Real exports become one row a student: the newest submission, or the reason why there is none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from specimens import skeleton, write

from autograder.classroom.exports import read_export
from autograder.classroom.records import HandIn
from autograder.classroom.unpacking import ExportError, unpack

GRADESCOPE = """
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '11'
    :email: ada@example.edu
  :created_at: 2026-11-20 10:00:00.123456789 Z
  :score: 3.0
  :history:
  - :id: 7
    :created_at: 2026-11-19 10:00:00 Z
submission_2:
  :submitters:
  - :name: Bob <b>
    :sid: '12'
    :email: bob@example.edu
  - :name: Cy
    :sid: '13'
    :email: cy@example.edu
  :created_at: 2026-11-20 11:00:00 Z
submission_3:
  :submitters:
  - :name: Dee
    :sid: '14'
    :email: dee@example.edu
  :created_at: 2026-11-20 12:00:00 Z
submission_4:
  :submitters:
  - :name: Ada Lovelace
    :sid: '11'
    :email: ada@example.edu
  :created_at: 2026-11-21 10:00:00 Z
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def hand_in(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return write(skeleton(), path)


def rows_of(source: Path) -> dict[str, HandIn]:
    """The rows by the names of the students; a zip is unpacked first."""
    problems: dict[Path, str] = {}
    if source.is_file():
        folder = source.parent / "unpacked"
        problems, source = unpack(source, folder), folder
    return {row.student.name: row for row in read_export(source, problems)[1]}


def test_gradescope_every_submitter_is_a_row_with_the_newest_submission(folder: Path) -> None:
    for number in (1, 2, 4):
        hand_in(folder / f"submission_{number}" / "autodiff.ipynb")
    (folder / "submission_metadata.yml").write_text(GRADESCOPE, encoding="utf-8")
    rows = rows_of(folder)
    ada, bob, cy, dee = (rows[name] for name in ("Ada Lovelace", "Bob <b>", "Cy", "Dee"))
    assert len(rows) == 4
    assert ada.file == folder / "submission_4" / "autodiff.ipynb"
    assert ada.submitted == "2026-11-21T10:00:00+00:00"
    assert ada.notes == ("Other versions or files, which do not count: submission_1.",)
    assert bob.file == cy.file == folder / "submission_2" / "autodiff.ipynb"
    assert (bob.student.name, bob.student.ids) == ("Bob <b>", {"SID": "12"})
    assert (dee.file, dee.problem) == (None, "The export holds nothing for this submission.")


@pytest.mark.parametrize("text", ["[1, 2]", "{a: [", "!!python/object/apply:os.system ['true']", "just text"])
def test_gradescope_metadata_that_is_none_is_refused(text: str, folder: Path) -> None:
    folder.mkdir()
    (folder / "submission_metadata.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ExportError, match="submission_metadata"):
        rows_of(folder)


def test_canvas_the_newest_attempt_counts_and_late_ones_are_known(folder: Path) -> None:
    hand_in(folder / "lovelaceada_101_9001_autodiff.ipynb")
    newest = hand_in(folder / "lovelaceada_101_9001_autodiff-2.ipynb")
    hand_in(folder / "lovelaceada_101_9001_autodiff-1.ipynb")
    late = hand_in(folder / "babbagecharles_LATE_102_9002_autodiff.ipynb")
    (folder / "turingalan_103_9003_photo.png").write_bytes(b"")
    rows = rows_of(folder)
    babbage, lovelace, turing = (rows[name] for name in ("babbagecharles", "lovelaceada", "turingalan"))
    assert [row.file for row in (babbage, lovelace, turing)] == [late, newest, folder / "turingalan_103_9003_photo.png"]
    assert [row.late for row in (babbage, lovelace, turing)] == [True, False, False]
    assert [row.student.ids["ID"] for row in (babbage, lovelace, turing)] == ["102", "101", "103"]


def test_moodle_a_student_with_an_online_text_alone_is_a_row_too(folder: Path) -> None:
    file = hand_in(folder / "Ada Lovelace_55_assignsubmission_file_" / "autodiff.ipynb")
    (folder / "Ada Lovelace_55_assignsubmission_onlinetext_").mkdir()
    (folder / "Charles Babbage_56_assignsubmission_onlinetext_").mkdir()
    rows = rows_of(folder)
    assert [(row.student.name, row.file, row.problem) for row in rows.values()] == [
        ("Ada Lovelace", file, ""),
        ("Charles Babbage", None, "Only a text or a link was submitted online, no notebook."),
    ]


def test_nbgrader_times_are_read_and_a_student_without_a_submission_is_a_row(folder: Path) -> None:
    hand_in(folder / "submitted" / "ada" / "old" / "autodiff.ipynb")
    (folder / "submitted" / "ada" / "old" / "timestamp.txt").write_text("2026-11-01 10:00:00 UTC", encoding="utf-8")
    new = hand_in(folder / "submitted" / "ada" / "autodiff" / "autodiff.ipynb")
    new.with_name("timestamp.txt").write_text("2026-11-02 10:00:00.000000 UTC\n", encoding="utf-8")
    (folder / "submitted" / "bob").mkdir()
    rows = rows_of(folder)
    ada, bob = rows["ada"], rows["bob"]
    assert (ada.file, ada.submitted) == (new, "2026-11-02T10:00:00+00:00")
    assert (bob.file, bob.problem) == (None, "No notebook was found. Submit the .ipynb file you worked in.")


def test_a_flat_folder_has_a_row_for_each_file_or_folder(folder: Path) -> None:
    flat = hand_in(folder / "ada.ipynb")
    deep = hand_in(folder / "bob" / "work" / "autodiff.ipynb")
    (folder / "cy").mkdir()
    rows = rows_of(folder)
    ada, bob, cy = rows["ada"], rows["bob"], rows["cy"]
    assert (ada.file, bob.file, cy.file) == (flat, deep, None)
    assert "No notebook was found" in cy.problem


def test_a_zip_of_an_export_is_unpacked_and_nothing_leaves_the_folder(tmp_path: Path) -> None:
    notebook = hand_in(tmp_path / "ada.ipynb").read_bytes()
    export = tmp_path / "class" / "export.zip"
    export.parent.mkdir()
    with zipfile.ZipFile(export, "w") as archive:
        archive.writestr("submissions/ada.ipynb", notebook)
        archive.writestr("submissions/../../../slipped.ipynb", notebook)
        archive.writestr("submissions/bob.ipynb", notebook)
    assert {"ada", "bob"} <= set(rows_of(export))
    assert not list(tmp_path.glob("slipped*"))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_file_that_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(content)
    with pytest.raises(ExportError, match="cannot be unpacked"):
        rows_of(tmp_path / "export.zip")


def test_a_file_that_unpacks_to_too_much_is_refused_and_its_student_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada.ipynb", b"0" * 100_000)
        archive.writestr("bob.ipynb", b"{}")
    monkeypatch.setattr("autograder.classroom.unpacking.MAX_FILE_BYTES", 50_000)
    rows = rows_of(tmp_path / "export.zip")
    assert (rows["ada"].file, rows["ada"].problem) == (None, "It could not be unpacked: it is too large.")
    assert rows["bob"].file is not None


def test_an_empty_folder_is_no_class(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds no submissions"):
        rows_of(tmp_path)


def test_keys_are_different_file_names_on_every_system(folder: Path) -> None:
    for name in ("Ada", "ada", "ädä", "con", "~../../etc", "a b/c"):
        hand_in(folder / name.replace("/", "_") / "autodiff.ipynb")
    keys = [row.student.key for row in rows_of(folder).values()]
    assert len(keys) == len({key.lower() for key in keys}) == 6
    assert all(key.isascii() and not set(key) & set('/\\:*?"<>| ') and not key.startswith(".") for key in keys)
    assert "con" not in keys


def test_a_link_to_another_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    hand_in(tmp_path / "secret" / "autodiff.ipynb")
    hand_in(folder / "ada.ipynb")
    (folder / "bob").symlink_to(tmp_path / "secret")
    bob = rows_of(folder)["bob"]
    assert bob.file is None or bob.file == folder / "bob"  # which intake refuses: it is no regular file
