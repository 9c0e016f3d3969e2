"""What a viewport draws, as an array."""

import numpy as np
from PySide6.QtGui import QImage, QPainter

from app.paint.picture import Picture
from app.state.geometry import View
from app.state.window_level import WindowLevel
from engine.domain.scan import Provenance, Scan

FILE = Provenance(("part.png",), "test")
AS_IT_IS = WindowLevel(127.5, 255.0)


def picture_of(pixels):
    form = "RGB" if pixels.ndim == 3 else "MONOCHROME2"
    return Picture.of(Scan(pixels, "photograph", "photo", form, FILE))


def drawn(viewport, view, window=AS_IT_IS, ratio=1.0, **how):
    """(H, W, 3) uint8, what is on the screen in device pixels."""
    width, height = (round(side * ratio) for side in view.screen_px)
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ratio)
    image.fill("#ff00ff")
    painter = QPainter(image)
    viewport.paint(painter, view, window, ratio, **how)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()


def one_to_one(cut):
    width, height = cut.size_px
    return View((width, height), (width, height), (width / 2, height / 2), 1.0)
