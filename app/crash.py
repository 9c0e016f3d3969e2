"""The last net: an error nobody caught is logged and shown, and the window goes on with what it has."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from app.text import tr
from engine.errors import FoveaError, ProgramError
from engine.program import program_version

_log = logging.getLogger(__name__)


class CrashNet(QObject):
    """Catches what no one else did, in any thread, and shows it once.

    Args:
        log_file: named in the dialog.
        window: the dialog's parent, asked for when it is needed.
        quit_: called when the person wants to close the program.
    """

    _caught = Signal(object, str)

    def __init__(self, log_file: Path, window: Callable[[], QWidget | None], quit_: Callable[[], None]) -> None:
        super().__init__()
        self._log_file = log_file
        self._window = window
        self._quit = quit_
        self._shown: set[str] = set()
        self._dialog: QMessageBox | None = None
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def spread(self) -> None:
        """Takes over uncaught errors of all threads."""
        sys.excepthook = self.catch
        threading.excepthook = lambda error: self.catch(error.exc_type, error.exc_value, error.exc_traceback)

    def catch(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Logs an error and shows it, unless the same one was shown before: a broken paint would show one a frame."""
        if issubclass(kind, KeyboardInterrupt):
            self._quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        _log.critical("Uncaught error\n%s", text)
        if text not in self._shown:
            self._shown.add(text)
            fault = error if isinstance(error, FoveaError) else _our_fault(kind, error)
            self._caught.emit(fault, text)

    def tell(self, error: FoveaError) -> None:
        """Shows an error that was caught but belongs to no study."""
        self._caught.emit(error, str(error))

    def _show(self, error: FoveaError, text: str) -> None:
        if self._dialog is not None:
            return  # it is in the log; a second dialog over the first helps no one
        dialog = self._dialog = QMessageBox(self._window())
        ours = isinstance(error, ProgramError)
        dialog.setIcon(QMessageBox.Icon.Critical if ours else QMessageBox.Icon.Warning)
        dialog.setWindowTitle("Fovea")
        dialog.setTextFormat(Qt.TextFormat.PlainText)
        dialog.setText(tr("Something went wrong in Fovea.") if ours else error.message)
        log = tr("The details are in the log: %1").replace("%1", str(self._log_file))
        kept = tr("Every answer so far is recorded; you can go on.")
        dialog.setInformativeText(
            "\n".join(filter(None, (f"{error.code}: {error}" if ours else error.next_step, kept, log)))
        )
        dialog.setDetailedText(f"Fovea {program_version()}\n{error.code}\n{text}")
        go_on = dialog.addButton(tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
        copy = dialog.addButton(tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        leave = dialog.addButton(tr("Close Fovea"), QMessageBox.ButtonRole.DestructiveRole)
        dialog.setDefaultButton(go_on)
        dialog.setEscapeButton(go_on)
        dialog.exec()
        pressed, self._dialog = dialog.clickedButton(), None
        if pressed is copy:
            QGuiApplication.clipboard().setText(dialog.detailedText())
        if pressed is leave:
            self._quit()
        dialog.deleteLater()


def _our_fault(kind: type[BaseException], error: BaseException | None) -> ProgramError:
    return ProgramError("PR-UNCAUGHT", f"{kind.__name__}: {error}.", "Report it with the log.")
