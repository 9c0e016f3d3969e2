"""Full screen, and the picture in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.views.picture_window import PictureWindow
from engine.operators.session import single_operator


def apart():
    return [
        window for window in QApplication.topLevelWidgets() if isinstance(window, PictureWindow) and window.isVisible()
    ]


def test_full_screen_comes_and_goes(reader):
    reader.do("full_screen")
    assert reader.window.isFullScreen()
    reader.do("full_screen")
    assert not reader.window.isFullScreen()


def test_picture_goes_into_a_window_of_its_own_and_comes_back_where_it_was(reader, part):
    reader.show(part=part)
    reader.do("picture_window")
    (window,) = apart()
    assert reader.view.window() is window
    window.resize(700, 500)
    reader.qtbot.waitUntil(window.isActiveWindow)  # on a real display the window manager takes its time
    reader.press(Qt.Key.Key_I)
    assert reader.view.window_level.inverted
    window.close()
    QApplication.processEvents()
    assert apart() == []
    assert reader.view.window() is reader.window
    assert reader.window.reading.indexOf(reader.window.picture) == 1
    assert reader.view.isVisible()
    reader.do("picture_window")
    assert (apart()[0].width(), apart()[0].height()) == (700, 500)


def test_picture_comes_back_when_the_main_window_closes_and_its_place_is_kept(reader, part):
    reader.show(part=part)
    reader.do("picture_window")
    reader.window.close()
    assert apart() == []
    now = reader.desktop.parts.preferred.now
    assert now.picture_apart
    assert now.picture_frame


def test_picture_apart_is_hidden_while_nobody_is_logged_in(reader, part):
    reader.show(part=part)
    reader.do("picture_window")
    reader.desktop.parts.who.change(None)
    assert apart() == []
    reader.desktop.parts.who.change(single_operator())
    assert len(apart()) == 1
