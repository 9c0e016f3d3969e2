"""A sight under the commands of menus and keys."""

import pytest

from app.paint.picture import Picture
from app.state.geometry import View
from app.state.plane import Plane
from app.state.session import Look
from app.state.window_level import PRESETS, WindowLevel
from app.views.steered_sight import SteeredSight
from tests.app.ramp import CT
from tests.app.volumes import chest


@pytest.fixture
def view(shown):
    return shown(SteeredSight())


def test_scrolling_tells_the_look_and_stops_at_the_ends(view, qtbot):
    view.show_picture(Picture.of(chest()), Look())
    with qtbot.waitSignal(view.looked) as told:
        view.scroll_slices(-400)
    assert told.args[0].plane.index == 0
    with qtbot.assertNotEmitted(view.looked):
        view.scroll_slices(-1)


def test_windows_of_ct_keep_an_inverted_picture_inverted(view):
    view.show_picture(Picture.of(chest()), Look())
    view.invert()
    view.set_window(PRESETS["bone"])
    assert view.window_level == PRESETS["bone"].flipped()


def test_plane_across_another_axis_is_fitted_in_its_own_shape(view):
    view.show_picture(Picture.of(chest()), Look())
    view.zoom(3)
    coronal = Plane.across(view.plane.grid, 1)
    view.show_plane(coronal)
    assert view.plane == coronal
    assert view.view == View.fit((96, 40), (824, 624), coronal.aspect)
    assert coronal.aspect == pytest.approx(7.5 / 3.5417, rel=1e-3)


def test_commands_without_a_picture_do_no_harm(view, qtbot):
    with qtbot.assertNotEmitted(view.looked):
        for command in (view.fit, view.show_actual, view.flip, view.invert, view.reset):
            command()
        view.rotate(1)
        view.zoom(1.0)
        view.scroll_slices(1)
        view.set_window(PRESETS["bone"])
    assert (view.view, view.window_level, view.plane) == (None, None, None)


def test_reset_shows_the_picture_as_it_was_opened(view):
    view.show_picture(Picture.of(CT), Look())
    opened = view.view, view.window_level
    for command in (view.flip, view.invert, view.show_actual):
        command()
    view.rotate(1)
    view.show_window(WindowLevel(0.0, 10.0))
    assert (view.view, view.window_level) != opened
    view.reset()
    assert (view.view, view.window_level) == opened
