"""What lies under the pointer."""

import numpy as np
import pytest

from app.paint.picture import Picture
from app.paint.pointed import Pointed, pointed_at
from app.state.geometry import View
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("a",), "test")
TURNED = Scan(
    np.arange(24, dtype=np.int16).reshape(2, 3, 4),
    "volume",
    "CT",
    "MONOCHROME2",
    FILE,
    slope=2.0,
    intercept=-1000.0,
    spacing_mm=(5.0, 1.0, 1.0),
    origin_mm=(10.0, 20.0, 30.0),
    direction=(-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0),
)
"""Columns run to the right and rows to the front: shown turned by half a circle."""


def test_voxel_has_its_indices_its_real_value_and_its_place():
    picture = Picture.of(TURNED)
    view = View((4, 3), (4, 3), (2.0, 1.5), 1.0)
    pointed = pointed_at(picture, view, 0.5, 0.5)
    assert pointed == Pointed(3, 2, (23 * 2.0 - 1000.0,), 1, pytest.approx((7.0, 18.0, 35.0)))


def test_pixel_of_a_colour_picture_has_three_values_and_no_place():
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    picture = Picture.of(Scan(pixels, "photograph", "photo", "RGB", FILE))
    assert pointed_at(picture, View((4, 2), (4, 2), (2.0, 1.0), 1.0), 1.2, 0.3) == Pointed(1, 0, (3.0, 4.0, 5.0))


def test_nothing_lies_beside_the_picture():
    assert pointed_at(Picture.of(TURNED), View((4, 3), (40, 30), (2.0, 1.5), 1.0), 0.5, 0.5) is None
