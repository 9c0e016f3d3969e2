"""A series in the window while its slices come."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.paint.palette import DARK
from app.paint.picture import Picture
from app.state.session import Look
from app.state.window_level import WindowLevel
from app.views.steered_sight import SteeredSight
from engine.domain.scan import Provenance, Scan

GROUND = QColor(DARK.ground)
ALL = WindowLevel(500.0, 1000.0)


@pytest.fixture
def scan():
    voxels = np.full((9, 60, 60), 600, np.int16)
    return Scan(voxels, "volume", "CT", "MONOCHROME2", Provenance(("series",), "test"), spacing_mm=(1.0, 1.0, 1.0))


@pytest.fixture
def sight(qtbot, dressed, scan):
    sight = SteeredSight()
    qtbot.addWidget(sight)
    sight.resize(300, 300)
    sight.show_picture(Picture.of_part(scan, 3, 6), Look(window=ALL))
    return sight


def middle(sight):
    return sight.grab().toImage().pixelColor(190, 120)


def test_slice_that_is_there_is_shown_before_the_rest_has_come(sight):
    assert sight.plane.index == 4
    assert middle(sight).red() == pytest.approx(153, abs=1)


def test_slice_that_is_missing_comes_into_the_picture_where_it_is_looked_at(sight, scan):
    sight.scroll_slices(3)
    assert middle(sight) == GROUND
    sight.grow(Picture.of_part(scan, 1, 9))
    assert sight.plane.index == 7
    assert middle(sight).red() == pytest.approx(153, abs=1)


def test_look_is_kept_while_the_series_grows(sight, scan):
    sight.zoom(2)
    sight.set_window(WindowLevel(600.0, 300.0))
    before = sight.view, sight.window_level
    sight.grow(Picture.of_part(scan, 0, 9))
    assert (sight.view, sight.window_level) == before


def test_series_that_is_not_looked_at_any_more_changes_nothing(sight, scan):
    other = Scan(scan.pixels.copy(), "volume", "CT", "MONOCHROME2", scan.provenance, spacing_mm=(1.0, 1.0, 1.0))
    shown = sight.picture
    sight.grow(Picture.of_part(other, 0, 9))
    assert sight.picture is shown
    sight.show_picture(None, Look())
    sight.grow(Picture.of_part(scan, 0, 9))
    assert sight.picture is None
