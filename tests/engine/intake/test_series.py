"""Which slices make one volume, and in which order."""

from __future__ import annotations

import random

import numpy as np
import pytest

from engine.errors import InputError
from engine.intake.entry import Entry
from engine.intake.limits import Limits
from engine.intake.series import Slices, listed, places, studies_of
from tests.engine.intake.slices import OBLIQUE, at, header, write_series

DEPTHS = [0.0, 2.5, 5.0, 7.5, 10.0]


def names(studies: list[Slices]) -> list[list[str]]:
    return [[slice_.entry.path.name for slice_ in study] for study in studies]


@pytest.mark.parametrize(
    "cosines", [(1, 0, 0, 0, 1, 0), (0, 1, 0, 0, 0, -1), OBLIQUE], ids=["axial", "sagittal", "oblique"]
)
def test_slices_are_ordered_along_their_normal_whatever_their_names(cosines):
    headers = [header(at(depth, cosines), cosines, name=f"{9 - number}.dcm") for number, depth in enumerate(DEPTHS)]
    random.Random(3).shuffle(headers)
    assert names(studies_of(headers)) == [["9.dcm", "8.dcm", "7.dcm", "6.dcm", "5.dcm"]]


def test_two_series_are_two_studies():
    one = [header(at(depth), name=f"a{depth}", series_uid="1.1") for depth in DEPTHS]
    two = [header(at(depth), name=f"b{depth}", series_uid="1.2") for depth in DEPTHS[:3]]
    mixed = [slice_ for pair in zip(one, two, strict=False) for slice_ in pair] + one[3:]
    assert [len(study) for study in studies_of(mixed)] == [5, 3]


def test_a_localizer_of_another_orientation_stands_apart():
    scout = header((0, 0, 0), (0, 1, 0, 0, 0, -1), name="scout", size=(30, 40))
    studies = studies_of([scout, *(header(at(depth)) for depth in DEPTHS)])
    assert [len(study) for study in studies] == [1, 5]
    assert names(studies)[0] == ["scout"]


def test_a_localizer_that_says_so_stands_apart_even_in_the_same_plane():
    scout = header(at(20.0), name="scout", alike=("CT", "localizer"))
    assert sorted(len(study) for study in studies_of([scout, *(header(at(depth)) for depth in DEPTHS)])) == [1, 5]


@pytest.mark.parametrize(
    "other",
    [{"size": (6, 9)}, {"spacing_mm": (0.5, 0.79)}, {"spacing_mm": (0.51, 0.8)}, {"alike": ("MR",)}],
    ids=["size", "x spacing", "y spacing", "modality"],
)
def test_another_size_spacing_or_modality_is_another_volume(other):
    slices = [header(at(depth), name=f"{depth}", **(other if depth > 6 else {})) for depth in DEPTHS]
    assert sorted(len(study) for study in studies_of(slices)) == [2, 3]


def test_cosines_rounded_by_the_writer_do_not_split_a_series():
    cosines = np.array(OBLIQUE)
    slices = [header(at(depth, OBLIQUE), cosines + 1e-6 * number) for number, depth in enumerate(DEPTHS)]
    assert len(studies_of(slices)) == 1


@pytest.mark.timeout(20)
def test_thousands_of_images_that_each_look_another_way_are_sorted_in_seconds():
    angles = np.linspace(0.0, np.pi, 3000)
    slices = [
        header((0, 0, 0), (np.cos(angle), np.sin(angle), 0, 0, 0, -1), size=(500, 500), name=f"{angle}")
        for angle in angles
    ]
    assert [len(study) for study in studies_of(slices)] == [1] * 3000


def test_two_echoes_at_each_position_are_two_volumes():
    slices = [header(at(depth), name=f"{echo}-{depth}", EchoTime=echo) for depth in DEPTHS for echo in ("10", "30")]
    studies = studies_of(slices)
    assert [len(study) for study in studies] == [5, 5]
    assert all(len({slice_.marks for slice_ in study}) == 1 for study in studies)


def test_three_phases_of_two_echoes_are_six_volumes():
    slices = [
        header(at(depth), name=f"{echo}{phase}{depth}", EchoTime=echo, TemporalPositionIdentifier=phase)
        for depth in DEPTHS
        for echo in "12"
        for phase in "123"
    ]
    assert [len(study) for study in studies_of(slices)] == [5] * 6


def test_an_acquisition_number_of_each_slice_splits_nothing_even_beside_a_copy():
    slices = [header(at(depth), name=f"{depth}", AcquisitionNumber=f"{depth}") for depth in DEPTHS]
    copy = header(at(5.0), name="copy", AcquisitionNumber="5.0")
    assert [len(study) for study in studies_of([*slices, copy])] == [6]


def interleaved(marks, depths=(0.0, 2.0)) -> list:
    """Two stacks with steps of 5 mm, which begin at these depths."""
    return [
        header(at(begin + 5.0 * number), name=f"{mark}{number}", AcquisitionNumber=mark)
        for mark, begin in zip(marks, depths, strict=True)
        for number in range(4)
    ]


def test_two_acquisitions_that_reach_into_one_another_are_two_volumes():
    studies = studies_of(interleaved("12"))
    assert names(studies) == [[f"{mark}{number}" for number in range(4)] for mark in "12"]
    assert [len(study) for study in studies_of(interleaved("11"))] == [8], "nothing tells them apart"


def test_two_acquisitions_that_make_one_even_stack_together_are_one_volume():
    assert [len(study) for study in studies_of(interleaved("12", (0.0, 2.5)))] == [8]


def test_acquisitions_that_follow_one_another_are_one_volume_whatever_their_steps():
    first = [header(at(2.5 * number), name=f"a{number}", AcquisitionNumber="1") for number in range(4)]
    second = [header(at(7.5 + 5.0 * number), name=f"b{number}", AcquisitionNumber="2") for number in range(1, 5)]
    assert [len(study) for study in studies_of([*first, *second])] == [8]


def test_images_at_a_single_position_are_no_volume():
    assert names(studies_of([header(at(1.0), name=name) for name in "ba"])) == [["b"], ["a"]]


def test_copies_share_a_place_with_the_first_by_name():
    slices = [header(at(0.0), name="z"), header(at(0.0), name="a"), header(at(1.0), name="m")]
    (study,) = studies_of(slices)
    assert names(places(study)) == [["a", "z"], ["m"]]


def test_planes_a_few_micrometres_apart_are_places_of_their_own_where_pixels_are_as_small():
    slices = [header(at(depth), spacing_mm=(0.005, 0.005), name=f"{depth}") for depth in (0.0, 0.005, 0.01)]
    assert len(places(studies_of(slices)[0])) == 3


def test_files_whose_order_was_lost_are_ordered_again(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    assert [slice_.entry.path for slice_ in listed(list(map(Entry, files[::-1])), "series", Limits())] == files


def test_files_that_are_no_single_series_are_refused(tmp_path):
    files = write_series(tmp_path, [at(depth) for depth in DEPTHS])
    other = write_series(tmp_path / "other", [at(1.0)], SeriesInstanceUID="1.9")
    (tmp_path / "text").write_text("no slice")
    for mixed in ([*files, *other], [*files, tmp_path / "text"]):
        with pytest.raises(InputError) as caught:
            listed(list(map(Entry, mixed)), "series", Limits())
        assert caught.value.code == "IN-SER-MIXED"
    with pytest.raises(InputError) as caught:
        listed([*map(Entry, files), Entry(tmp_path / "gone.dcm")], "series", Limits())
    assert caught.value.code == "IN-NOT-FOUND"
