"""The window over real files, with an engine that is never started: these tests look at pictures, not at answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.engine_room import EngineRoom
from app.paint.picture import Picture
from app.views.main_window import MainWindow
from app.views.picture_view import PictureView
from app.wiring.desktop import Desktop
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.domain.scan import Provenance, Scan
from engine.domain.study import PHOTO
from engine.errors import FoveaError
from engine.places import Home

READ_MS = 60_000

NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Reader:
    """A window in which pictures are looked at."""

    desktop: Desktop
    qtbot: QtBot
    faults: list[FoveaError] = field(default_factory=list)

    @property
    def window(self) -> MainWindow:
        return self.desktop.window

    @property
    def view(self) -> PictureView:
        return self.window.picture.view

    @property
    def views(self) -> tuple[PictureView, PictureView, PictureView]:
        return self.window.picture.views

    def open(self, *paths: Path) -> None:
        """Opens paths and waits for the picture of the first."""
        before = len(self.desktop.session)
        self.desktop.open(list(paths))
        self.qtbot.waitUntil(lambda: len(self.desktop.session) == before + len(paths), timeout=READ_MS)
        self.desktop.answering.cancel()
        self.qtbot.waitUntil(lambda: self.view.picture is not None, timeout=READ_MS)
        self.qtbot.waitUntil(lambda: not self.desktop.answering.progress.busy, timeout=READ_MS)
        self.view.setFocus()

    def show(self, **scans: Scan) -> None:
        """Lists studies whose pictures were read before, and shows the first where none was shown."""
        for source, scan in scans.items():
            self.desktop.parts.pictures.kept.put(source, Picture.of(scan))
        self.desktop.session.add(list(scans))
        QApplication.processEvents()
        self.view.setFocus()

    def answer(self, regions: tuple[Region, ...]) -> None:
        """Gives the study that is looked at an answer with known regions."""
        answer = Outcome("a", Status.ANSWERED, flagged=True, regions=regions, coverage=1.0, model="known 1.0.0")
        self.desktop.session.answer(self.desktop.session.chosen or 0, answer, None)
        QApplication.processEvents()

    def do(self, *commands: str) -> None:
        """Chooses commands, as the menu does."""
        for name in commands:
            self.window.actions_[name].trigger()
        QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, view: PictureView | None = None) -> None:
        """A key in a view."""
        view = view or self.view
        view.setFocus()
        self.qtbot.keyClick(view, key, modifier)

    def click(self, view: PictureView, x: float, y: float) -> None:
        """The left button at an image point."""
        at = view.view.to_screen(x, y)
        self.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(at[0]), round(at[1])))


@pytest.fixture
def reader(qtbot: QtBot, dressed: QApplication, home: Home) -> Iterator[Reader]:
    """The window on the screen, empty."""
    faults: list[FoveaError] = []
    desktop = Desktop(EngineRoom(home), faults.append)
    desktop.window.first_painted.disconnect()
    desktop.window.resize(1280, 800)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    yield Reader(desktop, qtbot, faults)
    desktop.window.close()
    # The window goes before its models do: a list without one complains.
    desktop.window.deleteLater()
    QApplication.sendPostedEvents(desktop.window, QEvent.Type.DeferredDelete)
    assert faults == []


@pytest.fixture
def part() -> Scan:
    """A colour photograph of 400 x 300 pixels with a gradient."""
    rows, columns = np.mgrid[0:300, 0:400]
    pixels = np.stack([columns * 255 // 400, rows * 255 // 300, np.full_like(rows, 90)], axis=2).astype(np.uint8)
    return Scan(pixels, "photograph", PHOTO, "RGB", Provenance(("part.png",), "test"))
