"""The sections that are this person's own: how the window looks, and what reading feels like. They hold at once."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from app.state.preferences import TEXT_PERCENT, Preferences, Preferred
from app.state.words import later
from app.text import tr
from app.views.settings_form import Section
from app.views.styled import label

THEMES = {"dark": later("Dark"), "light": later("Light")}
LANGUAGES = {"system": later("That of the desktop"), "en": "English", "de": "Deutsch"}
OUTLINE_WORDS = {"box": later("A box"), "contour": later("A contour"), "both": later("Both")}
DRAGS = {"brighter": later("makes it brighter"), "darker": later("makes it darker")}


class AppearanceSection(Section):
    """Theme, size of text, language."""

    def __init__(self, preferred: Preferred, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Appearance"),
            tr("Pictures keep a dark ground in every theme. A language holds from the next start."),
            parent=parent,
        )
        sizes = {percent: f"{percent} %" for percent in TEXT_PERCENT}
        self.theme = _choice(preferred, "theme", THEMES, tr("Theme"))
        self.text = _choice(preferred, "text_percent", sizes, tr("Size of text"))
        self.language = _choice(preferred, "language", LANGUAGES, tr("Language"))
        self.body.addLayout(_rows((self.theme, self.text, self.language)))


class HabitsSection(Section):
    """What reading feels like."""

    def __init__(self, preferred: Preferred, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Reading"), tr("What happens by itself, and what the mouse does to a picture."), parent=parent
        )
        self.next = QCheckBox(tr("After the last region of a study the next study opens by itself"))
        self.next.setChecked(preferred.now.next_by_itself)
        self.next.toggled.connect(lambda on: preferred.set(next_by_itself=on))
        self.drag = _choice(preferred, "drag_up", DRAGS, tr("Dragging upwards in a picture"))
        self.outlines = _choice(preferred, "outlines", OUTLINE_WORDS, tr("Around a region"))
        self.body.addWidget(self.next)
        self.body.addLayout(_rows((self.drag, self.outlines)))

    def show_preferences(self, now: Preferences) -> None:
        """Shows what holds, wherever it was changed."""
        self.next.setChecked(now.next_by_itself)
        self.outlines.setCurrentIndex(self.outlines.findData(now.outlines))


def _choice(preferred: Preferred, name: str, words: Mapping[str, str] | Mapping[int, str], title: str) -> QComboBox:
    """A choice that holds at once."""
    made = QComboBox()
    made.setAccessibleName(title)
    for value, text in words.items():
        made.addItem(tr(text), value)
    made.setCurrentIndex(made.findData(getattr(preferred.now, name)))
    made.currentIndexChanged.connect(lambda: preferred.set(**{name: made.currentData()}))
    return made


def _rows(choices: tuple[QComboBox, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for line, choice in enumerate(choices):
        title = label(choice.accessibleName())
        title.setBuddy(choice)
        grid.addWidget(title, line, 0)
        grid.addWidget(choice, line, 1)
    grid.setColumnStretch(2, 1)
    return grid
