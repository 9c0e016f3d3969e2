"""Pictures of the window on the bundled samples: `python -m tests.app.screenshots OUTDIR`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.state.pages import Page
from app.views.keys import KeysDialog
from app.views.page import PageFrame
from app.views.theme import dress
from app.wiring.desktop import Desktop
from engine.places import RESOURCES, Home
from tests.app.model_pictures import shoot_models_and_monitor

SIZES = ((1280, 800), (1920, 1080), (1024, 640))
PATIENCE_S = 180.0


def main(folder: Path) -> None:
    """Writes one PNG a screen and size into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    dress(application)
    with tempfile.TemporaryDirectory() as scratch:
        desktop = Desktop(EngineRoom(Home(Path(scratch) / "home").make()), fail)
        try:
            _shoot_all(desktop, folder)
            _shoot_volume(desktop, folder)
            _shoot_pages(desktop, folder)
        finally:
            desktop.window.close()
    dress(application)  # the window before ended in the light theme, of which the next one knows nothing
    shoot_models_and_monitor(lambda desktop, name: _at_all_sizes(desktop, folder, name), wait, fail)


def _shoot_all(desktop: Desktop, folder: Path) -> None:
    desktop.window.show()
    wait(lambda: "ONNX" in desktop.window._runtime.text())
    _at_all_sizes(desktop, folder, "welcome")
    desktop.open([RESOURCES / "samples"])
    wait(lambda: len(desktop.session) > 3 and desktop.session[2].outcome is not None)
    _at_all_sizes(desktop, folder, "running")
    wait(lambda: not desktop.answering.progress.busy)
    rows = [desktop.session[index] for index in range(len(desktop.session))]
    _choose(desktop, max(range(len(rows)), key=lambda index: len(rows[index].regions)))
    _at_all_sizes(desktop, folder, "flagged")
    desktop.judging.judging.looking.go(1)
    desktop.window.picture.view.zoom(4)
    desktop.session.choose_region(0)
    desktop.window.picture.view.setFocus()
    _at_all_sizes(desktop, folder, "region")
    _choose(desktop, next(index for index, row in enumerate(rows) if row.sign.word == "nothing flagged"))
    _at_all_sizes(desktop, folder, "clear")
    refused = next(index for index, row in enumerate(rows) if row.sign.word == "refused")
    desktop.session.choose(refused)
    wait(desktop.window.picture.message.isVisible)
    _at_all_sizes(desktop, folder, "refused")
    keys = KeysDialog(desktop.window.actions_, desktop.window)
    keys.show()
    draw()
    keys.grab().save(str(folder / "keys.png"))
    keys.close()


def _shoot_volume(desktop: Desktop, folder: Path) -> None:
    index = desktop.session.index_of(str(RESOURCES / "samples" / "ct-phantom"))
    assert index is not None
    _choose(desktop, index)
    _at_all_sizes(desktop, folder, "volume")
    desktop.session.choose_region(0)
    _at_all_sizes(desktop, folder, "volume-region")


def _shoot_pages(desktop: Desktop, folder: Path) -> None:
    """The pages beside the reading page, and the reading page once more, in both themes."""
    for theme in ("dark", "light"):
        desktop.parts.preferred.set(theme=theme)
        for page in Page:
            desktop.parts.pages.show(page)
            shown = desktop.window.pages.currentWidget()
            wait(lambda shown=shown: not isinstance(shown, PageFrame) or not shown.is_reading)
            _at_all_sizes(desktop, folder, f"{page.value}-{theme}")
    desktop.parts.pages.show(Page.READING)


def _choose(desktop: Desktop, index: int) -> None:
    desktop.session.choose(index)
    wait(lambda: desktop.window.picture.view.view is not None)


def _at_all_sizes(desktop: Desktop, folder: Path, name: str) -> None:
    for width, height in SIZES:
        desktop.window.resize(width, height)
        draw()
        desktop.window.grab().save(str(folder / f"{name}-{width}x{height}.png"))


def draw() -> None:
    """Lets everything be painted that is to be."""
    for _ in range(5):
        QApplication.processEvents()


def wait(until: Callable[[], bool]) -> None:
    """Goes on once it is so.

    Raises:
        TimeoutError: it never was.
    """
    ends_s = time.monotonic() + PATIENCE_S
    while not until():
        if time.monotonic() > ends_s:
            raise TimeoutError(until)
        QApplication.processEvents()
        time.sleep(0.01)
    draw()


def fail(error: Exception) -> None:
    """Nothing may go wrong in a picture."""
    raise error


if __name__ == "__main__":
    main(Path(sys.argv[1]))
