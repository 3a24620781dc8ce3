"""The setting ``files_url``: where a course keeps the released files, and what the notebook does with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.assignment import ASSIGNMENT

BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
BLANK = 'FILES_URL = ""'
"""The line of the source that the setting is filled into."""

_SHOWN = re.compile(r"https://github\.com/([^/]+)/([^/]+)/tree/([^/]+)(/.*)?")
_RAW = re.compile(r"https://raw\.githubusercontent\.com/([^/]+)/([^/]+)/(?:refs/heads/)?([^/]+)(/.*)?")


@dataclass(frozen=True)
class Hosting:
    """Where the released files are: the address to fetch them from, and that of the notebook in Colab, if any."""

    fetched_from: str = ""
    in_colab: str = ""

    @property
    def badge(self) -> str:
        """The badge that opens the notebook in Colab, as markdown; empty where Colab cannot open it."""
        return f"[![Open in Colab]({BADGE})]({self.in_colab})" if self.in_colab else ""

    def filled_in(self, source: str) -> str:
        """Return a cell of the source with the address in it."""
        return source.replace(BLANK, f'FILES_URL = "{self.fetched_from}"') if self.fetched_from else source


def hosting(url: str) -> Hosting:
    """Return where the files are if they are in the folder ``url``; nowhere if it is empty.

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
