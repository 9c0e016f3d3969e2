"""Room for labels."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.paint.plates import place_plates

SHEET = (0.0, 0.0, 400.0, 300.0)


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_plate_stands_above_its_region():
    assert place_plates([(100, 100, 150, 150)], [(60, 16)], SHEET) == [(100, 84, 160, 100)]


def test_plate_at_the_upper_edge_goes_below():
    assert place_plates([(100, 0, 150, 40)], [(60, 16)], SHEET) == [(100, 40, 160, 56)]


def test_plate_at_the_right_edge_is_pushed_inside():
    (plate,) = place_plates([(380, 100, 399, 150)], [(60, 16)], SHEET)
    assert plate[2] <= 400


def test_plate_does_not_cover_what_else_was_flagged():
    boxes = [(100, 100, 150, 150), (90, 80, 170, 98)]
    first, second = place_plates(boxes, [(60, 16)] * 2, SHEET)
    assert not overlap(first, boxes[1])
    assert not overlap(second, boxes[0])


def test_plate_does_not_cover_what_is_written_already():
    taken = [(90.0, 80.0, 170.0, 98.0)]
    assert place_plates([(100, 100, 150, 150)], [(60, 16)], SHEET, taken) == [(100, 150, 160, 166)]


def test_plate_wider_than_the_sheet_is_left_out():
    assert place_plates([(10, 10, 20, 20)], [(500, 16)], SHEET) == [None]


def test_region_outside_the_sheet_has_no_plate():
    assert place_plates([(500, 10, 520, 20)], [(60, 16)], SHEET) == [None]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 80))
def test_plates_never_overlap_and_stay_inside(seed, count):
    rng = np.random.default_rng(seed)
    corners = rng.uniform((-20, -20), (400, 300), (count, 2))
    sides = rng.uniform(0, 120, (count, 2))
    boxes = [(*corner, *(corner + side)) for corner, side in zip(corners, sides, strict=True)]
    placed = [plate for plate in place_plates(boxes, [(70.0, 16.0)] * count, SHEET) if plate is not None]
    assert not any(overlap(a, b) for a, b in combinations(placed, 2))
    assert all(p[0] >= 0 and p[1] >= 0 and p[2] <= 400 and p[3] <= 300 for p in placed)


def test_in_a_crowd_plates_that_would_hide_regions_are_left_out():
    boxes = [(x * 20.0, y * 20.0, x * 20.0 + 19, y * 20.0 + 19) for y in range(15) for x in range(20)]
    placed = place_plates(boxes, [(60.0, 16.0)] * len(boxes), SHEET)
    assert placed[0] is not None
    assert placed[100:] == [None] * 200
