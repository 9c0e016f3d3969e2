"""Volumes in the window from end to end, driven by mouse and keys."""

import shutil

import numpy as np
import pytest
import SimpleITK as sitk
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from app.state.window_level import PRESETS
from engine.domain.outcome import Status
from tests.app.test_wiring import LEFT, drag, middle, press, wheel
from tests.app.volumes import chest, nodules
from tests.engine.test_pipeline_of_volumes import SPOT, voxels, write_series

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def index(bench):
    return bench.view.plane.index


def seen_in_the_middle(bench, region):
    """Whether the centre of a region lies in the middle of the screen, on its own slice."""
    box = nodules()[region].box_vox
    centre = (box[2] + box[5]) / 2, (box[1] + box[4]) / 2
    assert index(bench) == int((box[0] + box[3]) / 2)
    assert bench.view.view.to_screen(*centre) == pytest.approx(middle(bench.view))


@pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")  # newer Qt wants a QPointF, ours has none
def test_folder_with_a_series_dropped_on_the_window_is_one_study(bench, series):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(series))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(bench.window, QDragEnterEvent(QPoint(300, 300), copy, dropped, LEFT, none))
    QApplication.sendEvent(bench.window, QDropEvent(QPointF(300, 300), copy, dropped, LEFT, none))
    bench.settle()
    (row,) = (bench.desktop.session[number] for number in range(len(bench.desktop.session)))
    assert (row.name, row.outcome.status) == ("chest", Status.OUT_OF_DOMAIN)
    bench.qtbot.waitUntil(lambda: bench.view.plane is not None)
    assert bench.window.windowTitle() == "chest - Fovea"
    assert "96 x 96 x 40, 3.54 x 3.54 x 7.5 mm, grey" in bench.window.picture._facts.text()


def test_all_slices_chosen_as_files_are_one_study_and_its_thumbnail_is_the_middle_slice(bench, series):
    bench.open(*sorted(series.iterdir()))
    assert len(bench.desktop.session) == 1
    thumbnail = bench.desktop.session[0].thumbnail
    assert thumbnail.shape == (96, 96, 3)
    body, lung, air = thumbnail[48, 48, 0], thumbnail[48, 28, 0], thumbnail[2, 2, 0]
    assert air < lung < 100
    assert body > 200


@pytest.mark.parametrize("name", ["chest.nii", "chest.nii.gz", "chest.mha"])
def test_volume_in_one_file_opens_the_right_way_up(bench, tmp_path, name):
    scan = chest((10, 48, 64))
    image = sitk.GetImageFromArray(np.ascontiguousarray(scan.pixels))
    image.SetSpacing(scan.spacing_mm[::-1])
    image.SetOrigin(scan.origin_mm)
    sitk.WriteImage(image, tmp_path / name)
    bench.open(tmp_path / name)
    bench.qtbot.waitUntil(lambda: bench.view.plane is not None)
    assert bench.view.plane.letters == ("R", "A", "L", "P")
    assert bench.view.plane.words == "axial 6/10, z 15.0 mm"
    assert bench.view.view.aspect == pytest.approx(4 / 3)


def test_wheel_scrolls_the_slices_and_leaves_the_rest_alone(bench, series):
    bench.open_volume(series)
    view, window = bench.view.view, bench.view.window_level
    wheel(bench, QPoint(320, 300), -3)
    assert index(bench) == 23
    wheel(bench, QPoint(320, 300), 5)
    assert index(bench) == 18
    assert (bench.view.view, bench.view.window_level) == (view, window)


def test_wheel_with_control_zooms_about_the_pointer(bench, series):
    bench.open_volume(series)
    held, scale = bench.view.view.to_image(320, 300), bench.view.view.scale
    wheel(bench, QPoint(320, 300), 2, CTRL)
    assert bench.view.view.scale == pytest.approx(scale * 1.25**2)
    assert bench.view.view.to_screen(*held) == pytest.approx((320, 300))
    assert index(bench) == 20


def test_keys_scroll_by_one_and_by_ten(bench, series):
    bench.open_volume(series)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_PageDown):
        press(bench, key)
        seen.append(index(bench))
    for _ in range(4):
        press(bench, Qt.Key.Key_PageUp)
        seen.append(index(bench))
    assert seen == [21, 22, 21, 20, 30, 20, 10, 0, 0]


def test_page_keys_scroll_while_the_region_list_has_the_focus(bench, series):
    bench.open_volume(series)
    table = bench.window.regions.table
    bench.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(0, 0)).center())
    assert index(bench) == 21
    press(bench, Qt.Key.Key_PageDown, where=table)
    assert index(bench) == 31


def test_arrow_keys_with_shift_move_the_slice_on_the_screen(bench, series):
    bench.open_volume(series)
    center = bench.view.view.center
    press(bench, Qt.Key.Key_Right, SHIFT)
    assert bench.view.view.center[0] > center[0]
    assert index(bench) == 20


def test_control_and_page_keys_go_through_the_studies_and_each_keeps_its_slice(bench, series, photograph):
    bench.open_volume(series)
    bench.open(photograph)
    press(bench, Qt.Key.Key_PageDown)
    press(bench, Qt.Key.Key_PageDown, CTRL)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None)
    assert bench.view.plane is None
    assert not bench.window.picture.slider.isVisible()
    press(bench, Qt.Key.Key_PageUp)
    bench.qtbot.waitUntil(lambda: bench.view.plane is not None)
    assert (bench.desktop.session.chosen, index(bench)) == (0, 30)
    assert bench.window.picture.slider.value() == 30


def test_bar_beside_the_volume_goes_to_the_slice_under_the_pointer(bench, series):
    bench.open_volume(series)
    slider = bench.window.picture.slider
    assert slider.isVisible()
    bench.qtbot.mouseClick(slider, LEFT, pos=QPoint(9, slider.height() - 1))
    assert index(bench) == 39
    wheel(bench, QPoint(320, 300), 4)
    assert slider.value() == 35
    wheel(bench, QPoint(9, 100), 2, widget=slider)
    assert (index(bench), slider.value()) == (33, 33)


def test_region_clicked_in_the_list_is_shown_on_its_slice_in_the_middle(bench, series):
    bench.open_volume(series)
    table = bench.window.regions.table
    for region in (1, 0, 2):
        at = table.visualRect(table.model().index(region, 0)).center()
        bench.qtbot.mouseClick(table.viewport(), LEFT, pos=at)
        seen_in_the_middle(bench, region)
    assert table.model().index(0, 2).data() == "10.0 mm"
    assert bench.window.regions._region_facts.isVisible()


def test_tab_goes_from_region_to_region_and_the_same_again_brings_it_back(bench, series):
    bench.open_volume(series)
    press(bench, Qt.Key.Key_Tab)
    seen_in_the_middle(bench, 0)
    wheel(bench, QPoint(320, 300), 7)
    bench.desktop.session.choose_region(0)
    seen_in_the_middle(bench, 0)


def test_region_clicked_on_its_slice_is_chosen_and_the_slice_stays(bench, series):
    bench.open_volume(series)
    bench.view.show_plane(bench.view.plane.through(nodules()[0].box_vox))
    before = index(bench), bench.view.view
    x0, y0, x1, y1 = bench.view.view.box_to_screen(bench.view.plane.box(nodules()[0].box_vox))
    centre = QPointF((x0 + x1) / 2, (y0 + y1) / 2).toPoint()
    bench.qtbot.mouseClick(bench.view, LEFT, pos=centre)
    assert bench.desktop.session.region == 0
    assert (index(bench), bench.view.view) == before
    bench.view.scroll_slices(8)
    bench.qtbot.mouseClick(bench.view, LEFT, pos=centre)
    assert bench.desktop.session.region is None


def test_left_drag_changes_the_window_and_digits_bring_those_of_ct(bench, series):
    bench.open_volume(series)
    drag(bench, LEFT, QPoint(200, 200), QPoint(260, 230))
    assert bench.view.window_level.width > PRESETS["lung"].width
    for key, name in (
        (Qt.Key.Key_1, "soft tissue"),
        (Qt.Key.Key_2, "lung"),
        (Qt.Key.Key_3, "liver"),
        (Qt.Key.Key_4, "bone"),
    ):
        press(bench, key)
        assert bench.view.window_level == PRESETS[name]
        assert f"({name})" in bench.window._window_words.text()


def test_windows_of_ct_do_nothing_in_a_photograph(bench, photograph):
    bench.open_flagged(photograph)
    window = bench.view.window_level
    press(bench, Qt.Key.Key_2)
    assert bench.view.window_level == window
    assert not bench.window.actions_["lung_window"].isEnabled()


def test_pointer_shows_voxel_value_and_place(bench, series):
    bench.open_volume(series)
    at = bench.view.view.to_screen(48.5, 70.5)
    bench.qtbot.mouseMove(bench.view, QPointF(*at).toPoint())
    said = bench.window._pointer.text()
    assert said.startswith("x 48  y 70  slice 21   value ")
    assert said.endswith("(1.8, 79.7, 3.8) mm")
    wheel(bench, QPointF(*at).toPoint(), -2)
    assert bench.window._pointer.text().startswith("x 48  y 70  slice 23   value ")


def test_series_whose_slice_vanishes_after_its_answer_is_said_so_in_the_middle(bench, series, photograph, tmp_path):
    copied = shutil.copytree(series, tmp_path / "copied")
    between = shutil.copy(photograph, tmp_path / "between.png")  # the study after the one looked at is read ahead
    bench.open(photograph, between, copied)
    next(iter(copied.iterdir())).unlink()
    bench.desktop.session.choose(2)
    bench.qtbot.waitUntil(bench.window.picture.message.isVisible)


def test_series_is_answered_by_the_engine_and_its_region_is_where_the_spot_is(volume_home, bench, tmp_path):
    source = write_series(tmp_path / "ct", voxels(SPOT)).path
    bench.open(source)
    bench.qtbot.waitUntil(lambda: bench.view.plane is not None)
    (region,) = bench.desktop.session.row.regions
    table = bench.window.regions.table
    bench.qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(table.model().index(0, 0)).center())
    assert index(bench) == 8
    column, row = bench.view.view.pixel_at(*middle(bench.view))
    assert SPOT[1].start <= row < SPOT[1].stop
    assert SPOT[2].start <= column < SPOT[2].stop
    assert table.model().index(0, 2).data() == f"{region.measures[0].value:.1f} mm"
