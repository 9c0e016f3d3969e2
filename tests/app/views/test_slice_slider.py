"""The bar beside a volume."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.paint.palette import DARK
from app.state.grid import Grid
from app.state.plane import Plane
from app.views.slice_slider import SliceSlider
from engine.domain.region import Region
from engine.domain.scan import IDENTITY

PLANE = Plane.across(Grid((101, 30, 20), (2.5, 0.8, 0.5), (0.0, 0.0, 0.0), IDENTITY), 0)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def slider(qtbot, dressed):
    slider = SliceSlider()
    qtbot.addWidget(slider)
    slider.resize(18, 220)
    slider.show_plane(PLANE)
    with qtbot.waitExposed(slider):
        slider.show()
    return slider


def test_slice_that_is_seen_is_shown_and_not_told_back(slider, qtbot):
    with qtbot.assertNotEmitted(slider.valueChanged):
        slider.show_plane(PLANE.at(7))
    assert (slider.value(), slider.maximum()) == (7, 100)


@pytest.mark.parametrize(("y", "index"), [(10, 0), (110, 50), (210, 100), (0, 0), (219, 100)])
def test_click_goes_to_the_slice_there(slider, qtbot, y, index):
    slider.show_plane(PLANE.at(33))
    qtbot.mouseClick(slider, LEFT, pos=QPoint(9, y))
    assert slider.value() == index


def test_drag_goes_through_the_slices(slider, qtbot):
    seen = []
    slider.valueChanged.connect(seen.append)
    qtbot.mousePress(slider, LEFT, pos=QPoint(9, 30))
    for y in (50, 70, 90):
        qtbot.mouseMove(slider, QPoint(9, y))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(9, 90))
    assert seen[0] == 10
    assert seen == sorted(seen)


def test_slices_with_regions_are_marked_in_their_colours(slider):
    regions = (
        Region("nodule", 0.9, "sure", box_vox=(20.0, 0.0, 0.0, 30.0, 1.0, 1.0)),
        Region("nodule", 0.2, "unsure", box_vox=(80.0, 0.0, 0.0, 80.2, 1.0, 1.0)),
        Region("pitting", 0.2, "unsure", box_px=(0.0, 0.0, 1.0, 1.0)),
    )
    slider.show_regions(PLANE, regions)
    image = slider.grab().toImage()
    assert image.pixelColor(9, 10 + 50).name() == DARK.sure
    assert image.pixelColor(9, 10 + 160).name() == DARK.unsure
    assert image.pixelColor(9, 10 + 120).name() == DARK.line


def test_nothing_to_scroll_hides_it(slider):
    slider.show_plane(None)
    assert not slider.isVisible()
    slider.show_plane(PLANE)
    assert slider.isVisible()
    slider.show_plane(Plane.across(Grid((1, 4, 4), None, (0.0, 0.0, 0.0), IDENTITY), 0))
    assert not slider.isVisible()
