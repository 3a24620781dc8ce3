"""Reading is held: what takes too much is refused, what is our fault is told as one, and nothing is left running."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from assigned import Reader, grade, read_submission
from specimens import ROOT, skeleton, write

from autograder.classroom.exports import read_export
from autograder.classroom.hand_ins import HandIn, Student
from autograder.classroom.intake import Intake, Row
from autograder.classroom.readers import Readers
from autograder.intake import reader_process
from autograder.intake.reader_process import LIMITS, Closed, Limits, Read, ReaderFault
from autograder.intake.submission import Refused

posix_only = pytest.mark.skipif(os.name != "posix", reason="limits, pipes and links are those of POSIX")
QUICKLY = Limits(seconds=1.0)
SECONDS = 60.0
"""For what takes about one; on a busy machine."""
TOO_MUCH = "could not be read within"


def readers() -> list[psutil.Process]:
    """The processes that read for this one; others of its children run other programs."""
    return [child for child in psutil.Process().children() if str(reader_process.READER) in child.cmdline()]


ODD_READER = f"""
import os, sys, time
sys.path.insert(0, {str(ROOT)!r})
from autograder.intake import reader
from pathlib import Path

def once():
    marker = Path(os.environ["ONCE"])
    if not marker.exists():
        marker.touch()
        os.abort()

ODD = {{
    "sleep": lambda: time.sleep({SECONDS}),
    "busy": lambda: any(iter(int, 1)),
    "crash": os.abort,
    "once": once,
    "exit": lambda: os._exit(0),
    "memory": lambda: bytearray(1 << 40),
    "bug": lambda: 1 / 0,
    "chatter": lambda: print("x" * {reader_process.MAX_ANSWER + 2}, flush=True),
    "number": lambda: print(7, flush=True),
    "fields": lambda: print('{{"submission": {{"name": 7}}}}', flush=True),
    "keep": lambda: kept.append(bytearray(100 << 20)),
}}
kept = []

def odd(parse):
    def instead(name, data, manifest):
        ODD.get(name.split(".")[0], bool)()
        return parse(name, data, manifest)
    return instead

reader.parse_submission = odd(reader.parse_submission)
find = reader.find_submission
reader.find_submission = lambda path, manifest: odd(lambda *_: find(path, manifest))(path.name, b"", manifest)
reader.main()
"""
"""The process that reads, but for files and folders of certain names."""


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts the odd process in place of the real one; the folder to work in."""
    script = tmp_path / "odd_reader.py"
    script.write_text(ODD_READER, encoding="utf-8")
    monkeypatch.setattr(reader_process, "READER", script)
    monkeypatch.setenv("ONCE", str(tmp_path / "crashed"))
    folder = tmp_path / "submissions"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No test leaves a process."""
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    yield
    left = [child for child in psutil.Process().children(recursive=True) if child.pid not in before]
    assert not left


def refusal(path: Path, limits: Limits = QUICKLY) -> str:
    with Reader(limits=limits) as reader:
        read = reader.read(path)
        assert (read.submission, read.digest) == (None, "")
        return read.refused


def notebook(path: Path) -> Path:
    """The blank notebook at ``path``, in a folder that is made for it."""
    path.parent.mkdir(exist_ok=True)
    return Path(shutil.copyfile(ROOT / "assignment" / "autodiff.ipynb", path))


def touch(path: Path) -> Path:
    path.write_bytes(b"")
    return path


# --- what is read -------------------------------------------------------------------------------------------------


def test_a_submission_is_what_it_is_without_a_process(tmp_path: Path) -> None:
    content = skeleton()
    content["cells"][0]["source"] = "Ein Wert \U0001f600 \ud800 und \x00"
    path = write(content, tmp_path / "grüße \udcff.ipynb")
    with Reader() as reader:
        assert reader.read(path).submission == read_submission(path)


def test_one_process_serves_for_many_files(tmp_path: Path) -> None:
    path = notebook(tmp_path / "autodiff.ipynb")
    with Reader() as reader:
        reads = [reader.read(path)]
        [process] = readers()
        reads += [reader.read(tmp_path), reader.read(path)]
        assert readers() == [process]
    assert reads[0] == reads[2] and reads[1].refused.startswith("The submission is a folder")


def test_what_is_known_is_not_parsed(tmp_path: Path) -> None:
    path = notebook(tmp_path / "autodiff.ipynb")
    with Reader() as reader:
        digest = reader.read(path).digest
        assert reader.read(path, digest.__eq__) == Read(digest)


def test_a_file_that_is_none_is_refused_with_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "autodiff.ipynb"
    path.write_text("no notebook", encoding="utf-8")
    with Reader() as reader:
        read = reader.read(path)
    assert read.submission is None and read.digest and "not a notebook" in read.refused


def test_no_file_is_an_error_and_costs_no_process(tmp_path: Path) -> None:
    with Reader() as reader:
        for _ in range(2):
            with pytest.raises(FileNotFoundError, match="autodiff"):
                reader.read(tmp_path / "autodiff.ipynb")
        assert len(readers()) == 1


@posix_only
def test_pipes_links_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "link.ipynb").symlink_to(notebook(tmp_path / "autodiff.ipynb"))
    refused = [refusal(path) for path in (tmp_path / "pipe.ipynb", tmp_path / "link.ipynb", Path("/dev/zero"))]
    assert ["a pipe" in refused[0], "is a link" in refused[1], "a device" in refused[2]] == [True] * 3


def test_the_file_in_a_folder_is_chosen(tmp_path: Path) -> None:
    with Reader() as reader:
        with pytest.raises(Refused, match="No notebook was found"):
            reader.choose(tmp_path)
        path = notebook(tmp_path / "work" / "autodiff.ipynb")
        assert reader.choose(tmp_path) == path


# --- limits -------------------------------------------------------------------------------------------------------


@posix_only
def test_too_much_of_the_processor_is_refused(odd: Path) -> None:
    assert TOO_MUCH + " 0 seconds" in refusal(notebook(odd / "busy.ipynb"), Limits(processor_seconds=0))


@pytest.mark.skipif(sys.platform != "linux", reason="no other kernel limits the address space")
def test_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "autodiff.ipynb"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    assert "64 MB of memory. Clear all outputs, save, and submit again." in refusal(path, Limits(memory=64 << 20))


def test_each_file_has_all_of_the_time(tmp_path: Path) -> None:
    path = notebook(tmp_path / "autodiff.ipynb")
    with Reader(limits=Limits(processor_seconds=1)) as reader:
        reader.read(path)
        [process] = readers()
        for _ in range(600):
            assert reader.read(path).digest
            if sum(process.cpu_times()[:2]) > 1:
                break
        assert sum(process.cpu_times()[:2]) > 1 and readers() == [process]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells the address space")
def test_a_process_that_holds_much_after_a_file_is_replaced(odd: Path) -> None:
    with Reader() as reader:
        reader.read(notebook(odd / "a.ipynb"))
        [first] = readers()
        assert reader.read(notebook(odd / "keep.ipynb")).submission
        assert not readers()
        assert reader.read(odd / "a.ipynb").submission
        assert readers() != [first]


def test_a_deadline_ends_the_file_and_not_the_next_one(odd: Path) -> None:
    good = notebook(odd / "a.ipynb")
    started = time.monotonic()
    with Reader(limits=QUICKLY) as reader:
        assert TOO_MUCH in reader.read(touch(odd / "sleep.ipynb")).refused
        assert time.monotonic() - started < SECONDS / 2
        assert reader.read(good).submission
        (odd / "sleep").mkdir()
        with pytest.raises(Refused, match=TOO_MUCH):
            reader.choose(odd / "sleep")


@pytest.mark.parametrize("how", ["crash", "exit", "memory"])
def test_a_process_that_ends_is_the_students_refusal(how: str, odd: Path) -> None:
    good = notebook(odd / "a.ipynb")
    with Reader() as reader:
        assert TOO_MUCH in reader.read(touch(odd / f"{how}.ipynb")).refused
        assert reader.read(good).submission


def test_what_ended_one_process_by_chance_is_read_in_the_next(odd: Path) -> None:
    with Reader() as reader:
        assert reader.read(notebook(odd / "once.ipynb")).submission


# --- faults of ours -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how, told",
    [("bug", "ZeroDivisionError"), ("chatter", "too much"), ("number", "something else"), ("fields", "no submission")],
)
def test_a_bug_is_a_fault_and_no_refusal(how: str, told: str, odd: Path) -> None:
    good = notebook(odd / "a.ipynb")
    with Reader() as reader:
        with pytest.raises(ReaderFault, match=told):
            reader.read(touch(odd / f"{how}.ipynb"))
        assert reader.read(good).submission
    with pytest.raises(ReaderFault):
        grade(odd / f"{how}.ipynb")


def test_a_process_that_does_not_start_is_a_fault_that_says_why(odd: Path) -> None:
    reader_process.READER.write_text("import nothing_of_this_name", encoding="utf-8")
    with Reader() as reader, pytest.raises(ReaderFault, match="nothing_of_this_name"):
        reader.read(touch(odd / "a.ipynb"))


# --- a class ------------------------------------------------------------------------------------------------------


def rows_of(paths: list[Path], work: Path, limits: Limits = LIMITS) -> list[Row]:
    with Readers(2, limits) as readers:
        return list(Intake([HandIn(Student(path.stem, path.stem), path) for path in paths], work).read(readers))


def test_in_a_class_everybody_else_is_read_and_the_order_is_kept(odd: Path, tmp_path: Path) -> None:
    paths = [notebook(odd / f"s{number:02}.ipynb") for number in range(40)]
    paths[3], paths[20], paths[21] = (touch(odd / f"{how}.ipynb") for how in ("sleep", "crash", "bug"))
    started = time.monotonic()
    rows = rows_of(paths, tmp_path, QUICKLY)
    assert time.monotonic() - started < SECONDS / 2
    assert [row.hand_in.file for row in rows] == paths
    assert [number for number, row in enumerate(rows) if row.submission is None] == [3, 20, 21]
    assert [(TOO_MUCH in rows[n].refused, rows[n].fault) for n in (3, 20, 21)] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    paths[3].rename(odd / "fast.ipynb")
    again = rows_of([notebook(odd / "fast.ipynb"), *paths[4:6]], tmp_path)
    assert all(row.submission for row in again)


def test_what_took_too_much_or_met_a_fault_is_read_anew_in_the_next_run(
    odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [notebook(odd / f"{how}.ipynb") for how in ("sleep", "crash", "bug")]
    assert not any(row.submission for row in rows_of(paths, tmp_path, QUICKLY))
    monkeypatch.setattr(reader_process, "READER", ROOT / "autograder" / "intake" / "reader.py")
    assert all(row.submission for row in rows_of(paths, tmp_path))


def test_what_has_not_changed_is_not_parsed_again(odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [notebook(odd / "bug.ipynb"), odd / "a.ipynb"]
    paths[1].write_text("no notebook", encoding="utf-8")
    monkeypatch.setattr(reader_process, "READER", ROOT / "autograder" / "intake" / "reader.py")
    rows = rows_of(paths, tmp_path)
    monkeypatch.setattr(reader_process, "READER", tmp_path / "odd_reader.py")
    assert rows_of(paths, tmp_path) == rows
    assert rows[0].submission and "not a notebook" in rows[1].refused
    paths[0].write_bytes(paths[0].read_bytes() + b" ")
    assert rows_of(paths, tmp_path)[0].fault


@posix_only
def test_a_class_waits_for_no_pipe(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("pipe.ipynb", "link.ipynb", "gone.ipynb")]
    os.mkfifo(paths[0])
    paths[1].symlink_to("/dev/zero")
    rows = rows_of(paths, tmp_path, QUICKLY)
    said = [words in row.refused for words, row in zip(("a pipe", "is a link", "No such file"), rows, strict=True)]
    assert said == [True] * 3 and not any(row.fault for row in rows)


def test_a_folder_that_takes_too_much_is_its_students_refusal(odd: Path, tmp_path: Path) -> None:
    for name in ("ada", "sleep", "bug"):
        notebook(odd / name / "autodiff.ipynb")
    with Readers(2, QUICKLY) as readers:
        ada, bug, sleep = read_export(odd, readers)[1]
        rows = list(Intake([ada, bug, sleep], tmp_path).read(readers))
    assert ada.file == odd / "ada" / "autodiff.ipynb"
    assert sleep.file is None and TOO_MUCH in sleep.problem
    assert [(bool(row.submission), row.fault) for row in rows] == [(True, False), (False, True), (False, False)]


# --- ends ---------------------------------------------------------------------------------------------------------


def test_closing_ends_what_another_thread_reads(odd: Path) -> None:
    reader, came = Reader(), []

    def read() -> None:
        try:
            reader.read(touch(odd / "sleep.ipynb"))
        except BaseException as error:
            came.append(type(error))

    thread = threading.Thread(target=read)
    thread.start()
    _until(lambda: len(readers()) == 1)
    time.sleep(0.3)
    reader.close()
    thread.join(SECONDS)
    assert came == [Closed]
    with pytest.raises(Closed):
        reader.read(odd / "sleep.ipynb")


@posix_only
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("command", [["grade"], ["class", "--jobs", "2", "--out"]], ids=["grade", "class"])
def test_an_interrupted_or_killed_driver_leaves_no_process(
    command: list[str], ending: signal.Signals, odd: Path, tmp_path: Path
) -> None:
    path = touch(odd / "sleep.ipynb")
    program = (
        "import sys, pathlib; from autograder import __main__ as cli; from autograder.intake import reader_process;"
        f"reader_process.READER = pathlib.Path({str(reader_process.READER)!r}); sys.exit(cli.main(sys.argv[1:]))"
    )
    arguments = [*command, str(tmp_path / "out"), str(odd)] if command[0] == "class" else [*command, str(path)]
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments], stderr=subprocess.PIPE, cwd=ROOT, text=True, start_new_session=True
    ) as driver:
        found: dict[int, psutil.Process] = {}

        def readers() -> list[psutil.Process]:
            with contextlib.suppress(psutil.Error):
                found.update((one.pid, one) for one in psutil.Process(driver.pid).children())
            return list(found.values())

        _until(readers)
        time.sleep(0.5)
        os.killpg(driver.pid, ending)
        printed = driver.communicate(timeout=SECONDS)[1]
    _until(lambda: not any(map(_runs, found.values())))
    assert driver.returncode == (130 if ending == signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in printed


def _until(condition: object) -> None:
    deadline = time.monotonic() + SECONDS / 2
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _runs(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
