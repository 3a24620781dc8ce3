"""Setting up the container: our setup.sh, and of otter's what can be counted here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from zip_ways import unpack

from bench.measure import Run
from bench.workshop import PYTHON, Workshop

SET_UP = "ours: setup.sh"
OTTER_PIP = "otter: the pip part of its environment.yml"
NOTE = """
*Ours* is the `setup.sh` of the zip: a venv from the lock. *Otter's* `setup.sh`, as `otter assign` writes it, installs
packages of the system, Miniforge, a conda environment and Chromium. Only the part that its `environment.yml` gives to
pip is run here. Downloads are the wheels of what is then installed; installed is the size of the venv, and for ours of
the grader too.
""".strip()
MORE = "What otter's set-up fetches besides, by its `setup.sh`:"
OTTER_REPEATS = 1
"""It downloads 300 MB and takes a minute or two."""


def measure(shop: Workshop) -> tuple[dict[str, list[Run]], dict[str, Any]]:
    """Set up both, each time with all downloads, and count what is downloaded and installed."""
    shop.zip_file, shop.stock  # noqa: B018 - built before anything is timed
    setup, requirement = _otter_set_up(shop)
    runs: dict[str, list[Run]] = {SET_UP: [], OTTER_PIP: []}
    facts: dict[str, Any] = {}
    for repeat in range(shop.repeats):
        prefix = shop.new_folder("setup")
        root = unpack(shop.zip_file, prefix)
        environment = {"AUTODIFF_PREFIX": os.fspath(prefix)}
        runs[SET_UP].append(shop.run(SET_UP, ["bash", root / "source" / "setup.sh"], prefix, environment))
        if repeat == 0:
            facts["ours"] = _sizes(shop, prefix / "opt" / "autodiff", root / "source")
        if repeat < OTTER_REPEATS:
            venv = shop.new_folder("venv")
            pip = f"{venv}/bin/python -m pip install -q --no-cache-dir"
            script = f"'{PYTHON}' -m venv {venv} && {pip} '{requirement}'"
            runs[OTTER_PIP].append(shop.run(OTTER_PIP, ["bash", "-c", script], venv))
            facts["otter"] = _sizes(shop, venv, None)
    facts["otter"] |= {"requirement": requirement, "apt": _apt(setup), "fetches": _fetches(setup)}
    return runs, facts


def _otter_set_up(shop: Workshop) -> tuple[str, str]:
    """Otter's set-up script, and the requirement that its environment.yml gives to pip."""
    with zipfile.ZipFile(shop.stock.zip_file) as archive:
        setup, environment = (archive.read(name).decode() for name in ("setup.sh", "environment.yml"))
    [requirement] = re.findall(r"^\s*- (otter-grader\S*)$", environment, re.MULTILINE)
    return setup, requirement


def _sizes(shop: Workshop, venv: Path, source: Path | None) -> dict[str, float]:
    """Packages, bytes installed and bytes downloaded: the wheels of what is in the environment, fetched once more."""
    pip = [os.fspath(venv / "bin" / "python"), "-m", "pip"]
    frozen = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True, timeout=60).stdout
    wheels, pinned = shop.new_folder("wheels"), shop.folder / "pinned.txt"
    pinned.write_text(frozen, encoding="utf-8")
    download = [*pip, "download", "-q", "--no-deps", "--no-cache-dir", "-d", os.fspath(wheels), "-r", os.fspath(pinned)]
    subprocess.run(download, capture_output=True, check=True, timeout=600)
    downloaded = _bytes(wheels)
    shutil.rmtree(wheels)
    return {
        "packages": len(frozen.split()),
        "installed": _bytes(venv) + (_bytes(source) if source else 0),
        "downloaded": downloaded,
    }


def _bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _apt(setup: str) -> dict[str, Any]:
    """What the first ``apt-get install`` of otter's script would fetch here, by apt's own simulation."""
    [names] = re.findall(r"^apt-get install -y (wget .*)$", setup, re.MULTILINE)
    subprocess.run(["apt-get", "update", "-qq"], capture_output=True, check=False, timeout=180)
    command = ["apt-get", "install", "--print-uris", "-qq", "-y", *names.split()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    sizes = [int(size) for size in re.findall(r"^'\S+' \S+ (\d+)", done.stdout, re.MULTILINE)]
    return {"asked": names, "status": done.returncode, "packages": len(sizes), "downloaded": sum(sizes)}


def _fetches(setup: str) -> list[str]:
    """The other lines of otter's script that fetch something, which cannot be counted without running them."""
    lines = [line.strip().removeprefix("else ").rstrip("\\ ") for line in setup.splitlines()]
    return [line for line in lines if re.search(r"Miniforge3-Linux-x86_64|mamba (env create|install)|playwright", line)]
