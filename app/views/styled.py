"""Labels and frames by the names that the style sheet knows them by. Labels never read their text as markup."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy

LabelLook = Literal["", "title", "quiet", "key", "messageTitle", "welcomeTitle"]
FrameLook = Literal["header", "banner", "card", "dropping", "judge"]


def label(text: str = "", look: LabelLook = "", *, wraps: bool = False, size: float = 1.0) -> QLabel:
    """A label that shows its text as it is: a file may be called `<b>`.

    Args:
        text: shown at first.
        look: the style sheet's name.
        wraps: breaks lines.
        size: of the text, in terms of the system's font.
    """
    made = QLabel(text)
    made.setObjectName(look)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if size != 1.0:
        font = made.font()
        font.setPointSizeF(font.pointSizeF() * size)
        made.setFont(font)
    return made


def selectable(text: str = "", look: LabelLook = "") -> QLabel:
    """A label for long text that a person may want to copy."""
    made = label(text, look, wraps=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class ElidedLabel(QLabel):
    """One line that gives way: what does not fit is left out in the middle, and the tip shows all of it.

    Args:
        look: the style sheet's name.
        least: so many letters stay, where the text has them; with 0 it takes what the others leave.
    """

    def __init__(self, look: LabelLook = "", *, least: int = 0) -> None:
        super().__init__()
        self._least = least
        self.setObjectName(look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        width = QSizePolicy.Policy.Preferred if least else QSizePolicy.Policy.Ignored
        self.setSizePolicy(width, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        least, whole = self._least * self.fontMetrics().averageCharWidth(), self.sizeHint()
        return QSize(min(least, whole.width()), whole.height()) if self._least else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def frame(look: FrameLook) -> QFrame:
    """A frame with the look of that name."""
    made = QFrame()
    made.setObjectName(look)
    return made
