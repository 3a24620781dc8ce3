"""The course's settings: all in one file, and what is wrong in it is told with its line and the right name."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest
from assigned import MANIFEST
from specimens import ROOT

from autograder import __main__ as cli
from autograder import plain_words, settings, settings_file
from autograder.settings import Config, SettingsError

TEXTS = [answer.name for answer in MANIFEST.answers if answer.kind == "text"]
OWN_SALT = "a salt of this course"


@pytest.fixture(autouse=True)
def no_salt_of_this_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(settings.SALT_VARIABLE, raising=False)
    monkeypatch.setattr(settings, "SALT_FILE", tmp_path / "salt.txt")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FILE", tmp_path / "settings.toml")
    return tmp_path / "settings.toml"


def load(file: Path, *lines: str) -> Config:
    """The settings of a file with these lines."""
    file.write_text("\n".join(lines), encoding="utf-8")
    found: Config = settings.load.__wrapped__()
    found.check_names(MANIFEST.questions, TEXTS)
    return found


def told(file: Path, *lines: str) -> str:
    """The error of a file with these lines."""
    with pytest.raises(SettingsError) as error:
        load(file, *lines)
    return str(error.value)


def test_the_file_that_we_give_holds_every_setting_with_its_default() -> None:
    given = settings.load.__wrapped__()
    assert {**vars(given), "lines": {}} == vars(Config(settings.PUBLIC_SALT))
    assert {name for section, name in given.lines if not section} == {*settings._SETTINGS}
    text = settings.FILE.read_text(encoding="utf-8")
    for section in settings._BY_NAME:
        assert f"[{section}]" in text
    for entry in given.lines.values():
        before = text.splitlines()[entry - 2]
        assert before.startswith(("#", "wall_seconds")), f"line {entry} explains nothing"


def test_what_stands_in_comments_works_when_it_is_uncommented(file: Path) -> None:
    text = settings_file_text()
    course = load(file, *re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE).splitlines())
    assert course.visibility and course.explanation_points
    for quoted in re.findall(r'"([^"]* per [^"]*)"', re.sub(r"\s*\n# ", " ", text)):
        plain_words.policy(quoted)


def settings_file_text() -> str:
    return (ROOT / "autograder" / "settings.toml").read_text(encoding="utf-8")


def test_the_file_is_toml_as_others_read_it() -> None:
    tomllib: Any = pytest.importorskip("tomllib", reason="Python's own reader of TOML is new in 3.11")
    theirs = tomllib.loads(settings_file_text())
    ours = settings_file.read(settings_file_text().encode(), "here")
    assert {(*place, entry.value) for place, entry in ours.items()} == {
        ("" if not isinstance(value, dict) else name, own, one)
        for name, value in theirs.items()
        for own, one in (value.items() if isinstance(value, dict) else [(name, value)])
    }


def test_all_settings_are_read(file: Path) -> None:
    course = load(
        file,
        *('title = "Lab 3 # not a comment"', 'hidden_visibility = "hidden"', "follow_through = false  # strict"),
        *('time_zone = "Europe/Berlin"', 'due = "2026-11-30T23:59"', 'grace = "15 minutes"'),
        *(
            'late_policy = "10% per day, at most 3 days"',
            "wall_seconds = 200",
            "cpu_seconds = 60.5",
            "",
            "[visibility]",
        ),
        *('training = "after_due_date"', "[explanation_points]  # two", "explain_1 = 5", "explain_2 = 2.5"),
    )
    assert (course.title, course.follow_through) == ("Lab 3 # not a comment", False)
    assert (course.visibility_of("training"), course.visibility_of("test_vs_train")) == ("after_due_date", "hidden")
    assert course.due_at == datetime(2026, 11, 30, 22, 59, tzinfo=timezone.utc)
    assert (course.grace, course.wall_seconds, course.cpu_seconds) == (timedelta(minutes=15), 200, 60.5)
    assert course.late_policy == plain_words.policy("10% per day, at most 3 days")
    assert course.explanation_points == {"explain_1": 5, "explain_2": 2.5}


@pytest.mark.parametrize(
    "lines, line, says",
    [
        (["# fine", 'titel = "x"'], 2, "no setting titel; did you mean title?"),
        (['salt = "0123456789abcdef"'], 1, "salt.txt"),
        (["[visibilty]", 'training = "hidden"'], 2, "did you mean visibility?"),
        (["[visibility]", 'trainig = "hidden"'], 2, "did you mean training?"),
        (["[explanation_points]", "choice_1 = 5"], 2, "no setting choice_1"),
        (["[explanation_points]", "", "explain_1 = -5"], 3, "explain_1 must be a number from 0"),
        (["[visibility]", 'training = "never"'], 2, "after_published, after_due_date, hidden"),
        (['hidden_visibility = "Hidden"'], 1, "hidden_visibility must be one of"),
        (["follow_through = yes"], 1, "true or false"),
        (["follow_through = 1"], 1, "follow_through must be true or false"),
        (['follow_through = "no"'], 1, "follow_through must be true or false"),
        (["follow_through = null"], 1, "follow_through must be a text"),
        *(
            ([f"cpu_seconds = {value}"], 1, "cpu_seconds must be a")
            for value in (29, 421, '"60"', "null", "true", "NaN")
        ),
        (["title = 5"], 1, "text in double quotes"),
        (["title = 'x'"], 1, "double quotes"),
        (['title = "x" y'], 1, "double quotes"),
        (['title = "x"', 'title = "y"'], 2, "title is set in line 1 already"),
        (["title"], 1, "name = value"),
        (['due = "30.11.2026"'], 1, "due write a time such as"),
        (['grace = "a while"'], 1, "'15 minutes'"),
        (['late_policy = "ten percent a day"'], 1, "'10% per day, at most 3 days'"),
        (['time_zone = "Europe/Berln"'], 1, "did you mean Europe/Berlin?"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(file: Path, lines: list[str], line: int, says: str) -> None:
    message = told(file, *lines)
    assert message.startswith(f"settings.toml, line {line}: ")
    assert says in message


def test_a_file_in_another_encoding_is_named_with_its_line(file: Path) -> None:
    file.write_bytes('# fine\ntitle = "Prüfung"\n'.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"settings\.toml, line 2: this is not UTF-8"):
        settings.load.__wrapped__()
    file.write_bytes('\ufefftitle = "Prüfung"\r\n'.encode())
    assert settings.load.__wrapped__().title == "Prüfung"


def test_every_command_stops_at_a_wrong_line_before_it_begins(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "load", settings.load.__wrapped__)
    file.write_text('[visibility]\nrelo = "hidden"\n', encoding="utf-8")
    for words in (["grade", "x.ipynb"], ["class", "x", "--out", "y"], ["build"], ["zip"]):
        assert cli.main(words) == 2
        assert f"{file}, line 2: there is no setting relo; did you mean relu?" in capsys.readouterr().err


# --- the salt ---------------------------------------------------------------------------------------------------------


def test_the_salt_is_that_of_the_environment_else_of_its_file_else_the_public_one(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(file).salt == settings.PUBLIC_SALT
    settings.SALT_FILE.write_text(OWN_SALT + "\n", encoding="utf-8")
    assert load(file).salt == OWN_SALT
    monkeypatch.setenv(settings.SALT_VARIABLE, OWN_SALT[::-1])
    assert load(file).salt == OWN_SALT[::-1]


def test_a_salt_that_is_too_short_is_told_with_its_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SALT_FILE.write_text("short", encoding="utf-8")
    assert told(file).startswith("salt.txt, line 1: the salt must be one line of at least 16 characters")
    monkeypatch.setenv(settings.SALT_VARIABLE, "")
    assert told(file).startswith("AUTOGRADER_SALT in the environment: ")


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_ignores_the_file_with_the_salt() -> None:
    command = ["git", "check-ignore", "-q", "autograder/salt.txt"]
    assert subprocess.run(command, cwd=ROOT, timeout=30).returncode == 0


@pytest.mark.parametrize("salt, warns", [(settings.PUBLIC_SALT, True), (OWN_SALT, False)])
def test_the_public_salt_warns_when_the_zip_is_made(
    salt: str, warns: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from autograder.authoring import package

    monkeypatch.setattr(settings, "load", lambda: Config(salt))
    monkeypatch.setattr(package, "make_zip", lambda *_: package.Release((), (), ()))
    monkeypatch.setattr(package.Release, "table", lambda self: "made")
    assert cli.main(["zip"]) == 0
    assert ("WARNING: the salt is the public one" in capsys.readouterr().err) == warns


# --- plain words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words, hours, of, taken",
    [
        ("10% per day, at most 3 days", 0, 90, 0),
        ("10% per day, at most 3 days", 1, 90, 10),
        ("10% per day, at most 3 days", 24, 90, 10),
        ("10% per day, at most 3 days", 25, 90, 20),
        ("10% per day, at most 3 days", 72, 90, 30),
        ("10% per day, at most 3 days", 72.1, 90, 90),
        ("10% per day, at most 3 days", 48, 15, 15),
        ("10% per day, at most 30%", 24 * 9, 90, 30),
        ("10% of the score per day", 25, 90, 18),
        ("5 points per hour, at most 20 points", 3, 90, 15),
        ("5 points per hour, at most 20 points", 30, 90, 20),
        ("1 point per day", 1, 90, 1),
        ("0.5% per hour", 2.5, 90, 1.5),
        ("100% per day", 1, 90, 90),
    ],
)
def test_a_policy_takes_what_its_words_say(words: str, hours: float, of: float, taken: float) -> None:
    assert plain_words.policy(words).deduction(timedelta(hours=hours), of, 100) == taken


@pytest.mark.parametrize(
    "words, says",
    [
        ("10% per day, at most 3 days", "10% of all points for each day begun; no points when later than 3 days"),
        ("5 points per hour, at most 20 points", "5 points for each hour begun, but no more than 20 points"),
        ("10% of the score per day", "10% of the points earned for each day begun"),
    ],
)
def test_a_policy_says_in_a_sentence_how_it_was_understood(words: str, says: str) -> None:
    assert plain_words.policy(words).in_words() == says


@pytest.mark.parametrize(
    "words",
    [
        "",
        "10%",
        "10% per week",
        "10 per day",
        "5 points of the score per day",
        "10% per day, at most 5 points",
        "110% per day",
        "10% per day, at most 3",
        "-10% per day",
        "10% per day at most 3 days",
    ],
)
def test_words_that_are_no_policy_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"10% per day|unit of the deduction|100%"):
        plain_words.policy(words)


def test_a_time_without_an_offset_is_one_of_the_course_and_a_date_alone_means_its_end() -> None:
    berlin = plain_words.time_zone("Europe/Berlin")
    for text, utc in {
        "2026-11-30T23:59": "2026-11-30T22:59",
        "2026-06-30 23:59": "2026-06-30T21:59",
        "2026-11-30T23:59+01:00": "2026-11-30T22:59",
        "2026-11-30T22:59Z": "2026-11-30T22:59",
        "2026-11-30": "2026-11-30T22:59:59",
    }.items():
        found = plain_words.moment(text, berlin)
        assert found == datetime.fromisoformat(utc).replace(tzinfo=timezone.utc)
        assert found.tzinfo is berlin


def test_where_no_time_zones_are_installed_only_those_who_need_one_are_stopped(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(name: str) -> Any:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(plain_words, "ZoneInfo", none)
    monkeypatch.setattr(plain_words, "available_timezones", lambda: set())
    course = load(file, 'time_zone = "Europe/Berlin"', 'due = "2026-11-30"')
    with pytest.raises(plain_words.NoZonesError, match="pip install tzdata"):
        course.due_at  # noqa: B018 - reading it is what is tried
    assert load(file, 'due = "2026-11-30"').due_at is not None
