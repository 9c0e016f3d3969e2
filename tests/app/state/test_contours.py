"""Contours as they lie on what is seen."""

from dataclasses import replace

import numpy as np
import pytest

from app.state.contours import contours_of
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane, three_planes
from engine.budget import Budget
from engine.errors import Cancelled
from tests.app.volumes import chest, nodules


@pytest.fixture(scope="module")
def scan():
    return chest((60, 120, 120))


@pytest.fixture(scope="module")
def regions():
    return nodules((60, 120, 120))


@pytest.fixture(scope="module")
def contours(scan, regions):
    return contours_of(regions, scan, lambda: None)


def test_contour_lies_in_the_box_on_all_three_planes(scan, regions, contours):
    first = regions[0]
    for plane in three_planes(Grid.of(scan), first.box_vox):
        (contour, *_) = contours.seen_on(plane, regions)
        points = np.array([point for line in contour.lines for point in line])
        x0, y0, x1, y1 = plane.box(first.box_vox)
        assert points.mean(axis=0) == pytest.approx(((x0 + x1) / 2, (y0 + y1) / 2), abs=1.0)
        assert (points > (x0 - 1, y0 - 1)).all()
        assert (points < (x1 + 1, y1 + 1)).all()


def test_contour_is_mirrored_with_its_plane(scan, regions, contours):
    seen = {}
    for way in ((1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), (-1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)):
        plane = Plane.across(Grid.of(chest((60, 120, 120), direction=way)), 0).through(regions[0].box_vox)
        (contour, *_) = contours.seen_on(plane, regions)
        seen[way[0]] = np.mean([x for line in contour.lines for x, _ in line])
    assert seen[1.0] == pytest.approx(120 - seen[-1.0])


def test_region_elsewhere_has_no_contour_and_neither_has_an_oblique_cut(scan, regions, contours):
    plane = Plane.across(Grid.of(scan), 0, 0)
    assert contours.seen_on(plane, regions) == (None,) * len(regions)
    through = plane.through(regions[0].box_vox)
    tilted = Oblique.of(through).tilted(Oblique.of(through).right, 0.2, (30.0, 60.0, 60.0))
    assert contours.seen_on(tilted, regions) == (None,) * len(regions)


def test_slice_that_was_seen_before_is_not_worked_out_again(scan, regions, contours):
    plane = Plane.across(Grid.of(scan), 0).through(regions[0].box_vox)
    assert contours.seen_on(plane, regions)[0] is contours.seen_on(plane, regions)[0]


def test_box_that_is_known_is_not_worked_out_again(scan, regions, contours):
    moved = replace(regions[1], box_vox=tuple(side + 1.0 for side in regions[1].box_vox))
    again = contours_of((regions[0], moved), scan, lambda: None, contours)
    assert again.extents[regions[0].box_vox] is contours.extents[regions[0].box_vox]
    assert again.extents.keys() == {regions[0].box_vox, moved.box_vox}


def test_work_that_is_not_wanted_any_more_ends_before_the_next_region(scan, regions):
    budget = Budget()
    budget.cancel()
    with pytest.raises(Cancelled):
        contours_of(regions, scan, lambda: budget.check("contours"))
