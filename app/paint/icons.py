"""The program's icons: SVG files whose `currentColor` becomes a colour of the palette."""

from __future__ import annotations

from PySide6.QtGui import QIcon, QImage, QPixmap

from app.paint.palette import DARK
from engine.places import RESOURCES

RENDERED_PX = (16, 24, 32, 48, 64, 128)


def icon(name: str, colour: str) -> QIcon:
    """An icon of `resources/icons` in one colour.

    Args:
        name: the file's name without its ending.
        colour: #rrggbb.
    """
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8")
    made = QIcon()
    for mode, shown in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, DARK.line)):
        for side in RENDERED_PX:
            sized = drawing.replace("currentColor", shown).replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
            made.addPixmap(QPixmap.fromImage(QImage.fromData(sized.encode())), mode)
    return made
