"""Shapes of the statuses."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.paint.signs import draw_sign
from app.state.status import Shape, Sign

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(shape):
    image = QImage(32, 32, QImage.Format.Format_RGB888)
    image.fill("black")
    painter = QPainter(image)
    draw_sign(painter, Sign("any", shape, "text"), QRectF(4, 4, 24, 24))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(32, 96)[:, ::3] > 100


def test_shapes_can_be_told_apart_without_colour():
    shapes = {shape: drawn(shape) for shape in Shape}
    for one, its in shapes.items():
        for other, theirs in shapes.items():
            assert one is other or (its != theirs).mean() > 0.03, (one, other)


@pytest.mark.parametrize("shape", Shape)
def test_shape_stays_in_its_frame(shape):
    lit = drawn(shape)
    assert lit.any()
    assert not lit[:3].any()
    assert not lit[:, 29:].any()
