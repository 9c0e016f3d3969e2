"""The reading page at 1920x1080 over 512x512x300 voxels: what one step of a hand costs the thread of the window.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.reading [--rounds N] [--json]

A step is what a mouse or a key does, with everything that is painted because of it: one view, or three planes with
their crosshair. The processor time counts; the wall clock is beside it for a machine that does nothing else.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.paint.crosshair import handle_px, on_screen
from app.paint.kernel_renderer import KernelRenderer
from app.paint.picture import Picture
from app.paint.renderer import DRAWING
from app.state.window_level import WindowLevel
from app.views.picture_view import PictureView
from app.views.theme import dress
from app.wiring.desktop import Desktop
from engine.domain.scan import Provenance, Scan
from engine.errors import FoveaError
from engine.places import Home
from engine.prepare.pool import RowPool
from kernels.warm import warm_drawing

SCREEN_PX = (1920, 1080)
SHAPE = (300, 512, 512)
ROUNDS = 21
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

Step = Callable[[int], None]


def volume() -> Scan:
    """Noise as loud as tissue differs, so that nothing is easy to draw."""
    slices = np.random.default_rng(0).integers(-1000, 600, (16, *SHAPE[1:])).astype(np.int16)
    voxels = np.concatenate([slices] * (SHAPE[0] // 16 + 1))[: SHAPE[0]]
    made = Provenance(("bench",), "made")
    return Scan(
        voxels, "volume", "CT", "MONOCHROME2", made, spacing_mm=(1.0, 0.7, 0.7), origin_mm=(-179.0, -179.0, -150.0)
    )


def steps(desktop: Desktop) -> dict[str, tuple[tuple[str, ...], Step]]:
    """By name: the commands that come before, and the step."""
    first = desktop.window.picture.view

    def scroll(number: int) -> None:
        first.go_by(1 if number % 2 else -1)

    def window(number: int) -> None:
        first.set_window(WindowLevel(40.0 + number, 400.0))

    def click(number: int) -> None:
        QTest.mouseClick(first, LEFT, NONE, QPoint(120 + 7 * number, 140 + 5 * number))

    return {
        "one view, next slice": ((), scroll),
        "one view, window": ((), window),
        "three planes, next slice": (("three_planes",), scroll),
        "three planes, window": ((), window),
        "three planes, crosshair elsewhere": ((), click),
        "three planes, lines turned by the mouse": ((), lambda number: turn(first, number)),
        "slab of 10 mm, next slice": (("straighten", "slab"), scroll),
    }


def turn(view: PictureView, number: int) -> None:
    """A handle of the crosshair held and dragged a little."""
    line = view.cross.lines[0]  # type: ignore[attr-defined, union-attr]  # of three planes each has its lines
    at, way = on_screen(view.view, line)
    start = (at + way * handle_px(view.view)).toPoint()
    if number == 0:
        QTest.mousePress(view, LEFT, NONE, start)
    QTest.mouseMove(view, start + QPoint(6, 6))


def timed(do: Step, rounds: int) -> tuple[float, float, float]:
    """Milliseconds: processor median and largest, wall median."""
    cpu_ms, wall_ms = [], []
    for number in range(rounds):
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        do(number)
        QApplication.processEvents()
        cpu_ms.append((time.process_time() - cpu_s) * 1e3)
        wall_ms.append((time.perf_counter() - wall_s) * 1e3)
    return statistics.median(cpu_ms), max(cpu_ms), statistics.median(wall_ms)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="steps of each kind")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    dress(application)
    warm_drawing(lambda: None)
    DRAWING.renderer = KernelRenderer(RowPool())
    with tempfile.TemporaryDirectory() as scratch:
        desktop = Desktop(EngineRoom(Home(Path(scratch) / "home").make()), _fail)
        desktop.window.first_painted.disconnect()
        desktop.window.resize(*SCREEN_PX)
        desktop.window.show()
        desktop.session.add(["volume"])
        row = desktop.session.row
        assert row is not None
        desktop.window.picture.show_picture(row, Picture.of(volume()))
        for name, (commands, step) in steps(desktop).items():
            for command in commands:
                desktop.window.actions_[command].trigger()
            for _ in range(5):
                QApplication.processEvents()
            cpu_ms, most_ms, wall_ms = timed(step, options.rounds)
            figures = {"step": name, "cpu_ms": cpu_ms, "most_cpu_ms": most_ms, "wall_ms": wall_ms}
            words = f"{name:42} cpu {cpu_ms:5.1f} ms, at most {most_ms:5.1f}   wall {wall_ms:5.1f} ms"
            print(json.dumps(figures) if options.json else words)
        desktop.window.close()


def _fail(error: FoveaError) -> None:
    raise error


if __name__ == "__main__":
    main()
