"""Tables are read back as they were written, also after a spreadsheet has saved them, and hold no formula."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.classroom import tables

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''-1", "a;=1", "a|+1", " =1", "x; '=1", "'", "it's; fine")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_is_guarded_and_read_back(text: str) -> None:
    written = tables.to_csv(["a"], [[text]])
    assert not re.search(r"(^|;)\s*[=+\-@]", written.splitlines()[1].strip('"'))
    assert [one.cells["a"] for one in tables.read(written.encode(), "t.csv", ["a"])] == [text.strip()]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=30), min_size=1, max_size=4))
def test_any_text_stays_in_its_cell_and_starts_no_formula(texts: list[str]) -> None:
    lines = list(csv.reader(io.StringIO(tables.to_csv(["A"] * len(texts), [texts]), newline="")))
    assert len(lines) == 2
    assert len(lines[1]) == len(texts)
    for text, cell in zip(texts, lines[1], strict=True):
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"))
        assert cell.isprintable()
        if text.isalnum():
            assert cell == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(), max_size=12) | st.text("=+-@;|' a", max_size=12), min_size=2, max_size=4))
def test_any_printable_text_comes_back(texts: list[str]) -> None:
    heads = [f"c{number}" for number in range(len(texts))]
    [*found] = tables.read(tables.to_csv(heads, [["x", *texts[1:]]]).encode("utf-8", "replace"), "t.csv", heads)
    assert len(found) == 1
    for head, text in list(zip(heads, texts, strict=True))[1:]:
        shown = "".join(c if c.isprintable() else " " for c in text)
        if not text.count("'") > 9:
            assert found[0].cells[head] == shown.strip()


def test_what_spreadsheets_make_of_a_table_is_read() -> None:
    for text in ("a,b\n1,2\n", "\ufeffA;B\r\n1;2\r\n", "a\tb\n1\t2", '"a" , "b"\n1,"2"\n'.replace(" ", "")):
        (line,) = tables.read(text.encode(), "t.csv", ["a", "b"])
        assert (line.number, dict(line.cells)) == (2, {"a": "1", "b": "2"})


def test_comments_and_empty_lines_are_left_out_and_numbers_are_those_of_the_file() -> None:
    text = 'a,b\n# a comment,x,y,z\n\n1,"two\nlines"\n,,\n3\n'
    found = tables.read(text.encode(), "t.csv", ["a", "b"])
    assert [(line.number, line.cells["a"]) for line in found] == [(4, "1"), (7, "3")]
    assert found[1].cells["b"] == ""


@pytest.mark.parametrize(
    "data, says",
    [
        (b"", "line 1: the first line must name the columns a, b; no a"),
        (b"a,c\n", "line 1: .*; no b"),
        (b"a,b\n1,2\n1,2,3\n", "line 3: more cells than columns"),
        (b'a,b\n1,"2\n3,4\n', "line 2: unexpected end of data"),
        ("a,b\n1,2\nPrüfung,2\n".encode("latin-1"), "line 3: this is not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data: bytes, says: str) -> None:
    with pytest.raises(tables.TableError, match=f"t.csv, {says}"):
        tables.read(data, "t.csv", ["a", "b"])
