"""A student's path in a real JupyterLab in a real browser, from the unpacked release to full marks."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from assigned import CHECKS, grade
from browser import CHROMIUM, MILLISECONDS, MISSING, SCREENSHOTS, chromium, keep
from playwright.sync_api import Locator, Page, expect
from readme_commands import ANOTHER_DAY, LAB, environment
from specimens import ROOT, answer_name, skeleton, solution_answers

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="ends JupyterLab by its process group"),
    pytest.mark.long,
    pytest.mark.xdist_group("jupyterlab"),  # in one process, or each would install
]

IN_A_BROWSER = pytest.mark.skipif(not CHROMIUM, reason=MISSING)
MOST_MEGABYTES = 320
"""Of the student's .venv without pip and bytecode: JupyterLab 143, NumPy and Matplotlib 133, igraph and pytest 18."""
START_SECONDS = 60
TRAINING_MILLISECONDS = 120_000
"""For the whole notebook with one training on all houses, by its check; 15 s on a machine that does nothing else."""
POLL_MILLISECONDS = 100
SETTINGS = {
    "overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
        "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    },
    "page_config.json": {"buildCheck": False, "disabledExtensions": {"@jupyterlab/notebook-extension:export": True}},
}
"""All cells on the page at once; no question about news, no npm for a build, no nbconvert for a menu."""
LAB_CONFIG = {"LabApp": {"expose_app_in_browser": True}}
"""For the tests to run commands of its menus."""
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""What was compiled by JupyterLab's kernel, pytest need not compile again."""
CELLS = skeleton()["cells"]
POINTS = sum(check.points for check in CHECKS if check.question == "mul" and check.visibility == "public")
FEWER_HOUSES = "\nx_train, y_train = x_train[:20], y_train[:20]"
"""For the notebook's own training to be short, too."""
WRONG_MUL = solution_answers()["mul"].replace("+=", "=")

HAS_RUN = "([prompt, before]) => ![before, '[*]:'].includes(prompt.textContent)"
REMEMBER_TEXTS = """cell => {
  cell.texts = [];
  new MutationObserver(() => cell.texts.push(cell.textContent)).observe(cell, {childList: true, subtree: true});
}"""
HAS_SHOWN = "([cell, words]) => cell.texts.some(text => [...text.matchAll(words)].length === 1)"


@pytest.fixture(scope="module")
def installed(first_day: Path, short_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release to work in, with the ``.venv`` of the first day and a self-check that trains on a few houses."""
    folder = tmp_path_factory.mktemp("installed") / "autodiff"
    with zipfile.ZipFile(short_zip) as archive:
        archive.extractall(folder.parent)
    (folder / ".venv").symlink_to(first_day / ".venv")
    settings = folder / ".venv/share/jupyter/lab/settings"
    settings.mkdir(parents=True, exist_ok=True)
    for name, content in SETTINGS.items():
        (settings / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the notebook in a JupyterLab that was opened in the release's folder as the README says."""
    home = tmp_path_factory.mktemp("home")
    (home / "jupyter_lab_config.json").write_text(json.dumps(LAB_CONFIG), encoding="utf-8")
    server = subprocess.Popen(
        ["bash", "-ec", ANOTHER_DAY.replace(LAB, f"exec {LAB}")],  # in the place of the shell
        cwd=installed,
        env={**environment(home), "HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield _address(server, home, installed)
    finally:
        server.terminate()  # it ends its kernels first
        with suppress(subprocess.TimeoutExpired):
            server.wait(START_SECONDS / 4)
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(START_SECONDS)


def _address(server: subprocess.Popen[bytes], runtime: Path, folder: Path) -> str:
    """Wait until JupyterLab listens and return the address of the notebook, with the port that it found free."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            with suppress(ValueError, OSError):  # half written, or not yet listening
                found = json.loads(file.read_text(encoding="utf-8"))
                socket.create_connection(("127.0.0.1", found["port"]), timeout=START_SECONDS).close()
                assert found["root_dir"] == str(folder)
                return f"{found['url']}lab/tree/autodiff.ipynb?token={found['token']}"
        time.sleep(POLL_MILLISECONDS / 1000)
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

    def write(self, cell: Locator, text: str, keys: str = "Control+a") -> None:
        """Write ``text`` into a cell's editor, in place of what ``keys`` select there."""
        if "jp-MarkdownCell" in (cell.get_attribute("class") or ""):
            cell.dblclick()
        cell.locator(".cm-content").click()
        self.page.keyboard.press(keys)
        self.page.keyboard.insert_text(text)

    def run(self, cell: Locator) -> Locator:
        """Run a code cell and return its output."""
        cell.locator(".cm-content").click()
        before = self._prompt(cell)
        self.page.keyboard.press("Shift+Enter")
        self._wait_until_run(cell, before)
        return cell.locator(".jp-OutputArea")

    def run_all(self) -> None:
        """Start running all cells; ``finished`` waits for the last of them."""
        self.cell(0).click()
        self._before = self._prompt(self._last())
        self.command("notebook:run-all-cells")

    def finished(self, milliseconds: float = MILLISECONDS) -> None:
        """Wait until the last cell has run, which an exception in a cell before it would prevent."""
        self._wait_until_run(self._last(), self._before, milliseconds)
        assert re.fullmatch(r"\[\d+\]:", self._prompt(self._last()))

    def _last(self) -> Locator:
        return self.page.locator(".jp-CodeCell").last

    def _prompt(self, cell: Locator) -> str:
        return cell.locator(".jp-InputPrompt").text_content() or ""

    def _wait_until_run(self, cell: Locator, before: str, milliseconds: float = MILLISECONDS) -> None:
        self.wait(HAS_RUN, [cell.locator(".jp-InputPrompt").element_handle(), before], milliseconds)

    def wait(self, script: str, argument: object, milliseconds: float = MILLISECONDS) -> None:
        """Wait until ``script`` says true; ``expect`` would describe the whole page each time that it has to wait."""
        self.page.wait_for_function(script, arg=argument, polling=POLL_MILLISECONDS, timeout=milliseconds)

    def command(self, name: str, **arguments: str) -> None:
        """Run a command of JupyterLab's menus."""
        script = "([name, arguments]) => { window.jupyterapp.commands.execute(name, arguments); }"
        self.page.evaluate(script, [name, arguments])

    def save(self) -> None:
        """Save the notebook."""
        self.command("docmanager:save")
        self.wait("() => !document.querySelector('.jp-mod-dirty')", None)

    def errors(self) -> int:
        """How many cells ended with an exception."""
        return self.page.locator('.jp-Notebook [data-mime-type="application/vnd.jupyter.error"]').count()

    def keep(self, name: str, cell: Locator) -> None:
        """Keep a picture of where a cell is, in both themes, if pictures are wanted."""
        if not SCREENSHOTS:
            return
        for theme, suffix in (("JupyterLab Dark", "dark"), ("JupyterLab Light", "light")):
            self.command("apputils:change-theme", theme=theme)
            self.page.locator(f'body[data-jp-theme-name="{theme}"]').wait_for(state="attached")
            cell.evaluate("cell => cell.scrollIntoView({block: 'start'})")
            keep(self.page, f"{name}-{suffix}")


def _open(page: Page, address: str) -> Notebook:
    page.set_default_timeout(MILLISECONDS)
    expect.set_options(timeout=MILLISECONDS)
    page.goto(address)
    notebook = Notebook(page)
    notebook.wait("wanted => document.querySelectorAll('.jp-Notebook .jp-Cell').length === wanted", len(CELLS))
    page.get_by_text("Python 3 (ipykernel) | Idle").first.wait_for()
    return notebook


def test_another_day_opens_the_notebook_as_the_first_one_did(lab: str) -> None:
    assert ANOTHER_DAY == "source .venv/bin/activate\n" + LAB
    assert "/lab/tree/autodiff.ipynb" in lab


@IN_A_BROWSER
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

    notebook.write(notebook.answer("mul"), WRONG_MUL)
    notebook.run(notebook.answer("mul"))
    check = notebook.having('grader.check("mul")')
    feedback = notebook.run(check)
    for words in ("Ran", "Expected", "Got", "Why it matters", "Hint", f"of {POINTS} points"):
        expect(feedback.get_by_text(words).first).to_be_visible()
    notebook.keep("wrong-mul", check)

    for name in ("mul", "pow", "relu", "choice_1", "choice_2", "explain_1", "explain_2", "evidence"):
        notebook.write(notebook.answer(name), solution_answers()[name])
    notebook.run(notebook.answer("mul"))
    expect(notebook.run(check)).to_contain_text(f"Public checks passed: {POINTS} of {POINTS} points")
    notebook.keep("right-mul", check)

    training = notebook.having("TrainingView(")
    notebook.write(notebook.having("= load_data()"), FEWER_HOUSES, keys="Control+End")
    training.evaluate(REMEMBER_TEXTS)
    notebook.run_all()
    notebook.wait(HAS_SHOWN, [training.element_handle(), r"epoch [3-8] of 10"], TRAINING_MILLISECONDS)
    training.evaluate("cell => cell.scrollIntoView({block: 'end'})")
    keep(notebook.page, "training")
    notebook.finished(TRAINING_MILLISECONDS)
    assert notebook.errors() == 0
    expect(training).to_contain_text("epoch 10 of 10")
    assert training.locator("img").evaluate("image => image.naturalWidth") > 300  # the curve
    graph = notebook.having("draw(f")
    _walk(notebook, graph)
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
    notebook.save()
    finish = notebook.having("grader.check()")
    expect(notebook.run(finish)).to_contain_text("Ready to submit.")
    notebook.keep("finish-line", finish)
    notebook.save()


def _walk(notebook: Notebook, graph: Locator) -> None:
    """Go through the steps of a drawing by keyboard, with the keys that choose another cell elsewhere in JupyterLab."""
    expect(graph.locator("svg[role=img]")).to_be_visible()
    graph.get_by_role("radio", name="now").focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        notebook.page.keyboard.press(key)
    expect(graph.get_by_role("radio", name="2 v2")).to_be_focused()
    expect(graph.locator("li:visible")).to_have_text("2. v2 (grad 8) adds 8 × 1 = 8 to v1; adds 8 × 1 = 8 to c.")
    assert graph.locator("img.still").is_hidden()


def _submit(installed: Path) -> None:
    """``pytest`` is green, and the grader gives all points."""
    pytest_command = installed / ".venv/bin/pytest"
    done = subprocess.run(
        [pytest_command], cwd=installed, env=ENVIRONMENT, capture_output=True, text=True, timeout=START_SECONDS
    )
    assert done.returncode == 0, done.stdout
    assert "Public checks passed" in done.stdout
    report = grade(installed / "autodiff.ipynb")
    assert report.score == report.max_score == 100, report.notes


@IN_A_BROWSER
def test_in_a_notebook_of_somebody_else_every_drawing_has_a_picture_and_its_words(installed: Path, lab: str) -> None:
    shutil.copy(ROOT / "solutions" / "autodiff.ipynb", installed / "solution.ipynb")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(MILLISECONDS)
        page.goto(lab.replace("autodiff.ipynb", "solution.ipynb") + "&reset")
        stills = page.locator("fieldset img.still")
        stills.last.wait_for()
        stills.last.scroll_into_view_if_needed()
        keep(page, "not-trusted")
        drawn = page.locator("fieldset").all()
        assert len(drawn) == stills.count() >= 4
        assert all(width > 300 for width in stills.evaluate_all("images => images.map(image => image.naturalWidth)"))
        for one in drawn:
            assert one.locator("input:visible, label:visible, .picture:visible").count() == 0
            assert re.match(r"Graph of \w: \d nodes\s+Now: [^\n]+\s+Start: [^\n]+\s+1\. ", one.inner_text())


def test_the_release_installs_without_otter_and_adds_little_to_its_front_end(installed: Path) -> None:
    packages = {
        path.name.lower().split("-")[0] for path in (installed / ".venv").glob("lib/*/site-packages/*.dist-info")
    }
    assert {"jupyterlab", "matplotlib", "igraph", "pytest"} <= packages
    assert not packages & {"otter_grader", "otter", "pandas", "scipy"}
    files = [path for path in (installed / ".venv").rglob("*") if path.is_file() and not path.is_symlink()]
    asked_for = [path for path in files if path.suffix != ".pyc" and not {"pip", "setuptools"} & set(path.parts)]
    assert sum(path.stat().st_size for path in asked_for) < MOST_MEGABYTES * 1_000_000
