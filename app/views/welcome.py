"""The empty window: what to do first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.paint.icons import icon
from app.text import tr
from app.views.styled import label
from app.views.theme import colours


class WelcomePage(QWidget):
    """Offers files, a folder, or the samples that come with the program."""

    files_asked = Signal()
    folder_asked = Signal()
    samples_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        emblem = QLabel()
        emblem.setPixmap(icon("fovea", colours().accent).pixmap(64, 64))
        title = label(tr("Open pictures and series to look at"), "welcomeTitle", size=1.7)
        hint = label(
            tr(
                "Drop files or folders here: PNG, JPEG, BMP, TIFF, DICOM, NIfTI, MetaImage or NRRD.\n"
                "Each study is answered and listed on the left; a series of slices is one."
            ),
            "quiet",
        )
        for shown in (emblem, title, hint):
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.files_button = _button(tr("Open files..."), self.files_asked, main=True)
        self.folder_button = _button(tr("Open a folder..."), self.folder_asked)
        self.samples_button = _button(tr("Open the sample studies"), self.samples_asked)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self.files_button, self.folder_button, self.samples_button):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(3)
        for widget in (emblem, title, hint):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addLayout(row)
        layout.addStretch(4)


def _button(text: str, asked: SignalInstance, *, main: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("main", main)
    button.setAutoDefault(True)
    button.clicked.connect(asked)
    return button
