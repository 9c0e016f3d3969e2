"""The settings of the site in the window: checked as they are typed, saved, and in the file that services read."""

import tomllib

import pytest
from PySide6.QtCore import Qt

from app.state.pages import Page

LEFT = Qt.MouseButton.LeftButton
READ_MS = 60_000


@pytest.fixture
def bench(quiet_bench):
    """These pages need no engine."""
    return quiet_bench


@pytest.fixture
def settings(bench):
    bench.qtbot.waitUntil(lambda: bench.desktop.parts.who.session is not None, timeout=READ_MS)
    bench.desktop.parts.pages.show(Page.SETTINGS)
    settings = bench.desktop.pages[4]
    bench.qtbot.waitUntil(settings._folders.isEnabled, timeout=READ_MS)
    return settings


def show(bench, row):
    bench.window.pages.currentWidget().show_section(row)


def test_folder_that_is_added_is_checked_as_it_is_typed_and_written(settings, bench, home, tmp_path):
    show(bench, 3)
    section = settings._folders
    bench.qtbot.mouseClick(section.add_button, LEFT)
    bench.qtbot.waitUntil(lambda: "has no path" in section._wrong.text(), timeout=READ_MS)
    assert not section.save_button.isEnabled()
    bench.qtbot.keyClicks(section.form.editors["path"], str(tmp_path / "in"))
    bench.qtbot.keyClicks(section.form.editors["picture_s"], "soon")
    bench.qtbot.waitUntil(lambda: "picture_s = 'soon'" in section._wrong.text(), timeout=READ_MS)
    section.form.editors["picture_s"].clear()
    bench.qtbot.keyClicks(section.form.editors["picture_s"], "4")
    bench.qtbot.waitUntil(section.save_button.isEnabled, timeout=READ_MS)
    bench.qtbot.mouseClick(section.save_button, LEFT)
    written = home.root / "watch.toml"
    bench.qtbot.waitUntil(written.exists, timeout=READ_MS)
    assert tomllib.loads(written.read_text()) == {"folder": [{"path": str(tmp_path / "in"), "picture_s": 4}]}
    assert section.list.item(0).text() == str(tmp_path / "in")


def test_receiver_that_lets_everybody_send_from_outside_is_refused_as_it_is_typed(settings, bench):
    show(bench, 4)
    bench.qtbot.keyClicks(settings._receiver_form.editors["host"], "0.0.0.0")  # noqa: S104 -- what is refused
    bench.qtbot.waitUntil(lambda: settings._receiver._wrong.text() != "", timeout=READ_MS)
    assert not settings._receiver.save_button.isEnabled()
    bench.qtbot.keyClicks(settings._receiver_form.editors["callers"], "CT1, MR2")
    bench.qtbot.waitUntil(settings._receiver.save_button.isEnabled, timeout=READ_MS)


def test_days_of_retention_are_written_for_the_whole_site(settings, bench, home):
    show(bench, 5)
    bench.qtbot.keyClicks(settings._privacy_form.editors["pixels_days"], "30")
    bench.qtbot.waitUntil(settings._privacy.save_button.isEnabled, timeout=READ_MS)
    bench.qtbot.mouseClick(settings._privacy.save_button, LEFT)
    bench.qtbot.waitUntil(home.settings.exists, timeout=READ_MS)
    assert tomllib.loads(home.settings.read_text()) == {"retention": {"pixels_days": 30}}


def test_what_is_chosen_for_the_window_holds_at_once(settings, bench):
    section = bench.window.pages.currentWidget()._sections.currentWidget().widget()
    section.text.setCurrentIndex(section.text.findData(125))
    assert bench.desktop.parts.preferred.now.text_percent == 125
    section.text.setCurrentIndex(0)


def test_what_was_typed_and_not_saved_is_still_there_when_the_page_is_looked_at_again(settings, bench):
    show(bench, 5)
    editor = settings._privacy_form.editors["thumbnails_days"]
    bench.qtbot.keyClicks(editor, "12")
    bench.qtbot.waitUntil(settings._privacy.save_button.isEnabled, timeout=READ_MS)
    bench.desktop.parts.pages.show(Page.READING)
    settings._operators._words.clear()
    bench.desktop.parts.pages.show(Page.SETTINGS)
    bench.qtbot.waitUntil(lambda: settings._operators._words.text() != "", timeout=READ_MS)
    assert editor.text() == "12"
