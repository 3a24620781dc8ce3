"""The setting ``files_url``: what it may be, and what becomes of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from specimens import ROOT

from autograder import settings
from autograder.assignment import ASSIGNMENT
from autograder.authoring import build, handout
from autograder.authoring.hosting import hosting
from autograder.authoring.source_file import AuthoringError

GITHUB = "https://github.com/uni/course/tree/main/week3"
RAW = "https://raw.githubusercontent.com/uni/course/main/week3"
COLAB = "https://colab.research.google.com/github/uni/course/blob/main/week3/autodiff.ipynb"


def load(folder: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> str:
    file = folder / "settings.toml"
    text = settings.FILE.read_text(encoding="utf-8")
    file.write_text(text.replace('files_url = ""', f"files_url = {value}"), encoding="utf-8")
    monkeypatch.setattr(settings, "FILE", file)
    return settings.load.__wrapped__().files_url


def test_it_is_empty_until_a_course_sets_it() -> None:
    assert settings.load.__wrapped__().files_url == ""


@pytest.mark.parametrize("value", ["", GITHUB, f"{GITHUB}/", RAW, "https://example.edu/~me/course"])
def test_it_may_be_the_address_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert load(tmp_path, monkeypatch, f'"{value}"') == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    ["uni/course/main", "http://example.edu", "https://", "https://github.com/uni/course", "https://a'+b+'"],
)
def test_what_it_cannot_be_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    with pytest.raises(settings.SettingsError, match=r"line \d+: files_url must be empty or the address of a folder"):
        load(tmp_path, monkeypatch, f'"{value}"')


@pytest.mark.parametrize("url", [GITHUB, RAW, RAW.replace("main", "refs/heads/main")])
def test_a_folder_on_github_is_fetched_from_raw_and_opened_in_colab(url: str) -> None:
    there = hosting(url)
    assert (there.fetched_from, there.in_colab) == (RAW, COLAB)
    assert there.badge == f"[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({COLAB})"


def test_the_top_of_a_repository_is_a_folder_too() -> None:
    there = hosting("https://github.com/uni/course/tree/main")
    assert there.fetched_from == "https://raw.githubusercontent.com/uni/course/main"
    assert there.in_colab.endswith("/uni/course/blob/main/autodiff.ipynb")


@pytest.mark.parametrize("url", ["", "https://example.edu/course"])
def test_elsewhere_there_is_no_badge(url: str) -> None:
    there = hosting(url)
    assert (there.fetched_from, there.in_colab, there.badge) == (url, "", "")


def cells() -> list[Any]:
    fetches = nbformat.v4.new_code_cell('FILES_URL = ""  # where the files are\nprint(FILES_URL)')
    return [nbformat.v4.new_markdown_cell("# Title\n\nText"), fetches]


def test_without_the_setting_the_notebook_stays_as_it_is() -> None:
    filled = cells()
    hosting("").fill_in(filled)
    assert [cell.source for cell in filled] == [cell.source for cell in cells()]


def test_badge_and_address_are_filled_into_the_notebook() -> None:
    first, fetches = cells()
    hosting(GITHUB).fill_in([first, fetches])
    assert first.source == f"# Title\n\n{hosting(GITHUB).badge}\n\nText"
    assert fetches.source == f'FILES_URL = "{RAW}"  # where the files are\nprint(FILES_URL)'


def test_a_notebook_that_has_no_place_for_it_is_an_authoring_error() -> None:
    with pytest.raises(AuthoringError, match="no cell fetches from it"):
        hosting("https://example.edu/course").fill_in(cells()[:1])


README = (ASSIGNMENT.templates / "README.md").read_text(encoding="utf-8")


def test_without_the_setting_the_readme_names_the_files_to_upload() -> None:
    assert hosting("").in_readme(README) == README


@pytest.mark.parametrize(
    ("url", "words"),
    [(GITHUB, "the badge above opens the notebook."), ("https://example.edu", "upload `autodiff.ipynb`.")],
)
def test_with_it_the_readme_asks_for_no_upload_that_is_not_needed(url: str, words: str) -> None:
    there = hosting(url)
    text = there.in_readme(README)
    assert f"\n\n**Colab**: {words} Its first cell fetches what else it needs.\n\n## Check" in text
    assert text.startswith(f"# Automatic differentiation from scratch\n\n{there.badge or 'You write'}")
    assert "drawing.py" not in text


def test_a_build_with_the_setting_fills_notebook_and_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_by_the_course = replace(settings.load(), files_url=GITHUB)
    monkeypatch.setattr(settings, "load", lambda: set_by_the_course)
    (tmp_path / "student").mkdir()
    shutil.copy(ROOT / "assignment" / "autodiff.ipynb", tmp_path / "student")
    first, *others = build.student_notebook(ROOT, tmp_path).cells
    assert first.source.splitlines()[2] == hosting(GITHUB).badge
    assert sum(f'FILES_URL = "{RAW}"' in cell.source for cell in others) == 1
    handout.write_handout(tmp_path)
    assert hosting(GITHUB).badge in (tmp_path / "README.md").read_text(encoding="utf-8")
