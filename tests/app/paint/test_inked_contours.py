"""Contours burned into a picture."""

import numpy as np
import pytest
from PIL import Image

from app.paint.inked_contours import draw_lines, lines_on
from app.paint.overlay import burn
from app.paint.palette import DARK, rgb
from app.paint.volume_sheet import burn_volume
from app.state.contours import Contour
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from tests.app.volumes import chest, nodules

SQUARE = (((20.0, 20.0), (80.0, 20.0), (80.0, 80.0), (20.0, 80.0)),)
SURE = rgb(DARK.sure)


def drawn(lines, *, dashed=False, frame=(0, 0, 100, 100)):
    sheet = Image.new("RGB", (100, 100), (90, 90, 90))
    draw_lines(sheet, [(lines, SURE, dashed)], frame)
    return np.asarray(sheet)


def coloured(sheet, colour=SURE):
    return (sheet == np.array(colour)).all(axis=2)


def disc(radius=20, level=200, band="sure"):
    """A bright disc in a dark picture, and the region around it."""
    ys, xs = np.mgrid[0:1500, 0:1500] + 0.5
    pixels = np.where(np.hypot(ys - 700, xs - 800) < radius, level, 60).astype(np.uint8)
    scan = Scan(pixels, "photograph", "photo", "MONOCHROME2", Provenance(("disc.png",), "test"))
    box = (800.0 - radius, 700.0 - radius, 800.0 + radius, 700.0 + radius)
    return scan, Region("pore", 0.9, band, box)


def test_line_is_closed_and_one_pixel_wide_between_dark_ones():
    sheet = drawn(SQUARE)
    assert coloured(sheet)[20, 20:81].all()
    assert coloured(sheet)[20:81, 20].all()
    assert coloured(sheet).sum() == 4 * 60
    assert coloured(sheet, rgb(DARK.halo))[19, 21:80].all()


def test_line_of_an_unsure_region_has_gaps():
    assert 0.4 < coloured(drawn(SQUARE, dashed=True)).sum() / 240 < 0.8


def test_nothing_is_drawn_beyond_the_frame():
    sheet = drawn(SQUARE, frame=(0, 0, 50, 100))
    assert (sheet[:, 50:] == 90).all()
    assert coloured(sheet)[20, 20:50].all()


def test_contour_in_a_small_box_has_no_line():
    contour = Contour(SQUARE)
    assert lines_on(contour, (0.0, 0.0, 31.0, 60.0), lambda x, y: (x, y)) == ()
    assert lines_on(None, (0.0, 0.0, 60.0, 60.0), lambda x, y: (x, y)) == ()
    assert lines_on(contour, (0.0, 0.0, 60.0, 60.0), lambda x, y: (x / 2, y))[0][1] == (40.0, 20.0)


def test_contour_of_a_picture_follows_what_was_flagged():
    scan, region = disc()
    inside = coloured(np.asarray(burn(scan, [region], title="a", caption="b")))[681:719, 781:819]
    ys, xs = np.argwhere(inside).T
    away = np.hypot(ys + 681 + 0.5 - 700, xs + 781 + 0.5 - 800)
    assert len(away) > 60
    assert away == pytest.approx(20.0, abs=1.5)


def test_region_that_does_not_stand_out_keeps_its_box_alone():
    scan, region = disc(level=60)
    sheet = np.asarray(burn(scan, [region], title="a", caption="b"))
    assert (sheet[680:720, 780:820] == 60).all()
    assert coloured(sheet)[700, 778]


def test_overlay_with_contours_has_the_same_pixels_each_time():
    scan, region = disc(band="unsure")
    first, second = (np.asarray(burn(scan, [region], title="a", caption="b")) for _ in range(2))
    assert (first == second).all()


def test_planes_of_a_volumes_regions_have_their_contours():
    shape = (60, 120, 120)
    scan, regions = chest(shape), nodules(shape)
    sheet = np.asarray(burn_volume(scan, regions[:1], title="a", caption="b"))
    noisy = Scan(
        np.random.default_rng(0).integers(-900, -800, shape, np.int16),
        scan.kind, scan.modality, scan.photometric, scan.provenance,
        spacing_mm=scan.spacing_mm, origin_mm=scan.origin_mm, direction=scan.direction,
    )  # fmt: skip
    without = np.asarray(burn_volume(noisy, regions[:1], title="a", caption="b"))
    colour = rgb(DARK.sure if regions[0].band == "sure" else DARK.unsure)
    assert coloured(sheet, colour).sum() > coloured(without, colour).sum() + 60
