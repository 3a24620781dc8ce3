"""Debian's Chromium, driven by Playwright, and what both tests in a browser need of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
MISSING = "Chromium is not installed: apt-get install chromium"
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--js-flags=--no-opt",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
]
"""No network of Chromium's own: on a closed one it would try again and again. And nothing that pages of a few seconds
do not repay: optimised machine code, and a page of Chromium's own behind the address bar of each window."""
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")
"""Folder for pictures to be looked at; none are taken without one, for they take longer than the tests."""
MILLISECONDS = 30_000
"""For anything to appear on a page, on a machine that does other things too."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser, closed at the end."""
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # which Chromium does not offer root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def screenshot(page: Page, *, full: bool = False) -> bytes:
    """A picture of the page. Chromium may refuse its first one on a busy machine, and take the second."""
    try:
        return page.screenshot(full_page=full)
    except Error as error:
        if "Unable to capture screenshot" not in error.message:
            raise
        return page.screenshot(full_page=full)


def keep(page: Page, name: str, *, full: bool = False) -> None:
    """Keep a picture of the page, if pictures are wanted."""
    if SCREENSHOTS:
        (Path(SCREENSHOTS) / f"{name}.png").write_bytes(screenshot(page, full=full))
