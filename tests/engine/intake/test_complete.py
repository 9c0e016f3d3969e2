"""What is missing of a series, as its headers count it."""

from __future__ import annotations

import pytest

from engine.intake.complete import Tally, missing_of, tallies_of
from engine.intake.series import studies_of
from tests.engine.intake.slices import at, header


def stack(count: int = 5, first: int | None = 1, name: str = "", **more) -> list:
    return [
        header(at(2.0 * index), name=f"{name}{index}", number=None if first is None else first + index, **more)
        for index in range(count)
    ]


def missing(headers, others=()) -> tuple[str, ...]:
    return missing_of(headers, Tally.of([*headers, *others]))


def test_a_series_whose_headers_count_nothing_is_taken_as_whole():
    assert missing(stack()) == ()
    assert missing(stack(first=None)) == ()


@pytest.mark.parametrize("name", ["ImagesInAcquisition", "NumberOfSeriesRelatedInstances", "NumberOfSlices"])
def test_fewer_slices_than_the_headers_count_are_told_with_both_numbers(name):
    assert missing(stack(counts={name: 5})) == ()
    (sentence,) = missing(stack(counts={name: 7}))
    assert " 7 " in sentence
    assert " 5 were found: 2 are missing." in sentence


def test_a_count_below_what_was_found_says_nothing():
    assert missing(stack(counts={"ImagesInAcquisition": 1, "NumberOfSlices": 4})) == ()


def test_a_multiple_of_what_was_found_is_the_count_of_several_reconstructions():
    assert missing(stack(counts={"ImagesInAcquisition": 10})) == ()


def test_headers_that_contradict_each_other_count_nothing():
    slices = stack(counts={"ImagesInAcquisition": 7})
    slices[2] = header(at(4.0), number=3, counts={"ImagesInAcquisition": 9})
    assert missing(slices) == ()


def test_each_acquisition_is_counted_by_itself():
    first = stack(5, counts={"ImagesInAcquisition": 5}, AcquisitionNumber="1")
    second = stack(4, first=6, name="b", counts={"ImagesInAcquisition": 5}, AcquisitionNumber="2")
    assert missing(first, second) == ()
    assert missing(second, first) == (
        "The headers count 5 images in acquisition 2 (0020,1002), 4 were found: 1 are missing.",
    )


def test_images_that_were_parted_from_the_series_count_as_found():
    scout = header((0, 0, 0), (0, 1, 0, 0, 0, -1), name="scout", number=1, counts={"ImagesInAcquisition": 6})
    assert missing(stack(first=2, counts={"ImagesInAcquisition": 6}), [scout]) == ()


def test_a_copy_does_not_stand_for_a_missing_slice():
    slices = stack(4, counts={"ImagesInAcquisition": 5})
    copy = header(at(0.0), name="copy", number=1, counts={"ImagesInAcquisition": 5})
    assert len(missing(slices, [copy])) == 1


@pytest.mark.parametrize("step", [1, -1])
def test_a_missing_first_slice_shows_in_the_instance_numbers(step):
    assert missing(stack(first=2)[::step]) == (
        "The instance numbers (0020,0013) begin at 2: 1 of the images before it are missing.",
    )


@pytest.mark.parametrize("first", [0, -3, 6, 1001])
def test_other_numberings_are_no_loss(first):
    assert missing(stack(first=first)) == ()


def test_numbers_that_do_not_count_along_the_volume_say_nothing():
    slices = [header(at(2.0 * index), number=number) for index, number in enumerate((2, 4, 3, 5))]
    assert missing(slices) == ()


def test_tallies_are_kept_for_each_series_of_a_search():
    slices = [*stack(5, series_uid="1.1", counts={"ImagesInAcquisition": 7}), *stack(5, name="b", series_uid="1.2")]
    tallies = tallies_of(slices)
    found = [missing_of(study, tallies[study[0].series_uid]) for study in studies_of(slices)]
    assert [len(sentences) for sentences in found] == [1, 0]
