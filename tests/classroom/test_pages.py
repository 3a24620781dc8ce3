"""The pages of a class in Chromium: for eyes, keyboards, screen readers and paper, without network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import pytest
from browser import CHROMIUM, MILLISECONDS, MISSING, chromium, keep
from class_rows_by_hand import all_of, answers, report, row, rows, student, unread
from playwright.sync_api import Browser, Page

from autograder.classroom.hand_ins import Marked
from autograder.classroom.publish import publish

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason=MISSING),
    pytest.mark.xdist_group("class pages"),  # in one process, or each would start a browser
]

Scheme = Literal["dark", "light"]
PAGES = ("class.html", "reports/wrong-0.html", "staff/wrong-0.html")
TEXT_CONTRAST, BAR_CONTRAST = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11, level AA."""

SPOKEN = "The test loss is measured after the update, so it is one update ahead. " * 2

VISIBLE_TEXT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.data.trim();
    if (!text || node.parentElement.matches('script')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    found.push([text, box.width > 0 && box.height > 0 && node.parentElement.checkVisibility()]);
  }
  return found;
}"""

COLOURS = """() => {
  const opaque = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/, 0\\)$/.test(colour) && colour !== 'transparent') return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const texts = [...document.body.querySelectorAll('*')].filter(
    e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
  const pairs = texts.map(e => ['text', getComputedStyle(e).color, opaque(e), e.className || e.tagName]);
  for (const bar of document.querySelectorAll('.track .bar'))
    pairs.push(['bar', bar.classList.contains('second') ? getComputedStyle(bar).borderTopColor
      : getComputedStyle(bar).backgroundColor, getComputedStyle(bar.parentElement).backgroundColor, 'bar']);
  return [...new Set(pairs.map(p => JSON.stringify(p)))].map(p => JSON.parse(p));
}"""

HANDLERS = """() => [...document.querySelectorAll('*')].filter(
  e => [...e.attributes].some(a => a.name.startsWith('on'))).length"""

BARS = """rows => rows.map(row => [
  +row.cells[1].textContent,
  row.querySelector('.bar')?.getBoundingClientRect().width ?? 0,
  row.querySelector('.track').getBoundingClientRect().width])"""

SCROLLED_WITHOUT_KEYS = """() => [...document.querySelectorAll('*')].filter(
  e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1).filter(
  e => /auto|scroll/.test(getComputedStyle(e).overflow) && e.tabIndex < 0).length"""

SCROLLED = "region => region.scrollLeft > 0"

CUT = """() => [...document.querySelectorAll('body *')].filter(
  e => !e.closest('.scroll, .columns > *, .skip') && e.getBoundingClientRect().right > innerWidth + 1).map(
  e => e.outerHTML.slice(0, 80))"""

CLIPPED = """() => [...document.querySelectorAll('body *')].filter(
  e => getComputedStyle(e).overflow !== 'visible' &&
  (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)).length"""

STRUCTURE = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  mains: document.querySelectorAll('main').length,
  unlabelled: [...document.querySelectorAll('nav, section, [role=region]')].filter(e => {
    const by = e.getAttribute('aria-labelledby');
    return !(by ? document.getElementById(by)?.textContent.trim() : e.getAttribute('aria-label'));
  }).map(e => e.outerHTML.slice(0, 100)),
  outside: [...document.body.children].filter(e => !e.matches('main, header, nav, .skip, script')).length,
  headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(e => +e.tagName[1]),
  ids: [...document.querySelectorAll('[id]')].map(e => e.id),
  dead: [...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(a.hash.slice(1))).length,
  empty: [...document.querySelectorAll('th')].filter(th => !th.textContent.trim()).length,
  tables: [...document.querySelectorAll('table')].filter(t => !t.closest('.guide')).map(t => [
    t.caption?.textContent.trim() ?? '',
    [...t.querySelectorAll('th')].every(th => th.scope && th.textContent.trim()),
    [...t.tBodies].every(b => [...b.rows].every(r => r.querySelector('th'))),
  ]),
  summaries: [...document.querySelectorAll('details')].every(
    d => d.firstElementChild.matches('summary') && d.firstElementChild.textContent.trim()),
  nested: document.querySelectorAll('dl > :not(div, dt, dd), ul > :not(li), ol > :not(li), p p, p ul').length,
})"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published class of which every section of the page has something to show."""
    folder = tmp_path_factory.mktemp("class")
    publish(rows(*_class()), folder)
    return folder


def _class() -> Iterator[Marked]:
    odd = tuple(f"def f():\n    values{k} = {list(range(k, k + 6))}\n" for k in range(9))
    for k in range(16):
        marks = report({"test_vs_train.choice_1": ""} if k % 3 else {}, seconds=1.7 * k)
        yield row(f"Right Student {k}", marks, explanations={"explain_1": SPOKEN, "explain_2": SPOKEN}, late=k % 2 > 0)
    for k in range(8):
        lost = {"mul.accumulates": "mul.overwrites", "mul.square": "mul.overwrites", "pow.chained": "pow.overwrites"}
        lost |= all_of("training", "relu") if k % 2 else {"relu.at_zero": ""}
        shown = {"mul.accumulates": "Ran: out = a * b\nExpected: a.grad = 8\nGot: a.grad = -2\nWhy it matters: sums."}
        who = student(f"Wrong Student {k}", key=f"wrong-{k}")
        yield row(who, report(lost, messages=shown), judged_before=report() if k < 2 else None)
    long = "x" * 400
    noted = report(notes=["`while True:` took too long and was left out."])
    cells = (*answers(), *odd, "import socket")
    yield row("Ada Lovelace", noted, cells=cells, explanations={"explain_1": long}, notes=(long,))
    yield row("שרה לוי", cells=(*answers(), *odd), explanations={"explain_2": "בדיקה"})
    yield unread("Nobody", "No notebook was found. " + long)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """The page in which ``opened`` opens files: a new one takes longer than a test."""
    return browser.new_page()


def opened(tab: Page, path: Path, *, width: int = 1280, scheme: Scheme = "light") -> Page:
    """Open a file anew, on screen."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(media="screen", color_scheme=scheme)
    tab.goto(path.as_uri())
    return tab


def unfold(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_one_file_that_asks_for_nothing_and_runs_nothing_of_others(
    name: str, out: Path, browser: Browser
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((out / name).as_uri())
    unfold(page)
    page.wait_for_load_state("networkidle")
    assert asked == [(out / name).as_uri()]
    assert said == []
    assert page.locator("link, img, iframe, object, embed, form, base").count() == 0
    assert page.locator("script").count() == (name == "class.html")
    assert page.evaluate(HANDLERS) == 0
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_landmarks_headings_captions_and_labels(name: str, out: Path, tab: Page) -> None:
    page = opened(tab, out / name)
    unfold(page)
    found: dict[str, Any] = page.evaluate(STRUCTURE)
    assert (found["lang"], found["mains"], found["outside"], found["dead"], found["nested"]) == ("en", 1, 0, 0, 0)
    assert found["title"].startswith("Automatic differentiation")
    assert (found["unlabelled"], found["empty"]) == ([], 0)
    assert found["headings"][0] == 1
    assert found["headings"].count(1) == 1
    assert all(after - before <= 1 for before, after in zip(found["headings"], found["headings"][1:], strict=False))
    assert len(found["ids"]) == len(set(found["ids"]))
    assert [table for table in found["tables"] if not (table[0] and table[1] and table[2])] == []
    assert found["summaries"]
    assert name != "class.html" or len(found["tables"]) >= 13


def test_bars_say_nothing_that_the_numbers_beside_them_do_not(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html")
    widths = page.locator("table.chart").first.locator("tbody tr").evaluate_all(BARS)
    assert page.locator(".track").all_inner_texts() == [""] * page.locator(".track").count()
    most = max(number for number, _, _ in widths)
    for number, bar, track in widths:
        assert bar == pytest.approx(track * number / most, abs=1)


def test_the_keyboard_reaches_every_link_fold_and_scroll_region_in_order(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html", width=700)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    for fold in page.locator("details").all():
        fold.locator("> summary").focus()
        page.keyboard.press("Enter")
        assert fold.evaluate("fold => fold.open")
    wanted = page.locator("a, button, input, summary, [tabindex='0']").count()
    page.locator(".skip").focus()
    reached = [page.evaluate("document.activeElement.outerHTML.slice(0, 80)")]
    tops = [0.0]
    for _ in range(wanted - 1):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert reached[-1] != "<body>"
    assert page.evaluate(SCROLLED_WITHOUT_KEYS) == 0
    assert page.locator("[role='region']").count() >= 10


def test_a_scroll_region_is_scrolled_by_keys(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html", width=360)
    region = page.get_by_role("region", name="How many pass each check")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(SCROLLED, arg=region.element_handle(), timeout=MILLISECONDS)
    assert region.evaluate("region => region.scrollLeft") > 0


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [360, 390, 768, 1200, 1920])
def test_no_page_is_wider_than_the_window(name: str, width: int, out: Path, tab: Page) -> None:
    page = opened(tab, out / name, width=width)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []
    if width in (390, 1200):
        keep(page, f"{Path(name).stem}-{width}", full=True)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [390, 1200])
def test_whatever_scrolls_on_a_page_is_reached_by_the_keyboard(name: str, width: int, out: Path, tab: Page) -> None:
    page = opened(tab, out / name, width=width)
    unfold(page)
    assert page.evaluate(SCROLLED_WITHOUT_KEYS) == 0


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_bars_stand_out(name: str, scheme: Scheme, out: Path, tab: Page) -> None:
    page = opened(tab, out / name, scheme=scheme)
    unfold(page)
    keep(page, f"{Path(name).stem}-{scheme}", full=True)
    pairs = page.evaluate(COLOURS)
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert len(pairs) >= 3
    least = {"text": TEXT_CONTRAST, "bar": BAR_CONTRAST}
    assert [pair for pair in pairs if contrast(pair[1], pair[2]) < least[pair[0]]] == []
    assert contrast(paper, "rgb(255, 255, 255)") == 1  # whatever the screen's scheme is


def contrast(first: str, second: str) -> float:
    """WCAG's contrast ratio of two opaque colours."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_is_wcags() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", PAGES)
def test_paper_shows_everything_also_what_is_folded_or_scrolls(name: str, out: Path, tab: Page) -> None:
    page = opened(tab, out / name, width=720)
    folded = [text for text, visible in page.evaluate(VISIBLE_TEXT) if not visible]
    page.emulate_media(media="print")
    shown = page.evaluate(VISIBLE_TEXT)
    links = page.locator("nav a, .skip").all_text_contents()
    for_eyes = page.locator(".marks, .find *").all_text_contents()  # paper has the words of the marks instead
    assert [text for text, visible in shown if not visible and text not in [*links, *for_eyes]] == []
    assert page.evaluate(CLIPPED) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    keep(page, f"{Path(name).stem}-print", full=True)
    assert name != "class.html" or SPOKEN.strip() in folded


ROWS = "rows => rows.filter(row => row.checkVisibility()).map(row => row.cells[0].textContent)"


def listed(page: Page) -> list[str]:
    return [str(name).partition(" (")[0] for name in page.locator("#roster tbody tr").evaluate_all(ROWS)]


def test_all_students_stand_first_and_lead_to_their_pages(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html")
    assert page.locator("h2").first.inner_text() == "All students"
    assert listed(page) == [
        one.hand_in.student.name for one in sorted(_class(), key=lambda one: one.hand_in.student.name)
    ]
    hrefs = page.locator("#roster a").evaluate_all("links => links.map(link => link.pathname)")
    assert len(hrefs) == 2 * len(listed(page))
    assert [href for href in hrefs if not Path(unquote(href)).is_file()] == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("WRONG wrong-3", ["Wrong Student 3"]),
        ("lovelace ada", ["Ada Lovelace"]),
        ("pow.overwrites training.trajectory", [f"Wrong Student {k}" for k in range(1, 8, 2)]),
        ("nothing handed in", ["Nobody"]),
        ("<b>", []),
    ],
)
def test_a_search_leaves_who_has_all_words_and_says_how_many(
    typed: str, found: list[str], out: Path, tab: Page
) -> None:
    page = opened(tab, out / "class.html")
    page.get_by_label("Find students").press_sequentially(typed)
    assert listed(page) == found
    assert page.get_by_role("status").inner_text() == f"{len(found)} of 27 students"
    page.get_by_label("Find students").fill("")
    assert len(listed(page)) == 27


def test_a_column_sorts_by_keys_up_and_down_and_no_mark_comes_last(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html")
    head = page.get_by_role("columnheader", name="relu")
    for sort in ("descending", "ascending", "descending"):
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == sort
        numbers = page.locator("#roster tbody tr > :nth-child(5)").evaluate_all(
            "cells => cells.map(c => c.firstChild.data)"
        )
        assert numbers[-1] == "–"
        points = [float(number) for number in numbers[:-1]]
        assert points == sorted(points, reverse=sort == "descending")
    page.get_by_role("columnheader", name="student").get_by_role("button").press("Enter")
    assert listed(page)[0] == "Ada Lovelace"
    assert page.locator("[aria-sort]").count() == 1


def test_a_misconception_leads_to_the_code_that_shows_it(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html")
    unfold(page)
    page.locator("section", has_text="by whom").get_by_role("link", name="Wrong Student 0").first.click()
    assert page.url.endswith("/staff/wrong-0.html#mul")
    section = page.locator("section", has=page.locator("h2#mul"))
    assert "def __mul__" in section.locator("pre").first.inner_text()
    assert "mul.overwrites" in section.inner_text()
    assert len(set(section.locator("pre span").evaluate_all("all => all.map(e => getComputedStyle(e).color)"))) >= 4


def test_code_stands_beside_the_messages_where_there_is_room(out: Path, tab: Page) -> None:
    for width, beside in ((1200, True), (390, False)):
        page = opened(tab, out / "staff" / "wrong-0.html", width=width)
        code, checks = (page.locator(f".beside > {what}").first.bounding_box() for what in ("div", "ul"))
        assert code and checks
        assert (abs(code["y"] - checks["y"]) < 20) == beside


def test_no_script_is_needed(out: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((out / "class.html").as_uri())
    assert len(listed(page)) == 27
    assert not page.get_by_label("Find students").is_visible()
    assert page.locator("button").count() == 0
    fold = page.locator("details").last
    answer = page.get_by_text(SPOKEN.strip()).last
    fold.scroll_into_view_if_needed()
    page.locator("summary", has_text="Explanations of letter 2").click()
    answer.scroll_into_view_if_needed()
    assert answer.is_visible()
    context.close()


def test_names_and_texts_of_other_scripts_run_their_own_way(out: Path, tab: Page) -> None:
    page = opened(tab, out / "class.html")
    unfold(page)
    assert page.get_by_text("בדיקה").evaluate("e => getComputedStyle(e).direction") == "rtl"
