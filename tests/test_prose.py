"""The notebook's text: its headings, pictures, links and formulae, and how long its cells are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from specimens import ROOT

from autograder.authoring import source_file

CELLS = source_file.read_source(ROOT).cells
TEXTS = [str(cell.source) for cell in CELLS if cell.cell_type == "markdown"]
CODE = [source_file.without_marks(cell.source) for cell in CELLS if cell.cell_type == "code"]
TEXT = "\n\n".join(TEXTS)

MOST_LINES, MOST_LINES_OF_A_CLASS = 30, 40
MOST_COLUMNS = 100
"""Of code in JupyterLab, on a screen of 1280 pixels with the list of files open."""
MOST_CHARACTERS = 2200
"""Of a text between two cells of code: a screen."""
KATEX = {
    *("partial", "frac", "cdot", "approx", "sum", "dots", "text", "operatorname", "max", "tanh", "varepsilon", "Delta"),
    *("neq", "to", "pm", "left", "right", "bigl", "bigr", "qquad", "quad", "blacksquare", ",", " "),
}
"""The commands that may be used, each of them on https://katex.org/docs/supported and in MathJax."""
AMERICAN = r"standardiz|memoriz|organiz|neighborhood|\bcolor\b|\bcenter|behavior|recogniz|initializ|labeled"


STILTED = r"\bdemo\b|[Rr]eplace[^.]* by\b|by a letter|\bsome hundred|, for (?:a|all|every|it|other|the|training)\b"
"""Turns of phrase that the notebook is free of: *for* as *because*, and a demo that no student has seen."""


def _headings() -> list[tuple[int, str]]:
    return [(len(marks), title) for marks, title in re.findall(r"^(#+) (.+)$", TEXT, re.MULTILINE)]


def _formulae() -> Iterator[str]:
    rest = re.sub(r"`[^`]*`", "", TEXT)
    yield from re.findall(r"\$\$(.+?)\$\$", rest, re.DOTALL)
    yield from re.findall(r"\$([^$]+)\$", re.sub(r"\$\$.+?\$\$", "", rest, flags=re.DOTALL))


def test_there_is_one_title_and_no_level_is_skipped() -> None:
    levels = [level for level, _ in _headings()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(following <= level + 1 for level, following in itertools.pairwise(levels))


def test_the_sections_are_numbered_in_order() -> None:
    numbers = [int(match[1]) for level, title in _headings() if level == 2 and (match := re.match(r"(\d+)\. ", title))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == sum(level == 2 for level, _ in _headings())


def test_every_picture_is_described() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(", TEXT)
    assert pictures
    assert all(len(alt.split()) >= 8 for alt in pictures)


def test_every_link_says_where_it_leads_and_no_address_stands_bare() -> None:
    links = re.findall(r"(?<!!)\[([^\]]+)\]\((https?://[^)]+)\)", TEXT)
    assert links
    assert all(len(text.split()) >= 2 and text.lower() not in ("click here", "this link") for text, _ in links)
    assert "http" not in re.sub(r"\]\([^)]+\)", "]", TEXT)


def test_formulae_use_only_what_mathjax_and_katex_both_know() -> None:
    formulae = list(_formulae())
    assert len(formulae) > 10
    used = {command for formula in formulae for command in re.findall(r"\\([A-Za-z]+|.)", formula)}
    assert used <= KATEX


def test_the_delimiters_of_formulae_are_balanced_and_hug_them() -> None:
    for formula in _formulae():
        assert formula.count("{") == formula.count("}")
        assert len(re.findall(r"\\left", formula)) == len(re.findall(r"\\right", formula))
    inline = re.findall(r"(?<!\$)\$([^$]+)\$(?!\$)", re.sub(r"\$\$.+?\$\$|`[^`]*`", "", TEXT, flags=re.DOTALL))
    assert all(formula == formula.strip() for formula in inline)  # Pandoc and KaTeX want no space inside


@pytest.mark.parametrize("number", range(len(CODE)))
def test_a_cell_of_code_is_short(number: int) -> None:
    most = MOST_LINES_OF_A_CLASS if CODE[number].startswith("class ") else MOST_LINES
    assert len(CODE[number].splitlines()) <= most


@pytest.mark.parametrize("number", range(len(CODE)))
def test_a_line_of_code_fits_beside_the_list_of_files(number: int) -> None:
    assert max(map(len, CODE[number].splitlines())) <= MOST_COLUMNS


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_text_is_no_longer_than_a_screen(number: int) -> None:
    assert len(TEXTS[number]) <= MOST_CHARACTERS


def test_the_spelling_is_british() -> None:
    code_names = re.sub(r"`[^`]*`", "", TEXT)
    assert re.findall(AMERICAN, code_names, re.IGNORECASE) == []


def test_the_words_are_plain() -> None:
    words = " ".join(re.sub(r"`[^`]*`", "", TEXT).split())
    assert [words[match.start() - 40 : match.end() + 20] for match in re.finditer(STILTED, words)] == []


def test_the_notebook_speaks_once_of_its_earlier_version_and_says_how_long_it_takes() -> None:
    words = " ".join(TEXT.split())
    assert words.count("earlier version") == words.count("An earlier version of this notebook") == 1
    assert "About two hours. If you are in a hurry" in words


def test_the_proof_is_folded() -> None:
    [claim] = [text for text in TEXTS if "**Claim.**" in text]
    before, _, folded = claim.partition("<details>\n<summary><b>The proof</b></summary>\n\n")
    proof, _, after = folded.partition("\n\n</details>\n\n")  # blank lines, or the markdown inside is not read
    assert "**Claim.**" in before
    assert "blacksquare" in proof
    assert "**the gradient of a node is the sum" in " ".join(after.split())
