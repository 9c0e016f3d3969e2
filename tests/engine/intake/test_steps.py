"""Even steps, uneven ones, and those over which slices are missing."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.steps import check_gaps, is_even
from tests.engine.intake.slices import at, header


def check(depths, numbers=None) -> None:
    numbers = [None] * len(depths) if numbers is None else numbers
    planes = [header(at(depth), number=number) for depth, number in zip(depths, numbers, strict=True)]
    check_gaps(planes, np.array(depths, float), "series")


def gap_in(depths, numbers=None) -> str:
    """The message of the gap."""
    with pytest.raises(InputError) as caught:
        check(depths, numbers)
    assert caught.value.code == "IN-SER-GAP"
    assert caught.value.next_step
    return caught.value.message


@pytest.mark.parametrize(
    ("depths", "even"),
    [
        ([0, 2, 4, 6], True),
        ([0, 2, 4.04, 6], True),
        ([0, 2, 4.1, 6], False),
        ([0, 50, 100.4, 150], True),
        ([0, 0.2, 0.41, 0.6], True),
        ([0, 0.2, 0.43, 0.6], False),
        ([0, 3], True),
    ],
)
def test_places_are_even_within_a_hundredth_of_a_step_or_what_writers_round(depths, even):
    assert is_even(np.array(depths, float)) is even


@pytest.mark.parametrize(
    "depths",
    [[0, 1, 2, 3.5, 5], [0, 1, 2, 3, 5, 7, 9], [0, 1, 1.8, 3, 4], [0, 5], [0, 3, 6]],
    ids=["one and a half", "two spacings", "a short one", "two slices", "three slices"],
)
def test_steps_up_to_the_limit_are_no_gap(depths):
    check(depths)


def test_a_step_over_the_limit_is_named_with_its_slices_and_the_limit():
    message = gap_in([0, 1, 2, 3.6, 4.6])
    assert "1.60 mm between slice 3 (7.000.dcm) and slice 4 (8.600.dcm) of 5" in message
    assert "neighbouring step is 1.00 mm (limit 1.5x)" in message


def test_two_slices_missing_beside_one_slice_do_not_vouch_for_each_other():
    depths = [0, 1, 2, 4, 6, 7, 8]
    check(depths)  # by places alone it could be a series of two spacings
    message = gap_in(depths, [1, 2, 3, 5, 7, 8, 9])
    assert "2.00 mm between slice 3" in message
    assert "missing, with the instance number 4." in message
    assert "1 more gaps follow" in message


@pytest.mark.parametrize("numbers", [[9, 8, 7, 5, 3, 2, 1], [101, 102, 103, 106, 109, 110, 111]])
def test_instance_numbers_may_fall_and_begin_anywhere(numbers):
    assert "slices are missing, with the instance number" in gap_in([0, 1, 2, 4, 6, 7, 8], numbers)


@pytest.mark.parametrize(
    ("depths", "numbers"),
    [
        ([0, 1, 2, 4, 6, 7, 8], [1, 5, 2, 6, 3, 7, 4]),
        ([0, 1, 2, 4, 6, 7, 8], [1, 2, 3, None, 5, 6, 7]),
        ([0, 1, 2, 4, 6, 8, 10], [1, 2, 3, 5, 6, 7, 8]),
        ([0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 5, 7, 8, 9]),
        ([0, 1, 2, 4, 6, 7, 8], [1, 3, 5, 7, 9, 11, 13]),
    ],
    ids=["not in order", "not all there", "a coarser part follows", "even places", "every second number"],
)
def test_instance_numbers_that_show_no_missing_slice_change_nothing(depths, numbers):
    check(depths, numbers)


def test_a_jump_in_the_numbers_makes_a_smaller_step_a_gap():
    depths = [0, 2.5, 5, 12.5, 17.5, 22.5]
    check(depths)
    check(depths, range(1, 7))
    assert "(limit 1.25x): slices are missing, with the instance number 4." in gap_in(depths, [1, 2, 3, 5, 6, 7])


@pytest.mark.parametrize(
    ("after", "words"),
    [(6, "with the instance numbers 4 and 5"), (20, "those with the instance numbers 4 to 19")],
)
def test_missing_instance_numbers_are_named(after, words):
    assert words in gap_in([0, 1, 2, 9, 10, 11], [1, 2, 3, after, after + 1, after + 2])
