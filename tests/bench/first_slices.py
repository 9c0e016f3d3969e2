"""How soon the first slices of a series of 300 are on the screen after it is chosen, and when the rest is there.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.first_slices [--slices N] [--rounds N] [--only SYNTAX]

The decoder processes and the kernels are there already, as in a window that has been open for a few seconds. The goal
is one second; the processor time is that of the process of the window.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.jobs.pictures import Pictures
from app.jobs.run import Lane
from app.jobs.warm_drawing import warm_drawing
from app.paint.picture import Picture
from app.paint.renderer import DRAWING
from app.state.session import Look
from app.views.sight import Sight
from engine.places import Home
from tests.bench.intake import GOALS, SLICES, write_folder

SCREEN_PX = (1920, 1080)
ROUNDS = 5
GOAL_S = 1.0


class Chooser:
    """A window that shows one study after the other.

    Args:
        room: the engine.
        lanes: where it reads, and where the kernels are loaded.
    """

    def __init__(self, room: EngineRoom, lanes: tuple[Lane, Lane]) -> None:
        self._parent = QObject()
        self._room, self._lanes = room, lanes
        self._sight = Sight()
        self._sight.resize(*SCREEN_PX)
        self._sight.show()
        warm_drawing(self._parent, lanes[1], lambda: None)
        while not DRAWING.renderer.smooth:
            QApplication.processEvents()
            time.sleep(0.01)

    def choose(self, folder: Path) -> tuple[float, float]:
        """Seconds until the first slices are painted, and until all are."""
        (found,) = self._room.find([folder], lambda path: None)  # noqa: ARG005 -- it is chosen from a list that is there
        pictures = Pictures(self._room, self._lanes[0], {"series": found}.get, self._parent)
        painted_s: list[float] = []
        whole: list[Picture] = []

        def show(_: str, picture: Picture) -> None:
            self._sight.show_picture(picture, Look())
            self._sight.repaint()
            painted_s.append(time.perf_counter())
            if picture.arrived is None:
                whole.append(picture)

        pictures.grew.connect(show)
        pictures.fetched.connect(show)
        started_s = time.perf_counter()
        pictures.fetch("series")
        while not whole:
            QApplication.processEvents()
            time.sleep(0.001)
        return painted_s[0] - started_s, painted_s[-1] - started_s


def main() -> int:
    """Makes a folder for each syntax and prints a line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.first_slices", description=__doc__)
    parser.add_argument("--slices", type=int, default=SLICES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=list(GOALS), help="one syntax")
    options = parser.parse_args()
    application = QApplication(sys.argv[:1])
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.2f} before the run")
    lanes = Lane("picture"), Lane("drawing")
    with tempfile.TemporaryDirectory() as scratch:
        room = EngineRoom(Home(Path(scratch) / "home"))
        chooser = Chooser(room, lanes)
        for syntax in [options.only] if options.only else GOALS:
            folder = Path(scratch) / syntax
            write_folder(folder, syntax, options.slices)
            chooser.choose(folder)  # the first of a kind is compared with a second decoder
            times = [chooser.choose(folder) for _ in range(options.rounds)]
            first_s, whole_s = (statistics.median(column) for column in zip(*times, strict=True))
            met = "met" if first_s <= GOAL_S else "missed"
            print(f"{syntax:14} first slices {first_s:6.2f} s (goal {GOAL_S:g}: {met}), all {whole_s:6.2f} s")
        room.close()
    for lane in lanes:
        lane.close(10.0)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
