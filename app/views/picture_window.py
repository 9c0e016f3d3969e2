"""A window for the picture alone, such as one on a second monitor."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.text import tr


class PictureWindow(QWidget):
    """Holds the picture pane while it is apart; closing gives it back."""

    closed = Signal()

    def __init__(self, held: QWidget, beside: QWidget) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(tr("Picture - Fovea"))
        self.setWindowIcon(beside.windowIcon())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(held)
        held.show()
        self.resize(900, 760)
        self._go_to_other_screen(beside)

    def placed(self) -> str:
        """Where it is, to be kept: in hexadecimal digits."""
        return bytes(self.saveGeometry().toHex().data()).decode("ascii")

    def place(self, frame: str) -> None:
        """Puts it where it was; Qt brings it back onto a screen that is there."""
        if frame:
            self.restoreGeometry(QByteArray.fromHex(frame.encode("ascii")))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 -- Qt's name
        self.closed.emit()
        super().closeEvent(event)

    def _go_to_other_screen(self, beside: QWidget) -> None:
        """All of the first screen that the main window is not on."""
        own = beside.screen()
        other = next((screen for screen in own.virtualSiblings() if screen is not own), None)
        if other is not None:
            self.setGeometry(other.availableGeometry())
