"""An instructor's fortnight: graded, marked, extended, corrected, handed in again, another rubric, and then imported.

Every run is killed at some steps first, and every total is computed anew here, from points, hours and decisions alone.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from assigned import CHECKS
from class_command import SECONDS
from forks import Forks
from specimens import skeleton, write
from stubbed_class import DIES_AT, FIRST, KILLED, SETTINGS, failing

POINTS = {check.id: check.points for check in CHECKS}
SECOND = next(check.id for check in CHECKS if check.question == "pow")
DUE = datetime(2026, 11, 30, 22, 59, tzinfo=timezone.utc)  # 23:59 in Berlin
GRACE, MOST_LATE, A_DAY = timedelta(minutes=15), timedelta(days=3), timedelta(days=1)
EXPLAINED = 5.0
PLACES = (1, 2, 4, 7)
"""Of the files that a run puts in place, by which it is killed."""
WHY = "The recorded test loss is measured after the update of its epoch, and the training loss before it."
RULES = """
title = "Lab 3"
time_zone = "Europe/Berlin"
due = "2026-11-30T23:59"
grace = "15 minutes"
late_policy = "10% per day, at most 3 days"
follow_through = {follow_through}
[explanation_points]
explain_1 = 5
explain_2 = 5
"""


@dataclass(frozen=True)
class Person:
    """A student as this test knows them; ``marks`` of explanations and ``checks``, ``total`` decided by people."""

    name: str
    number: int
    submitted: datetime
    fails: tuple[str, ...] = ()
    texts: tuple[str, str] = ("", "")
    readable: bool = True
    extended: datetime = DUE
    marks: Mapping[str, float] = field(default_factory=dict)
    checks: Mapping[str, float] = field(default_factory=dict)
    total: float | None = None

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@example.edu"

    def expected(self, follow_through: bool) -> float | None:
        """The total from first principles; None for no mark."""
        if self.total is not None or not self.readable:
            return self.total
        lost = failing(self.fails, follow_through)
        earned = sum(self.checks.get(id, 0 if id in lost else points) for id, points in POINTS.items())
        earned += sum(self.marks.values())
        late = self.submitted - self.extended - GRACE
        if late > MOST_LATE:
            return 0
        tenth = (sum(POINTS.values()) + 2 * EXPLAINED) / 10
        return round(max(0, earned - tenth * math.ceil(max(timedelta(0), late) / A_DAY)), 2)


def at(day: int, hour: int, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=timezone.utc)


CLASS = (
    Person("Ada Lovelace", 1, at(30, 20, 11), (), (WHY, "The gap is there from the start.")),
    Person("Bob Hopper", 2, at(1, 20), (FIRST, SECOND), (WHY.replace("recorded", "written"), "")),
    Person("Cy Young", 3, at(2, 12), (), ("It is one update ahead.", "Overfitting, I think.")),
    Person("Dee O'Neil", 4, at(5, 9), (SECOND,), ("No idea, sorry, none at all.", "")),
    Person("Eve Ng", 5, at(30, 9, 11), readable=False),
    Person("Fay Wray", 6, at(30, 23, 11), (FIRST,)),
)


def notebook(person: Person) -> dict[str, Any]:
    found = skeleton()
    for cell in found["cells"]:
        for number, text in enumerate(person.texts, start=1):
            if f"answer:explain_{number}" in cell["metadata"].get("tags", []) and text:
                cell["source"] = f"**Your explanation:**\n\n{text}"
    says = f"# fails: {' '.join(person.fails)}\n# {person.number}"
    code: dict[str, Any] = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": says}
    found["cells"].append(code)
    return found


class Course:
    """A course on disk, and the command at work on it."""

    def __init__(self, folder: Path, forks: Forks, monkeypatch: pytest.MonkeyPatch) -> None:
        self.export, self.out, self.roster = folder / "export", folder / "out", folder / "roster.csv"
        self._settings, self._forks, self._patch = folder / "course.toml", forks, monkeypatch
        self.killed = 0
        monkeypatch.setenv(SETTINGS, str(self._settings))
        self.rule(follow_through=True)

    def rule(self, *, follow_through: bool) -> None:
        """Write the settings."""
        self.follow_through = follow_through
        text = RULES.format(follow_through=json.dumps(follow_through))
        self._settings.write_text(text, encoding="utf-8")

    def hand_in(self, *people: Person) -> None:
        """Write what Gradescope exports, and the course's list as Canvas does."""
        listed = []
        for one in people:
            folder = self.export / f"submission_{one.number}"
            folder.mkdir(parents=True, exist_ok=True)
            write(notebook(one) if one.readable else {}, folder / "autodiff.ipynb")
            listed.append(
                f"submission_{one.number}:\n  :submitters:\n  - :name: \"{one.name}\"\n    :sid: '00{one.number}'\n"
                f"    :email: {one.email}\n  :created_at: {one.submitted:%Y-%m-%d %H:%M:%S} Z\n"
            )
        (self.export / "submission_metadata.yml").write_text("".join(listed), encoding="utf-8")
        lines = [f"{one.name},{100 + one.number},u{one.number},,{one.email}" for one in people]
        head = "Student,ID,SIS User ID,Section,Email"
        self.roster.write_text("\n".join([head, *lines, "Hal Absent,199,u9,,hal@example.edu"]), encoding="utf-8")

    def run(self, *options: str, status: int = 0) -> str:
        """Grade the class; before that, the same is killed instead of putting an early or later file in its place."""
        arguments = (str(self.export), "--out", str(self.out), "--roster", str(self.roster), *options)
        for place in PLACES:
            self._patch.setenv(DIES_AT, str(place))
            killed = self._forks.start("stubbed_class", *arguments)
            printed, _ = killed.communicate(SECONDS)
            assert killed.returncode in (KILLED, status), printed
            if killed.returncode != KILLED:
                break  # there was less to write
            self.killed += 1
        self._patch.setenv(DIES_AT, "0")
        done = self._forks.start("stubbed_class", *arguments)
        printed, _ = done.communicate(SECONDS)
        assert done.returncode == status, printed
        return printed

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def save(self, name: str, lines: list[dict[str, str]], delimiter: str = ",") -> None:
        """Save a table as a spreadsheet does."""
        text = io.StringIO()
        writer = csv.DictWriter(text, list(lines[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(lines)
        (self.out / name).write_text(text.getvalue(), encoding="utf-8-sig")

    def override(self, *lines: str) -> None:
        """Add lines to the overrides, as a person does."""
        path = self.out / "overrides.csv"
        path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")

    def check(self, people: tuple[Person, ...]) -> None:
        """Compare every total with that from first principles, in the gradebook and on the student's page."""
        wanted = {one.name: one.expected(self.follow_through) for one in people}
        for line in self.table("gradebook.csv"):
            total = float(line["Total Score"]) if line["Total Score"] else None
            assert total == wanted.get(line["Name"]), line
            page = json.loads((self.out / line["Report"]).with_suffix(".json").read_text(encoding="utf-8"))
            assert total is None or page["score"] == total
        assert {line["Name"] for line in self.table("gradebook.csv")} == {*wanted, "Hal Absent"}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Course]:
    with Forks("stubbed_class", "autograder.classroom.run", "autograder.classroom.regrade") as forks:
        yield Course(tmp_path, forks, monkeypatch)


def mark(course: Course, given: Mapping[str, str]) -> None:
    """Type points beside texts, and a comment that looks like a formula."""
    lines = course.table("explanations.csv")
    for line in lines:
        if line["text"] in given:
            line["points"], line["comment"] = given[line["text"]], "=well said"
    course.save("explanations.csv", lines, ";")


def of_canvas(path: Path) -> tuple[str, int, float, dict[str, float]]:
    """What Canvas takes from a file: the assignment's name, number and points, and scores by the students' ids.

    After its importer (lib/gradebook_importer.rb in github.com/instructure/canvas-lms): Student and ID come first,
    Section must be there, and what follows are assignments, each as "Name (number)"; a row says the points possible.
    """
    head, *lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    assert head[:2] == ["Student", "ID"] and "Section" in head
    first = max(head.index(name) for name in ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")) + 1
    [title] = head[first:]
    match = re.fullmatch(r"(.*) \((\d+)\)", title)
    assert match is not None
    possible = next(line for line in lines if line[0].strip() == "Points Possible")
    scores = {line[1]: float(line[first]) for line in lines if line is not possible}
    assert all(scores) and len(scores) == len(lines) - 1
    return match[1], int(match[2]), float(possible[first]), scores


def of_gradescope(lines: list[dict[str, str]]) -> dict[str, tuple[float | None, dict[str, float]]]:
    """Total and questions by e-mail address, from the columns of Gradescope's download of an assignment's grades.

    They are First Name, Last Name, SID, Email, Sections, Total Score, Max Points, Status, Submission ID, Submission
    Time, Lateness (H:M:S), View Count, Submission Count, and "1: name (5.0 pts)" for each question.
    """
    found = {}
    for line in lines:
        assert [*line][:13] == [
            *("First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points", "Status"),
            *("Submission ID", "Submission Time", "Lateness (H:M:S)", "View Count", "Submission Count"),
        ]
        assert (line["Status"] == "Graded") == bool(line["Total Score"])
        questions = {}
        for head, cell in line.items():
            if match := re.fullmatch(r"\d+: (.*) \((\d+\.\d) pts\)", head):
                assert not cell or 0 <= float(cell) <= float(match[2])
                questions[match[1]] = float(cell or 0)
        found[line["Email"]] = (float(line["Total Score"]) if line["Total Score"] else None, questions)
    return found


@pytest.mark.long
def test_an_instructors_fortnight(course: Course) -> None:
    ada, bob, cy, dee, eve, fay = CLASS
    course.hand_in(*CLASS)
    printed = course.run()  # the first day
    assert "Explanations that are not marked yet: 6" in printed and "Late submissions that lose points: 3" in printed
    assert "Due 2026-11-30 23:59 CET, and 15 minutes of grace. Lateness costs 10% of all points for each" in printed
    course.check(CLASS)
    assert [line["Late Deduction"] for line in course.table("gradebook.csv") if line["Name"] == "Cy Young"] == ["22"]

    course.run("--anonymous")  # the explanations, marked blind
    texts = [line["text"] for line in course.table("explanations.csv") if line["explanation"] == "explain_1"]
    assert abs(texts.index(ada.texts[0]) - texts.index(bob.texts[0])) == 1  # nearly the same
    assert {line["student"] for line in course.table("explanations.csv")} == {""}
    mark(course, {ada.texts[0]: "5", bob.texts[0]: "90%", cy.texts[0]: "4", cy.texts[1]: "1,5", dee.texts[0]: "0"})
    ada, bob = replace(ada, marks={"explain_1": 5}), replace(bob, marks={"explain_1": 4.5})
    cy, dee = replace(cy, marks={"explain_1": 4, "explain_2": 1.5}), replace(dee, marks={"explain_1": 0})
    printed = course.run()
    assert "Explanations that are not marked yet: 1," in printed  # Ada's second
    course.check((ada, bob, cy, dee, eve, fay))

    course.override("cy@example.edu,extension,2 days,ill", '"O\'Neil, Dee",extension,2026-12-03T23:59,=ill')
    cy, dee = replace(cy, extended=DUE + 2 * A_DAY), replace(dee, extended=DUE + 3 * A_DAY)
    course.run()
    course.check((ada, bob, cy, dee, eve, fay))
    assert "Extension to 2026-12-03 23:59 CET." in next(
        line["Notes"] for line in course.table("gradebook.csv") if line["Name"] == dee.name
    )

    course.override(f"002,{FIRST},{POINTS[FIRST]},=the idea is right", "Nobody,total,1,a slip")  # one correction
    assert re.search(r"overrides.csv, line \d+: nobody in the class is called Nobody", course.run(status=2))
    text = (course.out / "overrides.csv").read_text(encoding="utf-8").replace("Nobody,total,1,a slip\n", "")
    (course.out / "overrides.csv").write_text(text, encoding="utf-8")
    bob = replace(bob, checks={FIRST: POINTS[FIRST]})
    assert f"{FIRST}: 0 -> {POINTS[FIRST]} (=the idea is right)" in course.run()
    course.check((ada, bob, cy, dee, eve, fay))

    lines = course.table("gradebook.csv")  # a mark that is typed into the gradebook
    [line] = [line for line in lines if line["Name"] == fay.name]
    line["Total Score"] = "77,5"
    course.save("gradebook.csv", lines[::-1], ";")
    assert f"{fay.name}: Total Score: {fay.expected(True):g} -> 77,5" in course.run(status=2)
    course.run("--keep")
    fay = replace(fay, total=77.5)
    course.check((ada, bob, cy, dee, eve, fay))
    assert (course.out / "gradebook-edited-1.csv").exists()

    eve = replace(eve, readable=True, submitted=at(2, 8), fails=(FIRST,), texts=("", "A reason of my own."))
    ada = replace(ada, texts=(WHY + " So it is ahead.", ada.texts[1]), marks={})
    course.hand_in(ada, bob, cy, dee, eve, fay)  # handed in again
    course.run()
    course.check((ada, bob, cy, dee, eve, fay))
    kept = [line for line in course.table("explanations.csv") if line["text"] == WHY]
    assert [(line["points"], "does not count" in line["note"]) for line in kept] == [("5", True)]
    mark(course, {ada.texts[0]: "4"})
    ada = replace(ada, marks={"explain_1": 4})

    course.rule(follow_through=False)  # another rubric
    printed = course.run("--canvas-name", "Lab 3: gradients", "--canvas-id", "4711")
    people = (ada, bob, cy, dee, eve, fay)
    course.check(people)
    assert f"{eve.expected(True):g}" != f"{eve.expected(False):g}" and "Changed: eve-ng" in printed

    name, number, possible, scores = of_canvas(course.out / "canvas.csv")  # and imported
    assert (name, number, possible) == ("Lab 3: gradients", 4711, sum(POINTS.values()) + 2 * EXPLAINED)
    assert scores == {str(100 + one.number): one.expected(False) for one in people}
    imported = of_gradescope(course.table("gradebook.csv"))
    for one in people:
        total, questions = imported[one.email]
        assert total == one.expected(False)
        lost = failing(one.fails, False)
        assert sum(questions.values()) == sum(one.marks.values()) + sum(
            one.checks.get(id, 0 if id in lost else points) for id, points in POINTS.items()
        )
    assert imported["hal@example.edu"][0] is None
    assert course.killed > 20
