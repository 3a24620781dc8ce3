"""The READMEs show of the grader just what the grader prints."""

from __future__ import annotations

import readme_blocks


def test_the_report_in_the_readme_is_the_one_that_is_printed() -> None:
    assert readme_blocks.without_seconds(readme_blocks.block("report")) == readme_blocks.without_seconds(
        readme_blocks.report()
    )


def test_the_rubric_in_the_readme_is_the_rubric() -> None:
    assert readme_blocks.block("rubric") == readme_blocks.rubric()
