"""A complaint is answered: one student graded anew, verbosely, as the same file by itself is."""

from __future__ import annotations

import io
import json
import re
import shutil
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from made_once import made_once
from specimens import specimen_of, with_answers, write

from autograder.__main__ import main
from autograder.classroom.result_store import Store


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of which one is wrong where only hidden checks see it, in two operators, so that little is trained."""
    folder = tmp_path_factory.mktemp("class")
    cells = [*specimen_of("wrong/relu_capped_at_a_thousand").cells, *specimen_of("wrong/pow_no_factor").cells]
    mul = ("mul", "def __mul__(self, other):\n    return self\nsetattr(Value, '__mul__', __mul__)\n")
    write(with_answers(*cells, mul), folder / "Lovelace, Ada.ipynb")
    for name in ("Anna Lee", "Lee Anna"):
        (folder / f"{name}.ipynb").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graded(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what was ``printed`` when one student was graded for the first time, into ``out``."""

    def make(folder: Path) -> None:
        with redirect_stdout(io.StringIO()) as told:
            assert main(["class", str(export), "--out", str(folder / "out"), "--student", "ada lovelace"]) == 0
        (folder / "printed").write_text(told.getvalue(), encoding="utf-8")

    return made_once(tmp_path_factory, "complaint", make)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> str:
    assert main([str(one) for one in arguments]) == status
    captured = capsys.readouterr()
    return captured.out if status == 0 else captured.err


def told(text: str) -> tuple[str, str]:
    """The report without what differs from run to run, and the account of all that was run."""
    report, _, account = text.partition("\nAll that was run")
    return re.sub(r"Graded in .*", "", report), account.partition("\nLovelace, Ada (")[0].strip()


def test_grade_of_the_same_file_gives_the_same_inputs_and_marks(
    export: Path, graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = (graded / "printed").read_text(encoding="utf-8")
    file = printed(capsys, "grade", export / "Lovelace, Ada.ipynb", "--verbose", "--json", tmp_path / "report.json")
    assert told(one) == told(file)
    account = told(file)[1]
    assert "relu.forward_range (hidden)" in account
    assert account.count("Ran: ") > 100
    assert "Got: out.data = 1000" in account
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert "account" not in report
    [key] = Store(graded / "out" / "results")
    stored = Store(graded / "out" / "results").read(key)
    kept = ("id", "score", "outcome", "message")
    assert [[c[name] for name in kept] for c in stored["checks"]] == [
        [c[name] for name in kept] for c in report["checks"]
    ]
    inputs = [run["ran"] for runs in stored["account"].values() for run in runs]
    plain = " ".join(account.split())
    assert len(inputs) > 50
    assert [ran for ran in inputs if " ".join(ran.split()) not in plain] == []


def test_a_second_time_it_says_that_the_stored_result_is_the_same(
    export: Path, graded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "There was no result" in (graded / "printed").read_text(encoding="utf-8")
    shutil.copytree(graded / "out", tmp_path / "out")
    arguments = ("class", export, "--out", tmp_path / "out", "--student", "LOVELACE Ada")
    again = printed(capsys, *arguments)
    assert "The result that was stored is the same: " in again
    store = Store(tmp_path / "out" / "results")
    [key] = store
    wrong = store.read(key)
    earned = next(check for check in wrong["checks"] if check["score"])
    earned["score"] -= 1
    store.write(key, wrong)
    assert "has taken its place" in " ".join(printed(capsys, *arguments).split())
    assert store.read(key) != wrong
    assert not (tmp_path / "out" / "gradebook.csv").exists()


def test_who_is_not_certain_is_not_chosen(export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = printed(capsys, "class", export, "--out", tmp_path / "out", "--student", "Lee, Anna", status=2)
    assert "2 students may be meant by Lee, Anna: name one of anna-lee-" in both
    key = re.findall(r"anna-lee-[0-9a-f]+", both)[0]
    unread = printed(capsys, "class", export, "--out", tmp_path / "out", "--student", key)
    assert (
        "so it is no notebook" in " ".join(unread.split()) and "It could not be read, so there is no result." in unread
    )
    exactly = printed(capsys, "class", export, "--out", tmp_path / "out", "--student", "lee anna")
    assert "Lee Anna (lee-anna-" in exactly
    nobody = printed(capsys, "class", export, "--out", tmp_path / "out", "--student", "Ann", status=2)
    assert "nobody in the class is called Ann" in nobody
