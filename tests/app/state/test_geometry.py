"""Image to screen and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.state.geometry import LARGEST_FIT, LARGEST_SCALE, MARGIN, View


def test_fitted_picture_is_centred_within_the_margin():
    view = View.fit((400, 200), (824, 624))
    assert view.scale == 2.0
    assert view.box_to_screen((0, 0, 400, 200)) == (MARGIN, 112, 824 - MARGIN, 512)


def test_fitted_picture_of_one_pixel_is_enlarged_but_does_not_fill_the_screen():
    assert View.fit((1, 1), (800, 600)).scale == LARGEST_FIT


@given(
    x=st.floats(-500, 4500),
    y=st.floats(-500, 3500),
    scale=st.floats(0.05, 64),
    center=st.tuples(st.floats(0, 4096), st.floats(0, 3000)),
)
def test_screen_point_of_an_image_point_leads_back_to_it(x, y, scale, center):
    view = View((4096, 3000), (1280, 800), center, scale)
    assert view.to_image(*view.to_screen(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(
    factor=st.floats(0.2, 5.0),
    about=st.tuples(st.floats(300, 980), st.floats(200, 600)),
    scale=st.floats(0.5, 8.0),
)
def test_point_under_the_pointer_stays_there_when_zooming(factor, about, scale):
    view = View.fit((4096, 3000), (1280, 800)).at_scale(scale)
    held = view.to_image(*about)
    zoomed = view.zoomed(factor, about)
    if 0 < zoomed.center[0] < 4096 and 0 < zoomed.center[1] < 3000:
        assert zoomed.to_screen(*held) == pytest.approx(about, abs=1e-6)


def test_zoom_ends_at_the_largest_scale_and_at_a_quarter_of_the_fitted_one():
    view = View.fit((4096, 3000), (1280, 800))
    assert view.zoomed(1e9).scale == LARGEST_SCALE
    assert view.zoomed(1e-9).scale == pytest.approx(view.scale / 4)


def test_dragging_moves_the_picture_with_the_pointer():
    view = View.fit((4096, 3000), (1280, 800)).at_scale(2.0)
    before = view.to_screen(1000, 1000)
    after = view.panned(30, -12).to_screen(1000, 1000)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((30, -12))


def test_picture_cannot_be_dragged_out_of_sight():
    view = View.fit((4096, 3000), (1280, 800)).panned(1e9, 1e9)
    x0, y0, x1, y1 = view.visible()
    assert view.center == (0.0, 0.0)
    assert x1 > x0
    assert y1 > y0


def test_centred_region_is_in_the_middle_at_the_same_scale():
    view = View.fit((4096, 3000), (1280, 800)).at_scale(1.0).centered_on((1000, 500, 1100, 560))
    assert view.to_screen(1050, 530) == (640, 400)
    assert view.scale == 1.0


def test_centred_region_too_small_to_see_is_enlarged():
    view = View.fit((4096, 3000), (1280, 800)).centered_on((1000, 500, 1004, 502))
    x0, _, x1, _ = view.box_to_screen((1000, 500, 1004, 502))
    assert x1 - x0 == pytest.approx(48)


def test_centred_region_larger_than_the_screen_is_shrunk_until_it_fits():
    view = View.fit((4096, 3000), (1280, 800)).at_scale(4.0).centered_on((0, 0, 4000, 2900))
    x0, y0, x1, y1 = view.box_to_screen((0, 0, 4000, 2900))
    assert x0 >= 0
    assert y0 >= 0
    assert x1 <= 1280
    assert y1 <= 800


def test_fitted_picture_stays_fitted_when_the_window_grows():
    assert View.fit((400, 200), (824, 624)).resized((1624, 1224)).scale == 4.0


def test_zoomed_picture_keeps_its_scale_when_the_window_grows():
    assert View.fit((400, 200), (824, 624)).at_scale(3.0).resized((1624, 1224)).scale == 3.0


def test_pixel_under_the_pointer_is_found_and_none_beside_the_picture():
    view = View((100, 50), (200, 100), (50.0, 25.0), 2.0)
    assert view.pixel_at(0, 0) == (0, 0)
    assert view.pixel_at(199.9, 99.9) == (99, 49)
    assert view.pixel_at(200, 50) is None
    assert view.pixel_at(-0.1, 50) is None


def test_tall_pixels_are_drawn_tall_and_the_whole_picture_fits():
    view = View.fit((100, 100), (224, 424), aspect=2.0)
    assert view.scale == 2.0
    assert view.box_to_screen((0, 0, 100, 100)) == (MARGIN, MARGIN, 224 - MARGIN, 424 - MARGIN)
    assert view.resized((424, 824)).box_to_screen((0, 0, 100, 100)) == (MARGIN, MARGIN, 424 - MARGIN, 824 - MARGIN)


@given(aspect=st.floats(0.05, 20.0), about=st.tuples(st.floats(300, 980), st.floats(200, 600)))
def test_tall_pixels_stay_under_the_pointer_when_zooming_and_dragging(aspect, about):
    view = View.fit((512, 300), (1280, 800), aspect)
    held = view.to_image(*about)
    zoomed = view.zoomed(1.5, about)
    if 0 < zoomed.center[0] < 512 and 0 < zoomed.center[1] < 300:
        assert zoomed.to_screen(*held) == pytest.approx(about, abs=1e-6)
    moved = view.zoomed(0.9).panned(3, -2).to_screen(200, 100)
    assert np.subtract(moved, view.zoomed(0.9).to_screen(200, 100)) == pytest.approx((3, -2), abs=1e-6)


def test_region_of_tall_pixels_that_would_not_fit_is_shrunk():
    view = View.fit((512, 300), (1280, 800), 5.0).at_scale(20.0).centered_on((100, 50, 110, 70))
    _, y0, _, y1 = view.box_to_screen((100, 50, 110, 70))
    assert y1 - y0 == pytest.approx(640)


def test_refitted_view_keeps_the_shape_of_its_pixels():
    view = View.fit((512, 300), (1280, 800), 5.0)
    assert view.zoomed(3.0).refitted() == view
