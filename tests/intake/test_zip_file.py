"""A zip is a folder that may be a trap."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from notebooks_by_hand import ANSWERED, BLANK, intake, refusal, save, zipped

from autograder.intake import zip_file


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
