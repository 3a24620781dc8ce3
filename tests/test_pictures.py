"""The pictures in the README are of the pages that the grader makes today."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from browser import CHROMIUM, MISSING
from pictures import ALIKE, FOLDER, PAGES, difference, publish_class, take

MOST_BYTES = 60_000

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("pictures")]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class")
    publish_class(folder)
    return folder


@pytest.fixture(scope="module")
def taken(pages: Path) -> Mapping[str, bytes]:
    return take(pages)


@pytest.mark.parametrize("name", PAGES)
def test_a_picture_is_small(name: str) -> None:
    assert len((FOLDER / name).read_bytes()) < MOST_BYTES


@pytest.mark.skipif(not CHROMIUM, reason=MISSING)
@pytest.mark.parametrize("name", PAGES)
def test_a_picture_shows_the_page_as_it_is_now(name: str, taken: Mapping[str, bytes]) -> None:
    far = difference((FOLDER / name).read_bytes(), taken[name])
    assert far < ALIKE, "make pictures"


@pytest.mark.skipif(not CHROMIUM, reason=MISSING)
def test_a_page_of_other_results_would_be_noticed(pages: Path, taken: Mapping[str, bytes]) -> None:
    own = pages / PAGES["student-page.png"][0]
    own.write_bytes((pages / "reports" / "s05.html").read_bytes())
    others = take(pages)
    assert difference(taken["student-page.png"], others["student-page.png"]) > ALIKE
    assert difference(taken["student-page.png"], taken["class-page.png"]) > ALIKE
    assert difference(taken["class-page.png"], others["class-page.png"]) == 0
