"""Where an image lies in the patient, held against the definition in PS3.3 C.7.6.2.1.1."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydicom import Dataset

from engine.errors import InputError
from engine.intake.decoded import Facts
from engine.intake.dicom.decode import read_dicom
from engine.intake.limits import Limits
from tests.engine.intake.dicom.build import image, stored

COS, SIN = math.cos(math.radians(30)), math.sin(math.radians(30))


def facts_of(**elements: object) -> Facts:
    return read_dicom(stored(image(**elements)), "a.dcm", Limits()).facts


def test_an_oblique_plane_puts_every_pixel_where_the_standard_puts_it():
    position, row, column = [10.0, -20.0, 30.0], [COS, SIN, 0.0], [0.0, 0.0, -1.0]
    facts = facts_of(
        PixelSpacing=[0.5, 0.25],
        SliceThickness="3",
        ImagePositionPatient=position,
        ImageOrientationPatient=row + column,
    )
    assert facts.spacing_mm == (3.0, 0.5, 0.25)
    axes = np.reshape(facts.direction, (3, 3))
    for line, pixel in [(0, 0), (2, 0), (0, 3), (2, 3)]:
        ours = np.array(facts.origin_mm) + axes @ [pixel * facts.spacing_mm[2], line * facts.spacing_mm[1], 0.0]
        standard = np.array(position) + np.array(row) * 0.25 * pixel + np.array(column) * 0.5 * line
        np.testing.assert_allclose(ours, standard, atol=1e-4)
    assert np.linalg.det(axes) == pytest.approx(1.0)


def test_without_position_there_is_no_place_but_spacing():
    facts = facts_of(PixelSpacing=[0.5, 0.25])
    assert facts.spacing_mm == (0.5, 0.5, 0.25)
    assert facts.origin_mm == (0.0, 0.0, 0.0)


def test_without_spacing_there_is_none():
    assert facts_of().spacing_mm is None


@pytest.mark.parametrize("spacing", [[0.0, 1.0], [-1.0, 1.0]])
def test_spacing_that_makes_no_sense_is_none(spacing):
    assert facts_of(PixelSpacing=spacing).spacing_mm is None


def test_spacing_at_the_detector_is_used_and_named():
    decoded = read_dicom(stored(image(ImagerPixelSpacing=[0.2, 0.2])), "a.dcm", Limits())
    assert decoded.facts.spacing_mm == (0.2, 0.2, 0.2)
    assert decoded.repairs == ("The spacing is that at the detector; the patient was magnified.",)


@pytest.mark.parametrize(
    "cosines", [[1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0.5, 0], [1, 0, 0], [1, 0, 0, 0, 1, 0, 0]]
)
def test_a_plane_that_is_none_is_refused(cosines):
    with pytest.raises(InputError) as caught:
        facts_of(ImagePositionPatient=[0, 0, 0], ImageOrientationPatient=cosines)
    assert caught.value.code == "IN-DCM-GEOMETRY"


def test_cosines_rounded_to_four_digits_pass():
    facts = facts_of(ImagePositionPatient=[0, 0, 0], ImageOrientationPatient=[0.7071, 0.7071, 0, 0, 0, -1])
    assert np.linalg.norm(np.reshape(facts.direction, (3, 3)), axis=0) == pytest.approx([1, 1, 1])


def test_the_plane_of_a_functional_group_comes_before_that_of_the_file():
    place, orientation, outer = Dataset(), Dataset(), Dataset()
    place.ImagePositionPatient = [1, 2, 3]
    orientation.ImageOrientationPatient = [0, 1, 0, 0, 0, 1]
    outer.PlanePositionSequence, outer.PlaneOrientationSequence = [place], [orientation]
    facts = facts_of(
        PerFrameFunctionalGroupsSequence=[outer],
        ImagePositionPatient=[9, 9, 9],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
    )
    assert facts.origin_mm == (1.0, 2.0, 3.0)
    assert facts.direction == (0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
