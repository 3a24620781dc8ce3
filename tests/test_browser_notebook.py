"""A student's path in a real JupyterLab in a real browser, from the unpacked release to full marks."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from browser import CHROMIUM, MILLISECONDS, MISSING, chromium, keep
from playwright.sync_api import Locator, Page, expect
from specimens import answer_name, skeleton, solution_answers

from autograder import grading
from autograder.rubric import CHECKS

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason=MISSING),
    pytest.mark.skipif(sys.platform != "linux", reason="ends JupyterLab by its process group"),
]

INSTALL_SECONDS = 600
"""For pip to fetch and install a hundred packages; a minute here."""
MOST_MEGABYTES = 430
"""Of the student's .venv with bytecode: JupyterLab 180, NumPy and Matplotlib 164, pip 25, igraph and pytest 25."""
START_SECONDS = 60
TRAINING_MILLISECONDS = 240_000
"""For the whole notebook with ten epochs; 20 s on a machine that does nothing else."""
OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}
"""No question about news, and all cells on the page at once."""
CELLS = skeleton()["cells"]
POINTS = sum(check.points for check in CHECKS if check.question == "mul" and check.visibility == "public")
WRONG_MUL = solution_answers()["mul"].replace("+=", "=")


@pytest.fixture(scope="module")
def installed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release to work in, with a ``.venv`` as its README makes it."""
    folder = shutil.copytree(released, tmp_path_factory.mktemp("installed") / "autodiff")
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=folder, check=True, timeout=INSTALL_SECONDS)
    install = [".venv/bin/pip", "install", "--quiet", "-r", "requirements.txt"]
    subprocess.run(install, cwd=folder, check=True, timeout=INSTALL_SECONDS)
    settings = folder / ".venv/share/jupyter/lab/settings/overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(OVERRIDES), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the notebook in a JupyterLab that runs in the release's folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, home = secrets.token_hex(16), tmp_path_factory.mktemp("home")
    server = subprocess.Popen(
        [
            *(
                installed / ".venv/bin/jupyter",
                "lab",
                "--no-browser",
                "--allow-root",
                "--LabApp.expose_app_in_browser=True",
            ),
            *(f"--IdentityProvider.token={token}", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"),
        ],
        cwd=installed,
        env={**os.environ, "HOME": str(home), "PATH": f"{installed / '.venv/bin'}:{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server)
        yield f"http://127.0.0.1:{port}/lab/tree/autodiff.ipynb?token={token}"
    finally:
        server.terminate()  # it ends its kernels first
        with suppress(subprocess.TimeoutExpired):
            server.wait(START_SECONDS / 4)
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(START_SECONDS)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise TimeoutError("JupyterLab did not start")


class Notebook:
    """The notebook on a page of JupyterLab, worked with as a student does."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def cell(self, number: int) -> Locator:
        """The cell of that number."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def answer(self, name: str) -> Locator:
        """The answer cell of that name."""
        return self.cell(next(k for k, cell in enumerate(CELLS) if answer_name(cell) == name))

    def having(self, text: str) -> Locator:
        """The first code cell whose source has ``text``."""
        sources = ["".join(cell["source"]) if cell["cell_type"] == "code" else "" for cell in CELLS]
        return self.cell(next(k for k, source in enumerate(sources) if text in source))

    def type(self, name: str, source: str) -> None:
        """Replace an answer by ``source``, in the cell's editor, and run the cell."""
        cell = self.answer(name)
        cell.scroll_into_view_if_needed()
        if "jp-MarkdownCell" in (cell.get_attribute("class") or ""):
            cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Shift+Enter")
        self.idle()

    def run(self, cell: Locator) -> Locator:
        """Run a cell and return its output."""
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.idle()
        return cell.locator(".jp-OutputArea")

    def run_all(self) -> None:
        """Start running all cells; ``finished`` waits for the last of them."""
        self.cell(0).click()
        self._before = self._last_prompt().inner_text()
        self.command("notebook:run-all-cells")

    def finished(self, milliseconds: float = MILLISECONDS) -> None:
        """Wait until the last cell has run."""
        expect(self._last_prompt()).not_to_have_text(
            re.compile(re.escape(self._before) + r"|\[\*\]"), timeout=milliseconds
        )

    def _last_prompt(self) -> Locator:
        return self.page.locator(".jp-CodeCell .jp-InputPrompt").last

    def command(self, name: str, **arguments: str) -> None:
        """Run a command of JupyterLab's menus."""
        script = "([name, arguments]) => { window.jupyterapp.commands.execute(name, arguments); }"
        self.page.evaluate(script, [name, arguments])

    def idle(self, milliseconds: float = MILLISECONDS) -> None:
        """Wait until no cell waits or runs."""
        self.page.wait_for_timeout(300)
        waiting = self.page.locator(".jp-InputPrompt").get_by_text("[*]:")
        expect(waiting).to_have_count(0, timeout=milliseconds)

    def errors(self) -> int:
        """How many cells ended with an exception."""
        return self.page.locator('.jp-Notebook [data-mime-type="application/vnd.jupyter.error"]').count()

    def keep(self, name: str, cell: Locator) -> None:
        """Keep a picture of where a cell is, in both themes."""
        for theme, suffix in (("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")):
            self.command("apputils:change-theme", theme=theme)
            self.page.wait_for_timeout(700)
            cell.scroll_into_view_if_needed()
            cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
            self.page.wait_for_timeout(200)
            keep(self.page, f"{name}-{suffix}")


def _open(page: Page, address: str) -> Notebook:
    page.set_default_timeout(MILLISECONDS)
    expect.set_options(timeout=MILLISECONDS)
    page.goto(address)
    notebook = Notebook(page)
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(len(CELLS))
    expect(page.get_by_text("Python 3 (ipykernel) | Idle").first).to_be_visible()
    return notebook


def test_a_student_fills_in_checks_trains_and_submits(installed: Path, lab: str) -> None:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        _work(_open(page, lab))
    _submit(installed)


def _work(notebook: Notebook) -> None:
    """Blank, then wrong, then right, up to the saved notebook."""
    notebook.run_all()
    notebook.finished()
    assert notebook.errors() == 0
    blanks = notebook.page.get_by_text("Not yet: Question mul: __mul__ is still blank")
    assert blanks.count() >= 3
    notebook.keep("blank", blanks.first)

    notebook.type("mul", WRONG_MUL)
    check = notebook.having('grader.check("mul")')
    feedback = notebook.run(check)
    for words in ("Ran", "Expected", "Got", "Why it matters", "Hint", f"of {POINTS} points"):
        expect(feedback.get_by_text(words).first).to_be_visible()
    notebook.keep("wrong-mul", check)

    for name in ("mul", "pow", "relu", "choice_1", "choice_2", "explain_1", "explain_2", "evidence"):
        notebook.type(name, solution_answers()[name])
    expect(notebook.run(check)).to_contain_text(f"Public checks passed: {POINTS} of {POINTS} points")
    notebook.keep("right-mul", check)

    training = notebook.having("TrainingView(")
    notebook.run_all()
    under_way = training.get_by_text(re.compile(r"epoch [3-8] of 10"))  # a new element each epoch: only looked for
    expect(under_way).to_have_count(1, timeout=TRAINING_MILLISECONDS)
    training.evaluate("cell => cell.scrollIntoView({block: 'end'})")
    keep(notebook.page, "training")
    notebook.finished(TRAINING_MILLISECONDS)
    assert notebook.errors() == 0
    expect(training).to_contain_text("epoch 10 of 10")
    assert training.locator("img").evaluate("image => image.naturalWidth") > 300  # the curve
    graph = notebook.having("draw(f")
    expect(graph.locator("svg[role=img]")).to_be_visible()
    house = notebook.having("show_house(50)")
    expect(house.get_by_role("table")).to_be_visible()
    for name, cell in {"curve": training, "graph": graph, "house": house}.items():
        notebook.keep(name, cell)
    notebook.keep("questions", notebook.having('grader.check("test_vs_train")'))
    for question in ("mul", "pow", "relu", "training", "test_vs_train"):
        output = notebook.having(f'grader.check("{question}")').locator(".jp-OutputArea")
        earned = re.search(r"Public checks passed: (\d+) of (\d+) points", output.inner_text())
        assert earned is not None
        assert earned[1] == earned[2]
    notebook.command("docmanager:save")
    expect(notebook.page.locator(".jp-mod-dirty")).to_have_count(0)
    notebook.page.wait_for_timeout(1000)


def _submit(installed: Path) -> None:
    """``pytest`` is green, and the grader gives all points."""
    done = subprocess.run(
        [installed / ".venv/bin/pytest"], cwd=installed, capture_output=True, text=True, timeout=START_SECONDS
    )
    assert done.returncode == 0, done.stdout
    assert "Public checks passed" in done.stdout
    report = grading.grade(installed / "autodiff.ipynb")
    assert report.score == report.max_score == 100, report.notes


def test_the_release_installs_without_otter_and_adds_little_to_its_front_end(installed: Path) -> None:
    packages = {
        path.name.lower().split("-")[0] for path in (installed / ".venv").glob("lib/*/site-packages/*.dist-info")
    }
    assert {"jupyterlab", "matplotlib", "igraph", "pytest"} <= packages
    assert not packages & {"otter_grader", "otter", "pandas", "scipy"}
    files = [path for path in (installed / ".venv").rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < MOST_MEGABYTES * 1_000_000
