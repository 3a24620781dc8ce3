"""The solution's drawings in Chromium: keyboard, contrast in both themes, paper, a phone, and a page without styles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from browser import CHROMIUM, MISSING, chromium, keep
from playwright.sync_api import Browser, Page, expect
from specimens import ROOT

pytestmark = pytest.mark.skipif(not CHROMIUM, reason=MISSING)

CELLS = json.loads((ROOT / "solutions" / "autodiff.ipynb").read_text(encoding="utf-8"))["cells"]
OUTPUTS = [output.get("data", {}) for cell in CELLS for output in cell.get("outputs", [])]
DRAWN = [data for data in OUTPUTS if "autodiff-graph" in "".join(data.get("text/html", ""))]
DRAWINGS = ["".join(data["text/html"]) for data in DRAWN]
TEXTS_OF_DRAWINGS = ["".join(data["text/plain"]) for data in DRAWN]
THEMES = {"light": ("rgba(0, 0, 0, 0.87)", "#fff"), "dark": ("rgba(255, 255, 255, 0.87)", "#111")}
"""Colours of text and page in JupyterLab."""
OTHER_THEMES = {
    "VS Code dark": ("#ccc", "#1f1f1f"),
    "VS Code light": ("#3b3b3b", "#fff"),
    "Colab dark": ("#fff", "#1f1f1f"),
}
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""

COLOURS = """name => [...document.querySelectorAll('.autodiff-graph ' + name[0])]
  .filter(one => one.closest('.picture') && !one.closest('mask, .card'))
  .filter(one => one.closest('marker') || one.checkVisibility({visibilityProperty: true}))
  .map(one => getComputedStyle(one)[name[1]]).filter(colour => colour !== 'none')"""
TEXTS, LINES = ("text", "fill"), (":is(path, rect, circle)", "stroke")
LABEL_STYLE = """label => {
  const style = getComputedStyle(label);
  return [style.outlineStyle, style.outlineWidth, style.fontWeight, style.textDecorationLine];
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1000, "height": 900})
    yield opened
    opened.close()


def show(page: Page, theme: str = "light", *, html: str = "".join(DRAWINGS)) -> None:
    """Open a page with the drawings in the colours of a theme."""
    text, background = {**THEMES, **OTHER_THEMES}[theme]
    style = f"margin: 8px; font: 14px sans-serif; color: {text}; background: {background}"
    page.set_content(f'<!doctype html><html lang="en"><title>Drawings</title><body style="{style}">{html}')


def numbers(colour: str) -> list[float]:
    """Red, green, blue and opacity of a colour as Chromium tells it, from 0 to 1."""
    found = [float(number) for number in re.findall(r"[\d.]+(?:e-\d+)?", colour.replace("srgb", ""))]
    red, green, blue, *opacity = (
        found if colour.startswith("color(") else [*(one / 255 for one in found[:3]), *found[3:]]
    )
    return [red, green, blue, *(opacity or [1.0])]


def contrast(colour: str, background: str) -> float:
    """WCAG's contrast of a colour, which may be translucent, on an opaque one."""
    behind = (
        [int(digit * 2, 16) / 255 for digit in background[1:]]
        if len(background) == 4
        else [int(background[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    )
    *front, opacity = numbers(colour)
    mixed = [opacity * one + (1 - opacity) * two for one, two in zip(front, behind, strict=True)]
    high, low = sorted((_luminance(mixed), _luminance(behind)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: list[float]) -> float:
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_steps_are_walked_by_keyboard_and_each_drawing_by_itself(page: Page) -> None:
    show(page)
    first, second = page.locator("fieldset").nth(0), page.locator("fieldset").nth(1)
    page.keyboard.press("Tab")
    expect(first.get_by_role("radio", name="now")).to_be_focused()
    seen = []
    for _ in range(2):
        page.keyboard.press("ArrowRight")
        seen += first.locator("li:visible").all_inner_texts()
    assert seen == ["Start: y gets the grad 1, every other grad is 0.", seen[1]]
    assert seen[1].startswith("1. y (grad 1) adds 1 × 1 = 1 to v1;")
    expect(first.locator("text:visible", has_text="grad 1")).to_have_count(3)  # y, and both that it adds to
    expect(second.locator("li:visible")).to_have_text("Now: every grad is 0, as before backward.")
    page.keyboard.press("Tab")
    expect(first.locator(".picture")).to_be_focused()  # the arrow keys move a wide one to the side
    page.keyboard.press("Tab")
    expect(second.get_by_role("radio", name="now")).to_be_focused()


def test_the_choice_that_has_the_focus_and_the_one_that_is_made_are_seen_without_colour(page: Page) -> None:
    show(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("label").nth(1).evaluate(LABEL_STYLE) == ["solid", "3px", "700", "underline"]
    assert page.locator("label").nth(0).evaluate(LABEL_STYLE)[0::2] == ["none", "400"]
    assert min(box["height"] for label in page.locator("label").all() if (box := label.bounding_box())) >= 24


def test_a_reader_hears_the_group_its_choices_and_what_each_step_does(page: Page) -> None:
    show(page)
    group = page.get_by_role("group", name="Graph of f: 6 nodes").first
    names = ["now", "start", "1 f", "2 v2", "3 v1", "leaves"]
    for name in names:
        choice = group.get_by_role("radio", name=name, exact=True)
        words = page.locator(f"#{choice.get_attribute('aria-describedby')}").text_content() or ""
        assert words
        expect(choice).to_have_accessible_description(words)
    expect(group.get_by_role("img")).to_have_accessible_name(re.compile("Graph of f: 6 nodes a: data 2, grad -24"))


@pytest.mark.parametrize("theme", [*THEMES, *OTHER_THEMES])
def test_all_text_and_lines_stand_out_from_the_page(theme: str, page: Page) -> None:
    show(page, theme)
    keep(page, f"drawings-{theme}", full=True)
    _, background = {**THEMES, **OTHER_THEMES}[theme]
    for name, least in ((TEXTS, TEXT_CONTRAST), (LINES, LINE_CONTRAST)):
        colours = set(page.evaluate(COLOURS, name))
        assert len(colours) == 3  # forward, back and text
        assert {
            colour: contrast(colour, background) for colour in colours if contrast(colour, background) < least
        } == {}


def test_in_a_light_theme_the_colours_are_those_of_the_figures(page: Page) -> None:
    show(page, html=DRAWINGS[0].replace("autodiff-graph steps", 'autodiff-graph steps" style="color: #000'))
    found = {tuple(round(255 * one) for one in numbers(colour)[:3]) for colour in page.evaluate(COLOURS, TEXTS)}
    assert found == {(0, 0, 0), (0x0B, 0x5C, 0x94), (0xB3, 0x47, 0x00)}


def test_on_paper_there_are_the_present_grads_and_all_words_in_black_on_white(page: Page) -> None:
    show(page, "dark", html=DRAWINGS[2])
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.emulate_media(media="print")
    keep(page, "drawings-paper", full=True)
    assert page.locator("label:visible").count() == 0
    assert len(page.locator("li:visible").all_inner_texts()) == 6
    grads = page.locator("text:visible", has_text="grad").all_text_contents()
    assert grads == [f"grad {grad}" for grad in (-24, 16, 8, 8, 8, 1)]
    assert all(contrast(colour, "#fff") >= TEXT_CONTRAST for colour in page.evaluate(COLOURS, TEXTS))


def test_where_styles_are_lost_a_picture_and_all_words_are_left(page: Page) -> None:
    html = re.sub(r"<style>.*?</style>", "", DRAWINGS[2], flags=re.DOTALL)
    html = re.sub(
        r"</?(?:svg|g|path|rect|circle|text|title|desc|defs|mask|marker)\b[^>]*>", "", html
    )  # as JupyterLab does
    show(page, html=html)
    keep(page, "drawings-without-styles", full=True)
    assert page.locator("input:visible, label:visible").count() == 0
    assert page.locator("img").evaluate("image => image.naturalWidth") > 300
    told = TEXTS_OF_DRAWINGS[2].split("\n")
    words = [line.strip() for line in told if ": data " not in line]
    assert page.locator("fieldset").inner_text().strip().split("\n") == words


def test_on_a_phone_a_drawing_scrolls_and_the_page_does_not(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    show(page, html="".join(DRAWINGS))
    keep(page, "drawings-phone", full=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture = page.locator(".picture").nth(2)
    assert picture.evaluate("one => one.scrollWidth") > picture.evaluate("one => one.clientWidth")
    assert all(box["x"] + box["width"] <= 390 for label in page.locator("label").all() if (box := label.bounding_box()))
