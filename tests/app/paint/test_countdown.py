"""The shapes of deadlines can be told apart without their colours."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.paint.countdown import draw_countdown
from app.paint.palette import Palette
from app.state.countdown import Countdown, Haste

SIDE = 24
WHITE = Palette(**dict.fromkeys(Palette().names(), "#ffffff"))


def drawn(due):
    """Which pixels are drawn, everything in one colour."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    draw_countdown(painter, due, QRectF(3, 3, SIDE - 6, SIDE - 6), WHITE)
    painter.end()
    return frozenset((x, y) for x in range(SIDE) for y in range(SIDE) if image.pixelColor(x, y).red() > 127)


def test_shapes_differ():
    shapes = {
        drawn(Countdown(Haste.CALM, 100.0, 0.9)),
        drawn(Countdown(Haste.LATE, 5.0)),
        drawn(Countdown(Haste.KEPT)),
        drawn(Countdown(Haste.NONE)),
    }
    assert len(shapes) == 4
    assert drawn(Countdown(Haste.NONE)) == frozenset()


@pytest.mark.parametrize(("more", "less"), [(1.0, 0.7), (0.7, 0.4), (0.4, 0.1)])
def test_disc_empties_as_time_goes_by(more, less):
    assert len(drawn(Countdown(Haste.CALM, 9.0, more))) > len(drawn(Countdown(Haste.SOON, 9.0, less)))
