"""Three planes of a volume, linked."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from app.paint.heat import Heat
from app.state.arrangement import Arrangement
from app.state.frame import Slab
from app.state.oblique import Oblique
from app.state.plane import Plane
from tests.app.volumes import chest, nodules

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def indices(reader):
    return [view.plane.index for view in reader.views]


def test_three_planes_meet_where_a_click_says_and_scroll_together(reader):
    reader.show(chest=chest())
    reader.press(Qt.Key.Key_M)
    assert reader.window.picture.board.arrangement is Arrangement.THREE
    assert [view.plane.name for view in reader.views] == ["axial", "coronal", "sagittal"]
    assert [view.colour for view in reader.views] == ["axial", "coronal", "sagittal"]
    assert indices(reader) == [20, 48, 48]
    reader.click(reader.view, 60.5, 30.5)
    assert indices(reader) == [20, 30, 60]
    reader.click(reader.views[1], 20.5, 9.5)  # the head is above: row 9 is slice 30
    assert indices(reader) == [30, 30, 20]
    reader.press(Qt.Key.Key_Down, view=reader.views[2])
    assert indices(reader) == [30, 30, 21]
    assert [line.at[0] for line in reader.view.cross.lines] == pytest.approx([21.5, 21.5])
    reader.press(Qt.Key.Key_M)
    assert reader.window.picture.board.arrangement is Arrangement.ONE
    assert reader.view.cross.lines == ()


def test_window_is_shared_and_a_region_is_brought_in_on_all_planes(reader):
    reader.show(chest=chest())
    reader.answer(nodules())
    reader.do("three_planes", "soft_tissue_window")
    assert {view.window_level.width for view in reader.views} == {400.0}
    reader.desktop.session.choose_region(1)
    box = nodules()[1].box_vox
    assert indices(reader) == [int((box[axis] + box[axis + 3]) / 2) for axis in range(3)]
    for view in reader.views:
        x0, y0, x1, y1 = view.plane.box(box)
        x, y = view.view.to_screen((x0 + x1) / 2, (y0 + y1) / 2)
        assert (x, y) == pytest.approx((view.width() / 2, view.height() / 2))
        assert [region.box_px is not None for region in view.seen_regions][1]
    reader.do("three_planes", "three_planes")
    assert [view.plane.index for view in reader.views[1:]] == [int((box[axis] + box[axis + 3]) / 2) for axis in (1, 2)]
    reader.qtbot.mouseClick(reader.views[2], Qt.MouseButton.LeftButton, pos=QPoint(12, 60))
    assert reader.desktop.session.region is None


def test_planes_are_tilted_by_keys_and_straightened_again(reader):
    reader.show(chest=chest())
    reader.do("three_planes")
    coronal = reader.views[1]
    before = coronal.plane
    reader.press(Qt.Key.Key_Left, ALT, view=coronal)
    reader.press(Qt.Key.Key_Left, ALT, view=coronal)
    assert isinstance(coronal.plane, Oblique)
    assert isinstance(reader.view.plane, Plane)
    assert coronal.plane.right != Oblique.of(before).right
    assert not coronal.grab().isNull()
    reader.do("straighten")
    assert coronal.plane == before


def test_slab_is_thick_then_mean_then_off_and_gets_thicker(reader):
    reader.show(chest=chest())
    seen = []
    for _ in range(3):
        reader.press(Qt.Key.Key_T)
        seen.append(reader.view.plane.slab)
    assert seen == [Slab(3, "max"), Slab(3, "mean"), Slab(1, "max")]
    reader.press(Qt.Key.Key_Up, CTRL)
    assert reader.view.plane.slab.slices == 3
    reader.press(Qt.Key.Key_Down, CTRL)
    reader.press(Qt.Key.Key_Down, CTRL)
    assert reader.view.plane.slab.slices == 1


def test_double_click_shows_one_plane_alone_and_all_three_again(reader):
    reader.show(chest=chest())
    reader.do("three_planes")
    reader.qtbot.mouseDClick(reader.views[1], Qt.MouseButton.LeftButton, pos=QPoint(30, 60))
    assert reader.window.picture.board.arrangement is Arrangement.ONE
    assert reader.view.plane.name == "coronal"
    reader.qtbot.mouseDClick(reader.view, Qt.MouseButton.LeftButton, pos=QPoint(40, 90))
    assert sorted(view.plane.name for view in reader.views) == ["axial", "coronal", "sagittal"]


def test_photograph_has_one_plane_and_volumes_after_it_three_again(reader, part):
    reader.show(chest=chest())
    reader.do("three_planes")
    reader.show(part=part)
    reader.desktop.session.choose(1)
    reader.qtbot.waitUntil(lambda: reader.view.picture is not None and reader.view.plane is None)
    assert reader.window.picture.board.arrangement is Arrangement.ONE
    assert not reader.window.actions_["three_planes"].isEnabled()
    reader.desktop.session.choose(0)
    reader.qtbot.waitUntil(lambda: reader.window.picture.board.arrangement is Arrangement.THREE)


def test_heat_lies_over_all_planes_though_they_came_later(reader):
    reader.show(chest=chest())
    reader.window.picture.show_heat(Heat(np.full((40, 24, 24), 0.9, np.float32), 0.6))
    reader.do("three_planes")
    for view in reader.views:
        over = view.grab().toImage()
        view.show_heat(None)
        assert view.grab().toImage() != over
