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
    show(bench, 6)
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
    show(bench, 6)
    editor = settings._privacy_form.editors["thumbnails_days"]
    bench.qtbot.keyClicks(editor, "12")
    bench.qtbot.waitUntil(settings._privacy.save_button.isEnabled, timeout=READ_MS)
    bench.desktop.parts.pages.show(Page.READING)
    settings._operators._words.clear()
    bench.desktop.parts.pages.show(Page.SETTINGS)
    bench.qtbot.waitUntil(lambda: settings._operators._words.text() != "", timeout=READ_MS)
    assert editor.text() == "12"


def test_second_opinion_of_a_model_is_checked_as_it_is_typed_and_written(settings, bench, home):
    show(bench, 5)
    section = settings._second
    bench.qtbot.mouseClick(section.add_button, LEFT)
    bench.qtbot.waitUntil(lambda: "'' is no id of a model" in section._wrong.text(), timeout=READ_MS)
    bench.qtbot.keyClicks(section.form.editors["id"], "surface-pitting")
    bench.qtbot.waitUntil(lambda: "names no 'model'" in section._wrong.text(), timeout=READ_MS)
    assert not section.save_button.isEnabled()
    choice = section.form.editors["by"]
    choice.setCurrentIndex(choice.findData("template"))
    bench.qtbot.waitUntil(lambda: "names no 'folder'" in section._wrong.text(), timeout=READ_MS)
    assert not section.form.editors["model"].isVisible()
    bench.qtbot.keyClicks(section.form.editors["folder"], "templates")
    bench.qtbot.keyClicks(section.form.editors["least_px"], "0")
    bench.qtbot.waitUntil(lambda: "a whole number from 1 on" in section._wrong.text(), timeout=READ_MS)
    section.form.editors["least_px"].clear()
    bench.qtbot.waitUntil(section.save_button.isEnabled, timeout=READ_MS)
    bench.qtbot.mouseClick(section.save_button, LEFT)
    bench.qtbot.waitUntil(home.second.exists, timeout=READ_MS)
    assert tomllib.loads(home.second.read_text()) == {"surface-pitting": {"by": "template", "folder": "templates"}}
    assert section.list.item(0).text() == "surface-pitting: an image of the part without defects"


def test_second_opinions_that_are_stored_are_shown_and_one_that_stands_twice_is_refused(settings, bench, home):
    show(bench, 5)
    section = settings._second
    stored = {"boards": {"by": "flips"}, "nodules": {"by": "model", "model": "nodules-b"}}
    section.show_table(stored)
    assert section.table() == stored
    section.list.setCurrentRow(1)
    assert section.form.editors["model"].text() == "nodules-b"
    section.form.editors["id"].clear()
    bench.qtbot.keyClicks(section.form.editors["id"], "boards")
    bench.qtbot.waitUntil(lambda: "'boards (2)' is no id of a model" in section._wrong.text(), timeout=READ_MS)
    assert not section.save_button.isEnabled()
    assert not home.second.exists()


def test_passwords_that_differ_are_said_to_where_they_are_typed(settings, bench):
    show(bench, 7)
    section = settings._operators
    bench.qtbot.keyClicks(section.first, "long enough")
    bench.qtbot.keyClicks(section.second, "long enoug")
    assert section._wrong.text() == "The two passwords are not the same."
    assert section._wrong.isVisible()
    bench.qtbot.keyClicks(section.second, "h")
    assert not section._wrong.isVisible()


def test_password_that_is_too_short_is_refused_while_it_is_typed(settings, bench):
    show(bench, 7)
    section = settings._operators
    bench.qtbot.keyClicks(section.name, "ada")
    for line in (section.first, section.second):
        bench.qtbot.keyClicks(line, "short")
    assert "The password has 5 characters; it needs 8" in section._wrong.text()
    assert not section.add_button.isEnabled()
    for line in (section.first, section.second):
        bench.qtbot.keyClicks(line, " no more")
    assert not section._wrong.isVisible()
    assert section.add_button.isEnabled()
    for line in (section.first, section.second):
        line.setText("12345")
    assert "The PIN has 5 characters; it needs 6" in section._wrong.text()
