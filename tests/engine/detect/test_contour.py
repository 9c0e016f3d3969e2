"""Contours of regions: where their surface is cut by what is seen."""

import numpy as np
import pytest

from engine.detect.contour import rings_across
from engine.detect.measure import Extent, extent_of
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from engine.domain.study import PHOTO


def area(ring):
    x, y = ring.T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2.0


def away_from(shape, center):
    """Distance of each pixel's centre from a place."""
    places = np.meshgrid(*(np.arange(size) + 0.5 for size in shape), indexing="ij")
    return np.sqrt(sum((place - middle) ** 2 for place, middle in zip(places, center, strict=True)))


def picture(pixels):
    return Scan(pixels.astype(np.uint16), "photograph", PHOTO, "MONOCHROME2", Provenance(("part.png",), "test"))


def volume(pixels):
    scan = Scan(pixels.astype(np.int16), "volume", "CT", "MONOCHROME2", Provenance(("ct",), "test"))
    assert len(scan.shape) == 3
    return scan


def of_picture(pixels, *box):
    return extent_of(Region("pit", 0.9, "sure", box_px=tuple(map(float, box))), picture(pixels))


def of_volume(pixels, *box):
    return extent_of(Region("nodule", 0.9, "sure", box_vox=tuple(map(float, box))), volume(pixels))


def disc(radius=8.0, size=(60, 80), center=(30.0, 40.0)):
    """A bright disc of 1000 on 200, half-way at its radius."""
    return 200 + 800 * np.clip(radius + 0.5 - away_from(size, center), 0.0, 1.0)


def field(rows):
    """An extent of one slice whose field is given; what is above 0 belongs to it."""
    rise = np.array([rows], np.float32)
    return Extent((0, 10, 20), rise, rise, rise > 0)


def test_contour_of_a_disc_runs_where_its_values_are_half_way():
    (ring,) = rings_across(of_picture(disc(), 31, 21, 49, 39), 0, 0, 1)
    assert np.hypot(ring[:, 0] - 40, ring[:, 1] - 30) == pytest.approx(8.0, abs=0.15)
    assert area(ring) == pytest.approx(np.pi * 64, rel=0.02)


def test_dark_spot_on_a_colour_picture_has_a_contour_too():
    pixels = np.repeat((1200 - disc())[..., None] / 5, 3, axis=2).astype(np.uint8)
    scan = Scan(pixels, "photograph", PHOTO, "RGB", Provenance(("part.png",), "test"))
    (ring,) = rings_across(extent_of(Region("pit", 0.9, "sure", box_px=(31.0, 21.0, 49.0, 39.0)), scan), 0, 0, 1)
    assert area(ring) == pytest.approx(np.pi * 64, rel=0.03)


def test_place_that_does_not_stand_out_has_no_extent():
    noise = np.random.default_rng(3).normal(500, 40, (60, 80))
    assert of_picture(noise, 31, 21, 49, 39) is None


def test_line_lies_between_pixel_centres_where_the_field_is_zero():
    (ring,) = rings_across(field([[-1, -1, -1], [-1, 1, -1], [-1, -1, -1]]), 0, 0, 1)
    assert sorted(map(tuple, ring.tolist())) == [(21.0, 11.5), (21.5, 11.0), (21.5, 12.0), (22.0, 11.5)]


def test_line_ends_at_the_outer_face_of_the_last_pixel():
    (ring,) = rings_across(field([[5, 5], [5, 5]]), 0, 0, 1)
    assert ring.min(axis=0).tolist() == [20, 10]
    assert ring.max(axis=0).tolist() == [22, 12]


def test_pixels_that_touch_at_a_corner_are_inside_one_line():
    assert len(rings_across(field([[1, -1], [-1, 1]]), 0, 0, 1)) == 1


def test_hole_has_a_line_of_its_own():
    rings = rings_across(field([[2, 2, 2], [2, -2, 2], [2, 2, 2]]), 0, 0, 1)
    assert len(rings) == 2
    assert sorted(map(area, rings))[0] == pytest.approx(0.5)


def test_neighbour_that_is_no_part_of_the_region_is_left_out():
    two = np.maximum(disc(6.0, center=(30.0, 30.0)), disc(4.0, center=(30.0, 44.0)))
    (ring,) = rings_across(of_picture(two, 20, 20, 47, 40), 0, 0, 1)
    assert ring[:, 0].max() < 38


def test_contour_is_the_same_every_time():
    first, second = (rings_across(of_picture(disc(), 31, 21, 49, 39), 0, 0, 1) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_every_line_closes_in_a_noisy_field():
    noise = np.random.default_rng(11).normal(0, 1, (48, 64))
    rings = rings_across(field(noise.tolist()), 0, 0, 1)
    assert len(rings) > 50
    assert all(area(ring) > 0 for ring in rings)


@pytest.fixture(scope="module")
def ball():
    """A ball of radius 8 in a volume, its centre at z 12.5, y 20.5, x 22.5."""
    pixels = -800 + 900 * np.clip(8.5 - away_from((26, 40, 44), (12.5, 20.5, 22.5)), 0.0, 1.0)
    return of_volume(pixels, 4, 12, 14, 21, 29, 31)


@pytest.mark.parametrize(
    ("axis", "at", "center"), [(0, 12, (22.5, 20.5)), (1, 20, (22.5, 12.5)), (2, 22, (20.5, 12.5))]
)
def test_ball_is_a_circle_in_every_direction(ball, axis, at, center):
    (ring,) = rings_across(ball, axis, at, at + 1)
    assert np.hypot(*(ring - center).T) == pytest.approx(8.0, abs=0.3)


def test_circle_grows_smaller_towards_the_pole_and_ends_there(ball):
    (middle,), (higher,) = (rings_across(ball, 0, at, at + 1) for at in (12, 17))
    assert area(higher) == pytest.approx(area(middle) * (64 - 25) / 64, rel=0.06)
    assert rings_across(ball, 0, 23, 24) == rings_across(ball, 0, 0, 1) == ()


def test_slab_shows_the_widest_of_its_slices(ball):
    (slab,), (middle,) = rings_across(ball, 0, 12, 25), rings_across(ball, 0, 12, 13)
    assert area(slab) == pytest.approx(area(middle))
