"""The setting ``files_url``: what it may be, and what becomes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import settings
from autograder.authoring.hosting import hosting

GITHUB = "https://github.com/uni/course/tree/main/week3"
RAW = "https://raw.githubusercontent.com/uni/course/main/week3"
COLAB = "https://colab.research.google.com/github/uni/course/blob/main/week3/autodiff.ipynb"


def load(folder: Path, monkeypatch: pytest.MonkeyPatch, value: object) -> str:
    file = folder / "config.json"
    values = json.loads(settings.FILE.read_text(encoding="utf-8"))
    file.write_text(json.dumps(values | {"files_url": value}), encoding="utf-8")
    monkeypatch.setattr(settings, "FILE", file)
    return settings.load.__wrapped__().files_url


def test_it_is_empty_until_a_course_sets_it() -> None:
    assert json.loads(settings.FILE.read_text(encoding="utf-8"))["files_url"] == ""


@pytest.mark.parametrize("value", ["", GITHUB, f"{GITHUB}/", RAW, "https://example.edu/~me/course"])
def test_it_may_be_the_address_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    assert load(tmp_path, monkeypatch, value) == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [None, 3, "uni/course/main", "http://example.edu", "https://", "https://github.com/uni/course", 'https://a"+b+"'],
)
def test_what_it_cannot_be_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object) -> None:
    with pytest.raises(ValueError, match="files_url must be empty or the address of a folder"):
        load(tmp_path, monkeypatch, value)


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


def test_the_address_is_filled_into_the_cell_that_fetches() -> None:
    cell = 'FILES_URL = ""  # where the files are\nprint(FILES_URL)'
    assert hosting("").filled_in(cell) == cell
    assert f'FILES_URL = "{RAW}"  # where' in hosting(GITHUB).filled_in(cell)
