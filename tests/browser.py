"""Debian's Chromium, driven by Playwright, and what both tests in a browser need of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

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
]
"""No network of Chromium's own: on a closed one it would try again and again."""
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS") or Path(__file__).resolve().parent.parent / "build" / "screenshots")
"""Where pictures are kept to be looked at."""
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


def keep(page: Page, name: str, *, full: bool = False) -> None:
    """Keep a picture of the page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=full)
