"""A real desktop for the tests: the whole window over the real engine in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.jobs.engine_room import EngineRoom
from app.views.main_window import MainWindow
from app.views.picture_view import PictureView
from app.views.theme import dress
from app.wiring.desktop import Desktop
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region
from engine.errors import FoveaError
from engine.places import Home
from tests.app.volumes import nodules, write_chest
from tests.engine.queue.in_process import WorkerThread

ANSWERED_MS = 120_000
"""The first answer of a process may compile the kernels."""

REGIONS = (
    Region("pitting", 0.91, "sure", (40.0, 60.0, 100.0, 110.0)),
    Region("pitting", 0.62, "sure", (300.0, 200.0, 340.0, 230.0)),
    Region("pitting", 0.21, "unsure", (200.0, 20.0, 212.0, 30.0)),
)


@dataclass
class Bench:
    """A desktop under test."""

    desktop: Desktop
    qtbot: QtBot
    faults: list[FoveaError] = field(default_factory=list)

    @property
    def window(self) -> MainWindow:
        return self.desktop.window

    @property
    def view(self) -> PictureView:
        return self.window.picture.view

    def open(self, *paths: Path) -> None:
        """Opens paths and waits for every answer and the picture."""
        self.desktop.open(list(paths))
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is in line."""
        self.qtbot.waitUntil(lambda: not self.desktop.answering.progress.busy, timeout=ANSWERED_MS)

    def open_flagged(self, path: Path) -> None:
        """Opens a picture and gives it an answer with known regions."""
        self.open(path)
        self.qtbot.waitUntil(lambda: self.view.view is not None)
        answer = Outcome("a", Status.ANSWERED, flagged=True, regions=REGIONS, coverage=1.0, model="known 1.0.0")
        self.desktop.session.answer(self.desktop.session.chosen, answer, None)

    def open_volume(self, path: Path) -> None:
        """Opens a chest and gives it an answer with known regions."""
        self.open(path)
        self.qtbot.waitUntil(lambda: self.view.plane is not None)
        answer = Outcome("a", Status.ANSWERED, flagged=True, regions=nodules(), coverage=1.0, model="known 1.0.0")
        self.desktop.session.answer(self.desktop.session.chosen, answer, None)
        QApplication.processEvents()  # the banner of the first answer goes, and the view takes its room


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with its own look."""
    dress(qapp)
    return qapp


@pytest.fixture(autouse=True)
def _the_worker_is_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own for each test would import the engine again and again; `tests/engine/queue` has one."""
    monkeypatch.setattr("engine.queue.supervise.WorkerProcess", WorkerThread)


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, home: Home) -> Iterator[Bench]:
    """The window on the screen, empty."""
    faults: list[FoveaError] = []
    desktop = Desktop(EngineRoom(home), faults.append)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    yield Bench(desktop, qtbot, faults)
    desktop.window.close()
    desktop.window.deleteLater()
    assert faults == []


@pytest.fixture
def quiet_bench(qtbot: QtBot, dressed: QApplication, home: Home) -> Iterator[Bench]:
    """The window as in `bench`, whose engine sleeps: for what needs the records alone."""
    faults: list[FoveaError] = []
    desktop = Desktop(EngineRoom(home), faults.append)
    desktop.window.first_painted.disconnect()
    desktop.window.first_painted.connect(desktop.operators.ask_whether_site)
    with qtbot.waitExposed(desktop.window):
        desktop.window.show()
    desktop.window.activateWindow()
    yield Bench(desktop, qtbot, faults)
    desktop.window.close()
    desktop.window.deleteLater()
    assert faults == []


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A colour photograph of 400 x 300 pixels with a gradient."""
    rows, columns = np.mgrid[0:300, 0:400]
    pixels = np.stack([columns * 255 // 400, rows * 255 // 300, np.full_like(rows, 90)], axis=2).astype(np.uint8)
    path = tmp_path / "part.png"
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture(scope="session")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a CT series of 40 slices: the chest of `tests.app.volumes`."""
    return write_chest(tmp_path_factory.mktemp("exam") / "chest")
