"""The report on a terminal and in a pipe, and the progress bar."""

from __future__ import annotations

import io
import re

import pytest

from autograder.outlets import terminal
from autograder.vocabulary import Check, Isolation, Note, Outcome, OutcomeName, Report, Step

OUTCOMES: tuple[OutcomeName, ...] = ("passed", "failed", "not_attempted", "not_reached", "grader_fault")
LONG = "A product of two Values " * 10


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def outcome(
    kind: OutcomeName, question: str = "mul", title: str = "A title", message: str = "", hint: str = ""
) -> Outcome:
    return Outcome(Check(f"{question}.{kind}", question, title, 4, "public", "why"), kind, message, hint)


def rendered(*outcomes: Outcome, width: int = 80, colour: bool = False) -> str:
    isolation = Isolation((Step.RLIMITS, Step.LANDLOCK), (Step.OWN_UID,))
    report = Report("autodiff.ipynb", outcomes, isolation, 1.25, (Note("A note."),))
    return terminal.render(report, colour=colour, width=width)


def test_the_report_opens_with_the_score_and_closes_with_notes_isolation_and_time() -> None:
    lines = rendered(outcome("passed"), outcome("failed")).splitlines()
    assert re.fullmatch(r"autodiff\.ipynb +4 / 8", lines[0])
    assert lines[-3:] == ["A note.", "Isolation: rlimits, landlock; missing: own uid.", "Graded in 1.2 s."]


def test_each_question_has_its_points_and_each_check_its_mark() -> None:
    text = rendered(*map(outcome, OUTCOMES), outcome("passed", "pow"))
    assert re.search(r"^mul +4 / 20$", text, re.MULTILINE)
    assert re.search(r"^pow +4 / 4$", text, re.MULTILINE)
    assert re.findall(r"^  (.) A title +(\d) / 4$", text, re.MULTILINE) == [
        *zip("✓✗–·!", "40000", strict=True),
        ("✓", "4"),
    ]


def test_a_failure_shows_its_lines_and_its_hint_in_order() -> None:
    text = rendered(outcome("failed", message="Ran: a * b\nGot: 3", hint="Is it a sum?"))
    assert "      Ran: a * b\n      Got: 3\n      Hint: Is it a sum?\n" in text


def test_a_blank_question_says_so_once() -> None:
    blank = outcome("not_attempted", message="__mul__ is still blank.")
    assert rendered(blank, blank, blank).count("still blank") == 1


@pytest.mark.parametrize("width", [0, 60, 77, 100, 500])
def test_lines_keep_to_the_width_and_points_to_its_edge(width: int) -> None:
    text = rendered(outcome("failed", title=LONG, message=LONG, hint="x" * 300), width=width)
    limit = max(60, min(width, 100))
    assert max(map(len, text.splitlines())) == limit
    assert all(len(line) == limit for line in text.splitlines() if line.endswith("0 / 4"))


def test_plain_text_holds_no_escape() -> None:
    assert "\x1b" not in rendered(*map(outcome, OUTCOMES))


def test_colour_changes_nothing_but_the_style() -> None:
    outcomes = [outcome(kind, message="text", hint="more") for kind in OUTCOMES]
    coloured = rendered(*outcomes, colour=True)
    assert "\x1b[31m  ✗ \x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == rendered(*outcomes)


@pytest.mark.parametrize(
    "evil", ["\x1b[2J", "\x9b1m", "\r", "\b", "\x07", "\u202e", "\u2066", "\x00", "\x7f", "\ud800"]
)
def test_a_text_cannot_steer_the_terminal(evil: str) -> None:
    hostile = outcome("failed", title=f"a{evil}b", message=f"c{evil}d", hint=f"e{evil}f")
    report = Report(f"g{evil}h", (hostile,), Isolation(), notes=(Note(f"j{evil}k"),))
    text = terminal.render(report, colour=False, width=80)
    assert evil not in text
    assert text.count("\N{REPLACEMENT CHARACTER}") == 5


def test_marks_fall_back_to_ascii_where_the_encoding_lacks_them() -> None:
    text = terminal.encodable("✓ ✗ – · größer", "ascii")
    assert text == "+ x - . gr\\xf6\\xdfer"
    assert terminal.encodable("✓ größer", "utf-8") == "✓ größer"


@pytest.mark.parametrize(
    "stream, environment, colour",
    [
        (Terminal(), {}, True),
        (io.StringIO(), {}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_follows_the_terminal_and_the_environment(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, environment: dict[str, str], colour: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.wants_colour(stream) is colour


def test_the_bar_shows_the_step_and_a_number_and_is_wiped() -> None:
    stream = Terminal()
    with terminal.progress_bar(stream) as progress:
        assert progress is not None
        progress(4, 10, 124.7956)
        progress(10, 10, 1e300)
    assert "\rtraining [####......] 4 of 10: 124.8 " in stream.getvalue()
    assert stream.getvalue().endswith("\r" + " " * 78 + "\r")


def test_the_bar_is_wiped_after_an_exception_too() -> None:
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt), terminal.progress_bar(stream):
        raise KeyboardInterrupt
    assert stream.getvalue().endswith("\r")


@pytest.mark.parametrize("dumb", [True, False])
def test_there_is_no_bar_where_it_cannot_be_wiped(monkeypatch: pytest.MonkeyPatch, dumb: bool) -> None:
    stream = Terminal() if dumb else io.StringIO()
    if dumb:
        monkeypatch.setenv("TERM", "dumb")
    with terminal.progress_bar(stream) as progress:
        assert progress is None
    assert stream.getvalue() == ""
