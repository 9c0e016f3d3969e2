"""What covers the window while nobody is logged in: nothing of a patient shows through."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.paint.icons import icon
from app.text import tr
from app.views.styled import frame, label, selectable
from app.views.theme import colours


class LoginDialog(QDialog):
    """Lies over the whole window and keeps its keys from it; leaves only for who logs in.

    Args:
        window: what it covers.
    """

    asked = Signal(str, str)
    """Name and password."""
    left = Signal()
    """The person wants to close the program instead."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("login")
        self.setWindowTitle(tr("Log in"))
        self.setModal(True)
        self._window = window
        self.name, self.secret = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))
        self.secret.setPlaceholderText(tr("Password or PIN"))
        self.secret.setAccessibleName(tr("Password or PIN"))
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.enter = QPushButton(tr("Log in"))
        self.enter.setProperty("main", True)
        self.leave = QPushButton(tr("Close Fovea"))
        self._wrong = selectable()
        self._wrong.setObjectName("wrong")
        self.enter.clicked.connect(self._ask)
        self.leave.clicked.connect(self.left)
        self._build()
        self.leave.setAutoDefault(False)
        self.enter.setDefault(True)
        window.installEventFilter(self)
        self._cover()

    def ask(self) -> None:
        """Asks who works here; until then it only covers."""
        self._card.show()
        self.name.setFocus()

    def show_wrong(self, words: str) -> None:
        """Says why it was refused, and waits for the next attempt."""
        self._card.show()
        self._wrong.setText(words)
        self.secret.clear()
        self.enter.setEnabled(True)
        self.secret.setFocus()

    def reject(self) -> None:
        """Escape opens nothing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 -- Qt's name
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        corner = self._window.mapToGlobal(self._window.rect().topLeft())
        self.setGeometry(corner.x(), corner.y(), self._window.width(), self._window.height())

    def _ask(self) -> None:
        if self.name.text().strip() and self.secret.text():
            self.enter.setEnabled(False)
            self._wrong.setText(tr("Checking..."))
            self.asked.emit(self.name.text().strip(), self.secret.text())

    def _build(self) -> None:
        card = self._card = frame("card")
        card.setMaximumWidth(440)
        card.hide()
        emblem = QLabel()
        emblem.setPixmap(icon("fovea", colours().accent).pixmap(56, 56))
        emblem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = label(tr("Who works here?"), "messageTitle", size=1.35)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        foot = QHBoxLayout()
        foot.addWidget(self.leave)
        foot.addStretch(1)
        foot.addWidget(self.enter)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 26, 32, 24)
        inner.setSpacing(12)
        for widget in (emblem, title, self.name, self.secret, self._wrong):
            inner.addWidget(widget)
        inner.addLayout(foot)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 3)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
