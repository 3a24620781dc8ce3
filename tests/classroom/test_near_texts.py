"""Texts that are equal or nearly so share a group; others do not, however many there are."""

from __future__ import annotations

from random import Random

import pytest

from autograder.classroom.near_texts import NearTexts

TEXT = (
    "The recorded test loss is measured after the update of its epoch, the training loss before it, so the test curve "
    "is one update ahead of the training curve at every point that is drawn."
)


def together(*texts: str) -> list[int]:
    """The group of each text."""
    near = NearTexts()
    return [near.group(number) for number in map(near.add, texts)]


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace(" ", "\n  "),
        TEXT.replace(",", " -").replace(".", ""),
        TEXT.replace("measured", "taken"),
        TEXT.replace("curve at every point", "one at each point"),
        TEXT + " That is why.",
        TEXT.replace("update", "updaet", 1),
    ],
)
def test_equal_and_near_texts_stand_together(other: str) -> None:
    assert together(TEXT, "Something else altogether is said here, at about the same length.", other) == [0, 1, 0]


def test_texts_on_the_same_thing_in_other_words_do_not() -> None:
    others = (
        "Because the test loss is computed once the weights have been updated, but the training loss was before that.",
        "The test set is smaller than the training set, so its loss is lower.",
        "",
        "?",
        "I do not know",
    )
    assert len({*together(TEXT, *others)}) == 6


def test_a_chain_of_near_texts_is_one_group_whose_first_text_names_it() -> None:
    words = TEXT.split()
    chain = [" ".join([*words[: len(words) - k], *["other"] * k]) for k in range(9)]
    assert set(together(*chain)) == {0}


def test_many_texts_take_time_by_their_number_alone() -> None:
    random = Random(3)
    words = TEXT.split()
    texts = [" ".join(random.choices(words, k=25)) for _ in range(300)] + [TEXT] * 300
    groups = together(*texts)
    assert len(set(groups[300:])) == 1
    assert len(set(groups)) > 290
