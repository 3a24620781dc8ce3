"""The setting ``files_url``, the address at which a course keeps the released files, and its use in the notebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.assignment import ASSIGNMENT
from autograder.authoring.source_file import AuthoringError, Cell

BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
BLANK = 'FILES_URL = ""'
"""Line of the source that is replaced by the setting."""

_SHOWN = re.compile(r"https://github\.com/([^/]+)/([^/]+)/tree/([^/]+)(/.*)?")
_COLAB = re.compile(r"^\*\*Colab\*\*(?:.+\n)*.+$", re.MULTILINE)
"""Pattern of the paragraph in the README that says how to begin in Colab."""
_RAW = re.compile(r"https://raw\.githubusercontent\.com/([^/]+)/([^/]+)/(?:refs/heads/)?([^/]+)(/.*)?")


@dataclass(frozen=True)
class Hosting:
    """Addresses of the folder to fetch the released files from, and of the notebook in Colab; "" if there is none."""

    fetched_from: str = ""
    in_colab: str = ""

    @property
    def badge(self) -> str:
        """Badge in markdown that opens the notebook in Colab, or "" if Colab cannot open it."""
        return f"[![Open in Colab]({BADGE})]({self.in_colab})" if self.in_colab else ""

    def fill_in(self, cells: Sequence[Cell]) -> None:
        """Put the badge below the notebook's title, and the address into the cell that fetches the files.

        Raises ``AuthoringError`` if there is an address and no cell has a place for it.
        """
        cells[0].source = self._below_title(cells[0].source)
        places = [cell for cell in cells if BLANK in cell.source]
        if self.fetched_from and not places:
            raise AuthoringError("files_url is set, and no cell fetches from it", f"Write {BLANK} in the one that does")
        for cell in places:
            cell.source = cell.source.replace(BLANK, f'FILES_URL = "{self.fetched_from}"')

    def in_readme(self, text: str) -> str:
        """Return the release's README with the badge, and without the advice to upload files that are fetched."""
        if not self.fetched_from:
            return text
        start = "the badge above opens the notebook" if self.badge else f"upload `{ASSIGNMENT.manifest.notebook}`"
        colab = f"**Colab**: {start}. Its first cell fetches what else it needs."
        return _COLAB.sub(colab, self._below_title(text))

    def _below_title(self, text: str) -> str:
        title, _, rest = text.partition("\n")
        return f"{title}\n\n{self.badge}\n{rest}" if self.badge else text


def hosting(url: str) -> Hosting:
    """Return the addresses of the files in the folder ``url``; all are empty if it is.

    A folder on GitHub may be given as the browser shows it. Colab opens notebooks from GitHub only.
    """
    found = _SHOWN.fullmatch(url) or _RAW.fullmatch(url)
    if found is None:
        return Hosting(url)
    owner, repository, branch, folder = found.groups(default="")
    notebook = f"{owner}/{repository}/blob/{branch}{folder}/{ASSIGNMENT.manifest.notebook}"
    return Hosting(
        f"https://raw.githubusercontent.com/{owner}/{repository}/{branch}{folder}",
        f"https://colab.research.google.com/github/{notebook}",
    )
