"""Views of one cut on another."""

import pytest

from app.state.cut import reframed
from app.state.geometry import View
from app.state.oblique import Oblique
from app.state.plane import Plane
from tests.app.state.test_grid import AXIAL

PLACE = (20.0, 15.0, 10.0)


def test_view_stays_on_the_next_slice_and_is_made_anew_on_another_plane():
    plane = Plane.across(AXIAL, 0, 5)
    view = View.fit(plane.size_px, (400, 400), plane.aspect).zoomed(2.0)
    assert reframed(view, plane, plane.at(6)) is view
    assert reframed(view, plane, Plane.across(AXIAL, 1)) is None


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_tilted_cut_keeps_the_place_in_the_middle_and_the_size_in_millimetres(axis):
    plane = Plane.across(AXIAL, axis).through_place(PLACE)
    x, y, _ = plane.frame.seen_at(PLACE)
    view = View.fit(plane.size_px, (400, 400), plane.aspect).zoomed(1.5)
    view = View(view.image_px, view.screen_px, (x, y), view.scale, aspect=view.aspect)
    tilted = Oblique.of(plane).tilted(Oblique.of(plane).right, 0.3, PLACE)
    seen = reframed(view, plane, tilted)
    assert tilted.frame.voxel_at(*seen.center) == pytest.approx(PLACE)
    assert seen.scale / tilted.pixel == pytest.approx(view.scale / plane.pixel_mm[0])
    back = reframed(seen, tilted, plane)
    assert (back.center, back.scale, back.aspect) == (pytest.approx((x, y)), pytest.approx(view.scale), view.aspect)
