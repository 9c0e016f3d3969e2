"""No text of the screens is outside the translation files, and every one of them is translated."""

import re
from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableView,
    QWidget,
)

from app.jobs.engine_room import EngineRoom
from app.languages import LANGUAGES, speak
from app.state.pages import Page
from app.views.command_palette import CommandPalette
from app.views.keys import KeysDialog
from app.views.login import LoginDialog
from app.wiring.desktop import Desktop
from tests.tools.languages import hidden_texts, release, texts_of_source, translations

PLACES = re.compile(r"%\d|\{[^}]*\}")
OPENS, CLOSES = "⟦", "⟧"
AS_THEY_ARE = {"Fovea", "English", "Deutsch", ""}
"""Names that no language changes."""


@pytest.fixture(scope="module")
def german():
    return translations(LANGUAGES / "fovea_de.ts")


def test_every_text_of_the_source_is_translated_and_nothing_else_is(german):
    assert sorted(german) == sorted(texts_of_source())


def test_no_text_is_put_together_before_it_is_translated():
    assert hidden_texts() == []


def test_places_for_values_are_the_same_in_the_translation(german):
    other = {
        text: told for text, told in german.items() if Counter(PLACES.findall(text)) != Counter(PLACES.findall(told))
    }
    assert other == {}


def test_sentences_stay_sentences(german):
    ends = {text: told for text, told in german.items() if text.endswith((".", "...")) != told.endswith((".", "..."))}
    assert ends == {}


def test_binary_file_is_what_qt_makes_of_the_text_file(tmp_path):
    release(LANGUAGES / "fovea_de.ts", tmp_path / "made.qm")
    assert (tmp_path / "made.qm").read_bytes() == (LANGUAGES / "fovea_de.qm").read_bytes()


def test_window_speaks_german_and_english_again(qapp):
    found = speak(qapp, "de")
    try:
        assert QCoreApplication.translate("Fovea", "Worklist") == "Arbeitsliste"
    finally:
        for translator in found:
            qapp.removeTranslator(translator)
    assert speak(qapp, "en") == ()
    assert speak(qapp, "xx") == ()
    assert QCoreApplication.translate("Fovea", "Worklist") == "Worklist"


class Bracketed(QTranslator):
    """A language of its own: every text of ours in brackets, so that what is not in them was never translated."""

    def translate(self, context, text, disambiguation=None, n=-1):  # noqa: ARG002 -- Qt's signature
        return f"{OPENS}{text}{CLOSES}" if context == "Fovea" else None

    def isEmpty(self):  # noqa: N802 -- Qt's name
        return False


@pytest.fixture
def bracketed(qapp, dressed):
    translator = Bracketed(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def texts_of(widget):
    """Every text that a widget shows or is read out by."""
    found = [widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.statusTip()]
    if isinstance(widget, QLabel | QAbstractButton):
        found.append(widget.text())
    if isinstance(widget, QLineEdit):
        found.append(widget.placeholderText())
    if isinstance(widget, QComboBox):
        found += [widget.itemText(index) for index in range(widget.count())]
    if isinstance(widget, QListWidget):
        found += [widget.item(row).text().split("\t")[0] for row in range(widget.count())]
    if isinstance(widget, QTableView) and widget.model() is not None:
        header = widget.horizontalHeader()
        found += [str(widget.model().headerData(c, header.orientation()) or "") for c in range(header.count())]
    return found


def are_keys(text):
    """Whether it names keys, which Qt translates itself."""
    native = QKeySequence.SequenceFormat.NativeText
    return all(QKeySequence(part, native).toString(native) == part for part in text.split(", "))


def untranslated(window):
    """Texts with a word in them of which no part is in brackets."""
    widgets = [
        widget for widget in (window, *window.findChildren(QWidget)) if not widget.objectName().startswith("qt_")
    ]
    said = {text for widget in widgets for text in texts_of(widget)}
    said |= {text for action in window.findChildren(QAction) for text in (action.text(), action.toolTip())}
    words = {text for text in said if re.search(r"[A-Za-z]{3}", text) and text not in AS_THEY_ARE}
    return sorted(text for text in words if OPENS not in text)


def test_everything_on_every_page_is_translated(qtbot, bracketed, home):
    faults = []
    desktop = Desktop(EngineRoom(home), faults.append)
    window = desktop.window
    try:
        for page in Page:
            desktop.parts.pages.show(page)
        dialogs: list[QDialog] = [
            CommandPalette(window.actions_, window),
            KeysDialog(window.actions_, window),
            LoginDialog(window),
        ]
        found = [text for text in untranslated(window) if not are_keys(text)]
        assert [dialog.windowTitle() for dialog in dialogs if OPENS not in dialog.windowTitle()] == []
        assert found == [], "\n".join(found)
    finally:
        window.close()
        window.deleteLater()
    assert faults == []
