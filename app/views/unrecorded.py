"""Asks before the window closes over decisions that could not be recorded."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from app.sentences.told import line_of
from app.state.session import Trouble
from app.text import tr


def closes_over(parent: QWidget, studies: int, trouble: Trouble) -> bool:
    """Whether the person closes although decisions would be lost.

    Args:
        parent: the window.
        studies: how many of them have decisions that are not recorded.
        trouble: why not.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Fovea")
    box.setText(tr("Decisions about %1 studies are not recorded yet.").replace("%1", f"{studies:,}"))
    box.setInformativeText(line_of(trouble))
    stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave
