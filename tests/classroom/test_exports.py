"""Real exports become one row a student: the newest submission, or the reason why there is none."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from specimens import skeleton, write

from autograder.classroom import exports
from autograder.classroom.hand_ins import HandIn
from autograder.classroom.readers import Readers
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


def read_export(folder: Path, problems: dict[Path, str] | None = None) -> tuple[str, list[HandIn]]:
    with Readers(2) as readers:
        return exports.read_export(folder, readers, problems)


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


# --- the names that platforms really give -------------------------------------------------------------------------


def zipped(path: Path, name: str = "autodiff.ipynb") -> Path:
    """A zip of the blank notebook, as some students hand in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, json.dumps(skeleton()))
    return path


def test_gradescope_two_students_of_one_name_without_an_address_are_two_rows(folder: Path) -> None:
    entries = (
        f"submission_{k}:\n  :submitters:\n  - :name: Kim Lee\n    :sid: \n    :email: \n  :created_at: 2026-11-20"
        for k in (1, 2)
    )
    for number in (1, 2):
        hand_in(folder / f"submission_{number}" / "autodiff.ipynb")
    (folder / "submission_metadata.yml").write_text("\n".join(entries), encoding="utf-8")
    assert len(read_export(folder)[1]) == 2


def test_gradescope_the_newest_is_found_across_time_zones(folder: Path) -> None:
    entries = [
        f"submission_{k}:\n  :submitters:\n  - :name: Ada\n    :email: ada@example.edu\n  :created_at: {time}\n"
        for k, time in enumerate(("2026-11-20 23:30:00.5 -08:00", "2026-11-21 05:00:00 Z"))
    ]
    for number in (0, 1):
        hand_in(folder / f"submission_{number}" / "autodiff.ipynb")
    (folder / "submission_metadata.yml").write_text("".join(entries), encoding="utf-8")
    ada = rows_of(folder)["Ada"]
    assert ada.file is not None and ada.file.parent.name == "submission_0"
    assert ada.submitted == "2026-11-20T23:30:00-08:00"


def test_gradescope_a_folder_that_leads_out_is_not_followed(folder: Path) -> None:
    hand_in(folder.parent / "elsewhere" / "autodiff.ipynb")
    folder.mkdir()
    entry = '"{}":\n  :submitters:\n  - :name: {}\n    :email: {}\n  :created_at: 2026-11-20 10:00:00 Z\n'
    names = ("..", "../elsewhere", ".", "/etc")
    text = "".join(entry.format(name, f"s{k}", f"s{k}@x") for k, name in enumerate(names))
    (folder / "submission_metadata.yml").write_text(text, encoding="utf-8")
    rows = rows_of(folder)
    assert len(rows) == 4 and all(row.file is None and row.problem for row in rows.values())


def test_canvas_zips_texts_links_and_anonymous_names_are_read(folder: Path) -> None:
    zip_file = zipped(folder / "smithbob_340934_208490284_BobsWork.zip")
    (folder / "smithbob_340934_208490999_BobsScreenshot.png").write_bytes(b"\x89PNG")
    anonymous = hand_in(folder / "anon_aB3x9_11_autodiff.ipynb")
    late = hand_in(folder / "LATE_anon_Qq111_12_autodiff.ipynb")
    umlaut = hand_in(folder / "müllerjürgen_7_13_auto_diff_2_3_final.ipynb")
    (folder / "doejane_8_text.html").write_text("<p>Done.</p>")
    (folder / "roerick_LATE_9_link.html").write_text("<a>")
    platform, found = read_export(folder)
    rows = {row.student.name: row for row in found}
    assert platform == "Canvas"
    files = [rows[name].file for name in ("smithbob", "anon_aB3x9", "anon_Qq111", "müllerjürgen")]
    assert files == [zip_file, anonymous, late, umlaut]
    assert [rows[name].late for name in ("anon_aB3x9", "anon_Qq111", "roerick")] == [False, True, True]
    assert (rows["doejane"].file, rows["doejane"].problem) == (None, rows["roerick"].problem)
    assert "Only a text or a link" in rows["doejane"].problem
    assert len(rows) == 6 and "ID" not in rows["anon_aB3x9"].student.ids
    assert rows["smithbob"].notes == (
        "Other versions or files, which do not count: smithbob_340934_208490999_BobsScreenshot.png.",
    )


def test_canvas_the_notebook_that_was_given_counts_before_another_in_the_same_attempt(folder: Path) -> None:
    ours = hand_in(folder / "doejane_8_20_autodiff-3.ipynb")
    hand_in(folder / "doejane_8_21_scratch.ipynb")
    assert rows_of(folder)["doejane"].file == ours


def test_moodle_flat_files_groups_and_blind_marking_are_read(folder: Path) -> None:
    flat = hand_in(folder / "Group A-Ada Lovelace_55_assignsubmission_file_autodiff.ipynb")
    (folder / "Group A-Ada Lovelace_55_assignsubmission_file_notes.pdf").write_bytes(b"%PDF")
    zip_file = zipped(folder / "Participant_56_assignsubmission_file_" / "work.zip", "work/autodiff.ipynb")
    newer = hand_in(folder / "Ida Rhodes_57_assignsubmission_file" / "autodiff.ipynb")
    platform, found = read_export(folder)
    rows = {row.student.name: row for row in found}
    assert platform == "Moodle"
    assert [rows[name].file for name in ("Group A-Ada Lovelace", "Participant", "Ida Rhodes")] == [
        flat,
        zip_file,
        newer,
    ]
    assert rows["Participant"].student.ids == {"Identifier": "Participant 56"}


def test_nbgrader_other_assignments_do_not_count_and_times_without_a_known_zone_have_none(folder: Path) -> None:
    ours = hand_in(folder / "ada" / "autodiff" / "autodiff.ipynb")
    later = hand_in(folder / "ada" / "ps2" / "regression.ipynb")
    ours.with_name("timestamp.txt").write_text("2026-11-02 10:00:00.123456 America/Los_Angeles", encoding="utf-8")
    later.with_name("timestamp.txt").write_text("2026-11-09 10:00:00 UTC", encoding="utf-8")
    hand_in(folder / "bob" / "autodiff" / "autodiff.ipynb")
    platform, (ada, _) = read_export(folder)
    assert platform == "nbgrader"
    assert (ada.file, ada.submitted) == (ours, "2026-11-02T10:00:00")


def test_a_flat_folder_of_names_with_dots_keeps_everyone(folder: Path) -> None:
    names = ["ada.lovelace.ipynb", "ada.byron.ipynb", "kim.ipynb.txt", "lee.zip", "autodiff_2026_11_24T06_06.ipynb"]
    for name in names:
        zipped(folder / name) if name.endswith(".zip") else hand_in(folder / name)
    hand_in(folder / "lee.ipynb")
    rows = rows_of(folder)
    assert set(rows) == {"ada.lovelace", "ada.byron", "kim", "lee", "autodiff_2026_11_24T06_06"}
    assert rows["lee"].file == folder / "lee.ipynb" and "lee.zip" in rows["lee"].notes[0]


def test_one_students_odd_names_do_not_cost_the_class_its_export(tmp_path: Path) -> None:
    long = "x" * 300
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("ada.ipynb", json.dumps(skeleton()))
        archive.writestr("bob", "a file")
        archive.writestr("bob/autodiff.ipynb", "in a folder of the same name")
        archive.writestr(f"cy/{long}.ipynb", json.dumps(skeleton()))
        archive.writestr("dee/" + "deep/" * 500 + "autodiff.ipynb", json.dumps(skeleton()))
        archive.writestr("é" * 200 + ".ipynb", json.dumps(skeleton()))
    rows = rows_of(tmp_path / "export.zip")
    assert {"ada", "bob", "cy", "dee"} <= set(rows) and len(rows) == 5
    assert rows["ada"].file is not None and rows["cy"].file is not None
    assert rows["cy"].file.name.endswith(".ipynb")


def test_a_zip_that_is_encrypted_or_damaged_names_the_file_and_spares_the_others(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada.ipynb", json.dumps(skeleton()))
        archive.writestr("bob.ipynb", json.dumps(skeleton()))
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(bytes(data))
    rows = rows_of(path)
    assert (rows["ada"].file, rows["ada"].problem[:26]) == (None, "It could not be unpacked: ")
    assert rows["bob"].file is not None
