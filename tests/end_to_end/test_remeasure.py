"""The heads of specimens are rewritten where they state something else than what was measured, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from remeasure import main, patterns, rewritten
from specimens import ALL_IDS, POINTS, path_of, read_specimen
from ways_of_grading import Found

SPECIMEN = path_of("wrong/relu_no_mask")


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ((), "nothing"),
        (ALL_IDS, "*"),
        (("mul.node", "mul.forward"), "mul.forward mul.node"),
        ({id for id in ALL_IDS if id.startswith(("pow.", "relu."))} | {"mul.square"}, "mul.square pow.* relu.*"),
    ],
)
def test_what_is_lost_is_said_in_few_words(lost: tuple[str, ...], words: str) -> None:
    assert patterns(lost) == words


def test_a_head_that_states_what_was_measured_stays_as_it_is() -> None:
    specimen, text = read_specimen(SPECIMEN), SPECIMEN.read_text(encoding="utf-8")
    assert rewritten(text, specimen, Found(specimen.points, frozenset(specimen.follows), specimen.names, "")) == text


@pytest.mark.parametrize("named", [frozenset[str](), frozenset({"relu.leaky"})])
def test_a_head_that_states_something_else_is_rewritten(tmp_path: Path, named: frozenset[str]) -> None:
    text = SPECIMEN.read_text(encoding="utf-8")
    path = tmp_path / "specimen.py"
    points = {**POINTS, "relu.at_zero": 0, "training.trajectory": 3, "training.loss_falls": 2, "mul.square": 2}
    followed = frozenset({"training.trajectory", "training.loss_falls", "mul.square"})
    path.write_text(rewritten(text, read_specimen(SPECIMEN), Found(points, followed, named, "")))
    again = read_specimen(path)
    assert (set(again.loses), again.names) == ({"relu.at_zero"}, named)
    assert again.follows == {id: points[id] for id in followed}
    assert again.cells == read_specimen(SPECIMEN).cells


def test_a_specimen_that_is_as_stated_is_graded_and_left(capsys: pytest.CaptureFixture[str]) -> None:
    before = SPECIMEN.read_bytes()
    main(["wrong/relu_no_mask"])
    assert capsys.readouterr().out == "1 specimens graded, 0 heads rewritten. Read the diff.\n"
    assert SPECIMEN.read_bytes() == before
