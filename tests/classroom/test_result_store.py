"""Results on disk: whole, private, and believed only as long as they are what was written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from assigned import read_submission
from specimens import skeleton, write

from autograder import settings
from autograder.classroom import result_store, versions
from autograder.classroom.opening import WORK
from autograder.classroom.result_store import (
    BusyError,
    Store,
    grader_version,
    key_of,
    make_private,
    only_one,
    write_atomically,
)
from autograder.classroom.student_rows import STAFF

KEY = "0" * 32 + "-" + "1" * 16
OTHER = "2" * 32 + "-" + "1" * 16
RESULT = {"score": 73, "seconds": 1.25, "notes": ["…", "\ud800"], "checks": []}


@pytest.fixture
def results(tmp_path: Path) -> Store:
    return Store(tmp_path / "out" / "results")


def file_of(results: Store, key: str) -> Path:
    return next(path for path in results.folder.iterdir() if path.name.startswith(key))


def test_a_result_comes_back_as_it_was_written(results: Store) -> None:
    assert not results.has(KEY)
    results.write(KEY, RESULT)
    assert results.has(KEY)
    assert results.read(KEY) == RESULT
    assert list(results) == [KEY]


def test_every_damage_is_found(results: Store) -> None:
    results.write(KEY, RESULT)
    path = file_of(results, KEY)
    whole = path.read_bytes()
    damaged = [whole[:size] for size in range(len(whole))]
    damaged += [whole[:k] + bytes([whole[k] ^ 1]) + whole[k + 1 :] for k in range(len(whole))]
    damaged += [b"null", b"{}", b"[" * 100_000, whole + b" ", whole.replace(b"73", b"99")]
    for data in damaged:
        path.write_bytes(data)
        assert not results.has(KEY), data
        with pytest.raises(KeyError):
            results.read(KEY)


def test_a_result_under_the_name_of_another_is_not_believed(results: Store) -> None:
    results.write(KEY, RESULT)
    path = file_of(results, KEY)
    path.rename(path.with_name(path.name.replace(KEY, OTHER)))
    assert not results.has(OTHER)


def test_a_damaged_result_is_replaced(results: Store) -> None:
    results.write(KEY, RESULT)
    file_of(results, KEY).write_bytes(b"")
    results.write(KEY, RESULT)
    assert results.read(KEY) == RESULT


def test_the_newest_whole_result_is_found(results: Store) -> None:
    for age, key in enumerate((KEY, OTHER)):
        results.write(key, {"score": age})
        os.utime(file_of(results, key), (1000 - age, 1000 - age))
    assert results.newest([KEY, OTHER]) == {"score": 0}
    file_of(results, KEY).write_bytes(b"damaged")
    assert results.newest([KEY, OTHER]) == {"score": 1}
    assert results.newest([]) is None


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_results_are_for_their_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        results = Store(tmp_path / "new" / "out" / "results")
        results.write(KEY, RESULT)
    finally:
        os.umask(before)
    for path in (results.folder, results.folder.parent, results.folder.parent.parent):
        assert path.stat().st_mode & 0o777 == 0o700
    assert file_of(results, KEY).stat().st_mode & 0o777 == 0o600


def test_the_mode_of_a_folder_that_was_there_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Store(tmp_path / "results")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gradebook.csv"
    write_atomically(path, b"old")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_would_not_change_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.csv"
    write_atomically(path, b"same")
    before = path.stat()
    write_atomically(path, b"same")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_key_depends_on_all_that_decides_and_on_nothing_else(tmp_path: Path) -> None:
    submission = read_submission(write(skeleton(), tmp_path / "ada.ipynb"))
    same = replace(submission, name="bob.ipynb", explanations={"explain_1": "Else."}, notes=("Late.",))
    assert key_of(same) == key_of(submission)
    assert key_of(replace(submission, fingerprint="f" * 64)) != key_of(submission)
    with pytest.raises(ValueError, match="without answers"):
        key_of(replace(submission, fingerprint=""))


def test_the_version_depends_on_the_settings_that_decide_and_the_code_but_not_on_what_students_may_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version() -> str:
        grader_version.cache_clear()
        return grader_version()

    course, now = settings.load(), version()
    try:
        monkeypatch.setattr(settings, "load", lambda: replace(course, hidden_visibility="hidden"))
        assert version() == now
        monkeypatch.setattr(settings, "load", lambda: replace(course, salt="another salt of this term"))
        assert version() != now
        monkeypatch.setattr(settings, "load", lambda: replace(course, follow_through=False))
        assert version() != now
        monkeypatch.setattr(settings, "load", lambda: replace(course, cpu_seconds=60.0))
        assert version() != now
        monkeypatch.setattr(settings, "load", lambda: course)
        shutil.copytree(result_store.PACKAGE, tmp_path, dirs_exist_ok=True)
        monkeypatch.setattr(result_store, "PACKAGE", tmp_path)
        assert version() == now
        with (tmp_path / "autodiff" / "sealed" / "rubric.py").open("a", encoding="utf-8") as file:
            file.write("\n# One more point.\n")
        assert version() != now
    finally:
        grader_version.cache_clear()


def test_a_folder_is_for_one_run_at_a_time_and_free_once_that_was_killed(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    holder = "import sys; from pathlib import Path; from autograder.classroom.result_store import only_one\n" + (
        "with only_one(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(work)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=result_store.PACKAGE.parent,
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match="another run"), only_one(work):
            pass
        other.kill()
        other.wait(10)
    left = tmp_path / ".autograder-unfinished"
    left.write_text("half")
    with only_one(work):
        assert not left.exists()


@pytest.mark.parametrize("name", ["results", "reports", STAFF, versions.FOLDER, WORK])
def test_what_a_killed_run_was_writing_is_removed_from_every_folder(name: str, tmp_path: Path) -> None:
    make_private(tmp_path / WORK)
    make_private(tmp_path / name)
    left, other = (tmp_path / name / file for file in (".autograder-unfinished", "mine.txt"))
    for path in (left, other):
        path.write_text("half")
    with only_one(tmp_path / WORK):
        assert (left.exists(), other.exists()) == (False, True)


def test_a_result_is_readable_by_people(results: Store) -> None:
    results.write(KEY, RESULT)
    assert json.loads(file_of(results, KEY).read_text(encoding="ascii").splitlines()[1]) == RESULT
