"""Small pictures for the list."""

import numpy as np
import pytest

from app.paint.thumbnail import THUMBNAIL_PX, thumbnail_of
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (2000, 3), (300, 720), (3000, 4096)])
def test_thumbnail_keeps_the_shape_and_fits_its_place(shape):
    thumbnail = thumbnail_of(Scan(np.zeros((*shape, 3), np.uint8), "photograph", "photo", "RGB", FILE))
    height, width = thumbnail.shape[:2]
    assert 1 <= width <= THUMBNAIL_PX[0]
    assert 1 <= height <= THUMBNAIL_PX[1]
    assert min(width / THUMBNAIL_PX[0], 1) == 1 or min(height / THUMBNAIL_PX[1], 1) == 1 or (height, width) == shape


def test_colours_stay_where_they_are():
    pixels = np.zeros((400, 800, 3), np.uint8)
    pixels[:, :400] = (200, 40, 10)
    thumbnail = thumbnail_of(Scan(pixels, "photograph", "photo", "RGB", FILE))
    assert thumbnail[10, 5].tolist() == [200, 40, 10]
    assert thumbnail[10, -5].tolist() == [0, 0, 0]


def test_grey_becomes_three_equal_channels():
    pixels = np.tile(np.arange(256, dtype=np.uint16) * 16, (64, 1))
    thumbnail = thumbnail_of(Scan(pixels, "photograph", "photo", "MONOCHROME2", FILE, stored_max=65535.0))
    assert thumbnail.dtype == np.uint8
    assert np.array_equal(thumbnail[..., 0], thumbnail[..., 2])
    assert thumbnail[0, 0, 0] < thumbnail[0, -1, 0]


def test_thumbnail_of_a_volume_is_its_middle_slice_in_the_right_shape():
    pixels = np.zeros((5, 40, 80), np.uint8)
    pixels[2] = 200
    scan = Scan(pixels, "volume", "MR", "MONOCHROME2", FILE, spacing_mm=(1.0, 4.0, 1.0), window=(100.0, 200.0))
    thumbnail = thumbnail_of(scan)
    assert thumbnail.shape == (104, 52, 3)
    assert (thumbnail == 255).all()
