"""One plane of a volume on an overlay."""

import numpy as np
import pytest
from PIL import Image, ImageFont

from app.paint.palette import DARK, rgb
from app.paint.tile import TILE_PX, Tile, draw_tile
from app.state.grid import Grid
from app.state.plane import Plane, three_planes
from app.state.window_level import WindowLevel
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan

FONT = ImageFont.load_default(16)
GREY = WindowLevel(127.5, 255.0)
SCAN = Scan(
    np.random.default_rng(0).integers(0, 256, (10, 40, 20), np.uint8),
    "volume",
    "MR",
    "MONOCHROME2",
    Provenance(("a",), "test"),
    spacing_mm=(4.0, 1.0, 2.0),
)


def whole(plane, marks=()):
    return Tile(plane, plane.cut(SCAN.pixels), (0, 0), GREY, "", marks)


def drawn(tile):
    image = Image.new("RGB", (TILE_PX + 40, TILE_PX + 40))
    frame = draw_tile(image, SCAN, tile, (20, 20, TILE_PX), FONT)
    return np.asarray(image), frame


@pytest.mark.parametrize(("plane", "sides"), list(zip(three_planes(Grid.of(SCAN)), [(420, 420)] * 3, strict=True)))
def test_millimetres_are_square_on_the_sheet(plane, sides):
    _, frame = drawn(whole(plane))
    assert (frame[2] - frame[0], frame[3] - frame[1]) == sides


def test_region_that_lies_beside_what_is_shown_is_left_out():
    plane = Plane.across(Grid.of(SCAN), 0)
    pixels = plane.cut(SCAN.pixels)[:10, :10]
    shown, beside = (2.0, 2.0, 5.0, 5.0), (12.0, 12.0, 15.0, 15.0)
    regions = (
        Region("a", 0.9, "sure", box_vox=(0, 0, 0, 1, 1, 1)),
        Region("b", 0.9, "unsure", box_vox=(0, 0, 0, 1, 1, 1)),
    )
    tile = Tile(plane, pixels, (0, 0), GREY, "", ((regions[0], shown, "1"), (regions[1], beside, "2")))
    image, _ = drawn(tile)
    assert (image == np.array(rgb(DARK.sure))).all(axis=2).any()
    assert not (image == np.array(rgb(DARK.unsure))).all(axis=2).any()


def test_part_of_a_plane_keeps_the_places_of_its_regions():
    plane = Plane.across(Grid.of(SCAN), 0)
    tile = Tile(plane, plane.cut(SCAN.pixels)[5:15, 8:18], (8, 5), GREY, "")
    across, down = tile.scale
    assert across / down == 2.0
    corner = (100, 50, 100 + 10 * across, 50 + 10 * down)
    assert tile.on_sheet((8.0, 5.0, 18.0, 15.0), 100.0, 50.0) == pytest.approx(corner)
