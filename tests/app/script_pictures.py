"""The scripts of the manual for a first inspection and a first reading, walked through on the bundled samples, with a
picture of each step: `python -m tests.app.script_pictures OUTDIR`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.jobs.engine_room import EngineRoom
from app.views.sign_dialog import SignDialog
from app.views.theme import dress
from app.wiring.desktop import Desktop
from engine.domain.operator import Operator
from engine.operators.session import Session
from engine.places import RESOURCES, Home
from tests.app.screenshots import draw, fail, wait

SIZE = (1280, 800)
COLOURS = 256
"""Enough for these pictures, at a third of the size."""

PART = "305000-090-200916.jpg"
BROKEN = "damaged-truncated.jpg"
SERIES = "ct-phantom"

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Walk:
    """Somebody at the window, who follows a script."""

    def __init__(self, desktop: Desktop, folder: Path, theme: str) -> None:
        self.desktop, self.window = desktop, desktop.window
        # Under a name that says nothing of the machine: the page of a refused file shows where it lies.
        self.samples = Path(tempfile.gettempdir()) / "samples"
        shutil.copytree(RESOURCES / "samples", self.samples, dirs_exist_ok=True)
        self._folder, self._theme = folder, theme

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Presses a key where it belongs."""
        popup = QApplication.activePopupWidget()
        if popup is None:
            self.view.setFocus()
        QTest.keyClick(popup or self.view, key, modifier)
        draw()

    def choose(self, name: str) -> None:
        """Clicks on a study of the list."""
        index = next(i for i in range(len(self.desktop.session)) if self.desktop.session[i].name == name)
        self.desktop.session.choose(index)
        wait(lambda: self.view.view is not None or self.window.picture.message.isVisible())
        wait(lambda: self.desktop.session[index].judgement is not None)
        self.view.setFocus()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drags over the picture, in shares of it."""
        view = self.view.view
        assert view is not None
        places = [(share[0] * view.image_px[0], share[1] * view.image_px[1]) for share in (start, end)]
        first, last = (QPoint(*map(round, view.to_screen(*place))) for place in places)
        QTest.mousePress(self.view, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(self.view, (first + last) / 2)
        QTest.mouseMove(self.view, last)
        QTest.mouseRelease(self.view, Qt.MouseButton.LeftButton, pos=last)
        draw()

    def shoot(self, name: str) -> None:
        """The window with whatever is open over it."""
        draw()
        wait(lambda: not self.desktop.judging.reviewing.unrecorded)
        picture = self.window.grab()
        painter = QPainter(picture)
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if over is not None:
            painter.drawPixmap(self._place(over), over.grab())
        painter.end()
        path = self._folder / f"{name}-{self._theme}.png"
        picture.save(str(path))
        with Image.open(path) as whole:
            shot = whole.convert("RGB")
        palette = shot.quantize(COLOURS, Image.Quantize.FASTOCTREE)
        # Dots between two colours keep the greys of a slice smooth.
        shot.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)

    @property
    def view(self) -> QWidget:
        return self.window.picture.view

    def _place(self, over: QWidget) -> QPoint:
        """Menus where they opened, dialogs in the middle."""
        if over is QApplication.activePopupWidget():
            return over.pos() - self.window.pos()
        return QPoint((self.window.width() - over.width()) // 2, (self.window.height() - over.height()) // 2)


def inspector(walk: Walk) -> None:
    """The steps of `docs/manual/first-inspection.md`."""
    walk.shoot("inspection-1-welcome")
    walk.desktop.open([walk.samples])
    wait(lambda: len(walk.desktop.session) > 3 and not walk.desktop.answering.progress.busy)
    walk.choose(PART)
    walk.shoot("inspection-2-answered")
    walk.key(Qt.Key.Key_Return)
    walk.shoot("inspection-3-region")
    walk.key(Qt.Key.Key_Return)
    walk.key(Qt.Key.Key_X)
    walk.shoot("inspection-4-reason")
    walk.key(Qt.Key.Key_2)
    while walk.desktop.judging.judging.judgement.open:
        walk.key(Qt.Key.Key_Return)
    walk.key(Qt.Key.Key_F)
    walk.key(Qt.Key.Key_N)
    walk.drag((0.42, 0.30), (0.50, 0.42))
    walk.shoot("inspection-5-added")
    walk.key(Qt.Key.Key_U)
    walk.shoot("inspection-6-verdict")
    walk.key(Qt.Key.Key_Return)
    wait(lambda: walk.view.view is not None)
    walk.shoot("inspection-7-next")
    walk.choose(BROKEN)
    walk.shoot("inspection-8-refused")
    walk.choose(PART)
    walk.key(Qt.Key.Key_Return, CTRL)
    walk.shoot("inspection-9-sign")
    _sign(walk)


def reader(walk: Walk) -> None:
    """The steps of `docs/manual/first-reading.md`."""
    walk.choose(SERIES)
    walk.shoot("reading-1-opened")
    walk.key(Qt.Key.Key_Return)
    walk.shoot("reading-2-region")
    walk.key(Qt.Key.Key_M)
    walk.shoot("reading-3-planes")
    walk.key(Qt.Key.Key_M)
    walk.key(Qt.Key.Key_1)
    walk.shoot("reading-4-window")
    walk.key(Qt.Key.Key_2)
    walk.key(Qt.Key.Key_Return)
    walk.key(Qt.Key.Key_X)
    walk.shoot("reading-5-reason")
    walk.key(Qt.Key.Key_3)
    while walk.desktop.judging.judging.judgement.open:
        walk.key(Qt.Key.Key_Return)
    walk.shoot("reading-6-verdict")
    walk.window.actions_["verdict_2"].trigger()
    walk.choose(SERIES)
    walk.key(Qt.Key.Key_Return, CTRL)
    walk.shoot("reading-7-sign")
    _sign(walk)
    walk.choose(SERIES)
    walk.shoot("reading-8-signed")


def _sign(walk: Walk) -> None:
    dialog = walk.window.findChild(SignDialog)
    signed: list[bool] = []
    dialog.accepted.connect(lambda: signed.append(True))
    dialog.sign_button.click()
    wait(lambda: bool(signed))
    walk.window.activateWindow()  # no window manager does it here
    wait(walk.window.isActiveWindow)


SCRIPTS: tuple[Callable[[Walk], None], ...] = (inspector, reader)


@contextmanager
def desk() -> Iterator[Desktop]:
    """A window over a home of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        desktop = Desktop(EngineRoom(Home(Path(scratch) / "home").make()), fail)
        desktop.window.resize(*SIZE)
        desktop.window.show()
        wait(lambda: "ONNX" in desktop.window._runtime.text())
        desktop.parts.who.change(Session(Operator("kim")))
        try:
            yield desktop
        finally:
            desktop.window.close()


def main(folder: Path) -> None:
    """Writes one PNG a step and theme into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication([])
    for theme in ("dark", "light"):
        dress(application, theme)
        with desk() as desktop:
            desktop.parts.preferred.set(theme=theme)
            for script in SCRIPTS:
                script(Walk(desktop, folder, theme))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
