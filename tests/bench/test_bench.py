"""The benchmark's harness: what it measures and computes is right, its fixtures are valid, its page is consistent."""

from __future__ import annotations

import gc
import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from assigned import CHECKS, read_submission
from specimens import ROOT, specimens

from autograder.vocabulary import Check
from bench import class_rows, container_rows, growth_rows, page, programs, stock, stocktests, targets, training_rows
from bench import grading_rows as grading
from bench.figures import MEGABYTE, exponent, spread
from bench.measure import CommandFailed, Run, memory, run
from bench.results import Group, Results, read, write

PROBE_SECONDS = 30
MEGABYTES = 60
HOLDS_MEMORY = f"x = bytearray({MEGABYTES} << 20); x[::4096] = x[::4096]; import time; time.sleep(0.4)"
BUSY = "import time\nwhile time.process_time() < 0.3: pass"


# --- measuring ----------------------------------------------------------------------------------------------------


def test_a_command_is_measured_with_what_it_starts(tmp_path: Path) -> None:
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', {BUSY!r}]); exec({BUSY!r})"
    measured = run([sys.executable, "-I", "-c", both], tmp_path, seconds=PROBE_SECONDS)
    assert measured.cpu >= 0.6
    assert measured.wall >= 0.5


def test_an_orphan_counts_and_does_not_outlive_the_measurement(tmp_path: Path) -> None:
    code = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-I', '-c', {BUSY!r}]).pid)"
    measured = run([sys.executable, "-I", "-c", code], tmp_path, seconds=PROBE_SECONDS)
    assert measured.cpu >= 0.3
    assert not Path(f"/proc/{measured.output.strip()}").exists()


def test_memory_is_the_sum_over_processes_that_live_at_the_same_time(tmp_path: Path) -> None:
    alone = run([sys.executable, "-I", "-c", HOLDS_MEMORY], tmp_path, seconds=PROBE_SECONDS)
    pair = (
        f"import subprocess, sys; p = [subprocess.Popen([sys.executable, '-I', '-c', {HOLDS_MEMORY!r}]) for _ in '12']"
    )
    together = run([sys.executable, "-I", "-c", pair + "; [one.wait() for one in p]"], tmp_path, seconds=PROBE_SECONDS)
    assert MEGABYTES << 20 < alone.peak < 2 * MEGABYTES << 20
    assert together.peak > 2 * MEGABYTES << 20


def test_a_page_that_two_processes_share_is_counted_once(tmp_path: Path) -> None:
    code = "import os, time; x = bytearray(60 << 20); pid = os.fork(); time.sleep(0.4); pid and os.wait()"
    # One process may be looked at before the fork, and the other one after it: seldom, and not three times.
    shared = min(run([sys.executable, "-I", "-c", code], tmp_path, seconds=PROBE_SECONDS).peak for _ in range(3))
    assert shared < 1.5 * MEGABYTES * 2**20


def test_the_memory_of_a_process_that_is_gone_is_none() -> None:
    assert memory(os.getpid()) > 1 << 20
    assert memory(2**22 + 1) == 0


def test_a_command_that_fails_is_not_a_measurement(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="words"):
        run([sys.executable, "-I", "-c", "import sys; print('words'); sys.exit(3)"], tmp_path, seconds=PROBE_SECONDS)


def test_a_command_that_takes_too_long_is_ended_with_what_it_started(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(CommandFailed, match=r"did not end within 0\.5 s"):
        run(["bash", "-c", "setsid sleep 60 & echo $!; sleep 60"], tmp_path, seconds=0.5)
    assert time.monotonic() - started < PROBE_SECONDS


# --- statistics ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("power", [0.5, 1.0, 1.05, 2.0])
def test_the_exponent_of_a_power_law_is_found(power: float) -> None:
    sizes = [10**3, 10**4, 10**5, 10**6]
    assert math.isclose(exponent(sizes, [3e-6 * size**power for size in sizes]), power, rel_tol=1e-12)


@pytest.mark.parametrize("sizes, seconds", [([1.0], [1.0]), ([1.0, 1.0], [1.0, 2.0]), ([1.0, 2.0], [0.0, 1.0])])
def test_no_exponent_is_made_up(sizes: list[float], seconds: list[float]) -> None:
    with pytest.raises(ValueError, match="two sizes"):
        exponent(sizes, seconds)


def test_a_spread_is_the_median_with_both_ends() -> None:
    assert spread([3.0, 1.0, 2.0]).text(1) == "2.0 (1.0–3.0)"
    assert spread([4.0, 1.0]).median == 2.5
    assert spread([1234.5]).text(1) == "1,234.5"
    with pytest.raises(ValueError, match="nothing"):
        spread([])


@pytest.mark.parametrize(
    "target, met, verdict",
    [
        (targets.Target("a", 1.0, most=1.0), True, "yes"),
        (targets.Target("a", 1.5, " s", most=1.0), False, "no, by 0.50 s"),
        (targets.Target("a", 6.0, least=6.0), True, "yes"),
        (targets.Target("a", 5.5, least=6.0), False, "no, by 0.50"),
    ],
)
def test_a_target_tells_by_how_much_it_is_missed(target: targets.Target, met: bool, verdict: str) -> None:
    assert target.is_met == met
    assert target.row()[-1] == verdict


# --- the page -----------------------------------------------------------------------------------------------------


def _results() -> Results:
    """Results with one run of each kind, whose figures are easy to tell."""
    names = [grading.name(way, one) for way in grading.COMMANDS for one in grading.SUBMISSIONS]
    runs = {name: [Run(10.0 if "stock" not in name else 100.0, 8.0, 200_000_000)] for name in [*names, grading.FLOOR]}
    classes = {
        class_rows.name(kind, cores): [Run(100.0 / cores, 100.0, 10**8)]
        for kind in (class_rows.DIFFERENT, class_rows.DUPLICATES)
        for cores in (1, 2)
    }
    growth = {"seconds": {"nodes": [[10, 1.0], [100, 10.0]]}, "exponents": {"nodes": 1.0}}
    trained = {training_rows.NOTEBOOK: 10.0, training_rows.DEMO: 70.0, training_rows.NUMPY: 0.2}
    training = {name: [Run(cpu, cpu, 10**8)] for name, cpu in trained.items()}
    size = {"packages": 5, "downloaded": 20e6, "installed": 90e6}
    apt = {"asked": "wget jq", "status": 0, "packages": 40, "downloaded": 30e6}
    set_up = {"ours": size, "otter": {**size, "apt": apt, "fetches": ["mamba env create"], "requirement": "otter"}}
    containers = {name: [Run(13.0, 9.0, 10**8)] for name in (container_rows.SET_UP, container_rows.OTTER_PIP)}
    opening = {"students": 1000, "bytes": 3 * MEGABYTE, "seconds": 0.5, "seconds to find": 0.05}
    groups = {
        "grade": Group("2026-01-02 03:04 UTC", runs),
        "student": Group("2026-01-02 03:04 UTC", training, {"last loss": dict.fromkeys(trained, 96.4032)}),
        "setup": Group("2026-01-02 03:04 UTC", containers, set_up),
        "class": Group("2026-01-02 03:04 UTC", classes, {"students": 100}),
        "growth": Group("2026-01-02 03:04 UTC", {}, growth),
        "opening": Group("2026-01-02 03:04 UTC", {}, opening),
    }
    return Results({"processor": "one"}, groups)


def test_the_page_has_a_section_for_what_was_measured_and_its_ratios() -> None:
    text = page.render(_results())
    assert "measured in one run" in text
    assert "command line / stock otter | 0.10 | ≤ 0.2 | yes |" in text
    assert "two cores / one core | 2.00 | ≥ 1.8 | yes |" in text
    assert "the demo's loop / the notebook's | 7.00 | ≥ 6 | yes |" in text
    assert "1,000 students: opened in | 0.50 s | ≤ 2 s | yes |" in text
    assert "1,000 students: size | 3 MB | ≤ 10 MB | yes |" in text
    assert "40 packages, 30 MB to download" in text


def test_what_was_not_measured_has_no_section() -> None:
    results = _results()
    text = page.render(replace(results, groups={"growth": results.groups["growth"]}))
    assert "## Growth" in text
    assert "## A class" not in text and "## Setting up" not in text


def test_results_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    write(_results(), tmp_path / "build" / "bench.json")
    assert read(tmp_path / "build" / "bench.json") == _results()
    assert read(tmp_path / "none.json") == Results({}, {})


def test_the_benchmarks_show_every_target() -> None:
    benchmarks = (ROOT / "BENCHMARKS.md").read_text(encoding="utf-8")
    shown = benchmarks.partition("## The main ratios\n")[2].partition("\n## ")[0]
    assert len(shown.strip().splitlines()) > 10


# --- the fixtures -------------------------------------------------------------------------------------------------


def test_every_check_of_the_rubric_is_a_stock_test_with_its_points() -> None:
    cells = [cell.source for cell in stock.master_notebook().cells if "# BEGIN TEST CONFIG" in cell.source]
    assert cells == [stocktests.test_cell(check) for check in CHECKS]
    for check, source in zip(CHECKS, cells, strict=True):
        compile(source, check.id, "exec")
        assert f"points: {check.points}\nhidden: {str(check.visibility == 'hidden').lower()}\n" in source


def test_the_wrong_submission_differs_from_the_right_one_in_one_cell() -> None:
    cells = [cell.source for cell in stock.master_notebook().cells]
    for name, source in stock.wrong_answers():
        assert sum(programs.answers()[name] in cell for cell in cells) == 1
        assert programs.answers()[name] != source


SHORT = "num_epochs = 10", "num_epochs = 0"


@pytest.fixture
def without_collection() -> Iterator[None]:
    """The garbage collector off: with it, one graph of the demo's takes ten seconds."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.mark.usefixtures("without_collection")
def test_the_stock_solution_passes_the_stock_tests_and_a_wrong_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(programs.DATA_FOLDER)
    untrained = {"training.loss_falls", "training.trajectory"}
    assert _failed(programs.answers(), CHECKS) == untrained
    of_mul = [check for check in CHECKS if check.question == "mul"]
    lost = _failed({**programs.answers(), **dict(stock.wrong_answers())}, of_mul)
    assert lost == {"mul.accumulates", "mul.square", "mul.shared_graph"}


def _failed(answers: dict[str, str], checks: Iterable[Check]) -> set[str]:
    """Which of these checks the demo's notebook fails with these answers, without its ten epochs."""
    cells = [source.replace(*SHORT) for _, source in programs.demo_cells(answers)]
    namespace: dict[str, Any] = {"__name__": "notebook"}
    exec("\n\n".join([*cells, (programs.FIXTURES / "mended_backward.py").read_text(encoding="utf-8")]), namespace)
    failed = set()
    for check in checks:
        test: dict[str, Any] = {}
        exec(stocktests.test_cell(check).partition("END TEST CONFIG\n")[2], test)
        function = test[f"test_{check.id.replace('.', '_')}"]
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        try:
            function(*(namespace[name] for name in names))
        except (AssertionError, IndexError, TypeError):
            failed.add(check.id)
    return failed


@pytest.mark.parametrize("program", [programs.notebook, programs.numpy, programs.demo])
def test_the_programs_that_train_are_programs(program: Callable[[], str]) -> None:
    compile(program(), "program", "exec")


def test_numpy_trains_as_the_assignment_does(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(programs.numpy(), encoding="utf-8")
    command = [sys.executable, "-I", str(tmp_path / "program.py")]
    done = subprocess.run(command, cwd=programs.DATA_FOLDER, capture_output=True, text=True, check=True, timeout=60)
    assert [round(float(loss), 4) for loss in done.stdout.strip("[]\n").split(",")][::9] == [497.6749, 96.4032]


def test_the_program_of_the_floor_is_the_notebook_without_what_draws() -> None:
    source = programs.notebook()
    assert "def train_one_epoch" in source and "with garbage_collector_paused():" in source
    assert "matplotlib" not in source and "import grader" not in source


def test_a_class_holds_the_stated_shares_and_no_two_answers_alike() -> None:
    notebooks = class_rows.notebooks(class_rows.STUDENTS)
    assert len({json.dumps(one) for one in notebooks}) == class_rows.STUDENTS
    assert sum(class_rows.MIXTURE.values()) == 1
    assert all((share * class_rows.STUDENTS).is_integer() for share in class_rows.MIXTURE.values())


def test_a_class_with_duplicates_has_as_many_different_answers_as_it_says(tmp_path: Path) -> None:
    class_rows.write_class(tmp_path, 40, copies=4)
    assert len({read_submission(path).fingerprint for path in tmp_path.iterdir()}) == 10
    assert len([*tmp_path.iterdir()]) == 40


def test_graphs_of_the_growth_row_span_three_powers_of_ten() -> None:
    assert growth_rows.HOUSES_OF_GRAPH[-1] / growth_rows.HOUSES_OF_GRAPH[0] > 900


def test_the_wrong_submission_is_one_of_the_gallery() -> None:
    assert stock.WRONG.stem in {one.name.split("/")[1] for one in specimens("wrong")}
