"""Start-up of the desktop: makes and dresses the application, shows the window bare, then has it furnished.

Until the bare window is painted nothing is imported but Qt. The rest of the window comes in `_furnish`, from
`wiring/desktop.py`; readers, kernels, run times and the database come with the first background work, in
`jobs/engine_room.py`.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtWidgets import QApplication

from app.cli.kernel_cache import use_kernel_cache
from app.crash import CrashNet
from app.jobs.long_lived import leave_alone_what_is_loaded
from app.jobs.preferences_file import read_preferences
from app.jobs.run import Lane, Task, run
from app.languages import speak
from app.state.pages import Page
from app.state.preferences import Preferred
from app.views.main_window import MainWindow
from app.views.theme import dress
from engine.errors import UsageError
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
    home = default_home()
    preferred = Preferred(read_preferences(home.preferences))
    speak(application, preferred.now.language)
    dress(application, preferred.now.theme, preferred.now.text_percent)
    net = CrashNet(home.journal, application.activeWindow, application.closeAllWindows)
    net.spread()
    listener = _close_on_signals(application)
    window = MainWindow()
    window.place(preferred.now.frame)

    def furnish() -> None:
        from app.jobs.engine_room import EngineRoom  # noqa: PLC0415 -- start-up time: the bare window is shown first
        from app.wiring.desktop import Desktop  # noqa: PLC0415 -- as above

        desktop = Desktop(EngineRoom(home, backend, threads), net.tell, preferred, window)
        desktop.reading.equipped.listen(lambda ready: leave_alone_what_is_loaded())  # noqa: ARG005 -- that it is
        desktop.open(paths)
        if not paths and home.database.exists():
            desktop.parts.pages.show(Page.WORKLIST)

    window.appeared.connect(lambda: _once_imported(window, furnish), Qt.ConnectionType.QueuedConnection)
    window.show()
    status = application.exec()
    listener.setEnabled(False)
    return status


def _once_imported(window: MainWindow, furnish: Callable[[], None]) -> None:
    """Furnishes the window after everything for it was imported beside the event loop, unless it was closed before."""
    lane = Lane("start")

    def go_on(_: object) -> None:
        lane.close(0.0)
        if window.isVisible():
            furnish()

    def import_the_rest(_: Task) -> None:
        home = default_home()
        importlib.import_module("engine.journal").keep_journal(home)
        use_kernel_cache(home)
        importlib.import_module("app.wiring.desktop")

    run(
        import_the_rest,
        on_done=go_on,
        on_failed=go_on,  # the same import in this thread tells the crash net what is wrong
        parent=window,
        lane=lane,
    )


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
