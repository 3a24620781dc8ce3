"""The READMEs show of the grader just what the grader prints."""

from __future__ import annotations

import pytest
import readme_blocks
from readme_blocks import BLOCKS, EXCERPT, block, without_seconds


@pytest.mark.parametrize("name", sorted(BLOCKS.keys() - {"gallery"}))
def test_a_block_is_what_is_printed(name: str) -> None:
    _, make = BLOCKS[name]
    assert without_seconds(block(name)) == without_seconds(make())


def test_the_excerpt_is_fifteen_lines_of_the_report_with_its_one_mistake() -> None:
    fence, *lines, end = readme_blocks.excerpt().splitlines()
    assert (fence, len(lines), end) == ("```text", EXCERPT, "```")
    assert [line for line in lines if line not in readme_blocks.report()] == ["  …"]
    assert sum(line.startswith("  ✗") for line in lines) == 1
    assert any(line.startswith("      Hint: ") for line in lines)
