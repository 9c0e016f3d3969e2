"""What is seen of a study, and how."""

import math
from dataclasses import replace

import pytest

from app.paint.palette import DARK
from app.paint.picture import Picture
from app.state.geometry import View
from app.state.session import Look
from app.state.window_level import PRESETS, WindowLevel
from app.views.sight import Sight
from engine.domain.region import Region
from tests.app.ramp import CT
from tests.app.volumes import chest, nodules


@pytest.fixture
def view(shown):
    return shown(Sight())


def test_picture_opens_fitted_with_the_window_of_its_file(view):
    view.show_picture(Picture.of(CT), Look())
    assert view.view == View.fit((400, 300), (824, 624))
    assert view.window_level == WindowLevel(40.0, 400.0)


def test_picture_opens_as_it_was_looked_at_last(view):
    look = Look(View((400, 300), (824, 624), (10.0, 20.0), 5.0), WindowLevel(0.0, 10.0))
    view.show_picture(Picture.of(CT), look)
    assert view.view == look.view
    assert view.window_level == look.window


def test_look_at_a_file_of_another_size_is_not_taken(view):
    look = Look(View((999, 300), (824, 624), (10.0, 20.0), 5.0))
    view.show_picture(Picture.of(CT), look)
    assert view.view == View.fit((400, 300), (824, 624))


def test_fitted_picture_follows_the_size_of_the_widget_and_tells(view, qtbot):
    view.show_picture(Picture.of(CT), Look())
    with qtbot.waitSignal(view.looked) as told:
        view.resize(1624, 1224)
    assert told.args[0].view.scale == 4.0


def test_region_of_a_volume_in_a_picture_cannot_be_centred_and_does_no_harm(view):
    view.show_picture(Picture.of(CT), Look())
    view.show_regions((Region("nodule", 0.9, "sure", box_vox=(0, 0, 0, 1, 1, 1)),), None)
    before = view.view
    view.center_on(0)
    assert view.view == before


def test_volume_opens_on_its_middle_slice_and_tells_which(view, qtbot):
    with qtbot.waitSignal(view.plane_shown) as told:
        view.show_picture(Picture.of(chest()), Look())
    assert told.args[0] == view.plane
    assert (view.plane.name, view.plane.index) == ("axial", 20)
    assert view.window_level == PRESETS["lung"]


def test_volume_opens_on_the_slice_it_was_left_on(view):
    picture = Picture.of(chest())
    view.show_picture(picture, Look(plane=picture.plane.at(3)))
    assert view.plane.index == 3


def test_slice_of_another_volume_is_not_taken(view):
    other = Picture.of(chest((12, 96, 96)))
    view.show_picture(Picture.of(chest()), Look(plane=other.plane.at(3)))
    assert view.plane.index == 20


def test_region_is_centred_on_the_slice_through_its_middle(view):
    view.show_picture(Picture.of(chest()), Look())
    view.show_regions(nodules(), None)
    view.center_on(1)
    box = nodules()[1].box_vox
    assert view.plane.index == int((box[0] + box[3]) / 2)
    assert view.view.center == pytest.approx(((box[2] + box[5]) / 2, (box[1] + box[4]) / 2))


def test_region_is_drawn_on_the_slices_it_touches_and_on_no_other(view):
    view.show_picture(Picture.of(chest()), Look())
    view.show_regions(nodules(), None)

    def coloured():
        image = view.grab().toImage()
        return any(image.pixelColor(x, y).name() == DARK.sure for x in range(824) for y in range(0, 624, 3))

    first, last = math.floor(nodules()[1].box_vox[0]), math.ceil(nodules()[1].box_vox[3]) - 1
    seen = {}
    for index in (first - 1, first, last, last + 1):
        view.show_plane(view.plane.at(index))
        seen[index] = coloured()
    assert list(seen.values()) == [False, True, True, False]


def test_preset_windows_are_for_ct_only(view):
    view.show_picture(Picture.of(chest()), Look())
    assert view.is_ct
    view.show_picture(Picture.of(replace(chest(), modality="MR")), Look())
    assert not view.is_ct
