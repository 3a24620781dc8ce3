"""Every document: its links lead somewhere, its commands are those that are tested, its long ones begin with a list."""

from __future__ import annotations

import importlib
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from documents import MOST_WITHOUT_CONTENTS, PROGRAMS, Document, anchor, contents, documents, sections, with_contents
from specimens import ROOT

from autograder import __main__ as command_line

DOCUMENTS = {document.name: document for document in documents()}
COMMANDS = sorted({(command, name) for name, document in DOCUMENTS.items() for command in document.commands})
MOST_BYTES_OF_THE_README = 6000
IGNORED = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
FOLDERS = ("assignment", "autograder", "docs", "locks", "solutions", "tests")

NAMES = {
    *("apt-get install --print-uris", "otter assign", "otter run", "python3", "uv"),  # spoken of, not to be typed
    *("make", "make class", "make grade", "python -m autograder class"),  # what they need besides is said elsewhere
}
OF_OTTER = ("apt-get install wget ", "wget ")
"""Commands of otter's own set-up, which the benchmarks count and nobody is told to type."""
TRIED = {
    "apt-get install make python3-venv": (
        "test_set_up.py::test_a_python_that_cannot_make_a_venv_ends_with_what_to_install"
    ),
    "otter run -a dist/autograder.zip notebook.ipynb": (
        "authoring/test_package.py::test_every_way_in_gives_the_same_scores_and_words"
    ),
    ".venv/bin/pre-commit install": "test_hooks.py::test_the_hooks_run_without_a_network",
    "jupyter lab autodiff.ipynb": (
        "autodiff/release/test_browser_notebook.py::test_a_student_fills_in_checks_trains_and_submits"
    ),
    "pip install -r requirements.txt": (
        "autodiff/release/test_browser_notebook.py::"
        "test_the_release_installs_without_otter_and_adds_little_to_its_front_end"
    ),
    "pip install -r requirements-vscode.txt": (
        "autodiff/release/test_grader.py::test_students_install_only_what_they_need"
    ),
    "pytest": "autodiff/release/test_grader.py::test_pytest_passes_on_the_solution_without_training",
    "pytest --training": "autodiff/release/test_grader.py::test_pytest_trains_on_request_and_shows_each_epoch",
    "source .venv/bin/activate": (
        "autodiff/release/test_commands.py::test_a_student_who_types_the_first_commands_has_all_in_place"
    ),
    "python grader.py": "autodiff/release/test_grader.py::test_the_blank_notebook_earns_nothing_in_the_terminal",
}
"""Command -> the test that runs it, as a user does."""
ON_WINDOWS = {
    "py -m venv .venv": "python3 -m venv .venv",
    r".venv\Scripts\Activate.ps1": "source .venv/bin/activate",
    r".venv\Scripts\activate.bat": "source .venv/bin/activate",
    r".venv\Scripts\python": "python3",
}
"""Command for Windows -> what it is elsewhere. It is not run here."""


@pytest.fixture(params=DOCUMENTS)
def document(request: pytest.FixtureRequest) -> Document:
    return DOCUMENTS[request.param]


# --- their form ---------------------------------------------------------------------------------------------------


def test_a_document_has_one_title_and_skips_no_level(document: Document) -> None:
    levels = [level for level, _ in document.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))
    assert len(set(document.anchors)) == len(document.anchors)


def test_a_long_document_begins_with_a_list_of_its_sections(document: Document) -> None:
    if len(sections(document)) > MOST_WITHOUT_CONTENTS:
        assert contents(sections(document)) in document.text.partition("\n## ")[0], "tests/support/readme_blocks.py"


def test_a_list_of_sections_is_made_once_and_renewed() -> None:
    text = "# T\n\nIt.\n\n## One\n\n- [a](#one)\n\n## Two\n\n## Three\n\n## Four\n"
    made = with_contents(Document("x.md", text))
    assert made.startswith(
        "# T\n\nIt.\n\n- [One](#one)\n- [Two](#two)\n- [Three](#three)\n- [Four](#four)\n\n## One\n\n- [a](#one)"
    )
    assert with_contents(Document("x.md", made)) == made
    assert "- [Fünf](#fünf)\n\n## One" in with_contents(Document("x.md", made.replace("## Four", "## Fünf")))
    assert with_contents(Document("x.md", "# T\n\n## One\n")) == "# T\n\n## One\n"


def test_folders_in_which_something_is_being_made_are_not_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("build/debian/proc/1.md", ".venv/lib/2.md", "tests/build/3.md", "docs/4.md", "5.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    entered: list[str] = []

    def scandir(folder: str, look: Callable[[str], Iterator[os.DirEntry[str]]] = os.scandir) -> object:
        entered.append(Path(folder).relative_to(tmp_path).as_posix())
        return look(folder)

    monkeypatch.setattr("os.scandir", scandir)
    found = [document.name for document in documents(tmp_path)]
    assert (found, set(entered)) == (["5.md", "docs/4.md"], {".", "docs", "tests"})


def test_the_readme_fits_two_screens() -> None:
    assert len(DOCUMENTS["README.md"].text.encode()) <= MOST_BYTES_OF_THE_README


def test_the_readme_shows_both_pages_and_says_in_words_what_is_on_them() -> None:
    pictures = {target: words for words, target in DOCUMENTS["README.md"].pictures}
    assert set(pictures) == {"docs/student-page.png", "docs/class-page.png"}
    assert all(len(words.split()) >= 8 for words in pictures.values())


def test_the_readme_says_that_it_is_for_one_assignment() -> None:
    assert "It grades this one assignment." in DOCUMENTS["README.md"].text


# --- their links --------------------------------------------------------------------------------------------------


def test_every_link_leads_somewhere(document: Document) -> None:
    for words, target in document.links:
        assert words.strip(), target
        if re.match(r"[a-z]+:", target):
            assert re.fullmatch(r"https://[\w.-]+\.[a-z]+(?:/[\w./~%#?=&()-]*)?", target), target
            continue
        path, part = document.resolve(target)
        assert path.exists() and path.is_relative_to(ROOT), target
        name = path.relative_to(ROOT).as_posix()
        assert not part or part in DOCUMENTS[name].anchors, target


def test_no_address_stands_bare(document: Document) -> None:
    assert not re.search(r"https?://", re.sub(r"\]\([^)]*\)|`[^`]*`", "", document.prose))


def test_every_document_is_reached_from_the_readme() -> None:
    reached, ahead = set(), ["README.md"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        linked = (DOCUMENTS[name].resolve(target)[0] for _, target in DOCUMENTS[name].links if ":" not in target)
        ahead += {path.relative_to(ROOT).as_posix() for path in linked} & DOCUMENTS.keys() - reached
    assert DOCUMENTS.keys() - reached == {
        "autograder/autodiff/release/README.md"
    }  # assignment/README.md is built from it


def test_every_path_between_backquotes_is_there(document: Document) -> None:
    folder = (ROOT / document.name).parent
    for text in document.quoted:
        if re.fullmatch(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*", text):
            assert (ROOT / text).exists() or (folder / text).exists() or text in IGNORED, text


def test_what_looks_like_a_link_is_one_only_outside_of_code() -> None:
    text = "# T\n\n[a](b.md) `[c](d.md)` ![e](f.png)\n\n```sh\n[g](h.md)\n```\n"
    assert Document("x.md", text).links == [("a", "b.md"), ("e", "f.png")]
    assert anchor("The demo's three faults: `a`, 100,000") == "the-demos-three-faults-a-100000"


# --- their commands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "name"), COMMANDS, ids=[f"{name}: {command}" for command, name in COMMANDS])
def test_every_command_is_one_that_is_tested(command: str, name: str) -> None:
    if command in NAMES or command in ON_WINDOWS or command.startswith(OF_OTTER):
        return
    if command in TRIED:
        path, _, test = TRIED[command].partition("::")
        assert f"def {test}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")
        return
    words = shlex.split(command.replace("class ...", "class export.zip --out marks").replace("…", "x"))
    while re.match(r"[A-Z]+=", words[0]):
        assert f'os.environ.get("{words.pop(0).partition("=")[0]}"' in _of_all_tests()
    program = next((one for pattern, one in TRIES.items() if re.match(pattern, " ".join(words))), None)
    assert program is not None, f"{name} names a command that no test knows: {command}"
    program(words)


def test_no_command_is_overlooked(document: Document) -> None:
    for text in document.quoted:
        assert " " not in text or not shutil.which(text.split()[0]) or PROGRAMS.match(text), text


def _of_all_tests() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "support").glob("*.py"))


def _make(words: list[str]) -> None:
    """Have make say what it would do, and see that it uses each variable."""
    dry = ["make", "-n", *words[1:]]
    done = subprocess.run(dry, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"$({word.partition('=')[0]})" in makefile for word in words[1:] if "=" in word)


def _autograder(words: list[str]) -> None:
    """Have the command line read the arguments."""
    typed = words[words.index("autograder") + 1 :]
    command_line._parser(typed).parse_args(typed)


def _script(words: list[str]) -> None:
    """See that the program is there and knows its options."""
    text = (ROOT / words[1]).read_text(encoding="utf-8")
    assert '__name__ == "__main__"' in text
    assert all(f'"{word}"' in text for word in words[2:] if word.startswith("--"))


def _pytest(words: list[str]) -> None:
    """Have pytest read the arguments, with the paths of tests that are there."""
    collected = [sys.executable, "-m", "pytest", "--help", *words[words.index("pytest") + 1 :]]
    done = subprocess.run(collected, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert all((ROOT / word).exists() for word in words if word.startswith("tests/"))


def _dask(words: list[str]) -> None:
    """Have Dask read the arguments."""
    importlib.import_module(f"distributed.cli.dask_{words[1]}").main.make_context("dask", words[2:])


def _openssl(words: list[str]) -> None:
    """Make a salt, and see that it is written where the settings look for it."""
    if shutil.which("openssl"):
        made = subprocess.run(words[:4], capture_output=True, text=True, check=True).stdout.strip()
        assert len(made) == 2 * int(words[3])
    assert words[4] == ">" and words[5] in IGNORED


def _of_the_set_up(words: list[str]) -> None:
    """See that make does the same, which is really done in ``test_set_up.py``; with pip, where there is no uv."""
    dry = ["make", "-n", "--always-make", "zip"]
    path = os.pathsep.join(("/usr/bin", "/bin"))
    done = subprocess.run(dry, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=60)
    lines = re.sub(r" --quiet|\S*python3[.\d]* (?=-m venv)| && touch .*", "", done.stdout).splitlines()
    assert " ".join(words).removeprefix("python3 ") in lines


TRIES: dict[str, Callable[[list[str]], None]] = {
    r"make ": _make,
    r"\S*python -m autograder ": _autograder,
    r"python tests/": _script,
    r"\S*python -m pytest": _pytest,
    r"dask ": _dask,
    r"openssl ": _openssl,
    r"\S*python3? -m (?:venv|pip) ": _of_the_set_up,
}
"""The beginning of a command -> what tries it."""


def test_the_commands_for_windows_are_those_for_linux() -> None:
    text = DOCUMENTS["assignment/README.md"].text
    linux, windows = (re.findall(rf"```{shell}\n(.*?)```", text, re.DOTALL)[0] for shell in ("sh", "powershell"))
    assert [ON_WINDOWS.get(line, line) for line in windows.splitlines()] == linux.splitlines()
