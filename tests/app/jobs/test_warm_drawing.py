"""Who draws, and from when on."""

import pytest
from PySide6.QtCore import QObject

from app.jobs.run import Lane
from app.jobs.warm_drawing import warm_drawing
from app.paint.plain_renderer import PlainRenderer
from app.paint.renderer import DRAWING

WARM_MS = 240_000
"""Where nothing was compiled before."""


@pytest.fixture
def lane(qapp):
    lane = Lane("drawing")
    yield lane
    lane.close(30.0)


@pytest.fixture(autouse=True)
def _numpy_draws_at_first(monkeypatch):
    monkeypatch.setattr(DRAWING, "renderer", PlainRenderer())


def test_kernels_draw_once_they_are_ready_and_the_window_is_told(qtbot, lane):
    parent, told = QObject(), []
    warm_drawing(parent, lane, lambda: told.append(DRAWING.renderer.name))
    assert DRAWING.renderer.name == "numpy"
    qtbot.waitUntil(lambda: bool(told), timeout=WARM_MS)
    assert told == ["kernels"]


def test_second_window_takes_the_renderer_that_is_there(qtbot, lane):
    parent, told = QObject(), []
    warm_drawing(parent, lane, lambda: told.append(DRAWING.renderer))
    qtbot.waitUntil(lambda: len(told) == 1, timeout=WARM_MS)
    warm_drawing(parent, lane, lambda: told.append(DRAWING.renderer))
    qtbot.waitUntil(lambda: len(told) == 2, timeout=WARM_MS)
    assert told[0] is told[1]


def test_numpy_stays_where_the_window_closes_first(lane):
    parent, told = QObject(), []
    warm_drawing(parent, lane, lambda: told.append(1)).cancel()
    assert lane.close(WARM_MS / 1e3)
    assert (told, DRAWING.renderer.name) == ([], "numpy")
