"""Start-up of the desktop: makes the application, dresses it, puts the window together in `wiring.py`, shows it.

Nothing slow is imported before the window is painted: readers, kernels, run times and the database come with the first
background work, in `jobs/engine_room.py`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from app.crash import CrashNet
from app.jobs.engine_room import EngineRoom
from app.views.theme import dress
from app.wiring import Desktop
from engine.errors import UsageError
from engine.journal import journal_file
from engine.places import default_home

SHOWN_BY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""One of these variables tells Qt where windows go."""


def open_desktop(paths: Sequence[Path], *, backend: str | None = None, threads: int | None = None) -> int:
    """Opens the window on these paths and returns when it is closed.

    Args:
        paths: files and folders to open at once.
        backend: name of a run time; None takes the best that works here.
        threads: CPU threads; None takes all that this process may use.

    Raises:
        UsageError: US-DISPLAY, US-DISPLAY-LIBRARY: no window can be shown here.
    """
    require_display()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Fovea")
    dress(application)
    home = default_home()
    net = CrashNet(journal_file(home), application.activeWindow, application.closeAllWindows)
    net.spread()
    desktop = Desktop(EngineRoom(home, backend, threads), net.tell)
    listener = _close_on_signals(application)
    desktop.window.show()
    desktop.open(paths)
    status = application.exec()
    listener.setEnabled(False)
    return status


def require_display() -> None:
    """Returns where a window can be shown; Qt itself would end the process without a sentence.

    Raises:
        UsageError: US-DISPLAY, US-DISPLAY-LIBRARY.
    """
    if not any(os.environ.get(name) for name in SHOWN_BY):
        raise UsageError(
            "US-DISPLAY",
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).",
            "Use `fovea run PATH... --out DIR` here, or start it in a desktop session or with `ssh -X`.",
        )
    if os.environ.get("QT_QPA_PLATFORM", "xcb").startswith("xcb") and not os.environ.get("WAYLAND_DISPLAY"):
        try:
            ctypes.CDLL("libxcb-cursor.so.0")
        except OSError as error:
            raise UsageError(
                "US-DISPLAY-LIBRARY",
                f"A system library that windows need is missing: {error}.",
                "Install it with `sudo apt-get install libxcb-cursor0`; `make system` lists all that are needed.",
            ) from error


def _close_on_signals(application: QApplication) -> QSocketNotifier:
    """Ctrl+C and a polite end close the window as its own button would.

    Python runs its handlers only between its own instructions, and the event loop is none: the signal's number arrives
    through a socket that the loop watches.
    """
    reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(writing)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: None)  # noqa: ARG005 -- the handler must exist for the number to be written
    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: (os.read(reading, 64), application.closeAllWindows()))
    return notifier
