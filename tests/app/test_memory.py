"""A day of reading takes no more memory than its beginning."""

import gc
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.jobs.engine_room import EngineRoom
from app.jobs.pictures import Pictures
from app.jobs.run import Lane
from app.jobs.warm_drawing import warm_drawing
from app.state.frame import Slab
from app.state.plane import Plane
from app.state.session import Look
from app.views.sight import Sight
from tests.app.volumes import write_chest

STUDIES, SETTLED = 200, 10
READ_MS = 120_000


def resident_bytes(pid: str = "self") -> int:
    """Memory of a process, shared pages included."""
    (kilobytes,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(kilobytes) * 1024


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_200_ct_studies_seen_one_after_the_other_take_no_more_memory_than_the_first_ten(qtbot, dressed, home, tmp_path):
    folder = write_chest(tmp_path / "chest", (60, 256, 256))
    room, parent = EngineRoom(home), QObject()
    lanes = Lane("picture"), Lane("drawing")
    ready = []
    warm_drawing(parent, lanes[1], lambda: ready.append(True))
    qtbot.waitUntil(lambda: bool(ready), timeout=READ_MS)
    (found,) = room.find([folder], [].append)
    names = {f"study {number}": found for number in range(STUDIES)}  # of one series on the disk
    pictures = Pictures(room, lanes[0], names.get, parent)
    sight, fetched = Sight(), []
    qtbot.addWidget(sight)
    sight.resize(900, 700)
    sight.show()
    pictures.fetched.connect(lambda *told: fetched.append(told[0]))
    pictures.fetched.connect(lambda *told: sight.show_picture(told[1], Look()))
    taken = []
    for number, name in enumerate(names):
        pictures.fetch(name)
        qtbot.waitUntil(lambda number=number: len(fetched) == number + 1, timeout=READ_MS)
        for axis in range(3):
            sight.show_plane(Plane.across(sight.plane.grid, axis).with_slab(Slab(1 + 5 * axis)))
            sight.repaint()
        QApplication.processEvents()
        gc.collect()
        taken.append(resident_bytes())
    room.close()
    for lane in lanes:
        lane.close(30.0)
    assert max(taken[SETTLED:]) <= 1.1 * taken[SETTLED - 1], [round(size / 2**20) for size in taken[::10]]
