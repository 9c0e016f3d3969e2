"""Asks for the reason of a change that stays visible, before it is made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.sentences.told import line_of
from app.state.session import Trouble
from app.text import tr
from app.views.styled import label


class ReasonDialog(QDialog):
    """Takes no empty reason.

    Args:
        parent: over which it opens.
        title: what is done.
        words: what it means, for who decides.
        button: the word on the button that does it.
    """

    asked = Signal(str)
    """The reason. The dialog stays until it is told how it ended: `accept` or `refuse`."""

    def __init__(self, parent: QWidget, title: str, words: str, button: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Reason, kept in the record"))
        self.line.setAccessibleName(tr("Reason"))
        self.line.textChanged.connect(self._let)
        self.do_button = QPushButton(button)
        self.do_button.setProperty("main", True)
        self.do_button.setDefault(True)
        self.do_button.clicked.connect(self._ask)
        self.trouble = label(wraps=True)
        self.trouble.setObjectName("wrong")
        self.trouble.hide()
        self._build(title, words)
        self._let()

    @property
    def reason(self) -> str:
        """What was typed."""
        return self.line.text().strip()

    def refuse(self, trouble: Trouble) -> None:
        """Says why it was not done; the person may try again."""
        self.trouble.setText(line_of(trouble))
        self.trouble.show()
        self._let()

    def _build(self, title: str, words: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title", size=1.15, wraps=True))
        layout.addWidget(label(words, wraps=True))
        layout.addWidget(self.line)
        layout.addWidget(self.trouble)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.do_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setMinimumWidth(480)
        self.line.setFocus()

    def _let(self) -> None:
        self.do_button.setEnabled(bool(self.reason))

    def _ask(self) -> None:
        self.do_button.setEnabled(False)
        self.asked.emit(self.reason)
