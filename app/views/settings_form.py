"""A form of settings: a line each, told as it is typed, with one place for what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.sentences.told import told
from app.state.session import Trouble
from app.state.site_fields import Field, table_of, text_of
from app.text import tr
from app.views.styled import label, selectable

TYPED_MS = 200
"""So long after the last letter it is checked."""


class SettingsForm(QWidget):
    """Shows fields; tells what they come to.

    Args:
        fields: from the top.
        parent: of this widget.
    """

    changed = Signal()
    """Something was typed, and the person has paused."""

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self._stored: dict[str, Any] = {}
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self.changed)
        self.editors: dict[str, QLineEdit | QComboBox] = {}
        self._lines: dict[str, tuple[QWidget, ...]] = {}
        self._left_out: frozenset[str] = frozenset()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        letter = self.fontMetrics().averageCharWidth()
        grid.setColumnMinimumWidth(0, letter * 30)
        self.setMaximumWidth(letter * 130)
        for line, field in enumerate(fields):
            title = label(tr(field.title), wraps=True)
            grid.addWidget(title, line, 0)
            editor = self._editor(field)
            grid.addLayout(editor, line, 1)
            parts = [item.widget() for at in range(editor.count()) if (item := editor.itemAt(at)) is not None]
            self._lines[field.name] = (title, *(part for part in parts if part is not None))
            title.setBuddy(self.editors[field.name])

    def show_only(self, names: Collection[str]) -> None:
        """Has some fields alone seen and told; the others are as if nothing stood in them."""
        self._left_out = frozenset(self._lines) - frozenset(names)
        for name, parts in self._lines.items():
            for part in parts:
                part.setVisible(name not in self._left_out)

    def show_table(self, table: Mapping[str, Any]) -> None:
        """Shows what is stored; tells nobody."""
        self._stored = dict(table)
        for field in self._fields:
            editor, text = self.editors[field.name], text_of(table.get(field.name, ""))
            editor.blockSignals(True)
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(text or field.hint)))
            else:
                editor.setText(text)
            editor.blockSignals(False)

    def table(self) -> dict[str, Any]:
        """What the form comes to, with what it does not show."""
        typed = {}
        for field in self._fields:
            editor = self.editors[field.name]
            if field.name in self._left_out:
                typed[field.name] = ""
            elif isinstance(editor, QComboBox):
                chosen = str(editor.currentData())
                typed[field.name] = "" if chosen == field.hint and field.name not in self._stored else chosen
            else:
                typed[field.name] = editor.text()
        return table_of(self._fields, typed, self._stored)

    def _editor(self, field: Field) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        if field.kind == "choice":
            choice = QComboBox()
            choice.setMinimumWidth(choice.fontMetrics().averageCharWidth() * 16)  # it gives way in a narrow window
            for value, words in field.choices:
                choice.addItem(tr(words), value)
            choice.currentIndexChanged.connect(lambda: self._typed.start())  # noqa: PLW0108 -- drops what Qt passes
            self.editors[field.name] = choice
            row.addWidget(choice)
            row.addStretch(1)
        else:
            line = QLineEdit()
            line.setPlaceholderText(tr(field.hint))
            line.textChanged.connect(lambda: self._typed.start())  # noqa: PLW0108 -- drops what Qt passes
            if field.kind in ("number", "whole"):
                line.setMaximumWidth(line.fontMetrics().averageCharWidth() * 22)
            self.editors[field.name] = line
            row.addWidget(line, 1)
            if field.kind in ("folder", "file"):
                row.addWidget(self._chooser(line, field))
            if field.kind in ("number", "whole"):
                row.addStretch(1)
        self.editors[field.name].setAccessibleName(tr(field.title))
        return row

    def _chooser(self, line: QLineEdit, field: Field) -> QPushButton:
        button = QPushButton(tr("Choose..."))

        def choose() -> None:
            start = line.text() or str(Path.home())
            found = (
                QFileDialog.getExistingDirectory(self, tr(field.title), start)
                if field.kind == "folder"
                else QFileDialog.getOpenFileName(self, tr(field.title), start)[0]
            )
            if found:
                line.setText(found)

        button.clicked.connect(choose)
        return button


class Section(QWidget):
    """A part of the settings: a title, what it is for, its content, and what is wrong with it.

    Args:
        title: at the top.
        words: under the title.
        saves: whether it has a button that saves; otherwise what is chosen holds at once.
        parent: of this widget.
    """

    save_asked = Signal()

    def __init__(self, title: str, words: str, *, saves: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.save_button = QPushButton(tr("Save"))
        self.save_button.setProperty("main", True)
        self.save_button.setEnabled(False)
        self.save_button.setVisible(saves)
        self.save_button.clicked.connect(self.save_asked)
        self._wrong = selectable()
        self._wrong.setObjectName("wrong")
        self._wrong.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 16, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title", size=1.2))
        layout.addWidget(label(words, "quiet", wraps=True))
        saving = QHBoxLayout()
        saving.setSpacing(14)
        saving.addWidget(self.save_button)
        saving.addWidget(self._wrong, 1)
        layout.addLayout(saving)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        layout.addLayout(self.body)
        layout.addStretch(1)

    def show_check(self, wrong: Trouble | None, *, may_save: bool) -> None:
        """Says what is wrong with what was typed; None: nothing."""
        shown = told(wrong) if wrong else None
        self.say(f"{shown.sentence} {shown.next_step}".strip() if shown else "")
        self.save_button.setEnabled(not wrong and may_save)

    def say(self, words: str) -> None:
        """Says something beside the button that saves, or in its place."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))
