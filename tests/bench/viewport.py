"""Drawing at 1920x1080: window changes and movements by the viewport, beside pyqtgraph and a pixmap in QGraphicsView.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.viewport [--rounds N] [--only WORDS] [--json]

Every contender repaints a window of its own; in each round each does one step, so that whatever else the machine does
slows all of them alike. Trust the ratios on a busy machine, and the processor time. Ours then goes through the rounds
alone, as while a person drags: after a contender that went through 400 MB nothing is left in the caches.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QWidget

from app.paint.heat import Heat
from app.paint.kernel_renderer import KernelRenderer
from app.paint.picture import Picture
from app.paint.renderer import DRAWING
from app.paint.tones import ToneCurve
from app.paint.viewport import Viewport
from app.state.cut import Cut
from app.state.frame import Slab
from app.state.geometry import View
from app.state.grid import Grid
from app.state.oblique import Oblique
from app.state.plane import Plane
from app.state.window_level import WindowLevel
from engine.domain.scan import Provenance, Scan
from engine.prepare.pool import RowPool

SCREEN_PX = (1920, 1080)
ROUNDS = 41
OURS = "Fovea"
ALONE = "Fovea, in a row"
FILE = Provenance(("bench",), "made")

Step = Callable[[int], None]
"""Shows the next state and paints it; the number is that of the round."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is drawn.

    Args:
        name: as printed.
        goal_ms: of the median; the 95th percentile of a window change may be 12.
        steps: by contender, ours first.
    """

    name: str
    goal_ms: float
    steps: dict[str, Step]


class Canvas(QWidget):
    """A window that shows nothing but a viewport."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport = Viewport(picture)
        self.view = View.fit(picture.size_px, SCREEN_PX, picture.aspect)
        self.window = picture.window
        self.dragging = False
        self.heat: Heat | None = None
        _open(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 -- Qt's signature
        painter = QPainter(self)
        self.viewport.paint(painter, self.view, self.window, 1.0, dragging=self.dragging, heat=self.heat)
        painter.end()

    def change_window(self, number: int) -> None:
        """As the mouse does when it is dragged."""
        self.window = _window(number)
        self.repaint()

    def show_cut(self, cut: Cut) -> None:
        """Another cut through the same volume."""
        self.viewport.show(self.viewport.picture.on(cut))
        self.repaint()


def main() -> int:
    """Prints a table, or a JSON object a line."""
    options = _options()
    application = QApplication(sys.argv[:1])
    pyqtgraph.setConfigOptions(imageAxisOrder="row-major")
    if not options.json:
        sys.stdout.write(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.2f} before the run\n")
    with RowPool() as pool:
        DRAWING.renderer = KernelRenderer(pool)
        for case in _cases():
            if options.only in case.name:
                _report(case, options)
    application.quit()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.viewport", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of tables")
    return parser.parse_args()


def _cases() -> Iterator[Case]:
    for name, shape in (("12 megapixels", (3000, 4096)), ("200 megapixels", (12_288, 16_384))):
        picture = Picture.of(_photograph(shape))
        for view, scale in (("fit", 0.0), ("1:1", 1.0)):
            yield _window_case(f"window change, {name} of 16 bit, {view}", picture, scale)
        if shape[0] == 3000:
            yield _window_case(f"window change under a heat map, {name}", picture, heat=_heat(shape))
    volume = Picture.of(Scan(_voxels((600, 512, 512)), "volume", "CT", "MONOCHROME2", FILE, spacing_mm=(1.0, 0.7, 0.7)))
    planes = [Plane.across(Grid.of(volume.scan), axis) for axis in range(3)]
    for plane in planes:
        yield _window_case(f"window change, 512x512x600, {plane.name}", volume.on(plane))
    for plane in planes:
        yield _moving_case(f"scrolling, 512x512x600, {plane.name}", 5.0, volume, plane)
    for mode in ("max", "mean"):
        for plane in planes:
            yield _moving_case(f"scrolling, {mode} of 20, {plane.name}", 40.0, volume, plane.with_slab(Slab(20, mode)))
    middle = (300.0, 256.0, 256.0)
    for name, angle in (("slight", 0.3), ("steep", 1.1)):
        cut = Oblique.of(planes[0]).tilted((0.0, 0.6, 0.8), angle, middle)
        yield _moving_case(f"scrolling, oblique, {name}", 20.0, volume, cut)
        yield _moving_case(f"scrolling, oblique, {name}, dragged", 20.0, volume, cut, dragging=True)
        yield _moving_case(f"scrolling, max of 20, oblique, {name}", 40.0, volume, cut.with_slab(Slab(20, "max")))


def _window_case(name: str, picture: Picture, scale: float = 0.0, heat: Heat | None = None) -> Case:
    """Each contender shows the same part of the same pixels through the same windows."""
    canvas = Canvas(picture)
    canvas.heat = heat
    if scale:
        canvas.view = canvas.view.at_scale(scale)
    steps: dict[str, Step] = {OURS: canvas.change_window}
    if heat is None:
        pixels = np.ascontiguousarray(picture.levels[0])
        steps["pyqtgraph"] = _pyqtgraph(pixels, canvas.view)
        steps["QGraphicsView"] = _graphics_view(pixels, canvas.view)
    return Case(name, 5.0, steps)


def _moving_case(name: str, goal_ms: float, volume: Picture, cut: Cut, *, dragging: bool = False) -> Case:
    """Another cut each round: nothing of the one before can be used again."""
    canvas = Canvas(volume.on(cut))
    canvas.dragging = dragging
    return Case(name, goal_ms, {OURS: lambda number: canvas.show_cut(cut.at(cut.index + number))})


def _pyqtgraph(pixels: np.ndarray, view: View) -> Step:
    widget = pyqtgraph.GraphicsView()
    box = pyqtgraph.ViewBox(lockAspect=view.aspect, invertY=True, enableMenu=False, defaultPadding=0.0)
    widget.setCentralItem(box)
    item = pyqtgraph.ImageItem(pixels)
    box.addItem(item)
    x0, y0, x1, y1 = view.visible()
    _open(widget)
    box.setRange(QRectF(x0, y0, x1 - x0, y1 - y0), padding=0.0)

    def step(number: int) -> None:
        window = _window(number)
        item.setLevels((window.low, window.high))
        widget.viewport().repaint()

    return step


def _graphics_view(pixels: np.ndarray, view: View) -> Step:
    scene = QGraphicsScene()
    item = scene.addPixmap(QPixmap())
    item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
    widget = QGraphicsView(scene)
    _open(widget)
    widget.scale(view.scale, view.scale_down)

    def step(number: int) -> None:
        tones = ToneCurve(_window(number)).apply(pixels)
        image = QImage(tones.data, tones.shape[1], tones.shape[0], tones.strides[0], QImage.Format.Format_Grayscale8)
        item.setPixmap(QPixmap.fromImage(image))
        widget.centerOn(*view.center)
        widget.viewport().repaint()

    step.scene = scene  # type: ignore[attr-defined] -- the view does not own it
    return step


def _open(widget: QWidget) -> None:
    widget.resize(*SCREEN_PX)
    widget.show()
    QApplication.processEvents()


def _window(number: int) -> WindowLevel:
    return WindowLevel(1000.0 + 7 * (number % 64), 1500.0 - 5 * (number % 64))


def _report(case: Case, options: argparse.Namespace) -> None:
    for step in case.steps.values():
        step(1000)
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in case.steps}
    for number in range(options.rounds):
        for name, step in case.steps.items():
            spent[name].append(_timed(step, number))
    spent[ALONE] = [_timed(case.steps[OURS], number) for number in range(options.rounds)]
    if not options.json:
        sys.stdout.write(f"\n{case.name}\n  {'':16}{'median ms':>10}{'95 % ms':>9}{'cpu ms':>8}{'x ours':>8}\n")
    for name, times in spent.items():
        walls = [wall for wall, _ in times]
        ratio = statistics.median(wall / ours for wall, (ours, _) in zip(walls, spent[OURS], strict=True))
        line = {
            "case": case.name,
            "contender": name,
            "median_ms": round(statistics.median(walls), 2),
            "p95_ms": round(float(np.quantile(walls, 0.95)), 2),
            "cpu_ms": round(statistics.median(cpu for _, cpu in times), 2),
            "ratio": round(ratio, 2),
            "goal_ms": case.goal_ms if name in (OURS, ALONE) else None,
        }
        if options.json:
            sys.stdout.write(json.dumps(line) + "\n")
            continue
        met = "met" if statistics.median(walls) <= case.goal_ms else "missed"
        goal = f"   goal {case.goal_ms:g}: {met}" if name in (OURS, ALONE) else ""
        figures = f"{line['median_ms']:10.2f}{line['p95_ms']:9.2f}{line['cpu_ms']:8.2f}{line['ratio']:8.2f}"
        sys.stdout.write(f"  {name:16}{figures}{goal}\n")
    sys.stdout.flush()


def _timed(step: Step, number: int) -> tuple[float, float]:
    """(wall, processor) milliseconds, of all threads."""
    started_s, cpu_s = time.perf_counter(), time.process_time()
    step(number)
    return (time.perf_counter() - started_s) * 1e3, (time.process_time() - cpu_s) * 1e3


def _photograph(shape: tuple[int, int]) -> Scan:
    return Scan(_flat(shape), "photograph", "CR", "MONOCHROME2", FILE, stored_max=4095.0)


def _heat(shape: tuple[int, int]) -> Heat:
    return Heat(np.random.default_rng(9).random((shape[0] // 4, shape[1] // 4), np.float32))


def _flat(shape: tuple[int, int]) -> np.ndarray:
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])
    pixels = ((rows * 3 + columns * 5) % 4096).astype(np.uint16)
    pixels ^= np.random.default_rng(8).integers(0, 64, (shape[0], 1), np.uint16)
    return pixels


def _voxels(shape: tuple[int, int, int]) -> np.ndarray:
    slices = np.random.default_rng(7).integers(-40, 40, (8, *shape[1:]), np.int16)
    rows, columns = np.ogrid[0 : shape[1], 0 : shape[2]]
    smooth = (900 + 500 * np.sin(columns / 31.0) * np.cos(rows / 23.0)).astype(np.int16)
    voxels = np.empty(shape, np.int16)
    for number in range(shape[0]):
        voxels[number] = smooth + slices[number % 8] + 3 * (number % 97)
    return voxels


if __name__ == "__main__":
    sys.exit(main())
