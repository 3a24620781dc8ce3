"""What stands in the documents of the repository: headings, links, pictures and commands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from specimens import GALLERY, ROOT

_ELSEWHERE = {"build", "dist", "node_modules"}
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`]+)`")
MOST_WITHOUT_CONTENTS = 3
"""Sections of a document that need no list of them."""
SHELLS = ("sh", "powershell")
_NAMES = "apt-get|dask|git|jupyter|make|openssl|otter|pip|pre-commit|py|pytest|python3?|source|uv|wget"
PROGRAMS = re.compile(rf"(?:[A-Z]+=\S+ )?(?:\S*[/\\])?(?:{_NAMES})(?: |$)")
"""The beginning of a text between backquotes that is a command."""


@dataclass(frozen=True)
class Document:
    """A document: its path in the repository, and its text."""

    name: str
    text: str

    @property
    def prose(self) -> str:
        """The text without blocks of code."""
        return _FENCED.sub("", self.text)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The level and the title of each heading."""
        prose = _INLINE.sub(lambda code: "" if "\n" in code[0] else code[0], self.prose)  # a line of it is no heading
        return [(len(marks), title) for marks, title in re.findall(r"^(#+) (.+)$", prose, re.MULTILINE)]

    @property
    def anchors(self) -> list[str]:
        """The anchors that links may name."""
        return [anchor(title) for _, title in self.headings]

    @property
    def links(self) -> list[tuple[str, str]]:
        """The text and the target of each link and picture."""
        prose = _INLINE.sub(lambda match: match[0].replace("](", "] ("), self.prose)
        return re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", prose)

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """The description and the target of each picture."""
        return re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", self.prose)

    @property
    def quoted(self) -> list[str]:
        """The texts between backquotes, each on one line."""
        return [" ".join(text.split()) for text in _INLINE.findall(self.prose)]

    @property
    def commands(self) -> list[str]:
        """The commands that a reader is told to type, without comments."""
        lines = [line for shell, block in _FENCED.findall(self.text) if shell in SHELLS for line in block.splitlines()]
        return [
            *(
                command
                for line in lines
                for command in re.split(r"\s+#\s+(?:or: )?", line)[: 2 if "# or: " in line else 1]
            ),
            *(text for text in self.quoted if PROGRAMS.match(text)),
        ]

    def resolve(self, target: str) -> tuple[Path, str]:
        """Return the file that a relative link leads to, and the anchor in it."""
        path, _, part = target.partition("#")
        return Path(os.path.normpath((ROOT / self.name).parent / path if path else ROOT / self.name)), part


def anchor(title: str) -> str:
    """Return the anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def contents(titles: list[str]) -> str:
    """Return the list of links to the sections of these titles."""
    return "\n".join(f"- [{title}](#{anchor(title)})" for title in titles)


def sections(document: Document) -> list[str]:
    """Return the titles that a list of contents has."""
    return [title for level, title in document.headings if level == 2]


def with_contents(document: Document) -> str:
    """Return the text with a list of its sections in front of the first, where there are more than a few."""
    if len(sections(document)) <= MOST_WITHOUT_CONTENTS:
        return document.text
    start, heading, rest = document.text.partition("\n## ")
    start = re.sub(r"\n(?:- \[[^\n]+\]\(#\S+\)\n)+", "\n", start + "\n").rstrip("\n")
    return f"{start}\n\n{contents(sections(document))}\n{heading}{rest}"


def documents(root: Path = ROOT) -> Iterator[Document]:
    """Read every document of the repository, but the tables of the gallery, which are parts of one.

    What is made here is not entered: CI makes whole Debians there while tests are being collected.
    """
    paths = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in _ELSEWHERE and not name.startswith(".")]
        paths += [Path(folder, name) for name in names if name.endswith(".md")]
    for path in sorted(paths):
        if path.parent != GALLERY:
            yield Document(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
