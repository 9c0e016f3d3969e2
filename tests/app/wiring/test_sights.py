"""The commands on pictures."""

import pytest
from PySide6.QtCore import QPoint, Qt

from app.state.turn import Turn
from app.state.window_level import PRESETS, WindowLevel
from tests.app.volumes import chest

LEFT = Qt.MouseButton.LeftButton


def test_flips_and_rotations_turn_what_is_seen_and_space_undoes_them(reader, part):
    reader.show(part=part)
    straight = reader.view.view
    for key, turn in (
        (Qt.Key.Key_H, Turn(0, mirrored=True)),
        (Qt.Key.Key_V, Turn(2)),
        (Qt.Key.Key_R, Turn(3)),
        (Qt.Key.Key_L, Turn(2)),
    ):
        reader.press(key)
        assert reader.view.view.turn == turn
    assert reader.view.view.to_screen(0, 0)[0] > reader.view.view.to_screen(400, 0)[0]
    reader.press(Qt.Key.Key_Space)
    assert reader.view.view == straight


def test_digits_bring_windows_of_ct_of_the_file_and_of_the_values(reader):
    reader.show(chest=chest())
    keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    for key, window in zip(keys, PRESETS.values(), strict=True):
        reader.press(key)
        assert reader.view.window_level == window
    reader.press(Qt.Key.Key_8)
    pixels = reader.view.picture.scan.pixels
    assert reader.view.window_level.low < -900
    assert reader.view.window_level.high > 400
    whole = reader.view.window_level
    reader.press(Qt.Key.Key_7)
    assert reader.view.window_level.width < whole.width
    assert not reader.window.actions_["own_window"].isEnabled()
    assert pixels.flags.writeable is False


def test_home_and_end_go_to_the_first_and_last_slice(reader):
    reader.show(chest=chest())
    reader.press(Qt.Key.Key_End)
    assert reader.view.plane.index == 39
    reader.press(Qt.Key.Key_Home)
    assert reader.view.plane.index == 0


def test_cine_plays_until_a_hand_scrolls(reader):
    reader.show(chest=chest())
    first = reader.view.plane.index
    reader.press(Qt.Key.Key_C)
    assert reader.window.actions_["cine"].isChecked()
    reader.qtbot.waitUntil(lambda: reader.view.plane.index != first, timeout=10_000)
    reader.press(Qt.Key.Key_Down)
    assert not reader.window.actions_["cine"].isChecked()
    at = reader.view.plane.index
    reader.qtbot.wait(300)
    assert reader.view.plane.index == at


def test_dragging_up_is_brighter_unless_a_person_wants_it_otherwise(reader, part):
    reader.show(part=part)
    window = reader.view.window_level

    def drag_up():
        reader.qtbot.mousePress(reader.view, LEFT, pos=QPoint(200, 300))
        reader.qtbot.mouseMove(reader.view, QPoint(200, 240))
        reader.qtbot.mouseRelease(reader.view, LEFT, pos=QPoint(200, 240))

    drag_up()
    assert reader.view.window_level.center < window.center
    reader.view.show_window(WindowLevel(window.center, window.width))
    reader.desktop.parts.preferred.set(drag_up="darker")
    drag_up()
    assert reader.view.window_level.center > window.center


def test_magnifier_is_drawn_around_the_pointer_alone(reader, part):
    reader.show(part=part)
    at = QPoint(reader.view.width() // 2, reader.view.height() // 2)
    reader.qtbot.mouseMove(reader.view, at)
    before = reader.view.grab().toImage()
    reader.do("magnifier")
    after = reader.view.grab().toImage()
    assert after.pixel(at.x() + 108, at.y()) != before.pixel(at.x() + 108, at.y())
    assert after.pixel(at.x() + 125, at.y()) == before.pixel(at.x() + 125, at.y())
    reader.do("magnifier")
    assert reader.view.grab().toImage() == before


def test_menu_of_the_picture_holds_pictures_and_tools(reader, part):
    reader.show(part=part)
    assert reader.view.window_level.width == pytest.approx(255)
    tools = reader.window.picture.tools
    assert tools.isVisible()
    named = [button.accessibleName() for button in tools.findChildren(type(tools._menus[0][0]))]
    assert all(named)
    assert "Measure" in named


def test_right_click_offers_the_tools_with_those_that_belong_together_in_menus_of_their_own(reader, part):
    reader.show(part=part)
    menu = reader.window.picture.tools.menu(reader.window)
    named = [action.text() for action in menu.actions() if action.text()]
    assert named[:2] == ["Fit to the window", "One to one"]
    assert len(named) <= 16
    (measure,) = (action.menu() for action in menu.actions() if action.text() == "Measure")
    assert next(iter(measure.actions())).text() == "Measure a length"
    menu.deleteLater()


def test_window_and_level_are_changed_by_keys_too(reader, part):
    reader.show(part=part)
    first = reader.view.window_level
    reader.do("brighter")
    assert reader.view.window_level.center < first.center
    reader.do("darker", "more_contrast")
    assert reader.view.window_level.center == pytest.approx(first.center)
    assert reader.view.window_level.width < first.width
    reader.do("less_contrast")
    assert reader.view.window_level.width == pytest.approx(first.width)
