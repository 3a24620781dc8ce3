"""What is published of a class: each student's own for them, everything for the staff, and names only where wanted."""

from __future__ import annotations

import csv
import html
import json
import re
import stat
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from assigned import CHECKS, HINTS, expected, grade_submission, read_submission
from class_rows_by_hand import all_of, answers, report, row, rows, student, texts, unread
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from specimens import specimen_of, with_answers, write

from autograder import settings
from autograder.classroom import staff_page
from autograder.classroom.hand_ins import ByHand, Decision, HandIn, Lateness, Marked, Student
from autograder.classroom.naming import Names, Pseudonyms, pseudonym, readable
from autograder.classroom.publish import publish
from autograder.classroom.student_view import student_view
from autograder.grading.draws import Draws
from autograder.plain_words import policy
from autograder.vocabulary import Note, Sign

HIDDEN = [check for check in CHECKS if check.visibility == "hidden"]
EVIL = "<script>alert(1)</script>\x1b[31m\u202eevil\ud800\"'&{{ 7 * 7 }}"
ADA = student("Ada Lovelace", key="ada-lovelace-1", email="ada.l@example.edu", ids={"ID": "48151623"})
BOB = student("Bob Hopper", key="bob-hopper-2", email="bob@example.edu", ids={"ID": "42108815"})
CANVAS = student("noetheremmy", key="noetheremmy-3", ids={"ID": "31415926"})
ODD = tuple(f"def f():\n    x{k} = {list(range(k, k + 9))}\n" for k in range(9))
"""Statements that nobody writes by chance."""
IDENTIFYING = ("ada", "lovelace", "hopper", "noether", "emmy", "48151623", "42108815", "31415926", "example.edu")


def script() -> str:
    """The only script of any page."""
    return (Path(staff_page.__file__).parent / "templates" / "class.js").read_text(encoding="utf-8")


def class_html(out: Path) -> str:
    return (out / "class.html").read_text(encoding="utf-8")


def view(one: Marked, visibility: str = "after_published") -> dict[str, Any]:
    return student_view(one, Names(), lambda question: visibility)


def told(one: Marked, visibility: str = "after_published") -> str:
    return json.dumps(view(one, visibility), ensure_ascii=False)


# --- files ------------------------------------------------------------------------------------------------------------


def test_every_student_has_a_page_and_the_same_as_json(tmp_path: Path) -> None:
    publish(rows(row("Ada"), unread("Bob", "It is no notebook.")), tmp_path)
    assert {str(path) for path in texts(tmp_path)} == {
        *("gradebook.csv", ".autograder/gradebook.last.csv", "class.html"),
        *(f"reports/{name}.{kind}" for name in ("ada", "bob") for kind in ("html", "json")),
        *("staff/ada.html", "staff/bob.html"),
    } | {str(path) for path in texts(tmp_path) if path.parts[0] == "versions"}
    shown = json.loads((tmp_path / "reports" / "ada.json").read_text(encoding="utf-8"))
    assert (shown["schema"], shown["student"], shown["score"]) == ("autodiff-student/1", "Ada", 100)
    assert "It is no notebook." in (tmp_path / "reports" / "bob.html").read_text(encoding="utf-8")


def test_nobody_else_on_the_machine_reads_them(tmp_path: Path) -> None:
    publish(rows(row("Ada")), tmp_path)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_file()} == {0o600}


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    publish(rows(row("Ada"), row("Bob")), tmp_path)
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*") if path.is_file()}
    publish(rows(row("Ada"), row("Bob")), tmp_path)
    assert {path: path.stat().st_ino for path in tmp_path.rglob("*") if path.is_file()} == before


def test_reports_of_who_left_are_removed_and_other_files_stay(tmp_path: Path) -> None:
    publish(rows(row("Ada"), row("Bob")), tmp_path)
    for name in ("mine.html", "mine.json"):
        (tmp_path / "reports" / name).write_text("{}", encoding="utf-8")
    publish(rows(row("Ada")), tmp_path)
    assert {path.name for path in (tmp_path / "reports").iterdir()} == {
        *("ada.html", "ada.json", "mine.html", "mine.json")
    }


def test_a_run_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    publish(rows(row("Ada")), tmp_path)
    before = texts(tmp_path)

    def failing() -> Iterator[Marked]:
        yield row("Ada")
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        publish(failing, tmp_path)
    assert texts(tmp_path) == before


# --- what a student may see -------------------------------------------------------------------------------------------


def test_a_student_sees_no_note_for_the_staff() -> None:
    marks = report(notes=[Note("a secret", "staff"), "For you."])
    one = row("Ada", marks, explanations={"explain_1": "my own words"})
    assert view(one)["notes"] == ["For you."]
    assert "a secret" not in told(one)
    assert "misconception" not in told(one)


def test_the_report_says_which_version_counts(tmp_path: Path) -> None:
    publish(rows(row("Ada", late=True, notes=("Other versions: a.ipynb.",))), tmp_path)
    page = (tmp_path / "reports" / "ada.html").read_text(encoding="utf-8")
    assert "Other versions: a.ipynb." in page
    assert "(late)" in page


def test_where_hidden_checks_are_never_shown_nothing_tells_of_them() -> None:
    one = row("Ada", report(all_of("mul"), messages={"mul.node": f"Runs once this passes: {HIDDEN[0].title}."}))
    shown = view(one, "hidden")
    assert {check["visibility"] for check in shown["checks"]} == {"public"}
    assert shown["score"] == sum(c.points for c in CHECKS if c.visibility == "public" and c.question != "mul")
    assert shown["max_score"] == sum(check.points for check in CHECKS if check.visibility == "public")
    assert not [check.title for check in HIDDEN if check.title in told(one, "hidden")]


def test_a_fault_of_the_grader_is_no_zero_on_the_page(tmp_path: Path) -> None:
    one = row("Ada", report({"mul.square": ""}, outcome="grader_fault"))
    assert view(one)["score"] is None
    publish(rows(one), tmp_path)
    page = (tmp_path / "reports" / "ada.html").read_text(encoding="utf-8")
    assert "No mark yet" in page
    assert not re.search(r"\b\d+ of 100 points", page)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Marked, Draws]:
    """A submission that fails public checks of a power and hidden ones of relu, graded; and what was drawn for it."""
    path = tmp_path_factory.mktemp("wrong") / "autodiff.ipynb"
    cells = [*specimen_of("wrong/pow_no_factor").cells, *specimen_of("wrong/relu_capped_at_a_thousand").cells]
    write(with_answers(*cells), path)
    submission = read_submission(path)
    graded = grade_submission(submission).to_json()
    generator = settings.load().generator
    marked = Marked(HandIn(ADA, path), graded, "key", submission.cells, submission.explanations)
    return marked, Draws(CHECKS, lambda check: generator(submission.fingerprint, check.id))


def test_no_report_holds_a_hidden_input_or_an_expected_hidden_number(wrong: tuple[Marked, Draws]) -> None:
    marked, draws = wrong
    numbers: set[str] = set()
    for check in CHECKS:
        if check.visibility == "hidden" and check.question in ("mul", "pow", "relu"):
            for inputs in draws.inputs(check):
                numbers |= _long_numbers([dict(inputs), dict(expected(check, inputs))])
    hidden = [check for check in view(marked)["checks"] if check["visibility"] == "hidden"]
    assert any(check["outcome"] == "failed" and check["lines"] for check in hidden)
    assert len(numbers) > 20
    assert not [number for number in numbers if number in told(marked)]


def _long_numbers(value: object) -> set[str]:
    """The numbers in a value of JSON that have enough digits not to stand somewhere by chance."""
    return {number for number in re.findall(r"\d+\.\d+", json.dumps(value)) if len(number) > 5}


def test_a_report_holds_the_hint(wrong: tuple[Marked, Draws]) -> None:
    hint = HINTS["pow.no_factor"]
    lines = [line for check in view(wrong[0])["checks"] for line in check["lines"]]
    assert any(line == f"Hint: {hint}" for line in lines)


def test_no_report_holds_another_students_data(tmp_path: Path) -> None:
    names = {"Ada": "ENIGMA", "Bob": "COLOSSUS"}
    publish(
        rows(
            *(
                row(name, report(notes=[f"A note on {word}."]), explanations={"explain_1": word}, cells=[f"# {word}"])
                for name, word in names.items()
            )
        ),
        tmp_path,
    )
    for name, word in names.items():
        other = next(value for value in names.values() if value != word)
        for kind in ("html", "json"):
            text = (tmp_path / "reports" / f"{name.lower()}.{kind}").read_text(encoding="utf-8")
            assert word in text
            assert other not in text


# --- escaping ---------------------------------------------------------------------------------------------------------


def evil_class() -> tuple[Marked, ...]:
    who = Student("evil", EVIL, EVIL, {"ID": EVIL})
    marks = report({"mul.accumulates": "mul.overwrites"}, messages={"mul.accumulates": EVIL}, notes=[EVIL])
    odd = [f"def f():\n    x{k} = {list(range(k, k + 9))}\n" for k in range(9)] + [
        f"# {EVIL} is what we both wrote here"
    ]
    return (
        *(row(f"S{k}") for k in range(60)),
        row(who, marks, cells=odd, explanations={"explain_1": EVIL}, notes=(EVIL,), submitted=EVIL, files=(EVIL,)),
        row(Student("other", EVIL), cells=odd, judged_before=report({"mul.square": ""})),
        unread(Student("third", EVIL), EVIL),
    )


@pytest.mark.parametrize("anonymous", [False, True])
def test_nothing_of_a_students_is_more_than_text(anonymous: bool, tmp_path: Path) -> None:
    publish(rows(*evil_class()), tmp_path, anonymous=anonymous)
    for path, text in texts(tmp_path).items():
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text), path
        if path.suffix == ".html":
            assert "<script" not in text.replace(f"<script>{script()}</script>", "")
    assert anonymous or "&lt;script&gt;" in class_html(tmp_path)
    assert anonymous or "{{ 7 * 7 }}" in html.unescape(class_html(tmp_path))


def test_a_text_of_a_megabyte_is_cut(tmp_path: Path) -> None:
    long = "x" * 2**20
    marks = report({"mul.node": ""}, messages={"mul.node": long}, notes=[long])
    who = Student("a", long, long, {"ID": long})
    publish(rows(row(who, marks, explanations={"explain_1": long}, notes=(long,), cells=[long])), tmp_path)
    assert max(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) < 100_000


@hypothesis.settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_a_readable_text_keeps_all_letters_and_no_control(text: str) -> None:
    shown = readable(text)
    assert all(c.isprintable() or c in "\n\u200c\u200d" for c in shown)
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]


def test_what_people_write_with_is_kept() -> None:
    for text in ("naïve façade", "می‌خواهم", "两个损失", "a\tb", "a\u00a0b", "👩‍🔬 did it"):
        assert "\N{REPLACEMENT CHARACTER}" not in readable(text)
    assert readable("a\r\nb\rc\td") == "a\nb\nc d"


# --- pseudonyms -------------------------------------------------------------------------------------------------------


def named_class() -> tuple[Marked, ...]:
    """A class whose names stand everywhere where a name can stand."""
    problem = report(
        {"mul.accumulates": "mul.overwrites"},
        messages={"mul.accumulates": "Got: NameError: ada_lovelace is not defined"},
        notes=[
            "`AdaLovelace = 1` raised NameError: Ada.",
            Note("`x` took too long and was left out.", sign=Sign.STATEMENT_TIMED_OUT),
        ],
    )
    both = [f"def f():\n    x{k} = {list(range(k, k + 9))}\n" for k in range(9)] + [
        "# Ada Lovelace wrote all of this herself, with care"
    ]
    return (
        *(row(f"S{k}") for k in range(60)),
        row(
            ADA,
            problem,
            explanations={"explain_1": "ADA LOVELACE (ada.l@example.edu):\nI think, with Bob Hopper and emmy noether"},
            cells=(*both, "import lovelace_tools"),
            notes=("Other versions or files, which do not count: Lovelace, A 48151623 old.ipynb, old ada.zip.",),
            files=("Lovelace, A 48151623 old.ipynb", "old ada.zip", "ada.ipynb"),
            late=True,
            judged_before=report(),
        ),
        row(BOB, cells=both, explanations={"explain_2": "Hopper, Bob. Copied from Ada Lovelace, 48151623."}),
        unread(CANVAS, "Several notebooks: noetheremmy_31415926_7_Emmy.ipynb, b.ipynb.", notes=("By Emmy Noether.",)),
    )


def test_pseudonyms_stand_in_everything_but_the_gradebooks(tmp_path: Path) -> None:
    publish(rows(*named_class()), tmp_path, anonymous=True)
    for path, text in texts(tmp_path).items():
        if path.suffix != ".csv" and path.parts[0] != "versions":
            shown = re.sub(r"student-[0-9a-f]{12}", "", f"{path} {text}").lower()
            assert not [word for word in IDENTIFYING if re.search(rf"(?<![a-z]){word}|{word}(?![a-z])", shown)], path
    page = class_html(tmp_path)
    for who in (ADA, BOB, CANVAS):
        assert pseudonym(who.key) in page
        assert (tmp_path / "reports" / f"{pseudonym(who.key)}.html").is_file()
    assert f"with {pseudonym(BOB.key)} and {pseudonym(CANVAS.key)}" in page
    assert "9 submissions" not in page


def test_the_gradebook_has_the_names_and_leads_to_the_pseudonyms(tmp_path: Path) -> None:
    publish(rows(*named_class()), tmp_path, anonymous=True)
    line = next(line for line in (tmp_path / "gradebook.csv").read_text().splitlines() if "Ada Lovelace" in line)
    assert f"reports/{pseudonym(ADA.key)}.html" in line
    assert "Ada Lovelace" in (tmp_path / "canvas.csv").read_text()


def test_pseudonyms_stay_the_same_in_another_run_and_need_the_salt(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pseudonym("ada-1")
    assert first == pseudonym("ada-1") != pseudonym("ada-2")
    monkeypatch.setattr(settings, "load", lambda: settings.Config("another salt of a term"))
    assert pseudonym("ada-1") != first


def test_the_order_of_a_page_without_names_is_not_that_of_the_names(tmp_path: Path) -> None:
    made = [
        row(f"S{k:02d}", late=True, explanations={"explain_1": f"text {k}"}, judged_before=report({"mul.square": ""}))
        for k in range(30)
    ]
    publish(rows(*made), tmp_path, anonymous=True)
    (section,) = re.findall(r'aria-label="What students wrote, explanation 1".*?</details>', class_html(tmp_path), re.S)
    found = re.findall(r"student-[0-9a-f]{12}", section)
    assert found == sorted(found)
    assert found != [pseudonym(one.hand_in.student.key) for one in made]


def test_reports_with_names_go_when_pseudonyms_are_wanted(tmp_path: Path) -> None:
    publish(rows(row(ADA)), tmp_path)
    publish(rows(row(ADA)), tmp_path, anonymous=True)
    assert {path.stem for path in (tmp_path / "reports").iterdir()} == {pseudonym(ADA.key)}


WORDS = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x17F), min_size=3, max_size=10)


@hypothesis.settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(WORDS, WORDS, st.sampled_from(["{0} {1}", "{1}, {0}", "{0}_{1}", "{1}{0}", "{0}", "({1})", "x.{0}-{1}!"]))
def test_a_students_own_name_is_found_however_it_is_written(first: str, last: str, form: str) -> None:
    who = Student("key-1", f"{first} {last}")
    hand_in = HandIn(who, None)
    shown = Pseudonyms([hand_in]).shown("I am " + form.format(first, last) + " ok", hand_in)
    assert shown.startswith("I am ")
    rest = shown.replace(pseudonym("key-1"), "").removeprefix("I am ").removesuffix(" ok")
    assert first not in rest
    assert last not in rest


@hypothesis.settings(max_examples=100, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_a_text_without_names_stays_as_it_is(text: str) -> None:
    hand_in = HandIn(Student("key-1", "Zzyzx Qwortle"), None)
    expected_text = readable(text)
    if "@" not in expected_text and "." not in expected_text:
        assert Pseudonyms([hand_in]).shown(text, hand_in) == expected_text


# --- the page for the staff -------------------------------------------------------------------------------------------


def test_the_page_for_the_staff_has_everything(tmp_path: Path) -> None:
    publish(rows(*named_class()), tmp_path)
    page = html.unescape(re.sub(r"<[^>]+>", " ", class_html(tmp_path)))
    assert re.search(r"x\d = \[\d, ", page)
    for words in (
        *("How many submissions have how many points", "How many pass each check", "mul.overwrites"),
        *("imports lovelace_tools", "a statement took too long to load", "Several notebooks", "handed in late"),
        *("never a proof", "# Ada Lovelace wrote all", "I think, with Bob Hopper", "right letter"),
        *(
            "What an earlier version of the grader judged otherwise",
            "The submissions that took longest",
            "Any other cause: fewer test houses",
        ),
    ):
        assert words in page


def test_the_guide_stands_beside_the_answers_it_is_about(tmp_path: Path) -> None:
    publish(rows(row("Ada", explanations={"explain_1": "ONE", "explain_2": "TWO"})), tmp_path)
    first, second = re.findall(r'<div class="columns">.*?</details>', class_html(tmp_path), re.S)
    assert "the test loss starts lower" in first and "ONE" in first and "TWO" not in first
    assert "the training loss ends lower" in second and "TWO" in second and "ONE" not in second


def test_a_long_explanation_is_cut_on_the_page_of_all_and_whole_on_the_students(tmp_path: Path) -> None:
    long = " ".join(f"w{k}" for k in range(900))
    publish(
        rows(row("Ada", explanations={"explain_1": long}), row("Bob", explanations={"explain_1": "short"})), tmp_path
    )
    page = class_html(tmp_path)
    assert "short</p>" in page
    assert "w100 " in page and "w899" not in page
    assert page.count("The whole text") == 1
    assert 'href="staff/ada.html#words"' in page
    assert long in (tmp_path / "staff" / "ada.html").read_text(encoding="utf-8")


def test_a_guide_that_is_missing_or_laid_out_otherwise_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_page, "GUIDE", tmp_path / "guide.md")
    publish(rows(row("Ada")), tmp_path)
    assert "solutions/marking-guide.md, is not here" in class_html(tmp_path)
    (tmp_path / "guide.md").write_text("Just <b>read</b> them.", encoding="utf-8")
    publish(rows(row("Ada")), tmp_path)
    assert "Just &lt;b&gt;read&lt;/b&gt; them." in class_html(tmp_path)


def test_an_empty_class_has_a_page(tmp_path: Path) -> None:
    publish(rows(), tmp_path)
    assert "Nothing was graded." in class_html(tmp_path)


# --- scale ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "most"), [(200, 4_000_000), (2500, 10_000_000)])
def test_the_page_of_a_class_of_a_thousand_stays_under_ten_megabytes(words: int, most: int, tmp_path: Path) -> None:
    sizes = []
    for count in (20, 60):
        text = {"explain_1": "w " * words, "explain_2": "w " * words}
        publish(rows(*(row(f"S{k}", late=True, explanations=text) for k in range(count))), tmp_path)
        sizes.append((tmp_path / "class.html").stat().st_size)
    assert sizes[0] + (sizes[1] - sizes[0]) / 40 * 1000 < most


def test_memory_does_not_grow_by_what_students_wrote(tmp_path: Path) -> None:
    text = {"explain_1": "w " * 2500, "explain_2": "w " * 2500}

    def made(count: int) -> Iterator[Marked]:
        return (row(f"S{k}", explanations=text, cells=answers(pow=f"x = {k}")) for k in range(count))

    publish(lambda: made(40), tmp_path)  # what is loaded once, and caches that fill
    peaks = []
    for count in (10, 40):
        tracemalloc.start()
        publish(lambda count=count: made(count), tmp_path)  # type: ignore[misc]
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 30 < 6000  # each wrote 10,000 characters


# --- marks that people gave -------------------------------------------------------------------------------------------


def by_hand(one: Marked, **points: float) -> Marked:
    """The row with decisions by people; an explanation's are marks of explanations.csv."""
    written = {name: Decision(number, "Well said.") for name, number in points.items() if name.startswith("explain")}
    overrides = {name: Decision(number, "A reason.") for name, number in points.items() if name not in written}
    return replace(one, by_hand=ByHand(overrides, written, one.by_hand.lateness))


def test_what_people_decided_stands_in_gradebook_page_and_statistics(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = replace(settings.load(), explanation_points={"explain_1": 5, "explain_2": 5}, title="Lab 3")
    monkeypatch.setattr(settings, "load", lambda: course)
    late = Lateness(timedelta(hours=1), policy("10% per day"), "1 hour late")
    made = row("Ada", report({"mul.square": ""}), explanations={"explain_1": "So.", "explain_2": "And so."}, late=True)
    found = publish(
        rows(by_hand(replace(made, by_hand=ByHand(lateness=late)), **{"mul.square": 2}, explain_1=4)), tmp_path
    )
    square = next(check.points for check in CHECKS if check.id == "mul.square")
    total = 100 - square + 2 + 4 - 11
    (line,) = csv.DictReader((tmp_path / "gradebook.csv").read_text(encoding="utf-8").splitlines())
    assert (line["Total Score"], line["Max Points"], line["Late Deduction"]) == (str(total), "110", "11")
    assert (line["6: explain_1 (5.0 pts)"], line["7: explain_2 (5.0 pts)"]) == ("4", "")
    assert line["Notes"] == (
        f"explain_2 is not marked yet; mul.square: 0 -> 2 (A reason.); late: {total + 11} -> {total} (1 hour late)"
    )
    assert found.scores == (total,)
    page = (tmp_path / "reports" / "ada.html").read_text(encoding="utf-8")
    for said in (
        f"{total} of 110 points",
        "mul.square: 0 -&gt; 2 (A reason.)",
        "Well said.",
        "4 of 5",
        "not marked yet",
        "Lab 3",
    ):
        assert said in page


def test_where_hidden_checks_are_not_shown_no_change_tells_of_them() -> None:
    hidden = HIDDEN[0]
    one = by_hand(row("Ada", report({hidden.id: ""})), **{hidden.id: 1, "total": 77})
    assert view(one, "hidden")["score"] == view(row("Ada"), "hidden")["score"]
    assert "A reason." not in told(one, "hidden")
    assert (view(one)["score"], len(view(one)["changes"])) == (77, 2)


def test_only_the_checks_of_some_questions_may_be_hidden() -> None:
    def of_training(question: str) -> str:
        return "hidden" if question == "training" else "after_published"

    shown = student_view(row("Ada"), Names(), of_training)
    missing = {check.id for check in CHECKS} - {check["id"] for check in shown["checks"]}
    assert missing == {check.id for check in HIDDEN if check.question == "training"} != set()
    assert not shown["includes_hidden_checks"]
