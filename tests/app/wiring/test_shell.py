"""The frame of the window: pages, palette of commands, keys, theme, size of text, and what is kept of it."""

import json

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.jobs.preferences_file import read_preferences
from app.paint.palette import DARK, LIGHT
from app.state.commands import COMMANDS
from app.state.pages import Page
from app.state.preferences import Preferences, Preferred
from app.views.command_palette import CommandPalette
from app.views.theme import colours, dress
from app.wiring.desktop import Desktop

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(quiet_bench):
    """These pages need no engine."""
    return quiet_bench


@pytest.fixture(autouse=True)
def _dressed_as_before(dressed):
    yield
    dress(dressed)


def choose_in_palette(bench, letters, key=Qt.Key.Key_Return):
    """Types into the palette once it is open, and presses a key; returns what was listed."""
    listed = []

    def type_and_press():
        palette = QApplication.activeModalWidget()
        assert isinstance(palette, CommandPalette)
        bench.qtbot.keyClicks(palette.line, letters)
        listed.extend(palette.list.item(row).text() for row in range(palette.list.count()))
        bench.qtbot.keyClick(palette.line, key)
        if key != Qt.Key.Key_Return:
            palette.reject()

    QTimer.singleShot(200, type_and_press)
    bench.qtbot.keyClick(bench.window, Qt.Key.Key_L, CONTROL)
    return listed


def test_every_command_is_done_by_somebody_and_by_one_alone(bench):
    doers = [name for wiring in bench.desktop._wirings for name in wiring.does()]
    assert sorted(doers) == sorted(command.name for command in COMMANDS)


def test_palette_finds_a_command_by_a_few_letters_and_does_it(bench):
    listed = choose_in_palette(bench, "aud")
    assert listed[0] == "Audit"
    assert bench.desktop.parts.pages.shown is Page.AUDIT


def test_palette_that_is_left_does_nothing(bench):
    choose_in_palette(bench, "aud", Qt.Key.Key_Down)
    assert bench.desktop.parts.pages.shown is Page.READING


def test_each_page_has_its_key_and_its_button_is_marked(bench):
    for number, page in enumerate(Page, start=1):
        bench.qtbot.keyClick(bench.window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.AltModifier)
        assert bench.desktop.parts.pages.shown is page
        assert [each for each, button in bench.window.switch.buttons.items() if button.isChecked()] == [page]


def test_page_is_made_when_it_is_first_looked_at_and_not_again(bench):
    assert bench.window.pages.made(Page.MODELS) is None
    bench.desktop.parts.pages.show(Page.MODELS)
    made = bench.window.pages.made(Page.MODELS)
    bench.desktop.parts.pages.show(Page.READING)
    bench.desktop.parts.pages.show(Page.MODELS)
    assert bench.window.pages.currentWidget() is made


def test_theme_changes_at_once_and_is_kept(bench, home):
    bench.desktop.parts.preferred.set(theme="light")
    assert colours() == LIGHT
    bench.qtbot.wait(50)
    image = bench.window.switch.grab().toImage()
    assert image.pixelColor(3, image.height() // 2).name() == LIGHT.panel
    assert read_preferences(home.preferences).theme == "light"
    bench.desktop.parts.preferred.set(theme="dark")
    assert colours() == DARK


def test_picture_keeps_its_dark_ground_in_the_light_theme(bench, photograph):
    bench.desktop.parts.preferred.set(theme="light")
    bench.open(photograph)
    bench.qtbot.waitUntil(lambda: bench.view.view is not None)
    image = bench.view.grab().toImage()
    assert image.pixelColor(image.width() // 2, 4).name() == DARK.ground


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_text_scales_and_every_page_still_fits_its_words(bench, percent):
    bench.desktop.parts.preferred.set(text_percent=percent)
    bench.window.resize(1024, 640)
    for page in Page:
        bench.desktop.parts.pages.show(page)
        bench.qtbot.wait(20)
        assert bench.window.width() <= 1024 * percent // 100, page
    letters = bench.window.switch.fontMetrics().height()
    bench.desktop.parts.preferred.set(text_percent=100)
    own = bench.window.switch.fontMetrics().height()
    assert letters == pytest.approx(own * percent / 100, abs=2)


def test_name_of_the_model_stays_whole_where_large_text_fills_the_bar(quiet_bench):
    window = quiet_bench.window
    quiet_bench.desktop.parts.preferred.set(text_percent=200)
    window.resize(1280, 800)
    window.show_pointer("x 1024  y 1188   value 210, 204, 199")
    window.show_window_words("100%  window 400  level 40 (Soft tissue)")
    window.show_runtime("Embedded default: CPU, ONNX Runtime 1.31.1", "Model: surface-pitting 1.0.0")
    quiet_bench.qtbot.wait(20)
    models, runtime = window._models, window._runtime
    assert models.width() >= models.fontMetrics().horizontalAdvance(models.text())
    assert models.mapTo(window, models.rect().topRight()).x() < window.width() == 1280
    assert 0 < runtime.width() < runtime.fontMetrics().horizontalAdvance(runtime.text())
    assert runtime.toolTip() == runtime.text()


def test_key_that_was_changed_works_and_the_old_one_does_not(bench):
    bench.desktop.parts.preferred.set(keys={"monitor": ("Ctrl+M",)})
    bench.qtbot.keyClick(bench.window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert bench.desktop.parts.pages.shown is Page.READING
    bench.qtbot.keyClick(bench.window, Qt.Key.Key_M, CONTROL)
    assert bench.desktop.parts.pages.shown is Page.MONITOR
    assert "Ctrl+M" in bench.window.actions_["monitor"].toolTip()


def test_keys_are_changed_in_the_settings_unless_another_command_has_them(bench):
    bench.desktop.parts.pages.show(Page.SETTINGS)
    page = bench.window.pages.currentWidget()
    page.show_section(2)
    section = page._sections.currentWidget().widget()
    edit = section.edits["models"]
    edit.setKeySequence(QKeySequence("Ctrl+O"))
    edit.editingFinished.emit()
    assert bench.desktop.parts.preferred.now.keys == {}
    assert "Open files" in section._wrong_key.text()
    assert edit.keySequence().toString() == "Alt+4"
    edit.setKeySequence(QKeySequence("Ctrl+Shift+M"))
    edit.editingFinished.emit()
    assert bench.desktop.parts.preferred.now.keys == {"models": ("Ctrl+Shift+M",)}
    section.reset_button.click()
    assert bench.desktop.parts.preferred.now.keys == {}


def test_window_comes_back_where_it_was(qtbot, dressed, home):
    faults = []
    first = Desktop(EngineRoom(home), faults.append)
    first.window.resize(820, 633)
    first.window.show()
    first.window.close()
    kept = read_preferences(home.preferences)
    second = Desktop(EngineRoom(home), faults.append, Preferred(kept))
    assert (second.window.width(), second.window.height()) == (820, 633)
    second.window.close()
    assert faults == []


def test_damaged_preferences_cost_the_preferences_and_nothing_else(home):
    home.preferences.write_text("{broken")
    assert read_preferences(home.preferences) == Preferences()
    home.preferences.write_text(json.dumps({"theme": "light", "text_percent": "huge", "unknown": 1}))
    assert read_preferences(home.preferences) == Preferences(theme="light")
