"""The program's icons: SVG files whose `currentColor` becomes a colour of the palette."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QImage, QPixmap

from app.paint.palette import DARK
from engine.places import RESOURCES

RENDERED_PX = (16, 24, 32, 48, 64, 128)


def icon(name: str, colour: str, disabled: str = DARK.line) -> QIcon:
    """An icon of `resources/icons` in one colour.

    Args:
        name: the file's name without its ending.
        colour: #rrggbb.
        disabled: the colour of what cannot be done now.
    """
    made = QIcon()
    for mode, shown in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for side in RENDERED_PX:
            made.addPixmap(drawn(name, shown, side), mode)
    return made


def drawn(name: str, colour: str, side: int) -> QPixmap:
    """An icon in one colour and size, in device pixels."""
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    sized = drawing.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
    return QPixmap.fromImage(QImage.fromData(sized.encode()))
