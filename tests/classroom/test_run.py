"""A whole class through the real command: every row as expected, whatever interrupts it."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from random import Random

import psutil
import pytest
from assigned import find_submission, read_submission
from class_command import CHEAP, KILLS, REAL, SECONDS, command, counts, finish, rows, start, until
from class_folders import Expected, blank, make_cheap_class, make_class, measured
from forks import GONE, Fork, Forks
from made_once import made_once
from specimens import ROOT, WHOLE, write

from autograder import __main__ as cli
from autograder.classroom.dispatch import IN_FLIGHT
from autograder.classroom.result_store import Store, key_of
from autograder.wire.confinement import FIRST_UID, SLOTS

SECOND_RUN = 3.0
"""Maximum cost of a second run over the finished class of 100, in times of the processor of one over seven students.

It takes 1.5 to 2.5 of them, on a quiet machine and on a busy one.
"""


def run_anew(source: Path, out: Path) -> str:
    """What the real command prints, as a user starts it."""
    words = [sys.executable, "-m", "autograder", "class", *command(source, out, jobs=2)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=10 * SECONDS)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    """What starts the command without its imports."""
    with Forks(
        "class_folders", "autograder.__main__", "autograder.classroom.pools", "autograder.classroom.run"
    ) as made:
        yield made


OTHERS = ("notes.txt", "unpacked/mine.txt", "results/mine.json", "reports/x.html")


@pytest.fixture(scope="module")
def twenty(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty students with cheap gradings and what was ``printed``; in ``out``, ``OTHERS`` were there before."""

    def make(folder: Path) -> None:
        make_cheap_class(folder / "class", 20)
        for name in OTHERS:
            path = folder / "out" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("mine")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CLASS_JOURNAL", os.devnull)
            (folder / "printed").write_text(cheap(forks, folder / "class", folder / "out"))

    return made_once(tmp_path_factory, "twenty", make)


def run(forks: Forks, source: Path, out: Path, *more: str, status: int = 0) -> str:
    """What the command with real gradings prints."""
    with start(forks, source, out, *more, program=REAL) as driver:
        return finish(driver, status)


def cheap(forks: Forks, source: Path, out: Path) -> str:
    """What a class with cheap gradings prints."""
    with start(forks, source, out) as driver:
        return finish(driver)


def differences(expected: dict[str, Expected], source: Path, out: Path) -> list[str]:
    """What is not as expected, in the gradebook and in the stored results."""
    found, results, keys = [], Store(out / "results"), {}
    for name, row in rows(out).items():
        wanted = expected[name]
        if wanted.score is None:
            said = " ".join(wanted.says.split()) in " ".join(row["Notes"].split())
            if row["Status"] == "Graded" or not said or not row["Notes"]:
                found.append(f"{wanted.specimen}: {row['Status']}: {row['Notes']}")
            continue
        file = find_submission(source / name)
        content = file.read_bytes()
        if content not in keys:
            keys[content] = key_of(read_submission(file))
        report = results.read(keys[content])
        lost = {check["id"] for check in report["checks"] if check["outcome"] not in ("passed", "followed_through")}
        if (row["Status"], row["Total Score"]) != ("Graded", str(wanted.score)):
            found.append(f"{wanted.specimen}: {row['Status']} {row['Total Score']}, not {wanted.score}")
        elif wanted.loses and lost != wanted.loses:
            found.append(f"{wanted.specimen}: lost {sorted(lost ^ wanted.loses)}")
    return found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six students with answers that are graded quickly, two of them the same, and one that cannot be read."""

    def make(folder: Path) -> None:
        for number in range(5):
            write(blank(number, "evidence" if number == 0 else ""), folder / f"s{number}.ipynb")
        write(blank(4), folder / "s5.ipynb")
        (folder / "unreadable.ipynb").write_text("no notebook", encoding="utf-8")

    return made_once(tmp_path_factory, "small", make)


# --- a class of 100 -----------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_list_of_the_course_is_compared_and_its_errors_are_said(
    forks: Forks, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLASS_JOURNAL", os.devnull)
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,SID,Section\nS0,10,Lab\nS1,11,\nAda Lovelace,12,\n", encoding="utf-8")
    more = ("--roster", str(roster), "--canvas-name", "Week 3", "--canvas-id", "77")
    with start(forks, small, tmp_path / "out", *more) as driver:
        printed = finish(driver)
    assert "Beside the list: 1 have not handed in, 5 are not on it." in printed
    assert "Not handed in: Ada Lovelace (ada-lovelace-" in printed
    assert "There is no canvas.csv: nobody has an identifier of Canvas'" in printed
    found = rows(tmp_path / "out")
    assert (found["Ada Lovelace"]["Status"], found["Ada Lovelace"]["SID"]) == ("Missing", "12")
    assert (found["S0"]["SID"], found["S0"]["Sections"]) == ("10", "Lab")
    [page] = (tmp_path / "out" / "staff").glob("s0-*.html")
    assert "train_before: 497.7" in page.read_text(encoding="utf-8")
    roster.write_text("Name,SID\nS0,10\nS1,10\n", encoding="utf-8")
    with start(forks, small, tmp_path / "out", *more) as driver:
        assert "line 3: the SID 10 stands in line 2 already" in finish(driver, 2)


def test_every_row_of_a_class_of_100_is_as_expected_and_a_second_run_is_quick(
    small: Path, out: Path, tmp_path: Path
) -> None:
    source, marks = tmp_path / "class", tmp_path / "marks"
    expected = make_class(source, 600, measured()) if WHOLE else make_class(source, 100)
    distinct = {row.specimen for row in expected.values()}
    first = run_anew(source, marks)
    assert set(rows(marks)) == set(expected)
    assert differences(expected, source, marks) == []
    students, graded, stored, not_read = counts(first)
    assert (students, stored) == (len(expected), 0)
    assert graded <= len(distinct)  # equal answers are graded once
    assert not_read == sum(row.score is None for row in expected.values())
    before, start = _inodes(marks / "results"), _spent()
    second = run_anew(source, marks)
    cost = _spent() - start
    assert counts(second) == (students, 0, graded, not_read)
    assert _inodes(marks / "results") == before
    start = _spent()
    assert counts(run_anew(small, out)) == (7, 0, 5, 1)
    assert WHOLE or cost < SECOND_RUN * (_spent() - start)


def _spent() -> float:
    """Seconds of the processor that all commands took so far."""
    times = os.times()
    return times.children_user + times.children_system


def _inodes(folder: Path) -> dict[str, tuple[int, int]]:
    """What changes when a file is written anew."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.glob("[!.]*")}


# --- interrupted, and started again -------------------------------------------------------------------------------


def with_variable(name: str, value: str) -> list[psutil.Process]:
    """Processes with this in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(name) == value and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return [process for process in found if process.pid != os.getpid()]


@pytest.mark.long
def test_a_driver_that_is_killed_at_random_points_loses_and_repeats_nothing(
    tmp_path: Path, journal: Path, forks: Forks, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out, random, students = tmp_path / "class", tmp_path / "out", Random(20), 5 * KILLS
    make_cheap_class(source, students)
    monkeypatch.setenv("CLASS_SECONDS", "0.02")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    in_flight = 0
    for attempt in range(KILLS):
        jobs = 1 + (attempt % 5 == 0)
        in_flight += IN_FLIGHT * jobs
        stored = {key.partition("-")[0] for key in Store(out / "results")}
        lines = journal.read_text().splitlines()
        with start(forks, source, out, jobs=jobs) as driver:
            _wait_for_lines(journal, len(lines) + random.randrange(8), driver)
            time.sleep(random.uniform(0, 0.05))
        until(lambda: not with_variable("CLASS_JOURNAL", str(journal)), seconds=GONE, pause=0.1)
        repeated = {line[:32] for line in journal.read_text().splitlines()[len(lines) :]} & stored
        assert not repeated
    printed = cheap(forks, source, out)
    results = Store(out / "results")
    assert len(list(results)) == len(rows(out)) == students and all(map(results.has, results))
    assert counts(printed)[:1] + counts(printed)[3:] == (students, 0) and sum(counts(printed)[1:3]) == students
    gradings = Counter(journal.read_text().splitlines())
    assert len(gradings) == students and sum(gradings.values()) <= students + in_flight
    assert not list(out.rglob(".autograder-*"))
    assert not list(tmp_path.glob("autograder-class-*"))


def _wait_for_lines(journal: Path, wanted: int, driver: Fork) -> None:
    until(lambda: len(journal.read_bytes()) >= 65 * wanted, driver)


def test_a_real_grading_that_is_killed_leaves_no_process_and_the_next_run_goes_on(
    small: Path, tmp_path: Path, forks: Forks
) -> None:
    out = tmp_path / "out"
    with _graders(forks, small, out) as (driver, graders):
        until(lambda: graders() and len(list(Store(out / "results"))) >= 2, driver, pause=0.1)
        before = _inodes(out / "results")
        driver.kill()
        until(lambda: not any(map(_runs, graders())), seconds=GONE, pause=0.1)
    students, graded, stored, _ = counts(run(forks, small, out))
    assert (students, graded + stored) == (7, 5) and stored >= len(before) >= 2
    assert before.items() <= _inodes(out / "results").items()


def test_ctrl_c_keeps_what_is_graded_and_says_how_to_go_on(small: Path, tmp_path: Path, forks: Forks) -> None:
    for attempt in range(5):  # on a busy machine the class may be graded before the signal arrives
        out = tmp_path / f"out{attempt}"
        status, printed = _interrupted(forks, small, out)
        if status:
            break
    assert status == 130
    assert "What was graded is kept: the same command goes on from there." in printed
    assert "Traceback" not in printed
    students, graded, stored, _ = counts(run(forks, small, out))
    assert (students, graded + stored) == (7, 5) and stored >= 1


def _interrupted(forks: Forks, source: Path, out: Path) -> tuple[int | None, str]:
    """Exit status and words of the command when Ctrl-C is pressed after the first result."""
    with _graders(forks, source, out) as (driver, graders):
        until(lambda: graders() and len(list(Store(out / "results"))) >= 1, driver, pause=0.1)
        with suppress(ProcessLookupError):
            os.killpg(driver.pid, signal.SIGINT)  # as a terminal does: to the driver, and to all its workers
        printed = driver.communicate(SECONDS)[0]
        until(lambda: not any(map(_runs, graders())), seconds=GONE, pause=0.1)
        return driver.returncode, printed


@contextmanager
def _graders(forks: Forks, source: Path, out: Path) -> Iterator[tuple[Fork, Callable[[], list[psutil.Process]]]]:
    """The command with real gradings, and what tells all that it has started by then, its workers' workers too."""
    found: dict[int, psutil.Process] = {}
    with start(forks, source, out, jobs=2, program=REAL) as driver:

        def graders() -> list[psutil.Process]:
            with suppress(psutil.NoSuchProcess):
                found.update((one.pid, one) for one in psutil.Process(driver.pid).children(recursive=True))
            own = {FIRST_UID + pid % (1 << 22) * SLOTS for pid in found}
            found.update((one.pid, one) for one in psutil.process_iter() if _uid(one) // SLOTS * SLOTS in own)
            return list(found.values())

        until(lambda: len(graders()) >= 3, driver, pause=0.1)
        yield driver, graders


def _uid(process: psutil.Process) -> int:
    try:
        return int(process.uids().real)
    except psutil.Error:
        return -1


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def test_two_runs_at_once_do_not_disturb_each_other(
    tmp_path: Path, journal: Path, forks: Forks, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_cheap_class(tmp_path / "class", 5)
    monkeypatch.setenv("CLASS_SECONDS", str(SECONDS))
    with start(forks, tmp_path / "class", tmp_path / "out") as first:
        until(journal.read_bytes, first)
        with start(forks, tmp_path / "class", tmp_path / "out") as second:
            assert "another run works in" in finish(second, 2)
        assert first.poll() is None
    monkeypatch.setenv("CLASS_SECONDS", "0")
    assert counts(cheap(forks, tmp_path / "class", tmp_path / "out")) == (5, 5, 0, 0)


# --- regrades, damage, and what OUT may be ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def finished(small: Path, forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What came of the small class."""

    def make(folder: Path) -> None:
        assert counts(run(forks, small, folder / "out")) == (7, 5, 0, 1)

    return made_once(tmp_path_factory, "finished", make) / "out"


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished class."""
    shutil.copytree(finished, tmp_path / "out")
    return tmp_path / "out"


def test_equal_answers_are_graded_once_and_nobody_vanishes(small: Path, finished: Path) -> None:
    assert set(rows(finished)) == {path.stem for path in small.iterdir()}
    assert len(list(Store(finished / "results"))) == 5
    assert rows(finished)["s4"]["Total Score"] == rows(finished)["s5"]["Total Score"] == "0"
    assert rows(finished)["s0"]["Total Score"] == "8"
    assert "not a notebook" in rows(finished)["unreadable"]["Notes"]


def test_damaged_results_are_graded_again(small: Path, out: Path, forks: Forks) -> None:
    before = rows(out)
    damaged = sorted((out / "results").iterdir())[:3]
    for path, data in zip(damaged, (b"", b"{}", damaged[2].read_bytes()[:-20]), strict=True):
        path.write_bytes(data)
    with (out / ".autograder" / "intake.jsonl").open("r+b") as file:
        file.seek(200)
        file.write(b"damaged")
    assert counts(run(forks, small, out)) == (7, 3, 2, 1)
    assert rows(out) == before


def test_a_regrade_tells_who_changes_by_how_much_and_why(small: Path, out: Path, forks: Forks) -> None:
    results = Store(out / "results")
    for key in list(results):  # as an earlier version of the grader would have left it, that gave five points more
        report = results.read(key)
        if report["score"]:
            worth_more = next(check for check in report["checks"] if check["score"] == 2)
            worth_more["score"] = worth_more["points"] = 7
            results.write(key.partition("-")[0] + "-" + "0" * 16, {**report, "score": report["score"] + 5})
            next(path for path in results.folder.iterdir() if path.name.startswith(key)).unlink()
    printed = run(forks, small, out)
    assert counts(printed) == (7, 1, 4, 1)
    why = r"13 -> 8 \(-5\): test_vs_train\.\w+: 7 of 7 -> 2 of 2: worth 2 points instead of 7\n"
    assert re.search(rf"Changed: s0-\w+: {why}", printed) and printed.count("Changed: ") == 1
    assert "worth 2 points instead of 7" in (out / "class.html").read_text(encoding="utf-8")
    assert re.search(rf"Changed: student-\w+: {why}", run(forks, small, out, "--anonymous"))
    damaged = next(path for path in results.folder.iterdir() if "-" + "0" * 16 in path.name)
    damaged.write_bytes(b"damaged")
    assert "Changed: " not in run(forks, small, out)


def test_an_out_within_the_class_is_refused_and_nothing_is_made(small: Path, forks: Forks) -> None:
    before = sorted(small.rglob("*"))
    for out in (small, small / "out", small / "deep" / "out"):
        assert "would be taken for a submission" in run(forks, small, out, status=2)
    assert sorted(small.rglob("*")) == before


def test_files_of_others_in_out_are_left_alone(twenty: Path) -> None:
    assert counts((twenty / "printed").read_text()) == (20, 20, 0, 0)
    assert [(twenty / "out" / name).read_text() for name in OTHERS] == ["mine"] * len(OTHERS)


def test_a_zip_of_a_class_is_graded_and_what_was_unpacked_is_removed(
    small: Path, out: Path, tmp_path: Path, forks: Forks
) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        for path in small.iterdir():
            archive.write(path, f"submissions/{path.name}")
    before = rows(out)
    assert counts(run(forks, tmp_path / "export.zip", out)) == (7, 0, 5, 1)
    assert rows(out) == before
    assert not (out / ".autograder" / "unpacked").exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_everything_in_out_is_private(finished: Path) -> None:
    for path in [finished, *finished.rglob("*")]:
        own_only = path.stat().st_mode & 0o077 == 0
        assert own_only or (finished / ".autograder") in path.parents, path
    assert (finished / ".autograder").stat().st_mode & 0o777 == 0o700


def test_nothing_there_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([str(tmp_path / "none")], [str(tmp_path), "--jobs", "0"]):
        assert cli.main(["class", *arguments, "--out", str(tmp_path / "out")]) == 2
    assert "there is nothing at" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


# --- progress and memory ------------------------------------------------------------------------------------------


def test_a_terminal_shows_a_bar_with_rate_and_remaining_time(
    tmp_path: Path, journal: Path, forks: Forks, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty

    make_cheap_class(tmp_path / "class", 8)
    monkeypatch.setenv("CLASS_SECONDS", "0.3")
    monkeypatch.setenv("TERM", "xterm")
    terminal, end = pty.openpty()
    words = command(tmp_path / "class", tmp_path / "out")
    with os.fdopen(terminal, "rb", buffering=0) as screen, os.fdopen(end, "rb"):
        driver = forks.start(*CHEAP, *words, terminal=os.ttyname(end))
        try:
            shown = b"".join(_shown(screen, driver))
        finally:
            driver.kill()
    assert driver.returncode == 0, shown
    rate = rb"\d+\.\d+( submissions/s|s/ submissions)"
    bar = rb"graded:\s+\d+%\|.+\| [1-8]/8 \[\d\d:\d\d<\d\d:\d\d,\s+" + rate
    assert re.search(bar, shown), shown
    assert b"8/8" in shown


def _shown(screen: FileIO, driver: Fork) -> Iterator[bytes]:
    """What appears until the driver has ended."""
    deadline = time.monotonic() + SECONDS
    while True:
        ended = driver.poll() is not None
        if select.select([screen], [], [], 0.05)[0]:
            yield screen.read(4096)
        elif ended:
            break
        assert time.monotonic() < deadline


def test_a_log_has_plain_lines(twenty: Path) -> None:
    printed = (twenty / "printed").read_text()
    assert re.search(r"^20 of 20 graded, \d+ a minute, 0 s left$", printed, re.MULTILINE)
    assert "\r" not in printed and "\x1b" not in printed


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program's own peak")
def test_the_memory_of_the_driver_hardly_grows_with_the_class(
    tmp_path: Path, journal: Path, twenty: Path, forks: Forks
) -> None:
    make_cheap_class(tmp_path / "class", 120)
    more = _peak(cheap(forks, tmp_path / "class", tmp_path / "out")) - _peak((twenty / "printed").read_text())
    assert more / 100 < 8  # kB a student; a notebook with its report is 100 and more


def _peak(printed: str) -> int:
    """The driver's peak of memory, in kB."""
    found = re.search(r"peak (\d+) kB", printed)
    assert found
    return int(found[1])
